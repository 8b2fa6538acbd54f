"""What the advisor sees on a car in a demo visit: the walk-around tap by tap, and its health."""

from decimal import Decimal
from typing import TYPE_CHECKING

from db.enums import Answer, Role
from db.enums_reception import Condition, Grade, Measure, Valuable, WarningLight
from db.models import WorkOrder
from services import damage_marks, health, inspections
from services.health_sheet import Point, board
from services.order_moves import ORDERS
from services.workflow import facts_of

if TYPE_CHECKING:
    from services.demo.visit import Visit

_LIGHTS = (WarningLight.ENGINE, WarningLight.TYRES, WarningLight.SERVICE, WarningLight.BATTERY, WarningLight.ABS)
_LEFT = (Valuable.CAMERA, Valuable.CHILD_SEAT, Valuable.GLASSES, Valuable.LUGGAGE, Valuable.KEYS)
_WELL = {
    Measure.TREAD: (32, 80),
    Measure.THICKNESS: (55, 110),
    Measure.VOLTS: (125, 128),
    Measure.CELSIUS: (1900, 2400),
    Measure.PERCENT: (840, 990),
}  # tenths of its unit, from and to
_WORN = Decimal("0.4")  # below the limit


def inspect(visit: "Visit") -> None:
    """Odometer, fuel, lamps, what stays inside, and now and then a mark."""
    work, rng, content = visit.by(Role.ADVISOR), visit.stage.rng, visit.stage.content.reception
    shown = max(visit.car.km_on(visit.now.date()), visit.vehicle.odometer_km or 0)
    inspections.record(
        work, visit.order_id, covers=True, reminded=True, odometer_km=shown, fuel_eighths=rng.randint(1, 8),
        lights={rng.choice(_LIGHTS): True} if rng.random() < 0.2 else {},
        stays={rng.choice(_LEFT): True} if rng.random() < 0.4 else {},
        valuables=rng.choice(content.left_inside) if rng.random() < 0.15 else "",
        places={"interior": Condition.WORN} if rng.random() < 0.1 else {},
    )  # fmt: skip
    inspections.rest_in_order(work, visit.order_id)
    if rng.random() < 0.3:
        seen = rng.choice(visit.stage.content.damage)
        damage_marks.mark(work, visit.order_id, view=seen.view, x=seen.x, y=seen.y, kind=seen.kind, note=seen.note)


def check_health(visit: "Visit") -> None:
    """One thing in two is not as it should be; the rest is good."""
    work, rng = visit.by(Role.ADVISOR), visit.stage.rng
    order = work.get(WorkOrder, visit.order_id)
    points = [point for group in board(work, order).groups for point in group.points]
    for point in rng.sample([one for one in points if one.item.job_id], 1 if rng.random() < 0.5 else 0):
        _not_good(visit, point, rng.choice([Grade.SOON, Grade.SOON, Grade.NOW]))
    for point in points:
        if point.item.measure in _WELL and point.grade is None and rng.random() < 0.3:
            value = Decimal(rng.randint(*_WELL[point.item.measure])) / 10
            health.measure(work, order.id, item_id=point.item.id, value=value)
    health.all_good(work, order.id)


def _not_good(visit: "Visit", point: Point, grade: Grade) -> None:
    work, item = visit.by(Role.ADVISOR), point.item
    limit = item.now_below if grade == Grade.NOW else item.soon_below
    if limit is None:
        health.grade(work, visit.order_id, item_id=item.id, grade=grade)
    else:
        health.measure(work, visit.order_id, item_id=item.id, value=limit - _WORN)


def answers(visit: "Visit") -> tuple[dict[int, Answer], set[int]]:
    """What the customer says to each line, and the jobs whose safety had to be explained: what they came for is agreed, what the
    check found is not always."""
    facts, rng = facts_of(visit.stage.work, ORDERS, visit.order_id), visit.stage.rng
    asked_for = {visit.stage.jobs[code].id for code in visit.concern.jobs}
    declined = {job.id for job in facts.jobs if job.job_id not in asked_for and rng.random() < 0.7}
    said = {x.id: Answer.DECLINED if x.order_job_id in declined else Answer.AGREED for x in facts.pending}
    return said, {job.id for job in facts.jobs if job.safety}
