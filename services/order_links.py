"""The private link under which a customer follows a visit and gets its papers."""

from datetime import datetime, timedelta

from db.enums import OrderStatus
from db.enums_desk import LinkPurpose
from db.models import PrivateLink, WorkOrder
from services import permissions as may
from services.links import end, give, link_for, open_link
from services.refusals import NotFound
from services.work import Work

KEPT = timedelta(days=90)  # after the visit is over


def order_link(work: Work, order_id: int) -> PrivateLink:
    """The link of a visit; made the first time, then the same for everybody who asks. Refuses with NotAllowed, NotFound."""
    work.needs(*may.RECEIVES)
    work.lock(WorkOrder, order_id)  # two tablets at once: one link
    return link_for(work, LinkPurpose.ORDER, order_id) or give(work, LinkPurpose.ORDER, order_id)


def end_order_link(work: Work, order_id: int) -> int:
    """No link given out for this visit opens any more; how many did. Refuses with NotAllowed."""
    work.needs(*may.RECEIVES)
    return end(work, LinkPurpose.ORDER, order_id)


def opened_order(work: Work, token: str) -> int:
    """The order a token opens, until ninety days after the visit is over. Refuses with NotFound, whatever is wrong with it."""
    link = open_link(work, token, LinkPurpose.ORDER)
    order = work.db.get(WorkOrder, link.subject_id or 0)
    over = _over(order, link) if order else link.created_at
    if order is None or (over and work.now >= over + KEPT):
        raise NotFound
    return order.id


def _over(order: WorkOrder, link: PrivateLink) -> datetime | None:
    """When the visit was over; a cancelled one has no time of its own."""
    return order.closed_at or order.delivered_at or (link.created_at if order.status == OrderStatus.CANCELLED else None)
