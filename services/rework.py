"""What fails goes back for a named cause, to a named job and person, whose car it is first."""

from collections.abc import Iterable
from dataclasses import dataclass

from db.enums_checks import CheckPoint as P
from db.enums_workshop import ReworkCause
from db.models import OrderJob, Staff
from services import permissions as may
from services.order_facts import OrderFacts
from services.people import people_with, person_of
from services.refusals import NotFound, Refusal
from services.work import Work

_CAUSES = {
    P.DONE: ReworkCause.FORGOTTEN,
    P.TOOLS: ReworkCause.FORGOTTEN,
    P.RESET: ReworkCause.FORGOTTEN,
    P.SIGNED: ReworkCause.FORGOTTEN,
    P.NEXT_SERVICE: ReworkCause.FORGOTTEN,
    P.EMPTY: ReworkCause.FORGOTTEN,
    P.CONCERN: ReworkCause.DIAGNOSIS,
    P.SYMPTOM: ReworkCause.DIAGNOSIS,
    P.PROVEN: ReworkCause.DIAGNOSIS,
    P.SAME_CONDITIONS: ReworkCause.DIAGNOSIS,
    P.LOOK: ReworkCause.DAMAGE,
    P.CLEAN: ReworkCause.NOT_CLEAN,
    P.TIDY: ReworkCause.NOT_CLEAN,
}


class NobodyForRework(Refusal):
    """{name} does not repair cars here any more. Choose somebody else for the rework."""


@dataclass(frozen=True)
class Rework:
    """Why a car goes back, on which job, and who does it again."""

    cause: ReworkCause
    job: OrderJob | None
    staff: Staff | None


def likely_cause(keys: Iterable[str]) -> ReworkCause:
    """The cause the first point speaks for that is not in order; work not done properly when none does."""
    return next((_CAUSES[P(key)] for key in keys if key in _CAUSES), ReworkCause.WORK)


def likely_job(facts: OrderFacts) -> OrderJob | None:
    """The agreed job worked on last; without clocks the first one."""
    jobs = {job.id: job for job in facts.agreed_jobs}
    last = next((clock for clock in reversed(facts.clocks) if clock.order_job_id in jobs), None)
    return jobs[last.order_job_id] if last else next(iter(jobs.values()), None)


def who_did(facts: OrderFacts, job_id: int | None) -> int | None:
    """Who worked on that job last; else whose car it is."""
    mine = [clock.staff_id for clock in facts.clocks if clock.order_job_id == job_id]
    return mine[-1] if mine else facts.order.technician_id


def who_repairs(work: Work) -> list[Staff]:
    """Everyone who can be given rework, by name."""
    return people_with(work, may.REPAIRS)


def named(
    work: Work,
    facts: OrderFacts,
    *,
    failed: Iterable[str],
    cause: ReworkCause | None,
    order_job_id: int | None,
    staff_id: int | None,
) -> Rework:
    """Cause, job and person, as chosen; what was left open as it is most likely.

    Refuses a job that is none of the agreed ones with NotFound, a person who does not repair with NobodyForRework.
    """
    job = likely_job(facts)
    if order_job_id is not None:
        job = next((one for one in facts.agreed_jobs if one.id == order_job_id), None)
        if job is None:
            raise NotFound
    return Rework(cause or likely_cause(failed), job, _staff(work, facts, job, staff_id))


def _staff(work: Work, facts: OrderFacts, job: OrderJob | None, chosen: int | None) -> Staff | None:
    found = chosen or who_did(facts, job.id if job else None)
    if found is None:
        return None
    person = person_of(work, found)
    if person is not None and person.has(*may.REPAIRS):
        return work.get(Staff, found)
    if chosen:
        raise NobodyForRework(name=work.get(Staff, found).name)
    return None
