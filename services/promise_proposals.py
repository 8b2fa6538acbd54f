"""The new time proposed to the customer when work takes longer or more is to be done. It moves only with their word."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select

from db.models import Delay, OrderJob, WorkOrder
from services.boards import order_card
from services.forecast import forecasts
from services.order_facts import OrderFacts
from services.promise_reckoning import CHECKS_MINUTES, on_grid, open_spans, open_time, parts_to_come
from services.work import Work


def delayed(work: Work, order: WorkOrder, minutes: int) -> datetime:
    """So many minutes of opening time after what is promised (or now, when that has passed), and not before the work that is
    left can be done; on the quarter hour."""
    late = open_time(list(open_spans(work, work.now)), max(order.promised_at or work.now, work.now), minutes)
    return on_grid(max(late, _ends(work, order.id)))


def with_extra(work: Work, facts: OrderFacts, jobs: Collection[OrderJob]) -> datetime | None:
    """When the car is ready with these jobs done as well, on the quarter hour; None when the promised time holds.

    After the work agreed so far and the delay the workshop reported, and not before the parts they need have come.
    """
    jobs = [job for job in jobs if job.done_at is None]
    if not jobs:
        return None
    spans = list(open_spans(work, work.now))
    before = max(_ends(work, facts.order.id), _reported(work, facts.order.id))
    ends = open_time(spans, before, sum(job.minutes for job in jobs))
    for came, minutes in parts_to_come(work, facts, spans, []):
        ends = max(ends, open_time(spans, came, minutes + CHECKS_MINUTES))
    promised = facts.order.promised_at
    return None if promised and ends <= promised else on_grid(ends)


def _ends(work: Work, order_id: int) -> datetime:
    """When the car is ready with what is agreed so far."""
    card = order_card(work, order_id)
    return (forecasts(work, [card])[order_id].ends_at if card else None) or work.now


def _reported(work: Work, order_id: int) -> datetime:
    """When the car is ready by the newest delay: the workshop knows what no standard time tells."""
    newest = select(Delay.proposed_at).where(Delay.order_id == order_id).order_by(col(Delay.id).desc()).limit(1)
    return work.db.exec(newest).first() or work.now
