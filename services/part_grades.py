"""Which kind of part each of several ways to do a job has."""

from sqlmodel import col, select

from db.models import Part
from services.order_facts import OrderFacts
from services.work import Work


def parts_to_choose(work: Work, facts: OrderFacts) -> dict[int, Part]:
    """The parts of jobs of which one is to be chosen, by id. One query; none when there is nothing to choose."""
    jobs = {job.id for job in facts.jobs if job.alternative is not None}
    ids = [line.part_id for line in facts.lines if line.order_job_id in jobs and line.part_id]
    return {part.id: part for part in work.db.exec(select(Part).where(col(Part.id).in_(ids)))} if ids else {}
