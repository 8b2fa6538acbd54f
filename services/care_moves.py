"""The flows of a follow-up call and of a complaint."""

from collections.abc import Sequence

from db.enums import ComplaintStatus as C
from db.enums import FollowUpStatus as F
from db.models import Complaint, FollowUp
from services import permissions as may
from services.i18n import N_
from services.refusals import Refusal
from services.work import Work
from services.workflow import Flow, Move


class NobodyResponsible(Refusal):
    """Name the person responsible first."""


class PlanMissing(Refusal):
    """Write down what will be done first."""


class AnswerMissing(Refusal):
    """Write down what the customer was told first."""


def load_follow_ups(_work: Work, rows: Sequence[FollowUp]) -> dict[int, FollowUp]:
    """A call is judged by itself."""
    return {row.id: row for row in rows}


def load_complaints(_work: Work, rows: Sequence[Complaint]) -> dict[int, Complaint]:
    """A complaint is judged by itself."""
    return {row.id: row for row in rows}


def _responsible(c: Complaint) -> Refusal | None:
    return None if c.responsible_id and c.kind else NobodyResponsible()


def _planned(c: Complaint) -> Refusal | None:
    return None if c.plan else PlanMissing()


def _answered(c: Complaint) -> Refusal | None:
    return None if c.answer else AnswerMissing()


_TO_CALL = frozenset({F.DUE, F.NOT_REACHED})
CALL_MOVES: tuple[Move[FollowUp], ...] = (
    Move("reach", N_("Call"), "call", _TO_CALL, F.REACHED, may.CALLS, "F01", primary=True),
    Move("miss", N_("Not reached"), "phone_missed", _TO_CALL, F.NOT_REACHED, may.CALLS, "F01"),
    Move("satisfied", N_("Satisfied"), "sentiment_satisfied", frozenset({F.REACHED}), F.SATISFIED, may.CALLS, "F02", primary=True),
    Move("complain", N_("Open a complaint"), "report", frozenset({F.REACHED}), F.COMPLAINT, may.CALLS, "F03"),
)  # fmt: skip
FOLLOW_UPS: Flow[FollowUp] = Flow(FollowUp, CALL_MOVES, load_follow_ups)

COMPLAINT_MOVES: tuple[Move[Complaint], ...] = (
    Move("classify", N_("Classify"), "category", frozenset({C.RECEIVED}), C.CLASSIFIED, may.HANDLES_COMPLAINTS, "F04",
         (_responsible,), primary=True),
    Move("plan", N_("Plan"), "event_note", frozenset({C.CLASSIFIED}), C.PLANNED, may.HANDLES_COMPLAINTS, "F04", (_planned,),
         primary=True),
    Move("handle", N_("Handled"), "handyman", frozenset({C.PLANNED}), C.HANDLED, may.HANDLES_COMPLAINTS, "F04", primary=True),
    Move("answer", N_("Answered"), "mark_email_read", frozenset({C.HANDLED}), C.ANSWERED, may.HANDLES_COMPLAINTS, "F04",
         (_answered,), primary=True),
    Move("close", N_("Close"), "done_all", frozenset({C.ANSWERED}), C.CLOSED, may.HANDLES_COMPLAINTS, "F04", primary=True),
)  # fmt: skip
COMPLAINTS: Flow[Complaint] = Flow(Complaint, COMPLAINT_MOVES, load_complaints)
