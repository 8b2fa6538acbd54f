"""The promised time: reckoned, and judged when somebody types another."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from db.enums import Role
from db.models import ClosingDay, OrderJob, Reservation, Staff, WorkOrder
from services.order_moves import ORDERS
from services.promises import set_promise, suggest_promise
from services.refusals import InThePast, Missing, OutOfRange
from services.work import Work, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role
from tests.services.reception import approved, received


@pytest.fixture
def work(ws: Workspace) -> Iterator[Work]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        yield work


def suggested(work: Work, order: WorkOrder) -> datetime:
    return suggest_promise(work, facts_of(work, ORDERS, order.id))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_an_hour_of_work_on_a_free_lift_is_ready_after_work_and_checks(work: Work) -> None:
    assert suggested(work, received(work)) == at(23, 10, 30)


def test_a_wash_takes_a_quarter_more(work: Work) -> None:
    order = received(work)
    order.wash = True
    assert suggested(work, order) == at(23, 10, 45)


def test_the_place_the_booking_reserved_counts(work: Work) -> None:
    order = received(work)
    work.add(Reservation(order_id=order.id, bay_id=1, starts_at=at(23, 14), ends_at=at(23, 15)))
    assert suggested(work, order) == at(23, 15, 30)


def test_work_added_to_a_reserved_place_counts_too(work: Work) -> None:
    order = received(work, jobs=(1, 2))
    work.add(Reservation(order_id=order.id, bay_id=1, starts_at=at(23, 14), ends_at=at(23, 15)))
    assert suggested(work, order) == at(23, 17)


def test_a_car_waits_for_a_free_lift(work: Work) -> None:
    for bay in (1, 2):
        work.add(Reservation(bay_id=bay, starts_at=at(23, 9), ends_at=at(23, 11)))
    assert suggested(work, received(work)) == at(23, 12, 30)


def test_what_does_not_fit_today_is_ready_tomorrow(work: Work) -> None:
    for bay in (1, 2):
        work.add(Reservation(bay_id=bay, starts_at=at(23, 9), ends_at=at(23, 18)))
    assert suggested(work, received(work)) == at(24, 9, 30)


def test_closed_days_do_not_count(work: Work) -> None:
    work.add(ClosingDay(day=at(24, 0).date(), reason="Stocktaking"))
    for bay in (1, 2):
        work.add(Reservation(bay_id=bay, starts_at=at(23, 9), ends_at=at(23, 18)))
    assert suggested(work, received(work)) == at(25, 9, 30)


def test_with_nobody_for_the_job_the_opening_hours_decide(work: Work) -> None:
    order = received(work)
    for person in work.db.exec(select(Staff)):
        person.active = False
    work.db.exec(select(OrderJob)).one().minutes = 9 * 60
    assert suggested(work, order) == at(24, 8, 30)


def test_a_promise_is_kept_and_can_move_while_the_car_is_here(work: Work) -> None:
    order = approved(work)
    assert order.promised_at == at(23, 15)
    assert set_promise(work, order.id, promised_at=at(23, 16)).promised_at == at(23, 16)


def test_a_promise_lies_ahead(work: Work) -> None:
    order = received(work)
    for past in (MONDAY_9, MONDAY_9 - timedelta(minutes=1)):
        with pytest.raises(InThePast):
            set_promise(work, order.id, promised_at=past)
    with pytest.raises(OutOfRange):
        set_promise(work, order.id, promised_at=MONDAY_9 + timedelta(days=181))
    with pytest.raises(Missing):
        set_promise(work, order.id, promised_at=None)
    assert order.promised_at is None
