"""When the garage is open: weekly hours, and what the manager says about single days (services/calendar_days.py reads both)."""

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


def close_on(work: Work, *, day: date, reason: str) -> ClosingDay:
    """Keep the garage closed on a day. Refuses with NotAllowed, InThePast, AlreadyClosed, TooLong."""
    said = work.db.get(ClosingDay, day)
    if said and not said.open:
        raise AlreadyClosed
    return _say(work, ClosingDay(day=day, reason=validate.line(reason, N_("Reason"), 120, needed=False)))


def open_on(work: Work, *, day: date, hours: tuple[str, str] = ("", ""), reason: str = "") -> ClosingDay:
    """Keep the garage open on a day, be it a holiday or a Sunday; without `hours` of its own ("9:00", "13:00") for as long as
    usual. Refuses with NotAllowed, InThePast, BadTime, EndBeforeStart, TooLong."""
    own = read_span(*hours) if any(part.strip() for part in hours) else (None, None)
    clean = validate.line(reason, N_("Reason"), 120, needed=False)
    return _say(work, ClosingDay(day=day, reason=clean, open=True, opens=own[0], closes=own[1]))


def as_usual_on(work: Work, *, day: date) -> None:
    """Take back what was said about a day: it is a holiday again, or a day like every week."""
    work.needs(*may.MANAGES)
    work.db.exec(delete(ClosingDay).where(col(ClosingDay.day) == day))
    work.event(work.garage, "closing_day_removed", day=day.isoformat())


def _say(work: Work, row: ClosingDay) -> ClosingDay:
    work.needs(*may.MANAGES)
    if row.day < work.local(work.now).date():
        raise InThePast
    work.db.exec(delete(ClosingDay).where(col(ClosingDay.day) == row.day))
    work.event(work.garage, "closing_day", day=row.day.isoformat(), open=row.open, opens=row.opens, closes=row.closes)
    return work.add(row)
