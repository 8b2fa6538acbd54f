"""Cars to call about, made the short way."""

from datetime import date, timedelta

from db.enums_desk import OutreachReason
from db.models import Vehicle
from services.due_work import reckon
from services.outreach_calls import Occasion
from services.outreach_log import newest_call
from services.work import Work
from tests.factories import MONDAY_9, make_car

TODAY = MONDAY_9.date()
IN_3_DAYS = TODAY + timedelta(days=3)


def due_car(work: Work, plate: str = "AB12 CDE", phone: str = "+447700900123", **facts: object) -> Vehicle:
    """A car whose service is due in three days, unless other facts are given."""
    car = make_car(work, name=f"Owner of {plate}", plate=plate, phone=phone)
    for name, value in (facts or {"next_service_on": IN_3_DAYS}).items():
        setattr(car, name, value)
    work.add(car)
    reckon(work, [car.id])
    return car


def occasion(
    work: Work, car: Vehicle, reason: OutreachReason = OutreachReason.SERVICE, about: date = IN_3_DAYS
) -> Occasion:
    """What a call about that car is about, opened now."""
    return Occasion(car.id, reason, about.isoformat(), newest_call(work, car.customer_id))
