"""What was issued in a stretch of time: how many statements, from which number to which, and their sums by rate of tax."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import exists, func
from sqlalchemy import select as sa_select
from sqlmodel import col

from db.models import Statement, StatementShare
from services.bookkeeping_tax import NONE, RateSum
from services.work import Work


@dataclass(frozen=True)
class Issued:
    """Statements and credit notes together; `first` and `last` are numbers. Rates: the highest first."""

    many: int
    first: str
    last: str
    rates: list[RateSum]

    @property
    def total(self) -> Decimal:
        """All of them, with tax."""
        return sum((rate.total for rate in self.rates), NONE)


def issued_between(work: Work, first: datetime, end: datetime) -> Issued:
    """What was issued from `first` on, before `end`. A statement older than its shares counts with its own rate."""
    at, share = (col(Statement.at) >= first, col(Statement.at) < end), StatementShare
    percent, own = col(share.tax_percent), col(Statement.tax_percent)
    new = sa_select(percent, func.sum(share.net), func.sum(share.tax)).join(
        Statement, col(Statement.id) == col(share.statement_id)
    )
    unshared = ~exists().where(col(share.statement_id) == col(Statement.id))
    old = sa_select(own, func.sum(Statement.net), func.sum(Statement.tax)).where(unshared)
    found: dict[Decimal, RateSum] = {}
    for query in (new.where(*at).group_by(percent), old.where(*at).group_by(own)):
        for rate, net, tax in work.db.execute(query):
            before = found.get(rate, RateSum(rate, NONE, NONE))
            found[rate] = RateSum(rate, before.net + net, before.tax + tax)
    edges = sa_select(func.count(), func.min(Statement.number), func.max(Statement.number)).where(*at)
    many, low, high = work.db.execute(edges).one()
    return Issued(many, low or "", high or "", [found[rate] for rate in sorted(found, reverse=True)])
