"""Every contact with a customer: calls we made first, and other tries to reach them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from db.enums import Channel
from db.enums_desk import OutreachReason, OutreachResult
from db.models import ContactAttempt, OutreachCall
from services.people import names
from services.work import Work

LOG = 20


@dataclass(frozen=True)
class Logged:
    """One earlier contact: a call we made first (`reason`, `result`) or another try to reach the customer."""

    at: datetime
    by: str
    note: str
    reason: OutreachReason | None = None
    result: OutreachResult | None = None
    again_on: date | None = None
    appointment_id: int | None = None
    reached: bool = True
    channel: Channel = Channel.PHONE


def log(work: Work, customer_id: int) -> list[Logged]:
    """The newest contacts with a customer, calls we made first and other tries. Three queries."""
    staff = names(work)
    calls = select(OutreachCall).where(OutreachCall.customer_id == customer_id).order_by(col(OutreachCall.id).desc())
    tries = (
        select(ContactAttempt).where(ContactAttempt.customer_id == customer_id).order_by(col(ContactAttempt.id).desc())
    )
    found = [
        Logged(
            one.at, staff.get(one.by_id or 0, ""), one.note, one.reason, one.result, one.again_on, one.appointment_id
        )
        for one in work.db.exec(calls.limit(LOG))
    ]
    found += [
        Logged(one.at, staff.get(one.by_id or 0, ""), one.note, reached=one.reached, channel=one.channel)
        for one in work.db.exec(tries.limit(LOG))
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)[:LOG]


def newest_call(work: Work, customer_id: int) -> int:
    """The newest call we made first to that customer, 0 when there is none."""
    mine = select(OutreachCall.id).where(OutreachCall.customer_id == customer_id).order_by(col(OutreachCall.id).desc())
    return work.db.exec(mine.limit(1)).first() or 0
