"""The promised time: what it is reckoned from, and what an earlier one needs."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from db.enums import LineKind, Role
from db.models import Event, Part, Reservation, WorkOrder
from services import orders, purchases
from services.order_moves import ORDERS
from services.order_parts import plan_missing
from services.outside_work import send_out
from services.promise_reckoning import (
    CHECKS,
    FREE,
    HELD,
    OUTSIDE_BACK,
    OUTSIDE_OPEN,
    PART_COMES,
    PART_OPEN,
    WORK,
    Reckoned,
    reckon_promise,
)
from services.promises import PromiseTooEarly, set_promise
from services.refusals import Refusal, TooLong
from services.work import Work, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role
from tests.services.reception import lines_of, received


@pytest.fixture
def work(ws: Workspace) -> Iterator[Work]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        yield work


def reckoned(work: Work, order: WorkOrder) -> Reckoned:
    return reckon_promise(work, facts_of(work, ORDERS, order.id))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def words(found: Reckoned) -> list[str]:
    return [reason.words for reason in found.reasons]


def test_a_free_garage_needs_work_and_checks_only(work: Work) -> None:
    found = reckoned(work, received(work, jobs=(2,)))
    assert (found.at, words(found)) == (at(23, 11), [WORK, CHECKS])
    assert [reason.minutes for reason in found.reasons] == [90, 30]


def test_a_place_held_and_a_bay_free_later_are_said(work: Work) -> None:
    order = received(work)
    work.add(Reservation(order_id=order.id, bay_id=1, starts_at=at(23, 14), ends_at=at(23, 15)))
    assert words(reckoned(work, order)) == [WORK, HELD, CHECKS]
    for bay in (1, 2):
        work.add(Reservation(bay_id=bay, starts_at=at(23, 9), ends_at=at(23, 14) if bay == 1 else at(23, 16)))
    other = received(work, plate="CD34 EFG")
    assert FREE in words(reckoned(work, other))


def test_a_missing_part_is_awaited_as_soon_as_its_day_is_known(work: Work) -> None:
    order = received(work, jobs=(2,))
    work.db.exec(select(Part).where(Part.code == "PADS")).one().on_hand = Decimal(0)
    guess = reckoned(work, order)
    assert (PART_OPEN in words(guess), guess.at) == (True, at(23, 11))
    pads = next(line for line in lines_of(work, order) if line.part_id)
    planned = plan_missing(work, order.id, line_id=pads.id)
    assert (planned.order_id, planned.quantity) == (order.id, Decimal(1))
    planned.expected_on = date(2026, 11, 25)
    work.add(planned)
    found = reckoned(work, order)
    assert (found.at, PART_COMES in words(found)) == (at(25, 10), True)  # 8:00, 90 minutes, checks
    with pytest.raises(purchases.AlreadyPlanned):
        plan_missing(work, order.id, line_id=pads.id)


def test_outside_work_is_awaited(work: Work) -> None:
    order = received(work)
    job = facts_of(work, ORDERS, order.id).jobs[0]
    line = orders.add_charge(
        work, order.id, order_job_id=job.id, kind=LineKind.OUTSIDE, title="Weld", price=Decimal(40)
    )
    assert OUTSIDE_OPEN in words(reckoned(work, order))
    orders.change_line(work, order.id, line_id=line.id, due_at=at(24, 12), supplier="Smith", cost=Decimal(25))
    found = reckoned(work, order)
    assert (found.at, OUTSIDE_BACK in words(found)) == (at(24, 12, 30), True)
    with pytest.raises(Refusal):
        send_out(work, order.id, line_id=line.id)  # nobody agreed to it yet


def test_work_over_several_days_is_reckoned_day_by_day(work: Work) -> None:
    order = received(work, jobs=())
    orders.add_job(work, order.id, title="Engine out", minutes=20 * 60)
    assert at(24, 18) < reckoned(work, order).at <= at(26, 12)


def test_an_earlier_promise_needs_a_reason_that_is_kept(work: Work) -> None:
    order = received(work, jobs=(2,))
    with pytest.raises(PromiseTooEarly) as refused:
        set_promise(work, order.id, promised_at=at(23, 10))
    assert "23 Nov 11:00" in refused.value.say("en")
    assert "11月23日 11:00" in refused.value.say("zh_CN")
    with pytest.raises(TooLong):
        set_promise(work, order.id, promised_at=at(23, 10), reason="x" * 301)
    set_promise(work, order.id, promised_at=at(23, 10), reason=" two people ")
    assert (order.promised_at, order.promise_reason) == (at(23, 10), "two people")
    event = work.db.exec(select(Event).where(Event.action == "promise").order_by(Event.id.desc())).first()  # type: ignore[attr-defined]
    assert event
    assert event.details["reason"] == "two people"


def test_time_that_passes_while_it_is_told_needs_no_reason_and_an_honest_one_keeps_none(work: Work) -> None:
    order = received(work, jobs=(2,))
    set_promise(work, order.id, promised_at=at(23, 11) - timedelta(minutes=15), reason="in a hurry")
    assert order.promise_reason == ""
    set_promise(work, order.id, promised_at=MONDAY_9 + timedelta(hours=6), reason="none needed")
    assert order.promise_reason == ""
