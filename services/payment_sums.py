"""What is judged of a sum before it is taken or given: whole coins, the method, the change."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from db.enums import PaymentMethod
from services.i18n import N_
from services.money import Sum, coin
from services.order_lines import NotExact
from services.pay_methods import MethodNotTaken, methods_taken
from services.refusals import Missing, Refusal
from services.validate import within
from services.work import Work

MOST = 1_000_000_000_000  # more than any currency's largest bill


class NothingPaid(Refusal):
    """A payment must be more than nothing."""


class TooLittleCash(Refusal):
    """The customer gave {given}, which is less than {sum}."""


class ChangeOnlyForCash(Refusal):
    """Only cash is given with change; take the exact sum."""


@dataclass(frozen=True)
class Taken:
    """One sum by one method; with cash `tendered` is what the customer gave."""

    method: PaymentMethod
    amount: Decimal | None
    tendered: Decimal | None = None


def checked(work: Work, parts: Sequence[Taken]) -> Decimal:
    """What the parts come to together. Refuses with NothingPaid, Missing, NotExact, MethodNotTaken, TooLittleCash,
    ChangeOnlyForCash."""
    if not parts:
        raise NothingPaid
    offered = methods_taken(work)
    for part in parts:
        if part.method not in offered:
            raise MethodNotTaken(method=part.method.label)
    total = sum((amount_typed(work, part.amount) for part in parts), Decimal(0))
    for part in parts:
        _cash(work, part)
    return total


def amount_typed(work: Work, amount: Decimal | None) -> Decimal:
    """More than nothing, in whole coins; however much: what is owed is the limit. Refuses with Missing, NothingPaid, NotExact."""
    if amount is None or not amount.is_finite():
        raise Missing(field=N_("Amount"))
    if amount <= 0:
        raise NothingPaid
    return _coins(work, amount, N_("Amount"))


def change_for(method: PaymentMethod, amount: Decimal, tendered: Decimal | None) -> Decimal:
    """What goes back over the counter."""
    return tendered - amount if method == PaymentMethod.CASH and tendered is not None else Decimal(0)


def _cash(work: Work, part: Taken) -> None:
    given, amount, currency = part.tendered, part.amount or Decimal(0), work.garage.currency
    if given is None:
        return
    if part.method != PaymentMethod.CASH:
        raise ChangeOnlyForCash
    if _coins(work, given, N_("Cash given")) < amount:
        raise TooLittleCash(given=Sum(given, currency), sum=Sum(amount, currency))


def _coins(work: Work, amount: Decimal, field: str) -> Decimal:
    within(amount, field, 0, MOST)
    smallest = coin(work.garage.currency)
    if amount != amount.quantize(smallest):
        raise NotExact(field=field, digits=-int(smallest.as_tuple().exponent))
    return amount
