"""Cars to call, by reason: due about now, with nobody on the list who is to be left in peace."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from db.enums_desk import OutreachReason
from db.models import CarDue, ContactAttempt, Customer, OutreachCall, Vehicle
from db.types import UtcDateTime
from services.due_work import SERVICE_CALLED
from services.outreach_sql import MOST, lengths, rows
from services.work import Work

# Reason → how long after the due date a call still makes sense, and how long before: about three days before the visit, which is
# booked one to seven days ahead; papers that expire need more time. First services: within the first year.
WINDOWS: dict[OutreachReason, tuple[timedelta, timedelta]] = {
    OutreachReason.RECALL: (timedelta(days=7300), timedelta(0)),
    OutreachReason.DECLINED: (timedelta(days=180), timedelta(days=3)),
    OutreachReason.SERVICE: (SERVICE_CALLED, timedelta(days=7)),
    OutreachReason.FIRST_SERVICE: (timedelta(days=180), timedelta(days=7)),
    OutreachReason.INSPECTION: (timedelta(days=60), timedelta(days=30)),
    OutreachReason.INSURANCE: (timedelta(days=30), timedelta(days=30)),
    OutreachReason.CAMPAIGN: (timedelta(days=730), timedelta(0)),
    OutreachReason.ABSENT: (timedelta(days=730), timedelta(0)),
}


@dataclass(frozen=True)
class ToCall:
    """One car on a list: whom to call about it and why. `what`, `at_km` and `about` as in `Due`; `tries`: nobody answered."""

    reason: OutreachReason
    about: str
    due_on: date
    at_km: int | None
    what: str
    vehicle_id: int
    customer_id: int
    name: str
    phone: str
    call_when: str
    plate: str
    model: str
    called_at: datetime | None
    tries: int


def counts(work: Work) -> dict[OutreachReason, int]:
    """How many cars are on each list, at most fifty each. One query."""
    found = dict(work.db.execute(lengths(), _now(work) | _windows(work)).all())
    return {reason: found[reason.value] for reason in OutreachReason}


def cars_to_call(work: Work, reason: OutreachReason, most: int = MOST) -> list[ToCall]:
    """The first cars of one list: the longest due first, among those of a day the ones longest not spoken to. Two queries."""
    first, last = _window(work, reason)
    values = _now(work) | {"reason": reason, "first": first, "last": last, "most": most}
    found = work.db.execute(rows(), values).all()
    contacts = last_contacts(work, [customer.id for _, _, customer, _ in found])
    listed = [_row(due, car, customer, tries, contacts.get(customer.id)) for due, car, customer, tries in found]
    return sorted(listed, key=lambda one: (one.due_on, one.called_at is not None, one.called_at or work.now))


def last_contacts(work: Work, customer_ids: list[int]) -> dict[int, datetime]:
    """When each customer was last called or tried, by whatever reason. One query."""
    both = []
    for table in (OutreachCall, ContactAttempt):
        mine = col(table.customer_id).in_(customer_ids)
        both.append(
            select(table.customer_id, func.max(table.at).label("at")).where(mine).group_by(col(table.customer_id))
        )
    union = both[0].union_all(both[1]).subquery()
    newest: Any = select(union.c.customer_id, func.max(union.c.at, type_=UtcDateTime())).group_by(union.c.customer_id)
    return dict(work.db.execute(newest).all())


def _row(due: CarDue, car: Vehicle, customer: Customer, tries: int, at: datetime | None) -> ToCall:
    return ToCall(
        due.reason, due.about, due.due_on, due.at_km, due.what, car.id, customer.id, customer.name, customer.phone or "",
        customer.call_when, car.plate, f"{car.make} {car.model}".strip(), at, tries,
    )  # fmt: skip


def _window(work: Work, reason: OutreachReason) -> tuple[date, date]:
    after, before = WINDOWS[reason]
    today = work.local(work.now).date()
    return today - after, today + before


def _windows(work: Work) -> dict[str, object]:
    values: dict[str, object] = {}
    for reason in OutreachReason:
        values[f"first_{reason}"], values[f"last_{reason}"] = _window(work, reason)
    return values


def _now(work: Work) -> dict[str, object]:
    """Today as a day, and when it began."""
    today = work.local(work.now).date()
    return {"today": today, "midnight": datetime.combine(today, time(), work.zone)}
