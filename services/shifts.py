"""Who works when: weekly shifts with one break, and absences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete, select

from db.models import Absence, Shift, Staff
from services import permissions as may
from services import validate
from services.i18n import N_
from services.opening import read_span, week
from services.refusals import EndBeforeStart, InThePast, Refusal
from services.work import Work


class BreakOutside(Refusal):
    """The break must lie within the shift."""


class AlreadyAway(Refusal):
    """There is already an absence in that time."""


@dataclass(frozen=True)
class DayTyped:
    """One weekday as typed; all empty when the person does not work."""

    starts: str = ""
    ends: str = ""
    break_starts: str = ""
    break_ends: str = ""

    def works(self) -> bool:
        """Whether anything was typed for the day."""
        return bool(self.starts.strip() or self.ends.strip())


def shifts_of(work: Work, staff_id: int) -> dict[int, Shift]:
    """The weekly shifts of a person, by weekday (0 = Monday)."""
    return {row.weekday: row for row in work.db.exec(select(Shift).where(Shift.staff_id == staff_id))}


def shifts_like_opening(work: Work, staff_id: int) -> None:
    """Shifts as long as the garage is open, without a break; what a new person starts with."""
    for weekday, (opens, closes) in week(work).items():
        work.add(Shift(staff_id=staff_id, weekday=weekday, starts=opens, ends=closes))


def set_shifts(work: Work, staff_id: int, *, days: Mapping[int, DayTyped]) -> None:
    """Replace a person's week. Refuses with NotAllowed, BadTime, EndBeforeStart, BreakOutside."""
    work.needs(*may.MANAGES)
    staff = work.lock(Staff, staff_id)
    shifts = [_shift(staff_id, weekday, typed) for weekday, typed in sorted(days.items()) if typed.works()]
    work.db.exec(delete(Shift).where(col(Shift.staff_id) == staff_id))
    for shift in shifts:
        work.add(shift)
    work.event(staff, "shifts", week={str(shift.weekday): [shift.starts, shift.ends] for shift in shifts})


def _shift(staff_id: int, weekday: int, typed: DayTyped) -> Shift:
    starts, ends = read_span(typed.starts, typed.ends)
    pause: tuple[int | None, int | None] = (None, None)
    if typed.break_starts.strip() or typed.break_ends.strip():
        pause = first, last = read_span(typed.break_starts, typed.break_ends)
        if first < starts or last > ends:
            raise BreakOutside
    return Shift(
        staff_id=staff_id, weekday=weekday, starts=starts, ends=ends, break_starts=pause[0], break_ends=pause[1]
    )


def absences_of(work: Work, staff_id: int) -> list[Absence]:
    """A person's absences that are not over yet."""
    mine = (Absence.staff_id == staff_id, col(Absence.ends_at) > work.now)
    return list(work.db.exec(select(Absence).where(*mine).order_by(col(Absence.starts_at))))


def add_absence(work: Work, staff_id: int, *, starts_at: datetime, ends_at: datetime, reason: str) -> Absence:
    """Somebody will be away. Refuses with NotAllowed, EndBeforeStart, InThePast, AlreadyAway, TooLong."""
    work.needs(*may.MANAGES)
    staff = work.lock(Staff, staff_id)
    if ends_at <= starts_at:
        raise EndBeforeStart
    if ends_at <= work.now:
        raise InThePast
    overlap = (Absence.staff_id == staff_id, col(Absence.starts_at) < ends_at, col(Absence.ends_at) > starts_at)
    if work.db.exec(select(Absence.id).where(*overlap)).first():
        raise AlreadyAway
    clean = validate.line(reason, N_("Reason"), 120, needed=False)
    absence = work.add(Absence(staff_id=staff_id, starts_at=starts_at, ends_at=ends_at, reason=clean))
    work.event(staff, "absence", starts=starts_at.isoformat(), ends=ends_at.isoformat())
    return absence


def remove_absence(work: Work, absence_id: int) -> None:
    """Somebody comes after all."""
    work.needs(*may.MANAGES)
    absence = work.get(Absence, absence_id)
    staff = work.get(Staff, absence.staff_id)
    work.event(staff, "absence_removed", starts=absence.starts_at.isoformat(), ends=absence.ends_at.isoformat())
    work.db.delete(absence)
