"""Changing what a line charges and who pays it. A line that changes for the customer has to be answered again."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from db.enums import Answer, LineKind, OrderStatus, Payer
from db.models import ConsentItem, OrderLine, WorkOrder
from services.clocks import wait_for_answer
from services.discount_limits import by_percent, check_discount, given
from services.discounts import falls_away
from services.estimate_versions import changed_while_shown
from services.estimates import split, total_of
from services.i18n import N_
from services.order_lines import ask_anew, job_of, limit_typed, line_of, quantity_typed, sum_typed
from services.order_moves import ORDERS
from services.order_refusals import PartsOut
from services.refusals import InThePast, Missing, Refusal
from services.validate import line as one_line
from services.validate import text, whole, within
from services.work import Work
from services.workflow import advance

ALL = 100
MOST = Decimal(1_000_000)
_NOT_BEGUN = (OrderStatus.RECEPTION, OrderStatus.AWAITING_APPROVAL, OrderStatus.AWAITING_DISPATCH)
_ASKED = ("title", "quantity", "unit_price", "discount", "payer", "payer_percent", "unpriced", "up_to")


class AlreadyPriced(Refusal):
    """“{title}” has a price already."""


class NotOutside(Refusal):
    """“{title}” is not outside work."""


def change_line(
    work: Work,
    order_id: int,
    *,
    line_id: int,
    quantity: Decimal | None = None,
    unit_price: Decimal | None = None,
    discount: Decimal | None = None,
    payer: Payer | None = None,
    payer_percent: int | None = None,
    unpriced: bool | None = None,
    up_to: Decimal | None = None,
    supplier: str | None = None,
    cost: Decimal | None = None,
    due_at: datetime | None = None,
    title: str | None = None,
) -> OrderLine:
    """Change what is given; None leaves it. `payer_percent` is 1 to 100 (the customer pays the rest), `up_to` 0 takes a limit
    away, a price ends `unpriced`. Supplier, cost and due time are of outside work.

    Refuses ranges, fractions of a coin, PartsOut under what was issued, DiscountTooHigh, OverYourLimit. An answer holds no
    longer when what was asked changed.
    """
    line = line_of(work, order_id, line_id)
    asked, away = _seen(line), Decimal(ALL) if line.unpriced else given(work, line)
    was = {"quantity": str(line.quantity), "price": str(line.unit_price), "discount": str(line.discount)}
    advance(work, ORDERS, order_id, "edit", line=line.title, was=was)
    if title is not None:
        line.title = text(title, N_("What"), 160)
    _sums(work, line, quantity, unit_price, discount)
    _pays(line, payer, payer_percent)
    _pricing(work, line, unit_price, unpriced, up_to)
    put_outside(work, line, supplier, cost, due_at)
    check_discount(work, line, away)
    if _seen(line) != asked:
        ask_anew(work, line)
    return work.add(line)


def give_discount(
    work: Work, order_id: int, *, percent: int, order_job_id: int | None = None, line_id: int | None = None
) -> list[OrderLine]:
    """So many per cent less on one line, on the lines of a job, or on all: in place of the discounts they have.

    Unpriced lines and those of other payers stay as they are unless named. Refuses with OutOfRange, OverYourLimit.
    """
    percent = whole(percent, N_("Discount in per cent"), 0, ALL)
    advance(work, ORDERS, order_id, "edit", discount=f"{percent} %", job=order_job_id or 0, line=line_id or 0)
    query = select(OrderLine).where(OrderLine.order_id == order_id).order_by(col(OrderLine.id))
    named = OrderLine.id == line_id if line_id is not None else OrderLine.payer == Payer.CUSTOMER
    query = query.where(named)
    if order_job_id is not None:
        query = query.where(OrderLine.order_job_id == order_job_id)
    lines = [line for line in work.db.exec(query) if not line.unpriced]
    for line in lines:
        before, away = line.discount, given(work, line)
        line.discount = by_percent(work, line, percent)
        check_discount(work, line, away)
        if line.discount != before:
            ask_anew(work, line)
    return lines


def set_payer(work: Work, order_id: int, *, order_job_id: int, payer: Payer, percent: int = ALL) -> list[OrderLine]:
    """Who pays all lines of a job, and how many per cent of them (1 to 100, the customer pays the rest).

    A yes holds as long as the customer has to pay no more than before; a no holds whoever pays. A discount was the customer's: it
    falls away from lines somebody else pays.
    """
    job = job_of(work, order_id, order_job_id)
    order = advance(work, ORDERS, order_id, "payer", job=job.title, payer=payer.value, percent=percent)
    changed_while_shown(work, order)  # a customer who is just reading the estimate reads it again
    lines = work.db.exec(select(OrderLine).where(OrderLine.order_job_id == job.id).order_by(col(OrderLine.id))).all()
    for line in lines:
        before = _customers(work, line)
        _pays(line, payer, percent)
        if line.payer != Payer.CUSTOMER:
            falls_away(work, order, line)
        work.db.add(line)
        if line.answer == Answer.AGREED and _customers(work, line) > before:
            _ask_customer(work, order, line)
    return list(lines)


def price_line(
    work: Work, order_id: int, *, line_id: int, unit_price: Decimal | None, quantity: Decimal | None = None
) -> OrderLine:
    """The price of a line agreed without one, now that it is known, or of one that still waits for its answer; it can be
    corrected until the statement is issued.

    Within the limit agreed the answer holds; above it, or without a limit, the customer is asked again.
    Refuses ranges, AlreadyPriced, and discounts as `change_line` does.
    """
    line = line_of(work, order_id, line_id)
    order = advance(work, ORDERS, order_id, "price_line", line=line.title, price=str(unit_price))
    changed_while_shown(work, order)
    free = line.unpriced or _agreed_unpriced(work, line)  # the catalogue's price was never told
    if not free and line.answer != Answer.PENDING:
        raise AlreadyPriced(title=line.title)
    away = Decimal(ALL) if free else given(work, line)
    if unit_price is None:
        raise Missing(field=N_("Price"))
    _sums(work, line, quantity, unit_price, None)
    line.unpriced = False
    check_discount(work, line, away)
    over = line.up_to is None or total_of(line, work.garage.currency) > line.up_to
    if over and line.answer == Answer.AGREED and _open_for_customer(line):
        _ask_customer(work, order, line)
    return work.add(line)


def _sums(
    work: Work, line: OrderLine, quantity: Decimal | None, unit_price: Decimal | None, discount: Decimal | None
) -> None:
    if quantity is not None:
        line.quantity = quantity_typed(quantity)
        if line.quantity < line.issued:
            raise PartsOut(lines=line.title)
    if unit_price is not None:
        line.unit_price = sum_typed(work, unit_price, N_("Price"))
    if discount is not None:
        line.discount = sum_typed(work, discount, N_("Discount"))


def _pays(line: OrderLine, payer: Payer | None, percent: int | None) -> None:
    if percent is not None:
        within(percent, N_("Share in per cent"), 1, ALL)
        line.payer_percent = percent
    if payer is not None:
        line.payer = payer
    if line.payer == Payer.CUSTOMER:
        line.payer_percent = ALL


def _pricing(
    work: Work, line: OrderLine, unit_price: Decimal | None, unpriced: bool | None, up_to: Decimal | None
) -> None:
    if up_to is not None:
        line.up_to = limit_typed(work, up_to)
    if unpriced:
        line.unpriced, line.unit_price, line.discount = True, Decimal(0), Decimal(0)
    elif line.unpriced and unit_price is not None:
        line.unpriced = False
    elif line.unpriced and unpriced is False:
        raise Missing(field=N_("Price"))


def put_outside(
    work: Work, line: OrderLine, supplier: str | None, cost: Decimal | None, due_at: datetime | None
) -> None:
    """From whom outside work comes, what it costs, when it is due; None leaves it. Refuses with NotOutside, InThePast."""
    if supplier is None and cost is None and due_at is None:
        return
    if line.kind != LineKind.OUTSIDE:
        raise NotOutside(title=line.title)
    if due_at is not None and due_at <= work.now:
        raise InThePast
    line.supplier = one_line(supplier, N_("Supplier"), 120, needed=False) if supplier is not None else line.supplier
    line.cost = sum_typed(work, cost, N_("Cost")) if cost is not None else line.cost
    line.due_at = due_at or line.due_at


def _seen(line: OrderLine) -> tuple[Any, ...]:
    return tuple(getattr(line, name) for name in _ASKED)


def _customers(work: Work, line: OrderLine) -> Decimal:
    """What the customer pays of a line; of one without a price, of the most it may cost."""
    currency = work.garage.currency
    amount = (line.up_to or MOST) if line.unpriced else total_of(line, currency)
    return split(amount, line.payer, line.payer_percent, currency).get(Payer.CUSTOMER, Decimal(0))


def _ask_customer(work: Work, order: WorkOrder, line: OrderLine) -> None:
    """Before anybody works on it the customer can still choose another way; after that only this line is asked about, and
    nobody works on the job until then."""
    if order.status in _NOT_BEGUN:
        ask_anew(work, line)
    else:
        line.answer = Answer.PENDING
        work.db.add(line)
        wait_for_answer(work, line.order_job_id)


def _open_for_customer(line: OrderLine) -> bool:
    """Whether the customer pays some of it."""
    return line.payer == Payer.CUSTOMER or line.payer_percent < ALL


def _agreed_unpriced(work: Work, line: OrderLine) -> bool:
    last = select(ConsentItem.unpriced).where(ConsentItem.line_id == line.id).order_by(col(ConsentItem.id).desc())
    return bool(work.db.exec(last.limit(1)).first())
