"""A checked list held against the garage's own records."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlmodel import col, or_, select

from db.models import Customer, Vehicle
from services.importing.register import Car, Owner, Register
from services.importing.rows import RowResult
from services.normalize import name_key
from services.work import Work

# SQLite takes 32,766 values in one query; a query asks for plates and VINs at once.
_BATCH = 10_000


@dataclass(frozen=True)
class Plan:
    """The results with what the records add: their cars and owners know their ids, rows against the records are refused."""

    results: list[RowResult]
    vehicles: dict[int, Vehicle] = field(default_factory=dict)
    customers: dict[int, Customer] = field(default_factory=dict)


def plan_import(work: Work, results: Sequence[RowResult]) -> Plan:
    """What importing would do; reads in as many queries for a hundred rows as for one, writes nothing."""
    plan = Plan([], *_records(work, results))
    register = _register(plan)
    plan.results.extend(_against(register, result) for result in results)
    return plan


def _against(register: Register, result: RowResult) -> RowResult:
    if result.why or not result.values:
        return result
    if why := register.conflict(result.values):
        return RowResult(result.row, why, values=result.values)
    return replace(result, car=register.add(result.values))


def _records(work: Work, results: Sequence[RowResult]) -> tuple[dict[int, Vehicle], dict[int, Customer]]:
    """The vehicles the rows name, and the customers who own them or have the phones."""
    values = [result.values for result in results if result.values and not result.why]
    vehicles: dict[int, Vehicle] = {}
    customers: dict[int, Customer] = {}
    for batch in _batches(values):
        plates, vins = {row.plate_key for row in batch}, {row.vin for row in batch}
        named = or_(col(Vehicle.plate_key).in_(plates - {None}), col(Vehicle.vin).in_(vins - {None}))
        owned = select(Vehicle, Customer).join(Customer, col(Customer.id) == Vehicle.customer_id).where(named)
        for vehicle, customer in work.db.exec(owned):
            vehicles[vehicle.id], customers[customer.id] = vehicle, customer
        phones = {row.phone for row in batch} - {None}
        for customer in work.db.exec(select(Customer).where(col(Customer.phone).in_(phones))):
            customers[customer.id] = customer
    return vehicles, customers


def _batches(values: list[Any]) -> Iterator[list[Any]]:
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))


def _register(plan: Plan) -> Register:
    register = Register()
    owners = {
        customer.id: Owner(name_key(customer.name), customer.phone, customer.id) for customer in _oldest(plan.customers)
    }
    for owner in owners.values():
        register.know_owner(owner)
    for vehicle in _oldest(plan.vehicles):
        register.know_car(Car(owners[vehicle.customer_id], vehicle.plate_key, vehicle.vin, vehicle.id))
    return register


def _oldest(rows: dict[int, Any]) -> Iterable[Any]:
    return (rows[key] for key in sorted(rows))
