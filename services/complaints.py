"""A complaint, from the customer's words to the answer and the second call."""

from datetime import datetime

from db.enums import ComplaintKind
from db.models import Complaint, Customer, FollowUp, Staff
from services import permissions as may
from services.aftercare import next_try
from services.care_moves import COMPLAINTS
from services.i18n import N_
from services.refusals import InThePast, NotFound
from services.validate import text
from services.work import Work
from services.workflow import advance


def receive(
    work: Work,
    *,
    customer_id: int,
    words: str,
    order_id: int | None = None,
    follow_up_id: int | None = None,
    kind: ComplaintKind | None = None,
) -> Complaint:
    """Open a complaint in the customer's words. Refuses blank words, or over 2000 characters."""
    work.needs(*may.HANDLES_COMPLAINTS)
    complaint = Complaint(customer_id=work.get(Customer, customer_id).id, text=_words(words, N_("What is wrong")))
    complaint.order_id, complaint.follow_up_id, complaint.kind = order_id, follow_up_id, kind
    complaint.received_at = work.now
    work.add(complaint)
    work.event(complaint, "created", after=complaint.status.value)
    return complaint


def classify(
    work: Work, complaint_id: int, *, kind: ComplaintKind | None, responsible_id: int | None, due_at: datetime | None
) -> Complaint:
    """Say what it is about, whose it is, and until when. Refuses with NobodyResponsible, and a time that has passed."""
    complaint = work.lock(Complaint, complaint_id)
    if responsible_id is not None and not work.get(Staff, responsible_id).active:
        raise NotFound
    complaint.kind, complaint.responsible_id, complaint.due_at = kind, responsible_id, due_at
    advanced = _move(work, complaint, "classify")
    if due_at is not None and due_at <= work.now:
        raise InThePast
    return advanced


def plan(work: Work, complaint_id: int, *, what: str) -> Complaint:
    """Write down what will be done. Refuses with PlanMissing, or over 2000 characters."""
    complaint = work.lock(Complaint, complaint_id)
    complaint.plan = _words(what, N_("Plan"), needed=False)
    return _move(work, complaint, "plan")


def handle(work: Work, complaint_id: int, *, what: str) -> Complaint:
    """Write down what was done. Refuses with Missing, or over 2000 characters."""
    complaint = work.lock(Complaint, complaint_id)
    complaint.handling = _words(what, N_("What was done"))
    return _move(work, complaint, "handle")


def answer(work: Work, complaint_id: int, *, what: str) -> Complaint:
    """Write down what the customer was told. Refuses with AnswerMissing, or over 2000 characters."""
    complaint = work.lock(Complaint, complaint_id)
    complaint.answer = _words(what, N_("Answer to the customer"), needed=False)
    return _move(work, complaint, "answer")


def close(work: Work, complaint_id: int) -> Complaint:
    """Close it; a customer of an order is called once more, until they are satisfied."""
    complaint: Complaint = advance(work, COMPLAINTS, complaint_id, "close")
    complaint.closed_at = work.now
    if complaint.order_id:
        _call_again(work, complaint, complaint.order_id)
    return work.add(complaint)


def _move(work: Work, complaint: Complaint, action: str) -> Complaint:
    """What was typed is written first, because the move's conditions judge it; a refusal takes all of it back."""
    work.add(complaint)
    row: Complaint = advance(work, COMPLAINTS, complaint.id, action)
    return work.add(row)


def _call_again(work: Work, complaint: Complaint, order_id: int) -> None:
    due = next_try(work, work.get(Customer, complaint.customer_id).call_when)
    call = work.add(FollowUp(order_id=order_id, customer_id=complaint.customer_id, due_at=due))
    work.event(call, "created", after=call.status.value, due=due.isoformat())


def _words(typed: str, field: str, *, needed: bool = True) -> str:
    return text(typed, field, 2000, needed=needed)
