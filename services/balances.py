"""What customers owe on cars that have left, by customer and age; and what the garage owes them.

`WorkOrder.due_on` says which orders these are: it is kept with every act on the money of an order, so nothing is searched through.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from db.enums import OrderStatus
from db.enums_money import Age
from db.models import Customer, MoneyReminder, Payment, Statement, Vehicle, WorkOrder
from services.accounts import due_from
from services.work import Work

LEFT = (OrderStatus.DELIVERED, OrderStatus.CLOSED)
_UNTIL = ((0, Age.NOT_DUE), (30, Age.TO_30), (60, Age.TO_60), (90, Age.TO_90))


@dataclass(frozen=True)
class OpenOrder:
    """An order with money open. `owed`: by the customer; below nothing what the garage has to give back."""

    order: WorkOrder
    vehicle: Vehicle
    owed: Decimal
    due_on: date
    days: int  # overdue; nothing or less: not due yet
    reminders: tuple[MoneyReminder, ...]

    @property
    def age(self) -> Age:
        """How long it is overdue."""
        return next((age for most, age in _UNTIL if self.days <= most), Age.OVER_90)

    @property
    def last(self) -> MoneyReminder | None:
        """The newest reminder."""
        return self.reminders[-1] if self.reminders else None

    @property
    def level(self) -> int:
        """How often the customer was reminded of it."""
        return max((one.level for one in self.reminders), default=0)


@dataclass(frozen=True)
class OpenCustomer:
    """A customer with the orders that have money open, the longest due first."""

    customer: Customer
    orders: tuple[OpenOrder, ...]

    @property
    def owing(self) -> list[OpenOrder]:
        """The orders the customer owes on."""
        return [one for one in self.orders if one.owed > 0]

    @property
    def owed(self) -> Decimal:
        """What the customer owes in all, due or not."""
        return sum((one.owed for one in self.owing), Decimal(0))

    @property
    def overdue(self) -> Decimal:
        """What of it should have been paid by now."""
        return sum((one.owed for one in self.owing if one.days > 0), Decimal(0))

    @property
    def to_give_back(self) -> Decimal:
        """What the garage has to give back."""
        return -sum((one.owed for one in self.orders if one.owed < 0), Decimal(0))

    @property
    def days(self) -> int:
        """How long the oldest of it is overdue."""
        return max((one.days for one in self.owing), default=0)


_BILLED = (
    select(func.sum(Statement.customer_share)).where(col(Statement.order_id) == col(WorkOrder.id)).scalar_subquery()
)
_PAID = select(func.sum(Payment.amount)).where(col(Payment.order_id) == col(WorkOrder.id)).scalar_subquery()
_OPEN: Any = (
    sa_select(WorkOrder, Vehicle, Customer, _BILLED, _PAID)
    .join(Vehicle, col(Vehicle.id) == col(WorkOrder.vehicle_id))
    .join(Customer, col(Customer.id) == col(WorkOrder.customer_id))
    .where(col(WorkOrder.due_on).is_not(None))
    .order_by(col(WorkOrder.due_on), col(WorkOrder.id))
)


def open_balances(work: Work) -> list[OpenCustomer]:
    """Every customer with money open, the longest overdue first. Two queries, however long the history."""
    return _customers(work, work.db.execute(_OPEN).all())


def open_of(work: Work, customer_id: int) -> OpenCustomer | None:
    """What is open with one customer."""
    found = _customers(work, work.db.execute(_OPEN.where(WorkOrder.customer_id == customer_id)).all())
    return found[0] if found else None


def by_age(customers: Iterable[OpenCustomer]) -> dict[Age, Decimal]:
    """What is owed by how long it is overdue; every age is named."""
    sums = dict.fromkeys(Age, Decimal(0))
    for one in (order for customer in customers for order in customer.owing):
        sums[one.age] += one.owed
    return sums


def keep_due(work: Work, order: WorkOrder) -> None:
    """Keep by when an order has to be paid, after anything that changed what is owed on it. For services, in the same act.

    A car that is still here is due only when it may leave with money owed; one that has left, at once unless a day was agreed.
    """
    balance = _balance(work, order.id)
    trusted = balance > 0 and (order.on_account or order.credit_by_id is not None)
    if trusted:
        due: date | None = order.due_on or due_from(work, work.get(Customer, order.customer_id))
    elif balance and order.status in LEFT:
        due = order.due_on or work.local(work.now).date()
    else:
        due = None
    if order.due_on != due:
        order.due_on = due
        work.db.add(order)


def _balance(work: Work, order_id: int) -> Decimal:
    work.db.flush()
    row = work.db.execute(sa_select(_BILLED, _PAID).where(col(WorkOrder.id) == order_id)).one()
    return (row[0] or Decimal(0)) - (row[1] or Decimal(0))


def _customers(work: Work, rows: Sequence[Any]) -> list[OpenCustomer]:
    reminders = _reminders(work, [row[0].id for row in rows])
    today = work.local(work.now).date()
    found: dict[int, tuple[Customer, list[OpenOrder]]] = {}
    for order, car, customer, billed, paid in rows:
        owed = (billed or Decimal(0)) - (paid or Decimal(0))
        days = (today - order.due_on).days
        one = OpenOrder(order, car, owed, order.due_on, days, tuple(reminders.get(order.id, ())))
        found.setdefault(customer.id, (customer, []))[1].append(one)
    made = [OpenCustomer(customer, tuple(orders)) for customer, orders in found.values()]
    return sorted(made, key=lambda one: (-one.days, one.customer.id))


def _reminders(work: Work, order_ids: list[int]) -> dict[int, list[MoneyReminder]]:
    found: dict[int, list[MoneyReminder]] = {}
    query = select(MoneyReminder).where(col(MoneyReminder.order_id).in_(order_ids)).order_by(col(MoneyReminder.id))
    for row in work.db.exec(query) if order_ids else ():
        found.setdefault(row.order_id, []).append(row)
    return found
