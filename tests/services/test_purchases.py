"""The purchase plan: from a booking that waits to the part in, kept for it, and the customer called back."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from db.enums import AppointmentStatus as S
from db.enums import Role
from db.enums_desk import PurchaseStatus as P
from db.enums_desk import TaskKind as K
from db.enums_desk import TaskOutcome
from db.models import Appointment, AppointmentJob, Event, Part, PartReservation, PurchaseLine, TaskResult
from services.booking_changes import cancel, wait_parts
from services.desk_tasks import settle
from services.purchases import AlreadyPlanned, come_in, drop, expect, lines_of, order, plan, purchase_list
from services.refusals import InThePast, Missing, NotAllowed, ReasonMissing, Refusal, WrongStatus
from services.stock import receive
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.desk import booking, counted, kinds_at
from tests.factories import MONDAY_9, as_role

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FRIDAY_14 = datetime(2026, 11, 27, 14, tzinfo=UTC)
OIL, PADS = 1, 2


@pytest.fixture
def advisor(ws: Workspace) -> Workspace:
    return as_role(ws, Role.ADVISOR)


@pytest.fixture
def clerk(ws: Workspace) -> Workspace:
    return as_role(ws, Role.PARTS_CLERK)


def waiting(ws: Workspace, quantity: int, starts_at: datetime = FRIDAY_14) -> int:
    """A booking that waits for so many sets of brake pads; its line is the newest."""
    key = booking(ws, starts_at)
    with unit_of_work(ws) as work:
        wait_parts(work, key, parts={PADS: Decimal(quantity)})
    return key


def statuses(ws: Workspace) -> list[P]:
    with reading(ws) as work:
        return list(work.db.exec(select(PurchaseLine.status).order_by(PurchaseLine.id)))  # type: ignore[arg-type]


def kept(ws: Workspace) -> dict[int, Decimal]:
    with reading(ws) as work:
        return {row.appointment_id or 0: row.quantity for row in work.db.exec(select(PartReservation))}


def test_a_booking_waits_with_a_line_for_each_part_and_one_in_words(advisor: Workspace) -> None:
    key = booking(advisor, FRIDAY_14)
    with unit_of_work(advisor) as work:
        row = wait_parts(work, key, part=" Left mirror ", parts={PADS: Decimal(2)})
        assert (row.status, row.reason) == (S.WAITING_PARTS, "Front brake pads, Left mirror")
        lines = [(one.what, one.part_id, one.quantity, one.status) for one in lines_of(work, key)]
        assert lines == [
            ("Front brake pads", PADS, Decimal(2), P.PLANNED),
            ("Left mirror", None, Decimal(1), P.PLANNED),
        ]


def test_waiting_for_nothing_is_refused(advisor: Workspace) -> None:
    key = booking(advisor, FRIDAY_14)
    with pytest.raises(Missing), unit_of_work(advisor) as work:
        wait_parts(work, key, part=" ")


def test_the_second_tablet_plans_nothing_twice(advisor: Workspace) -> None:
    key = waiting(advisor, 1)
    with pytest.raises(WrongStatus), unit_of_work(advisor) as work:
        wait_parts(work, key, parts={PADS: Decimal(1)})
    with pytest.raises(AlreadyPlanned), unit_of_work(advisor) as work:
        plan(work, part_id=PADS, appointment_id=key)
    assert statuses(advisor) == [P.PLANNED]


def test_ordered_then_in_lets_the_customer_be_called(advisor: Workspace, clerk: Workspace) -> None:
    key = waiting(advisor, 1)
    with unit_of_work(clerk) as work:
        order(work, 1)
        expect(work, 1, supplier="Motor Factors", expected_on=date(2026, 11, 25))
    assert kinds_at(advisor, MONDAY_9) == []
    with unit_of_work(clerk.at(MONDAY_9 + HOUR)) as work:
        come_in(work, 1)
        assert work.get(Part, PADS).on_hand == Decimal(5)
    assert (statuses(advisor), kept(advisor)) == ([P.ARRIVED], {key: Decimal(1)})
    assert kinds_at(advisor, MONDAY_9 + HOUR) == [K.PART_IN]
    with pytest.raises(WrongStatus), unit_of_work(clerk) as work:
        come_in(work, 1)


def test_a_part_in_words_is_marked_in_by_hand(advisor: Workspace, clerk: Workspace) -> None:
    key = booking(advisor, FRIDAY_14)
    with unit_of_work(advisor) as work:
        wait_parts(work, key, part="Left mirror")
    with unit_of_work(clerk) as work:
        come_in(work, 1)
    assert (statuses(advisor), kinds_at(advisor, MONDAY_9)) == ([P.ARRIVED], [K.PART_IN])


def test_goods_in_serve_the_oldest_line_first_as_far_as_they_go(advisor: Workspace, clerk: Workspace) -> None:
    """Four sets lie on the shelf; two more come. The line of seven must wait, and lets the younger one of one set not pass."""
    with unit_of_work(clerk) as work:
        plan(work, part_id=PADS, quantity=Decimal(3))
    first, second, third = (waiting(advisor, n, FRIDAY_14 + n * HOUR) for n in (2, 7, 1))
    with unit_of_work(clerk) as work:
        receive(work, PADS, quantity=Decimal(2))
    assert statuses(advisor) == [P.ARRIVED, P.ARRIVED, P.PLANNED, P.PLANNED]
    assert kept(advisor) == {first: Decimal(2)}
    assert {second, third}.isdisjoint(kept(advisor))


def test_what_is_said_to_be_in_for_one_line_is_for_that_line(advisor: Workspace, clerk: Workspace) -> None:
    waiting(advisor, 9)
    key = waiting(advisor, 1, FRIDAY_14 + HOUR)
    with unit_of_work(clerk) as work:
        come_in(work, 2)
    assert (statuses(advisor), kept(advisor)) == ([P.PLANNED, P.ARRIVED], {key: Decimal(1)})


def test_what_comes_for_a_booking_that_is_over_is_kept_for_nobody(advisor: Workspace, clerk: Workspace) -> None:
    key = waiting(advisor, 1)
    with unit_of_work(clerk) as work:
        order(work, 1)
    with unit_of_work(advisor) as work:
        cancel(work, key, reason="Sold the car")
    assert statuses(advisor) == [P.ORDERED]
    with unit_of_work(clerk) as work:
        come_in(work, 1)
    assert (statuses(advisor), kept(advisor), kinds_at(advisor, MONDAY_9)) == ([P.ARRIVED], {}, [])


def test_what_was_only_planned_goes_with_the_booking(advisor: Workspace) -> None:
    key = waiting(advisor, 1)
    with unit_of_work(advisor) as work:
        cancel(work, key, reason="Sold the car")
        assert [(one.status, one.reason) for one in lines_of(work, key)] == [(P.DROPPED, "Sold the car")]


def test_a_part_that_will_not_come_is_told_to_the_customer(advisor: Workspace, clerk: Workspace) -> None:
    waiting(advisor, 1)
    with pytest.raises(ReasonMissing), unit_of_work(clerk) as work:
        drop(work, 1, reason="")
    with unit_of_work(clerk) as work:
        drop(work, 1, reason="No longer made")
    assert kinds_at(advisor, MONDAY_9) == [K.TELL]


def test_each_wait_has_its_own_answer(advisor: Workspace, clerk: Workspace) -> None:
    key = waiting(advisor, 1)
    with unit_of_work(clerk.at(MONDAY_9 + HOUR)) as work:
        come_in(work, 1)
    with unit_of_work(advisor) as work:
        work.get(Appointment, key).status = S.CONFIRMED
    with unit_of_work(advisor.at(MONDAY_9 + 3 * HOUR)) as work:
        wait_parts(work, key, part="Left mirror")
    with unit_of_work(clerk.at(MONDAY_9 + 4 * HOUR)) as work:
        drop(work, 2, reason="No longer made")
    assert kinds_at(advisor, MONDAY_9 + 4 * HOUR) == [K.TELL]  # not that the first part is in


def test_who_was_told_no_before_is_told_that_the_next_part_will_not_come_either(
    advisor: Workspace, clerk: Workspace
) -> None:
    key = booking(advisor, FRIDAY_14, stock_question="Left mirror?")
    with unit_of_work(clerk) as work:
        settle(work, key, K.STOCK, TaskOutcome.NO)
    with unit_of_work(advisor.at(MONDAY_9 + HOUR)) as work:
        settle(work, key, K.TELL, TaskOutcome.DONE)
    with unit_of_work(advisor.at(MONDAY_9 + 2 * HOUR)) as work:
        wait_parts(work, key, part="Used mirror")
    with unit_of_work(clerk.at(MONDAY_9 + 3 * HOUR)) as work:
        drop(work, 1, reason="No longer made")
    assert kinds_at(advisor, MONDAY_9 + 3 * HOUR) == [K.TELL]


def test_a_part_not_in_the_day_before_is_a_task(advisor: Workspace) -> None:
    waiting(advisor, 1)
    assert kinds_at(advisor, FRIDAY_14 - DAY - 7 * HOUR - MINUTE) == []
    assert kinds_at(advisor, FRIDAY_14 - DAY - 7 * HOUR) == [K.PART_LATE]


def test_only_the_store_orders_and_takes_in(advisor: Workspace, clerk: Workspace) -> None:
    waiting(advisor, 1)
    for verb in (order, come_in, expect):
        with pytest.raises(NotAllowed), unit_of_work(advisor) as work:
            verb(work, 1)
    with pytest.raises(InThePast), unit_of_work(clerk) as work:
        expect(work, 1, expected_on=date(2026, 11, 22))


def test_the_list_shows_what_to_buy_for_whom_the_earliest_booking_first(advisor: Workspace, clerk: Workspace) -> None:
    waiting(advisor, 1, FRIDAY_14)
    waiting(advisor, 2, FRIDAY_14 - DAY)
    with unit_of_work(clerk) as work:
        plan(work, what="Cleaning cloths", quantity=Decimal(10))
    with counted(clerk) as seen, reading(clerk) as work:
        found = purchase_list(work, [P.PLANNED])
    assert [(one.line.what, one.line.quantity, one.starts_at) for one in found] == [
        ("Front brake pads", Decimal(2), FRIDAY_14 - DAY),
        ("Front brake pads", Decimal(1), FRIDAY_14),
        ("Cleaning cloths", Decimal(10), None),
    ]
    assert (found[0].unit, found[0].customer) == ("set", "Grace Field")
    assert len(seen) == 1, seen


def test_what_came_in_stays_on_the_list_for_a_week(advisor: Workspace, clerk: Workspace) -> None:
    waiting(advisor, 1)
    with unit_of_work(clerk) as work:
        come_in(work, 1)
    for days, expected in ((7, 1), (8, 0)):
        with reading(clerk.at(MONDAY_9 + days * DAY)) as work:
            assert len(purchase_list(work, [P.ARRIVED])) == expected


def test_each_step_is_in_the_history(advisor: Workspace, clerk: Workspace) -> None:
    waiting(advisor, 1)
    with unit_of_work(clerk) as work:
        order(work, 1)
        come_in(work, 1)
    with reading(clerk) as work:
        events = work.db.exec(select(Event).where(Event.subject == "purchase_line").order_by(Event.id))  # type: ignore[arg-type]
        assert [(one.action, one.after) for one in events] == [
            ("created", "planned"),
            ("order", "ordered"),
            ("come_in", "arrived"),
        ]


def test_the_jobs_of_the_booking_say_what_is_missing(advisor: Workspace, clerk: Workspace) -> None:
    key = booking(advisor, FRIDAY_14, stock_question="Front brake pads: 1 set")
    with unit_of_work(advisor) as work:
        work.add(AppointmentJob(appointment_id=key, job_id=2, minutes=90, price=Decimal(90)))
    with unit_of_work(clerk) as work:
        settle(work, key, K.STOCK, TaskOutcome.ORDER)
        assert [(one.part_id, one.quantity) for one in lines_of(work, key)] == [(PADS, Decimal(1))]
        assert work.get(Appointment, key).status == S.WAITING_PARTS


def test_a_second_answer_of_the_store_plans_only_what_is_not_planned(advisor: Workspace, clerk: Workspace) -> None:
    key = booking(advisor, FRIDAY_14, stock_question="Mirror glass")
    with unit_of_work(clerk) as work:
        settle(work, key, K.STOCK, TaskOutcome.ORDER)
    for minutes, words in ((10, "Mirror glass"), (20, "Mirror glass and its motor")):
        with unit_of_work(clerk.at(MONDAY_9 + minutes * MINUTE)) as work:
            row = work.lock(Appointment, key)
            row.stock_question = words
            work.event(row, "stock_asked")
            settle(work, key, K.STOCK, TaskOutcome.ORDER)
    with reading(clerk) as work:
        assert [one.what for one in lines_of(work, key)] == ["Mirror glass", "Mirror glass and its motor"]
        assert work.get(Appointment, key).reason == "Mirror glass, Mirror glass and its motor"


def at_once(verb: Callable[[], object], many: int = 4) -> list[str]:
    """What became of so many tablets tapping the same at one moment: "done" or the name of the refusal."""
    start = threading.Barrier(many)

    def tap(_: int) -> str:
        start.wait()
        try:
            verb()
        except Refusal as refusal:
            return type(refusal).__name__
        return "done"

    with ThreadPoolExecutor(many) as pool:
        return sorted(pool.map(tap, range(many)))


def test_four_tablets_take_a_part_in_at_once_and_it_lies_there_once(advisor: Workspace, clerk: Workspace) -> None:
    key = waiting(advisor, 1)

    def tap() -> None:
        with unit_of_work(clerk) as work:
            come_in(work, 1)

    assert at_once(tap) == ["WrongStatus", "WrongStatus", "WrongStatus", "done"]
    with reading(clerk) as work:
        assert work.get(Part, PADS).on_hand == Decimal(5)
    assert kept(advisor) == {key: Decimal(1)}


def test_goods_in_and_cancelled_bookings_at_once_never_wait_for_each_other_for_ever(
    advisor: Workspace, clerk: Workspace
) -> None:
    rows = [waiting(advisor, 5, FRIDAY_14 + n * MINUTE) for n in range(4)]
    turn = iter(rows)

    def tap() -> None:
        key = next(turn)
        if key % 2:
            with unit_of_work(clerk) as work:
                come_in(work, key)  # the lines have the numbers of their bookings here
        else:
            with unit_of_work(advisor) as work:
                cancel(work, key, reason="Sold")

    assert at_once(tap) == ["done"] * 4
    with reading(clerk) as work:
        states = {row.id: row.status for row in work.db.exec(select(Appointment))}
    assert set(kept(advisor)) == {key for key in rows if states[key] == S.WAITING_PARTS}


def test_four_tablets_settle_a_task_at_once_and_it_is_noted_once(advisor: Workspace) -> None:
    booking(advisor, MONDAY_9 + DAY)

    def tap() -> None:
        with unit_of_work(advisor) as work:
            settle(work, 1, K.REMIND, TaskOutcome.DONE)

    assert at_once(tap) == ["AlreadyNoted", "AlreadyNoted", "AlreadyNoted", "done"]
    with reading(advisor) as work:
        assert len(work.db.exec(select(TaskResult)).all()) == 1
