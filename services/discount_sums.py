"""What a discount comes to and which line bears how much of it: exact to the coin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from db.enums import Answer, Payer
from db.models import Garage, OrderLine
from services.estimates import customer_pays, total_of
from services.i18n import N_
from services.money import coin, to_coin
from services.order_facts import OrderFacts
from services.refusals import OutOfRange, Refusal

ALL = Decimal(100)
_STEPS = (100, 500, 1000, 5000)  # coins: 1, 5, 10 and 50 where the coin is a hundredth


class NothingToDiscount(Refusal):
    """There is nothing here that the customer alone pays."""


class MoreThanThePrice(Refusal):
    """{title} comes to {sum}; the discount cannot be more."""


class OneWish(Refusal):
    """Say per cent, a sum, or what the customer is to pay."""


@dataclass(frozen=True)
class Wish:
    """How much less: so many per cent, a sum as the prices have it, or what the customer is to pay in the end, tax in it."""

    percent: Decimal | None = None
    amount: Decimal | None = None
    to_pay: Decimal | None = None


def reducible(facts: OrderFacts, line_id: int | None = None) -> list[OrderLine]:
    """The agreed lines the customer alone pays and that cost something; of one line when it is given."""
    return [
        line for line in facts.lines
        if line.answer == Answer.AGREED and line.payer == Payer.CUSTOMER and not line.unpriced
        and line_id in (None, line.id) and total_of(line, facts.currency) > 0
    ]  # fmt: skip


def pays(facts: OrderFacts, garage: Garage, parts: Mapping[int, Decimal] | None = None) -> Decimal:
    """What the customer pays of the agreed work, tax in it; with `parts` off the lines."""
    agreed = [line for line in facts.lines if line.answer == Answer.AGREED]
    less = [_less(line, parts[line.id]) if parts and line.id in parts else line for line in agreed]
    return customer_pays(less, garage, facts.excess).total


def base_of(lines: Sequence[OrderLine], currency: str) -> Decimal:
    """What the lines come to, as the prices have it."""
    return sum((total_of(line, currency) for line in lines), Decimal(0))


def amount_of(facts: OrderFacts, garage: Garage, lines: Sequence[OrderLine], wish: Wish) -> Decimal:
    """What the wish takes off these lines. Refuses with OutOfRange per cent, and with OneWish none or two at once."""
    given = [value for value in (wish.percent, wish.amount, wish.to_pay) if value is not None]
    if len(given) != 1 or not given[0].is_finite():
        raise OneWish
    if wish.to_pay is not None:
        return _to_reach(facts, garage, lines, wish.to_pay)
    if wish.percent is None:
        return given[0]
    if not 0 < wish.percent <= ALL:
        raise OutOfRange(field=N_("Discount in per cent"), least=1, most=ALL)
    return to_coin(base_of(lines, facts.currency) * wish.percent / ALL, facts.currency)


def spread(amount: Decimal, lines: Sequence[OrderLine], currency: str) -> dict[int, Decimal]:
    """The amount over the lines in proportion to what they cost, by line id: adds up to it to the coin, and no line falls
    below nothing. `amount` is at most what they cost together."""
    totals = {line.id: total_of(line, currency) for line in lines}
    whole, smallest = sum(totals.values(), Decimal(0)), coin(currency)
    exact = {key: amount * total / whole for key, total in totals.items()}
    parts = {key: share.quantize(smallest, ROUND_FLOOR) for key, share in exact.items()}
    left = int((amount - sum(parts.values(), Decimal(0))) / smallest)
    for key in sorted(exact, key=lambda key: parts[key] - exact[key])[:left]:
        parts[key] += smallest
    return {key: part for key, part in parts.items() if part}


def round_sums(total: Decimal, currency: str) -> list[Decimal]:
    """Round sums below what is to be paid, the nearest first."""
    steps = [coin(currency) * step for step in _STEPS]
    found = [total // step * step for step in steps]
    return [one for one in dict.fromkeys(found) if 0 < one < total and one >= total * Decimal("0.9")]


def _to_reach(facts: OrderFacts, garage: Garage, lines: Sequence[OrderLine], target: Decimal) -> Decimal:
    """The least sum off the lines by which the customer pays at most `target`: not every sum can be met where tax comes on top."""
    now, base, smallest = pays(facts, garage), base_of(lines, facts.currency), coin(facts.currency)
    if not 0 <= target < now:
        raise OutOfRange(field=N_("To pay"), least=0, most=now - smallest)
    least, most = Decimal(0), base  # in between lies the sum looked for
    if pays(facts, garage, spread(most, lines, facts.currency)) > target:
        return now - target  # more than the lines come to: refused as such
    while most - least > smallest:
        middle = to_coin((least + most) / 2, facts.currency)
        middle = min(max(middle, least + smallest), most - smallest)
        over = pays(facts, garage, spread(middle, lines, facts.currency)) > target
        least, most = (middle, most) if over else (least, middle)
    return most


def _less(line: OrderLine, part: Decimal) -> OrderLine:
    """The line as it would be; not the row itself."""
    values = line.model_dump()
    return OrderLine(**{**values, "discount": line.discount + part})
