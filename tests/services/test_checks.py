"""The three checks, the advisor's own, and rework."""

from datetime import timedelta

import pytest
from sqlmodel import select

from db.enums import CheckLevel, OrderStatus, Role
from db.enums_workshop import CheckMark
from db.models import Check, ClockEntry, Garage
from services.check_marks import kept
from services.checks import FAIL, TEMPLATES, ItemsOpen, fail_check, pass_check
from services.delivery import check_delivery
from services.order_moves import ORDERS
from services.order_refusals import ClockRunning, FinalInspectionMissing, OwnWork, WorkUndone
from services.refusals import NotAllowed, NotNow, ReasonMissing, TooLong, WrongStatus
from services.work import reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_name, as_role
from tests.shop import make_order, order_of, staff_id

AT = {
    CheckLevel.SELF: OrderStatus.SELF_CHECK,
    CheckLevel.TEAM: OrderStatus.TEAM_CHECK,
    CheckLevel.FINAL: OrderStatus.FINAL_INSPECTION,
    CheckLevel.DELIVERY: OrderStatus.READY,
}
CHECKER = {
    CheckLevel.SELF: Role.TECHNICIAN,
    CheckLevel.TEAM: Role.TEAM_LEADER,
    CheckLevel.FINAL: Role.INSPECTOR,
    CheckLevel.DELIVERY: Role.ADVISOR,
}
THREE = (CheckLevel.SELF, CheckLevel.TEAM, CheckLevel.FINAL)


def all_items(level: CheckLevel) -> list[str]:
    return [key for key, _ in TEMPLATES[level]]


def at_check(ws: Workspace, level: CheckLevel, *, worked: str = "Tom Technician", wash: bool = False) -> int:
    """An order all of whose work is done by one person, standing at a check."""
    order_id = make_order(ws, status=AT[level], given_to=worked)
    with unit_of_work(ws) as work:
        facts = facts_of(work, ORDERS, order_id)
        facts.order.wash, facts.jobs[0].done_at = wash, work.now
        start = work.now - timedelta(hours=1)
        work.add(ClockEntry(order_id=order_id, order_job_id=facts.jobs[0].id, staff_id=staff_id(work, worked), started_at=start,
                            ended_at=work.now))  # fmt: skip
    return order_id


def passes(ws: Workspace, order: int, level: CheckLevel, role: Role | None = None) -> Check:
    with unit_of_work(as_role(ws, role or CHECKER[level])) as work:
        return pass_check(work, order, level=level, items=all_items(level))


def fails(ws: Workspace, order: int, level: CheckLevel, note: str = "left front pad loose") -> Check:
    with unit_of_work(as_role(ws, CHECKER[level])) as work:
        return fail_check(work, order, level=level, items=all_items(level)[:1], note=note)


@pytest.mark.parametrize(
    ("level", "after"),
    [
        (CheckLevel.SELF, OrderStatus.TEAM_CHECK),
        (CheckLevel.TEAM, OrderStatus.FINAL_INSPECTION),
        (CheckLevel.FINAL, OrderStatus.READY),
    ],
)
def test_a_passed_check_takes_the_car_on_and_is_kept_with_its_items(
    ws: Workspace, level: CheckLevel, after: OrderStatus
) -> None:
    order = at_check(ws, level)
    check = passes(ws, order, level)
    assert order_of(ws, order).status == after
    assert (check.passed, check.round, check.at, check.own_work) == (True, 0, MONDAY_9, False)
    assert [one.mark for one in kept(check)] == [CheckMark.PASS] * 4


def test_a_car_to_be_washed_goes_to_the_wash(ws: Workspace) -> None:
    order = at_check(ws, CheckLevel.FINAL, wash=True)
    passes(ws, order, CheckLevel.FINAL)
    assert order_of(ws, order).status == OrderStatus.WASH


@pytest.mark.parametrize("level", THREE)
def test_a_failed_check_sends_the_car_to_rework_and_is_counted(ws: Workspace, level: CheckLevel) -> None:
    order = at_check(ws, level)
    check = fails(ws, order, level)
    after = order_of(ws, order)
    assert (after.status, after.rework_count) == (OrderStatus.REWORK, 1)
    assert (check.passed, check.round, check.note) == (False, 0, "left front pad loose")


@pytest.mark.parametrize("level", THREE)
def test_a_point_not_ticked_stands_in_the_way(ws: Workspace, level: CheckLevel) -> None:
    order = at_check(ws, level)
    with pytest.raises(ItemsOpen) as refused, unit_of_work(as_role(ws, CHECKER[level])) as work:
        pass_check(work, order, level=level, items=all_items(level)[:-2])
    assert refused.value.say("en") == f"Not ticked yet: {TEMPLATES[level][-2][1]}, {TEMPLATES[level][-1][1]}."
    assert order_of(ws, order).status == AT[level]


@pytest.mark.parametrize("note", ["", "   "])
def test_rework_needs_a_word_about_what_is_wrong(ws: Workspace, note: str) -> None:
    order = at_check(ws, CheckLevel.FINAL)
    with pytest.raises(ReasonMissing):
        fails(ws, order, CheckLevel.FINAL, note)
    assert order_of(ws, order).rework_count == 0


