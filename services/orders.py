"""What stands on a work order while the car is received: jobs and lines.

Lines change only at reception; a line that changes has to be answered again.
"""

from datetime import datetime
from decimal import Decimal

from sqlmodel import col, select

from db.enums import LineKind
from db.models import ConsentItem, OrderJob, OrderLine, Reservation, WorkOrder
from services import permissions as may
from services.alternative_moves import leave_no_lone_way
from services.estimate_versions import ask_again, request_approval, revise
from services.i18n import N_
from services.line_changes import change_line, price_line, put_outside, set_payer
from services.order_lines import ask_anew, job_of, line_of, put_catalogue_job, put_charge, put_free_job, put_part
from services.order_moves import ORDERS
from services.purchases import give_up_of_order
from services.refusals import Refusal
from services.validate import one_of, reason_given, text
from services.visit_parts import parts_over
from services.work import Work
from services.workflow import advance

__all__ = [
    "add_charge", "add_job", "add_part", "ask_again", "cancel", "change_line", "free_places", "price_line", "reached", "remove_job",
    "remove_line", "request_approval", "revise", "set_concern", "set_payer",
]  # fmt: skip


CHARGES = (LineKind.OUTSIDE, LineKind.FEE)


class WasAnswered(Refusal):
    """The customer has already answered about “{title}”, so it stays on the order; mark it as declined instead."""


def add_job(
    work: Work,
    order_id: int,
    *,
    job_id: int | None = None,
    title: str = "",
    minutes: int = 0,
    price: Decimal | None = None,
    unpriced: bool = False,
    up_to: Decimal | None = None,
) -> OrderJob:
    """Put a job on the order: one of the catalogue with its parts, or one in free words with minutes, priced as `put_free_job`
    says."""
    order: WorkOrder = advance(work, ORDERS, order_id, "edit", job=job_id or title)
    if job_id is not None:
        return put_catalogue_job(work, order, job_id)
    return put_free_job(work, order, title=title, minutes=minutes, price=price, unpriced=unpriced, up_to=up_to)


def add_part(work: Work, order_id: int, *, order_job_id: int, part_id: int, quantity: Decimal) -> OrderLine:
    """Put a part under a job of the order."""
    advance(work, ORDERS, order_id, "edit", part=part_id)
    row = put_part(work, job_of(work, order_id, order_job_id), part_id, quantity)
    ask_anew(work, row)
    return row


def add_charge(
    work: Work,
    order_id: int,
    *,
    order_job_id: int,
    kind: LineKind,
    title: str,
    price: Decimal | None = None,
    unpriced: bool = False,
    supplier: str = "",
    cost: Decimal | None = None,
    due_at: datetime | None = None,
) -> OrderLine:
    """Outside work (from whom, for how much, when it is due back) or a fee, under a job of the order."""
    advance(work, ORDERS, order_id, "edit", charge=title)
    job = job_of(work, order_id, order_job_id)
    row = put_charge(work, job, one_of(kind, CHARGES, N_("Kind")), title=title, price=price, unpriced=unpriced)
    if row.kind == LineKind.OUTSIDE:
        put_outside(work, row, supplier, cost, due_at)
    ask_anew(work, row)
    return row


def remove_job(work: Work, order_id: int, *, order_job_id: int) -> None:
    """Take a job with its lines off the order. Refuses with WasAnswered once the customer has spoken about one of them."""
    job = job_of(work, order_id, order_job_id)
    advance(work, ORDERS, order_id, "edit", removed=job.title)
    lines = work.db.exec(select(OrderLine).where(OrderLine.order_job_id == job.id)).all()
    for line in lines:
        _never_answered(work, line)
        work.db.delete(line)
    work.db.flush()
    number = job.alternative
    work.db.delete(job)
    work.db.flush()
    leave_no_lone_way(work, order_id, number)


def remove_line(work: Work, order_id: int, *, line_id: int) -> None:
    """Take one line off; with the last line of a job the job goes too. Refuses with WasAnswered."""
    line = line_of(work, order_id, line_id)
    others = work.db.exec(
        select(OrderLine.id).where(OrderLine.order_job_id == line.order_job_id, OrderLine.id != line.id)
    ).first()
    if others is None:
        remove_job(work, order_id, order_job_id=line.order_job_id)
        return
    advance(work, ORDERS, order_id, "edit", removed=line.title)
    _never_answered(work, line)
    work.db.delete(line)


def set_concern(work: Work, order_id: int, *, concern: str) -> WorkOrder:
    """The concern in the customer's words, at most 2000 characters, not blank."""
    order: WorkOrder = advance(work, ORDERS, order_id, "edit")
    order.concern = text(concern, N_("Concern"), 2000)
    return work.add(order)


def reached(work: Work, order_id: int, moment: str) -> WorkOrder:
    """Check-in has come to this moment (at most 20 characters): another tablet takes it up there."""
    work.needs(*may.RECEIVES)
    order = work.lock(WorkOrder, order_id)
    order.moment = moment[:20]
    return work.add(order)


def cancel(work: Work, order_id: int, *, reason: str) -> WorkOrder:
    """The visit ends without work, for a reason; reserved places and parts become free."""
    reason = reason_given(reason)
    order: WorkOrder = advance(work, ORDERS, order_id, "cancel", reason=reason)
    order.reason = reason
    free_places(work, order_id)
    parts_over(work, order)  # the booking before lines of the purchase plan, as everywhere
    give_up_of_order(work, order_id, reason=reason)
    return work.add(order)


def free_places(work: Work, order_id: int) -> None:
    """Give the order's reserved bay and people back."""
    for place in work.db.exec(select(Reservation).where(Reservation.order_id == order_id)):
        work.db.delete(place)


def _never_answered(work: Work, line: OrderLine) -> None:
    asked = work.db.exec(select(ConsentItem.id).where(col(ConsentItem.line_id) == line.id)).first()
    if asked is not None:
        raise WasAnswered(title=line.title)
