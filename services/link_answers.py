"""The customer answers alone, on the private page of the visit: about extra work line by line, about a new time; with the name."""

from collections.abc import Collection, Mapping
from datetime import datetime

from db.enums import Answer, Channel, ConsentMethod
from db.enums_workshop import DelayAnswer
from db.models import Consent, Delay, OrderJob, WorkOrder
from services.consents import answer_extra
from services.delays import answer, open_delay
from services.order_facts import OrderFacts
from services.order_links import opened_order
from services.order_moves import ORDERS
from services.promise_proposals import with_extra
from services.promise_reckoning import GRID
from services.refusals import Refusal
from services.work import Work
from services.workflow import facts_of


class ChangedMeanwhile(Refusal):
    """This has changed meanwhile. Please read it again; nothing was sent."""


class NothingAnswered(Refusal):
    """Please choose an answer first."""


def asked_of_customer(facts: OrderFacts) -> list[OrderJob]:
    """The jobs with lines that wait for the customer's word while the car is worked on; none before or after."""
    if not ORDERS.move("answer_extra").fits(facts, facts.order.status):
        return []
    return [job for job in facts.jobs if any(line.answer == Answer.PENDING for line in facts.job_lines(job))]


def answer_by_link(
    work: Work,
    token: str,
    *,
    answers: Mapping[int, Answer],
    person: str,
    version: int,
    shown_at: datetime | None = None,
    warned: Collection[int] = (),
    language: str = "",
) -> Consent:
    """Keep the answers by line id that a customer gave on the page of estimate `version`, on which `shown_at` was the new time
    with everything agreed. With the yes the car is promised for then, or sooner when less is agreed.

    Refuses with NotFound (whatever is wrong with the link), ChangedMeanwhile when version or time are others by now,
    NothingAnswered, and as `consents.answer_lines` a blank name, a line answered before, safety work declined without the
    warning read.
    """
    order = work.lock(WorkOrder, opened_order(work, token))
    if asked_of_customer(facts_of(work, ORDERS, order.id)) and not answers:
        raise NothingAnswered
    if order.estimate_version != version:
        raise ChangedMeanwhile
    facts = facts_of(work, ORDERS, order.id)
    yes = {line.order_job_id for line in facts.lines if answers.get(line.id) == Answer.AGREED}
    new = with_extra(work, facts, [job for job in facts.jobs if job.id in yes])
    if new and (shown_at is None or new > shown_at + GRID):
        raise ChangedMeanwhile
    promised = min(new, shown_at) if new and shown_at else None
    return answer_extra(work, order.id, answers=answers, method=ConsentMethod.LINK, person=person, warned=warned,
                        language=language, promised_at=promised)  # fmt: skip


def delay_of_customer(work: Work, facts: OrderFacts) -> Delay | None:
    """The delay the customer has still to be told of; None when there is none, or the car is ready."""
    if not ORDERS.move("report_delay").fits(facts, facts.order.status):
        return None
    return open_delay(work, facts.order.id)


def answer_delay_by_link(work: Work, token: str, *, delay_id: int, suits: bool, person: str) -> Delay:
    """What the customer says to the new time on the private page: it suits, or the car is needed sooner.

    Refuses with NotFound (whatever is wrong with the link), ChangedMeanwhile when another delay counts or it was answered, and
    with Missing a blank name.
    """
    order = work.lock(WorkOrder, opened_order(work, token))
    now = delay_of_customer(work, facts_of(work, ORDERS, order.id))
    if now is None or now.id != delay_id or now.proposed_at <= work.now:
        raise ChangedMeanwhile
    said = DelayAnswer.AGREES if suits else DelayAnswer.SOONER
    return answer(work, delay_id, answer=said, channel=Channel.WEB, person=person)
