"""The call after delivery: several tries, the questions, what came of it."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import col, select

from db.enums import Channel, ComplaintKind
from db.models import Complaint, ContactAttempt, Customer, FollowUp, FollowUpAnswer
from services.aftercare import next_try
from services.care_moves import FOLLOW_UPS, QUESTIONS
from services.complaints import receive
from services.i18n import N_
from services.refusals import InThePast, Refusal
from services.validate import text, within
from services.work import Work
from services.workflow import advance


class NoSuchQuestion(Refusal):
    """This question is not asked."""


def reach(work: Work, follow_up_id: int, *, channel: Channel = Channel.PHONE, note: str = "") -> FollowUp:
    """The customer is on the line. The try is kept; a note over 500 characters is refused."""
    call: FollowUp = advance(work, FOLLOW_UPS, follow_up_id, "reach")
    _attempt(work, call, channel, True, note)
    call.by_id = work.by.id
    return work.add(call)


def miss(
    work: Work,
    follow_up_id: int,
    *,
    channel: Channel = Channel.PHONE,
    note: str = "",
    again_at: datetime | None = None,
) -> FollowUp:
    """Nobody answered. The try is kept, and the call is due again: at `again_at`, or the next open day at the time they like.

    Refuses a time that has passed, and a note over 500 characters.
    """
    call: FollowUp = advance(work, FOLLOW_UPS, follow_up_id, "miss")
    if again_at is not None and again_at <= work.now:
        raise InThePast
    _attempt(work, call, channel, False, note)
    call.due_at = again_at or next_try(work, work.get(Customer, call.customer_id).call_when)
    return work.add(call)


def answer(
    work: Work,
    follow_up_id: int,
    *,
    scores: Mapping[str, int | None],
    recommend: int | None = None,
    comment: str | None = None,
) -> FollowUp:
    """Keep answers while the customer speaks: 1 to 5 for each question, 0 to 10 for recommending, own words.

    None leaves what is there. Refuses unknown questions, numbers out of range, and over 2000 characters.
    """
    call: FollowUp = advance(work, FOLLOW_UPS, follow_up_id, "answer")
    for question, score in scores.items():
        if score is not None:
            _keep(work, call, question, score)
    if recommend is not None:
        within(recommend, N_("Would recommend us"), 0, 10)
        call.recommend = recommend
    if comment is not None:
        call.comment = text(comment, N_("In their own words"), 2000, needed=False)
    return work.add(call)


def satisfied(work: Work, follow_up_id: int) -> FollowUp:
    """Close the call as satisfied. Refuses with AnswersMissing, and with BadAnswer when an answer calls for a complaint."""
    call: FollowUp = advance(work, FOLLOW_UPS, follow_up_id, "satisfied")
    call.finished_at, call.by_id = work.now, work.by.id
    return work.add(call)


def complain(work: Work, follow_up_id: int, *, words: str, kind: ComplaintKind | None = None) -> Complaint:
    """Something is wrong: the call ends with a complaint about that order. Refuses blank words, or over 2000 characters."""
    call: FollowUp = advance(work, FOLLOW_UPS, follow_up_id, "complain")
    call.finished_at, call.by_id = work.now, work.by.id
    work.db.add(call)
    return receive(
        work, customer_id=call.customer_id, order_id=call.order_id, follow_up_id=call.id, words=words, kind=kind
    )


def answers(work: Work, follow_up_id: int) -> dict[str, int]:
    """The answers kept so far, by question."""
    query = select(FollowUpAnswer).where(FollowUpAnswer.follow_up_id == follow_up_id)
    return {row.question: row.score for row in work.db.exec(query.order_by(col(FollowUpAnswer.question)))}


def attempts(work: Work, follow_up_id: int) -> list[ContactAttempt]:
    """Every try, oldest first."""
    query = select(ContactAttempt).where(ContactAttempt.follow_up_id == follow_up_id)
    return list(work.db.exec(query.order_by(col(ContactAttempt.id))))


def _keep(work: Work, call: FollowUp, question: str, score: int) -> None:
    if question not in QUESTIONS:
        raise NoSuchQuestion
    within(score, QUESTIONS[question], 1, 5)
    row = work.db.get(FollowUpAnswer, (call.id, question)) or FollowUpAnswer(
        follow_up_id=call.id, question=question, score=score
    )
    row.score = score
    work.add(row)


def _attempt(work: Work, call: FollowUp, channel: Channel, reached: bool, note: str) -> None:
    work.add(
        ContactAttempt(
            customer_id=call.customer_id,
            follow_up_id=call.id,
            order_id=call.order_id,
            channel=channel,
            reached=reached,
            note=text(note, N_("Note"), 500, needed=False),
            at=work.now,
            by_id=work.by.id,
        )
    )
