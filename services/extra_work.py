"""Work found on the car: proposed to the customer, and not begun before the answer (services/consents.py records it)."""

from decimal import Decimal

from db.enums import Urgency
from db.models import OrderJob, WorkOrder
from services.i18n import N_
from services.order_lines import put_catalogue_job, put_free_job
from services.order_moves import ORDERS
from services.refusals import Missing
from services.standing import agree_beforehand
from services.validate import text
from services.work import Work
from services.workflow import advance


def propose(
    work: Work,
    order_id: int,
    *,
    reason: str,
    urgency: Urgency | None = None,
    job_id: int | None = None,
    title: str = "",
    minutes: int | None = None,
    price: Decimal | None = None,
    safety: bool = False,
) -> OrderJob:
    """Put extra work on the order, waiting for the customer's answer: a job of the catalogue with its parts, or one named by
    `title` with its minutes and price. `safety`: the car is not safe without it, whatever the catalogue says.

    What the customer agreed to beforehand is agreed at once (services/standing.py); everything else waits for the answer.

    Refuses a blank reason, and a free job without title, minutes or price.
    """
    order: WorkOrder = advance(work, ORDERS, order_id, "add_extra", title=title, reason=reason)
    reason = text(reason, N_("Reason"), 500)
    job = put_catalogue_job(work, order, job_id) if job_id is not None else _free(work, order, title, minutes, price)
    job.extra, job.reason, job.urgency, job.safety = True, reason, urgency, job.safety or safety
    work.db.add(job)
    order.estimate_version += 1
    work.db.add(order)
    work.db.flush()
    agree_beforehand(work, order, job)
    return job


def _free(work: Work, order: WorkOrder, title: str, minutes: int | None, price: Decimal | None) -> OrderJob:
    if minutes is None:
        raise Missing(field=N_("Minutes"))
    if price is None:
        raise Missing(field=N_("Price"))
    return put_free_job(work, order, title=title, minutes=minutes, price=price)
