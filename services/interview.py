"""The diagnosis interview (问诊): clarifying questions about the symptoms, answered by taps, each written at once."""

from collections.abc import Sequence

from db.enums import OrderStatus
from db.models import WorkOrder
from services import permissions as may
from services.refusals import WrongStatus
from services.symptoms import Checked, checked_answers, suggested
from services.work import Work


def name_symptom(work: Work, order_id: int, symptom: str, *, named: bool) -> WorkOrder:
    """Name a kind of symptom, or take it off with what was answered. Refuses with UnknownAnswer, WrongStatus, NotAllowed."""
    order, answers = _open(work, order_id)
    if named:
        answers.setdefault(symptom, {})
    else:
        answers.pop(symptom, None)
    order.answers = checked_answers(answers)
    return work.add(order)


def set_answer(work: Work, order_id: int, *, symptom: str, question: str, codes: Sequence[str]) -> WorkOrder:
    """What was answered to one question; the other questions stay as they are, whoever asked them. Refuses as `name_symptom`."""
    order, answers = _open(work, order_id)
    answers[symptom] = answers.get(symptom, {}) | {question: list(codes)}
    order.answers = checked_answers(answers)
    return work.add(order)


def has_complaint(order: WorkOrder) -> bool:
    """Whether something is wrong with the car: symptoms named, or the concern hints at some."""
    return bool(order.answers) or bool(suggested(order.concern))


def _open(work: Work, order_id: int) -> tuple[WorkOrder, Checked]:
    work.needs(*may.RECEIVES)
    order = work.lock(WorkOrder, order_id)  # two tablets answer different questions: neither loses the other's
    if order.status != OrderStatus.RECEPTION:
        raise WrongStatus(status=order.status.label)
    return order, {code: dict(given) for code, given in (order.answers or {}).items()}
