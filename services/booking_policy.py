"""How far ahead the garage books, and who may make an exception."""

from datetime import date, datetime, timedelta

from services import permissions as may
from services.refusals import InThePast, Refusal
from services.validate import reason_given
from services.work import Work


class SameDay(Refusal):
    """Bookings are taken from tomorrow on. A supervisor or the manager may make an exception, with a reason."""


class TooFarAhead(Refusal):
    """Bookings are taken at most {days} days ahead. A supervisor or the manager may make an exception, with a reason."""


def bookable_days(work: Work) -> tuple[date, int]:
    """The first day bookings are taken for, and for how many days from it."""
    garage, today = work.garage, work.local(work.now).date()
    first = 0 if garage.same_day_booking else 1
    return today + timedelta(days=first), max(garage.book_days_ahead - first + 1, 1)


def check_policy(work: Work, at: datetime, override_reason: str = "") -> str:
    """The reason of the exception, or "" when none was needed. Refuses with InThePast, SameDay, TooFarAhead.

    With an `override_reason` the last two do not count, if the person may override them (else NotAllowed).
    """
    if at < work.now:
        raise InThePast
    first, days = bookable_days(work)
    day = work.local(at).date()
    if first <= day < first + timedelta(days=days):
        return ""
    if override_reason.strip():
        work.needs(*may.OVERRIDES_POLICY)
        return reason_given(override_reason)
    raise SameDay if day < first else TooFarAhead(days=work.garage.book_days_ahead)
