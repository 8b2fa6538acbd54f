"""Charging less than was agreed: what was not used or not done is not paid for, and the statement says so."""

from decimal import Decimal

from db.models import OrderLine
from services.differences import last_yes
from services.discount_limits import DiscountTooHigh
from services.i18n import N_
from services.order_lines import exactly, line_of
from services.order_moves import ORDERS
from services.order_refusals import ConsentMissing, PartsOut
from services.work import Work
from services.workflow import advance


def charge_less(work: Work, order_id: int, *, line_id: int, quantity: Decimal | None) -> OrderLine:
    """Charge only so much of an agreed line, from nothing up to what the customer agreed to; the yes holds.

    Refuses with ConsentMissing for a line without a yes, OutOfRange over what was agreed, NotExact, PartsOut under what the store
    gave out, DiscountTooHigh when what is left costs less than its discount.
    """
    line = line_of(work, order_id, line_id)
    advance(work, ORDERS, order_id, "charge_less", line=line.title, was=str(line.quantity), quantity=str(quantity))
    said = last_yes(work, order_id).get(line.id)
    if said is None or line.unpriced:
        raise ConsentMissing(lines=line.title)
    line.quantity = exactly(quantity, N_("Quantity"), said.quantity)
    if line.quantity < line.issued:
        raise PartsOut(lines=line.title)
    if line.discount > line.quantity * line.unit_price:
        raise DiscountTooHigh(title=line.title)
    return work.add(line)
