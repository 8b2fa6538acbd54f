"""The diagnosis of a job (W02): complaint, cause, correction."""

from db.models import OrderJob
from services.i18n import N_
from services.order_moves import ORDERS
from services.refusals import NotFound, Refusal
from services.validate import text
from services.work import Work
from services.workflow import advance, facts_of


class Diagnosed(Refusal):
    """Somebody else has just written a diagnosis of “{job}”. Look at it and try again; what you wrote is still here."""


def diagnose(
    work: Work,
    order_id: int,
    job_id: int,
    *,
    complaint: str,
    cause: str,
    correction: str,
    seen: tuple[str, str, str] | None = None,
) -> OrderJob:
    """Complaint, cause and correction of a job, each at most 1000 characters; `seen` is what stood there on the screen.

    Refuses with Diagnosed when somebody else wrote meanwhile, NotFound, TooLong.
    """
    advance(work, ORDERS, order_id, "diagnose")
    job = next((job for job in facts_of(work, ORDERS, order_id).jobs if job.id == job_id), None)
    if job is None:
        raise NotFound
    said = (
        text(complaint, N_("What the car does"), 1000, needed=False),
        text(cause, N_("Cause"), 1000, needed=False),
        text(correction, N_("Correction"), 1000, needed=False),
    )
    if seen is not None and (job.complaint, job.cause, job.correction) not in (seen, said):
        raise Diagnosed(job=job.title)
    job.complaint, job.cause, job.correction = said
    return work.add(job)
