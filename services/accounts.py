"""Customers who pay later (挂账): how much they may owe and for how many days, and what stands on papers about them."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import col, select

from db.models import Customer, Payment, Statement, WorkOrder
from services import permissions as may
from services.customers import KEEPS_FILES, fresh
from services.i18n import N_
from services.money import Sum
from services.payment_sums import amount_typed
from services.refusals import Refusal
from services.validate import line, whole
from services.work import Work

KEEPS_INVOICES = tuple(dict.fromkeys((*KEEPS_FILES, *may.TAKES_MONEY)))
DAYS = 30  # usual where nobody said otherwise
MOST_DAYS = 365


class OverAccountLimit(Refusal):
    """{owed} would be owed in all, and the account goes up to {limit}. Take a part of it, or ask the manager for credit."""


def set_account(
    work: Work, customer_id: int, version: int, *, limit: Decimal | None, days: int | None = None
) -> Customer:
    """Up to how much the customer may owe in all, and after how many days it is due; no limit: no account.

    What is owed already stays as it is. Refuses with NotAllowed, Stale, NothingPaid, NotExact, OutOfRange.
    """
    work.needs(*may.GIVES_CREDIT)
    row = fresh(work, Customer, customer_id, version)
    if limit is None:
        row.account_limit = row.account_days = None
    else:
        row.account_limit = amount_typed(work, limit)
        row.account_days = whole(DAYS if days is None else days, N_("Days to pay"), 1, MOST_DAYS)
    work.event(row, "account", limit=str(row.account_limit or ""), days=str(row.account_days or ""))
    return work.add(row)


def set_invoice(work: Work, customer_id: int, version: int, *, address: str, tax_number: str) -> Customer:
    """What a statement says of the customer beside the name. Refuses with NotAllowed, Stale, TooLong."""
    work.needs(*KEEPS_INVOICES)
    row = fresh(work, Customer, customer_id, version)
    row.address = line(address, N_("Address"), 300, needed=False)
    row.tax_number = line(tax_number, N_("Tax number"), 40, needed=False)
    work.event(row, "changed")
    return work.add(row)


def owes(work: Work, customer_id: int) -> Decimal:
    """What the customer owes on all statements that count, whether it is due or not; what is held for others is not set off."""
    mine = select(WorkOrder.id).where(WorkOrder.customer_id == customer_id)
    billed = work.db.execute(
        select(Statement.order_id, func.sum(Statement.customer_share))  # a credit note takes its statement off again
        .where(col(Statement.order_id).in_(mine))
        .group_by(col(Statement.order_id))
    )
    paid = dict(
        work.db.execute(
            select(Payment.order_id, func.sum(Payment.amount))
            .where(col(Payment.order_id).in_(mine))
            .group_by(col(Payment.order_id))
        ).all()
    )
    return sum((max(share - paid.get(key, Decimal(0)), Decimal(0)) for key, share in billed), Decimal(0))


def within_limit(work: Work, customer: Customer) -> None:
    """Refuses with OverAccountLimit when the customer owes more in all than the account allows. Hold the customer's row."""
    limit, owed, currency = customer.account_limit or Decimal(0), owes(work, customer.id), work.garage.currency
    if owed > limit:
        raise OverAccountLimit(owed=Sum(owed, currency), limit=Sum(limit, currency))


def due_from(work: Work, customer: Customer) -> date:
    """The day by which what is put on account today has to be paid."""
    return work.local(work.now).date() + timedelta(days=customer.account_days or DAYS)
