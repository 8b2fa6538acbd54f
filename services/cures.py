"""What cured a trouble before: cases grouped by the job that cured it, with how often the cure held."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from math import sqrt
from typing import Any

from sqlalchemy import select as sa_select
from sqlmodel import col

from db.enums import OrderStatus
from db.models import Job, OrderJob, Vehicle, WorkOrder
from services.case_words import hints_of, said, words_of
from services.symptoms import Answers
from services.work import Work

HELD_AFTER = timedelta(days=90)  # without coming back for the same
_LEAST = 0.15  # share of words in common


@dataclass(frozen=True)
class Trouble:
    """What was wrong, made comparable: kinds of symptom named by a tap or only hinted at, answers, words."""

    named: frozenset[str]
    hinted: frozenset[str]
    answers: frozenset[tuple[str, str, str]]
    words: frozenset[str]

    def likeness(self, other: "Trouble") -> float:
        """How much two have in common; 0 when both name no same symptom and share fewer than two words of few."""
        named, words = self.named & other.named, self.words & other.words
        share = len(words) / sqrt(len(self.words) * len(other.words)) if words else 0
        if not named and (len(words) < 2 or share < _LEAST):
            return 0
        hinted = (self.named | self.hinted) & (other.named | other.hinted)
        return 2 * len(named) + len(hinted) + 2 * len(self.answers & other.answers) + 6 * share


@dataclass(frozen=True)
class Case:
    """One visit at which something was cured: complaint, cause and correction of one job (`id`), and on which car."""

    id: int
    order_id: int
    number: str
    vehicle_id: int
    make: str
    model: str
    job_id: int | None
    title: str
    minutes: int
    cause: str
    correction: str
    left_at: datetime
    complaint: str
    trouble: "Trouble"
    in_catalogue: bool


@dataclass(frozen=True)
class Cure:
    """A job that cured it before, told by its likest case: `times` done, `held` of the `known` ones, whose 90 days are over or
    whose car came back. `offered`: the catalogue still has the job (always, for one in free words). `cases`: the likest first."""

    cases: tuple[Case, ...]
    held: int
    known: int

    @property
    def case(self) -> Case:
        """The likest case."""
        return self.cases[0]

    @property
    def times(self) -> int:
        """How many visits."""
        return len(self.cases)

    @property
    def offered(self) -> bool:
        """Whether the job can still be put on an order."""
        return self.case.in_catalogue


Visit = tuple[datetime, str, Answers | None]  # when the car came, with what
# the first columns are the fields of a Case, in their order
COLUMNS: tuple[Any, ...] = (
    OrderJob.id, WorkOrder.id, WorkOrder.number, WorkOrder.vehicle_id, Vehicle.make, Vehicle.model, OrderJob.job_id,
    OrderJob.title, OrderJob.minutes, OrderJob.cause, OrderJob.correction, WorkOrder.delivered_at,
    OrderJob.complaint, WorkOrder.concern, WorkOrder.answers, Job.active,
)  # fmt: skip
_FIELDS = 12
_VISIT: tuple[Any, ...] = (WorkOrder.vehicle_id, WorkOrder.arrived_at, WorkOrder.concern, WorkOrder.answers)


def finished_jobs() -> Any:
    """The query of cases: COLUMNS of every finished job of a car that has left; to be narrowed down and ordered."""
    return (
        sa_select(*COLUMNS)
        .join(OrderJob, col(OrderJob.order_id) == col(WorkOrder.id))
        .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
        .outerjoin(Job, col(Job.id) == col(OrderJob.job_id))
        .where(col(WorkOrder.delivered_at).is_not(None), col(OrderJob.done_at).is_not(None))
    )


def case_of(row: Sequence[Any]) -> Case:
    """A case from a row of `finished_jobs`."""
    complaint, concern, answers, active = row[_FIELDS:]
    values: list[Any] = [*row[:_FIELDS], complaint or concern, trouble_of(concern, answers), active is not False]
    return Case(*values)


def cures(work: Work, found: Sequence[tuple[float, Case]], most: int) -> list[Cure]:
    """The cases with their scores, grouped by the job that cured them, the likest group first: at most so many. One query."""
    if not found:
        return []
    groups: dict[object, list[tuple[float, Case]]] = defaultdict(list)
    for one in sorted(found, key=lambda one: (one[0], one[1].left_at), reverse=True):
        groups[one[1].job_id or one[1].title].append(one)
    ranked = sorted(groups.values(), key=lambda group: (-group[0][0], -len(group)))[:most]
    back = _came_back(work, [case for group in ranked for _, case in group])
    return [_cure(work.now, group, back) for group in ranked]


def _cure(now: datetime, group: Sequence[tuple[float, Case]], back: set[int]) -> Cure:
    cases = tuple({case.order_id: case for _, case in reversed(group)}.values())[::-1]
    known = [case for case in cases if case.order_id in back or case.left_at + HELD_AFTER <= now]
    return Cure(cases, sum(case.order_id not in back for case in known), len(known))


def trouble_of(concern: str, answers: Answers | None) -> Trouble:
    """A concern with the answers to the clarifying questions, made comparable."""
    hinted, words = _told(concern)
    if not answers:
        return Trouble(frozenset(), hinted, frozenset(), words)
    said = frozenset((s, q, code) for s, asked in answers.items() for q, codes in asked.items() for code in codes)
    return Trouble(frozenset(answers), hinted, said, words)


@lru_cache(maxsize=4000)
def _told(concern: str) -> tuple[frozenset[str], frozenset[str]]:
    """The symptoms a concern hints at, and its words; read once, because each tap of the interview compares them all again."""
    return frozenset(hints_of(concern)), frozenset(word for word in words_of(said(concern)) if len(word) > 1)


def _came_back(work: Work, cases: Sequence[Case]) -> set[int]:
    """The cases (by order) whose car came again for something like it within 90 days."""
    visits: Any = sa_select(*_VISIT).where(
        col(WorkOrder.vehicle_id).in_({case.vehicle_id for case in cases}),
        col(WorkOrder.arrived_at) > min(case.left_at for case in cases),
        col(WorkOrder.status) != OrderStatus.CANCELLED,
    )
    later: dict[int, list[Visit]] = defaultdict(list)
    for vehicle_id, *visit in work.db.execute(visits):
        later[vehicle_id].append((visit[0], visit[1], visit[2]))
    return {case.order_id for case in cases if _again(case, later[case.vehicle_id])}


def _again(case: Case, visits: Iterable[Visit]) -> bool:
    soon = (visit for visit in visits if case.left_at < visit[0] <= case.left_at + HELD_AFTER)
    return any(case.trouble.likeness(trouble_of(concern, answers)) for _, concern, answers in soon)
