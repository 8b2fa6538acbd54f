"""What the garage already knows: similar symptoms on the same model before, and what cured them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from typing import Any

from sqlalchemy import select as sa_select
from sqlmodel import col, select

from db.enums import OrderStatus
from db.models import Job, OrderJob, Vehicle, WorkOrder
from services.normalize import clean_text
from services.symptoms import Answers, suggested
from services.work import Work

HELD_AFTER = timedelta(days=90)  # without coming back for the same
_BACK = timedelta(days=3 * 365)  # what was found longer ago is no longer looked at, nor more cars than
_CARS = 300
_CASES = 400
_SHOWN = 4
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# "no pulling", "无跑偏": just what it is not; "加速无力" and "无法启动" are
_DENIED = re.compile(
    r"\b(?:no|without)\b[^.,;:]*|[无没][^，。；、,.;]*", re.IGNORECASE
)  # no pulling, 无跑偏: just what it is not
_ENGLISH = re.compile(r"[a-z]{3,}")
_LEAST = 0.15  # share of words in common
_STEM = 4  # letters: brake, brakes, braking
_FILLING = (
    "the and for with when that this from have has had been its not but can you could our out off was were there just like "
    "very get got all any car cars while after before since what only then than into over does did customer please about "
    "week weeks weekend weekends month months day days today yesterday morning lately time times first second last one two three "
    "thing things especially came come comes bit lot normal "
    "时候 有点 最近 一直 客户 的时 现在 起来 之后 以后 没有 帮我"
)
_SAY_NOTHING = frozenset(_FILLING.split())


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
    """One visit at which something similar was cured."""

    order_id: int
    vehicle_id: int
    job_id: int | None
    title: str
    minutes: int
    complaint: str
    cause: str
    correction: str
    left_at: datetime
    trouble: Trouble


@dataclass(frozen=True)
class Cure:
    """A job that cured it before, told by its likest case: `times` done, `held` of the `known` ones, whose 90 days are over or
    whose car came back. `offered`: the catalogue still has the job (always, for one in free words)."""

    case: Case
    times: int
    held: int
    known: int
    offered: bool


Visit = tuple[datetime, str, Answers | None]  # when the car came, with what
_CASE: tuple[Any, ...] = (
    WorkOrder.id, WorkOrder.vehicle_id, OrderJob.job_id, OrderJob.title, OrderJob.minutes, WorkOrder.concern, OrderJob.cause,
    OrderJob.correction, WorkOrder.delivered_at, WorkOrder.answers, Job.active,
)  # fmt: skip
_VISIT: tuple[Any, ...] = (WorkOrder.vehicle_id, WorkOrder.arrived_at, WorkOrder.concern, WorkOrder.answers)


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
    meant = _DENIED.sub(" ", concern)
    return frozenset(suggested(meant)), frozenset(_words(meant))


def similar_cases(work: Work, order: WorkOrder) -> list[Cure]:
    """What cured similar symptoms on cars of the same make and model, the likest first: at most four. Three queries, over the
    last three years and the 300 cars that came last."""
    car = work.get(Vehicle, order.vehicle_id)
    now = trouble_of(order.concern, order.answers)
    if not car.model or not (now.named or now.words):
        return []
    found = [
        (score, case, offered) for case, offered in _cases(work, car, order.id) if (score := now.likeness(case.trouble))
    ]
    if not found:
        return []
    ended = _came_back(work, [case for _, case, _ in found])
    groups: dict[object, list[tuple[float, Case, bool]]] = defaultdict(list)
    for one in found:
        groups[one[1].job_id or one[1].title].append(one)
    ranked = sorted(groups.values(), key=lambda group: (-max(score for score, _, _ in group), -len(group)))
    return [_cure(work.now, group, ended) for group in ranked[:_SHOWN]]


def _cure(now: datetime, group: Sequence[tuple[float, Case, bool]], back: set[int]) -> Cure:
    _, best, offered = max(group, key=lambda one: (one[0], one[1].left_at))
    cases = {case.order_id: case for _, case, _ in group}.values()
    known = [case for case in cases if case.order_id in back or case.left_at + HELD_AFTER <= now]
    return Cure(best, len(cases), sum(case.order_id not in back for case in known), len(known), offered)


def _cases(work: Work, car: Vehicle, order_id: int) -> list[tuple[Case, bool]]:
    cars = (
        select(Vehicle.id)
        .where(Vehicle.make == car.make, Vehicle.model == car.model, col(Vehicle.visited_at).is_not(None))
        .order_by(col(Vehicle.visited_at).desc())
        .limit(_CARS)
    )
    told: Any = (
        sa_select(*_CASE)
        .join(OrderJob, col(OrderJob.order_id) == col(WorkOrder.id))
        .outerjoin(Job, col(Job.id) == col(OrderJob.job_id))
        .where(col(WorkOrder.vehicle_id).in_(cars), col(WorkOrder.delivered_at) >= work.now - _BACK)
        .where(col(WorkOrder.id) != order_id, col(OrderJob.done_at).is_not(None), col(OrderJob.cause) != "")
        .order_by(col(WorkOrder.delivered_at).desc(), col(OrderJob.id))
        .limit(_CASES)
    )
    return [_case(*row) for row in work.db.execute(told)]


def _case(*row: Any) -> tuple[Case, bool]:
    order_id, vehicle_id, job_id, title, minutes, concern, cause, correction, left_at, answers, active = row
    trouble = trouble_of(concern, answers)
    case = Case(order_id, vehicle_id, job_id, title, minutes, concern, cause, correction, left_at, trouble)
    return case, active is not False


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


def _words(text: str) -> Iterable[str]:
    """English words cut to their beginning, Chinese ones as pairs of characters; what says nothing is left out."""
    plain = clean_text(text).casefold()
    for run in _CHINESE.findall(plain):
        yield from (pair for pair in map("".join, pairwise(run)) if pair not in _SAY_NOTHING)
    yield from (word[:_STEM] for word in _ENGLISH.findall(plain) if word not in _SAY_NOTHING)
