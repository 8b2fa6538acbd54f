"""Work that takes longer than held: what will break, what one tap moves, and who is told."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from db.enums import OrderStatus, Role
from db.enums_workshop import DelayReason
from db.models import Appointment, Delay, OrderTask, Reservation, WorkOrder
from services import what_follows as what
from services.overrun_moves import BeingChanged, NoPlaceToday, move_what_follows
from services.overruns import Overrun, overruns
from services.refusals import NotAllowed, NotNow
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role
from tests.floor import MINUTE, booking, change, hold
from tests.shop import in_work, make_order, order_of

HOUR = timedelta(hours=1)
TEN, HALF_PAST_TEN = MONDAY_9 + HOUR, MONDAY_9 + 90 * MINUTE
TOM, TIA, LEA, LIFT_1, LIFT_2 = 3, 4, 5, 1, 2


def long_one(ws: Workspace, until: int = 15) -> int:
    """Tom's brake job (90 min) in Lift 1, not begun at nine and held until so many minutes past: it is done at half past ten."""
    order = in_work(ws, "BRK", plate="LONG 1")
    hold(ws, "Tom Technician", "Lift 1", MONDAY_9 - HOUR, 60 + until, order)
    return order


def nobody_else(ws: Workspace) -> None:
    for name in ("Tia Technician", "Lea Leader"):
        hold(ws, name, None, MONDAY_9, 9 * 60)


def seen(ws: Workspace) -> Overrun:
    with reading(ws) as work:
        (one,) = overruns(work)
        return one


def tap(ws: Workspace, order: int, role: Role = Role.SUPERVISOR) -> Overrun:
    with unit_of_work(as_role(ws, role)) as work:
        return move_what_follows(work, order)


def places(
    ws: Workspace, *, order: int | None = None, visit: int | None = None
) -> set[tuple[int, str, datetime, datetime]]:
    with reading(ws) as work:
        mine = (Reservation.order_id == order) if order else (Reservation.appointment_id == visit)
        rows = work.db.exec(select(Reservation).where(mine)).all()
        return {(r.staff_id or r.bay_id or 0, "staff" if r.staff_id else "bay", r.starts_at, r.ends_at) for r in rows}


def breaks(found: tuple[what.Break, ...]) -> list[tuple[str, str, int]]:
    return [(one.plate, one.words, one.minutes) for one in found]


def test_a_booking_that_would_wait_goes_to_a_free_bay_and_person_at_its_time(ws: Workspace) -> None:
    order, coming = long_one(ws), booking(ws, TEN, "Tom Technician", "Lift 1")
    one = seen(ws)
    assert (one.card.id, one.minutes, one.busy.ends_at) == (order, 75, HALF_PAST_TEN)
    assert breaks(one.breaks) == [("BK 1", what.BOOKING, 30)]
    assert [(m.plate, m.starts_at, m.fit and m.fit.hand.name, m.fit and m.fit.bay.name) for m in one.moves] == [
        ("BK 1", TEN, "Lea Leader", "Lift 2")
    ]
    assert one.left == ()
    tap(ws, order)
    assert places(ws, visit=coming) == {(LEA, "staff", TEN, TEN + HOUR), (LIFT_2, "bay", TEN, TEN + HOUR)}
    began = MONDAY_9 - HOUR
    assert places(ws, order=order) == {(TOM, "staff", began, HALF_PAST_TEN), (LIFT_1, "bay", began, HALF_PAST_TEN)}


def test_the_second_supervisor_is_told_that_it_is_done(ws: Workspace) -> None:
    order = long_one(ws)
    booking(ws, TEN, "Tom Technician", "Lift 1")
    tap(ws, order)
    with pytest.raises(NotNow):
        tap(ws, order)


def test_when_nobody_else_is_free_all_wait_one_after_the_other_and_the_advisor_is_to_tell_whose_promise_breaks(
    ws: Workspace,
) -> None:
    nobody_else(ws)
    order, coming = long_one(ws), booking(ws, TEN, "Tom Technician", "Lift 1", minutes=30)
    waiting = make_order(ws, plate="WAIT 1")
    hold(ws, "Tom Technician", "Lift 1", HALF_PAST_TEN, 60, waiting)
    change(
        ws, waiting, promised_at=MONDAY_9 + 190 * MINUTE
    )  # 12:10: without its half hour of waiting it would be 12:00
    one = seen(ws)
    assert breaks(one.breaks) == breaks(one.left) == [("BK 1", what.BOOKING, 30), ("WAIT 1", what.PROMISE, 20)]
    assert [(m.plate, m.starts_at, m.fit) for m in one.moves] == [
        ("BK 1", HALF_PAST_TEN, None),
        ("WAIT 1", MONDAY_9 + 2 * HOUR, None),
    ]
    tap(ws, order)
    eleven = MONDAY_9 + 2 * HOUR
    assert places(ws, visit=coming) == {(TOM, "staff", HALF_PAST_TEN, eleven), (LIFT_1, "bay", HALF_PAST_TEN, eleven)}
    assert places(ws, order=waiting) == {(TOM, "staff", eleven, eleven + HOUR), (LIFT_1, "bay", eleven, eleven + HOUR)}
    with reading(ws) as work:
        assert work.get(Appointment, coming).starts_at == TEN  # the customer comes as agreed
        (delay,) = work.db.exec(select(Delay))
        assert (delay.order_id, delay.reason, delay.minutes) == (waiting, DelayReason.PEOPLE, 30)
        assert len(work.db.exec(select(OrderTask)).all()) == 1


