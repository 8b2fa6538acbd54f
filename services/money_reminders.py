"""Reminding customers of money that is overdue: whom now, by message or by call, and what they promised."""

from collections.abc import Sequence
from datetime import date, timedelta

from db.enums import Channel
from db.models import ContactAttempt, Customer, MoneyReminder
from services import permissions as may
from services.balances import OpenCustomer, OpenOrder, open_balances, open_of
from services.delivery import WRITTEN, NoMessage
from services.i18n import N_
from services.messages import queue
from services.money import Sum
from services.normalize import phone_shown
from services.people import names
from services.preparation import DayName
from services.refusals import InThePast, Refusal
from services.validate import text
from services.work import Work

AGAIN = timedelta(minutes=30)  # two people at the same list: the second call so soon after the first is a mistake
FURTHEST = timedelta(days=90)  # a promise later than that is none
FIRST = N_("{garage}: {sum} for {plates} was due on {day}. Please pay it, or call us: {phone}")
LATER = N_(
    "{garage}: reminder no. {level}. {sum} for {plates} has been due since {day}. Please pay it now, or call us: {phone}"
)


class NothingOverdue(Refusal):
    """Nothing of this customer's is overdue."""


class JustReminded(Refusal):
    """{name} has reminded this customer just now."""


class PromiseTooLate(Refusal):
    """A promise to pay lies at most {days} days ahead."""


def due_now(work: Work, customers: Sequence[OpenCustomer]) -> list[tuple[OpenCustomer, list[OpenOrder]]]:
    """The customers to remind today, each with the orders it is about."""
    today, pause = work.local(work.now).date(), timedelta(days=work.garage.remind_days)
    found = [(one, [order for order in one.owing if _is_due(work, order, today, pause)]) for one in customers]
    return [(one, orders) for one, orders in found if orders]


def to_remind(work: Work) -> list[tuple[OpenCustomer, list[OpenOrder]]]:
    """The same of everybody. Two queries."""
    return due_now(work, open_balances(work))


def remind(
    work: Work,
    customer_id: int,
    *,
    channel: Channel,
    reached: bool = True,
    promised_on: date | None = None,
    note: str = "",
) -> list[MoneyReminder]:
    """Remind a customer of everything that is overdue: by a call, or by the written channel the customer allows.

    A call nobody answered is a try, and no reminder: nothing is given back. Refuses with NothingOverdue, JustReminded, NoMessage,
    a promise in the past or over 90 days ahead, and TooLong over 300 characters.
    """
    work.needs(*may.REMINDS)
    customer = work.lock(Customer, customer_id)
    found = open_of(work, customer_id)
    orders = [one for one in found.owing if one.days > 0] if found else []
    if found is None or not orders:
        raise NothingOverdue
    _not_twice(work, orders)
    words = text(note, N_("Note"), 300, needed=False)
    if channel in WRITTEN:
        channel, reached, promised_on = _message(work, found, orders), True, None
    _promise(work, promised_on)
    work.add(ContactAttempt(customer_id=customer_id, order_id=orders[0].order.id, channel=channel, reached=reached, note=words,
                            at=work.now, by_id=work.by.id))  # fmt: skip
    work.event(customer, "reminded", channel=channel.label, reached=reached, sum=str(found.overdue),
               promised=promised_on.isoformat() if promised_on else "", note=words)  # fmt: skip
    if not reached:
        return []
    return [
        work.add(
            MoneyReminder(order_id=one.order.id, level=one.level + 1, channel=channel, promised_on=promised_on, note=words,
                          at=work.now, by_id=work.by.id)
        )
        for one in orders
    ]  # fmt: skip


def _is_due(work: Work, one: OpenOrder, today: date, pause: timedelta) -> bool:
    """Overdue, and neither reminded a short while ago nor promised for a day still to come."""
    last = one.last
    if one.days <= 0 or last is None:
        return one.days > 0
    if last.promised_on is not None:
        return last.promised_on < today
    return work.local(last.at).date() + pause <= today


def _not_twice(work: Work, orders: Sequence[OpenOrder]) -> None:
    last = max((one.last for one in orders if one.last), key=lambda one: one.id, default=None)
    if last and work.now - last.at < AGAIN:
        raise JustReminded(name=names(work).get(last.by_id or 0, "Service Lane"))


def _message(work: Work, found: OpenCustomer, orders: Sequence[OpenOrder]) -> Channel:
    level = max(one.level for one in orders) + 1
    message = queue(
        work,
        customer_id=found.customer.id,
        kind="money",
        text=FIRST if level == 1 else LATER,
        subject="work_order",
        subject_id=orders[0].order.id,
        garage=work.garage.name,
        level=level,
        sum=Sum(found.overdue, work.garage.currency),
        plates=", ".join(dict.fromkeys(one.vehicle.plate for one in orders)),
        day=DayName(min(one.due_on for one in orders)),
        phone=phone_shown(work.garage.phone),
    )
    if message is None:
        raise NoMessage
    return message.channel


def _promise(work: Work, promised_on: date | None) -> None:
    today = work.local(work.now).date()
    if promised_on is not None and promised_on < today:
        raise InThePast
    if promised_on is not None and promised_on > today + FURTHEST:
        raise PromiseTooLate(days=FURTHEST.days)
