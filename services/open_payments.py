"""Several orders of one customer paid in one act, under one receipt number: the longest due first."""

from collections.abc import Collection
from decimal import Decimal

from db.enums import PaymentMethod
from db.enums_money import PaymentKind
from db.models import Payment, WorkOrder
from services.balances import open_of
from services.money import Sum
from services.numbers import yearly_number
from services.order_moves import ORDERS
from services.payment_sums import Taken, checked
from services.payments import SERIES, MoreThanOwed, take
from services.refusals import NotFound
from services.work import Work
from services.workflow import advance


def pay_orders(
    work: Work,
    customer_id: int,
    order_ids: Collection[int],
    *,
    method: PaymentMethod,
    amount: Decimal | None,
    tendered: Decimal | None = None,
) -> list[Payment]:
    """Take `amount` on what the customer owes on these orders, the longest due first; the last one may be paid in part.

    Refuses with NotFound for an order that is not open with this customer, MoreThanOwed, and sums as any payment does.
    """
    checked(work, [Taken(method, amount, tendered)])
    left = amount or Decimal(0)
    for key in sorted(order_ids):  # held in one order, so that two cashiers never wait for each other
        work.lock(WorkOrder, key)
    found = open_of(work, customer_id)
    orders = [one for one in found.owing if one.order.id in order_ids] if found else []
    if not orders or len(orders) != len(set(order_ids)):
        raise NotFound
    owed = sum((one.owed for one in orders), Decimal(0))
    if left > owed:
        raise MoreThanOwed(sum=Sum(owed, work.garage.currency))
    number, change = yearly_number(work, SERIES), (tendered - left if tendered is not None else None)
    made: list[Payment] = []
    for one in orders:
        part = min(left, one.owed)
        left -= part
        if part > 0:
            given = None if change is None else part if left else part + change
            advance(work, ORDERS, one.order.id, "pay", method=method.label, amount=str(part))
            made += take(work, one.order.id, [Taken(method, part, given)], PaymentKind.PAYMENT, number)
    return made
