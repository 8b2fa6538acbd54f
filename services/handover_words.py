"""What a customer takes home in words: the work, advice, the next service, what the garage answers for. On paper and by link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.enums import Answer
from db.models import Guarantee, OrderJob, Recommendation
from services import free_services, guarantees
from services.found_words import said
from services.handover_rows import of_order
from services.handover_safety import left_undone
from services.i18n import N_, translate
from services.next_service import NextService, next_service, regular_jobs
from services.order_facts import OrderFacts
from services.papers import day_words, km_words
from services.recommendations import is_on, open_recommendations
from services.visit import Visit
from services.work import Work

Pair = tuple[str, str]


@dataclass(frozen=True)
class TakenHome:
    """Everything a customer should still know in a month, in one language; what there is nothing of is empty."""

    done: list[Pair]
    advice: list[str]
    declined: list[Pair]
    unsafe: list[str]
    next_service: str
    next_use: str
    guarantees: list[Pair]
    free: str


def taken_home(work: Work, one: Visit, language: str) -> TakenHome:
    """What was told at the hand-over, as it was told. A fixed number of queries."""
    facts, row = one.facts, of_order(work, one.order.id)
    told = next_service(work, facts, row)
    promised = guarantees.of_order(work, one.order.id) or guarantees.proposal(work, facts)
    advised = [new for new in open_recommendations(work, one.car.id) if not is_on(facts.agreed_jobs, new)]
    return TakenHome(
        [(job.title, " → ".join(filter(None, (job.cause, job.correction)))) for job in facts.agreed_jobs if job.done_at],
        [_advice(new, language) for new in advised],
        [(job.title, said(language, job.reason)) for job in _declined(facts)],
        [left.title for left in left_undone(work, facts)],
        until_words(told.on, told.km, language),
        _use(told, language),
        [(held.title, translate(language, N_("until {until}"), until=_until(held, language))) for held in promised],
        _free(work, one, language),
    )  # fmt: skip


def until_words(on: date | None, km: int | None, language: str) -> str:
    """Until which day, or up to which reading."""
    parts = (day_words(on, language) if on else "", km_words(km or None, language))
    return f" {translate(language, N_('or'))} ".join(filter(None, parts))


def _until(row: Guarantee, language: str) -> str:
    return until_words(row.until, row.until_km, language)


def _use(told: NextService, language: str) -> str:
    use = translate(language, N_("{km} km a year"), km=f"{told.year_km:,}") if told.year_km else ""
    likely = translate(language, N_("likely {day}"), day=day_words(told.expected, language)) if told.expected else ""
    return " · ".join(filter(None, (use, likely, translate(language, told.reason) if told.reason else "")))


def _advice(row: Recommendation, language: str) -> str:
    due = until_words(row.due_on, row.due_km, language)
    safety = translate(language, N_("safety")) if row.safety else ""
    return " · ".join(filter(None, (row.text, translate(language, row.urgency.label), safety, due)))


def _declined(facts: OrderFacts) -> Sequence[OrderJob]:
    return [job for job in facts.jobs if facts.job_answer(job) == Answer.DECLINED]


def _free(work: Work, one: Visit, language: str) -> str:
    if regular_jobs(work, one.facts):
        return ""
    sheet = one.facts.inspection
    found = free_services.first_free(work, one.car, sheet.odometer_km if sheet else one.car.odometer_km)
    if found is None:
        return ""
    words = until_words(found.until, found.km, language)
    return translate(language, N_("The first service is free: {until}"), until=words)
