"""Dispatch: to whom and where."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import event
from sqlmodel import select

from db.enums import Answer, OrderStatus, Role
from db.models import Absence, Bay, Reservation, Staff, StaffSkill, WorkOrder
from services.order_moves import ORDERS
from services.order_refusals import ConsentMissing
from services.refusals import InThePast, Missing, NotAllowed, NotFound, Refusal, SlotTaken, TooLong, WrongStatus
from services.suggestions import Suggestions, suggestions
from services.work import Work, reading, unit_of_work
from services.workflow import facts_of
from services.workshop import BayDoesNotFit, NotInWorkshop, SkillMissing, dispatch, reassign, wash
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role
from tests.shop import bay_id, in_work, make_order, order_of, staff_id

TEN = MONDAY_9 + timedelta(hours=1)


def give(
    ws: Workspace,
    order_id: int,
    name: str = "Tom Technician",
    bay: str = "Lift 1",
    role: Role = Role.SUPERVISOR,
    at: datetime | None = None,
) -> WorkOrder:
    with unit_of_work(as_role(ws, role)) as work:
        return dispatch(work, order_id, staff_id=staff_id(work, name), bay_id=bay_id(work, bay), starts_at=at)


def places(ws: Workspace, order_id: int) -> list[tuple[int | None, int | None, datetime, datetime]]:
    with reading(ws) as work:
        rows = work.db.exec(select(Reservation).where(Reservation.order_id == order_id).order_by(Reservation.id))  # type: ignore[arg-type]
        return [(r.staff_id, r.bay_id, r.starts_at, r.ends_at) for r in rows]


def plan(ws: Workspace, order_id: int | None, name: str, bay: str, start: datetime, minutes: int = 60) -> None:
    with unit_of_work(ws) as work:
        end = start + timedelta(minutes=minutes)
        work.add(Reservation(order_id=order_id, staff_id=staff_id(work, name), starts_at=start, ends_at=end))
        work.add(Reservation(order_id=order_id, bay_id=bay_id(work, bay), starts_at=start, ends_at=end))


def proposed(ws: Workspace, order_id: int) -> Suggestions:
    with reading(ws) as work:
        return suggestions(work, facts_of(work, ORDERS, order_id))


def test_dispatch_gives_the_car_to_a_person_and_a_bay_and_holds_both_for_the_standard_time(ws: Workspace) -> None:
    order = make_order(ws, "SVC", "BRK")
    given = give(ws, order)
    assert (given.status, given.technician_id, given.bay_id) == (OrderStatus.IN_WORK, 3, 1)
    end = MONDAY_9 + timedelta(minutes=150)
    assert places(ws, order) == [(3, None, MONDAY_9, end), (None, 1, MONDAY_9, end)]


def test_a_planned_time_ahead_is_kept_and_moves_to_the_chosen_person_and_bay(ws: Workspace) -> None:
    order = make_order(ws)
    plan(ws, order, "Tia Technician", "Lift 2", TEN, 45)
    give(ws, order)
    end = TEN + timedelta(minutes=60)
    assert places(ws, order) == [(3, None, TEN, end), (None, 1, TEN, end)]


def test_a_planned_time_that_has_passed_becomes_now(ws: Workspace) -> None:
    order = make_order(ws)
    plan(ws, order, "Tom Technician", "Lift 1", MONDAY_9 - timedelta(minutes=30))
    give(ws, order)
    assert [row[2] for row in places(ws, order)] == [MONDAY_9, MONDAY_9]


def test_a_taken_bay_is_refused_and_a_later_start_is_accepted(ws: Workspace) -> None:
    order = make_order(ws)
    plan(ws, None, "Lea Leader", "Lift 1", MONDAY_9 + timedelta(minutes=30), 30)
    with pytest.raises(SlotTaken):
        give(ws, order)
    assert order_of(ws, order).status == OrderStatus.AWAITING_DISPATCH
    give(ws, order, at=TEN)
    assert [row[2] for row in places(ws, order)] == [TEN, TEN]


@pytest.mark.parametrize(
    ("name", "bay", "refusal"),
    [
        ("Ada Advisor", "Lift 1", NotInWorkshop),
        ("Sam Supervisor", "Lift 1", SkillMissing),
        ("Tom Technician", "Quick", BayDoesNotFit),
    ],
)
def test_person_and_bay_have_to_fit(ws: Workspace, name: str, bay: str, refusal: type[Refusal]) -> None:
    order = make_order(ws)
    with pytest.raises(refusal):
        give(ws, order, name, bay)
    assert places(ws, order) == []


def test_who_left_and_a_closed_bay_do_not_fit(ws: Workspace) -> None:
    order = make_order(ws)
    with unit_of_work(ws) as work:
        work.get(Staff, staff_id(work, "Tom Technician")).active = False
        work.get(Bay, bay_id(work, "Lift 2")).active = False
    with pytest.raises(NotInWorkshop):
        give(ws, order)
    with pytest.raises(BayDoesNotFit):
        give(ws, order, "Lea Leader", "Lift 2")


def test_a_time_that_has_passed_and_a_person_unknown_are_refused(ws: Workspace) -> None:
    order = make_order(ws)
    with pytest.raises(InThePast):
        give(ws, order, at=MONDAY_9 - timedelta(minutes=1))
    with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work, pytest.raises(NotFound):
        dispatch(work, order, staff_id=999, bay_id=1)


def test_nothing_is_dispatched_before_the_customer_answered(ws: Workspace) -> None:
    order = make_order(ws, answer=Answer.PENDING)
    with pytest.raises(ConsentMissing):
        give(ws, order)


@pytest.mark.parametrize(
    "role", [Role.ADVISOR, Role.TECHNICIAN, Role.TEAM_LEADER, Role.INSPECTOR, Role.CASHIER, Role.PARTS_CLERK]
)
def test_only_a_supervisor_dispatches(ws: Workspace, role: Role) -> None:
    with pytest.raises(NotAllowed):
        give(ws, make_order(ws), role=role)


def test_of_two_supervisors_dispatching_one_car_one_wins_and_the_other_reads_why(ws: Workspace) -> None:
    order, start, said = make_order(ws), Barrier(2), list[str]()

    def tablet(name: str, bay: str) -> None:
        start.wait()
        try:
            give(ws, order, name, bay)
            said.append("given")
        except Refusal as refusal:
            said.append(refusal.say("en"))

    tablets = [Thread(target=tablet, args=a) for a in (("Tom Technician", "Lift 1"), ("Lea Leader", "Lift 2"))]
    for thread in tablets:
        thread.start()
    for thread in tablets:
        thread.join()
    assert sorted(said) == [WrongStatus(status="In work").say("en"), "given"]
    assert len(places(ws, order)) == 2


def test_reassigning_keeps_the_time_used_and_frees_the_rest(ws: Workspace) -> None:
    order = make_order(ws, "BRK")
    give(ws, order)
    with unit_of_work(as_role(ws.at(TEN), Role.SUPERVISOR)) as work:
        reassign(work, order, staff_id=staff_id(work, "Lea Leader"), bay_id=bay_id(work, "Lift 2"))
    end = TEN + timedelta(minutes=90)
    assert places(ws, order) == [
        (3, None, MONDAY_9, TEN),
        (None, 1, MONDAY_9, TEN),
        (5, None, TEN, end),
        (None, 2, TEN, end),
    ]
    assert order_of(ws, order).technician_id == 5


def test_suggestions_hold_people_with_a_needed_skill_and_bays_of_the_kind_the_least_loaded_first(ws: Workspace) -> None:
    order = make_order(ws, "SVC", "BRK")
    plan(ws, None, "Tom Technician", "Lift 1", TEN)
    found = proposed(ws, order)
    assert [(p.name, p.load, p.skilled) for p in found.people] == [
        ("Lea Leader", 0, True),
        ("Tom Technician", 60, True),
        ("Tia Technician", 0, False),
    ]
    assert [(b.name, b.load) for b in found.bays] == [("Lift 2", 0), ("Lift 1", 60)]
    assert found.minutes == 150


def test_the_planned_person_and_bay_are_suggested_first_and_who_is_away_not_at_all(ws: Workspace) -> None:
    order = make_order(ws)
    plan(ws, order, "Tia Technician", "Lift 2", TEN)
    with unit_of_work(ws) as work:
        away = Absence(staff_id=staff_id(work, "Lea Leader"), starts_at=MONDAY_9, ends_at=TEN)
        work.add(away)
    found = proposed(ws, order)
    assert [p.name for p in found.people] == ["Tia Technician", "Tom Technician"]
    assert found.bays[0].name == "Lift 2"
    assert found.start == TEN


def test_the_first_free_time_is_when_both_are_free_for_long_enough(ws: Workspace) -> None:
    order = make_order(ws)
    plan(ws, None, "Tom Technician", "Lift 2", MONDAY_9 + timedelta(minutes=30), 30)
    plan(ws, None, "Lea Leader", "Lift 1", MONDAY_9 + timedelta(minutes=90), 30)
    found = proposed(ws, order)
    assert found.first_free(3, 1) == MONDAY_9 + timedelta(
        hours=2
    )  # 9:00 lacks Tom at 9:30, 10:00 lacks the lift at 10:30
    assert found.first_free(4, 2) == TEN
    assert found.first_free(4, 1) == MONDAY_9


def test_suggesting_asks_the_same_number_of_questions_however_large_the_garage(ws: Workspace) -> None:
    order = make_order(ws)
    small = questions(ws, order)
    with unit_of_work(ws) as work:
        for n in range(10):
            person = work.add(Staff(name=f"More {n}", pin_hash="!"))
            work.add(Bay(name=f"More {n}", kind=work.get(Bay, 1).kind, position=n))
            more_skills(work, person.id)
    assert questions(ws, order) == small


def more_skills(work: Work, person: int) -> None:
    for row in work.db.exec(select(StaffSkill).where(StaffSkill.staff_id == 3)).all():
        work.add(StaffSkill(staff_id=person, skill=row.skill))


def questions(ws: Workspace, order: int) -> int:
    asked: list[str] = []
    with reading(ws) as work:
        facts = facts_of(work, ORDERS, order)
        listen = lambda *args: asked.append(str(args[2]))  # noqa: E731
        event.listen(ws.engine, "before_cursor_execute", listen)
        suggestions(work, facts)
        event.remove(ws.engine, "before_cursor_execute", listen)
    return len(asked)


def test_a_washed_car_is_ready_and_its_place_is_noted(ws: Workspace) -> None:
    order = make_order(ws, status=OrderStatus.WASH)
    with unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        wash(work, order, place=" Row B 4 ")
    assert (order_of(ws, order).status, order_of(ws, order).place) == (OrderStatus.READY, "Row B 4")


@pytest.mark.parametrize(("place", "refusal"), [("", Missing), ("  ", Missing), ("x" * 61, TooLong)])
def test_a_parking_place_is_needed_and_short(ws: Workspace, place: str, refusal: type[Refusal]) -> None:
    order = make_order(ws, status=OrderStatus.WASH)
    with pytest.raises(refusal), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        wash(work, order, place=place)
    assert order_of(ws, order).status == OrderStatus.WASH


def test_work_of_another_status_cannot_be_dispatched(ws: Workspace) -> None:
    with pytest.raises(WrongStatus):
        give(ws, in_work(ws))
