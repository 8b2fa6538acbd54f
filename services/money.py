"""Sums in the garage's currency: rounding to the coin, in one place, half up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from babel.numbers import format_currency, get_currency_precision


@cache
def coin(currency: str) -> Decimal:
    """The smallest amount of a currency: 0.01 for CNY, 1 for JPY, 0.001 for KWD."""
    return Decimal(1).scaleb(-get_currency_precision(currency))


def to_coin(amount: Decimal, currency: str) -> Decimal:
    """`amount` rounded half up to the coin."""
    return amount.quantize(coin(currency), ROUND_HALF_UP)


def hours(minutes: int) -> Decimal:
    """Labour time as it is charged: hours to the hundredth, half up."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)


def line_total(quantity: Decimal, unit_price: Decimal, discount: Decimal, currency: str) -> Decimal:
    """What one line comes to."""
    return to_coin(quantity * unit_price - discount, currency)


def split_tax(total: Decimal, percent: Decimal, included: bool, currency: str) -> tuple[Decimal, Decimal]:
    """`(net, tax)` of a sum of lines. With tax included the two add up to `total`; otherwise tax comes on top."""
    if included:
        tax = to_coin(total * percent / (100 + percent), currency)
        return total - tax, tax
    return total, to_coin(total * percent / 100, currency)


def spread(amount: Decimal, weights: Sequence[Decimal], currency: str) -> list[Decimal]:
    """`amount` in whole coins over weights of nothing or more: the parts add up to it, and none is more than its weight as long
    as `amount` is no more than all weights."""
    whole, so_far, given = sum(weights, Decimal(0)), Decimal(0), Decimal(0)
    parts = []
    for weight in weights:
        so_far += weight
        upto = to_coin(amount * so_far / whole, currency) if whole else Decimal(0)
        parts.append(upto - given)
        given = upto
    return parts


@lru_cache(maxsize=4096)
def show(amount: Decimal, currency: str, language: str) -> str:
    """A sum as people write it: £12.50, ¥1,200.00. Kept: a list writes the same sums again at every redraw."""
    return format_currency(amount + 0, currency, locale=language)


@dataclass(frozen=True)
class Sum:
    """A sum inside a sentence; it is written in the reader's way when the sentence is said."""

    amount: Decimal
    currency: str

    def say(self, language: str) -> str:
        """The sum as the reader of that language writes it."""
        return show(self.amount, self.currency, language)
