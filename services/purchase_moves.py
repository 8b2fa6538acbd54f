"""The flow of a part to buy: planned, ordered, in; or not needed any more."""

from collections.abc import Sequence

from db.enums_desk import PurchaseStatus as P
from db.models import PurchaseLine
from services import permissions as may
from services.i18n import N_
from services.work import Work
from services.workflow import Flow, Move

OPEN = frozenset({P.PLANNED, P.ORDERED})
_BUYS = may.ISSUES_PARTS
_PLANS = (*may.ISSUES_PARTS, *may.BOOKS)


def load_purchases(work: Work, rows: Sequence[PurchaseLine]) -> dict[int, PurchaseLine]:
    """The moves ask about nothing but the line itself."""
    return {row.id: row for row in rows}


PURCHASES: Flow[PurchaseLine] = Flow(
    PurchaseLine,
    (
        Move("order", N_("Ordered"), "local_shipping", frozenset({P.PLANNED}), P.ORDERED, _BUYS, "B10", primary=True),
        Move("expect", N_("Supplier and day"), "event", OPEN, None, _BUYS, "B10"),
        Move("come_in", N_("It is in"), "package_2", OPEN, P.ARRIVED, _BUYS, "B10", primary=True),
        Move("drop", N_("Not needed"), "remove_shopping_cart", OPEN, P.DROPPED, _PLANS, "B10"),
    ),
    load_purchases,
)