def test_a_note_over_a_thousand_characters_is_refused_not_cut(ws: Workspace) -> None:
    order = at_check(ws, CheckLevel.FINAL)
    with pytest.raises(TooLong):
        fails(ws, order, CheckLevel.FINAL, "x" * 1001)
    assert order_of(ws, order).status == OrderStatus.FINAL_INSPECTION


@pytest.mark.parametrize("level", [CheckLevel.TEAM, CheckLevel.FINAL])
def test_who_worked_on_the_car_cannot_pass_it_though_a_manager(ws: Workspace, level: CheckLevel) -> None:
    order = at_check(ws, level, worked="Max Manager")
    with pytest.raises(OwnWork):
        passes(ws, order, level, Role.MANAGER)
    with unit_of_work(ws) as work:
        work.db.exec(select(Garage)).one().own_work_checks = True
    assert passes(ws, order, level, Role.MANAGER).own_work


def test_the_self_check_is_the_workers_own_and_not_marked_as_an_exception(ws: Workspace) -> None:
    order = at_check(ws, CheckLevel.SELF)
    with unit_of_work(as_name(ws, "Tom Technician")) as work:
        assert not pass_check(work, order, level=CheckLevel.SELF, items=all_items(CheckLevel.SELF)).own_work


def test_a_check_passed_before_a_rework_does_not_count_after_it(ws: Workspace) -> None:
    order = at_check(ws, CheckLevel.TEAM)
    passes(ws, order, CheckLevel.TEAM)
    fails(ws, order, CheckLevel.FINAL)
    with reading(ws) as work:
        facts = facts_of(work, ORDERS, order)
        assert facts.in_rework
        assert not facts.passed(CheckLevel.TEAM)


def test_the_self_check_waits_for_clocks_and_for_every_agreed_job(ws: Workspace) -> None:
    order = at_check(ws, CheckLevel.SELF)
    with unit_of_work(ws) as work:
        facts = facts_of(work, ORDERS, order)
        facts.clocks[0].ended_at = None
    with pytest.raises(ClockRunning):
        passes(ws, order, CheckLevel.SELF)
    with unit_of_work(ws) as work:
        facts = facts_of(work, ORDERS, order)
        facts.clocks[0].ended_at, facts.jobs[0].done_at = work.now, None
    with pytest.raises(WorkUndone):
        passes(ws, order, CheckLevel.SELF)


@pytest.mark.parametrize(
    ("level", "role"),
    [
        (CheckLevel.SELF, Role.ADVISOR),
        (CheckLevel.TEAM, Role.TECHNICIAN),
        (CheckLevel.FINAL, Role.TEAM_LEADER),
        (CheckLevel.FINAL, Role.SUPERVISOR),
        (CheckLevel.DELIVERY, Role.TECHNICIAN),
    ],
)
def test_each_check_belongs_to_its_role(ws: Workspace, level: CheckLevel, role: Role) -> None:
    order = at_check(ws, level)
    with pytest.raises(NotAllowed):
        passes(ws, order, level, role)


def test_the_program_itself_cannot_vouch_for_a_car(ws: Workspace) -> None:
    order = at_check(ws, CheckLevel.FINAL)
    with pytest.raises(NotAllowed), unit_of_work(ws) as work:
        pass_check(work, order, level=CheckLevel.FINAL, items=all_items(CheckLevel.FINAL))


def test_the_delivery_check_needs_a_passed_final_inspection_and_is_made_once(ws: Workspace) -> None:
    order = at_check(ws, CheckLevel.DELIVERY)
    items = all_items(CheckLevel.DELIVERY)
    with pytest.raises(FinalInspectionMissing), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        check_delivery(work, order, items=items)
    other = at_final_passed(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        check_delivery(work, other, items=items)
    assert order_of(ws, other).status == OrderStatus.READY
    with pytest.raises(NotNow), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        check_delivery(work, other, items=items)


def at_final_passed(ws: Workspace) -> int:
    order = make_order(ws, status=OrderStatus.FINAL_INSPECTION, plate="OTHER 2", given_to="Tom Technician")
    passes(ws, order, CheckLevel.FINAL)
    with unit_of_work(ws) as work:
        facts = facts_of(work, ORDERS, order)
        facts.jobs[0].done_at = work.now
        for line in facts.parts_due:
            line.issued = line.quantity
    return order


def test_a_car_sent_back_from_delivery_is_counted_and_the_customer_has_to_be_told_anew(ws: Workspace) -> None:
    order = at_final_passed(ws)
    with unit_of_work(ws) as work:
        facts_of(work, ORDERS, order).order.told_at = work.now
    fails(ws, order, CheckLevel.DELIVERY, "rattles")
    after = order_of(ws, order)
    assert (after.status, after.rework_count, after.told_at) == (OrderStatus.REWORK, 1, None)


def test_of_two_inspectors_closing_one_check_the_second_reads_what_happened(ws: Workspace) -> None:
    order = at_check(ws, CheckLevel.FINAL)
    passes(ws, order, CheckLevel.FINAL)
    with pytest.raises(WrongStatus):
        fails(ws, order, CheckLevel.FINAL)
    assert order_of(ws, order).rework_count == 0


def test_every_level_has_its_own_points_and_a_way_back() -> None:
    assert set(CheckLevel) == set(TEMPLATES) == set(FAIL)
    assert all(len({key for key, _ in points}) == len(points) > 3 for points in TEMPLATES.values())
