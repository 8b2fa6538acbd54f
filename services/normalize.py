"""What people type for plates, VINs, phones and names, brought to one form for look-up."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

import phonenumbers
from vininfo import Vin

from services.i18n import N_
from services.measures import BadDay, BadOdometer, day, odometer
from services.pinyin import index_keys, name_key, pinyin_initials, search_keys
from services.refusals import Refusal

__all__ = [
    "BadDay",
    "BadOdometer",
    "BadPhone",
    "VinWarning",
    "clean_text",
    "day",
    "index_keys",
    "more_than_phone",
    "name_key",
    "odometer",
    "phone",
    "pinyin_initials",
    "plate",
    "plate_shown",
    "search_keys",
    "split_extension",
    "vin",
    "vin_warnings",
]

_EXTENSION_WORD = r"(?:转|轉|分机|分機|内线|extension|extn?\.?|x|#)"
_EXTENSION = re.compile(rf"\s*[,;(]?\s*{_EXTENSION_WORD}\s*[:.]?\s*(\d{{1,6}})\s*\)?\s*$", re.I)
_NEXT_NUMBER = re.compile(r"[/;、\n]|,(?=\s*\+?\d{7})")
# Numbers Britain keeps free for stories and demonstrations; the library calls them invalid.
_EXAMPLE_NUMBER = re.compile(r"\+44(?:7700900|1632960)\d{3}")
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]*")
_DIRECTION_MARKS = frozenset("\u061c\u200b\u200e\u200f\u2060\ufeff") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


class BadPhone(Refusal):
    """This phone number cannot be read."""


class VinWarning(StrEnum):
    """What looks wrong about a VIN; the value is the sentence for the user. None of them blocks."""

    LENGTH = N_("A VIN has 17 characters.")
    LETTERS = N_("A VIN has only digits and the letters A to Z without I, O and Q.")
    CHECK_DIGIT = N_(
        "The check digit of this VIN does not fit. European cars often have none: compare it with the car."
    )


def _folded(text: str | None) -> str:
    return unicodedata.normalize("NFKC", text or "").upper()


def plate(text: str | None) -> str:
    """The plate as one word: half width, upper case, nothing but letters and digits ("沪A·12345" is "沪A12345")."""
    return "".join(char for char in _folded(text) if char.isalnum())


def plate_shown(text: str | None) -> str:
    """The plate for people: half width, upper case; a Chinese one without the separators people type differently."""
    shown = " ".join(_folded(text).split())
    return plate(shown) if not shown[:1].isascii() else shown


def vin(text: str | None) -> str:
    """The VIN half width, upper case, without separators. Nothing is checked: see `vin_warnings`."""
    return "".join(char for char in _folded(text) if char.isalnum())


def vin_warnings(text: str | None) -> list[VinWarning]:
    """What looks wrong about a VIN, empty for a good one and for none at all."""
    number = vin(text)
    if not number:
        return []
    found = [VinWarning.LENGTH] if len(number) != 17 else []
    if not _VIN.fullmatch(number):
        found.append(VinWarning.LETTERS)
    # vininfo raises on anything that is not 17 allowed characters, so it is asked last.
    if not found and not Vin(number).verify_checksum():
        found.append(VinWarning.CHECK_DIGIT)
    return found


def split_extension(text: str | None) -> tuple[str, str]:
    """A phone number as typed, and the extension that stood behind it ("0755-1234567转801"), or ""."""
    number = unicodedata.normalize("NFKC", text or "")
    found = _EXTENSION.search(number)
    return (number[: found.start()], found[1]) if found else (number, "")


def more_than_phone(text: str | None, region: str) -> bool:
    """Whether the text holds more than `phone` keeps: an extension or a second number."""
    number, extension = split_extension(text)
    return bool(extension) or (bool(number.strip()) and not _e164(number, region))


def phone(text: str | None, region: str) -> str:
    """The number in E.164 (+8613800138000), the extension dropped; of several numbers the first that can be read.

    `region` is the country (CN, GB) for numbers typed without one. Refuses with BadPhone.
    """
    typed = unicodedata.normalize("NFKC", text or "")
    for candidate in (typed, *_NEXT_NUMBER.split(typed)):
        number = _e164(split_extension(candidate)[0], region)
        if number:
            return number
    raise BadPhone


@lru_cache(maxsize=5000)
def phone_shown(number: str | None) -> str:
    """A number in E.164 as people read it: +86 138 0013 8000. What is no number stays as it is; None gives nothing."""
    try:
        parsed = phonenumbers.parse(number or "", None)
    except phonenumbers.NumberParseException:
        return number or ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _e164(number: str, region: str) -> str:
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return ""
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return e164 if phonenumbers.is_valid_number(parsed) or _EXAMPLE_NUMBER.fullmatch(e164) else ""


def clean_text(text: str | None) -> str:
    """The text as typed, without what cannot be seen: control characters and marks that turn the writing direction.

    Formulas, markdown and HTML stay the text they are; new lines and tabs stay.
    """
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if _visible(char)).strip()


def _visible(char: str) -> bool:
    return char in "\n\t" or (unicodedata.category(char) not in ("Cc", "Cs") and char not in _DIRECTION_MARKS)
