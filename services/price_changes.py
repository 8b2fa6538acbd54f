"""What a part cost before: every new price or cost leaves a line that nobody can change."""

from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import col, select

from db.enums_workshop import PriceSource
from db.models import Part, PriceChange, Staff
from services.work import Work


@dataclass(frozen=True)
class Priced:
    """A change of a part's price or cost, and who made it."""

    change: PriceChange
    by: str


def note_price(
    work: Work, part: Part, *, price_was: Decimal, cost_was: Decimal, source: PriceSource, note: str = ""
) -> PriceChange | None:
    """Keep that the part had other sums before; None when nothing changed. Sums are per unit of the part."""
    if (price_was, cost_was) == (part.price, part.cost):
        return None
    return work.add(
        PriceChange(part_id=part.id, source=source, price_was=price_was, price=part.price, cost_was=cost_was, cost=part.cost,
                    note=note[:200], at=work.now, by_id=work.by.id)
    )  # fmt: skip


def price_changes(work: Work, part_id: int, limit: int = 50) -> list[Priced]:
    """The newest changes of a part first. One query."""
    query = select(PriceChange, Staff.name).outerjoin(Staff, col(Staff.id) == col(PriceChange.by_id))
    mine = query.where(PriceChange.part_id == part_id).order_by(col(PriceChange.id).desc()).limit(limit)
    return [Priced(change, name or "") for change, name in work.db.exec(mine)]
