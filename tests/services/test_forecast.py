"""When cars will be ready: from the work left, the places held, parts on their way, and who is still busy elsewhere."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from db.enums import Answer, CheckLevel, HoldReason, LineKind, OrderStatus
from db.enums_desk import PurchaseStatus
from db.enums_workshop import Risk
from db.models import Check, ClockEntry, OrderLine, PurchaseLine, Reservation, WorkOrder
from services.boards import order_cards
from services.forecast import Forecast, forecasts
from services.order_facts import DONE
from services.order_moves import ORDERS
from services.work import reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import MONDAY_9
from tests.shop import in_work, make_order, staff_id

MINUTE = timedelta(minutes=1)
TOM = "Tom Technician"


def forecast(ws: Workspace, order: int) -> Forecast:
    with reading(ws) as work:
        return forecasts(work, order_cards(work))[order]


def change(ws: Workspace, order: int, **columns: Any) -> None:
    with unit_of_work(ws) as work:
        row = work.get(WorkOrder, order)
        for name, value in columns.items():
            setattr(row, name, value)


def clock(ws: Workspace, order: int, minutes: int, name: str = TOM, *, runs: bool = True, **columns: Any) -> None:
    """The person began so many minutes ago, on the first job."""
    with unit_of_work(ws) as work:
        job = facts_of(work, ORDERS, order).jobs[0]
        work.add(
            ClockEntry(order_id=order, order_job_id=job.id, staff_id=staff_id(work, name),
                       started_at=work.now - minutes * MINUTE, ended_at=None if runs else work.now, **columns)
        )  # fmt: skip


def done(ws: Workspace, order: int) -> None:
    with unit_of_work(ws) as work:
        for job in facts_of(work, ORDERS, order).jobs:
            job.done_at = work.now


def test_what_is_left_is_the_standard_time_less_what_was_clocked_on_the_very_job(ws: Workspace) -> None:
    order = in_work(ws, "SVC", "BRK")
    assert forecast(ws, order).left_minutes == 150
    clock(ws, order, 40)
    assert forecast(ws, order).left_minutes == 20 + 90


def test_a_job_over_its_time_and_not_finished_still_needs_a_little(ws: Workspace) -> None:
    order = in_work(ws)
    clock(ws, order, 300)
    found = forecast(ws, order)
    assert (found.left_minutes, found.ends_at) == (5, MONDAY_9 + 35 * MINUTE)


def test_a_car_is_about_to_be_late_and_then_late_by_its_work_while_the_clock_is_far_from_the_promise(
    ws: Workspace,
) -> None:
    order = in_work(ws, "SVC", "BRK")  # two and a half hours of work, half an hour of checks, promised in three hours
    found = forecast(ws, order)
    assert (found.ends_at, found.spare_minutes, found.risk) == (MONDAY_9 + 180 * MINUTE, 0, Risk.TIGHT)
    change(ws, order, wash=True)
    assert (forecast(ws, order).spare_minutes, forecast(ws, order).risk) == (-15, Risk.LATE)
    change(ws, order, promised_at=MONDAY_9 + 225 * MINUTE)
    assert (forecast(ws, order).spare_minutes, forecast(ws, order).risk) == (30, Risk.ON_TIME)
    change(ws, order, promised_at=None)
    assert (forecast(ws, order).spare_minutes, forecast(ws, order).risk) == (None, Risk.ON_TIME)


def test_only_opening_hours_count_for_the_work_and_for_what_is_to_spare(ws: Workspace) -> None:
    evening = ws.at(MONDAY_9 + timedelta(hours=8, minutes=30))  # closes at 18:00
    order = in_work(evening)
    change(ws, order, promised_at=MONDAY_9 + timedelta(days=1))
    found = forecast(evening, order)
    assert (found.ends_at, found.spare_minutes) == (MONDAY_9 + timedelta(days=1) + 0 * MINUTE, 0)
    change(ws, order, promised_at=MONDAY_9 + timedelta(days=1, hours=1))
    assert forecast(evening, order).spare_minutes == 60
    change(ws, order, promised_at=MONDAY_9 + timedelta(hours=9))  # late is what the customer waits, the night too
    assert forecast(evening, order).spare_minutes == -15 * 60


def test_two_who_work_on_a_car_share_what_is_left(ws: Workspace) -> None:
    order = in_work(ws, "SVC", "BRK")
    clock(ws, order, 0)
    clock(ws, order, 0, "Lea Leader")
    assert forecast(ws, order).ends_at == MONDAY_9 + (75 + 30) * MINUTE


def test_nobody_begins_the_next_car_before_the_one_in_hand_is_done(ws: Workspace) -> None:
    first, second, third = (in_work(ws, plate=f"CAR {n}") for n in (1, 2, 3))
    change(ws, second, promised_at=MONDAY_9 + timedelta(hours=4))
    clock(ws, first, 10)
    ends = [forecast(ws, order).ends_at for order in (first, third, second)]
    assert ends == [MONDAY_9 + (m + 30) * MINUTE for m in (50, 110, 170)]


def test_a_place_held_for_later_moves_the_end_until_somebody_has_begun(ws: Workspace) -> None:
    order = make_order(ws)
    with unit_of_work(ws) as work:
        work.add(
            Reservation(order_id=order, staff_id=3, starts_at=MONDAY_9 + 120 * MINUTE, ends_at=MONDAY_9 + 180 * MINUTE)
        )
    assert forecast(ws, order).ends_at == MONDAY_9 + 210 * MINUTE
    clock(ws, order, 10)
    assert forecast(ws, order).ends_at == MONDAY_9 + 80 * MINUTE


def test_parts_on_their_way_and_outside_work_move_the_end(ws: Workspace) -> None:
    order = in_work(ws)
    with unit_of_work(ws) as work:
        work.add(PurchaseLine(part_id=1, what="Oil", order_id=order, status=PurchaseStatus.ORDERED, created_at=work.now,
                              expected_on=date(2026, 11, 25)))  # fmt: skip
    assert forecast(ws, order).ends_at == datetime(2026, 11, 25, 9, 30, tzinfo=MONDAY_9.tzinfo)
    out = make_order(ws, status=OrderStatus.ON_HOLD, given_to="Tia Technician", plate="OUT 1")
    change(ws, out, hold_reason=HoldReason.OUTSIDE)
    with unit_of_work(ws) as work:
        job = facts_of(work, ORDERS, out).jobs[0].id
        work.add(OrderLine(order_id=out, order_job_id=job, kind=LineKind.OUTSIDE, title="Turning",
                           sent_at=work.now, due_at=MONDAY_9 + 300 * MINUTE, answer=Answer.AGREED))  # fmt: skip
    assert forecast(ws, out).ends_at == MONDAY_9 + 390 * MINUTE


@pytest.mark.parametrize(
    ("status", "minutes"),
    [(OrderStatus.SELF_CHECK, 30), (OrderStatus.TEAM_CHECK, 20), (OrderStatus.FINAL_INSPECTION, 10), (OrderStatus.WASH, 15)],
)  # fmt: skip
def test_after_the_work_only_the_checks_still_to_come_count(ws: Workspace, status: OrderStatus, minutes: int) -> None:
    order = make_order(ws, status=status)
    done(ws, order)
    assert forecast(ws, order) == Forecast(0, MONDAY_9 + minutes * MINUTE, 180 - minutes, work_ends_at=MONDAY_9)


def test_a_ready_car_is_not_late_whatever_was_promised(ws: Workspace) -> None:
    order = make_order(ws, status=OrderStatus.READY)
    change(ws, order, promised_at=MONDAY_9 - timedelta(hours=2))
    assert forecast(ws, order) == Forecast(0)


def test_rework_counts_as_half_an_hour_less_what_was_clocked_since_it_was_sent_back(ws: Workspace) -> None:
    order = make_order(ws, status=OrderStatus.REWORK, given_to=TOM)
    done(ws, order)
    change(ws, order, rework_count=1)
    with unit_of_work(ws) as work:
        work.add(Check(order_id=order, level=CheckLevel.FINAL, round=0, passed=False, note="x", by_id=6,
                       at=work.now - 20 * MINUTE))  # fmt: skip
    assert forecast(ws, order).left_minutes == 30
    clock(ws, order, 12, rework=True)
    assert forecast(ws, order).left_minutes == 18
    with unit_of_work(ws) as work:
        for row in facts_of(work, ORDERS, order).clocks:
            row.ended_at, row.end_reason = work.now, DONE
    assert forecast(ws, order).left_minutes == 0


def test_before_the_customers_word_what_counts_is_taken_as_left(ws: Workspace) -> None:
    order = make_order(ws, "BRK", status=OrderStatus.AWAITING_APPROVAL)
    assert forecast(ws, order).left_minutes == 90
