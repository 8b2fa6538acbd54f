"""Money in and out of an order (D06): several ways in one act under one receipt number, deposits, refunds, on account.

A mistake is reversed, never deleted.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlmodel import col, select

from db.enums import OrderStatus, PaymentMethod
from db.enums_money import PaymentKind
from db.models import Customer, Payment, WorkOrder
from services.accounts import due_from, within_limit
from services.balances import keep_due
from services.cash_drawer import book
from services.estimates import customer_pays
from services.money import Sum
from services.numbers import yearly_number
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.payment_sums import Taken, amount_typed, change_for, checked
from services.refusals import InThePast, Refusal
from services.validate import reason_given
from services.work import Work
from services.workflow import advance, facts_of

SERIES = "R"  # receipts are R2026-00042, those of refunds and reversals among them
_JUDGED = (OrderStatus.READY, OrderStatus.DELIVERED)  # a car may leave, or be closed, with money owed


class MoreThanOwed(Refusal):
    """Only {sum} is owed."""


class DepositTooHigh(Refusal):
    """At most {sum} more can be taken before the statement: that is what the customer's part comes to."""


class MoreThanHeld(Refusal):
    """Only {sum} is to give back."""


class AlreadyReversed(Refusal):
    """This payment was already reversed."""


class GivenBackAlready(Refusal):
    """Of this payment {sum} was given back. Reverse that first."""


def pay(
    work: Work, order_id: int, *, method: PaymentMethod, amount: Decimal | None, tendered: Decimal | None = None
) -> Payment:
    """`pay_all` by one method."""
    return pay_all(work, order_id, [Taken(method, amount, tendered)])[0]


def pay_all(work: Work, order_id: int, parts: Sequence[Taken]) -> list[Payment]:
    """Take these sums on what is owed, in one act under one receipt number; all of them or none.

    Refuses nothing or less, fractions of a coin, more than is owed together (MoreThanOwed), too little cash, a method that is
    not taken here, and with DrawerClosed.
    """
    advance(work, ORDERS, order_id, "pay", **_details(parts))
    total, due = checked(work, parts), facts_of(work, ORDERS, order_id).owed
    if total > due:
        raise MoreThanOwed(sum=Sum(due, work.garage.currency))
    return take(work, order_id, parts, PaymentKind.PAYMENT)


def deposit(
    work: Work, order_id: int, *, method: PaymentMethod, amount: Decimal | None, tendered: Decimal | None = None
) -> Payment:
    """`deposit_all` by one method."""
    return deposit_all(work, order_id, [Taken(method, amount, tendered)])[0]


def deposit_all(work: Work, order_id: int, parts: Sequence[Taken]) -> list[Payment]:
    """Take money before the statement: at most what the customer's part comes to now. Refuses like `pay_all`, and with
    DepositTooHigh."""
    advance(work, ORDERS, order_id, "deposit", **_details(parts))
    total, most = checked(work, parts), deposit_most(work, facts_of(work, ORDERS, order_id))
    if total > most:
        raise DepositTooHigh(sum=Sum(most, work.garage.currency))
    return take(work, order_id, parts, PaymentKind.DEPOSIT)


def deposit_most(work: Work, facts: OrderFacts) -> Decimal:
    """What can still be taken before the statement: the customer's part of the order as it stands, less what was paid."""
    part = customer_pays(facts.counted_lines, work.garage, facts.excess).total
    return max(part - facts.paid, Decimal(0))


def refund(work: Work, order_id: int, *, method: PaymentMethod, amount: Decimal | None, reason: str) -> Payment:
    """Give back what the garage holds of the customer's money, or a part of it.

    Refuses with MoreThanHeld, ReasonMissing, wrong sums as when taking money, NotSoMuchCash, DrawerClosed.
    """
    reason = reason_given(reason)
    advance(work, ORDERS, order_id, "refund", method=method.label, amount=str(amount), reason=reason)
    amount, held = amount_typed(work, amount), facts_of(work, ORDERS, order_id).to_give_back
    if amount > held:
        raise MoreThanHeld(sum=Sum(held, work.garage.currency))
    back = Payment(order_id=order_id, method=method, amount=-amount, kind=PaymentKind.REFUND, reason=reason)
    return _book(work, back, yearly_number(work, SERIES))


