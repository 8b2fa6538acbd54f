"""Who sells us parts, and which parts each of them sells."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from db.enums_desk import PurchaseStatus as P
from db.models import Garage, Part, PartSupplier, PurchaseLine, Supplier
from services import permissions as may
from services import validate
from services.field_changes import put_fields
from services.i18n import N_
from services.money import to_coin
from services.refusals import NotFound, Refusal
from services.work import Work

MOST_DAYS, MOST_COST = 365, 1_000_000


class SupplierKnown(Refusal):
    """There is already a supplier called {name}."""


@dataclass(frozen=True)
class SupplierTyped:
    """A supplier as typed; `delivery_days`: how many days an order usually takes, None when nobody knows."""

    name: str
    contact: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""
    delivery_days: int | None = None
    active: bool = True


@dataclass(frozen=True)
class Dealing:
    """A supplier with how many parts of the catalogue they sell, and how many lines they owe us, `late` of them."""

    supplier: Supplier
    parts: int
    coming: int
    late: int


@dataclass(frozen=True)
class Source:
    """Where a part can be bought: the supplier's own number of it and the cost per unit, None when not known."""

    supplier: Supplier
    code: str
    cost: Decimal | None
    preferred: bool


def suppliers(work: Work) -> list[Supplier]:
    """Those we still buy from, by name."""
    return list(work.db.exec(select(Supplier).where(col(Supplier.active)).order_by(Supplier.name)))


def dealings(work: Work) -> list[Dealing]:
    """Every supplier, those we no longer buy from last. Three queries."""
    today = work.local(work.now).date()
    rows = work.db.exec(select(Supplier).order_by(col(Supplier.active).desc(), Supplier.name)).all()
    sold = select(PartSupplier.supplier_id, func.count()).group_by(col(PartSupplier.supplier_id))
    many = dict(work.db.exec(sold).all())
    coming = [
        (line.supplier_id, line.expected_on)
        for line in work.db.exec(select(PurchaseLine).where(PurchaseLine.status == P.ORDERED))
    ]
    return [
        Dealing(row, many.get(row.id, 0), sum(key == row.id for key, _ in coming),
                sum(key == row.id and on is not None and on < today for key, on in coming))
        for row in rows
    ]  # fmt: skip


def put_supplier(
    work: Work, supplier_id: int | None, typed: SupplierTyped, was: SupplierTyped | None = None
) -> Supplier:
    """Make a supplier, or change what differs from `was`, what the form showed.

    Refuses with NotAllowed, Missing, TooLong, OutOfRange, SupplierKnown and Stale.
    """
    work.needs(*may.ISSUES_PARTS)
    work.lock(Garage, work.garage.id)  # two of one name at once
    typed = _clean(typed)
    same = select(Supplier.id).where(func.lower(Supplier.name) == typed.name.lower())
    if work.db.exec(same.where(Supplier.id != (supplier_id or 0))).first():
        raise SupplierKnown(name=typed.name)
    row = work.lock(Supplier, supplier_id) if supplier_id else Supplier(name="")
    changed = put_fields(work, row, was or SupplierTyped(""), typed)
    work.db.flush()
    if changed:
        work.event(row, "changed" if supplier_id else "added", name=row.name)
    return row


def typed_as(row: Supplier) -> SupplierTyped:
    """What a form shows of a supplier."""
    return SupplierTyped(row.name, row.contact, row.phone, row.email, row.note, row.delivery_days, row.active)


def supplier_named(work: Work, name: str, *, needed: bool = False) -> Supplier | None:
    """The supplier of that name, made when it is a new one; None for a blank name.

    Refuses with TooLong, and with Missing when a name is `needed`.
    """
    name = validate.line(name, N_("Supplier"), 120, needed=needed)
    if not name:
        return None
    found = work.db.exec(select(Supplier).where(func.lower(Supplier.name) == name.lower())).first()
    return found or put_supplier(work, None, SupplierTyped(name))


def put_source(
    work: Work, part_id: int, supplier_id: int, *, code: str = "", cost: Decimal | None = None, preferred: bool = False
) -> PartSupplier:
    """Say that a supplier sells a part, or under which number and at what cost by now. One supplier a part is preferred.

    Refuses with TooLong, OutOfRange, NotFound.
    """
    work.needs(*may.ISSUES_PARTS)
    work.lock(Part, part_id)
    work.get(Supplier, supplier_id)
    row = work.db.get(PartSupplier, (part_id, supplier_id), populate_existing=True)
    row = row or PartSupplier(part_id=part_id, supplier_id=supplier_id, updated_at=work.now)
    row.code = validate.line(code, N_("Their number"), 60, needed=False)
    if cost is not None:
        validate.within(cost, N_("Cost"), 0, MOST_COST)
        cost = to_coin(cost, work.garage.currency)
    row.cost, row.preferred, row.updated_at = cost, preferred, work.now
    if preferred:
        for other in work.db.exec(select(PartSupplier).where(PartSupplier.part_id == part_id)):
            other.preferred = other.supplier_id == supplier_id
    return work.add(row)


def bought_at(work: Work, line: PurchaseLine) -> None:
    """A part was bought from a supplier: they sell it, at what it cost. Who sells a part first is preferred.

    The part is locked by the caller.
    """
    if line.part_id is None or line.supplier_id is None:
        return
    rows = {
        row.supplier_id: row for row in work.db.exec(select(PartSupplier).where(PartSupplier.part_id == line.part_id))
    }
    row = rows.get(line.supplier_id) or PartSupplier(
        part_id=line.part_id, supplier_id=line.supplier_id, preferred=not rows, updated_at=work.now
    )
    row.cost, row.updated_at = row.cost if line.unit_cost is None else line.unit_cost, work.now
    work.add(row)


def drop_source(work: Work, part_id: int, supplier_id: int) -> None:
    """The supplier no longer sells the part. Refuses with NotFound when that was said already."""
    work.needs(*may.ISSUES_PARTS)
    work.lock(Part, part_id)
    row = work.db.get(PartSupplier, (part_id, supplier_id), populate_existing=True)
    if row is None:
        raise NotFound
    work.db.delete(row)
    work.db.flush()


def sources_of(work: Work, part_ids: Collection[int]) -> dict[int, list[Source]]:
    """Who sells each part: the preferred supplier first, then the cheapest. One query; parts nobody sells are not named."""
    query: Any = select(PartSupplier, Supplier).join(Supplier, col(Supplier.id) == col(PartSupplier.supplier_id))
    found: dict[int, list[Source]] = {}
    for row, supplier in work.db.exec(query.where(col(PartSupplier.part_id).in_(part_ids), col(Supplier.active))):
        found.setdefault(row.part_id, []).append(Source(supplier, row.code, row.cost, row.preferred))
    for sources in found.values():
        sources.sort(key=lambda one: (not one.preferred, one.cost is None, one.cost or 0, one.supplier.name))
    return found


def _clean(typed: SupplierTyped) -> SupplierTyped:
    if typed.delivery_days is not None:
        validate.within(typed.delivery_days, N_("Days of delivery"), 0, MOST_DAYS)
    return replace(
        typed,
        name=validate.line(typed.name, N_("Supplier"), 120),
        contact=validate.line(typed.contact, N_("Contact person"), 80, needed=False),
        phone=validate.line(typed.phone, N_("Phone"), 40, needed=False),
        email=validate.line(typed.email, N_("E-mail"), 120, needed=False),
        note=validate.text(typed.note, N_("Note"), 300, needed=False),
    )
