"""The walk-around: what is read and seen on the car, one tap at a time, and who does not want it signs for that."""

from collections.abc import Mapping
from typing import TypedDict, Unpack

from sqlmodel import col, select

from db.enums_reception import Condition, Equipment, Valuable, WarningLight
from db.models import Inspection, Vehicle, WorkOrder
from services.consents import Signature
from services.files import attach_signature
from services.i18n import N_
from services.measures import MOST_KM
from services.order_conditions import WALK_REFUSALS
from services.order_moves import ORDERS
from services.refusals import NotNow, Refusal
from services.validate import one_of, text, within
from services.work import Work
from services.workflow import advance, facts_of

FULL_TANK = 8  # eighths
PLACES = {"interior": N_("Interior"), "boot": N_("Boot")}
# What a car has until a visit has told otherwise; a charging cable only where one was seen.
USUAL = tuple(one for one in Equipment if one != Equipment.CABLE)


class OdometerLower(Refusal):
    """The last reading was {last} km. Give the reason why it is lower now."""


class Seen(TypedDict, total=False):
    """What may be noted; what is left out stays. Of lists only the members named change, so two people can tap at once."""

    covers: bool
    reminded: bool
    declined: bool
    odometer_km: int | None
    odometer_reason: str
    fuel_eighths: int | None
    stays: Mapping[Valuable, bool]
    valuables: str
    lights: Mapping[WarningLight, bool]
    places: Mapping[str, Condition]
    equipment: Mapping[Equipment, bool]
    note: str


def record(work: Work, order_id: int, **seen: Unpack[Seen]) -> Inspection:
    """Note what was seen on the sheet of an order, which the first tap creates. Kilometres, eighths of a tank.

    An empty `lights` says: looked, none is on. Refuses a missing or impossible reading, OdometerLower one below the last
    without a reason, a text too long, and after the estimate was put to the customer with WrongStatus.
    """
    sheet = _sheet(work, order_id, seen)
    if "odometer_km" in seen or "odometer_reason" in seen:
        _read_odometer(work, order_id, sheet, seen)
    if "fuel_eighths" in seen:
        within(seen["fuel_eighths"], N_("Fuel"), 0, FULL_TANK)
        sheet.fuel_eighths = seen["fuel_eighths"]
    sheet.covers = seen.get("covers", sheet.covers)
    sheet.reminded = seen.get("reminded", sheet.reminded)
    sheet.declined = seen.get("declined", sheet.declined)
    sheet.signature_id = sheet.signature_id if sheet.declined else None
    sheet.valuables = text(seen.get("valuables", sheet.valuables), N_("Valuables"), 500, needed=False)
    sheet.note = text(seen.get("note", sheet.note), N_("Note"), 1000, needed=False)
    _merge(sheet, seen)
    sheet.at, sheet.by_id = work.now, work.by.id
    return work.add(sheet)


def rest_in_order(work: Work, order_id: int) -> Inspection:
    """Say of all that was not noted that it is as it should be: no lamp on, the places clean, the usual equipment there."""
    order = work.lock(WorkOrder, order_id)
    sheet = of_order(work, order_id) or Inspection(order_id=order_id, at=work.now)
    return record(
        work,
        order_id,
        lights={},
        places={place: Condition.CLEAN for place in PLACES if place not in (sheet.places or {})},
        equipment={one: True for one in usual_equipment(work, order) if one.value not in (sheet.equipment or {})},
    )


def sign_declined(work: Work, order_id: int, *, signature: Signature) -> Inspection:
    """The customer signs for not wanting the walk-around. Refuses with NotNow unless it was declined and is not signed yet."""
    work.lock(WorkOrder, order_id)
    found = of_order(work, order_id)
    if found is None or not found.declined or found.signature_id:
        raise NotNow
    sheet = _sheet(work, order_id, {})
    sheet.signature_id = attach_signature(work, sheet, signature.png, signature.strokes).id
    return work.add(sheet)


def whole(work: Work, order_id: int) -> Inspection:
    """The sheet as it may be put to the customer. Refuses with what is missing: odometer, fuel, the signature of who declined."""
    facts = facts_of(work, ORDERS, order_id)
    for refusal in ORDERS.move("estimate").blockers(facts):
        if isinstance(refusal, WALK_REFUSALS):
            raise refusal
    if facts.inspection is None:
        raise NotNow
    return facts.inspection


def of_order(work: Work, order_id: int) -> Inspection | None:
    """The inspection of an order, if it was begun."""
    return work.db.exec(select(Inspection).where(Inspection.order_id == order_id)).first()


def usual_equipment(work: Work, order: WorkOrder) -> list[Equipment]:
    """What the car had at its visit before this one; the usual things when that is not known."""
    mine = (WorkOrder.vehicle_id == order.vehicle_id, col(WorkOrder.id) < order.id)
    sheets = select(Inspection).join(WorkOrder, col(WorkOrder.id) == col(Inspection.order_id)).where(*mine)
    last = work.db.exec(sheets.order_by(col(WorkOrder.id).desc()).limit(1)).first()
    there = (last.equipment or {}) if last else {}
    return [one for one in Equipment if there.get(one.value)] or list(USUAL)


def _sheet(work: Work, order_id: int, seen: Seen) -> Inspection:
    """The sheet under the order's lock, new when this is the first tap."""
    work.lock(WorkOrder, order_id)
    sheet = of_order(work, order_id)
    read = sheet and sheet.odometer_km is not None and sheet.fuel_eighths is not None
    advance(work, ORDERS, order_id, "edit" if read else "check_in", seen=_plain(seen))
    return sheet or Inspection(order_id=order_id, at=work.now)


def _read_odometer(work: Work, order_id: int, sheet: Inspection, seen: Seen) -> None:
    km = seen.get("odometer_km", sheet.odometer_km)
    within(km, N_("Odometer"), 0, MOST_KM)
    last = work.get(Vehicle, work.get(WorkOrder, order_id).vehicle_id).odometer_km
    reason = text(seen.get("odometer_reason", sheet.odometer_reason), N_("Reason"), 200, needed=False)
    lower = last is not None and km is not None and km < last
    if lower and not reason:
        raise OdometerLower(last=last)
    sheet.odometer_km, sheet.odometer_reason = km, reason if lower else ""


def _merge(sheet: Inspection, seen: Seen) -> None:
    if "stays" in seen:
        stay = {one: one.value in (sheet.stays or []) for one in Valuable} | dict(seen["stays"])
        sheet.stays = [one.value for one in Valuable if stay[one]]
    if "lights" in seen:
        lit = {one: one.value in (sheet.lights or []) for one in WarningLight} | dict(seen["lights"])
        sheet.lights = [one.value for one in WarningLight if lit[one]]
    if "places" in seen:
        found = {one_of(place, PLACES, N_("Place in the car")): how.value for place, how in seen["places"].items()}
        sheet.places = {**(sheet.places or {}), **found}
    if "equipment" in seen:
        sheet.equipment = {**(sheet.equipment or {}), **{one.value: there for one, there in seen["equipment"].items()}}


def _plain(seen: Seen) -> dict[str, object]:
    """For the trace: what was tapped, by its stored names."""
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in seen.items()}
