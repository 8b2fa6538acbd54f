"""Cash put into the drawer and taken out of it by hand, always for a reason."""

from decimal import Decimal

from db.enums_money import DrawerKind
from db.models import DrawerEntry
from services.drawer_rows import enough, enter, hold
from services.i18n import N_
from services.order_lines import sum_typed
from services.permissions import KEEPS_DRAWER
from services.refusals import Refusal
from services.validate import reason_given
from services.work import Work

REASONS: dict[DrawerKind, tuple[str, ...]] = {
    DrawerKind.PAID_IN: (N_("Change from the bank"), N_("Change from the safe"), N_("Private money put in")),
    DrawerKind.PAID_OUT: (N_("Small purchase"), N_("Fuel bought"), N_("Parking or toll"), N_("Advance to staff")),
    DrawerKind.BANKED: (N_("Paid in at the bank"), N_("Into the safe"), N_("Night deposit")),
}


class NothingMoved(Refusal):
    """The sum must be more than nothing."""


def move_cash(work: Work, kind: DrawerKind, *, amount: Decimal | None, reason: str) -> DrawerEntry:
    """Cash into the drawer (PAID_IN), out of it (PAID_OUT) or to the bank (BANKED), for a reason.

    Refuses with DrawerClosed, NothingMoved, ReasonMissing, wrong sums as everywhere, and NotSoMuchCash when more is to go out than
    lies there.
    """
    work.needs(*KEEPS_DRAWER)
    if kind not in REASONS:
        raise ValueError(f"{kind} is not moved by hand")
    if amount is not None and amount.is_finite() and amount <= 0:
        raise NothingMoved
    amount, reason = sum_typed(work, amount, N_("Amount")), reason_given(reason)
    drawer = hold(work, alone=True)
    if kind != DrawerKind.PAID_IN:
        enough(work, drawer, amount)
        amount = -amount
    work.event(drawer, "drawer_moved", kind=kind.value, sum=str(amount), reason=reason)
    return enter(work, drawer, kind, amount, reason=reason)
