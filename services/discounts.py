"""Less than the price, for a reason: given at once within one's limit, above it when somebody who may has said yes.

What is charged falls by it, so the customer's yes to more still holds.
"""

from collections.abc import Sequence
from decimal import Decimal

from sqlmodel import col, select

from db.enums_money import DiscountReason, DiscountState
from db.models import Discount, OrderLine, WorkOrder
from services.discount_limits import enough, may_give
from services.discount_sums import (
    MoreThanThePrice,
    NothingToDiscount,
    Wish,
    amount_of,
    base_of,
    pays,
    reducible,
    spread,
)
from services.i18n import N_
from services.money import Sum
from services.order_facts import OrderFacts
from services.order_lines import line_of
from services.order_moves import ORDERS
from services.payment_sums import amount_typed
from services.refusals import NotNow, Refusal
from services.validate import text
from services.work import Work
from services.workflow import advance, facts_of

STANDING = (DiscountState.ASKED, DiscountState.GIVEN)
EVERYTHING = N_("Everything the customer pays")


class NoDiscount(Refusal):
    """A discount must be more than nothing."""


class SumChanged(Refusal):
    """Meanwhile the customer pays {sum}. Look again."""


class StillAsked(Refusal):
    """A discount still waits for its approval. Withdraw it first, or wait for the answer."""


def ask(
    work: Work,
    order_id: int,
    *,
    line_id: int | None = None,
    percent: Decimal | int | None = None,
    amount: Decimal | None = None,
    to_pay: Decimal | None = None,
    reason: DiscountReason,
    note: str = "",
    seen: Decimal | None = None,
) -> Discount:
    """Less on one line, or on all the customer alone pays: by per cent, by a sum as the prices have it, or until so much is
    `to_pay`.

    Given at once within the limit of the person acting, else it waits to be approved. `seen`: what the customer was to pay on
    the screen; SumChanged when that is another sum by now. Refuses nothing or less, more than the price, fractions of a coin,
    OTHER without a note, and StillAsked while another one waits.
    """
    work.lock(WorkOrder, order_id)
    facts = facts_of(work, ORDERS, order_id)
    _as_seen(work, facts, seen)
    title = line_of(work, order_id, line_id).title if line_id is not None else EVERYTHING
    lines = reducible(facts, line_id)
    if not lines:
        raise NothingToDiscount
    wish = Wish(None if percent is None else Decimal(percent), amount, to_pay)
    less = _checked(work, title, lines, amount_of(facts, work.garage, lines, wish))
    words = text(note, N_("Note"), 300, needed=reason == DiscountReason.OTHER)
    advance(work, ORDERS, order_id, "discount", what=title, amount=str(less), reason=reason.label, note=words)
    if any(one.state == DiscountState.ASKED for one in of_order(work, order_id)):
        raise StillAsked
    row = Discount(order_id=order_id, line_id=line_id, title=title, amount=less, percent=wish.percent, reason=reason)
    row.note, row.asked_at, row.asked_by_id = words, work.now, work.by.id
    work.add(row)
    if enough(work, lines, less) <= may_give(work):
        take_off(work, row, lines)
    return row


def take_off(work: Work, row: Discount, lines: Sequence[OrderLine]) -> None:
    """Let the lines bear the discount, as given by the person acting. For services: limits are asked before."""
    parts = spread(row.amount, lines, work.garage.currency)
    for line in lines:
        line.discount += parts.get(line.id, Decimal(0))
        work.db.add(line)
    row.parts = {str(key): str(part) for key, part in parts.items()}
    row.state, row.answered_at, row.approver_id = DiscountState.GIVEN, work.now, work.by.id
    work.add(row)


def withdraw(work: Work, discount_id: int) -> Discount:
    """The price is as it was before, or what was asked for is not wanted any more. Refuses with NotNow once the statement is
    issued."""
    order_id = work.get(Discount, discount_id).order_id
    work.lock(WorkOrder, order_id)
    row = work.lock(Discount, discount_id)
    advance(work, ORDERS, order_id, "discount", withdrawn=row.title, amount=str(row.amount))
    if row.state not in STANDING:
        raise NotNow
    for line in facts_of(work, ORDERS, order_id).lines:
        part = Decimal((row.parts or {}).get(str(line.id), 0))
        line.discount = max(line.discount - part, Decimal(0))
        work.db.add(line)
    row.state, row.withdrawn_at = DiscountState.WITHDRAWN, work.now
    return work.add(row)


def falls_away(work: Work, order: WorkOrder, line: OrderLine) -> None:
    """Somebody else pays a line by now: what was given to the customer on it is not given to them. For services, the order held."""
    for row in of_order(work, order.id) if line.discount else ():
        part = Decimal((row.parts or {}).get(str(line.id), 0))
        if row.state != DiscountState.GIVEN or not part:
            continue
        line.discount = max(line.discount - part, Decimal(0))
        rest = {key: less for key, less in (row.parts or {}).items() if key != str(line.id)}
        if rest:
            row.amount, row.parts = row.amount - part, rest
        else:
            row.state, row.withdrawn_at = DiscountState.WITHDRAWN, work.now
        work.db.add_all([row, line])
        work.note(order, "discount", withdrawn=row.title, amount=str(part))


def over(work: Work, order_id: int) -> None:
    """The statement is issued: what still waited for an answer is not wanted any more. For services."""
    for row in of_order(work, order_id):
        if row.state == DiscountState.ASKED:
            row.state = DiscountState.WITHDRAWN
            work.db.add(row)


def of_order(work: Work, order_id: int) -> list[Discount]:
    """Every discount of an order, whatever became of it, the oldest first."""
    return list(work.db.exec(select(Discount).where(Discount.order_id == order_id).order_by(col(Discount.id))))


def _as_seen(work: Work, facts: OrderFacts, seen: Decimal | None) -> None:
    now = pays(facts, work.garage)
    if seen is not None and seen != now:
        raise SumChanged(sum=Sum(now, facts.currency))


def _checked(work: Work, title: str, lines: Sequence[OrderLine], amount: Decimal) -> Decimal:
    if amount <= 0:
        raise NoDiscount
    base = base_of(lines, work.garage.currency)
    if amount > base:
        raise MoreThanThePrice(title=title, sum=Sum(base, work.garage.currency))
    return amount_typed(work, amount)
