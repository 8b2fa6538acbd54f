"""Work found on the car: proposed to the customer, and not begun before the answer (services/consents.py records it)."""

from collections.abc import Sequence
from decimal import Decimal

from db.enums import LineKind, Role, Urgency
from db.enums_reception import OrderTaskKind
from db.models import OrderJob, WorkOrder
from services import order_tasks
from services.files import attach_photo
from services.i18n import N_
from services.line_changes import put_outside
from services.order_lines import MOST_MINUTES, put_catalogue_job, put_charge, put_free_job
from services.order_moves import ORDERS
from services.refusals import Missing, Refusal
from services.standing import agree_beforehand
from services.validate import text, within
from services.work import Work
from services.workflow import advance

MOST_PHOTOS = 8  # of one job


class TooManyPhotos(Refusal):
    """At most {most} photos for one job."""


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
    photos: Sequence[bytes] = (),
    outside: bool = False,
    supplier: str = "",
    cost: Decimal | None = None,
) -> OrderJob:
    """Put extra work on the order, waiting for the customer's answer: a job of the catalogue with its parts, or one named by
    `title` with the minutes it takes and its price. `safety`: the car is not safe without it, whatever the catalogue says.
    `outside`: a job named by `title` is done elsewhere, by a supplier for a cost as far as known; its minutes are those here.

    The advisor gets the task to ask the customer; only what the customer agreed to beforehand (services/standing.py) is agreed
    at once. Refuses a blank reason, a free job without title, minutes or price, and with TooManyPhotos more than eight.
    """
    order: WorkOrder = advance(work, ORDERS, order_id, "add_extra", title=title, reason=reason)
    reason = text(reason, N_("Reason"), 500)
    if job_id is not None:
        job = put_catalogue_job(work, order, job_id)
    elif outside:
        job = _elsewhere(work, order, title, minutes, price, supplier, cost)
    else:
        job = _free(work, order, title, minutes, price)
    job.extra, job.reason, job.urgency, job.safety = True, reason, urgency, job.safety or safety
    work.db.add(job)
    order.estimate_version += 1
    work.db.add(order)
    work.db.flush()
    show(work, job, photos)
    if agree_beforehand(work, order, job) is None:
        order_tasks.ask(work, order_id, OrderTaskKind.EXTRA, Role.ADVISOR, f"{job.title} · {reason}", job.id)
    return job


def show(work: Work, job: OrderJob, photos: Sequence[bytes]) -> None:
    """Keep photos of what was found with a job. Refuses with TooManyPhotos, and unreadable ones."""
    if len(photos) > MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    for photo in photos:
        attach_photo(work, job, photo)


def _free(work: Work, order: WorkOrder, title: str, minutes: int | None, price: Decimal | None) -> OrderJob:
    if minutes is None:
        raise Missing(field=N_("Minutes"))
    if price is None:
        raise Missing(field=N_("Price"))
    return put_free_job(work, order, title=title, minutes=minutes, price=price)


def _elsewhere(
    work: Work,
    order: WorkOrder,
    title: str,
    minutes: int | None,
    price: Decimal | None,
    supplier: str,
    cost: Decimal | None,
) -> OrderJob:
    """One line of outside work at the customer's price; taking the part off and putting it back is in it."""
    within(minutes, N_("Minutes"), 0, MOST_MINUTES)
    job = work.add(OrderJob(order_id=order.id, title=text(title, N_("Job"), 160), minutes=minutes or 0))
    line = put_charge(work, job, LineKind.OUTSIDE, title=job.title, price=price)
    put_outside(work, line, supplier, cost, None)
    work.add(line)
    return job
