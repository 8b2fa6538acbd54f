"""What people type, checked before it is kept. Too long is refused, never cut; no number is rounded in silence."""

from collections.abc import Iterable
from datetime import time
from decimal import Decimal
from typing import TypeVar

from services.i18n import N_
from services.normalize import clean_text
from services.refusals import Missing, OutOfRange, ReasonMissing, Refusal, TooLong

T = TypeVar("T")


class BadTime(Refusal):
    """{field}: write the time as 8:30."""


class NotANumber(Refusal):
    """{field}: write a number."""


class NotInList(Refusal):
    """{field}: choose one from the list."""


def text(value: str | None, field: str, most: int, *, needed: bool = True) -> str:
    """The text without what cannot be seen. Refuses with Missing (when `needed`) or TooLong; `field` is an English label."""
    cleaned = clean_text(value)
    if needed and not cleaned:
        raise Missing(field=field)
    if len(cleaned) > most:
        raise TooLong(field=field, most=most)
    return cleaned


def line(value: str | None, field: str, most: int, *, needed: bool = True) -> str:
    """The same for texts of one line: runs of white space become one space."""
    return text(" ".join(clean_text(value).split()), field, most, needed=needed)


def reason_given(value: str | None, most: int = 300) -> str:
    """A reason that must not be blank. Refuses with ReasonMissing or TooLong."""
    if not clean_text(value):
        raise ReasonMissing
    return text(value, N_("Reason"), most)


def within(value: int | Decimal | None, field: str, least: int | Decimal, most: int | Decimal) -> None:
    """Refuses with Missing when there is no number, OutOfRange when it lies outside `least` to `most`."""
    if value is None:
        raise Missing(field=field)
    if (isinstance(value, Decimal) and not value.is_finite()) or not least <= value <= most:
        raise OutOfRange(field=field, least=least, most=most)


def whole(value: object, field: str, least: int, most: int) -> int:
    """A whole number in a range. Refuses with NotANumber or OutOfRange."""
    try:
        number = int(str(value).strip())
    except ValueError:
        raise NotANumber(field=field) from None
    if not least <= number <= most:
        raise OutOfRange(field=field, least=least, most=most)
    return number


def one_of(value: T, choices: Iterable[T], field: str) -> T:
    """One of the choices offered. Refuses with Missing when empty, else NotInList."""
    if value in (None, ""):
        raise Missing(field=field)
    if value not in set(choices):
        raise NotInList(field=field)
    return value


def minutes(value: str, field: str) -> int:
    """Minutes after midnight of "8:30" (24:00 is the end of the day). Refuses with BadTime."""
    hours, _, rest = clean_text(value).replace("：", ":").partition(":")
    if (hours, rest[:2]) == ("24", "00"):
        return 24 * 60
    try:
        moment = time(int(hours), int(rest[:2] or 0))
    except ValueError:
        raise BadTime(field=field) from None
    return moment.hour * 60 + moment.minute
