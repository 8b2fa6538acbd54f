"""The cash drawer (D06): opened with a float, every payment goes through it, counted blind and closed under a number."""

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from db.enums import PaymentMethod
from db.enums_money import DrawerKind, PaymentKind
from db.models import CashDrawer, DrawerEntry, Payment
from services.drawer_rows import COUNTED, cash_in, current, enough, enter, hold, hold_that
from services.i18n import N_
from services.money import Sum
from services.numbers import yearly_number
from services.order_lines import sum_typed
from services.people import names
from services.permissions import KEEPS_DRAWER, TAKES_MONEY
from services.refusals import Refusal
from services.validate import reason_given, text
from services.work import Work

SERIES = "Z"  # closings are Z2026-00001
FLOAT_REASONS = (N_("To the bank after closing"), N_("Into the safe"), N_("From the safe"))
DIFFERENCE_REASONS = (
    N_("Wrong change given"),
    N_("Payment not booked"),
    N_("Booked under another method"),
    N_("Cannot be found"),
)


class DrawerIsOpen(Refusal):
    """{name} has already opened the cash drawer."""


class OtherFloat(Refusal):
    """{sum} was counted when the drawer was last closed. Say why it is not that now."""


class CountedBefore(Refusal):
    """The cash has already been counted. Look at that count."""


class NotCounted(Refusal):
    """Count the cash first."""


class CashMoved(Refusal):
    """Cash went in or out since it was counted. Count again."""


class DifferenceUnexplained(Refusal):
    """{counted} was counted, {expected} should be there. Say why before closing."""


def last_closed(work: Work) -> CashDrawer | None:
    """The drawer closed last; None before the first closing."""
    query = select(CashDrawer).where(col(CashDrawer.closed_at).is_not(None))
    return work.db.exec(query.order_by(col(CashDrawer.closed_at).desc(), col(CashDrawer.id).desc()).limit(1)).first()


def float_proposed(work: Work) -> Decimal:
    """What should lie in the drawer: what was counted at its last closing; nothing before the first."""
    last = last_closed(work)
    return last.counted if last and last.counted is not None else Decimal(0)


def open_drawer(work: Work, float_: Decimal | None, *, reason: str = "") -> CashDrawer:
    """Open the drawer with `float_` in cash.

    Refuses with DrawerIsOpen (the second of two), OtherFloat when it is not what was counted last and no reason is given,
    and wrong sums as everywhere.
    """
    work.needs(*TAKES_MONEY)
    amount = sum_typed(work, float_, N_("Float"))
    reason = text(reason, N_("Reason"), 300, needed=False)
    last = last_closed(work)
    if last and last.counted != amount and not reason:
        raise OtherFloat(sum=Sum(last.counted or Decimal(0), work.garage.currency))
    drawer = _opened(work)
    enter(work, drawer, DrawerKind.FLOAT, amount, reason=reason)
    work.event(drawer, "drawer_opened", sum=str(amount), reason=reason)
    return drawer


def book(work: Work, payment: Payment) -> DrawerEntry:
    """Every payment, reversal and refund goes through the open drawer; by card and the like it stands beside the cash.

    Refuses with DrawerClosed, and with NotSoMuchCash when more cash is to be refunded than lies there. A reversal puts the books
    right and may leave less than nothing: the count shows it. Call it after the order is locked.
    """
    refund = payment.kind == PaymentKind.REFUND and payment.method == PaymentMethod.CASH and payment.amount < 0
    drawer = hold(work, alone=refund)
    if refund:
        enough(work, drawer, -payment.amount)
    kind = DrawerKind.TAKEN if payment.amount > 0 else DrawerKind.GIVEN_BACK
    return enter(work, drawer, kind, payment.amount, method=payment.method, payment_id=payment.id)


def count_drawer(
    work: Work,
    drawer_id: int,
    *,
    counted: Decimal | None,
    pieces: Mapping[str, int] | None = None,
    again: bool = False,
) -> CashDrawer:
    """Keep what was counted, before anybody is shown what should be there; `pieces`: how many of each note and coin.

    Refuses with ClosedBy, with CountedBefore when a count stands that still fits and `again` was not said, and wrong sums.
    """
    work.needs(*KEEPS_DRAWER)
    drawer = hold_that(work, drawer_id)
    amount = sum_typed(work, counted, N_("Cash counted"))
    expected = cash_in(work, drawer.id)
    if drawer.counted is not None and drawer.expected == expected and not again:
        raise CountedBefore
    drawer.counted, drawer.expected = amount, expected
    work.event(drawer, COUNTED, sum=str(amount), expected=str(expected), pieces=dict(pieces or {}))
    return work.add(drawer)


def count_again(work: Work, drawer_id: int) -> CashDrawer:
    """Drop the count that stands, so that it can be made anew; the journal keeps it. Refuses with ClosedBy."""
    work.needs(*KEEPS_DRAWER)
    drawer = hold_that(work, drawer_id)
    work.event(drawer, "drawer_recount", sum=str(drawer.counted), expected=str(drawer.expected))
    drawer.counted = drawer.expected = None
    return work.add(drawer)


def close_drawer(
    work: Work, *, counted: Decimal | None = None, reason: str = "", drawer_id: int | None = None
) -> CashDrawer:
    """Close the takings under the next number, with the count kept before, or with `counted`.

    Refuses with DrawerClosed or ClosedBy (the second of two), NotCounted, CashMoved when cash moved after the count, and
    DifferenceUnexplained when another sum was counted than expected and no reason is given.
    """
    work.needs(*KEEPS_DRAWER)
    drawer = hold(work, alone=True) if drawer_id is None else hold_that(work, drawer_id)
    if counted is not None:
        count_drawer(work, drawer.id, counted=counted, again=True)
    if drawer.counted is None:
        raise NotCounted
    if drawer.expected != cash_in(work, drawer.id):
        raise CashMoved
    drawer.difference_reason = _explained(work, drawer, reason)
    drawer.open, drawer.closed_at, drawer.closed_by_id = False, work.now, work.by.id
    drawer.closing = yearly_number(work, SERIES)
    work.event(drawer, "drawer_closed", number=drawer.closing, difference=str(difference(drawer)), reason=reason)
    return work.add(drawer)


def difference(drawer: CashDrawer) -> Decimal:
    """How much more was counted than expected; below nothing: cash is missing."""
    return (drawer.counted or Decimal(0)) - (drawer.expected or Decimal(0))


def _explained(work: Work, drawer: CashDrawer, reason: str) -> str:
    if not difference(drawer):
        return ""
    if not reason.strip():
        currency = work.garage.currency
        counted, expected = (Sum(one or Decimal(0), currency) for one in (drawer.counted, drawer.expected))
        raise DifferenceUnexplained(counted=counted, expected=expected)
    return reason_given(reason)


def _opened(work: Work) -> CashDrawer:
    """A new open drawer; the database lets one be open."""
    try:
        with work.db.begin_nested():
            return work.add(CashDrawer(opened_at=work.now, opened_by_id=work.by.id))
    except IntegrityError:
        other = current(work)
        if other is None:
            raise
        raise DrawerIsOpen(name=names(work).get(other.opened_by_id or 0, "")) from None
