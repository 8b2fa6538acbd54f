"""What one role asks of another about a car: asked once, answered once, by somebody of that role."""

import pytest
from sqlmodel import col, select

from db.enums import Role
from db.enums_reception import OrderTaskKind
from db.models import Event, OrderJob, OrderTask, StaffRole, WorkOrder
from services import order_tasks, orders
from services.refusals import Missing, NotAllowed, NotFound, NotNow, Refusal, TooLong
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.services.reception import received

LOOK = OrderTaskKind.DIAGNOSE


def _order(ws: Workspace, plate: str = "AB12 CDE") -> int:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        return received(work, plate=plate).id


def _ask(ws: Workspace, order_id: int, asked: str = "Knocks when cold", kind: OrderTaskKind = LOOK,
         role: Role = Role.SUPERVISOR) -> int:  # fmt: skip
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        return order_tasks.ask(work, order_id, kind, role, asked).id


def _answer(ws: Workspace, role: Role, task_id: int, words: str) -> OrderTask:
    with unit_of_work(as_role(ws, role)) as work:
        return order_tasks.answer(work, task_id, words)


def _open(ws: Workspace, role: Role) -> list[str]:
    with reading(ws) as work:
        return [task.asked for task, _, _ in order_tasks.open_tasks(work, as_role(ws, role).by)]


def test_what_is_asked_waits_for_its_role_and_the_manager(ws: Workspace) -> None:
    order = _order(ws)
    _ask(ws, order)
    assert _open(ws, Role.SUPERVISOR) == _open(ws, Role.MANAGER) == ["Knocks when cold"]
    assert _open(ws, Role.ADVISOR) == _open(ws, Role.TECHNICIAN) == []


def test_an_answer_is_kept_with_who_gave_it_and_ends_the_task(ws: Workspace) -> None:
    task = _answer(ws, Role.SUPERVISOR, _ask(ws, _order(ws)), " Belt tensioner worn ")
    assert (task.answer, task.done_by_id, task.done_at) == (
        "Belt tensioner worn",
        as_role(ws, Role.SUPERVISOR).by.id,
        ws.clock(),
    )
    assert _open(ws, Role.SUPERVISOR) == _open(ws, Role.MANAGER) == []


def test_the_second_of_two_who_answer_is_told_what_the_first_said(ws: Workspace) -> None:
    task = _ask(ws, _order(ws))
    _answer(ws, Role.SUPERVISOR, task, "Belt tensioner")
    with pytest.raises(order_tasks.AnsweredAlready) as refused:
        _answer(ws, Role.MANAGER, task, "Water pump")
    assert refused.value.say("en") == "Sam Supervisor has already answered this: Belt tensioner"


def test_only_its_role_answers(ws: Workspace) -> None:
    with pytest.raises(NotAllowed):
        _answer(ws, Role.ADVISOR, _ask(ws, _order(ws)), "Mine")


def test_the_same_is_asked_once_at_a_time(ws: Workspace) -> None:
    order = _order(ws)
    task = _ask(ws, order)
    with pytest.raises(order_tasks.AskedAlready):
        _ask(ws, order, "And rattles")
    question = (OrderTaskKind.QUESTION, Role.ADVISOR)
    _ask(ws, order, "Which tyres?", *question)
    _ask(ws, order, "Where is the wheel key?", *question)
    with pytest.raises(order_tasks.AskedAlready):
        _ask(ws, order, "Which tyres?", *question)
    _answer(ws, Role.SUPERVISOR, task, "Belt")
    _ask(ws, order, "And rattles")
    assert _open(ws, Role.SUPERVISOR) == ["And rattles"]


@pytest.mark.parametrize(("words", "refusal"), [("  ", Missing), ("x" * 1001, TooLong)])
def test_words_are_neither_blank_nor_too_long(ws: Workspace, words: str, refusal: type[Refusal]) -> None:
    order = _order(ws)
    with pytest.raises(refusal):
        _ask(ws, order, words)
    task = _ask(ws, order)
    with pytest.raises(refusal):
        _answer(ws, Role.SUPERVISOR, task, words)


def test_a_job_of_another_car_cannot_be_asked_about(ws: Workspace) -> None:
    order, other = _order(ws), _order(ws, "XY99 ZZZ")
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        mine = order_tasks.ask(work, order, LOOK, Role.SUPERVISOR, "This one", _job(work, order))
        assert mine.order_job_id == _job(work, order)
        with pytest.raises(NotFound):
            order_tasks.ask(work, order, LOOK, Role.SUPERVISOR, "That one", _job(work, other))


def _job(work: Work, order_id: int) -> int:
    return work.db.exec(select(OrderJob.id).where(OrderJob.order_id == order_id)).one()


def test_a_cancelled_visit_asks_nothing_of_anybody(ws: Workspace) -> None:
    order = _order(ws)
    task = _ask(ws, order)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        orders.cancel(work, order, reason="customer left")
    assert _open(ws, Role.SUPERVISOR) == []
    with pytest.raises(NotNow):
        _answer(ws, Role.SUPERVISOR, task, "Too late")
    with pytest.raises(NotNow):
        _ask(ws, order, "Once more")


def test_the_history_of_the_order_tells_who_asked_what_and_what_was_answered(ws: Workspace) -> None:
    order = _order(ws)
    _answer(ws, Role.SUPERVISOR, _ask(ws, order), "Belt")
    with reading(ws) as work:
        events = work.db.exec(
            select(Event).where(Event.subject == "work_order", Event.subject_id == order).order_by(col(Event.id))
        )
        told = [(event.action, event.before, event.details["words"]) for event in events if "words" in event.details]
        status = work.get(WorkOrder, order).status.value
    assert told == [("asked", status, "Knocks when cold"), ("answered", status, "Belt")]


def test_what_is_asked_of_a_role_nobody_holds_is_known(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        assert order_tasks.unheld(work, (Role.WARRANTY_CLERK, Role.SUPERVISOR)) == {Role.WARRANTY_CLERK}
        work.add(StaffRole(staff_id=1, role=Role.WARRANTY_CLERK))
        assert order_tasks.unheld(work, (Role.WARRANTY_CLERK, Role.SUPERVISOR)) == set()
