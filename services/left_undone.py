"""What the customer agreed to and nobody did: before the car is given back it is done or explained."""

from dataclasses import dataclass
from decimal import Decimal

from db.enums import Answer, LineKind
from db.models import OrderLine
from services.i18n import N_
from services.order_facts import OrderFacts

JOB, LINE = "job_", "line_"
WHY = (
    N_("Not needed after all"),
    N_("Taken from the workshop's own stock"),
    N_("Done at another visit"),
    N_("The customer no longer wants it"),
)
"""Reasons to tap."""


@dataclass(frozen=True)
class Undone:
    """One job or line left undone. `label` says how far it is; `quantity` in `unit`: how much of a part was not given out."""

    key: str
    title: str
    label: str
    quantity: Decimal | None = None
    unit: str = ""


def left_undone(facts: OrderFacts) -> list[Undone]:
    """Agreed jobs nobody finished; of the others the parts not given out and the outside work that is not back."""
    undone = {job.id for job in facts.undone}
    found = [Undone(f"{JOB}{job.id}", job.title, N_("not finished")) for job in facts.undone]
    found += [one for line in facts.lines if line.order_job_id not in undone and (one := _line(line))]
    return found


def _line(line: OrderLine) -> Undone | None:
    if line.answer != Answer.AGREED:
        return None
    if line.part_id and line.issued < line.quantity:
        return Undone(f"{LINE}{line.id}", line.title, N_("not issued"), line.quantity - line.issued, line.unit)
    if line.kind == LineKind.OUTSIDE and line.back_at is None:
        label = N_("not back yet") if line.sent_at else N_("not sent out")
        return Undone(f"{LINE}{line.id}", line.title, label)
    return None
