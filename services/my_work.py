"""What a technician's card tells: every agreed job with its standard time, what was clocked on it by whom, and what is left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from db.enums import OrderStatus, Skill
from db.models import OrderJob
from services.clocks import HOLDS, PAUSES, clocked
from services.order_facts import OrderFacts

ON_IT = (OrderStatus.IN_WORK, OrderStatus.ON_HOLD, OrderStatus.REWORK, OrderStatus.SELF_CHECK)
_LEFT_OFF = {reason.value for reason in (*PAUSES, *HOLDS)}


@dataclass(frozen=True)
class JobTime:
    """One job. `spent` are whole minutes clocked by person, `running` those whose clock runs now."""

    job: OrderJob
    spent: Mapping[int, int]
    running: frozenset[int]
    open: bool

    @property
    def clocked(self) -> int:
        """Minutes clocked by everybody."""
        return sum(self.spent.values())

    @property
    def left(self) -> int:
        """Minutes of the standard time that are left, negative when it is overrun."""
        return self.job.minutes - self.clocked

    @property
    def needs_words(self) -> bool:
        """Whether it is a fault whose cause nobody has written down yet."""
        return bool(self.job.complaint or self.job.skill == Skill.DIAGNOSIS) and not self.job.cause


def on_it(facts: OrderFacts, person_id: int | None) -> bool:
    """Whether the car is the person's to work on: given to them, or they lend a hand (their clock runs, or they only paused)."""
    if facts.order.status not in ON_IT or person_id is None:
        return False
    last = next((clock for clock in reversed(facts.clocks) if clock.staff_id == person_id), None)
    helps = last is not None and (last.ended_at is None or last.end_reason in _LEFT_OFF)
    return facts.order.technician_id == person_id or (helps and facts.order.status != OrderStatus.SELF_CHECK)


def job_times(facts: OrderFacts, now: datetime) -> list[JobTime]:
    """The agreed jobs: those running first, then what is to be done, then what is done. In rework everything agreed is open."""
    spent = clocked(facts.clocks, now)
    again = facts.rework_job if facts.to_rework else None
    found = [_time(facts, job, spent, again) for job in facts.agreed_jobs]
    return sorted(found, key=lambda one: (not one.running, not one.open))


def _time(facts: OrderFacts, job: OrderJob, spent: Mapping[tuple[int, int], int], again: OrderJob | None) -> JobTime:
    to_redo = facts.to_rework and (again is None or again.id == job.id)
    return JobTime(
        job,
        {person: minutes for (key, person), minutes in spent.items() if key == job.id},
        frozenset(clock.staff_id for clock in facts.running if clock.order_job_id == job.id),
        job.done_at is None or to_redo,
    )
