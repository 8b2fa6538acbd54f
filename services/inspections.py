"""The walk-around: covers, odometer, fuel, valuables, and damage marked on the outline of the car."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import col, select

from db.enums import DamageKind
from db.models import Attachment, DamageMark, Inspection, Vehicle, WorkOrder
from services.files import attach_photo
from services.i18n import N_
from services.measures import MOST_KM
from services.order_moves import ORDERS
from services.refusals import NotFound, Refusal
from services.validate import text, within
from services.work import Work
from services.workflow import advance

VIEWS = ("left", "right", "top", "front", "rear")
FULL_TANK = 8  # eighths
WHOLE = 1000  # a place on the outline, in thousandths of its width and height
MOST_MARKS = 60


class OdometerLower(Refusal):
    """The last reading was {last} km. Give the reason why it is lower now."""


class TooManyMarks(Refusal):
    """At most {most} marks on one car. Describe the rest in the note."""


class ViewUnknown(Refusal):
    """Mark the damage on the outline of the car."""


def record(
    work: Work,
    order_id: int,
    *,
    covers: bool,
    odometer_km: int | None,
    fuel_eighths: int | None,
    valuables: str = "",
    declined: bool = False,
    note: str = "",
    odometer_reason: str = "",
) -> Inspection:
    """Write the inspection down, the first time or again. Kilometres, eighths of a tank.

    Refuses a missing or impossible reading, and with OdometerLower one below the last without a reason.
    """
    sheet = of_order(work, order_id)
    order: WorkOrder = advance(work, ORDERS, order_id, "edit" if sheet else "check_in", odometer_km=odometer_km)
    within(odometer_km, N_("Odometer"), 0, MOST_KM)
    within(fuel_eighths, N_("Fuel"), 0, FULL_TANK)
    reason = text(odometer_reason, N_("Reason"), 200, needed=False)
    last = work.get(Vehicle, order.vehicle_id).odometer_km
    if last is not None and odometer_km is not None and odometer_km < last and not reason:
        raise OdometerLower(last=last)
    sheet = sheet or Inspection(order_id=order_id, at=work.now)
    sheet.covers, sheet.declined, sheet.odometer_km, sheet.fuel_eighths = covers, declined, odometer_km, fuel_eighths
    sheet.valuables, sheet.note = (
        text(valuables, N_("Valuables"), 500, needed=False),
        text(note, N_("Note"), 1000, needed=False),
    )
    sheet.odometer_reason, sheet.at, sheet.by_id = reason, work.now, work.by.id
    return work.add(sheet)


def of_order(work: Work, order_id: int) -> Inspection | None:
    """The inspection of an order, if it was made."""
    return work.db.exec(select(Inspection).where(Inspection.order_id == order_id)).first()


def mark(work: Work, order_id: int, *, view: str, x: int, y: int, kind: DamageKind, note: str = "") -> DamageMark:
    """Mark damage on a view of the outline, `x` and `y` in thousandths of its width and height."""
    advance(work, ORDERS, order_id, "edit", damage=kind.value, view=view)
    if view not in VIEWS:
        raise ViewUnknown
    within(x, N_("Place on the outline"), 0, WHOLE)
    within(y, N_("Place on the outline"), 0, WHOLE)
    if len(marks(work, order_id)) >= MOST_MARKS:
        raise TooManyMarks(most=MOST_MARKS)
    note = text(note, N_("Note"), 200, needed=False)
    return work.add(DamageMark(order_id=order_id, view=view, x=x, y=y, kind=kind, note=note, at=work.now))


def change_mark(
    work: Work,
    order_id: int,
    *,
    mark_id: int,
    kind: DamageKind | None = None,
    note: str | None = None,
) -> DamageMark:
    """Another kind or note for a mark; None leaves it."""
    found = _mark(work, order_id, mark_id)
    advance(work, ORDERS, order_id, "edit", damage=(kind or found.kind).value, view=found.view)
    found.kind = kind or found.kind
    found.note = found.note if note is None else text(note, N_("Note"), 200, needed=False)
    return work.add(found)


def unmark(work: Work, order_id: int, *, mark_id: int) -> DamageMark:
    """Take a mark back. It stays in the records with the time of its removal."""
    found = _mark(work, order_id, mark_id)
    advance(work, ORDERS, order_id, "edit", removed=found.kind.value, view=found.view)
    found.removed_at = work.now
    return work.add(found)


def marks(work: Work, order_id: int) -> list[DamageMark]:
    """The marks that stand, in the order they were made."""
    standing = select(DamageMark).where(DamageMark.order_id == order_id, col(DamageMark.removed_at).is_(None))
    return list(work.db.exec(standing.order_by(col(DamageMark.id))))


def known_marks(work: Work, order: WorkOrder) -> list[DamageMark]:
    """The marks that stood at the car's visit before this one."""
    before = select(func.max(WorkOrder.id)).where(
        WorkOrder.vehicle_id == order.vehicle_id, col(WorkOrder.id) < order.id
    )
    return marks(work, work.db.exec(before).one() or 0)


def add_photo(work: Work, order_id: int, *, data: bytes, mark_id: int | None = None) -> Attachment:
    """Keep a photo of the car, or of a mark. Refuses pictures like `photos.prepare_photo`."""
    mark = None if mark_id is None else _mark(work, order_id, mark_id)
    order: WorkOrder = advance(work, ORDERS, order_id, "edit", photo=mark_id or 0)
    row = attach_photo(work, mark or order, data)
    if mark:
        mark.attachment_id = row.id
        work.db.add(mark)
    return row


def photos(work: Work, of: Sequence[DamageMark]) -> dict[int, Attachment]:
    """The photos of marks, by their id."""
    ids = [mark.attachment_id for mark in of if mark.attachment_id]
    return {row.id: row for row in work.db.exec(select(Attachment).where(col(Attachment.id).in_(ids)))}


def _mark(work: Work, order_id: int, key: int) -> DamageMark:
    found = work.get(DamageMark, key)
    if found.order_id != order_id or found.removed_at:
        raise NotFound
    return found
