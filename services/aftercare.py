"""What closing an order leaves behind: the car's service data, and a follow-up call at a time that suits."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from db.models import Customer, FollowUp, Handover, Vehicle, WorkOrder
from services.calendar_days import calendar, next_open_day
from services.next_service import reckoned, regular_jobs
from services.order_facts import OrderFacts
from services.work import Work

USUAL = time(10, 0)
_CALLED: Any = (
    select(Customer, FollowUp)
    .outerjoin(FollowUp, col(FollowUp.order_id) == bindparam("order"))
    .where(col(Customer.id) == bindparam("customer"))
)
_CLOCK = re.compile(r"([01]?\d|2[0-3])\s*[:：h.]\s*([0-5]\d)")
_HOUR = re.compile(r"(\d{1,2})\s*(?:am|pm|点|點|时|時)", re.I)
_LATER = re.compile(r"pm|下午|晚上|傍晚", re.I)
_PARTS = (
    (re.compile(r"evening|after work|晚|下班", re.I), time(18, 0)),
    (re.compile(r"afternoon|下午", re.I), time(14, 0)),
    (re.compile(r"lunch|noon|中午|午休", re.I), time(12, 0)),
    (re.compile(r"morning|上午|早", re.I), time(10, 0)),
)


def service_done(work: Work, facts: OrderFacts, row: Handover | None = None) -> Vehicle:
    """Write the odometer read at reception, and the next service as it was told at the hand-over: from the intervals of the jobs
    done, the nearest counting, or corrected there. What a later visit wrote stays."""
    car, order = work.get(Vehicle, facts.order.vehicle_id), facts.order
    jobs = regular_jobs(work, facts)
    read = facts.inspection.odometer_km if facts.inspection else None
    came, left = (work.local(at).date() for at in (order.arrived_at, order.delivered_at or work.now))
    if read is not None and (car.odometer_on or came) <= came:
        car.odometer_km, car.odometer_on = read, came
    if (car.last_service_on or left) > left:
        return car
    if jobs:
        car.last_service_on = left
    if row and (row.next_reason or (jobs and (row.next_on or row.next_km))):
        car.next_service_on, car.next_service_km = row.next_on, row.next_km
    elif jobs:
        car.next_service_on, car.next_service_km = reckoned(work, facts, jobs)
    work.db.add(car)
    return car


def follow_up_for(work: Work, order: WorkOrder) -> FollowUp | None:
    """The call after delivery, on the last open day within the garage's limit, at the time the customer likes. None for an order
    that was opened again: it has its call already."""
    both = work.db.execute(_CALLED, {"order": order.id, "customer": order.customer_id}).one()
    found: tuple[Customer, FollowUp | None] = both
    customer, already = found
    if already:
        return None
    delivered = work.local(order.delivered_at or work.now)
    last = delivered.date() + timedelta(days=work.garage.follow_up_days)
    days = [last - timedelta(days=n) for n in range(work.garage.follow_up_days)]
    known = calendar(work, days[-1], last)
    due = _at(work, next((day for day in days if known.of(day).open), last), customer.call_when)
    call = work.add(FollowUp(order_id=order.id, customer_id=customer.id, due_at=max(due, work.now)))
    work.event(call, "created", after=call.status.value, due=call.due_at.isoformat())
    return call


def next_try(work: Work, call_when: str) -> datetime:
    """When to call again somebody not reached: the next open day, at the time they like."""
    return _at(work, next_open_day(work, work.local(work.now).date()), call_when)


def preferred_time(words: str) -> time:
    """The time of day in a customer's words ("after 17:30", 下午3点, "evenings"); 10:00 when they name none."""
    if found := _CLOCK.search(words):
        return time(int(found[1]), int(found[2]))
    found = _HOUR.search(words)
    hour = int(found[1]) if found else 24
    if hour < 24:
        return time(hour + 12 if hour < 12 and _LATER.search(words) else hour)
    return next((at for words_for, at in _PARTS if words_for.search(words)), USUAL)


def _at(work: Work, day: date, call_when: str) -> datetime:
    return datetime.combine(day, preferred_time(call_when), work.zone)
