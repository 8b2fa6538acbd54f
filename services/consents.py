"""The customer's word on each line, kept as evidence: what was asked, the sums at that moment, who answered and how."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlmodel import col, select

from db.enums import Answer, Channel, ConsentMethod, OrderStatus
from db.enums_reception import OrderTaskKind
from db.models import Consent, OrderJob, OrderLine, Staff, WorkOrder
from services import delays, order_tasks
from services import permissions as may
from services.alternatives import completed
from services.consent_rows import Said, Signature, consents, signatures, write_answers
from services.declining import nothing_wanted
from services.estimate_versions import last_change
from services.order_moves import ORDERS
from services.promises import agree_promise
from services.refusals import NotFound, Refusal, Stale
from services.safety_warnings import warnings
from services.work import Work
from services.workflow import advance, facts_of

__all__ = ["GIVEN", "AlreadyAnswered", "NoAnswer", "Said", "Signature", "SignatureMissing", "answer_extra", "answer_lines",
           "approve", "consents", "signatures", "still", "write_answers"]  # fmt: skip

# How somebody of the garage gets an answer; the customer alone answers by link, the program what was agreed beforehand.
GIVEN = (ConsentMethod.SIGNED, ConsentMethod.PHONE, ConsentMethod.MESSAGE)
_CHANNELS = {
    ConsentMethod.SIGNED: Channel.WALK_IN,
    ConsentMethod.PHONE: Channel.PHONE,
    ConsentMethod.MESSAGE: Channel.SMS,
    ConsentMethod.LINK: Channel.WEB,
}


class SignatureMissing(Refusal):
    """The customer has not signed yet."""


class NoAnswer(Refusal):
    """Record the customer's answer first."""


class AlreadyAnswered(Refusal):
    """The customer has already answered about “{title}”."""


def approve(
    work: Work,
    order_id: int,
    *,
    answers: Mapping[int, Answer],
    method: ConsentMethod,
    person: str,
    signature: Signature | None = None,
    note: str = "",
    version: int | None = None,
    warned: Collection[int] = (),
    language: str = "",
) -> Consent:
    """Keep the answers by line id and send the order to dispatch, or end the visit when all is declined.

    `version` is the estimate's as the customer saw it: Stale when there is another. Refuses like `answer_lines` and the move.
    """
    order = work.lock(WorkOrder, order_id)
    still(work, order, version)
    order.estimate_version = order.estimate_version or 1  # put to the customer before versions were counted
    consent = answer_lines(work, order, answers=answers, method=method, person=person, signature=signature, note=note,
                           warned=warned, language=language)  # fmt: skip
    lines = facts_of(work, ORDERS, order_id).lines
    if order.status == OrderStatus.AWAITING_APPROVAL and all(line.answer == Answer.DECLINED for line in lines):
        nothing_wanted(work, order)
    else:
        advance(work, ORDERS, order_id, "approve", consent=consent.id, method=method.label)
    return consent


def answer_extra(
    work: Work,
    order_id: int,
    *,
    answers: Mapping[int, Answer],
    method: ConsentMethod,
    person: str,
    signature: Signature | None = None,
    note: str = "",
    version: int | None = None,
    warned: Collection[int] = (),
    language: str = "",
    promised_at: datetime | None = None,
) -> Consent:
    """Keep the customer's answers about extra work, as of the estimate's `version` they were told. The car stays where it is.

    `promised_at`: the new time the customer was told the work takes until; it is promised when something is agreed.
    Refuses with Stale when there is another version by now, and as `answer_lines` and `agree_promise` do.
    """
    order: WorkOrder = advance(work, ORDERS, order_id, "answer_extra", method=method.label)
    still(work, order, version)
    consent = answer_lines(work, order, answers=answers, method=method, person=person, signature=signature, note=note,
                           warned=warned, language=language)  # fmt: skip
    _tell_who_asked(work, order_id, answers)
    if promised_at is not None and promised_at != order.promised_at and Answer.AGREED in answers.values():
        agree_promise(work, order_id, promised_at=promised_at, person=consent.person)
        delays.covered(work, order, channel=_CHANNELS[method], person=consent.person)
    return consent


def answer_lines(
    work: Work,
    order: WorkOrder,
    *,
    answers: Mapping[int, Answer],
    method: ConsentMethod,
    person: str,
    signature: Signature | None = None,
    note: str = "",
    warned: Collection[int] = (),
    language: str = "",
) -> Consent:
    """Write the answers on lines that wait for one, with words and sums as they stand now. Makes no move of its own.

    Of several ways to do a job, the one agreed declines the others. Refuses a blank name, no answer at all, a line answered
    before or of another order, two ways agreed, safety work declined without a warning, and a signed answer without signature.
    """
    work.needs(*may.RECEIVES)
    said = Said(method, person, signature, note, warned, language)
    if method not in GIVEN and not (method == ConsentMethod.LINK and work.by.id is None):
        raise NoAnswer
    answers, jobs, lines = _asked(work, order, answers)
    if method == ConsentMethod.SIGNED and signature is None:
        raise SignatureMissing
    explained = warnings(jobs, lines, answers, warned, language or work.by.language)
    return write_answers(work, order, [line for line in lines if line.id in answers], answers, said, explained)


def still(work: Work, order: WorkOrder, version: int | None) -> None:
    """Refuses with Stale when the customer saw another version of the estimate; None asks nothing."""
    if version is None or order.estimate_version == version:
        return
    shown = last_change(work, order.id)
    who = work.db.get(Staff, shown.by_id) if shown and shown.by_id else None
    at = work.local(shown.at).strftime("%H:%M") if shown else ""
    raise Stale(name=who.name if who else "", at=at)


def _asked(
    work: Work, order: WorkOrder, answers: Mapping[int, Answer]
) -> tuple[dict[int, Answer], Sequence[OrderJob], Sequence[OrderLine]]:
    """The answers with those that follow from them, and every job and line of the order."""
    given = {key: answer for key, answer in answers.items() if answer != Answer.PENDING}
    if not given:
        raise NoAnswer
    jobs = work.db.exec(select(OrderJob).where(OrderJob.order_id == order.id).order_by(col(OrderJob.id))).all()
    lines = work.db.exec(select(OrderLine).where(OrderLine.order_id == order.id).order_by(col(OrderLine.id))).all()
    by_id = {line.id: line for line in lines}
    for key in given:
        if key not in by_id:
            raise NotFound
        if by_id[key].answer != Answer.PENDING:
            raise AlreadyAnswered(title=by_id[key].title)
    return completed(jobs, lines, given), jobs, lines


def _tell_who_asked(work: Work, order_id: int, answers: Mapping[int, Answer]) -> None:
    """The tasks to ask about jobs that now wait for no word any more are done."""
    facts = facts_of(work, ORDERS, order_id)
    touched = {line.order_job_id for line in facts.lines if line.id in answers}
    for job in facts.jobs:
        if job.id in touched and facts.job_answer(job) != Answer.PENDING:
            order_tasks.settle(work, order_id, OrderTaskKind.EXTRA, facts.job_answer(job).label, [job.id])
