"""What the private page asks the customer: about extra work with reason, photos, price and time, and about a new time."""

from dataclasses import dataclass, replace
from datetime import datetime

from db.enums import Answer, OrderStatus
from db.models import Attachment, Garage, OrderJob
from services.booking_papers import length_words
from services.estimates import customer_pays
from services.files import read
from services.found_words import said
from services.i18n import N_, translate
from services.job_photos import photos_of
from services.link_answers import asked_of_customer, delay_of_customer
from services.money import show
from services.order_facts import OrderFacts
from services.order_links import opened_order
from services.order_moves import ORDERS
from services.order_words import LineWords, line_words, unpriced_words
from services.papers import moment_words
from services.promise_proposals import with_extra
from services.refusals import NotFound
from services.safety_warnings import EXPLAINED
from services.visit import Visit
from services.work import Work
from services.workflow import facts_of

DANGER = N_("Without this work the car may not be safe.")


@dataclass(frozen=True)
class AskedJob:
    """One job to answer. `warning` is what has to be read before it is declined; empty when it does not concern safety."""

    id: int
    title: str
    reason: str
    urgency: str
    colour: str
    danger: str
    warning: str
    time: str
    amount: str
    lines: tuple[tuple[int, LineWords], ...]
    photos: tuple[int, ...]


@dataclass(frozen=True)
class Asked:
    """Everything that waits for the customer's word: `ready` the new time when all is agreed (empty: the promised time holds),
    `shown_at` and `version` what the answer is about."""

    jobs: tuple[AskedJob, ...]
    together: str
    ready: str
    shown_at: datetime | None
    version: int


@dataclass(frozen=True)
class Longer:
    """A delay to be answered: when the car is ready now, and when it was to be (empty: nothing was promised)."""

    id: int
    ready: str
    was: str


def longer(work: Work, visit: Visit, language: str) -> Longer | None:
    """The new time the customer is asked about, without the workshop's reasons; None when there is none, or it has passed."""
    delay = delay_of_customer(work, visit.facts)
    if delay is None or delay.proposed_at <= work.now:
        return None
    was = moment_words(work, delay.promised_was, language) if delay.promised_was else ""
    return Longer(delay.id, moment_words(work, delay.proposed_at, language), was)


def asked(work: Work, visit: Visit, language: str) -> Asked | None:
    """What is asked now; None when nothing is."""
    facts, garage = visit.facts, work.garage
    jobs = asked_of_customer(facts)
    if not jobs:
        return None
    photos = photos_of(work, [job.id for job in jobs])
    new = with_extra(work, facts, jobs)
    waiting = [line for line in facts.pending if not line.unpriced]
    return Asked(
        tuple(_job(facts, job, garage, language, photos.get(job.id, [])) for job in jobs),
        show(customer_pays(waiting, garage).total, garage.currency, language),
        moment_words(work, new, language) if new else "",
        new,
        facts.order.estimate_version,
    )


def without_asked(visit: Visit) -> Visit:
    """The visit with what is agreed or declined alone, while the car is worked on: the rest is asked about above it."""
    facts = visit.facts
    if not asked_of_customer(facts):
        return visit
    lines = [line for line in facts.lines if line.answer != Answer.PENDING]
    kept = {line.order_job_id for line in lines}
    return replace(visit, facts=replace(facts, lines=lines, jobs=[job for job in facts.jobs if job.id in kept]))


def shown_photo(work: Work, token: str, key: int) -> bytes:
    """A photo of extra work on the order a token opens. Refuses with NotFound."""
    facts = facts_of(work, ORDERS, opened_order(work, token))
    row = work.get(Attachment, key)
    mine = {job.id for job in facts.jobs if job.extra}
    if (row.subject, row.kind) != (OrderJob.__tablename__, "photo") or row.subject_id not in mine:
        raise NotFound
    if facts.order.status == OrderStatus.CANCELLED:
        raise NotFound
    return read(work.ws.data_dir, row.sha256)


def _job(facts: OrderFacts, job: OrderJob, garage: Garage, language: str, photos: list[Attachment]) -> AskedJob:
    waiting = [line for line in facts.job_lines(job) if line.answer == Answer.PENDING]
    priced = [line for line in waiting if not line.unpriced]
    later = [unpriced_words(line, garage.currency, language) for line in waiting if line.unpriced]
    due = show(customer_pays(priced, garage).total, garage.currency, language) if priced else ""
    return AskedJob(
        job.id,
        job.title,
        said(language, job.reason),
        translate(language, job.urgency.label) if job.urgency else "",
        job.urgency.color if job.urgency else "gray",
        translate(language, DANGER) if job.safety else "",
        translate(language, EXPLAINED, job=job.title) if job.safety else "",
        length_words(job.minutes, language) if job.minutes and job.done_at is None else "",
        " + ".join(filter(None, (due, *later[:1]))),
        tuple((line.id, line_words(line, garage, language)) for line in waiting),
        tuple(photo.id for photo in photos),
    )
