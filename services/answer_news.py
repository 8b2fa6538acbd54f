"""What customers have just answered about the cars a technician works on: extra work agreed or declined, a new time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select as sa_select
from sqlmodel import col

from db.enums import Answer, ConsentMethod, OrderStatus
from db.models import Consent, ConsentItem, Delay, OrderJob, OrderLine, Vehicle, WorkOrder
from services.work import Work

LASTS = timedelta(minutes=30)
_WORKED_ON = (OrderStatus.IN_WORK, OrderStatus.ON_HOLD, OrderStatus.REWORK)


@dataclass(frozen=True)
class News:
    """One answer: of which car, by whom, when; the jobs by what was said about them, or the delay that was answered."""

    key: str
    order_id: int
    plate: str
    person: str
    at: datetime
    jobs: tuple[tuple[str, Answer], ...] = ()
    delay: Delay | None = None


def answer_news(work: Work) -> list[News]:
    """Answers of the last half hour about cars given to the acting person, the newest first. Two queries."""
    return sorted([*_extra(work), *_delays(work)], key=lambda one: one.at, reverse=True)


def _mine(work: Work) -> tuple[Any, ...]:
    """Looked up by status: the cars a technician ever had grow with the years."""
    return col(WorkOrder.status).in_(_WORKED_ON), col(WorkOrder.technician_id) + 0 == work.by.id


def _extra(work: Work) -> list[News]:
    """A job with a line agreed to counts as agreed."""
    query = (
        sa_select(Consent, col(WorkOrder.id), col(Vehicle.plate), col(OrderJob.title), col(ConsentItem.answer))
        .join(WorkOrder, col(WorkOrder.id) == col(Consent.order_id))
        .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
        .join(ConsentItem, col(ConsentItem.consent_id) == col(Consent.id))
        .join(OrderLine, col(OrderLine.id) == col(ConsentItem.line_id))
        .join(OrderJob, col(OrderJob.id) == col(OrderLine.order_job_id))
        .where(*_mine(work), col(OrderJob.extra), col(Consent.at) > work.now - LASTS)
        .where(col(Consent.method) != ConsentMethod.BEFOREHAND)
        .order_by(col(ConsentItem.id))
    )
    found: dict[int, tuple[Consent, int, str, dict[str, Answer]]] = {}
    for consent, order_id, plate, title, answer in work.db.execute(query):
        said = found.setdefault(consent.id, (consent, order_id, plate, {}))[3]
        if said.get(title) != Answer.AGREED:
            said[title] = answer
    return [
        News(f"consent{consent.id}", order_id, plate, consent.person, consent.at, tuple(said.items()))
        for consent, order_id, plate, said in found.values()
    ]


def _delays(work: Work) -> list[News]:
    query = (
        sa_select(Delay, col(Vehicle.plate))
        .join(WorkOrder, col(WorkOrder.id) == col(Delay.order_id))
        .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
        .where(*_mine(work), col(Delay.told_at) > work.now - LASTS)
    )
    return [
        News(f"delay{delay.id}", delay.order_id, plate, delay.person, delay.told_at or work.now, delay=delay)
        for delay, plate in work.db.execute(query)
    ]