def test_a_few_minutes_are_waited_for_in_its_own_place(ws: Workspace) -> None:
    long_one(ws)
    booking(ws, HALF_PAST_TEN - 10 * MINUTE, "Tom Technician", "Lift 1")
    one = seen(ws)
    assert [(m.starts_at, m.fit) for m in one.moves] == [(HALF_PAST_TEN, None)]
    assert breaks(one.left) == [("BK 1", what.BOOKING, 10)]


def test_what_does_not_clash_stays_where_it_is(ws: Workspace) -> None:
    order, later = long_one(ws), booking(ws, MONDAY_9 + 2 * HOUR, "Tom Technician", "Lift 1")
    beside = booking(ws, TEN, "Lea Leader", "Lift 2", plate="BK 2")
    one = seen(ws)
    assert (one.moves, one.breaks) == ((), ())
    before = places(ws, visit=later), places(ws, visit=beside)
    tap(ws, order)
    assert (places(ws, visit=later), places(ws, visit=beside)) == before


def test_a_booking_without_a_place_left_today_is_for_a_person_to_solve(ws: Workspace) -> None:
    nobody_else(ws)
    order = in_work(ws, "BRK", plate="LONG 1")
    hold(ws, "Tom Technician", "Lift 1", MONDAY_9, 7 * 60, order)
    coming = booking(ws, MONDAY_9 + 8 * HOUR, "Tom Technician", "Lift 1")
    late = ws.at(MONDAY_9 + 7 * HOUR + 20 * MINUTE)  # 16:20: done at 17:50, ten minutes before everyone goes home
    before = places(ws, visit=coming)
    one = seen(late)
    assert (breaks(one.stuck), one.moves) == ([("BK 1", what.NO_PLACE, 0)], ())
    assert ("BK 1", what.NO_PLACE, 0) in breaks(one.breaks)
    with pytest.raises(NoPlaceToday):
        tap(late, order)
    assert places(ws, visit=coming) == before


def test_a_car_that_breaks_its_own_promise_is_held_on_and_told_about_once(ws: Workspace) -> None:
    order = long_one(ws)
    change(ws, order, promised_at=HALF_PAST_TEN)
    assert breaks(seen(ws).left) == [("LONG 1", what.PROMISE, 30)]
    tap(ws, order)
    tap(ws.at(TEN), order)  # still not begun an hour later: done at half past eleven
    with reading(ws) as work:
        assert [row.reason for row in work.db.exec(select(Delay))] == [DelayReason.HARDER]
        assert {row.ends_at for row in work.db.exec(select(Reservation))} == {HALF_PAST_TEN + HOUR}


def test_a_car_given_for_later_moves_with_the_person_and_bay_on_its_card(ws: Workspace) -> None:
    order = long_one(ws)
    given = make_order(ws, status=OrderStatus.IN_WORK, given_to="Tom Technician", plate="GIVEN 1")
    hold(ws, "Tom Technician", "Lift 1", TEN, 60, given)
    tap(ws, order)
    moved = order_of(ws, given)
    assert (moved.technician_id, moved.bay_id) == (LEA, LIFT_2)
    assert places(ws, order=given) == {(LEA, "staff", TEN, TEN + HOUR), (LIFT_2, "bay", TEN, TEN + HOUR)}


def test_only_a_supervisor_moves_what_follows(ws: Workspace) -> None:
    with pytest.raises(NotAllowed):
        tap(ws, long_one(ws), Role.TECHNICIAN)


def test_a_car_somebody_is_just_changing_is_not_waited_for(ws: Workspace) -> None:
    if ws.engine.dialect.name == "sqlite":
        pytest.skip("writers take turns there")
    order, given = long_one(ws), make_order(ws, plate="WAIT 1")
    hold(ws, "Tom Technician", "Lift 1", TEN, 60, given)
    with unit_of_work(ws) as work:
        work.lock(WorkOrder, given)
        with pytest.raises(BeingChanged):
            tap(ws, order)
