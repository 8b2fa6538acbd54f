"""Net and tax of every single line of a statement, so that the lines add up to the statement's own sums to the coin."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from db.models import Statement, StatementLine, StatementShare
from services.money import to_coin

NONE = Decimal(0)


@dataclass(frozen=True)
class RateSum:
    """What a statement comes to at one rate of tax, all payers together."""

    percent: Decimal
    net: Decimal
    tax: Decimal

    @property
    def total(self) -> Decimal:
        """With tax."""
        return self.net + self.tax


def rate_sums(statement: Statement, shares: Sequence[StatementShare]) -> list[RateSum]:
    """The sums by rate, the highest first. A statement older than its shares has one rate, its own."""
    if not shares:
        return [RateSum(statement.tax_percent, statement.net, statement.tax)]
    found: dict[Decimal, RateSum] = {}
    for share in shares:
        before = found.get(share.tax_percent, RateSum(share.tax_percent, NONE, NONE))
        found[share.tax_percent] = RateSum(share.tax_percent, before.net + share.net, before.tax + share.tax)
    return [found[percent] for percent in sorted(found, reverse=True)]


def line_sums(
    statement: Statement, lines: Sequence[StatementLine], shares: Sequence[StatementShare]
) -> dict[int, RateSum]:
    """Net and tax of each line by its id: each rate's sums laid on its lines by what they come to."""
    found = {line.id: RateSum(_percent(line, statement), NONE, NONE) for line in lines}  # a free line is in no share
    for one in rate_sums(statement, shares):
        mine = [line for line in lines if _percent(line, statement) == one.percent]
        weights = [line.total for line in mine]
        nets, taxes = (laid_on(amount, weights, statement.currency) for amount in (one.net, one.tax))
        for line, net, tax in zip(mine, nets, taxes, strict=True):
            found[line.id] = RateSum(one.percent, net, tax)
    return found


def laid_on(amount: Decimal, weights: Sequence[Decimal], currency: str) -> list[Decimal]:
    """`amount` by `weights` in coins, exact in sum: each part is the difference of two rounded running sums."""
    whole = sum(weights, NONE)
    parts, so_far, given = [], NONE, NONE
    for weight in weights:
        so_far += weight
        upto = to_coin(amount * so_far / whole, currency) if whole else NONE
        parts.append(upto - given)
        given = upto
    if parts and given != amount:  # lines that cancel each other out have no weight
        parts[-1] += amount - given
    return parts


def _percent(line: StatementLine, statement: Statement) -> Decimal:
    return statement.tax_percent if line.tax_percent is None else line.tax_percent
