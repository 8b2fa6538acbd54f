"""Why a job is proposed, and how soon it should be done."""

from db.models import OrderJob
from services.found_words import said
from ui.text import Safe, badge, joined, language, md, t


def job_reason(job: OrderJob) -> Safe:
    """What was found, with its urgency; nothing for a job the customer came for."""
    if not job.reason:
        return Safe("")
    soon = badge(job.urgency.color, job.urgency.icon, t(job.urgency.label)) if job.urgency else None
    return joined(soon, md(said(language(), job.reason)), by=" ")
