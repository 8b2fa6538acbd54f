"""Telling the customer, and the time the car is picked up: what is offered, agreed on any tablet, chosen on the private page."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlmodel import select

from db.enums import AppointmentStatus, Channel, Role
from db.enums_money import PickUpAnswer
from db.models import Absence, Appointment, ContactAttempt, InsuranceClaim, OrderJob, WorkOrder
from services.busy_hours import set_busy_hours
from services.day_deliveries import clash, day_deliveries
from services.delivery import agree_time, attempts, check_delivery, hand_to, tell
from services.link_answers import ChangedMeanwhile, NothingAnswered
from services.order_links import order_link
from services.order_moves import ORDERS
from services.pick_up_link import pick_up, pick_up_by_link
from services.pick_up_times import is_large, pick_up_times, proposed
from services.refusals import EndBeforeStart, InThePast, Missing, NotAllowed, NotFound, NotNow, SlotTaken, Stale
from services.today import today
from services.validate import BadTime
from services.work import Work, reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.at_delivery import EVERYTHING, make_ready, ready_order
from tests.factories import MONDAY_9, as_role
from tests.services.at_once import DONE, at_once

BUSY = "8:00–9:30，16:30-18:00"
ADA = 1


def at(hours: float, day: int = 23) -> datetime:
    return datetime(2026, 11, day, tzinfo=UTC) + timedelta(hours=hours)


@pytest.fixture
def desk(ws: Workspace) -> Workspace:
    """The garage with its busy hours, the one advisor acting."""
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        set_busy_hours(work, typed=BUSY)
    return as_role(ws, Role.ADVISOR)


def checked(desk: Workspace, **columns: Any) -> int:
    order_id = make_ready(desk, **columns)
    with unit_of_work(desk) as work:
        check_delivery(work, order_id, items=EVERYTHING)
    return order_id


def told(desk: Workspace, pick_up_at: datetime | None = None, **columns: Any) -> int:
    order_id = checked(desk, **columns)
    with unit_of_work(desk) as work:
        answer = PickUpAnswer.COMES if pick_up_at else PickUpAnswer.CALLS_BACK
        tell(work, order_id, channel=Channel.PHONE, pick_up_at=pick_up_at, answer=answer)
    return order_id


def arrives(work: Work, starts_at: datetime, advisor_id: int | None = None) -> None:
    car = ready_order(work, plate="ARR 1VES")
    work.add(Appointment(number=f"B{starts_at:%H%M}", customer_id=car.customer_id, vehicle_id=car.vehicle_id, minutes=60,
                         status=AppointmentStatus.CONFIRMED, starts_at=starts_at, advisor_id=advisor_id,
                         created_at=work.now))  # fmt: skip


def test_an_ordinary_car_is_offered_the_next_half_hours_and_a_large_repair_the_quiet_ones(desk: Workspace) -> None:
    with unit_of_work(desk) as work:
        work.garage.busy_hours = "09:00-10:30, 16:30-18:00"
        work.db.add(work.garage)
    order_id = make_ready(desk)
    with reading(desk) as work:
        times = pick_up_times(work, order_id)
        assert [one.at for one in proposed(times, large=False)] == [at(9.5), at(10), at(10.5)]
        assert [one.at for one in proposed(times, large=True)] == [at(10.5), at(11), at(11.5)]
        assert (times[0].busy, times[0].free, times[-1].at) == (True, ("Ada Advisor",), at(17.5, 27))
        assert not [one.at for one in times if one.at.date().weekday() > 4 or one.at.hour < 8]
        noon = next(one for one in times if one.at == at(12))
        assert noon.free == ()  # their break


def test_accidents_and_half_a_day_of_work_are_large(desk: Workspace) -> None:
    order_id = make_ready(desk)
    with unit_of_work(desk) as work:
        assert not is_large(facts_of(work, ORDERS, order_id))
        work.add(InsuranceClaim(order_id=order_id, insurer="Aviva", created_at=work.now))
    with unit_of_work(desk) as work:
        assert is_large(facts_of(work, ORDERS, order_id))
        other = ready_order(work, plate="LONG 01").id
        job = work.db.exec(select(OrderJob).where(OrderJob.order_id == other)).one()
        job.minutes = 240
    with reading(desk) as work:
        assert is_large(facts_of(work, ORDERS, other))


def test_who_hands_over_or_receives_another_car_is_not_free_and_who_is_away_neither(desk: Workspace) -> None:
    told(desk, at(10), plate="CAME 01", advisor_id=ADA)
    with unit_of_work(desk) as work:
        arrives(work, at(11))
        work.add(Absence(staff_id=ADA, starts_at=at(14), ends_at=at(15)))
        order_id = ready_order(work).id
    with reading(desk) as work:
        found = {one.at: one for one in pick_up_times(work, order_id)}
    assert [(found[at(h)].pick_ups, found[at(h)].arrivals, len(found[at(h)].free)) for h in (10, 10.5, 11, 14, 15)] == [
        (1, 0, 0), (0, 0, 1), (0, 1, 0), (0, 0, 0), (0, 0, 1)]  # fmt: skip


def test_what_the_customer_says_is_kept_and_coming_needs_a_time(desk: Workspace) -> None:
    order_id = checked(desk)
    with pytest.raises(Missing), unit_of_work(desk) as work:
        tell(work, order_id, channel=Channel.PHONE, answer=PickUpAnswer.COMES)
    with pytest.raises(Missing), unit_of_work(desk) as work:
        tell(work, order_id, channel=Channel.PHONE, answer=PickUpAnswer.QUESTION)
    with unit_of_work(desk) as work:
        tell(
            work, order_id, channel=Channel.PHONE, answer=PickUpAnswer.QUESTION, pick_up_at=at(12), note="Is it washed?"
        )
        order = work.get(WorkOrder, order_id)
        assert (order.told_at, order.pick_up_at) == (MONDAY_9, None)
    with unit_of_work(desk) as work:
        agree_time(work, order_id, pick_up_at=at(16), answer=PickUpAnswer.BROUGHT, seen=1)
        assert work.get(WorkOrder, order_id).pick_up_at == at(16)
        assert [a.answer for a in attempts(work, order_id)] == [PickUpAnswer.QUESTION, PickUpAnswer.BROUGHT]


def test_the_time_is_agreed_anew_by_one_of_two_and_only_with_who_knows(desk: Workspace) -> None:
    order_id = checked(desk)
    with pytest.raises(NotNow), unit_of_work(desk) as work:
        agree_time(work, order_id, pick_up_at=at(12))
    with unit_of_work(desk) as work:
        tell(work, order_id, channel=Channel.WALK_IN, answer=PickUpAnswer.COMES, pick_up_at=at(9))
    with pytest.raises(InThePast), unit_of_work(desk) as work:
        agree_time(work, order_id, pick_up_at=at(8))
    with unit_of_work(desk) as work:
        agree_time(work, order_id, pick_up_at=at(13), seen=1)
    with pytest.raises(Stale) as refused, unit_of_work(desk) as work:
        agree_time(work, order_id, pick_up_at=at(15), seen=1)
    assert refused.value.say("en").startswith("Ada Advisor changed this at 09:00")
    with reading(desk) as work:
        assert work.get(WorkOrder, order_id).pick_up_at == at(13)


def test_the_customer_chooses_on_the_private_page_and_the_last_free_half_hour_is_given_once(desk: Workspace) -> None:
    first, second = told(desk), told(desk, plate="OTHER 1")
    with unit_of_work(desk) as work:
        tokens = {key: order_link(work, key).token for key in (first, second)}
    with pytest.raises(NothingAnswered), unit_of_work(desk) as work:
        pick_up_by_link(work, tokens[first], at=None, seen=1)
    with unit_of_work(desk) as work:
        said = pick_up_by_link(work, tokens[first], at=at(10), seen=1)
        assert (said.channel, said.answer, said.reached) == (Channel.WEB, PickUpAnswer.COMES, True)
    with pytest.raises(SlotTaken), unit_of_work(desk) as work:
        pick_up_by_link(work, tokens[second], at=at(10), seen=1)
    with pytest.raises(ChangedMeanwhile), unit_of_work(desk) as work:
        pick_up_by_link(work, tokens[first], at=at(11), seen=1)
    with reading(desk) as work:
        page = pick_up(work, facts_of(work, ORDERS, first), "en")
        assert page is not None
        assert (page.agreed, page.seen, len(page.days)) == ("23 November 2026 10:00", 2, 3)
        assert page.days[0][1][0] == (at(9.5).isoformat(), "09:30")
        assert page.days[0][0] == "Monday 23 November 2026"
        assert work.get(WorkOrder, second).pick_up_at is None


def test_of_two_customers_and_of_customer_and_advisor_at_once_one_has_the_time(desk: Workspace) -> None:
    first, second = told(desk), told(desk, plate="OTHER 1")
    with unit_of_work(desk) as work:
        tokens = [order_link(work, key).token for key in (first, second)]
    said = at_once([(desk, partial(pick_up_by_link, token=one, at=at(10), seen=1)) for one in tokens])
    assert set(said) == {DONE, SlotTaken().say("en")}
    with reading(desk) as work:
        assert sorted(bool(work.get(WorkOrder, key).pick_up_at) for key in (first, second)) == [False, True]
        left = next(key for key in (first, second) if work.get(WorkOrder, key).pick_up_at is None)
    token = tokens[(first, second).index(left)]
    said = at_once([
        (desk, lambda work: pick_up_by_link(work, token, at=at(13), seen=1)),
        (desk, lambda work: agree_time(work, left, pick_up_at=at(15), seen=1)),
    ])  # fmt: skip
    assert said.count(DONE) == 1
    with reading(desk) as work:
        assert len(attempts(work, left)) == 2


def test_the_page_asks_nobody_who_was_not_told(desk: Workspace) -> None:
    order_id = checked(desk)
    with reading(desk) as work:
        assert pick_up(work, facts_of(work, ORDERS, order_id), "en") is None


def test_the_day_lists_cars_by_time_with_who_hands_over(desk: Workspace) -> None:
    late, noon = (
        told(desk, at(15), plate="LATE 15", advisor_id=ADA),
        told(desk, at(12), plate="NOON 12", advisor_id=ADA),
    )
    tomorrow, unsaid = told(desk, at(10, 24), plate="NEXT 24"), told(desk, plate="SAYS 00")
    with unit_of_work(desk) as work:
        arrives(work, at(15.25), ADA)
        found = day_deliveries(work)
        assert [card.id for card in found.today] == [noon, late]
        assert [card.id for card in found.later] == [tomorrow]
        assert unsaid in [card.id for card in found.open]
        assert found.answers == {late: "comes", noon: "comes", tomorrow: "comes", unsaid: "calls_back"}
        assert [clash(found.desk, card.order) for card in found.today] == ["not here then", "has another car then"]
        assert [found.desk.people[key] for key in found.desk.free(MONDAY_9)] == ["Ada Advisor"]
    with reading(desk.at(at(12.75))) as work:
        waits = [one.name for one in today(work).troubles if one.reasons[0][0] == "not picked up at the time agreed"]
    assert waits == ["NOON 12"]


def test_another_advisor_hands_over_and_nobody_else_can_be_given_a_car(desk: Workspace) -> None:
    order_id = make_ready(desk)
    with unit_of_work(desk) as work:
        assert hand_to(work, order_id, staff_id=ADA).advisor_id == ADA
    with pytest.raises(NotFound), unit_of_work(desk) as work:
        hand_to(work, order_id, staff_id=3)


def test_busy_hours_are_read_as_people_write_them(ws: Workspace) -> None:
    manager = as_role(ws, Role.MANAGER)
    with unit_of_work(manager) as work:
        set_busy_hours(work, typed=" 16:30~18:00、8-9:30 ")
        assert work.garage.busy_hours == "08:00-09:30, 16:30-18:00"
    for typed, refusal in (("8:00", BadTime), ("10-9", EndBeforeStart), ("25:00-26:00", BadTime)):
        with pytest.raises(refusal), unit_of_work(manager) as work:
            set_busy_hours(work, typed=typed)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        set_busy_hours(work, typed="")


def test_every_try_is_kept_with_its_channel(desk: Workspace) -> None:
    order_id = told(desk)
    with reading(desk) as work:
        [one] = work.db.exec(select(ContactAttempt).where(ContactAttempt.order_id == order_id))
        assert (one.channel, one.reached, one.answer) == (Channel.PHONE, True, PickUpAnswer.CALLS_BACK)
