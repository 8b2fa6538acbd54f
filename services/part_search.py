"""Finding a part by number, name, brand or place, of all of them or of those that fit a car."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_
from sqlmodel import col, select

from db.enums_desk import PurchaseStatus
from db.models import Part, PartFit, PartReservation, PartSupplier, PurchaseLine, Vehicle, WorkOrder
from services.campaign_keys import folded
from services.handing import GONE
from services.part_fits import Car, car_of, spellings
from services.price_list.rows import code_key
from services.work import Work

WHOLE = 5  # so many letters and digits may be a number written without its signs; fewer are found as they stand
_SIGNS = " -./"
_FITS = 2


@dataclass(frozen=True)
class PartRow:
    """A part with how much of it is kept for cars and how much is ordered. `fits`: it names the car looked for."""

    part: Part
    kept: Decimal
    coming: Decimal
    fits: bool = False

    @property
    def free(self) -> Decimal:
        """What lies there for anybody."""
        return max(self.part.on_hand - self.kept, Decimal(0))


def find_parts(
    work: Work,
    typed: str = "",
    *,
    car: Car | None = None,
    others: bool = False,
    low: bool = False,
    gone: bool = False,
    limit: int = 30,
) -> list[PartRow]:
    """Parts that have every word typed, those in stock first. Three queries.

    For a `car` those that name it come first, then those that name none, and with `others` those for other cars last. `low`:
    only those of which less lies free than should. `gone`: those no longer kept instead.
    """
    first: Any = literal(0)
    query: Any = select(Part).where(col(Part.active).is_not(gone))
    for word in typed.split():
        query = query.where(_has(word))
    if car is not None:
        fitting, names_none = _fitting(car), ~exists(select(PartFit.id).where(PartFit.part_id == Part.id))
        first = case((fitting, _FITS), (names_none, 1), else_=0)
        query = query if others else query.where(or_(fitting, names_none))
    if low:
        query = query.where(col(Part.minimum) > 0, col(Part.on_hand) - _kept_of_it() < col(Part.minimum))
    exact = case((col(Part.code) == typed.strip(), 0), else_=1)
    there = case((col(Part.on_hand) > 0, 0), else_=1)
    order = (first.desc(), exact, there, col(Part.name), col(Part.id))
    rows = work.db.execute(query.add_columns(first).order_by(*order).limit(limit)).all()
    return _with_stand(work, rows)


def part_row(work: Work, part_id: int) -> PartRow:
    """One part. Three queries. Refuses with NotFound."""
    return _with_stand(work, [(work.get(Part, part_id), 0)])[0]


def cars_here(work: Work) -> list[Vehicle]:
    """The cars in the shop, by plate: parts are mostly looked for for one of them. One query."""
    query = select(Vehicle).join(WorkOrder, col(WorkOrder.vehicle_id) == col(Vehicle.id))
    here = query.where(col(WorkOrder.status).not_in(GONE)).distinct()
    return list(work.db.exec(here.order_by(Vehicle.plate)))


def fitting_car(vehicle: Vehicle | None) -> Car | None:
    """The car parts are looked for for; None when it has no make, so that everything is shown."""
    return car_of(vehicle) if vehicle and vehicle.make else None


def _has(word: str) -> ColumnElement[bool]:
    """One look at each part: a price list may have left a hundred thousand of them. Only numbers are looked for without signs
    and among the suppliers' own numbers."""
    said = func.lower(col(Part.code) + " " + col(Part.name) + " " + col(Part.brand) + " " + col(Part.place))
    found = [said.contains(word.lower(), autoescape=True)]
    key = code_key(word)
    if any(char.isdigit() for char in key):
        sold = func.lower(PartSupplier.code).contains(word.lower(), autoescape=True)
        found.append(col(Part.id).in_(select(PartSupplier.part_id).where(sold)))
        if len(key) >= WHOLE:
            found.append(_bare(Part.code).contains(key))
    return or_(*found)


def _bare(code: Any) -> Any:
    """A part number without signs, as the database can compare it."""
    found = func.upper(code)
    for sign in _SIGNS:
        found = func.replace(found, sign, "")
    return found


def _fitting(car: Car) -> ColumnElement[bool]:
    model = folded(car.model)
    models = ["", *(model[:length] for length in range(1, len(model) + 1))]
    named: list[ColumnElement[bool]] = [
        col(PartFit.make).in_(spellings(car.make)),
        func.lower(PartFit.model).in_(models),
    ]
    if car.year is not None:
        named += [
            func.coalesce(PartFit.year_from, car.year) <= car.year,
            func.coalesce(PartFit.year_to, car.year) >= car.year,
        ]
    return col(Part.id).in_(select(PartFit.part_id).where(and_(*named)))


def _kept_of_it() -> Any:
    kept = select(func.coalesce(func.sum(PartReservation.quantity), 0))
    return kept.where(PartReservation.part_id == Part.id).scalar_subquery()


def _with_stand(work: Work, rows: Sequence[tuple[Part, int]]) -> list[PartRow]:
    ids = [part.id for part, _ in rows]
    kept = _sums(work, PartReservation, col(PartReservation.part_id).in_(ids))
    ordered = col(PurchaseLine.status) == PurchaseStatus.ORDERED
    coming = _sums(work, PurchaseLine, and_(col(PurchaseLine.part_id).in_(ids), ordered))
    none = Decimal(0)
    return [PartRow(part, kept.get(part.id, none), coming.get(part.id, none), fits == _FITS) for part, fits in rows]


def _sums(work: Work, table: type[PartReservation] | type[PurchaseLine], which: Any) -> dict[int, Decimal]:
    query: Any = select(table.part_id, func.sum(table.quantity)).where(which).group_by(col(table.part_id))
    return dict(work.db.exec(query).all())
