"""What should be bought: what cars here and bookings ahead need and nobody has ordered, and what is below its minimum."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal

from sqlalchemy import func
from sqlmodel import col, or_, select

from db.models import Appointment, Part, PartReservation, PurchaseLine, WorkOrder
from services import permissions as may
from services.part_demand import Want, wants_ahead, wants_here
from services.part_reservations import lock_parts
from services.purchase_moves import OPEN
from services.purchases import plan
from services.refusals import NotNow
from services.suppliers import Source, sources_of
from services.work import Work

AHEAD = timedelta(days=14)  # bookings later than that are not bought for yet
NONE = Decimal(0)


@dataclass(frozen=True)
class Proposal:
    """A part to buy: for which cars, how much of it for the shelf, and from whom it usually comes."""

    part: Part
    wants: Sequence[Want]
    shelf: Decimal
    source: Source | None

    @property
    def quantity(self) -> Decimal:
        """How much is to be bought, in the part's unit."""
        return sum((want.quantity for want in self.wants), self.shelf)

    @property
    def needed_at(self) -> datetime | None:
        """When the first car needs it; None when it is only for the shelf, or no time was promised."""
        return min((want.at for want in self.wants if want.at), default=None)


@dataclass
class _Stand:
    """A part while its stock is given to one car after the other. `own`: what is kept or coming for each car."""

    free: Decimal
    coming: Decimal = NONE
    own: dict[tuple[str, int], Decimal] = field(default_factory=lambda: defaultdict(Decimal))


def proposals(work: Work, only: Collection[int] | None = None) -> list[Proposal]:
    """What should be put on the plan, the part needed first at the top; of these parts `only`. Six queries.

    What is kept for a car, or already on the plan for it, is not bought again; what lies free, or comes for the shelf, goes to
    the cars in the order of their times; the minimum is filled up last, in whole units.
    """
    wanted: dict[int, list[Want]] = defaultdict(list)
    for want in [*wants_here(work), *wants_ahead(work, work.now + AHEAD)]:
        wanted[want.part_id].append(want)
    parts = _parts(work, wanted, only)
    stands = _stands(work, parts)
    found = []
    for part in parts:
        lacking = _lacking(stands[part.id], wanted[part.id])
        shelf = _for_shelf(stands[part.id], part)
        if lacking or shelf:
            found.append((part, lacking, shelf))
    sources = sources_of(work, [part.id for part, _, _ in found])
    made = [
        Proposal(part, lacking, shelf, next(iter(sources.get(part.id, [])), None)) for part, lacking, shelf in found
    ]
    return sorted(
        made, key=lambda one: (not one.wants, one.needed_at is None, one.needed_at or work.now, one.part.name)
    )


def plan_proposed(work: Work, part_ids: Collection[int]) -> list[PurchaseLine]:
    """Put what is proposed of these parts on the plan as it is by now: a line for each car, one for the shelf.

    Refuses with NotAllowed, and NotNow when somebody was faster and nothing is left to plan.
    """
    work.needs(*may.ISSUES_PARTS)
    _hold(work, proposals(work, part_ids))
    lines = []
    for one in proposals(work, part_ids):
        for want in one.wants:
            lines.append(plan(work, part_id=one.part.id, quantity=want.quantity, order_id=want.order_id,
                              appointment_id=want.appointment_id, more=True))  # fmt: skip
        if one.shelf:
            lines.append(plan(work, part_id=one.part.id, quantity=one.shelf))
    if not lines:
        raise NotNow
    return lines


def _hold(work: Work, found: Iterable[Proposal]) -> None:
    """Orders, bookings, parts: everybody takes hold of them in this order."""
    wants = [want for one in found for want in one.wants]
    for key in sorted({want.order_id for want in wants if want.order_id}):
        work.lock(WorkOrder, key)
    for key in sorted({want.appointment_id for want in wants if want.appointment_id}):
        work.lock(Appointment, key)
    lock_parts(work, [one.part.id for one in found])


def _parts(work: Work, wanted: Collection[int], only: Collection[int] | None) -> list[Part]:
    """The parts somebody needs, and those of which less lies free than should."""
    kept = select(func.coalesce(func.sum(PartReservation.quantity), 0)).where(PartReservation.part_id == Part.id)
    low = (col(Part.minimum) > 0) & (col(Part.on_hand) - kept.scalar_subquery() < Part.minimum)
    query = select(Part).where(col(Part.active), or_(low, col(Part.id).in_(wanted)))
    return list(work.db.exec(query if only is None else query.where(col(Part.id).in_(only))))


def _stands(work: Work, parts: Sequence[Part]) -> dict[int, _Stand]:
    found = {part.id: _Stand(max(part.on_hand, NONE)) for part in parts}
    for held in work.db.exec(select(PartReservation).where(col(PartReservation.part_id).in_(found))):
        found[held.part_id].free -= held.quantity
        found[held.part_id].own[_whose(held)] += held.quantity
    mine = (col(PurchaseLine.status).in_(OPEN), col(PurchaseLine.part_id).in_(found))
    for line in work.db.exec(select(PurchaseLine).where(*mine)):
        stand = found[line.part_id or 0]
        if line.order_id or line.appointment_id:
            stand.own[_whose(line)] += line.quantity
        else:
            stand.coming += line.quantity
    return found


def _whose(row: PartReservation | PurchaseLine) -> tuple[str, int]:
    return ("order", row.order_id) if row.order_id else ("booking", row.appointment_id or 0)


def _lacking(stand: _Stand, wants: Iterable[Want]) -> list[Want]:
    """What of these cars is neither kept, nor free, nor coming."""
    found = []
    for want in sorted(wants, key=lambda one: (one.at is None, one.at, one.number)):
        need = want.quantity
        for holder in want.holders:
            used = min(stand.own.get(holder, NONE), need)
            if used:
                stand.own[holder] -= used
                need -= used
        used = min(max(stand.free, NONE), need)
        stand.free, need = stand.free - used, need - used
        used = min(stand.coming, need)
        stand.coming, need = stand.coming - used, need - used
        if need > 0:
            found.append(want.only(need))
    return found


def _for_shelf(stand: _Stand, part: Part) -> Decimal:
    lacks = part.minimum - max(stand.free, NONE) - stand.coming
    return lacks.to_integral_value(ROUND_CEILING) if part.minimum > 0 and lacks > 0 else NONE
