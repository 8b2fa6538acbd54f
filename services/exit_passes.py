"""Leave to drive out: issued when nothing is owed, or on credit; the gate lets each car out on it once.

A pass holds as long as what it was issued on does: when money is owed again, or the car is back in work, it lets nobody out.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.dates import format_datetime
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from db.enums import OrderStatus
from db.models import Customer, ExitPass, Vehicle, WorkOrder
from services import order_conditions as must
from services import permissions as may
from services.boards import local_day
from services.numbers import daily_number
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.people import names
from services.refusals import Refusal
from services.settlement import agreed_lines, standing, statement_lines, statements
from services.work import Work
from services.workflow import advance, facts_of

SERIES = "X"  # exit passes are X261122-07
MOST = 60  # cars on the gate's list: more do not leave in a day
_LEAVES = (OrderStatus.READY, OrderStatus.DELIVERED, OrderStatus.CLOSED)


class StatementOutdated(Refusal):
    """Work was agreed after statement {number} was issued. Credit it and issue a new one."""


class PassUnknown(Refusal):
    """There is no exit pass {number}."""


class PassUsed(Refusal):
    """{plate} has already left: {at}, let out by {name}."""


class NotToLeave(Refusal):
    """{plate} is not ready to leave: it is “{status}”."""


@dataclass(frozen=True)
class When:
    """A moment inside a sentence, on the garage's wall clock."""

    at: datetime

    def say(self, language: str) -> str:
        """Day and time as the reader says them."""
        return format_datetime(self.at, "d MMMM HH:mm" if language == "en" else "M月d日 HH:mm", locale=language)


@dataclass(frozen=True)
class AtGate:
    """A pass as the gate sees it: which car, whose, who let it out, and what stands in the way (None: it may leave)."""

    found: ExitPass
    order: WorkOrder
    vehicle: Vehicle
    customer: Customer
    let_out_by: str
    problem: Refusal | None


def pass_out(work: Work, order_id: int) -> ExitPass:
    """Issue the exit pass. Refuses with MoneyOwed while something is owed without credit, and with StatementOutdated
    when the statement leaves agreed work out.
    """
    advance(work, ORDERS, order_id, "pass_out")
    all_billed(work, order_id)
    number = daily_number(work, SERIES)
    return work.add(ExitPass(order_id=order_id, number=number, at=work.now, by_id=work.by.id))


def check_out(work: Work, number: str) -> ExitPass:
    """The car drives out on its pass, now. `number` as typed, scanned from the code, or the last digits of one of today.

    Refuses with PassUnknown, PassUsed (when and by whom), and what voids the pass: money owed again, back in work, NotAllowed.
    """
    work.needs(*may.LETS_OUT)
    found = _find(work, number)
    work.lock(WorkOrder, found.order_id)
    found = work.lock(ExitPass, found.id)
    order, problem = work.get(WorkOrder, found.order_id), problem_of(work, found)
    if problem:
        raise problem
    found.used_at, found.used_by_id = work.now, work.by.id
    work.note(order, "left", number=found.number)
    return work.add(found)


def at_gate(work: Work, number: str) -> AtGate:
    """What the gate has to know about a pass before it opens. Refuses with PassUnknown."""
    found = _find(work, number)
    order = work.get(WorkOrder, found.order_id)
    car, customer = work.get(Vehicle, order.vehicle_id), work.get(Customer, order.customer_id)
    name = names(work).get(found.used_by_id or 0, "") if found.used_at else ""
    return AtGate(found, order, car, customer, name, problem_of(work, found))


_TODAY: Any = (
    sa_select(ExitPass, WorkOrder, Vehicle, Customer)
    .join(WorkOrder, col(WorkOrder.id) == col(ExitPass.order_id))
    .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
    .join(Customer, col(Customer.id) == col(WorkOrder.customer_id))
    .order_by(col(ExitPass.id).desc())
    .limit(MOST)
)


def leaving(work: Work) -> list[AtGate]:
    """The passes of cars that stand ready or were handed over today, left or not, the newest first. A fixed number of queries."""
    start, _ = local_day(work)
    here = (col(WorkOrder.status) == OrderStatus.READY) | (col(WorkOrder.delivered_at) >= start)
    rows = work.db.execute(_TODAY.where(here)).all()
    facts = ORDERS.load(work, [order for _, order, _, _ in rows])
    staff = names(work)
    return [
        AtGate(found, order, car, customer, staff.get(found.used_by_id or 0, "") if found.used_at else "",
               _used(work, found, car, staff) or void(facts[order.id], car))
        for found, order, car, customer in rows
    ]  # fmt: skip


def void(facts: OrderFacts, car: Vehicle) -> Refusal | None:
    """Why a pass that was issued lets nobody out now: what it was issued on holds no longer."""
    if facts.order.status not in _LEAVES:
        return NotToLeave(plate=car.plate, status=facts.order.status.label)
    conditions = (must.final_passed, must.billed, must.settled)
    return next((refusal for one in conditions if (refusal := one(facts))), None)


def problem_of(work: Work, found: ExitPass) -> Refusal | None:
    """Everything that stands between a pass and the street."""
    facts = facts_of(work, ORDERS, found.order_id)
    car = work.get(Vehicle, facts.order.vehicle_id)
    used = _used(work, found, car, names(work) if found.used_at else {})
    return used or void(facts, car) or _not_billed(work, found.order_id)


def all_billed(work: Work, order_id: int) -> None:
    """Refuses with StatementOutdated when the statement leaves agreed work out: more can be agreed after the pass was issued."""
    outdated = _not_billed(work, order_id)
    if outdated:
        raise outdated


def of_order(work: Work, order_id: int) -> ExitPass | None:
    """The exit pass of an order, if one was issued."""
    return work.db.exec(select(ExitPass).where(ExitPass.order_id == order_id)).first()


def pass_number(work: Work, typed: str) -> str:
    """The number in what was typed or scanned: the code's whole address, with or without the dash, or the last digits of one
    of today."""
    said = unicodedata.normalize("NFKC", typed[:300]).upper()
    said = re.sub(r"[\s—–-]", "", said.rpartition("PASS=")[2].split("&")[0])
    if re.fullmatch(r"\d{1,3}", said):
        return f"{SERIES}{work.local(work.now):%y%m%d}-{int(said):02d}"
    return re.sub(rf"^{SERIES}?(\d{{6}})(\d{{2,}})$", rf"{SERIES}\1-\2", said)


def _find(work: Work, typed: str) -> ExitPass:
    number = pass_number(work, typed)
    found = work.db.exec(select(ExitPass).where(ExitPass.number == number)).first()
    if found is None:
        raise PassUnknown(number=number[:20])
    return found


def _used(work: Work, found: ExitPass, car: Vehicle, staff: dict[int, str]) -> Refusal | None:
    if found.used_at is None:
        return None
    name = staff.get(found.used_by_id or 0, "Service Lane")
    return PassUsed(plate=car.plate, at=When(work.local(found.used_at)), name=name)


def _not_billed(work: Work, order_id: int) -> Refusal | None:
    """Agreed work the statement leaves out."""
    statement = standing(statements(work, order_id))
    billed = {line.line_id for line in statement_lines(work, statement.id)} if statement else set()
    agreed = agreed_lines(facts_of(work, ORDERS, order_id).lines)
    missing = statement is not None and any(line.id not in billed for line in agreed)
    return StatementOutdated(number=statement.number) if statement and missing else None
