"""Absences, shifts, bays and closing days entered over bookings: they show as conflicts, and change nothing by themselves."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, delete, select

from db.enums import BayKind, Role
from db.models import Reservation, StaffSkill
from services import conflicts as why
from services.arrivals import arrive
from services.bays import change_bay
from services.booking import book, move
from services.booking_changes import cancel
from services.conflicts import conflicts
from services.opening import as_usual_on, close_on, set_hours
from services.shifts import DayTyped, add_absence, set_shifts
from services.staff import set_active
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car

TUESDAY_10 = datetime(2026, 11, 24, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
OIL, PADS, TOM, TIA, LIFT_1 = 1, 2, 3, 4, 1


@pytest.fixture
def manager(ws: Workspace) -> Workspace:
    """The garage with one booking of Tom's, on Tuesday from 10 to 11 on the first lift."""
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        book(
            work,
            make_car(work).id,
            concern="It squeaks",
            job_ids=[OIL],
            starts_at=TUESDAY_10,
            bay_id=LIFT_1,
            staff_id=TOM,
        )
    return as_role(ws, Role.MANAGER)


def _held(work: Work) -> list[Any]:
    return [row.model_dump() for row in work.db.exec(select(Reservation).order_by(col(Reservation.id)))]


def _unlearn(work: Work) -> None:
    work.db.exec(delete(StaffSkill).where(col(StaffSkill.staff_id) == TOM))


CAUSES: list[tuple[Callable[[Work], object], str, dict[str, object]]] = [
    (lambda w: add_absence(w, TOM, starts_at=TUESDAY_10 + HOUR / 2, ends_at=TUESDAY_10 + HOUR, reason="Dentist"), why.AWAY,
     {"name": "Tom Technician"}),
    (lambda w: set_shifts(w, TOM, days={1: DayTyped("8:00", "10:45")}), why.OFF, {"name": "Tom Technician"}),
    (lambda w: set_active(w, TOM, active=False), why.LEFT, {"name": "Tom Technician"}),
    (_unlearn, why.UNSKILLED, {"name": "Tom Technician", "skill": "Routine service"}),
    (lambda w: change_bay(w, LIFT_1, name="Lift 1", kind=BayKind.LIFT, active=False), why.OUT_OF_USE, {"name": "Lift 1"}),
    (lambda w: change_bay(w, LIFT_1, name="Lift 1", kind=BayKind.BODY, active=True), why.OTHER_KIND, {"name": "Lift 1"}),
    (lambda w: close_on(w, day=TUESDAY_10.date(), reason="Stocktaking"), why.CLOSED_FOR, {"reason": "Stocktaking"}),
    (lambda w: set_hours(w, hours={1: ("8:00", "10:30")}), why.CLOSED, {}),
]  # fmt: skip


@pytest.mark.parametrize(("cause", "said", "details"), CAUSES)
def test_each_cause_is_named_and_changes_nothing(
    manager: Workspace, cause: Callable[[Work], object], said: str, details: dict[str, object]
) -> None:
    with unit_of_work(manager) as work:
        before = _held(work)
        assert conflicts(work) == []
        cause(work)
        work.db.flush()
        (found,) = conflicts(work)
        assert (found.why, dict(found.details)) == (said, details)
        assert (found.number, found.plate, found.customer, found.starts_at) == (
            "B261123-01", "AB12 CDE", "Grace Field", TUESDAY_10,
        )  # fmt: skip
        assert _held(work) == before


def test_a_conflict_ends_when_the_booking_is_moved_cancelled_or_the_cause_taken_back(manager: Workspace) -> None:
    with unit_of_work(manager) as work:
        close_on(work, day=TUESDAY_10.date(), reason="")
        key = conflicts(work)[0].appointment_id
        move(work, key, starts_at=TUESDAY_10 + timedelta(days=1))
        assert conflicts(work) == []
        close_on(work, day=TUESDAY_10.date() + timedelta(days=1), reason="")
        assert len(conflicts(work)) == 1
        as_usual_on(work, day=TUESDAY_10.date() + timedelta(days=1))
        assert conflicts(work) == []
        add_absence(work, TOM, starts_at=TUESDAY_10, ends_at=TUESDAY_10 + timedelta(days=3), reason="")
        assert len(conflicts(work)) == 1
        cancel(work, key, reason="Sold")
        assert conflicts(work) == []


def test_a_car_that_has_come_and_times_gone_by_are_no_conflicts(manager: Workspace) -> None:
    with unit_of_work(manager) as work:
        add_absence(work, TOM, starts_at=TUESDAY_10, ends_at=TUESDAY_10 + timedelta(days=3), reason="")
        key = conflicts(work)[0].appointment_id
    with reading(manager.at(TUESDAY_10 + HOUR)) as work:
        assert conflicts(work) == []
    with unit_of_work(manager.at(TUESDAY_10 - HOUR / 4)) as work:
        arrive(work, key)
        assert conflicts(work) == []


def test_the_queries_do_not_grow_with_the_bookings(manager: Workspace) -> None:
    def queries() -> int:
        counted: list[Any] = []
        with reading(manager) as work:
            event.listen(manager.engine, "before_cursor_execute", lambda *a: counted.append(a[2]), named=False)
            conflicts(work)
            return len(counted)

    first = queries()
    with unit_of_work(manager) as work:
        for number in range(4):
            car = make_car(work, plate=f"X{number}").id
            book(
                work,
                car,
                concern="Oil",
                job_ids=[OIL],
                starts_at=TUESDAY_10 + timedelta(days=2) + 4 * HOUR * (number // 2),
            )
    assert queries() == first <= 15
