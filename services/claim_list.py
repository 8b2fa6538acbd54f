"""The warranty clerk's list: what is to hand in by its last day, what waits for an answer or for money, and what was before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, or_
from sqlalchemy import select as sa_select
from sqlmodel import col

from db.enums_money import ClaimStatus as C
from db.models import Customer, PayerClaim, Vehicle, WorkOrder
from services.claim_facts import ClaimFacts, load_claims
from services.normalize import clean_text
from services.work import Work

MOST = 200
ENDED = (C.PAID, C.WRITTEN_OFF, C.TAKEN_BACK)
WAITING = tuple(one for one in C if one not in ENDED)
SOON = 3  # days before the last one
SEARCHED = timedelta(days=3 * 366)  # back from today
_ALL: Any = (
    sa_select(PayerClaim, WorkOrder, Vehicle, Customer)
    .join(WorkOrder, col(WorkOrder.id) == col(PayerClaim.order_id))
    .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
    .join(Customer, col(Customer.id) == col(WorkOrder.customer_id))
)
_NEWEST = (col(PayerClaim.created_at).desc(), col(PayerClaim.id).desc())
_BY_LAST_DAY = (col(PayerClaim.limit_on), col(PayerClaim.id))
_WAITING = _ALL.where(col(PayerClaim.status).in_(WAITING)).order_by(*_BY_LAST_DAY).limit(MOST)
_ENDED = _ALL.where(col(PayerClaim.status).in_(ENDED)).order_by(*_NEWEST).limit(MOST)
_PRESSING = (
    _ALL.where(col(PayerClaim.status) == C.OPEN, col(PayerClaim.limit_on) <= bindparam("last"))
    .order_by(*_BY_LAST_DAY)
    .limit(20)
)


@dataclass(frozen=True)
class Listed:
    """A claim with the car and the customer it comes from."""

    facts: ClaimFacts
    order: WorkOrder
    car: Vehicle
    customer: Customer

    @property
    def claim(self) -> PayerClaim:
        """The claim itself."""
        return self.facts.claim

    @property
    def last_day(self) -> date:
        """The last day to hand it in; the day it was made where there is none."""
        return self.claim.limit_on or self.claim.created_at.date()

    def days_left(self, today: date) -> int | None:
        """Until the last day to hand it in, below nothing once that has passed; None when that is done or there is none."""
        claim = self.claim
        return (claim.limit_on - today).days if claim.limit_on and claim.status == C.OPEN else None


def waiting(work: Work) -> list[Listed]:
    """Every claim that needs something still, at most 200: to hand in by the last day, then by how long the others wait."""
    return sorted(_listed(work, _WAITING), key=lambda one: one.claim.status != C.OPEN)


def ended(work: Work) -> list[Listed]:
    """What is paid or given up, the newest first, at most 200."""
    return list(_listed(work, _ENDED))


def found(work: Work, words: str) -> list[Listed]:
    """Claims by number, plate, the payer's reference, part number or title, whatever their state, of the last three years, the
    newest first."""
    said = clean_text(words)
    plate = "".join(said.upper().split())
    starts = (PayerClaim.number, PayerClaim.reference, PayerClaim.part_code, PayerClaim.title, WorkOrder.number)
    fits = [col(one).istartswith(said, autoescape=True) for one in starts]
    fits.append(col(Vehicle.plate_key).contains(plate, autoescape=True))
    query = _ALL.where(col(PayerClaim.created_at) >= work.now - SEARCHED, or_(*fits))
    return list(_listed(work, query.order_by(*_NEWEST).limit(MOST)))


def pressing(work: Work) -> list[Listed]:
    """What is to hand in and has no more than three days left, the longest overdue first, at most 20. Index look-ups."""
    last = work.local(work.now).date() + timedelta(days=SOON)
    return list(_listed(work, _PRESSING, last=last))


def _listed(work: Work, query: Any, **values: Any) -> Iterable[Listed]:
    rows: Any = work.db.execute(query, values).all()
    facts = load_claims(work, [row for row, *_ in rows])
    return [Listed(facts[row.id], order, car, who) for row, order, car, who in rows]
