"""Proposals for every waiting car: who and where, in which order, and why; accepted one by one or all at once."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from db.enums import Answer, OrderStatus, Role
from db.enums_desk import PurchaseStatus
from db.models import (
    Absence,
    Bay,
    ClockEntry,
    OrderLine,
    Part,
    PurchaseLine,
    Reservation,
    Shift,
)
from services import dispatch_reasons as why
from services.dispatching import Given, Proposal, accept, accept_all, proposals
from services.order_refusals import ConsentMissing, NotHandedOver
from services.refusals import NotAllowed, Refusal, SlotTaken, WrongStatus
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role
from tests.floor import MINUTE, booking, change, hold, reworked
from tests.shop import in_work, make_order, order_of

TEN = MONDAY_9 + timedelta(hours=1)


def proposed(ws: Workspace) -> list[Proposal]:
    with reading(ws) as work:
        return proposals(work)


def only(ws: Workspace) -> Proposal:
    (one,) = proposed(ws)
    return one


def where(one: Proposal) -> tuple[str, str, datetime, datetime] | None:
    return (one.fit.hand.name, one.fit.bay.name, one.fit.starts_at, one.fit.ends_at) if one.fit else None


def said(one: Proposal) -> set[str]:
    return {reason.words for reason in one.reasons}


def test_rework_goes_first_then_who_waits_then_the_nearest_promise_and_booked_before_walk_in(ws: Workspace) -> None:
    plain = make_order(ws, plate="PLAIN 1")
    soon = make_order(ws, plate="SOON 1")
    walk_in, booked = make_order(ws, plate="WALK 1"), make_order(ws, plate="BOOK 1")
    waits, again = make_order(ws, plate="WAITS 1"), reworked(ws, "AGAIN 1")
    change(ws, plain, promised_at=MONDAY_9 + timedelta(hours=8))
    change(ws, soon, promised_at=MONDAY_9 + timedelta(hours=2))
    for key in (walk_in, booked):
        change(ws, key, promised_at=MONDAY_9 + timedelta(hours=6))
    change(ws, booked, appointment_id=booking(ws, TEN))
    change(ws, waits, waits=True, promised_at=MONDAY_9 + timedelta(hours=9))
    assert [one.card.id for one in proposed(ws)] == [again, waits, soon, booked, walk_in, plain]


def test_each_gets_somebody_who_knows_all_of_it_and_an_empty_bay_and_nothing_is_given_twice(ws: Workspace) -> None:
    make_order(ws, "SVC", "BRK", plate="A 1")
    make_order(ws, "SVC", plate="B 2")
    make_order(ws, "SVC", plate="C 3")
    found = {one.card.vehicle.plate: where(one) for one in proposed(ws)}
    assert found == {
        "A 1": ("Lea Leader", "Lift 1", MONDAY_9, MONDAY_9 + 150 * MINUTE),
        "B 2": ("Tia Technician", "Lift 2", MONDAY_9, TEN),
        "C 3": ("Tom Technician", "Lift 2", TEN, MONDAY_9 + 120 * MINUTE),
    }


def test_the_reasons_say_why_it_is_these_two(ws: Workspace) -> None:
    order = make_order(ws, "SVC")
    hold(ws, "Tom Technician", "Lift 1", MONDAY_9 + 30 * MINUTE, 60, order)
    change(ws, order, waits=True)
    one = only(ws)
    assert where(one) == ("Tom Technician", "Lift 1", MONDAY_9, TEN)
    wanted = {why.WAITS, why.WALK_IN, why.PLANNED, why.KNOWS, why.NO_LOAD, why.EMPTY, why.PARTS_HERE, why.IN_TIME}
    assert said(one) == wanted
    ready = one.reasons[-1]
    assert (ready.at, ready.minutes) == (TEN + 30 * MINUTE, 90)  # half an hour of checks; promised for twelve


def test_who_is_planned_is_kept_unless_somebody_else_could_begin_much_sooner(ws: Workspace) -> None:
    order = make_order(ws, "SVC")
    hold(ws, "Tom Technician", "Lift 1", TEN, 60, order)
    hold(ws, "Tom Technician", None, MONDAY_9, 20)
    assert where(only(ws)) == ("Tom Technician", "Lift 1", MONDAY_9 + 20 * MINUTE, MONDAY_9 + 80 * MINUTE)
    hold(ws, "Tom Technician", None, MONDAY_9 + 20 * MINUTE, 40)
    found = where(only(ws))
    assert found
    assert found[0] != "Tom Technician"
    assert found[2] == MONDAY_9


def test_work_goes_on_after_the_break_and_the_place_is_held_over_it(ws: Workspace) -> None:
    make_order(ws, "SVC")
    late = ws.at(MONDAY_9 + 150 * MINUTE)
    assert where(only(late)) == ("Lea Leader", "Lift 1", late.clock(), MONDAY_9 + 270 * MINUTE)
    with unit_of_work(as_role(late, Role.SUPERVISOR)) as work:
        given = only(late).given
        assert given
        accept(work, given)
        ends = {row.ends_at for row in work.db.exec(select(Reservation))}
    assert ends == {MONDAY_9 + 270 * MINUTE}


def test_who_is_away_or_not_on_shift_is_not_proposed_and_who_goes_home_soon_only_for_what_fits(ws: Workspace) -> None:
    make_order(ws, "BRK")
    with unit_of_work(ws) as work:
        work.add(Absence(staff_id=5, starts_at=MONDAY_9, ends_at=MONDAY_9 + timedelta(days=30)))
        for shift in work.db.exec(select(Shift).where(Shift.staff_id == 3)):
            shift.ends = 10 * 60 if shift.weekday == 0 else shift.ends
    one = only(ws)
    assert one.fit
    assert (one.fit.hand.name, one.today, one.advised) == ("Tom Technician", False, False)
    assert why.NOT_TODAY in said(one)
    with unit_of_work(ws) as work:
        for shift in work.db.exec(select(Shift).where(Shift.staff_id == 3)):
            work.db.delete(shift)
    gone = only(ws)
    assert (gone.fit, gone.given) == (None, None)
    assert why.NOBODY in said(gone)


def test_a_bay_in_which_a_car_stands_on_hold_is_the_last_choice_and_said_so(ws: Workspace) -> None:
    make_order(ws, "SVC", status=OrderStatus.ON_HOLD, given_to="Tom Technician", plate="HOLD 1")
    make_order(ws, "SVC", plate="NEW 1")
    assert [one.fit.bay.name for one in proposed(ws) if one.fit] == ["Lift 2"]
    with unit_of_work(ws) as work:
        work.get(Bay, 2).active = False
    one = only(ws)
    assert one.fit
    assert one.fit.bay.name == "Lift 1"
    assert [reason.what for reason in one.reasons if reason.words == why.STANDS] == ["HOLD 1"]


def test_work_that_takes_longer_than_held_keeps_its_people_and_bay_until_it_is_done(ws: Workspace) -> None:
    for plate, name, bay in (("X 1", "Lea Leader", "Lift 1"), ("X 2", "Tom Technician", "Lift 2")):
        order = make_order(ws, "BRK", status=OrderStatus.IN_WORK, given_to=name, bay=bay, plate=plate)
        hold(ws, name, bay, MONDAY_9 - 60 * MINUTE, 75, order)  # held until 9:15, done at 10:30
    make_order(ws, "BRK", plate="NEXT 1")
    one = only(ws)
    assert one.fit
    assert one.fit.starts_at == TEN + 30 * MINUTE
    assert why.FREE_FROM in said(one)


def test_without_its_parts_a_car_is_not_among_those_to_accept_and_it_is_said_when_they_come(ws: Workspace) -> None:
    first, second = make_order(ws, "BRK", plate="A 1"), make_order(ws, "BRK", plate="B 2")
    change(ws, second, promised_at=MONDAY_9 + timedelta(hours=8))
    with unit_of_work(ws) as work:
        work.get(Part, 2).on_hand = Decimal(1)  # one set, two cars
        work.add(PurchaseLine(part_id=2, order_id=second, what="Pads", quantity=Decimal(1), status=PurchaseStatus.ORDERED,
                              expected_on=date(2026, 11, 24), created_at=work.now))  # fmt: skip
    served, waiting = proposed(ws)
    assert (served.card.id, served.advised, why.PARTS_HERE in said(served)) == (first, True, True)
    assert (waiting.card.id, waiting.parts_missing, waiting.advised) == (second, True, False)
    (comes,) = (reason for reason in waiting.reasons if reason.words == why.PART_COMES)
    assert comes.at
    assert comes.at.date() == date(2026, 11, 24)
    assert waiting.given is not None  # the supervisor may decide otherwise


def test_what_stands_in_the_way_is_told_and_nothing_is_offered(ws: Workspace) -> None:
    pending, here = make_order(ws, answer=Answer.PENDING, plate="A 1"), make_order(ws, plate="B 2")
    change(ws, here, handed_at=None)
    found = {one.card.id: one for one in proposed(ws)}
    assert [type(no) for no in found[here].blockers] == [NotHandedOver]
    assert ConsentMissing in [type(no) for no in found[pending].blockers]
    assert [one.given for one in found.values()] == [None, None]


def test_accepting_all_gives_each_car_out_and_tells_which_one_somebody_else_was_faster_with(ws: Workspace) -> None:
    cars = [make_order(ws, "SVC", plate=plate) for plate in ("A 1", "B 2", "C 3")]
    wanted = [one.given for one in proposed(ws) if one.given]
    other = next(one for one in wanted if one.order_id == cars[1])
    with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        accept(work, other)
    with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        told = dict(accept_all(work, wanted))
    assert {plate: type(no) for plate, no in told.items() if no} == {"B 2": WrongStatus}
    assert {order_of(ws, car).status for car in cars} == {OrderStatus.IN_WORK}
    with reading(ws) as work:
        assert len(work.db.exec(select(Reservation)).all()) == 6


def test_two_supervisors_who_accept_all_at_once_give_each_car_out_once(ws: Workspace) -> None:
    cars = [make_order(ws, "SVC", plate=plate) for plate in ("A 1", "B 2", "C 3")]
    wanted = [one.given for one in proposed(ws) if one.given]
    start, told = Barrier(2), list[tuple[str, Refusal | None]]()

    def tablet(mine: list[Given]) -> None:
        start.wait()
        with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
            told.extend(accept_all(work, mine))

    tablets = [Thread(target=tablet, args=(mine,)) for mine in (wanted, wanted[::-1])]
    for thread in tablets:
        thread.start()
    for thread in tablets:
        thread.join()
    assert sorted(plate for plate, no in told if no is None) == ["A 1", "B 2", "C 3"]
    assert [type(no) for _, no in told if no] == [WrongStatus] * 3
    assert {order_of(ws, car).status for car in cars} == {OrderStatus.IN_WORK}


def test_a_place_taken_meanwhile_stops_only_its_own_car(ws: Workspace) -> None:
    first, second = make_order(ws, "SVC", plate="A 1"), make_order(ws, "SVC", plate="B 2")
    wanted = [one.given for one in proposed(ws) if one.given]
    hold(ws, None, "Lift 1", MONDAY_9, 60)
    with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        told = dict(accept_all(work, wanted))
    assert [type(told[plate]) for plate in ("A 1", "B 2")] == [SlotTaken, type(None)]
    assert order_of(ws, first).status == OrderStatus.AWAITING_DISPATCH
    assert order_of(ws, second).status == OrderStatus.IN_WORK
    assert proposed(ws)[0].advised  # and a new place is proposed at once


def test_a_proposal_accepted_a_few_minutes_later_begins_then_and_ends_before_the_next_car(ws: Workspace) -> None:
    order = make_order(ws, "SVC")
    for name, bay in (("Tom Technician", "Lift 1"), ("Tia Technician", "Lift 2"), ("Lea Leader", None)):
        hold(ws, name, bay, TEN, 60)
    given = only(ws).given
    assert given
    with unit_of_work(as_role(ws.at(MONDAY_9 + 4 * MINUTE), Role.SUPERVISOR)) as work:
        accept(work, given)
        rows = work.db.exec(select(Reservation).where(Reservation.order_id == order)).all()
    assert {(row.starts_at, row.ends_at) for row in rows} == {(MONDAY_9 + 4 * MINUTE, TEN)}


def test_rework_is_proposed_to_who_did_it_and_accepted_by_giving_it_again(ws: Workspace) -> None:
    order = reworked(ws, "A 1")
    one = only(ws)
    assert one.given
    assert (one.action, one.fit and one.fit.hand.name) == ("reassign", "Tom Technician")
    assert {why.REWORK, why.DID_IT} <= said(one)
    with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        accept(work, one.given)
    assert order_of(ws, order).status == OrderStatus.REWORK
    assert proposed(ws) == []


@pytest.mark.parametrize("role", [Role.TECHNICIAN, Role.ADVISOR])
def test_only_a_supervisor_accepts(ws: Workspace, role: Role) -> None:
    make_order(ws)
    wanted = [one.given for one in proposed(ws) if one.given]
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, role)) as work:
        accept_all(work, wanted)


def test_proposing_asks_the_same_number_of_questions_however_many_cars_wait(ws: Workspace) -> None:
    make_order(ws, "SVC", "BRK", plate="A 1")
    in_work(ws, plate="W 1")
    few = questions(ws)
    for number in range(4):
        make_order(ws, "SVC", "BRK", plate=f"B {number}")
    with unit_of_work(ws) as work:
        for line in work.db.exec(select(OrderLine).where(col(OrderLine.part_id).is_not(None))):
            line.quantity = Decimal(100)
        work.add(ClockEntry(order_id=2, order_job_id=3, staff_id=3, started_at=work.now))
    assert questions(ws) == few


def questions(ws: Workspace) -> int:
    asked: list[str] = []
    with reading(ws) as work:
        listen = lambda *args: asked.append(str(args[2]))  # noqa: E731
        event.listen(ws.engine, "before_cursor_execute", listen)
        proposals(work)
        event.remove(ws.engine, "before_cursor_execute", listen)
    return len(asked)
