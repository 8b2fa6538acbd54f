"""Who is on the phone with whom: opening a call takes the customer for a while, so that nobody else calls them meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from db.models import Customer, Draft, Staff
from services import permissions as may
from services.refusals import Refusal
from services.work import Work

KIND = "call"
HELD = timedelta(minutes=15)  # a call that was left open is anybody's after that


class HeldByOther(Refusal):
    """{name} has had this call open since {at}."""


@dataclass(frozen=True)
class Claim:
    """Who has a customer's call open, since when."""

    staff_id: int
    name: str
    since: datetime


def open_call(work: Work, customer_id: int, *, take_over: bool = False) -> Claim | None:
    """Take the call to a customer, one call at a time for each person; returns None when it is now ours, and who has it when
    somebody else does and it is not to be taken over. Refuses with NotAllowed."""
    work.needs(*may.CALLS)
    work.lock(Customer, customer_id)  # the second of two people sees the first one's claim
    other = claims(work).get(customer_id)
    if other and not take_over:
        return other
    for row in _live(work, customer_id):
        work.db.delete(row)
    if work.by.id is not None:
        mine = work.db.get(Draft, (work.by.id, KIND)) or Draft(staff_id=work.by.id, kind=KIND, saved_at=work.now)
        mine.data, mine.saved_at = {"customer": customer_id}, work.now
        work.add(mine)
    return None


def check_free(work: Work, customer_id: int) -> None:
    """Refuses with HeldByOther when somebody else has the customer's call open."""
    claim = claims(work).get(customer_id)
    if claim:
        raise HeldByOther(name=claim.name, at=work.local(claim.since).strftime("%H:%M"))


def let_go(work: Work) -> None:
    """The call is over."""
    mine = work.db.get(Draft, (work.by.id or 0, KIND))
    if mine:
        work.db.delete(mine)
        work.db.flush()


def claims(work: Work) -> dict[int, Claim]:
    """The calls others have open, by customer. One query over at most one row a person."""
    live = select(Draft, Staff.name).join(Staff, col(Staff.id) == col(Draft.staff_id))
    others = live.where(Draft.kind == KIND, Draft.saved_at > work.now - HELD, Draft.staff_id != (work.by.id or 0))
    return {int(row.data["customer"]): Claim(row.staff_id, name, row.saved_at) for row, name in work.db.exec(others)}


def _live(work: Work, customer_id: int) -> list[Draft]:
    rows = work.db.exec(select(Draft).where(Draft.kind == KIND, Draft.staff_id != (work.by.id or 0)))
    return [row for row in rows if row.data.get("customer") == customer_id]
