"""One thing about a customer or a car, written the moment it is known; two tablets do not undo each other's words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from db.choice import Label
from db.enums import Channel
from db.models import ContactConsent, Customer, Vehicle
from services import normalize
from services.customers import (
    KEEPS_FILES,
    CarDates,
    CarKnown,
    VinKnown,
    changed,
    checked_dates,
    other_car,
    phone_typed,
)
from services.due_work import reckon
from services.i18n import LANGUAGES, N_
from services.messages import consents
from services.refusals import Refusal
from services.validate import line, one_of
from services.work import Work

Value = str | date | None
CUSTOMER = {"name": N_("Name"), "phone": N_("Phone"), "email": N_("E-mail"), "language": N_("Language")}
DATES = {"first_registered": N_("First registered"), "warranty_until": N_("Warranty until"),
         "inspection_until": N_("Inspection until"), "insurance_until": N_("Insurance until")}  # fmt: skip
CAR = {"plate": N_("Plate"), "make": N_("Make"), "model": N_("Model"), "vin": N_("VIN"), **DATES}
BY_MESSAGE = (Channel.SMS, Channel.WECHAT, Channel.EMAIL)


class WrittenMeanwhile(Refusal):
    """Someone else has just written {field}: {value}. Look at it and try again."""


def write_customer(work: Work, customer_id: int, *, field: str, value: Value, seen: Value) -> Customer:
    """Write one of CUSTOMER; `seen` is what stood there when it was typed.

    Refuses with WrittenMeanwhile, BadPhone, blank or too long words, a language the program does not speak.
    """
    work.needs(*KEEPS_FILES)
    row = work.lock(Customer, customer_id)
    new = _CUSTOMER[field](work, str(value or ""))
    if _unchanged(row, field, new, seen, CUSTOMER[field]):
        return row
    setattr(row, field, new)
    if field == "name":
        row.name_keys = normalize.index_keys(row.name)
    return changed(work, row, row.id)


def write_car(work: Work, vehicle_id: int, *, field: str, value: Value, seen: Value) -> Vehicle:
    """Write one of CAR. Refuses like `write_customer`, and with CarKnown, VinKnown, WarrantyBeforeRegistration, a date out of
    range."""
    work.needs(*KEEPS_FILES)
    row = work.lock(Vehicle, vehicle_id)
    columns = _dated(work, row, field, value) if field in DATES else _CAR[field](work, row, str(value or ""))
    if _unchanged(row, field, columns[field], seen, CAR[field]):
        return row
    for name, new in columns.items():
        setattr(row, name, new)
    changed(work, row, row.customer_id)
    reckon(work, [row.id])
    return row


def allow(work: Work, customer_id: int, *, channels: set[Channel]) -> list[ContactConsent]:
    """What the customer allows us to send on from now on, of BY_MESSAGE; what differs from before is written down."""
    work.needs(*KEEPS_FILES)
    work.lock(Customer, customer_id)
    now = consents(work, customer_id)
    different = [one for one in BY_MESSAGE if (one in channels) != bool(now.get(one))]
    return [
        work.add(
            ContactConsent(customer_id=customer_id, channel=one, allowed=one in channels, at=work.now, by_id=work.by.id)
        )
        for one in different
    ]


def vin_oddities(vin: str | None) -> list[Label]:
    """What looks wrong about a VIN; European cars often have no check digit, so that one says nothing."""
    found = normalize.vin_warnings(vin)
    return [Label(warning.value) for warning in found if warning != normalize.VinWarning.CHECK_DIGIT]


def _unchanged(row: Any, field: str, new: Value, seen: Value, name: Label) -> bool:
    """Whether it says that already. Refuses to write over what somebody else wrote meanwhile."""
    there = getattr(row, field)
    if (there or None) == (new or None):
        return True
    if (there or None) != (seen or None):
        raise WrittenMeanwhile(field=name, value=str(there))
    return False


def _dated(work: Work, row: Vehicle, field: str, value: Value) -> dict[str, Any]:
    there = CarDates(**{name: getattr(row, name) for name in DATES})
    day = value if isinstance(value, date) else None
    return {field: checked_dates(work, replace(there, **{field: day}))[field]}


def _plate(work: Work, row: Vehicle, value: str) -> dict[str, Any]:
    plate = normalize.plate_shown(line(value, CAR["plate"], 20))
    key = line(normalize.plate(plate), CAR["plate"], 20)
    if other := other_car(work, Vehicle.plate_key, key, row.id):
        raise CarKnown(plate=other.plate, name=work.get(Customer, other.customer_id).name, vehicle_id=other.id)
    return {"plate": plate, "plate_key": key}


def _vin(work: Work, row: Vehicle, value: str) -> dict[str, Any]:
    vin = line(normalize.vin(line(value, CAR["vin"], 30, needed=False)), CAR["vin"], 17, needed=False) or None
    if vin and (other := other_car(work, Vehicle.vin, vin, row.id)):
        raise VinKnown(plate=other.plate, vehicle_id=other.id)
    return {"vin": vin}


_CUSTOMER: dict[str, Callable[[Work, str], str | None]] = {
    "name": lambda _work, value: line(value, CUSTOMER["name"], 120),
    "phone": phone_typed,
    "email": lambda _work, value: line(value, CUSTOMER["email"], 200, needed=False) or None,
    "language": lambda _work, value: one_of(value, LANGUAGES, CUSTOMER["language"]),
}
_CAR: dict[str, Callable[[Work, Vehicle, str], dict[str, Any]]] = {
    "plate": _plate,
    "vin": _vin,
    "make": lambda _work, _row, value: {"make": line(value, CAR["make"], 60, needed=False)},
    "model": lambda _work, _row, value: {"model": line(value, CAR["model"], 80)},
}
