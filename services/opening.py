"""When the garage is open: weekly hours and closing days."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import col, delete, select

from db.models import ClosingDay, OpeningHours
from services import permissions as may
from services import validate
from services.i18n import N_
from services.refusals import EndBeforeStart, InThePast, Refusal
from services.work import Work


class NoHours(Refusal):
    """Open on at least one day of the week."""


class AlreadyClosed(Refusal):
    """That day is already a closing day."""


def week(work: Work) -> dict[int, tuple[int, int]]:
    """Opening and closing in minutes after midnight, by weekday (0 = Monday); closed days are left out."""
    return {row.weekday: (row.opens, row.closes) for row in work.db.exec(select(OpeningHours))}


def set_hours(work: Work, *, hours: Mapping[int, tuple[str, str]]) -> None:
    """Replace the week. Times as people write them ("8:30"), both empty for a closed day.

    Refuses with NotAllowed, BadTime, EndBeforeStart or NoHours.
    """
    work.needs(*may.MANAGES)
    opened = {day: read_span(*span) for day, span in hours.items() if any(part.strip() for part in span)}
    if not opened:
        raise NoHours
    work.db.exec(delete(OpeningHours))
    for day, (opens, closes) in sorted(opened.items()):
        work.add(OpeningHours(weekday=day, opens=opens, closes=closes))
    work.event(work.garage, "hours", week={str(day): list(span) for day, span in sorted(opened.items())})


def read_span(starts: str, ends: str) -> tuple[int, int]:
    """Two times of one day in minutes after midnight. Refuses with BadTime or EndBeforeStart."""
    first, last = validate.minutes(starts, N_("From")), validate.minutes(ends, N_("To"))
    if last <= first:
        raise EndBeforeStart
    return first, last


def closing_days(work: Work) -> list[ClosingDay]:
    """Closing days from today on."""
    today = work.local(work.now).date()
    return list(work.db.exec(select(ClosingDay).where(ClosingDay.day >= today).order_by(col(ClosingDay.day))))


def close_on(work: Work, *, day: date, reason: str) -> ClosingDay:
    """Keep the garage closed on a day. Refuses with NotAllowed, InThePast, AlreadyClosed, TooLong."""
    work.needs(*may.MANAGES)
    if day < work.local(work.now).date():
        raise InThePast
    if work.db.get(ClosingDay, day):
        raise AlreadyClosed
    row = work.add(ClosingDay(day=day, reason=validate.line(reason, N_("Reason"), 120, needed=False)))
    work.event(work.garage, "closing_day", day=day.isoformat())
    return row


def open_again_on(work: Work, *, day: date) -> None:
    """Take a closing day back."""
    work.needs(*may.MANAGES)
    work.db.exec(delete(ClosingDay).where(col(ClosingDay.day) == day))
    work.event(work.garage, "closing_day_removed", day=day.isoformat())
