"""Other jobs for a booking that stands."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from db.enums import Role
from db.models import Appointment, DayLimit, Job, Part, PartReservation, Reservation
from services.booking import book
from services.booking_changes import cancel
from services.booking_jobs import NoLongerFits, change_jobs, job_ids_of
from services.booking_policy import DayFull
from services.refusals import Missing, NotAllowed, NotFound, WrongStatus
from services.work import Work, last_event, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car

TUESDAY_8 = datetime(2026, 11, 24, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
OIL, PADS, BATTERY = 1, 2, 3
LIFT_1, LIFT_2, QUICK = 1, 2, 3


@pytest.fixture
def advisor(ws: Workspace) -> Workspace:
    return as_role(ws, Role.ADVISOR)


def booked(work: Work, plate: str = "AB12 CDE", at: datetime = TUESDAY_8, bay_id: int | None = None) -> Appointment:
    return book(work, make_car(work, plate=plate).id, concern="x", job_ids=[OIL], starts_at=at, bay_id=bay_id)


def bays(work: Work, row: Appointment) -> list[tuple[int | None, datetime, datetime]]:
    held = work.db.exec(select(Reservation).where(Reservation.appointment_id == row.id)).all()
    return sorted((one.bay_id, one.starts_at, one.ends_at) for one in held if one.bay_id)


def parts(work: Work, row: Appointment) -> dict[int, Decimal]:
    held = work.db.exec(select(PartReservation).where(PartReservation.appointment_id == row.id))
    return {one.part_id: one.quantity for one in held}


def test_length_price_place_and_parts_follow_the_jobs(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work, bay_id=LIFT_2)
    with unit_of_work(advisor) as work:
        change_jobs(work, row.id, [OIL, PADS, BATTERY])
    with unit_of_work(advisor) as work:
        changed = work.get(Appointment, row.id)
        assert job_ids_of(work, row.id) == [OIL, PADS, BATTERY]
        assert (changed.minutes, changed.price, changed.starts_at) == (165, Decimal("255.75"), TUESDAY_8)
        lift_over = TUESDAY_8 + timedelta(minutes=150)
        assert bays(work, changed) == [
            (LIFT_2, TUESDAY_8, lift_over),
            (QUICK, lift_over, lift_over + timedelta(minutes=15)),
        ]
        assert parts(work, changed) == {1: Decimal("4.5"), 2: Decimal(1)}
        event = last_event(work, changed)
        assert event is not None
        assert (event.action, event.details["jobs"]) == ("change_jobs", "Oil service, Front brake pads, Battery test")
        change_jobs(work, row.id, [BATTERY])
        assert (bays(work, changed), parts(work, changed)) == ([(QUICK, TUESDAY_8, TUESDAY_8 + HOUR / 4)], {})


def test_what_no_longer_fits_is_refused_and_changes_nothing(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work, at=TUESDAY_8 + 2 * HOUR)  # until the break there are two hours
    with pytest.raises(NoLongerFits) as refused, unit_of_work(advisor) as work:
        change_jobs(work, row.id, [OIL, PADS])
    assert refused.value.say("en") == (
        "With these jobs the visit takes 150 min and no longer fits at its time: Nobody who can do this is at work for the "
        "whole of that time (shifts, breaks, absence). Move it first, or leave a job out."
    )
    with reading(advisor) as work:
        assert (job_ids_of(work, row.id), work.get(Appointment, row.id).minutes) == ([OIL], 60)
        assert len(bays(work, row)) == 1
        assert parts(work, row) == {1: Decimal("4.5")}


def test_another_bay_is_taken_when_the_own_one_is_too_short(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work, bay_id=LIFT_1)
        booked(work, "B1", TUESDAY_8 + HOUR, bay_id=LIFT_1)
        change_jobs(work, row.id, [OIL, PADS])
        assert bays(work, row) == [(LIFT_2, TUESDAY_8, TUESDAY_8 + timedelta(minutes=150))]


def test_a_part_that_is_not_free_is_asked_for(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work)
        work.get(Part, 2).on_hand = Decimal(0)
        change_jobs(work, row.id, [PADS])
        assert (row.stock_question, parts(work, row)) == ("Front brake pads: 1 set", {})


def test_no_jobs_jobs_no_longer_offered_and_bookings_that_are_over_are_refused(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work)
        with pytest.raises(Missing):
            change_jobs(work, row.id, [])
        with pytest.raises(NotFound):
            change_jobs(work, row.id, [99])
        work.get(Job, PADS).active = False
        with pytest.raises(NotFound):
            change_jobs(work, row.id, [PADS])
        cancel(work, row.id, reason="Sold")
        with pytest.raises(WrongStatus):
            change_jobs(work, row.id, [OIL])


def test_a_technician_may_not(advisor: Workspace, ws: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        change_jobs(work, row.id, [PADS])


def test_a_group_that_is_full_that_day_comes_in_only_as_an_exception_with_a_reason(
    advisor: Workspace, ws: Workspace
) -> None:
    with unit_of_work(advisor) as work:
        work.add(DayLimit(group="brakes", most=1))
        first = make_car(work, plate="BR 1").id
        full = book(work, first, concern="x", job_ids=[PADS], starts_at=TUESDAY_8 + 6 * HOUR)
        row = booked(work)
    with pytest.raises(DayFull), unit_of_work(advisor) as work:
        change_jobs(work, row.id, [OIL, PADS])
    with pytest.raises(NotAllowed), unit_of_work(advisor) as work:
        change_jobs(work, row.id, [OIL, PADS], override_reason="Promised")
    with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        assert change_jobs(work, row.id, [OIL, PADS], override_reason="Promised").override_reason == "Promised"
        event = last_event(work, row)
        assert event
        assert event.details["override"] == "day_limit"
        assert change_jobs(work, full.id, [PADS, OIL]).override_reason == ""  # its brakes were counted already
