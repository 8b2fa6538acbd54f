"""The rows of the cash drawer: which one is open, what goes in and out of it, and what the sums come to."""

from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, func, select

from db.enums import PaymentMethod
from db.enums_money import DrawerKind
from db.models import CashDrawer, DrawerEntry
from services.people import names
from services.refusals import Refusal
from services.work import Work

COUNTED = "drawer_counted"  # the act in the journal
_OPEN = select(CashDrawer).where(col(CashDrawer.closed_at).is_(None))
_CASH: Any = select(func.sum(DrawerEntry.amount)).where(
    col(DrawerEntry.drawer_id) == bindparam("drawer"), DrawerEntry.method == PaymentMethod.CASH
)


class DrawerClosed(Refusal):
    """The cash drawer is closed. Open it first."""


class ClosedBy(Refusal):
    """{name} has closed the cash drawer: {number}."""


class NotClosed(Refusal):
    """The cash drawer has not been closed yet."""


class NotSoMuchCash(Refusal):
    """There is not that much cash in the drawer."""


def current(work: Work) -> CashDrawer | None:
    """The drawer that is open; None while none is."""
    return work.db.exec(_OPEN).first()


def hold(work: Work, *, alone: bool = False) -> CashDrawer:
    """The open drawer, held so that nobody closes it meanwhile. Payments hold it together; who looks at its sum holds it `alone`.

    Refuses with DrawerClosed. Lock it last: after the order.
    """
    query = _OPEN.with_for_update(read=not alone).execution_options(populate_existing=True)
    drawer = work.db.exec(query).first()
    if drawer is None:
        raise DrawerClosed
    return drawer


def hold_that(work: Work, drawer_id: int) -> CashDrawer:
    """That very drawer, held alone. Refuses with ClosedBy when it was closed meanwhile."""
    drawer = work.lock(CashDrawer, drawer_id)
    if drawer.closed_at:
        raise ClosedBy(name=names(work).get(drawer.closed_by_id or 0, ""), number=drawer.closing)
    return drawer


def enter(work: Work, drawer: CashDrawer, kind: DrawerKind, amount: Decimal, **more: Any) -> DrawerEntry:
    """One more change of the drawer, which the caller holds; what goes out is negative."""
    entry = DrawerEntry(drawer_id=drawer.id, kind=kind, amount=amount, at=work.now, by_id=work.by.id, **more)
    return work.add(entry)


def cash_in(work: Work, drawer_id: int) -> Decimal:
    """The cash that must lie in a drawer by its movements."""
    return work.db.execute(_CASH, {"drawer": drawer_id}).scalar() or Decimal(0)


def enough(work: Work, drawer: CashDrawer, amount: Decimal) -> None:
    """Refuses with NotSoMuchCash when less than `amount` lies in the drawer, which the caller holds alone."""
    if amount > cash_in(work, drawer.id):
        raise NotSoMuchCash
