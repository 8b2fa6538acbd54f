"""What an order comes to, by who pays."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from db.enums import Answer, Payer
from db.models import Garage, OrderLine
from services.money import line_total, split_tax, to_coin


@dataclass(frozen=True)
class Total:
    """Sums in the garage's currency: `total` is what is paid, tax in it."""

    net: Decimal
    tax: Decimal
    total: Decimal


NOTHING = Total(Decimal(0), Decimal(0), Decimal(0))


def total_of(line: OrderLine, currency: str) -> Decimal:
    """What one line comes to, as priced; an unpriced one to nothing yet."""
    return line_total(line.quantity, line.unit_price, line.discount, currency)


def split(amount: Decimal, payer: Payer | None, percent: int, currency: str) -> dict[Payer, Decimal]:
    """Who pays how much of a line's sum: the payer's share is rounded to the coin, the rest is the customer's."""
    if payer is None or payer == Payer.CUSTOMER:
        return {Payer.CUSTOMER: amount}
    theirs = to_coin(amount * percent / 100, currency)
    return {payer: theirs} if percent == 100 else {payer: theirs, Payer.CUSTOMER: amount - theirs}


def shares_of(line: OrderLine, currency: str) -> dict[Payer, Decimal]:
    """Who pays how much of one line, tax as the prices have it; the parts add up to the line to the coin."""
    return split(total_of(line, currency), line.payer, line.payer_percent, currency)


def total(lines: Iterable[OrderLine], garage: Garage) -> Total:
    """What the lines come to together, whoever pays; tax is reckoned once on their sum."""
    return taxed(sum((total_of(line, garage.currency) for line in lines), Decimal(0)), garage)


def taxed(amount: Decimal, garage: Garage) -> Total:
    """A sum of lines with the garage's tax, in it or on top."""
    net, tax = split_tax(amount, garage.tax_percent, garage.tax_included, garage.currency)
    return Total(net, tax, net + tax)


def by_payer(lines: Iterable[OrderLine], garage: Garage, excess: Decimal = Decimal(0)) -> dict[Payer, Total]:
    """The same per payer, declined lines left out; payers of nothing are not named. Of shared lines the customer pays the rest,
    and of the insurer's part the `excess`, tax in it."""
    sums: dict[Payer, Decimal] = {}
    for line in lines:
        if line.answer != Answer.DECLINED:
            for payer, amount in shares_of(line, garage.currency).items():
                sums[payer] = sums.get(payer, Decimal(0)) + amount
    return with_excess({payer: taxed(sums[payer], garage) for payer in Payer if payer in sums}, excess, garage)


def excess_in(lines: Iterable[OrderLine], garage: Garage, excess: Decimal) -> Decimal:
    """What of the `excess` is in the customer's part of these lines, tax in it: at most what the insurer would pay."""
    return min(excess, by_payer(lines, garage).get(Payer.INSURER, NOTHING).total)


def with_excess(sums: dict[Payer, Total], excess: Decimal, garage: Garage) -> dict[Payer, Total]:
    """The same sums with the excess moved from the insurer to the customer, at most all of it. Nothing is lost or made: what is
    taken from one, coin by coin, the other gets."""
    insurer = sums.get(Payer.INSURER, NOTHING)
    moved = min(excess, insurer.total)
    if moved <= 0:
        return sums
    _, tax = split_tax(moved, garage.tax_percent, True, garage.currency)
    tax = min(tax, insurer.tax) if moved < insurer.total else insurer.tax
    own = sums.get(Payer.CUSTOMER, NOTHING)
    shifted = {
        Payer.CUSTOMER: Total(own.net + moved - tax, own.tax + tax, own.total + moved),
        Payer.INSURER: Total(insurer.net - moved + tax, insurer.tax - tax, insurer.total - moved),
    }
    return {payer: shifted.get(payer) or sums[payer] for payer in Payer if payer in shifted or payer in sums}


def customer_pays(lines: Iterable[OrderLine], garage: Garage, excess: Decimal = Decimal(0)) -> Total:
    """What the customer pays of the lines, declined ones left out, and of the insurer's part the excess."""
    return by_payer(lines, garage, excess).get(Payer.CUSTOMER, NOTHING)
