"""A checked list written to the garage's records."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from db.base import Base
from db.models import Customer, Event, Garage, Vehicle
from services.importing.merge import complete, customer_facts, vehicle_facts
from services.importing.plan import Plan, plan_import
from services.importing.register import Car, Owner
from services.importing.rows import RowResult
from services.importing.values import RowValues
from services.permissions import IMPORTS
from services.pinyin import index_keys
from services.refusals import Refusal
from services.work import Work


class AddedMeanwhile(Refusal):
    """Somebody added one of these cars at the same moment. Nothing was imported; please try again."""


@dataclass(frozen=True)
class Imported:
    """What an import did: customers and vehicles made, cars known before that were completed or were as they are.

    `results` has every row, also those refused because of what the garage's records say.
    """

    customers: int
    vehicles: int
    updated: int
    unchanged: int
    results: list[RowResult]


def import_rows(work: Work, results: Sequence[RowResult]) -> Imported:
    """Writes the accepted rows; the same list a second time changes nothing.

    Customers are known by name and phone, cars by plate or VIN. Records are completed, never overwritten.
    Refuses with NotAllowed (managers only) and AddedMeanwhile.
    """
    work.needs(*IMPORTS)
    work.lock(Garage, work.garage.id)  # two imports at once would make every customer twice
    plan = plan_import(work, results)
    try:
        return _write(work, plan)
    except IntegrityError as error:
        raise AddedMeanwhile from error


@dataclass(frozen=True)
class _Written:
    """A record and which of its columns an import filled; `is_new` when it filled them all."""

    record: Customer | Vehicle
    is_new: bool
    columns: list[str]


def _write(work: Work, plan: Plan) -> Imported:
    cars: dict[Car, list[RowValues]] = {}
    owners: dict[Owner, list[RowValues]] = {}
    for result in plan.results:
        if result.car and result.values:
            cars.setdefault(result.car, []).append(result.values)
            owners.setdefault(result.car.owner, []).append(result.values)
    customers = {owner: _customer(work, plan, owner, rows) for owner, rows in owners.items()}
    _flush(work, [written.record for written in customers.values()])  # their cars need their ids
    vehicles = {car: _vehicle(work, plan, car, rows, customers[car.owner]) for car, rows in cars.items()}
    _flush(work, [written.record for written in vehicles.values()])
    _flush(work, [_event(work, written) for written in (*customers.values(), *vehicles.values()) if written.columns])
    known = [car for car, written in vehicles.items() if not written.is_new]
    updated = sum(bool(vehicles[car].columns or _completed(customers[car.owner])) for car in known)
    return Imported(
        customers=sum(written.is_new for written in customers.values()),
        vehicles=len(vehicles) - len(known),
        updated=updated,
        unchanged=len(known) - updated,
        results=plan.results,
    )


def _customer(work: Work, plan: Plan, owner: Owner, rows: list[RowValues]) -> _Written:
    facts = customer_facts(rows)
    if owner.customer_id is not None:
        record = plan.customers[owner.customer_id]
        columns = complete(record, facts)
        if "phone" in columns:
            record.incomplete = False
        return _Written(record, False, columns)
    name = rows[0].name
    # A customer without a name is listed under the phone.
    incomplete = not facts["phone"] or name == facts["phone"]
    made = Customer(name=name, name_keys=index_keys(name), incomplete=incomplete, created_at=work.now, **facts)
    return _Written(made, True, list(facts))


def _vehicle(work: Work, plan: Plan, car: Car, rows: list[RowValues], owner: _Written) -> _Written:
    facts = vehicle_facts(rows)
    is_new = car.vehicle_id is None
    if car.vehicle_id is None:
        record = Vehicle(customer_id=owner.record.id, created_at=work.now, **facts)
        columns = list(facts)
    else:
        record = plan.vehicles[car.vehicle_id]
        columns = complete(record, facts)
    if columns:
        record.reckoned = False  # what is due follows from it; reckoned soon after, in the background
    if "odometer_km" in columns and record.odometer_km is not None:
        record.odometer_on = work.local(work.now).date()
    return _Written(record, is_new, columns)


def _completed(written: _Written) -> bool:
    return bool(written.columns) and not written.is_new


def _event(work: Work, written: _Written) -> Event:
    details = {"source": "import"} | ({} if written.is_new else {"columns": written.columns})
    return Event(
        subject=str(written.record.__tablename__),
        subject_id=written.record.id,
        action="created" if written.is_new else "changed",
        details=details,
        at=work.now,
        by_id=work.by.id,
    )


def _flush(work: Work, rows: Sequence[Base]) -> None:
    """All at once: `work.add` would ask the database once per row."""
    work.db.add_all(rows)
    work.db.flush()
