"""A car at reception, made the short way."""

from datetime import timedelta
from decimal import Decimal

from sqlmodel import col, select

from db.enums import Answer, ConsentMethod
from db.models import OrderLine, WorkOrder
from services import consents, inspections, orders, promises
from services.arrivals import greet, walk_in
from services.work import Work
from tests.factories import MONDAY_9, make_car


def received(work: Work, jobs: tuple[int, ...] = (1,), plate: str = "AB12 CDE") -> WorkOrder:
    """A greeted walk-in with jobs of the catalogue: 1 oil service (£60 and £42.75 of oil), 2 brake pads (£90 and £48)."""
    order = walk_in(work, vehicle_id=make_car(work, plate=plate).id, concern="It squeaks", jobs=jobs)
    return greet(work, order.id)


def estimated(work: Work, jobs: tuple[int, ...] = (1,), plate: str = "AB12 CDE") -> WorkOrder:
    """The same, inspected, promised for 15:00, and put to the customer."""
    order = received(work, jobs, plate)
    inspections.record(work, order.id, covers=True, odometer_km=41000, fuel_eighths=4)
    promises.set_promise(work, order.id, promised_at=MONDAY_9 + timedelta(hours=6))
    return orders.request_approval(work, order.id)


def approved(work: Work, jobs: tuple[int, ...] = (1,), plate: str = "AB12 CDE") -> WorkOrder:
    """The same, every line agreed by phone: ready to dispatch."""
    order = estimated(work, jobs, plate)
    agreed = dict.fromkeys((line.id for line in lines_of(work, order)), Answer.AGREED)
    consents.approve(work, order.id, answers=agreed, method=ConsentMethod.PHONE, person="Grace Field")
    return order


def lines_of(work: Work, order: WorkOrder) -> list[OrderLine]:
    """The order's lines, in order."""
    return list(work.db.exec(select(OrderLine).where(OrderLine.order_id == order.id).order_by(col(OrderLine.id))))


PRICE = Decimal("102.75")  # the oil service with its oil
