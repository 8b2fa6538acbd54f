"""Several orders of one customer paid in one act, under one receipt number: the longest due first."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from db.enums_money import PaymentKind
from db.models import Payment, WorkOrder
from services.balances import OpenOrder, open_of
from services.money import Sum
from services.numbers import yearly_number
from services.order_moves import ORDERS
from services.payment_sums import Taken, checked
from services.payments import SERIES, MoreThanOwed, take
from services.refusals import NotFound, Refusal
from services.work import Work
from services.workflow import advance


class PaidMeanwhile(Refusal):
    """Somebody has just settled a part of this. Look at what is still owed."""


def pay_orders(work: Work, customer_id: int, order_ids: Collection[int], parts: Sequence[Taken]) -> list[Payment]:
    """Take the parts on what the customer owes on these orders, the longest due first; the last one may be paid in part.

    Refuses with NotFound for an order of somebody else, PaidMeanwhile for one on which nothing is owed any more, MoreThanOwed, and
    sums as any payment does.
    """
    total = checked(work, parts)
    held = [
        work.lock(WorkOrder, key) for key in sorted(set(order_ids))
    ]  # in one order: no two cashiers wait for each other
    if not held or any(order.customer_id != customer_id for order in held):
        raise NotFound
    found = open_of(work, customer_id)
    orders = [one for one in found.owing if one.order.id in order_ids] if found else []
    if len(orders) != len(held):
        raise PaidMeanwhile
    owed = sum((one.owed for one in orders), Decimal(0))
    if total > owed:
        raise MoreThanOwed(sum=Sum(owed, work.garage.currency))
    number, made = yearly_number(work, SERIES), list[Payment]()
    for key, taken in _by_order(parts, orders).items():
        amount = sum((part.amount or Decimal(0) for part in taken), Decimal(0))
        advance(work, ORDERS, key, "pay", method=taken[0].method.label if len(taken) == 1 else "", amount=str(amount))
        made += take(work, key, taken, PaymentKind.PAYMENT, number)
    return made


def _by_order(parts: Sequence[Taken], orders: Sequence[OpenOrder]) -> dict[int, list[Taken]]:
    """Each order's own pieces of the parts; the change of a part goes with its last piece."""
    found: dict[int, list[Taken]] = {}
    left = {one.order.id: one.owed for one in orders}
    for part in parts:
        rest = part.amount or Decimal(0)
        change = None if part.tendered is None else part.tendered - rest
        for key in [key for key, owed in left.items() if owed > 0]:
            piece = min(rest, left[key])
            if piece <= 0:
                break
            rest, left[key] = rest - piece, left[key] - piece
            given = None if change is None else piece + (change if rest == 0 else Decimal(0))
            found.setdefault(key, []).append(Taken(part.method, piece, given))
    return found
