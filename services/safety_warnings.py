"""Work that concerns safety is declined only after it was explained why: a sentence per job, kept with the consent."""

from collections.abc import Collection, Mapping, Sequence

from db.enums import Answer
from db.models import OrderJob, OrderLine
from services.alternatives import ways
from services.i18n import DEFAULT, N_, translate
from services.refusals import Refusal

EXPLAINED = N_("Without “{job}” the car may not be safe. This was explained, and it is declined all the same.")


class NotWarned(Refusal):
    """“{job}” concerns safety. Explain what happens without it first, and note that it was said."""


def unsafe(jobs: Sequence[OrderJob], lines: Sequence[OrderLine], answers: Mapping[int, Answer]) -> list[OrderJob]:
    """The jobs that concern safety and that these answers decline wholly; of several ways to do one the first, and none when
    another way is agreed."""
    said: dict[int, set[Answer]] = {}
    for line in lines:
        said.setdefault(line.order_job_id, set()).add(answers.get(line.id, line.answer))
    asked = {line.order_job_id for line in lines if line.id in answers}
    done = {key for key, group in ways(jobs).items() if any(Answer.AGREED in said.get(job.id, ()) for job in group)}
    found = [
        job
        for job in jobs
        if job.safety and job.id in asked and said[job.id] == {Answer.DECLINED} and job.alternative not in done
    ]
    first = {job.alternative: job.id for job in reversed(found)}
    return [job for job in found if job.alternative is None or first[job.alternative] == job.id]


def warnings(
    jobs: Sequence[OrderJob],
    lines: Sequence[OrderLine],
    answers: Mapping[int, Answer],
    warned: Collection[int],
    language: str,
) -> list[str]:
    """What was explained, a sentence per job in the customer's language. Refuses with NotWarned when it was not."""
    found = unsafe(jobs, lines, answers)
    for job in found:
        if job.id not in warned:
            raise NotWarned(job=job.title)
    return [translate(language or DEFAULT, EXPLAINED, job=job.title) for job in found]
