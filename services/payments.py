"""Money in: cash with change, card and transfers, several for one order. A mistake is reversed, never deleted."""

from decimal import Decimal

from sqlmodel import col, select

from db.enums import PaymentMethod
from db.models import Payment, WorkOrder
from services.i18n import N_
from services.money import Sum
from services.order_lines import sum_typed
from services.order_moves import ORDERS
from services.refusals import Refusal
from services.validate import reason_given
from services.work import Work
from services.workflow import advance, facts_of


class NothingPaid(Refusal):
    """A payment must be more than nothing."""


class MoreThanOwed(Refusal):
    """Only {sum} is owed."""


class TooLittleCash(Refusal):
    """The customer gave {given}, which is less than {sum}."""


class ChangeOnlyForCash(Refusal):
    """Only cash is given with change; take the exact sum."""


class AlreadyReversed(Refusal):
    """This payment was already reversed."""


def pay(
    work: Work, order_id: int, *, method: PaymentMethod, amount: Decimal | None, tendered: Decimal | None = None
) -> Payment:
    """Take `amount` on what is owed; with cash `tendered` is what the customer gave, and the change is kept.

    Refuses nothing or less, fractions of a coin, more than is owed, and too little cash.
    """
    advance(work, ORDERS, order_id, "pay", method=method.label, amount=str(amount))
    amount = _amount(work, amount)
    due = facts_of(work, ORDERS, order_id).owed
    if amount > due:
        raise MoreThanOwed(sum=Sum(due, work.garage.currency))
    change = _change(work, method, amount, tendered)
    payment = Payment(order_id=order_id, method=method, amount=amount, tendered=tendered, change=change)
    payment.at, payment.by_id = work.now, work.by.id
    return work.add(payment)


def reverse(work: Work, payment_id: int, *, reason: str) -> Payment:
    """Take a payment back, for a reason: a second payment with the sum negated. Refuses with AlreadyReversed."""
    payment = work.get(Payment, payment_id)
    reason = reason_given(reason)
    advance(work, ORDERS, payment.order_id, "reverse_payment", reason=reason, amount=str(payment.amount))
    again = work.db.exec(select(Payment.id).where(Payment.reverses_id == payment.id)).first()
    if payment.reverses_id or again is not None:
        raise AlreadyReversed
    back = Payment(order_id=payment.order_id, method=payment.method, amount=-payment.amount, reverses_id=payment.id)
    back.reason, back.at, back.by_id = reason, work.now, work.by.id
    return work.add(back)


def credit(work: Work, order_id: int, *, reason: str) -> WorkOrder:
    """The car may leave with money owed, on the manager's word, for a reason."""
    reason = reason_given(reason)
    order: WorkOrder = advance(work, ORDERS, order_id, "credit", reason=reason)
    order.credit_by_id, order.credit_reason = work.by.id, reason
    return work.add(order)


def payments(work: Work, order_id: int) -> list[Payment]:
    """Payments and reversals of an order, oldest first."""
    return list(work.db.exec(select(Payment).where(Payment.order_id == order_id).order_by(col(Payment.id))))


def change_for(method: PaymentMethod, amount: Decimal, tendered: Decimal | None) -> Decimal:
    """What goes back over the counter."""
    return tendered - amount if method == PaymentMethod.CASH and tendered is not None else Decimal(0)


def _amount(work: Work, amount: Decimal | None) -> Decimal:
    if amount is not None and amount <= 0:
        raise NothingPaid
    return sum_typed(work, amount, N_("Amount"))


def _change(work: Work, method: PaymentMethod, amount: Decimal, tendered: Decimal | None) -> Decimal:
    if tendered is None:
        return Decimal(0)
    if method != PaymentMethod.CASH:
        raise ChangeOnlyForCash
    sum_typed(work, tendered, N_("Cash given"))
    if tendered < amount:
        currency = work.garage.currency
        raise TooLittleCash(given=Sum(tendered, currency), sum=Sum(amount, currency))
    return change_for(method, amount, tendered)
