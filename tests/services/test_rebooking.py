"""What an earlier booking hands on to the next one."""

from datetime import UTC, datetime

import pytest

from db.enums import Role
from db.models import Job
from services.booking import book
from services.booking_changes import cancel
from services.rebooking import booked_before
from services.refusals import NotFound
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car

TUESDAY_13 = datetime(2026, 11, 24, 13, tzinfo=UTC)


def test_a_cancelled_booking_hands_on_its_words_and_the_jobs_still_offered(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        car = make_car(work)
        row = book(
            work, car.id, concern="Squeaks", job_ids=[2, 1], starts_at=TUESDAY_13, clarification="When cold", waits=True
        )
        cancel(work, row.id, reason="Ill")
        work.get(Job, 2).active = False
    with reading(ws) as work:
        earlier = booked_before(work, row.id)
    assert (earlier.vehicle_id, earlier.concern, earlier.clarification) == (car.id, "Squeaks", "When cold")
    assert (earlier.jobs, earlier.waits, earlier.answers) == ([1], True, {})


def test_there_is_nothing_to_book_again_without_a_booking(ws: Workspace) -> None:
    with reading(ws) as work, pytest.raises(NotFound):
        booked_before(work, 7)
