"""What free capacity is computed from, read in a fixed number of queries that never look at more than the window."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CompoundSelect, DateTime, Row, Select, bindparam, select, type_coerce, union_all

from db.base import Base
from db.models import Absence, Bay, ClosingDay, OpeningHours, Reservation, Shift, Staff, StaffSkill
from db.types import UtcDateTime
from services.free_time import BayTime, PersonTime
from services.slots import GRID, Window
from services.work import Work


def _table(model: type[Base]) -> Any:
    return model.__table__  # type: ignore[attr-defined]


BAY, STAFF, SKILL, SHIFT = _table(Bay).c, _table(Staff).c, _table(StaffSkill).c, _table(Shift).c
HOURS, CLOSING, ABSENCE, TAKEN = _table(OpeningHours).c, _table(ClosingDay).c, _table(Absence).c, _table(Reservation).c


@dataclass(frozen=True)
class Rows:
    """The rows as they are in the database."""

    bays: Sequence[Any]
    people: Sequence[Any]
    shifts: Sequence[Any]
    hours: Sequence[Any]
    closed: dict[date, str]
    absences: Sequence[Any]
    taken: Sequence[Any]


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
_CLOSED = select(CLOSING.day, CLOSING.reason).where(CLOSING.day.between(bindparam("first"), bindparam("last")))
_AWAY = select(ABSENCE.staff_id, ABSENCE.starts_at, ABSENCE.ends_at).where(
    ABSENCE.ends_at > _START, ABSENCE.starts_at < _END
)
_TAKEN: CompoundSelect[Any] = union_all(
    select(*_COLUMNS).where(TAKEN.starts_at >= _START, TAKEN.starts_at < _END),
    _latest("bay_id", Bay),
    _latest("staff_id", Staff),
)


def read(work: Work, window: Window) -> Rows:
    """Seven queries, whatever the history."""
    ask = work.db.connection().execute
    between = {"start": window.start, "end": window.end}
    closed = ask(_CLOSED, {"first": window.days[0], "last": window.days[-1]})
    return Rows(
        ask(_BAYS).all(),
        ask(_PEOPLE).all(),
        ask(_SHIFTS).all(),
        ask(_HOURS).all(),
        {row.day: row.reason for row in closed},
        ask(_AWAY, between).all(),
        ask(_TAKEN, between).all(),
    )


def open_hours(window: Window, rows: Rows) -> int:
    """When the garage is open (bits)."""
    hours = {row.weekday: (row.opens, row.closes) for row in rows.hours}
    found = 0
    for number, day in enumerate(window.days):
        if day not in rows.closed and day.weekday() in hours:
            found |= window.hours(number, *hours[day.weekday()])
    return found


def taken_times(window: Window, rows: Rows, without: int | None) -> tuple[dict[int, int], dict[int, int]]:
    """What is taken of each bay and of each person (bits by id), the booking `without` left out."""
    bays: dict[int, int] = defaultdict(int)
    people: dict[int, int] = defaultdict(int)
    naive = bool(rows.taken) and rows.taken[0][2].tzinfo is None
    zero = window.start.replace(tzinfo=None) if naive else window.start
    for bay_id, staff_id, starts, ends, appointment_id in rows.taken:
        if without is None or appointment_id != without:
            bits = window.bits((starts - zero) // GRID, -((zero - ends) // GRID))
            if bay_id is not None:
                bays[bay_id] |= bits
            else:
                people[staff_id] |= bits
    return bays, people


def bay_times(rows: Rows, open_: int, taken: dict[int, int]) -> list[BayTime]:
    """The bays with what is taken of each."""
    return [BayTime(row.id, row.name, row.kind, open_, taken.get(row.id, 0)) for row in rows.bays]


def person_times(window: Window, rows: Rows, open_: int, taken: dict[int, int]) -> list[PersonTime]:
    """The people with their time at work and what is taken of it."""
    people: dict[int, PersonTime] = {}
    for row in rows.people:
        person = people.setdefault(row.staff_id, PersonTime(row.staff_id, row.name))
        person.skills |= {row.skill} if row.skill else set()
    for row in rows.shifts:
        if row.staff_id in people:
            _shift(people[row.staff_id], window, row)
    for row in rows.absences:
        if row.staff_id in people:
            people[row.staff_id].keep(~window.span(row.starts_at, row.ends_at))
    for person in people.values():
        person.keep(open_)
        person.taken = taken.get(person.id, 0)
    return list(people.values())


def _shift(person: PersonTime, window: Window, row: Row[Any]) -> None:
    for number in range((row.weekday - window.days[0].weekday()) % 7, len(window.days), 7):
        whole, rest = window.hours(number, row.starts, row.ends), 0
        if row.break_starts is not None and row.break_ends is not None:
            rest = window.hours(number, row.break_starts, row.break_ends, outward=True)
        person.through |= whole
        person.stretch |= whole & ~rest
        person.pause = max(person.pause, (whole & rest).bit_count())
