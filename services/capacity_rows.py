"""What free capacity is computed from, read in a fixed number of queries that never look at more than the window."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CompoundSelect, DateTime, Row, Select, bindparam, select, type_coerce, union_all

from db.base import Base
from db.models import Absence, Bay, ClosingDay, OpeningHours, Reservation, Shift, Staff, StaffSkill
from db.types import UtcDateTime
from services.calendar_days import Calendar, Day, Week, calendar_from
from services.free_time import BayTime, PersonTime
from services.slots import GRID, Window, dilated, quarters
from services.work import Work


def _table(model: type[Base]) -> Any:
    return model.__table__  # type: ignore[attr-defined]


BAY, STAFF, SKILL, SHIFT = _table(Bay).c, _table(Staff).c, _table(StaffSkill).c, _table(Shift).c
HOURS, CLOSING, ABSENCE, TAKEN = _table(OpeningHours).c, _table(ClosingDay).c, _table(Absence).c, _table(Reservation).c


@dataclass(frozen=True)
class Rows:
    """The rows as they are in the database, and what kind of days the window has."""

    bays: Sequence[Any]
    people: Sequence[Any]
    shifts: Sequence[Any]
    absences: Sequence[Any]
    taken: Sequence[Any]
    calendar: Calendar
    days: Sequence[Day]


_START, _END = bindparam("start", type_=UtcDateTime()), bindparam("end", type_=UtcDateTime())
# The times as the driver reads them (naive on SQLite, and in UTC): hundreds are read, and only differences are needed.
_STARTS, _ENDS = (type_coerce(column, DateTime(timezone=True)) for column in (TAKEN.starts_at, TAKEN.ends_at))
_COLUMNS = (TAKEN.bay_id, TAKEN.staff_id, _STARTS, _ENDS, TAKEN.appointment_id)


def _latest(column: str, owner: type[Base]) -> Select[Any]:
    """Of each bay or person, what began last before the window, if it still runs: none overlap, so nothing older can.

    Asked row by row through the index, so that it costs the same however long the history is.
    """
    earlier = _table(Reservation).alias()
    query = select(earlier.c.id).where(earlier.c[column] == _table(owner).c.id, earlier.c.starts_at < _START)
    newest = query.order_by(earlier.c.starts_at.desc()).limit(1).correlate(_table(owner)).scalar_subquery()
    return (
        select(*_COLUMNS)
        .join_from(_table(owner), _table(Reservation), TAKEN.id == newest)
        .where(TAKEN.ends_at > _START)
    )


# Built once: putting a statement together costs more than running it.
_BAYS = select(BAY.id, BAY.kind, BAY.name).where(BAY.active).order_by(BAY.position, BAY.id)
_PEOPLE = (
    select(STAFF.id.label("staff_id"), STAFF.name, SKILL.skill)
    .join_from(_table(Staff), _table(StaffSkill), STAFF.id == SKILL.staff_id, isouter=True)
    .where(STAFF.active)
)
_SHIFTS = select(SHIFT.staff_id, SHIFT.weekday, SHIFT.starts, SHIFT.ends, SHIFT.break_starts, SHIFT.break_ends)
_HOURS = select(HOURS.weekday, HOURS.opens, HOURS.closes)
_SPECIAL = select(CLOSING.day, CLOSING.reason, CLOSING.open, CLOSING.opens, CLOSING.closes).where(
    CLOSING.day.between(bindparam("first"), bindparam("last"))
)
_AWAY = select(ABSENCE.staff_id, ABSENCE.starts_at, ABSENCE.ends_at).where(
    ABSENCE.ends_at > _START, ABSENCE.starts_at < _END
)
_BEGINS = select(*_COLUMNS).where(TAKEN.starts_at >= _START, TAKEN.starts_at < _END)
_TAKEN: CompoundSelect[Any] = union_all(_BEGINS, _latest("bay_id", Bay), _latest("staff_id", Staff))
_BAYS_TAKEN: CompoundSelect[Any] = union_all(_BEGINS.where(TAKEN.bay_id.is_not(None)), _latest("bay_id", Bay))


def read(work: Work, window: Window, *, people: bool = True) -> Rows:
    """Seven queries, whatever the history; four without `people`. What ended a buffer before the window still counts."""
    ask = work.db.connection().execute
    buffer = timedelta(minutes=work.garage.buffer_minutes)
    between = {"start": window.start - buffer, "end": window.end + buffer}
    special = ask(_SPECIAL, {"first": window.days[0], "last": window.days[-1]})
    calendar = calendar_from(work, ask(_HOURS), {row.day: row for row in special})
    return Rows(
        ask(_BAYS).all(),
        ask(_PEOPLE).all() if people else (),
        ask(_SHIFTS).all() if people else (),
        ask(_AWAY, between).all() if people else (),
        ask(_TAKEN if people else _BAYS_TAKEN, between).all(),
        calendar,
        [calendar.of(day) for day in window.days],
    )


_MONDAY = date(2024, 1, 1)


def usual(rows: Rows) -> tuple[Window, Rows]:
    """A week like every other, and the Monday after it: nothing taken, nobody away, no holiday."""
    window = Window.of(_MONDAY, 8, ZoneInfo("UTC"))
    week = Calendar(rows.calendar.week, {})
    return window, replace(rows, absences=(), taken=(), days=[week.of(day) for day in window.days])


def open_hours(window: Window, rows: Rows) -> int:
    """When the garage is open (bits)."""
    found = 0
    for number, day in enumerate(rows.days):
        if day.hours:
            found |= window.hours(number, *day.hours)
    return found


@dataclass
class Taken:
    """What is taken, as bits by id: of each bay, of each person, of each bay by bookings. Bit 0 lies `before` quarters before
    the window, so that a buffer can reach into it."""

    before: int
    bays: dict[int, int]
    people: dict[int, int]
    booked: dict[int, int]


def taken_times(window: Window, rows: Rows, without: int | None, buffer: int) -> Taken:
    """What is taken, the booking `without` left out; `buffer` in minutes."""
    before = quarters(buffer) if buffer else 0
    found = Taken(before, {}, {}, {})
    zero, most = window.start - before * GRID, window.size + 2 * before
    if rows.taken and rows.taken[0][2].tzinfo is None:
        zero = zero.astimezone(UTC).replace(tzinfo=None)
    bays, people, booked = found.bays, found.people, found.booked
    for bay_id, staff_id, starts, ends, appointment_id in rows.taken:
        if without is None or appointment_id != without:
            first, end = max((starts - zero) // GRID, 0), min(-((zero - ends) // GRID), most)
            bits = (1 << end) - (1 << first) if end > first else 0
            if bay_id is None:
                people[staff_id] = people.get(staff_id, 0) | bits
            else:
                bays[bay_id] = bays.get(bay_id, 0) | bits
                if appointment_id is not None:
                    booked[bay_id] = booked.get(bay_id, 0) | bits
    return found


def bay_times(window: Window, rows: Rows, open_: int, taken: Taken) -> list[BayTime]:
    """The bays with what is taken of each."""
    inside = (1 << window.size) - 1
    found = []
    for row in rows.bays:
        bits = taken.bays.get(row.id, 0)
        real, held = (one >> taken.before & inside for one in (bits, dilated(bits, taken.before)))
        found.append(
            BayTime(row.id, row.name, row.kind, open_, real, held, taken.booked.get(row.id, 0) >> taken.before)
        )
    return found


def person_times(window: Window, rows: Rows, open_: int, taken: Taken) -> list[PersonTime]:
    """The people with their time at work and what is taken of it."""
    people: dict[int, PersonTime] = {}
    for row in rows.people:
        person = people.setdefault(row.staff_id, PersonTime(row.staff_id, row.name))
        person.skills |= {row.skill} if row.skill else set()
    numbers: dict[int, list[int]] = {}
    for number, day in enumerate(rows.days):
        if day.hours:
            numbers.setdefault(day.weekday, []).append(number)
    for row in rows.shifts:
        if row.staff_id in people:
            _usual_times(people[row.staff_id], row, rows.calendar.week)
            _shift(people[row.staff_id], window, row, numbers.get(row.weekday, ()))
    for row in rows.absences:
        if row.staff_id in people:
            people[row.staff_id].keep(~window.span(row.starts_at, row.ends_at))
    for person in people.values():
        person.keep(open_)
        person.taken = taken.people.get(person.id, 0) >> taken.before
    return list(people.values())


def _pause(row: Row[Any]) -> tuple[int, int] | None:
    return (row.break_starts, row.break_ends) if row.break_starts is not None and row.break_ends is not None else None


def _usual_times(person: PersonTime, row: Row[Any], week: Week) -> None:
    """The longest stretch and break of a usual week, as far as the garage is open."""
    opens, closes = week.get(row.weekday, (0, 24 * 60))
    pause = _pause(row)
    for starts, ends in ((row.starts, pause[0]), (pause[1], row.ends)) if pause else ((row.starts, row.ends),):
        person.longest = max(person.longest, min(ends, closes) // 15 - -(-max(starts, opens) // 15))
    if pause:
        person.pause = max(person.pause, -(-pause[1] // 15) - pause[0] // 15)


def _shift(person: PersonTime, window: Window, row: Row[Any], numbers: Sequence[int]) -> None:
    """One weekday's shift on the days of the window that are worked like it."""
    pause = _pause(row)
    for number in numbers:
        whole = window.hours(number, row.starts, row.ends)
        person.through |= whole
        person.stretch |= whole & ~window.hours(number, *pause, outward=True) if pause else whole
