"""The tax on lines of one kind, where it is not the garage's own."""

from decimal import Decimal

from db.enums import LineKind
from db.models import Garage, KindTax
from services import permissions as may
from services.i18n import N_
from services.order_lines import exactly
from services.work import Work

ALL = 100


def set_kind_rate(work: Work, kind: LineKind, percent: Decimal | None) -> None:
    """Another tax, in per cent, on lines of a kind made from now on; None: the garage's. Lines there are keep theirs.

    Refuses with NotAllowed, OutOfRange, NotExact.
    """
    work.needs(*may.MANAGES)
    work.lock(Garage, work.garage.id)  # two managers at once
    row = work.db.get(KindTax, kind)
    if percent is not None:
        row = row or KindTax(kind=kind)
        row.percent = exactly(percent, N_("Tax in percent"), ALL)
        work.db.add(row)
    elif row is not None:
        work.db.delete(row)
    work.event(work.garage, "changed", tax_on={kind.value: None if percent is None else str(percent)})


def percent_typed(percent: Decimal | None) -> Decimal | None:
    """A rate of tax people typed: 0 to 100, at most three decimals; None: no rate of its own. Refuses with OutOfRange, NotExact."""
    return None if percent is None else exactly(percent, N_("Tax in percent"), ALL)
