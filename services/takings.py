"""What a cash drawer took in, by method, and what was moved by hand; for one drawer or for many at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as sa_select
from sqlmodel import col, func, select

from db.enums import PaymentMethod
from db.enums_money import DrawerKind
from db.models import CashDrawer, DrawerEntry, Event, Payment
from services.drawer_rows import COUNTED, cash_in
from services.people import names
from services.work import Work

PAYMENTS = (DrawerKind.TAKEN, DrawerKind.GIVEN_BACK)
_BY = (col(DrawerEntry.drawer_id), col(DrawerEntry.method), col(DrawerEntry.kind))
_TAKEN: Any = (
    sa_select(*_BY, func.sum(DrawerEntry.amount), func.count())
    .where(_BY[0].in_(bindparam("drawers", expanding=True)), col(DrawerEntry.kind).in_(PAYMENTS))
    .group_by(*_BY)
)
_BY_HAND: Any = (
    select(DrawerEntry)
    .where(_BY[0] == bindparam("drawer"), col(DrawerEntry.kind).not_in(PAYMENTS))
    .order_by(col(DrawerEntry.id))
)
_COUNTS: Any = (
    select(Event)
    .where(
        Event.subject == CashDrawer.__tablename__, col(Event.subject_id) == bindparam("drawer"), Event.action == COUNTED
    )
    .order_by(col(Event.id))
)


@dataclass(frozen=True)
class Taking:
    """One method: what came in, what was given back (negative), and how many payments either were."""

    method: PaymentMethod
    taken: Decimal = Decimal(0)
    given_back: Decimal = Decimal(0)
    many: int = 0

    @property
    def total(self) -> Decimal:
        """What is left of it."""
        return self.taken + self.given_back


@dataclass(frozen=True)
class DrawerLook:
    """A drawer with what went through it. `expected` is its cash by the movements so far."""

    drawer: CashDrawer
    takings: list[Taking]
    by_hand: list[DrawerEntry]
    expected: Decimal
    names: dict[int, str]
    counts: list[Decimal]  # every count that was kept, the first one first

    @property
    def counted_before(self) -> list[Decimal]:
        """What was counted before the count that stands: who counts anew has seen what should be there."""
        return self.counts[:-1] if self.drawer.counted is not None else self.counts

    @property
    def counted(self) -> bool:
        """Whether a count stands: made, and no cash has moved since."""
        return self.drawer.counted is not None and self.drawer.expected == self.expected

    @property
    def moved_since(self) -> bool:
        """Whether it was counted and cash has moved since, so that the count says nothing."""
        return self.drawer.counted is not None and not self.counted

    def who(self, staff_id: int | None) -> str:
        """The name of a person."""
        return self.names.get(staff_id or 0, "")

    def sum_of(self, *kinds: DrawerKind) -> Decimal:
        """What was moved by hand in these ways; what went out is negative."""
        return sum((entry.amount for entry in self.by_hand if entry.kind in kinds), Decimal(0))


def takings(work: Work, drawer_ids: Iterable[int]) -> dict[int, list[Taking]]:
    """What each drawer took by method, methods in their order; a method nobody used is not named. One query."""
    keys = list(drawer_ids)
    found: dict[int, list[tuple[PaymentMethod, bool, Decimal, int]]] = {key: [] for key in keys}
    for key, method, kind, amount, many in work.db.execute(_TAKEN, {"drawers": keys}):
        found[key].append((method, kind == DrawerKind.TAKEN, amount, many))
    return {key: _by_method(rows) for key, rows in found.items()}


def paid_between(work: Work, first: datetime, end: datetime) -> list[Taking]:
    """Payments from `first` on, before `end`, whichever drawer they went through. One query."""
    by = (col(Payment.method), col(Payment.amount) > 0)
    query = sa_select(*by, func.sum(Payment.amount), func.count()).group_by(*by)
    return _by_method(work.db.execute(query.where(col(Payment.at) >= first, col(Payment.at) < end)))


def _by_method(rows: Iterable[Any]) -> list[Taking]:
    """Of rows that say method, whether it came in, sum and how many."""
    found: dict[PaymentMethod, Taking] = {}
    for method, came, amount, many in rows:
        had = found.get(method, Taking(method))
        taken, back = (amount, Decimal(0)) if came else (Decimal(0), amount)
        found[method] = Taking(method, had.taken + taken, had.given_back + back, had.many + many)
    return [found[method] for method in PaymentMethod if method in found]


def look_at(work: Work, drawer: CashDrawer) -> DrawerLook:
    """A drawer with its takings, its movements by hand (oldest first), its cash and the people's names."""
    return DrawerLook(
        drawer=drawer,
        takings=takings(work, [drawer.id])[drawer.id],
        by_hand=list(work.db.execute(_BY_HAND, {"drawer": drawer.id}).scalars()),
        expected=cash_in(work, drawer.id),
        names=names(work),
        counts=[Decimal(str(event.details["sum"])) for event in counts_of(work, drawer.id)],
    )


def counts_of(work: Work, drawer_id: int) -> list[Event]:
    """Every count of a drawer as the journal has it, the first one first; with `sum` and `pieces` in its details."""
    return list(work.db.execute(_COUNTS, {"drawer": drawer_id}).scalars())


def closings(work: Work, most: int) -> list[CashDrawer]:
    """Drawers that were closed, the newest first, at most so many."""
    query = select(CashDrawer).where(col(CashDrawer.closed_at).is_not(None))
    return list(work.db.exec(query.order_by(col(CashDrawer.closed_at).desc(), col(CashDrawer.id).desc()).limit(most)))
