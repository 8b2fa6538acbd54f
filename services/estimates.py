"""What an order comes to, by who pays."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from db.enums import Answer, Payer
from db.models import Garage, OrderLine
from services.money import line_total, split_tax, spread, to_coin
from services.tax_rates import rate_of


@dataclass(frozen=True)
class Total:
    """Sums in the garage's currency: `total` is what is paid, tax in it."""

    net: Decimal
    tax: Decimal
    total: Decimal


Rates = dict[Decimal, Total]  # by rate of tax, in per cent
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


def taxed(amount: Decimal, percent: Decimal, garage: Garage) -> Total:
    """A sum of lines with tax of so many per cent, in it or on top as the garage's prices are."""
    net, tax = split_tax(amount, percent, garage.tax_included, garage.currency)
    return Total(net, tax, net + tax)


def by_payer(lines: Iterable[OrderLine], garage: Garage, excess: Decimal = Decimal(0)) -> dict[Payer, Total]:
    """What the lines come to per payer, declined lines left out; payers of nothing are not named. Of shared lines the customer
    pays the rest, and of the insurer's part the `excess`, tax in it."""
    return {payer: together(rates.values()) for payer, rates in by_rate(lines, garage, excess).items()}


def by_rate(lines: Iterable[OrderLine], garage: Garage, excess: Decimal = Decimal(0)) -> dict[Payer, Rates]:
    """The same per payer and rate of tax (in per cent, the highest first). The tax of a payer at a rate is reckoned once, on the
    sum of those shares."""
    sums: dict[Payer, dict[Decimal, Decimal]] = {}
    for line in lines:
        if line.answer != Answer.DECLINED:
            rate = rate_of(line, garage)
            for payer, amount in shares_of(line, garage.currency).items():
                own = sums.setdefault(payer, {})
                own[rate] = own.get(rate, Decimal(0)) + amount
    found = {
        payer: {rate: taxed(sums[payer][rate], rate, garage) for rate in sorted(sums[payer], reverse=True)}
        for payer in Payer
        if payer in sums
    }
    return with_excess(found, excess, garage.currency)


def excess_in(lines: Iterable[OrderLine], garage: Garage, excess: Decimal) -> Decimal:
    """What of the `excess` is in the customer's part of these lines, tax in it: at most what the insurer would pay."""
    return min(excess, by_payer(lines, garage).get(Payer.INSURER, NOTHING).total)


def with_excess(sums: dict[Payer, Rates], excess: Decimal, currency: str) -> dict[Payer, Rates]:
    """The same sums with the excess moved from the insurer to the customer, at most all of it, from each rate its part. Nothing is
    lost or made: what is taken from one, coin by coin, the other gets."""
    insurer = sums.get(Payer.INSURER, {})
    moved = min(excess, together(insurer.values()).total)
    if moved <= 0:
        return sums
    parts = spread(moved, [one.total for one in insurer.values()], currency)
    taken = {rate: _taken(insurer[rate], part, rate, currency) for rate, part in zip(insurer, parts, strict=True)}
    own, rates = sums.get(Payer.CUSTOMER, {}), sorted({*sums.get(Payer.CUSTOMER, {}), *insurer}, reverse=True)
    shifted = {
        Payer.CUSTOMER: {rate: together([own.get(rate, NOTHING), taken.get(rate, NOTHING)]) for rate in rates},
        Payer.INSURER: {rate: _less(one, taken[rate]) for rate, one in insurer.items()},
    }
    return {payer: shifted.get(payer) or sums[payer] for payer in Payer if payer in shifted or payer in sums}


def together(sums: Iterable[Total]) -> Total:
    """All of them in one."""
    net = tax = Decimal(0)
    for one in sums:
        net, tax = net + one.net, tax + one.tax
    return Total(net, tax, net + tax)


def rates_in(shares: Iterable[Rates]) -> Rates:
    """What all payers together pay at each rate, the highest first."""
    found = list(shares)
    rates = sorted({rate for one in found for rate in one}, reverse=True)
    return {rate: together(one[rate] for one in found if rate in one) for rate in rates}


def _taken(whole: Total, part: Decimal, rate: Decimal, currency: str) -> Total:
    """`part` of a sum, tax in it; neither its tax nor its net is more than there is."""
    _, tax = split_tax(part, rate, True, currency)
    tax = whole.tax if part == whole.total else max(min(tax, whole.tax), part - whole.net)
    return Total(part - tax, tax, part)


def _less(whole: Total, part: Total) -> Total:
    return Total(whole.net - part.net, whole.tax - part.tax, whole.total - part.total)


def customer_pays(lines: Iterable[OrderLine], garage: Garage, excess: Decimal = Decimal(0)) -> Total:
    """What the customer pays of the lines, declined ones left out, and of the insurer's part the excess."""
    return by_payer(lines, garage, excess).get(Payer.CUSTOMER, NOTHING)
