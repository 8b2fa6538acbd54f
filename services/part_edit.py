"""Parts of the catalogue made and changed by hand."""

from dataclasses import dataclass, replace
from decimal import Decimal

from sqlmodel import col, select

from db.enums_reception import PartGrade
from db.enums_workshop import PriceSource
from db.models import Garage, Part
from services import permissions as may
from services import stock, validate
from services.catalogue_edit import MOST_PRICE, CodeTaken
from services.field_changes import put_fields
from services.i18n import N_
from services.money import to_coin
from services.order_lines import exactly
from services.price_changes import note_price
from services.work import Work

MOST_KEPT = 100_000


@dataclass(frozen=True)
class PartTyped:
    """A part as typed; price and cost per unit. Below `minimum` it is proposed for buying.

    Parts with the same `interchange` word fit instead of each other. `tax_percent` None: that of parts.
    """

    code: str
    name: str
    unit: str = ""
    price: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)
    place: str = ""
    minimum: Decimal = Decimal(0)
    active: bool = True
    brand: str = ""
    grade: PartGrade | None = None
    interchange: str = ""
    tax_percent: Decimal | None = None


def typed_as(row: Part) -> PartTyped:
    """What a form shows of a part."""
    return PartTyped(row.code, row.name, row.unit, row.price, row.cost, row.place, row.minimum, row.active, row.brand,
                     row.grade, row.interchange, row.tax_percent)  # fmt: skip


def new_part(work: Work, typed: PartTyped, *, stock_now: Decimal = Decimal(0)) -> Part:
    """Put a part into the catalogue, with what lies on the shelf already.

    Refuses with NotAllowed, Missing, TooLong, OutOfRange, NotExact, CodeTaken.
    """
    work.needs(*may.ISSUES_PARTS)
    work.lock(Garage, work.garage.id)  # two of one code at once
    row = Part(code="", name="")
    put_fields(work, row, PartTyped("", ""), _clean(work, typed, PartTyped("", ""), None))
    work.event(work.add(row), "added", name=row.name)
    if stock_now:
        stock.opening(work, row.id, quantity=stock_now)
    return row


def change_part(work: Work, part_id: int, was: PartTyped, typed: PartTyped) -> Part:
    """Change what differs from `was`, what the form showed; a new price or cost is kept with the old one.

    Refuses as `new_part` does, and with Stale.
    """
    work.needs(*may.ISSUES_PARTS)
    work.lock(Garage, work.garage.id)
    row = work.lock(Part, part_id)
    price_was, cost_was = row.price, row.cost
    changed = put_fields(work, row, was, _clean(work, typed, was, part_id))
    if changed:
        work.event(row, "changed", name=row.name)
    note_price(work, row, price_was=price_was, cost_was=cost_was, source=PriceSource.BY_HAND)
    return row


def parts_page(work: Work, limit: int) -> list[Part]:
    """The first parts by name, those no longer kept last."""
    by_name = select(Part).order_by(col(Part.active).desc(), col(Part.name), col(Part.id))
    return list(work.db.exec(by_name.limit(limit)))


def _clean(work: Work, typed: PartTyped, was: PartTyped, own: int | None) -> PartTyped:
    code = validate.line(typed.code, N_("Code"), 40)
    if work.db.exec(select(Part.id).where(Part.code == code, Part.id != (own or 0))).first():
        raise CodeTaken(code=code)
    exactly(typed.minimum, N_("Minimum stock"), MOST_KEPT)
    return replace(
        typed,
        code=code,
        name=validate.line(typed.name, N_("Part"), 120),
        unit=validate.line(typed.unit, N_("Unit"), 20, needed=False),
        place=validate.line(typed.place, N_("Storage place"), 40, needed=False),
        price=_sum(work, typed.price, was.price, N_("Price")),
        cost=_sum(work, typed.cost, was.cost, N_("Cost")),
        brand=validate.line(typed.brand, N_("Brand name"), 60, needed=False),
        interchange=validate.line(typed.interchange, N_("Interchange group"), 40, needed=False),
        tax_percent=None if typed.tax_percent is None else exactly(typed.tax_percent, N_("Tax in percent"), 100),
    )


def _sum(work: Work, amount: Decimal, was: Decimal, field: str) -> Decimal:
    """What is typed is rounded to the coin; an average cost nobody touched stays as exact as it is."""
    if amount == was:
        return was
    validate.within(amount, field, 0, MOST_PRICE)
    return to_coin(amount, work.garage.currency)
