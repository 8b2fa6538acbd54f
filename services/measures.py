"""Odometer readings and dates as people write them."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from services.refusals import Refusal

MOST_KM = 3_000_000
_KM_PER_MILE = Decimal("1.609344")
_DISTANCE = re.compile(r"(\d+(?:\.\d+)?)\s*(万|w)?\s*(公里|千米|kms?|kilomet(?:er|re)s?|英里|mi|miles?)?\.?")
_THOUSANDS = re.compile(r"(?<=\d)[,.' ](?=\d{3}(?:\D|$))")
_GROUPED = re.compile(r"\d{1,3}(?:[,.' ]\d{3})+(?!\d)")

_YMD = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[t ].*)?")
_YMD_PACKED = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_DMY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: .*)?")
_D_MONTH_Y = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-\s]([a-z]{3,9})\.?,?[-\s](\d{4})")
_MONTH_D_Y = re.compile(r"([a-z]{3,9})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_FIRST = frozenset({"US", "PH"})


class BadOdometer(Refusal):
    """This odometer reading cannot be read."""


class BadDay(Refusal):
    """This date cannot be read."""


def odometer(text: str | None) -> int:
    """Kilometres from "63,500", "39500公里", "4.5万", "45000 km" or "28,000 mi".

    Refuses with BadOdometer what is no reading: words, negative numbers, over three million.
    """
    typed = unicodedata.normalize("NFKC", text or "").strip().lower()
    if _GROUPED.match(typed) and "万" not in typed:
        typed = _THOUSANDS.sub("", typed)
    found = _DISTANCE.fullmatch(typed)
    if not found:
        raise BadOdometer
    km = _kilometres(Decimal(found[1]), tens_of_thousands=bool(found[2]), unit=found[3] or "km")
    if km > MOST_KM:
        raise BadOdometer
    return km


def _kilometres(number: Decimal, *, tens_of_thousands: bool, unit: str) -> int:
    if tens_of_thousands:
        number *= 10_000
    if unit.startswith("mi") or unit == "英里":
        number *= _KM_PER_MILE
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


def day(text: str | None, region: str = "") -> date:
    """The day meant by "2014年1月11日", "2025.03.21", "2019-08-18", "11 Jan 2014", "11/1/2014" or the serial "42881".

    With the year last the day comes first, except where the region (US) writes the month first; a number over 12
    decides by itself. Refuses with BadDay, also years of two digits and days that do not exist.
    """
    typed = unicodedata.normalize("NFKC", text or "").strip().lower()
    try:
        return date(*(_numeric(typed, region) or _with_month_name(typed) or _serial(typed)))
    except ValueError:
        raise BadDay from None


def _numeric(typed: str, region: str) -> tuple[int, int, int] | None:
    if found := _YMD.fullmatch(typed) or _YMD_PACKED.fullmatch(typed):
        return int(found[1]), int(found[2]), int(found[3])
    if not (found := _DMY.fullmatch(typed)):
        return None
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    month_first = second > 12 or (region in _MONTH_FIRST and first <= 12)
    return (year, first, second) if month_first else (year, second, first)


def _with_month_name(typed: str) -> tuple[int, int, int] | None:
    if found := _D_MONTH_Y.fullmatch(typed):
        number, name, year = found[1], found[2], found[3]
    elif found := _MONTH_D_Y.fullmatch(typed):
        name, number, year = found[1], found[2], found[3]
    else:
        return None
    return int(year), _MONTHS.index(name[:3]) + 1, int(number)


def _serial(typed: str) -> tuple[int, int, int]:
    found = _SERIAL.fullmatch(typed)
    if not found or int(found[1]) not in _SERIALS:
        raise BadDay
    meant = _SERIAL_ZERO + timedelta(days=int(found[1]))
    return meant.year, meant.month, meant.day
