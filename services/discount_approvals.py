"""Discounts above the limit of who asked: who may say yes, and their answer, on any tablet."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import col, select

from db.choice import Label
from db.enums_money import DiscountState
from db.models import Customer, Discount, OrderLine, Staff, Vehicle, WorkOrder
from services.discount_limits import catalogue_of, enough, givers, limits
from services.discount_sums import MoreThanThePrice, NothingToDiscount, base_of, pays, reducible, spread
from services.discounts import take_off
from services.i18n import N_
from services.money import Sum
from services.order_facts import OrderFacts
from services.order_loading import load_orders
from services.order_moves import ORDERS
from services.people import names, people_with
from services.refusals import NotAllowed, NotNow, Refusal
from services.validate import text
from services.work import Work
from services.workflow import facts_of

_MOST = 50  # more than anybody reads: they are answered within minutes


class AnsweredBefore(Refusal):
    """{name} has already answered this: {state}."""


@dataclass(frozen=True)
class Request:
    """A discount that waits for a yes. `percent`: the limit it takes; `before` and `after`: what the customer pays, tax in it."""

    discount: Discount
    order: WorkOrder
    vehicle: Vehicle
    customer: Customer
    asked_by: str
    percent: int
    before: Decimal
    after: Decimal
    currency: str


def approve(work: Work, discount_id: int) -> Discount:
    """Give what was asked for. Refuses with NotAllowed above the limit of the person acting, AnsweredBefore (someone was
    faster), NotNow once the statement is issued, MoreThanThePrice when the lines cost less by now."""
    row, facts, lines = _waiting(work, discount_id)
    _may_answer(work, lines, row.amount)
    base = base_of(lines, facts.currency)
    if row.amount > base:
        raise MoreThanThePrice(title=Label(row.title), sum=Sum(base, facts.currency))
    take_off(work, row, lines)
    work.note(facts.order, "discount_given", what=row.title, amount=str(row.amount), reason=row.reason.label)
    return row


def refuse(work: Work, discount_id: int, answer: str = "") -> Discount:
    """Say no to what was asked for, with a word why if one likes. Refuses as `approve` does, and TooLong over 300 characters."""
    row, facts, lines = _waiting(work, discount_id)
    _may_answer(work, lines, row.amount)
    row.answer = text(answer, N_("Answer"), 300, needed=False)
    row.state, row.answered_at, row.approver_id = DiscountState.REFUSED, work.now, work.by.id
    work.note(facts.order, "discount_refused", what=row.title, amount=str(row.amount), reason=row.answer)
    return work.add(row)


def requests(work: Work, order_id: int | None = None) -> list[Request]:
    """What waits for a yes, the oldest first; of one order when it is given. A fixed number of queries; one while there is none."""
    query = (
        select(Discount, WorkOrder, Vehicle, Customer)
        .join(WorkOrder, col(WorkOrder.id) == col(Discount.order_id))
        .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
        .join(Customer, col(Customer.id) == col(WorkOrder.customer_id))
        .where(Discount.state == DiscountState.ASKED)
        .order_by(col(Discount.id))
        .limit(_MOST)
    )
    if order_id is not None:
        query = query.where(Discount.order_id == order_id)
    rows = work.db.exec(query).all()
    if not rows:
        return []
    facts, staff = load_orders(work, [order for _, order, _, _ in rows]), names(work)
    _held = catalogue_of(work, (line for one in facts.values() for line in one.lines))
    found = [_request(work, row, facts[row[1].id], staff) for row in rows]
    return [one for one in found if one is not None]


def may_answer(work: Work, request: Request) -> bool:
    """Whether the person acting may say yes or no."""
    return bool(answerable(work, [request]))


def answerable(work: Work, found: Sequence[Request]) -> list[Request]:
    """Those to which the person acting may say yes or no. One query at most."""
    if not found or work.by.has():
        return list(found)
    most = max((percent for role, percent in limits(work).items() if role in work.by.roles), default=-1)
    return [one for one in found if one.percent <= most]


def approvers(work: Work, request: Request) -> list[Staff]:
    """Who may say yes, by name."""
    return people_with(work, givers(work, request.percent))


def _request(
    work: Work, row: tuple[Discount, WorkOrder, Vehicle, Customer], facts: OrderFacts, staff: dict[int, str]
) -> Request | None:
    discount, order, car, customer = row
    lines = reducible(facts, discount.line_id)
    if facts.billed is not None or discount.amount > base_of(lines, facts.currency):
        return None
    before = pays(facts, work.garage)
    after = pays(facts, work.garage, spread(discount.amount, lines, facts.currency))
    return Request(discount, order, car, customer, staff.get(discount.asked_by_id or 0, ""),
                   enough(work, lines, discount.amount), before, after, facts.currency)  # fmt: skip


def _waiting(work: Work, discount_id: int) -> tuple[Discount, OrderFacts, list[OrderLine]]:
    """The order held first, as every other act on its money does."""
    work.lock(WorkOrder, work.get(Discount, discount_id).order_id)
    row = work.lock(Discount, discount_id)
    if row.state != DiscountState.ASKED:
        name = names(work).get(row.approver_id or row.asked_by_id or 0, "Service Lane")
        raise AnsweredBefore(name=name, state=row.state.label)
    facts = facts_of(work, ORDERS, row.order_id)
    if not ORDERS.move("discount").fits(facts, facts.order.status):
        raise NotNow
    lines = reducible(facts, row.line_id)
    if not lines:
        raise NothingToDiscount
    return row, facts, lines


def _may_answer(work: Work, lines: Sequence[OrderLine], amount: Decimal) -> None:
    percent = enough(work, lines, amount)
    if not work.by.has(*givers(work, percent)):
        raise NotAllowed(who=givers(work, percent)[0].label)
