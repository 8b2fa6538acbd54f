"""Customers and their cars: found by whatever the caller says, made on the spot, completed later."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, TypeVar

from sqlmodel import col, select

from db.enums import Channel
from db.models import ContactConsent, Customer, Staff, Vehicle
from services import normalize
from services import permissions as may
from services.due_work import reckon
from services.i18n import N_
from services.refusals import OutOfRange, Refusal, Stale
from services.validate import line, text, within
from services.work import Work, last_event

Row = TypeVar("Row", Customer, Vehicle)
EARLIEST = date(1900, 1, 1)
_DATES = {
    "first_registered": N_("First registered"),
    "warranty_until": N_("Warranty until"),
    "inspection_until": N_("Inspection until"),
    "insurance_until": N_("Insurance until"),
}
KEEPS_FILES = tuple(dict.fromkeys((*may.BOOKS, *may.RECEIVES)))


class CarKnown(Refusal):
    """The car {plate} is already in the files, with {name}. Choose it instead of making it again."""


class VinKnown(Refusal):
    """This VIN already belongs to the car {plate}."""


class WarrantyBeforeRegistration(Refusal):
    """The warranty would end on {until}, before the car was first registered on {registered}. Compare with the papers."""


@dataclass(frozen=True)
class CarFields:
    """What people type about a car. The odometer is in km."""

    plate: str
    make: str = ""
    model: str = ""
    vin: str = ""
    odometer_km: int | None = None


@dataclass(frozen=True)
class CarDates:
    """The dates in a car's papers; None where nobody knows."""

    first_registered: date | None = None
    warranty_until: date | None = None
    inspection_until: date | None = None
    insurance_until: date | None = None


def new_customer_with_car(
    work: Work, *, name: str, phone: str, plate: str, car: str, messages: bool = False
) -> Vehicle:
    """A caller who is not in the files yet; `car` is make and model in one. The file is marked to be completed.

    `messages`: the caller agrees to messages on that phone.
    Somebody with the same name and phone gets the car added. Refuses blank or too long fields, BadPhone, and CarKnown.
    """
    work.needs(*KEEPS_FILES)
    name, number = line(name, N_("Name"), 120), phone_typed(work, phone)
    customer = _same(work, name, number) or _make(work, name, number)
    if messages:
        consent = ContactConsent(
            customer_id=customer.id, channel=Channel.SMS, allowed=True, at=work.now, by_id=work.by.id
        )
        work.add(consent)
    return add_car(work, customer.id, plate=plate, car=car)


def add_car(work: Work, customer_id: int, *, plate: str, car: str) -> Vehicle:
    """Another car of a known customer; `car` is make and model in one. Refuses blank or too long fields, and CarKnown."""
    work.needs(*KEEPS_FILES)
    customer = work.get(Customer, customer_id)
    make, model = _make_and_model(line(car, N_("Make and model"), 80))
    fields = _car_columns(work, CarFields(plate, make, model), None)
    row = work.add(Vehicle(customer_id=customer.id, created_at=work.now, **fields))
    work.event(row, "created")
    reckon(work, [row.id])
    return row


def change_customer(
    work: Work,
    customer_id: int,
    version: int,
    *,
    name: str,
    phone: str,
    email: str = "",
    note: str = "",
    call_when: str | None = None,
    no_calls: bool | None = None,
) -> Customer:
    """Correct or complete a customer; `call_when` (when a call suits) and `no_calls` (none that we make first) None: as they are.

    Refuses with Stale when `version` is not the newest, BadPhone, blank or too long fields.
    """
    work.needs(*KEEPS_FILES)
    row = fresh(work, Customer, customer_id, version)
    row.name = line(name, N_("Name"), 120)
    row.name_keys = normalize.index_keys(row.name)
    row.phone = phone_typed(work, phone)
    row.email = line(email, N_("E-mail"), 200, needed=False) or None
    row.note = text(note, N_("Note"), 2000, needed=False)
    if call_when is not None:
        row.call_when = line(call_when, N_("When a call suits"), 120, needed=False)
    if no_calls is not None:
        row.no_calls = no_calls
    return changed(work, row, row.id)


def change_car(work: Work, vehicle_id: int, version: int, fields: CarFields, dates: CarDates | None = None) -> Vehicle:
    """Correct or complete a car; without `dates` those stay. Refuses with Stale, CarKnown, VinKnown, OutOfRange,
    WarrantyBeforeRegistration, blank or too long fields."""
    work.needs(*KEEPS_FILES)
    row = fresh(work, Vehicle, vehicle_id, version)
    columns = _car_columns(work, fields, row.id)
    if fields.odometer_km != row.odometer_km:
        columns["odometer_on"] = work.local(work.now).date()
    if dates:
        columns |= checked_dates(work, dates)
    for name, value in columns.items():
        setattr(row, name, value)
    changed(work, row, row.customer_id)
    reckon(work, [row.id])
    return row


