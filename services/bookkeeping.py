"""What the bookkeeper asks for: statements and payments of a span of days, read in portions however many there are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select as sa_select
from sqlmodel import col, select

from db.models import (
    CashDrawer,
    Customer,
    DrawerEntry,
    Payment,
    Statement,
    StatementLine,
    StatementShare,
    Vehicle,
    WorkOrder,
)
from services.bookkeeping_tax import RateSum, line_sums, rate_sums
from services.indicators import Span
from services.permissions import READS_BOOKS
from services.work import Work

PORTION = 400  # statements or payments read at once


@dataclass(frozen=True)
class About:
    """Whose it is."""

    order: str
    plate: str
    customer: str


@dataclass(frozen=True)
class BookedStatement:
    """A statement or credit note (`reverses`: the number it takes back) with its sums by rate and its lines' net and tax."""

    row: Statement
    about: About
    reverses: str
    rates: list[RateSum]
    lines: list[tuple[StatementLine, RateSum]]


@dataclass(frozen=True)
class BookedPayment:
    """Money in or, negative, out."""

    row: Payment
    about: About


def statements_in(work: Work, span: Span, *, with_lines: bool = True) -> Iterator[BookedStatement]:
    """Statements and credit notes issued on those days, oldest first. Refuses with NotAllowed."""
    work.needs(*READS_BOOKS)
    credited = Statement.__table__.alias("credited")  # type: ignore[attr-defined]
    query = (
        sa_select(Statement, *_ABOUT, credited.c.number)
        .join(WorkOrder, col(WorkOrder.id) == col(Statement.order_id))
        .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
        .join(Customer, col(Customer.id) == col(WorkOrder.customer_id))
        .outerjoin(credited, credited.c.id == col(Statement.reverses_id))
    )
    for rows in _portions(work, query, Statement, span):
        keys = [row[0].id for row in rows]
        shares = _grouped(work, StatementShare, keys)
        lines = _grouped(work, StatementLine, keys) if with_lines else {}
        for found, order, plate, customer, reverses in rows:
            yield _booked(found, About(order, plate, customer), reverses, shares[found.id], lines.get(found.id, []))


def payments_in(work: Work, span: Span) -> Iterator[BookedPayment]:
    """Payments, refunds and reversals of those days, oldest first. Refuses with NotAllowed."""
    work.needs(*READS_BOOKS)
    query = (
        sa_select(Payment, *_ABOUT)
        .join(WorkOrder, col(WorkOrder.id) == col(Payment.order_id))
        .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
        .join(Customer, col(Customer.id) == col(WorkOrder.customer_id))
    )
    for rows in _portions(work, query, Payment, span):
        for payment, order, plate, customer in rows:
            yield BookedPayment(payment, About(order, plate, customer))


def drawers_in(work: Work, span: Span) -> list[CashDrawer]:
    """Drawers closed on those days, oldest first. Refuses with NotAllowed."""
    work.needs(*READS_BOOKS)
    first, end = span.bounds(work.zone)
    query = select(CashDrawer).where(col(CashDrawer.closed_at) >= first, col(CashDrawer.closed_at) < end)
    return list(work.db.exec(query.order_by(col(CashDrawer.closed_at), col(CashDrawer.id))))


def moved_in(work: Work, drawers: Sequence[CashDrawer]) -> dict[int, list[DrawerEntry]]:
    """What was moved by hand in each drawer, by its id."""
    found: dict[int, list[DrawerEntry]] = defaultdict(list)
    mine = col(DrawerEntry.drawer_id).in_([drawer.id for drawer in drawers])
    query = select(DrawerEntry).where(mine, col(DrawerEntry.payment_id).is_(None)).order_by(col(DrawerEntry.id))
    for entry in work.db.exec(query):
        found[entry.drawer_id].append(entry)
    return found


_ABOUT = (col(WorkOrder.number), col(Vehicle.plate), col(Customer.name))


def _portions(work: Work, query: Any, table: Any, span: Span) -> Iterator[Sequence[Any]]:
    """Portion after portion by time and id, each begun where the one before ended: no portion costs more than the first."""
    first, end = span.bounds(work.zone)
    at, key = col(table.at), col(table.id)
    after: tuple[datetime, int] = (first, 0)
    while True:
        began = (at > after[0]) | ((at == after[0]) & (key > after[1]))
        rows = work.db.execute(query.where(at >= after[0], began, at < end).order_by(at, key).limit(PORTION)).all()
        if not rows:
            return
        yield rows
        after = (rows[-1][0].at, rows[-1][0].id)


def _grouped(work: Work, table: Any, keys: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    query = select(table).where(col(table.statement_id).in_(keys)).order_by(col(table.id))
    for row in work.db.exec(query):
        found[row.statement_id].append(row)
    return found


def _booked(
    row: Statement, about: About, reverses: str | None, shares: list[StatementShare], lines: list[StatementLine]
) -> BookedStatement:
    sums = line_sums(row, lines, shares)
    return BookedStatement(
        row, about, reverses or "", rate_sums(row, shares), [(line, sums[line.id]) for line in lines]
    )
