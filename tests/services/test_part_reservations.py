"""Parts kept for bookings: only what is free, used up by the car they are for, given back when the booking is over."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count as count_from
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from db.enums import Answer, OrderStatus, Role, UnmetReason
from db.models import Appointment, JobPart, OrderLine, Part, PartReservation
from services import orders
from services.arrivals import arrive
from services.booking import book
from services.booking_changes import cancel, no_show, tried, wish_not_met
from services.catalogue import estimate, find_jobs
from services.handover import close
from services.part_reservations import reserved
from services.refusals import Refusal, TooLong
from services.stock import KeptForBookings, count, give_back, issue, receive
from services.work import Work, last_event, reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import delivered, ready_order
from tests.factories import as_role, make_car
from tests.shop import in_work

TUESDAY_8 = datetime(2026, 11, 24, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
OIL, PADS, BATTERY = 1, 2, 3  # jobs: 4.5 l of oil (40 in stock), one set of pads (4 in stock), no part
OIL_PART, PADS_PART = 1, 2


@pytest.fixture
def advisor(ws: Workspace) -> Workspace:
    return as_role(ws, Role.ADVISOR)


def booked(
    work: Work, *jobs: int, plate: str = "AB12 CDE", at: datetime = TUESDAY_8, question: str = ""
) -> Appointment:
    car = make_car(work, plate=plate)
    return book(work, car.id, concern="x", job_ids=jobs or [PADS], starts_at=at, stock_question=question)


def kept(work: Work, row: Appointment) -> dict[int, Decimal]:
    rows = work.db.exec(select(PartReservation).where(PartReservation.appointment_id == row.id))
    return {held.part_id: held.quantity for held in rows}


def on_shelf(ws: Workspace, part_id: int, quantity: str) -> None:
    with unit_of_work(ws) as work:
        work.get(Part, part_id).on_hand = Decimal(quantity)


def test_a_booking_keeps_the_parts_of_its_jobs(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work, OIL, PADS)
        assert kept(work, row) == {OIL_PART: Decimal("4.5"), PADS_PART: Decimal(1)}
        assert row.stock_question is None
        assert reserved(work, [OIL_PART, PADS_PART, 3]) == {OIL_PART: Decimal("4.5"), PADS_PART: Decimal(1)}
        assert reserved(work, [OIL_PART], without=row.id) == {}


def test_two_jobs_that_need_the_same_part_keep_the_sum(advisor: Workspace) -> None:
    on_shelf(advisor, OIL_PART, "6")
    with unit_of_work(advisor) as work:
        work.add(JobPart(job_id=BATTERY, part_id=OIL_PART, quantity=Decimal(2)))
        told = estimate(work, [OIL, BATTERY])
        assert [part.name for part in told.short] == ["Engine oil 5W-30"]
        row = booked(work, OIL, BATTERY)
        assert kept(work, row) == {OIL_PART: Decimal(6)}
        assert row.stock_question == "Engine oil 5W-30: 0.5 l"


def test_only_what_is_free_is_kept_and_the_rest_is_asked_for_but_the_booking_stands(advisor: Workspace) -> None:
    on_shelf(advisor, PADS_PART, "1")
    with unit_of_work(advisor) as work:
        first, second = booked(work, plate="A1"), booked(work, plate="A2", question=" Which pads for the GT? ")
        assert (kept(work, first), kept(work, second)) == ({PADS_PART: Decimal(1)}, {})
        assert second.status.value == "confirmed"
        assert second.stock_question == "Which pads for the GT?, Front brake pads: 1 set"
        (offer,) = find_jobs(work, typed="BRK")
        assert (offer.short[0].free, offer.short[0].on_hand) == (Decimal(0), Decimal(1))


def test_a_question_too_long_is_refused(advisor: Workspace) -> None:
    with pytest.raises(TooLong), unit_of_work(advisor) as work:
        booked(work, question="x" * 301)


def test_two_bookings_at_once_cannot_keep_the_same_last_part(advisor: Workspace) -> None:
    on_shelf(advisor, PADS_PART, "1")
    with unit_of_work(advisor) as work:
        cars = [make_car(work, plate=plate).id for plate in ("A1", "A2")]
    gate = Barrier(2)

    def tap(car: int) -> None:
        gate.wait()
        with unit_of_work(advisor) as work:
            book(work, car, concern="x", job_ids=[PADS, OIL], starts_at=TUESDAY_8)

    threads = [Thread(target=tap, args=(car,)) for car in cars]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(advisor) as work:
        assert len(work.db.exec(select(Appointment)).all()) == 2
        assert reserved(work, [PADS_PART]) == {PADS_PART: Decimal(1)}


def test_what_was_kept_is_free_again_when_the_booking_is_over(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        rows = [booked(work, plate="A1"), booked(work, plate="A2")]
        cancel(work, rows[0].id, reason="Sold")
    with unit_of_work(advisor.at(TUESDAY_8 + HOUR)) as work:
        tried(work, rows[1].id)
        no_show(work, rows[1].id)
        car = make_car(work, plate="A3").id
        wish_not_met(work, car, concern="x", job_ids=[PADS], wish=TUESDAY_8, unmet=UnmetReason.TIME)
        assert reserved(work, [PADS_PART]) == {}


def order_of_booking(advisor: Workspace, row: Appointment) -> int:
    """The booked car is here and its order signed."""
    with unit_of_work(advisor.at(TUESDAY_8)) as work:
        order = arrive(work, row.id)
        order.status = OrderStatus.AWAITING_DISPATCH
        for line in work.db.exec(select(OrderLine).where(OrderLine.order_id == order.id)):
            line.answer = Answer.AGREED
        return order.id


def pads_line(work: Work, order_id: int) -> int:
    return work.db.exec(
        select(OrderLine.id).where(OrderLine.order_id == order_id, OrderLine.part_id == PADS_PART)
    ).one()


def test_issuing_to_the_booked_car_uses_up_what_was_kept(advisor: Workspace) -> None:
    on_shelf(advisor, PADS_PART, "1")
    with unit_of_work(advisor) as work:
        row = booked(work, OIL, PADS)
    order = order_of_booking(advisor, row)
    with unit_of_work(as_role(advisor, Role.PARTS_CLERK)) as work:
        issue(work, pads_line(work, order))
        assert kept(work, row) == {OIL_PART: Decimal("4.5")}
        give_back(work, pads_line(work, order))
    with unit_of_work(advisor) as work:
        orders.cancel(work, order, reason="Changed her mind")
        assert kept(work, row) == {}


def test_closing_the_order_lets_go_of_what_was_not_needed(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work, OIL)
        order = ready_order(work, plate="D1", appointment_id=row.id).id
    delivered(advisor, order)
    with unit_of_work(advisor) as work:
        assert kept(work, row) == {OIL_PART: Decimal("4.5")}
        close(work, order)
        assert kept(work, row) == {}


def test_a_walk_in_does_not_eat_what_others_are_booked_for_unless_with_a_reason(advisor: Workspace) -> None:
    on_shelf(advisor, PADS_PART, "2")
    with unit_of_work(advisor) as work:
        early, late = booked(work, plate="A1"), booked(work, plate="A2", at=TUESDAY_8 + 2 * HOUR)
    order = in_work(advisor, "BRK", plate="W1")
    clerk = as_role(advisor, Role.PARTS_CLERK)
    with pytest.raises(KeptForBookings) as refused, unit_of_work(clerk) as work:
        issue(work, pads_line(work, order))
    assert refused.value.say("en") == (
        "2 set of “Front brake pads” are kept for other cars, only 0 are free. Give a reason to issue more."
    )
    with unit_of_work(clerk) as work:
        issue(work, pads_line(work, order), reason="new ones come tonight")
        assert (kept(work, early), kept(work, late)) == ({PADS_PART: Decimal(1)}, {})
        lost = work.get(Appointment, late.id)
        assert lost.stock_question == "Front brake pads: 1 set"
        event = last_event(work, lost)
        assert event is not None
        assert event.action == "part_taken"


def test_goods_that_come_in_are_kept_for_the_earliest_booking_that_lacks_them(advisor: Workspace) -> None:
    on_shelf(advisor, PADS_PART, "0")
    with unit_of_work(advisor) as work:
        late, early = booked(work, plate="A1", at=TUESDAY_8 + 2 * HOUR), booked(work, plate="A2")
    with unit_of_work(as_role(advisor, Role.PARTS_CLERK)) as work:
        receive(work, PADS_PART, quantity=Decimal(1))
        assert (kept(work, early), kept(work, late)) == ({PADS_PART: Decimal(1)}, {})
        receive(work, PADS_PART, quantity=Decimal(5))
        assert (kept(work, early), kept(work, late)) == ({PADS_PART: Decimal(1)}, {PADS_PART: Decimal(1)})


PLATES = count_from(1)  # every car of every example has another one
ACTS = st.lists(
    st.tuples(st.sampled_from(("book", "cancel", "issue", "receive", "count", "walk_in")), st.integers(0, 5)),
    max_size=14,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_happens_never_more_is_kept_than_lies_on_the_shelf(ws: Workspace, acts: list[tuple[str, int]]) -> None:
    desk, clerk = as_role(ws, Role.ADVISOR), as_role(ws, Role.PARTS_CLERK)
    with unit_of_work(desk) as work:
        for row in work.db.exec(select(Appointment).where(Appointment.status == "confirmed")).all():
            cancel(work, row.id, reason="next example")
    on_shelf(ws, PADS_PART, "2")
    for act, many in acts:
        with suppress(Refusal):
            do(desk, clerk, act, many, f"H {next(PLATES)}")
        with reading(ws) as work:
            assert reserved(work, [PADS_PART]).get(PADS_PART, Decimal(0)) <= max(
                work.get(Part, PADS_PART).on_hand, Decimal(0)
            )
            assert all(held.quantity > 0 for held in work.db.exec(select(PartReservation)))


def do(desk: Workspace, clerk: Workspace, act: str, many: int, plate: str) -> None:
    if act == "book":
        with unit_of_work(desk) as work:
            booked(work, plate=plate, at=TUESDAY_8 + many * timedelta(hours=2))
    elif act == "cancel":
        with unit_of_work(desk) as work:
            rows = work.db.exec(select(Appointment).where(Appointment.status == "confirmed")).all()
            cancel(work, rows[many % len(rows)].id, reason="x") if rows else None
    elif act == "issue":
        with unit_of_work(desk) as work:
            rows = work.db.exec(select(Appointment).where(Appointment.status == "confirmed")).all()
        if rows:
            order = order_of_booking(desk, rows[many % len(rows)])
            with unit_of_work(clerk) as work:
                issue(work, pads_line(work, order), reason="r" if many % 2 else "")
    elif act == "walk_in":
        order = in_work(desk, "BRK", plate=plate)
        with unit_of_work(clerk) as work:
            issue(work, pads_line(work, order), reason="r" if many % 2 else "")
    else:
        with unit_of_work(clerk) as work:
            receive(work, PADS_PART, quantity=Decimal(many)) if act == "receive" else count(
                work, PADS_PART, counted=Decimal(many), reason="counted"
            )
