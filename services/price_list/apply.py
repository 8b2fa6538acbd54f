"""A price list written to the catalogue, a portion at a time."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from db.enums_workshop import PriceSource
from db.models import Garage, Part, PartSupplier, PriceChange, Supplier
from services import permissions as may
from services.price_list.match import Line, What, Wishes
from services.work import Work

PORTION = 1_000  # lines written in one unit of work: nobody at another tablet waits longer than a moment
_AT_ONCE = 500
Columns = dict[str, Any]


@dataclass(frozen=True)
class Brought:
    """What an import did: parts made, changed, and left as they were."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: "Brought") -> "Brought":
        return Brought(self.new + other.new, self.changed + other.changed, self.same + other.same)


def portions(lines: Sequence[Line], most: int = PORTION) -> list[list[Line]]:
    """What is to be written, in portions."""
    wanted = [line for line in lines if line.what in (What.NEW, What.CHANGED)]
    return [wanted[at : at + most] for at in range(0, len(wanted), most)]


def bring_in(work: Work, portion: Sequence[Line], wishes: Wishes, *, name: str) -> Brought:
    """Write a portion of the list called `name`; the same list a second time changes nothing.

    What the supplier asks is kept with the supplier; it becomes the part's own cost only while none lies on the shelf, whose
    cost is the average of what was paid. Every price changed is kept. Refuses with NotAllowed.
    """
    work.needs(*may.ISSUES_PARTS)
    work.lock(Garage, work.garage.id)  # two imports at once would make every part twice
    fresh = [line for line in portion if line.part_id is None]
    there = _ids(work, [line.row.code for line in fresh])  # made since the list was looked at
    made = [line for line in fresh if line.row.code not in there]
    _make(work, made)
    new = _ids(work, [line.row.code for line in made])
    ids = there | new
    meant = {line.part_id or ids[line.row.code]: line for line in portion}
    repriced = _reprice(work, {key: line for key, line in meant.items() if key not in new.values()}, name)
    sold = _sell(work, meant, wishes.supplier_id)
    changed = len((repriced | sold) - set(new.values()))
    return Brought(len(new), changed, len(portion) - len(new) - changed)


def note_import(work: Work, supplier_id: int, done: Brought, *, name: str) -> None:
    """Leave the trace of a whole list in the supplier's history. Refuses with NotAllowed."""
    work.needs(*may.ISSUES_PARTS)
    work.event(work.get(Supplier, supplier_id), "price_list", name=name, new=done.new, changed=done.changed)


def _some(keys: Collection[Any]) -> Iterator[list[Any]]:
    ordered = sorted(keys)
    for at in range(0, len(ordered), _AT_ONCE):
        yield ordered[at : at + _AT_ONCE]


def _ids(work: Work, codes: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _some(codes):
        query = select(Part.code, Part.id).where(col(Part.code).in_(some))
        found |= dict(work.db.exec(query).all())
    return found


def _make(work: Work, lines: Sequence[Line]) -> None:
    rows: list[Columns] = [
        {"code": line.row.code, "name": line.row.name, "brand": line.row.brand, "unit": line.row.unit, "price": line.price,
         "cost": line.row.cost or Decimal(0), "place": "", "minimum": Decimal(0), "on_hand": Decimal(0), "active": True,
         "grade": None, "interchange": ""}
        for line in lines
    ]  # fmt: skip
    if rows:
        work.db.execute(insert(Part), rows)


def _reprice(work: Work, meant: dict[int, Line], name: str) -> set[int]:
    """Write the prices that differ; gives the parts whose price or own cost changed."""
    changes: list[Columns] = []
    for some in _some(meant):
        held: Any = sa_select(Part.id, Part.price, Part.cost, Part.on_hand)  # type: ignore[call-overload]
        for key, price_was, cost_was, on_hand in work.db.execute(
            held.where(col(Part.id).in_(some)).order_by(col(Part.id)).with_for_update()
        ):
            row = meant[key].row
            price = price_was if row.price is None else row.price
            cost = cost_was if row.cost is None or on_hand > 0 else row.cost
            if (price, cost) != (price_was, cost_was):
                changes.append({"part_id": key, "price_was": price_was, "price": price, "cost_was": cost_was, "cost": cost,
                                "source": PriceSource.LIST, "note": name[:200], "at": work.now, "by_id": work.by.id})  # fmt: skip
    if changes:
        table: Any = Part.__table__  # type: ignore[attr-defined]
        to_these = (
            update(table).where(table.c.id == bindparam("key")).values(price=bindparam("price"), cost=bindparam("cost"))
        )
        work.db.connection().execute(
            to_these, [{"key": one["part_id"], "price": one["price"], "cost": one["cost"]} for one in changes]
        )
        work.db.execute(insert(PriceChange), changes)
    return {one["part_id"] for one in changes}


def _sell(work: Work, meant: dict[int, Line], supplier_id: int) -> set[int]:
    """What the supplier asks by now, and under which number; gives the parts for which that is news."""
    had: dict[int, tuple[str, Decimal | None]] = {}
    for some in _some(meant):
        query: Any = sa_select(PartSupplier.part_id, PartSupplier.code, PartSupplier.cost)  # type: ignore[call-overload]
        mine = query.where(col(PartSupplier.supplier_id) == supplier_id, col(PartSupplier.part_id).in_(some))
        had |= {key: (code, cost) for key, code, cost in work.db.execute(mine)}
    new: list[Columns] = []
    changed: list[Columns] = []
    for key, line in meant.items():
        code, cost = had.get(key, ("", None))
        now = (code or line.row.code, cost if line.row.cost is None else line.row.cost)
        if key not in had:
            new.append({"part_id": key, "supplier_id": supplier_id, "code": now[0], "cost": now[1], "preferred": False,
                        "updated_at": work.now})  # fmt: skip
        elif now != (code, cost):
            changed.append({"part": key, "code": now[0], "cost": now[1]})
    if new:
        work.db.execute(insert(PartSupplier), new)
    if changed:
        table: Any = PartSupplier.__table__  # type: ignore[attr-defined]
        mine = update(table).where(table.c.part_id == bindparam("part"), table.c.supplier_id == supplier_id)
        work.db.connection().execute(
            mine.values(code=bindparam("code"), cost=bindparam("cost"), updated_at=work.now), changed
        )
    return {one["part_id"] for one in new} | {one["part"] for one in changed}
