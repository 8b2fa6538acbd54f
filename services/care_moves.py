"""The flows of a follow-up call and of a complaint."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import col, select

from db.enums import ComplaintStatus as C
from db.enums import FollowUpStatus as F
from db.models import Complaint, FollowUp, FollowUpAnswer
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


class AnswersMissing(Refusal):
    """Ask the remaining questions first."""


class BadAnswer(Refusal):
    """An answer was bad: open a complaint, so that somebody puts it right."""


QUESTIONS = {
    "quality": N_("Quality of the repair"),
    "attitude": N_("Attitude and service"),
    "punctuality": N_("Punctuality"),
    "price": N_("Clarity of the price"),
    "cleanliness": N_("Cleanliness of the car"),
}
BAD_SCORE = 2  # of 5
BAD_RECOMMEND = 6  # of 10: a detractor


@dataclass
class Call:
    """A follow-up call with the answers given."""

    follow_up: FollowUp
    scores: dict[str, int] = field(default_factory=dict)

    @property
    def bad(self) -> bool:
        """Whether an answer calls for a complaint."""
        recommend = self.follow_up.recommend
        unhappy = recommend is not None and recommend <= BAD_RECOMMEND
        return unhappy or any(score <= BAD_SCORE for score in self.scores.values())


def load_follow_ups(work: Work, rows: Sequence[FollowUp]) -> dict[int, Call]:
    """Calls with their answers. One query, however many calls."""
    found = {row.id: Call(row) for row in rows}
    for answer in work.db.exec(select(FollowUpAnswer).where(col(FollowUpAnswer.follow_up_id).in_(found))):
        found[answer.follow_up_id].scores[answer.question] = answer.score
    return found


def load_complaints(_work: Work, rows: Sequence[Complaint]) -> dict[int, Complaint]:
    """A complaint is judged by itself."""
    return {row.id: row for row in rows}


def _asked(call: Call) -> Refusal | None:
    complete = len(call.scores) == len(QUESTIONS) and call.follow_up.recommend is not None
    return None if complete else AnswersMissing()


def _no_bad_answer(call: Call) -> Refusal | None:
    return BadAnswer() if call.bad else None


def _responsible(c: Complaint) -> Refusal | None:
    return None if c.responsible_id and c.kind else NobodyResponsible()


def _planned(c: Complaint) -> Refusal | None:
    return None if c.plan else PlanMissing()


def _answered(c: Complaint) -> Refusal | None:
    return None if c.answer else AnswerMissing()


_TO_CALL = frozenset({F.DUE, F.NOT_REACHED})
CALL_MOVES: tuple[Move[Call], ...] = (
    Move("reach", N_("Call"), "call", _TO_CALL, F.REACHED, may.CALLS, "F01", primary=True),
    Move("miss", N_("Not reached"), "phone_missed", _TO_CALL, F.NOT_REACHED, may.CALLS, "F01"),
    Move("answer", N_("Answers"), "quiz", frozenset({F.REACHED}), None, may.CALLS, "F02"),
    Move("satisfied", N_("Satisfied"), "sentiment_satisfied", frozenset({F.REACHED}), F.SATISFIED, may.CALLS, "F02",
         (_no_bad_answer, _asked), primary=True),
    Move("complain", N_("Open a complaint"), "report", frozenset({F.REACHED}), F.COMPLAINT, may.CALLS, "F03"),
)  # fmt: skip
FOLLOW_UPS: Flow[Call] = Flow(FollowUp, CALL_MOVES, load_follow_ups)

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
