"""The flow of a slip: parts asked for, picked, given out against a signature; or put back, or withdrawn."""

from db.enums_workshop import RequisitionStatus as R
from db.models import Requisition
from services import permissions as may
from services.i18n import N_
from services.order_moves import ORDERS
from services.refusals import Refusal
from services.slips import OPEN, Slip, load_slips
from services.workflow import Flow, Move


class NotInWorkshop(Refusal):
    """The car is not in the workshop: nothing is given out for it."""


def in_workshop(slip: Slip) -> Refusal | None:
    """Parts go out only for a car that is being worked on."""
    return None if slip.order.status in ORDERS.move("issue").before else NotInWorkshop()


_OPEN = frozenset(OPEN)
_ENDS = (*may.REPAIRS, *may.ISSUES_PARTS, *may.RECEIVES)  # an advisor by ending the visit
REQUISITIONS: Flow[Slip] = Flow(
    Requisition,
    (
        Move("pick", N_("Picked"), "shelves", frozenset({R.ASKED}), R.PICKED, may.ISSUES_PARTS, "W04", (in_workshop,),
             primary=True),
        Move("hand_out", N_("Hand out"), "outbox", _OPEN, R.ISSUED, may.ISSUES_PARTS, "W04", (in_workshop,), primary=True),
        Move("put_back", N_("Put back on the shelf"), "move_to_inbox", frozenset({R.PICKED}), R.ASKED, may.ISSUES_PARTS,
             "W04"),
        Move("withdraw", N_("Withdraw"), "cancel", _OPEN, R.CANCELLED, _ENDS, "W04"),
    ),
    load_slips,
)  # fmt: skip