def _make(work: Work, name: str, number: str) -> Customer:
    keys = normalize.index_keys(name)
    row = work.add(Customer(name=name, name_keys=keys, phone=number, incomplete=True, created_at=work.now))
    work.event(row, "created")
    return row


def _same(work: Work, name: str, number: str) -> Customer | None:
    rows = work.db.exec(select(Customer).where(Customer.phone == number))
    return next((row for row in rows if normalize.name_key(row.name) == normalize.name_key(name)), None)


def phone_typed(work: Work, typed: str) -> str:
    """The number in E.164, read as of the garage's country. Refuses blank or too long ones, and BadPhone."""
    return normalize.phone(line(typed, N_("Phone"), 40), work.garage.country)


def _make_and_model(car: str) -> tuple[str, str]:
    make, _, model = car.partition(" ")
    return (make, model) if model else ("", make)


def _car_columns(work: Work, fields: CarFields, own_id: int | None) -> dict[str, Any]:
    """The columns of a car from what was typed."""
    plate = normalize.plate_shown(line(fields.plate, N_("Plate"), 20))
    vin = normalize.vin(line(fields.vin, N_("VIN"), 30, needed=False)) or None
    if fields.odometer_km is not None:
        within(fields.odometer_km, N_("Odometer"), 0, 3_000_000)
    key = line(normalize.plate(plate), N_("Plate"), 20)
    if other := other_car(work, Vehicle.plate_key, key, own_id):
        raise CarKnown(plate=other.plate, name=work.get(Customer, other.customer_id).name, vehicle_id=other.id)
    if vin and (other := other_car(work, Vehicle.vin, text(vin, N_("VIN"), 17), own_id)):
        raise VinKnown(plate=other.plate, vehicle_id=other.id)
    make = line(fields.make, N_("Make"), 60, needed=False)
    model = line(fields.model, N_("Model"), 80)
    return {
        "plate": plate,
        "plate_key": key,
        "vin": vin,
        "make": make,
        "model": model,
        "odometer_km": fields.odometer_km,
    }


def checked_dates(work: Work, dates: CarDates) -> dict[str, Any]:
    """Registered in the past; papers run out at most thirty years from now."""
    today = work.local(work.now).date()
    last = today.replace(year=today.year + 30, day=1)
    latest = {"first_registered": today}
    for name, value in asdict(dates).items():
        most = latest.get(name, last)
        if value is not None and not EARLIEST <= value <= most:
            raise OutOfRange(field=_DATES[name], least=EARLIEST.isoformat(), most=most.isoformat())
    registered, until = dates.first_registered, dates.warranty_until
    if registered and until and until < registered:
        raise WarrantyBeforeRegistration(until=until.isoformat(), registered=registered.isoformat())
    return asdict(dates)


def other_car(work: Work, column: Any, value: str, own_id: int | None) -> Vehicle | None:
    """Another car than `own_id` with that plate key or VIN."""
    return work.db.exec(select(Vehicle).where(column == value, col(Vehicle.id) != (own_id or 0))).first()


def fresh(work: Work, table: type[Row], key: int, version: int) -> Row:
    """The row, held, if it is still the version somebody looked at. Refuses with Stale, which names who changed it."""
    row = work.lock(table, key)
    if row.version != version:
        event = last_event(work, row)
        who = work.db.get(Staff, event.by_id) if event and event.by_id else None
        at = work.local(event.at if event else work.now).strftime("%H:%M")
        raise Stale(name=who.name if who else N_("Someone"), at=at)
    return row


def changed(work: Work, row: Row, customer_id: int) -> Row:
    """Flush, leave the event, and take the mark off a file that is complete now."""
    work.db.add(row)
    work.db.flush()
    customer = work.get(Customer, customer_id)
    customer.incomplete = not _complete(work, customer)
    work.db.add(customer)
    work.event(row, "changed")
    return row


def _complete(work: Work, customer: Customer) -> bool:
    """Name, phone, and of every car the plate, model and VIN."""
    cars = work.db.exec(select(Vehicle).where(Vehicle.customer_id == customer.id)).all()
    return customer.phone is not None and all(car.plate and car.model and car.vin for car in cars)
