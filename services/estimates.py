"""What an order comes to, by who pays."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from db.enums import Answer, Payer
from db.models import Garage, OrderLine
from services.money import line_total, split_tax


@dataclass(frozen=True)
class Total:
    """Sums in the garage's currency: `total` is what is paid, tax in it."""

    net: Decimal
    tax: Decimal
    total: Decimal


def total_of(line: OrderLine, currency: str) -> Decimal:
    """What one line comes to, as priced."""
    return line_total(line.quantity, line.unit_price, line.discount, currency)


def total(lines: Iterable[OrderLine], garage: Garage) -> Total:
    """What the lines come to together; tax is reckoned once on their sum."""
    amount = sum((total_of(line, garage.currency) for line in lines), Decimal(0))
    net, tax = split_tax(amount, garage.tax_percent, garage.tax_included, garage.currency)
    return Total(net, tax, net + tax)


def by_payer(lines: Iterable[OrderLine], garage: Garage) -> dict[Payer, Total]:
    """The same per payer, declined lines left out; payers without lines are not named."""
    kept = [line for line in lines if line.answer != Answer.DECLINED]
    payers = [payer for payer in Payer if any(line.payer == payer for line in kept)]
    return {payer: total((line for line in kept if line.payer == payer), garage) for payer in payers}
