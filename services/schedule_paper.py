"""The schedule board (预约排班表) of one day: bays or people beside each other, hours downwards, then everything as a list."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal

from sqlmodel import col, select

from db.enums import EXPECTED, AppointmentStatus
from db.models import Absence, Appointment, Bay, Shift, Staff, StaffSkill, WorkOrder
from services.boards import local_day
from services.booking_calendar import Held, held
from services.calendar_days import Day, calendar
from services.day_bookings import Planned, bookings_between
from services.i18n import N_, translate
from services.papers import day_words, heading, render, times_words
from services.people import names
from services.work import Work

By = Literal["bay", "person"]
MOST_COLUMNS = 8  # on one sheet: more would be too narrow to read
USUAL = (8 * 60, 18 * 60)
COLUMNS = (N_("Time"), N_("Plate"), N_("Customer"), N_("Jobs"), N_("Bay"), N_("Technician, advisor"))
Span = tuple[int, int]  # minutes after midnight


@dataclass
class _Column:
    """A bay or a person: what is held, and when nobody is there."""

    name: str
    taken: list[Held] = field(default_factory=list)
    closed: list[Span] = field(default_factory=list)


def schedule_pdf(work: Work, day: date, *, by: By = "bay", language: str, code: str = "") -> bytes:
    """The board of a day by bay or by person, landscape; bookings and cars already in the shop that hold a place."""
    start, end = local_day(work, datetime.combine(day, time(12), work.zone))
    taken = held(work, start, end)
    board = _Board(work, day, start, end, taken, _advisors(work, taken))
    columns = board.bays() if by == "bay" else board.people()
    nowhere = [one for one in bookings_between(work, start, end, EXPECTED) if not one.stays]
    title = N_("Schedule board by bay") if by == "bay" else N_("Schedule board by person")
    data = {
        **heading(work, language, title, day_words(day, language)),
        **board.drawn(columns, by),
        "summary": translate(language, N_("Cars: {cars}"), cars=len({_car(one) for one in taken}) + len(nowhere)),
        "columns": [translate(language, name) for name in COLUMNS],
        "empty": translate(language, N_("Nothing is booked on this day.")),
        "rows": sorted([*board.rows(), *(_without_place(work, one, language) for one in nowhere)]),
    }
    return render("schedule", data, language, code=code or day.isoformat())


@dataclass
class _Board:
    work: Work
    day: date
    start: datetime
    end: datetime
    taken: Sequence[Held]
    advisors: dict[tuple[int | None, int | None], str]
    kind: Day = field(init=False)
    staff: dict[int, str] = field(init=False)
    bay_names: dict[int, str] = field(init=False)

    def __post_init__(self) -> None:
        self.kind = calendar(self.work, self.day, self.day).of(self.day)
        self.staff = names(self.work)
        self.bay_names = dict(
            self.work.db.exec(select(Bay.id, Bay.name).order_by(col(Bay.position), col(Bay.id))).all()
        )

    def bays(self) -> list[_Column]:
        """Active bays in their order, and others only where something is held."""
        active = set(self.work.db.exec(select(Bay.id).where(col(Bay.active))))
        return self._columns([key for key in self.bay_names if key in active], self.bay_names, "bay_id")

    def people(self) -> list[_Column]:
        """Those who work in the workshop, by name, and others only where they are held; shaded while they are away."""
        skilled = self.work.db.exec(
            select(Staff.id)
            .where(col(Staff.id).in_(select(StaffSkill.staff_id)), col(Staff.active))
            .order_by(Staff.name)
        ).all()
        columns = self._columns(skilled, self.staff, "staff_id")
        away = self._away(skilled)
        for key, column in zip(skilled, columns, strict=False):
            column.closed = away[key]
        return columns

    def _columns(self, first: Sequence[int], called: dict[int, str], what: str) -> list[_Column]:
        found = {key: _Column(called.get(key, "")) for key in first}
        for one in self.taken:
            key = getattr(one, what)
            if key is not None:
                found.setdefault(key, _Column(called.get(key, ""))).taken.append(one)
        return list(found.values())

    def _away(self, people: Collection[int]) -> dict[int, list[Span]]:
        """When each person is not there: before, between and after the shifts, in breaks, on leave."""
        there: dict[int, list[Span]] = defaultdict(list)
        for shift in self.work.db.exec(select(Shift).where(Shift.weekday == self.kind.weekday)):
            breaks = (shift.break_starts, shift.break_ends)
            if breaks[0] is not None and breaks[1] is not None:
                there[shift.staff_id] += [(shift.starts, breaks[0]), (breaks[1], shift.ends)]
            else:
                there[shift.staff_id].append((shift.starts, shift.ends))
        gone = {key: _gaps(there[key]) for key in people}
        leave = select(Absence).where(col(Absence.ends_at) > self.start, col(Absence.starts_at) < self.end)
        for row in self.work.db.exec(leave):
            gone.get(row.staff_id, []).append(self._minutes(row.starts_at, row.ends_at))
        return gone

    def _minutes(self, starts: datetime, ends: datetime) -> Span:
        """Minutes on the wall clock of the day; what reaches beyond it is cut there."""
        first = self.work.local(max(starts, self.start))
        last = self.work.local(min(ends, self.end))
        return first.hour * 60 + first.minute, (last.hour * 60 + last.minute) if last.date() == self.day else 24 * 60

    def hours(self) -> Span:
        """The stretch of the day to draw: opening hours, widened to full hours by whatever is held outside them."""
        opens, closes = self.kind.hours or USUAL
        spans = [self._minutes(one.starts_at, one.ends_at) for one in self.taken]
        first, last = min([opens, *(a for a, _ in spans)]), max([closes, *(b for _, b in spans)])
        return first // 60 * 60, -(-last // 60) * 60

    def drawn(self, columns: Sequence[_Column], by: By) -> dict[str, Any]:
        """Pages of columns with their blocks, in minutes from the first hour."""
        first, last = self.hours()
        boxes = [
            {"name": column.name, "entries": [self._entry(one, first, by) for one in column.taken],
             "closed": [_shown(span, first, last) for span in column.closed if span[1] > first and span[0] < last]}
            for column in columns
        ]  # fmt: skip
        sheets = -(-len(boxes) // MOST_COLUMNS) or 1
        each = -(-len(boxes) // sheets)
        return {
            "minutes": last - first,
            "hours": [{"at": at - first, "name": f"{at // 60:02d}:00"} for at in range(first, last + 1, 60)],
            "pages": [boxes[n : n + each] for n in range(0, len(boxes), each or 1)],
        }

    def _entry(self, one: Held, first: int, by: By) -> dict[str, Any]:
        starts, ends = self._minutes(one.starts_at, one.ends_at)
        with_it = self._people(one) if by == "bay" else self._bays(one)
        lines = (one.customer, one.what, " · ".join(with_it), self.advisors.get(_car(one), ""))
        return {
            "from": starts - first,
            "to": max(ends - first, starts - first + 15),
            "plate": one.plate,
            "what": one.what,
            "times": times_words(self.work, one.starts_at, one.ends_at),
            "lines": [line for line in lines if line],
            "sure": one.status not in (AppointmentStatus.REQUESTED, AppointmentStatus.WAITING_PARTS),
        }

    def _people(self, one: Held) -> list[str]:
        return [self.staff.get(o.staff_id, "") for o in self._beside(one) if o.staff_id]

    def _bays(self, one: Held) -> list[str]:
        return [self.bay_names.get(o.bay_id, "") for o in self._beside(one) if o.bay_id]

    def _beside(self, one: Held) -> list[Held]:
        """What is held for the same car at the same time."""
        return [
            o for o in self.taken if _car(o) == _car(one) and o.starts_at < one.ends_at and o.ends_at > one.starts_at
        ]

    def rows(self) -> list[list[str]]:
        """Everything in full, by time: one row for each stay in a bay."""
        found = []
        for one in self.taken:
            if one.bay_id is not None:
                people = (*self._people(one), self.advisors.get(_car(one), ""))
                found.append([times_words(self.work, one.starts_at, one.ends_at), one.plate, one.customer, one.what,
                              self.bay_names.get(one.bay_id, ""), ", ".join(filter(None, people))])  # fmt: skip
        return found


def _car(one: Held) -> tuple[int | None, int | None]:
    return (None, one.order_id) if one.order_id else (one.appointment_id, None)


def _without_place(work: Work, one: Planned, language: str) -> list[str]:
    """A booking that no bay is held for: it stands in the list only."""
    at = work.local(one.row.starts_at or work.now)
    place = translate(language, N_("No place is reserved."))
    return [f"{at:%H:%M}", one.car.plate, one.customer.name, one.what, place, one.advisor]


def _shown(span: Span, first: int, last: int) -> dict[str, int]:
    return {"from": max(span[0], first) - first, "to": min(span[1], last) - first}


def _gaps(spans: Collection[Span]) -> list[Span]:
    """What is left of a day outside the spans."""
    edges = [0, *(edge for span in sorted(spans) for edge in span), 24 * 60]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a]


def _advisors(work: Work, taken: Sequence[Held]) -> dict[tuple[int | None, int | None], str]:
    """The service advisor of each car."""
    staff = names(work)
    bookings = {one.appointment_id for one in taken if one.appointment_id and not one.order_id}
    orders = {one.order_id for one in taken if one.order_id}
    found: dict[tuple[int | None, int | None], str] = {}
    for key, advisor in work.db.exec(
        select(Appointment.id, Appointment.advisor_id).where(col(Appointment.id).in_(bookings))
    ):
        found[key, None] = staff.get(advisor or 0, "")
    for key, advisor in work.db.exec(select(WorkOrder.id, WorkOrder.advisor_id).where(col(WorkOrder.id).in_(orders))):
        found[None, key] = staff.get(advisor or 0, "")
    return found
