"""What one role asks of another about a car in the shop: a task, until somebody of that role has answered it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select as sa_select
from sqlmodel import col, select

from db.enums import OrderStatus, Role
from db.enums_reception import OrderTaskKind
from db.models import OrderJob, OrderTask, Staff, StaffRole, Vehicle, WorkOrder
from services import permissions as may
from services.boards import OPEN
from services.i18n import N_
from services.people import names
from services.refusals import NotFound, NotNow, Refusal
from services.validate import text
from services.work import Work
from services.workspace import Person

WORDS = 1000  # characters
ASKS = (*may.RECEIVES, *may.REPAIRS)
_LASTS = OrderTaskKind.WARRANTY  # a decision about warranty is owed even when the car has left
_CUSTOMERS = (OrderTaskKind.DELAY, OrderTaskKind.EXTRA)  # answered by what the customer said
Open = tuple[OrderTask, WorkOrder, Vehicle]


class AskedAlready(Refusal):
    """This was asked already, and the answer is still to come: {asked}"""


class AnsweredAlready(Refusal):
    """{name} has already answered this: {answer}"""


class DecideInstead(Refusal):
    """Say whether the job is inside or outside warranty."""


class NoteTheAnswer(Refusal):
    """Note what the customer said."""


def ask(
    work: Work, order_id: int, kind: OrderTaskKind, role: Role, asked: str, order_job_id: int | None = None
) -> OrderTask:
    """Ask a role something about a car in the shop, at most 1000 characters; of one of its jobs when given.

    Refuses with AskedAlready while the same is open, NotNow once the car has left, Missing, TooLong, NotFound.
    """
    work.needs(*ASKS)
    order = work.lock(WorkOrder, order_id)  # two people who ask the same at once: the second is refused
    if order.status not in OPEN:
        raise NotNow
    asked = text(asked, N_("What is asked"), WORDS)
    if order_job_id is not None and work.get(OrderJob, order_job_id).order_id != order_id:
        raise NotFound
    _not_twice(work, order_id, kind, asked, order_job_id)
    task = work.add(
        OrderTask(order_id=order_id, order_job_id=order_job_id, kind=kind, role=role, asked=asked, created_at=work.now,
                  by_id=work.by.id)
    )  # fmt: skip
    _note(work, order, "asked", task, asked)
    return task


def answer(work: Work, task_id: int, words: str) -> OrderTask:
    """Answer a task, as somebody of its role or the manager, in at most 1000 characters.

    Refuses with AnsweredAlready (someone was faster), NotAllowed, Missing, TooLong, NotNow once the car has left, and
    with DecideInstead what only `warranty.decide` can answer, with NoteTheAnswer what the customer's word answers.
    """
    task = work.get(OrderTask, task_id)
    if task.kind in _CUSTOMERS:
        raise NoteTheAnswer
    if task.kind == OrderTaskKind.WARRANTY:
        raise DecideInstead
    return close(work, task.id, text(words, N_("Answer"), WORDS))


def close(work: Work, task_id: int, words: str) -> OrderTask:
    """The same for a task whose answer was found elsewhere; `words` are its answer as they are."""
    order = work.lock(WorkOrder, work.get(OrderTask, task_id).order_id)
    task = work.lock(OrderTask, task_id)
    work.needs(task.role)
    if task.done_at is not None:
        raise AnsweredAlready(name=names(work).get(task.done_by_id or 0, "Service Lane"), answer=task.answer)
    if not _counts(task, order.status):
        raise NotNow
    return _done(work, order, task, words)


def settle(
    work: Work, order_id: int, kind: OrderTaskKind, words: str, order_job_ids: Collection[int] | None = None
) -> list[OrderTask]:
    """What became of the open tasks of a kind by another act, whoever did it; of these jobs when given. For services only."""
    order = work.lock(WorkOrder, order_id)
    open_ones = (OrderTask.order_id == order_id, OrderTask.kind == kind, col(OrderTask.done_at).is_(None))
    query = select(OrderTask).where(*open_ones).order_by(col(OrderTask.id))
    if order_job_ids is not None:
        query = query.where(col(OrderTask.order_job_id).in_(list(order_job_ids)))
    return [_done(work, order, task, words) for task in work.db.exec(query).all()]


def tasks_of(work: Work, order_id: int) -> list[OrderTask]:
    """What was asked about a car, answered or not, the oldest first."""
    return list(work.db.exec(select(OrderTask).where(OrderTask.order_id == order_id).order_by(col(OrderTask.id))).all())


_OPEN: Any = (
    sa_select(OrderTask, WorkOrder, Vehicle)
    .join(WorkOrder, col(WorkOrder.id) == col(OrderTask.order_id))
    .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
    .where(
        col(OrderTask.done_at).is_(None),
        col(WorkOrder.status).in_(OPEN)
        | ((col(OrderTask.kind) == _LASTS) & (col(WorkOrder.status) != OrderStatus.CANCELLED)),
        (col(OrderTask.kind) != _LASTS) | col(OrderTask.order_job_id).is_not(None),  # a job taken off needs no decision
        (col(OrderTask.kind) != OrderTaskKind.DELAY) | (col(WorkOrder.status) != OrderStatus.READY),  # there by now
    )
    .order_by(col(OrderTask.id))
)


def open_tasks(work: Work, person: Person) -> list[Open]:
    """What the person still has to answer, the oldest first, with order and car; a manager sees everybody's. One query."""
    whose = tuple(Role) if person.has() else tuple(person.roles)
    return [(task, order, car) for task, order, car in work.db.execute(_OPEN.where(col(OrderTask.role).in_(whose)))]


def unheld(work: Work, roles: Collection[Role]) -> set[Role]:
    """Those of the roles that nobody who works here holds: what is asked of them is the manager's."""
    held = select(StaffRole.role).join(Staff, col(Staff.id) == col(StaffRole.staff_id)).where(col(Staff.active))
    return set(roles) - set(work.db.exec(held.where(col(StaffRole.role).in_(list(roles))).distinct()).all())


def _done(work: Work, order: WorkOrder, task: OrderTask, words: str) -> OrderTask:
    task.answer, task.done_at, task.done_by_id = words, work.now, work.by.id
    _note(work, order, "answered", task, words)
    return work.add(task)


def _counts(task: OrderTask, status: OrderStatus) -> bool:
    return status in OPEN or (task.kind == _LASTS and status != OrderStatus.CANCELLED)


def _not_twice(work: Work, order_id: int, kind: OrderTaskKind, asked: str, order_job_id: int | None) -> None:
    """One joint look and one decision per job at a time; of questions only the very same one is refused."""
    mine = (OrderTask.order_id == order_id, OrderTask.kind == kind, col(OrderTask.done_at).is_(None))
    for other in work.db.exec(select(OrderTask).where(*mine)):
        same = kind != OrderTaskKind.QUESTION or other.asked == asked
        if same and other.order_job_id == order_job_id:
            raise AskedAlready(asked=other.asked)


def _note(work: Work, order: WorkOrder, action: str, task: OrderTask, words: str) -> None:
    """The order's own history tells it."""
    work.event(
        order, action, order.status.value, order.status.value, task=task.kind.label, to=task.role.label, words=words
    )
