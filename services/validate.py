"""What people type, judged before it is written: blank, too long, out of range. Nothing is ever cut or rounded in silence."""

from decimal import Decimal

from services.i18n import N_
from services.normalize import clean_text
from services.refusals import Missing, OutOfRange, ReasonMissing, TooLong


def typed(text: str | None, field: str, most: int, *, required: bool = False) -> str:
    """The text without surrounding blanks and invisible characters. Refuses with Missing, or TooLong over `most` characters.

    `field` is the English name of the field (marked with N_), said in the reader's language.
    """
    clean = clean_text(text)
    if required and not clean:
        raise Missing(field=field)
    if len(clean) > most:
        raise TooLong(field=field, most=most)
    return clean


def reason_given(text: str | None, most: int = 300) -> str:
    """A reason that must not be blank. Refuses with ReasonMissing or TooLong."""
    if not clean_text(text):
        raise ReasonMissing
    return typed(text, N_("Reason"), most)


def within(value: int | Decimal | None, field: str, least: int, most: int) -> None:
    """Refuses with Missing when there is no number, OutOfRange when it lies outside `least` to `most`."""
    if value is None:
        raise Missing(field=field)
    if not least <= value <= most:
        raise OutOfRange(field=field, least=least, most=most)