def reverse(work: Work, payment_id: int, *, reason: str) -> Payment:
    """Take a payment, a deposit or a refund back, for a reason: a second one with the sum negated.

    Refuses with AlreadyReversed, and with GivenBackAlready when a refund has to be reversed before.
    """
    payment = work.get(Payment, payment_id)
    reason = reason_given(reason)
    order: WorkOrder = advance(
        work, ORDERS, payment.order_id, "reverse_payment", reason=reason, amount=str(payment.amount)
    )
    mine = (Payment.order_id == order.id, Payment.reverses_id == payment.id)  # by the order: there is no other index
    if payment.reverses_id or work.db.exec(select(Payment.id).where(*mine)).first() is not None:
        raise AlreadyReversed
    paid = facts_of(work, ORDERS, order.id).paid
    if payment.amount > paid:
        raise GivenBackAlready(sum=Sum(payment.amount - paid, work.garage.currency))
    if payment.amount > 0 and order.status in _JUDGED:  # more is owed than was trusted: it is judged anew
        order.on_account, order.credit_by_id, order.credit_reason, order.due_on = False, None, "", None
        work.db.add(order)
    back = Payment(order_id=order.id, method=payment.method, amount=-payment.amount, kind=payment.kind, reason=reason)
    back.reverses_id = payment.id
    return _book(work, back, yearly_number(work, SERIES))


def credit(work: Work, order_id: int, *, reason: str, due_on: date | None = None) -> WorkOrder:
    """The car may leave with money owed, on the manager's word, for a reason; `due_on`: to be paid by then.

    Refuses with ReasonMissing, InThePast.
    """
    reason = reason_given(reason)
    order: WorkOrder = advance(work, ORDERS, order_id, "credit", reason=reason)
    if due_on is not None and due_on < work.local(work.now).date():
        raise InThePast
    order.credit_by_id, order.credit_reason, order.due_on = work.by.id, reason, due_on
    keep_due(work, order)
    return work.add(order)


def on_account(work: Work, order_id: int) -> WorkOrder:
    """What is owed goes on the customer's account, due after its days. Refuses with OverAccountLimit."""
    order: WorkOrder = advance(work, ORDERS, order_id, "on_account")
    customer = work.lock(Customer, order.customer_id)
    within_limit(work, customer)
    order.on_account, order.due_on = True, due_from(work, customer)
    keep_due(work, order)
    return work.add(order)


def payments(work: Work, order_id: int) -> list[Payment]:
    """Payments, refunds and reversals of an order, oldest first."""
    return list(work.db.exec(select(Payment).where(Payment.order_id == order_id).order_by(col(Payment.id))))


def reversible(made: Sequence[Payment]) -> list[Payment]:
    """Those of `made` that can still be taken back."""
    taken_back = {payment.reverses_id for payment in made}
    return [payment for payment in made if payment.reverses_id is None and payment.id not in taken_back]


def take(
    work: Work, order_id: int, parts: Sequence[Taken], kind: PaymentKind, number: str | None = None
) -> list[Payment]:
    """Write down what was judged, under one receipt `number` (None: the next). For services: the move is made before."""
    number, made = number or yearly_number(work, SERIES), []
    for part in parts:
        payment = Payment(order_id=order_id, method=part.method, amount=part.amount or Decimal(0), kind=kind)
        payment.tendered, payment.change = part.tendered, change_for(part.method, payment.amount, part.tendered)
        made.append(_book(work, payment, number))
    return made


def _book(work: Work, payment: Payment, number: str) -> Payment:
    payment.number, payment.at, payment.by_id = number, work.now, work.by.id
    work.add(payment)
    book(work, payment)
    keep_due(work, work.get(WorkOrder, payment.order_id))
    return payment


def _details(parts: Sequence[Taken]) -> dict[str, str]:
    """What the order's history says of it: the method where there is one, and the sum."""
    total = sum((part.amount or Decimal(0) for part in parts), Decimal(0))
    return {"method": parts[0].method.label if len(parts) == 1 else "", "amount": str(total)}
