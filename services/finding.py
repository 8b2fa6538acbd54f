"""Finding a customer and car by plate, phone, name (Chinese also by pinyin and initials) or VIN."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_
from sqlmodel import col, select

from db.enums import EXPECTED, ComplaintStatus
from db.models import Appointment, Complaint, Customer, SearchLine, Vehicle, WorkOrder
from db.types import UtcDateTime
from services.normalize import name_key, plate
from services.work import Work

LEAST = 2  # fewer characters find everybody
_ANYWHERE = 4  # as many letters are looked for in the middle of words too


@dataclass(frozen=True)
class Found:
    """A customer with one of their cars (`vehicle_id` None: a customer without a car)."""

    customer_id: int
    vehicle_id: int | None
    name: str
    phone: str
    plate: str
    model: str
    incomplete: bool
    last_visit: datetime | None
    complaint: bool
    booked_at: datetime | None


def find(work: Work, typed: str, limit: int = 8) -> list[Found]:
    """Customers and cars that fit what was typed, the newest visitor first. Three queries; nothing under two characters."""
    where = _matches(typed)
    return _found(work, _first(where, limit)) if where is not None else []


def newest(work: Work, limit: int = 12) -> list[Found]:
    """The latest visitors, one row a car: what a list shows before anything is typed."""
    recent = list(work.db.execute(_LATEST, {"most": limit}).scalars())
    return _found(work, _CARS.where(_THEIR_CARS), ids=recent)


def find_car(work: Work, vehicle_id: int) -> Found | None:
    """One car with its customer, None when there is no such car."""
    rows = _found(work, _CARS.where(_THEIR_CARS), ids=[vehicle_id]) if 0 < vehicle_id < 2**31 else []
    return rows[0] if rows else None


def _first(where: ColumnElement[bool], limit: int) -> Any:
    """The newest visitors of the lines that fit; customer and car are looked up for these only."""
    newest_first = (col(SearchLine.visited_at).desc().nulls_last(), col(SearchLine.customer_id).desc(),
                    col(SearchLine.vehicle_id).desc())  # fmt: skip
    line = _LINES.where(where).order_by(*newest_first).limit(limit).subquery().c
    rows = select(Customer, Vehicle, line.visited_at).join(Customer, col(Customer.id) == line.customer_id)
    rows = rows.outerjoin(Vehicle, col(Vehicle.id) == line.vehicle_id)
    return rows.order_by(line.visited_at.desc().nulls_last(), line.customer_id.desc(), line.vehicle_id.desc())


def _matches(typed: str) -> ColumnElement[bool] | None:
    """The lines that have it: several words of letters each, anything with digits in one piece."""
    if len(plate(typed)) < LEAST:
        return None
    words = sorted({name_key(word) for word in typed.split()} - {""})
    if len(words) > 1 and not any(char.isdigit() for char in typed):
        return and_(*(_KEYS.contains(word) for word in words))  # letters and digits only: nothing to escape
    pieces = {name_key(typed), plate(typed).lower(), _digits(typed)} - {""}
    return or_(*(_KEYS.contains(_start(piece) + piece) for piece in sorted(pieces)))


def _start(piece: str) -> str:
    """A few letters begin a name, its initials or a plate; in the middle of a VIN they say nothing."""
    return " " if len(piece) < _ANYWHERE and piece.isascii() and piece.isalpha() else ""


def _digits(typed: str) -> str:
    """A phone number without what people put before it at home (0) or abroad (00, +): so it stands in the files."""
    digits = plate(typed)
    return digits.removeprefix("00").lstrip("0") if digits.isdecimal() else ""


_KEYS = col(SearchLine.keys)
# Built once: building a statement costs as much as running it.
_CARS: Any = select(Customer, Vehicle, Vehicle.visited_at).join(Vehicle, col(Vehicle.customer_id) == col(Customer.id))
_CARS = _CARS.order_by(col(Vehicle.visited_at).desc().nulls_last(), col(Customer.id).desc(), col(Vehicle.id).desc())
_LATEST: Any = select(WorkOrder.vehicle_id).order_by(col(WorkOrder.arrived_at).desc()).limit(bindparam("most"))
_THEIR_CARS = col(Vehicle.id).in_(bindparam("ids", expanding=True))
_LINES: Any = select(SearchLine.customer_id, SearchLine.vehicle_id, SearchLine.visited_at)
_UNHAPPY: Any = select(Complaint.customer_id).where(
    col(Complaint.customer_id).in_(bindparam("ids", expanding=True)), col(Complaint.status) != ComplaintStatus.CLOSED
)
_BOOKED: Any = (
    select(Appointment.vehicle_id, func.min(Appointment.starts_at))
    .where(
        col(Appointment.vehicle_id).in_(bindparam("ids", expanding=True)),
        col(Appointment.status).in_(EXPECTED),
        col(Appointment.starts_at) >= bindparam("now", type_=UtcDateTime()),
    )
    .group_by(col(Appointment.vehicle_id))
)


def _found(work: Work, query: Any, **values: object) -> list[Found]:
    rows: Sequence[tuple[Customer, Vehicle | None, datetime | None]] = work.db.execute(query, values).all()
    unhappy, booked = _unhappy(work, [c.id for c, _, _ in rows]), _booked(work, [v.id for _, v, _ in rows if v])
    return [_one(c, v, visit, c.id in unhappy, booked.get(v.id) if v else None) for c, v, visit in rows]


def _one(
    customer: Customer, car: Vehicle | None, visit: datetime | None, complaint: bool, booked_at: datetime | None
) -> Found:
    return Found(
        customer.id,
        car.id if car else None,
        customer.name,
        customer.phone or "",
        car.plate if car else "",
        f"{car.make} {car.model}".strip() if car else "",
        customer.incomplete,
        visit,
        complaint,
        booked_at,
    )


def _unhappy(work: Work, customers: list[int]) -> set[int]:
    return set(work.db.execute(_UNHAPPY, {"ids": customers}).scalars())


def _booked(work: Work, cars: list[int]) -> dict[int, datetime]:
    """When each car is expected next, so that nobody books it twice unawares."""
    return {car: at for car, at in work.db.execute(_BOOKED, {"ids": cars, "now": work.now}) if at}
