"""Ways to do one job of which the customer chooses one: an original part, a brand part, a used one.

Agreeing to one declines the others; the one agreed, before that the first not declined, counts for sums and minutes.
"""

from collections.abc import Iterable, Mapping, Sequence

from db.enums import Answer
from db.models import OrderJob, OrderLine
from services.refusals import Refusal


class OneWayOnly(Refusal):
    """“{title}” is offered in several ways: agree to one of them."""


def ways(jobs: Iterable[OrderJob]) -> dict[int, list[OrderJob]]:
    """The jobs of which one is to be chosen, by the number they share."""
    found: dict[int, list[OrderJob]] = {}
    for job in jobs:
        if job.alternative is not None:
            found.setdefault(job.alternative, []).append(job)
    return found


def counted(jobs: Sequence[OrderJob], lines: Iterable[OrderLine]) -> list[OrderJob]:
    """The jobs that count for sums and minutes: of alternatives the one agreed, else the first not declined, else the first."""
    if all(job.alternative is None for job in jobs):
        return list(jobs)
    answers = _answers(lines)
    chosen = {key: _chosen(group, answers).id for key, group in ways(jobs).items()}
    return [job for job in jobs if job.alternative is None or chosen[job.alternative] == job.id]


def completed(jobs: Sequence[OrderJob], lines: Sequence[OrderLine], answers: Mapping[int, Answer]) -> dict[int, Answer]:
    """The answers by line id, with those that follow: agreeing to one way declines what still waits of the others.

    Refuses with OneWayOnly when two ways would be agreed, also when one was agreed before.
    """
    said = dict(answers)
    for group in ways(jobs).values():
        keys = {job.id for job in group}
        mine = [line for line in lines if line.order_job_id in keys]
        agreed = {line.order_job_id for line in mine if said.get(line.id, line.answer) == Answer.AGREED}
        if len(agreed) > 1:
            raise OneWayOnly(title=group[0].title)
        if agreed:
            others = (line for line in mine if line.order_job_id not in agreed and line.answer == Answer.PENDING)
            said |= {line.id: Answer.DECLINED for line in others}
    return said


def _answers(lines: Iterable[OrderLine]) -> dict[int, set[Answer]]:
    found: dict[int, set[Answer]] = {}
    for line in lines:
        found.setdefault(line.order_job_id, set()).add(line.answer)
    return found


def _chosen(group: Sequence[OrderJob], answers: Mapping[int, set[Answer]]) -> OrderJob:
    agreed = (job for job in group if Answer.AGREED in answers.get(job.id, ()))
    open_yet = (job for job in group if answers.get(job.id) != {Answer.DECLINED})
    return next(agreed, None) or next(open_yet, group[0])
