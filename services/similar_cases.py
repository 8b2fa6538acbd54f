"""What the garage already knows: similar symptoms on the same model before, and what cured them."""

from collections.abc import Iterable
from datetime import timedelta

from sqlmodel import col, select

from db.models import OrderJob, Vehicle, WorkOrder
from services.cures import Case, Cure, case_of, cures, finished_jobs, trouble_of
from services.work import Work

_BACK = timedelta(days=3 * 365)  # what was found longer ago is no longer looked at, nor more cars than
_CARS = 300
_CASES = 400
_SHOWN = 4


def similar_cases(work: Work, order: WorkOrder) -> list[Cure]:
    """What cured similar symptoms on cars of the same make and model, the likest first: at most four. Three queries, over the
    last three years and the 300 cars that came last."""
    car = work.get(Vehicle, order.vehicle_id)
    now = trouble_of(order.concern, order.answers)
    if not car.model or not (now.named or now.words):
        return []
    found = [(score, case) for case in _cases(work, car, order.id) if (score := now.likeness(case.trouble))]
    return cures(work, found, _SHOWN)


def _cases(work: Work, car: Vehicle, order_id: int) -> Iterable[Case]:
    cars = (
        select(Vehicle.id)
        .where(Vehicle.make == car.make, Vehicle.model == car.model, col(Vehicle.visited_at).is_not(None))
        .order_by(col(Vehicle.visited_at).desc())
        .limit(_CARS)
    )
    told = (
        finished_jobs()
        .where(col(WorkOrder.vehicle_id).in_(cars), col(WorkOrder.delivered_at) >= work.now - _BACK)
        .where(col(WorkOrder.id) != order_id, col(OrderJob.cause) != "")
        .order_by(col(WorkOrder.delivered_at).desc(), col(OrderJob.id))
        .limit(_CASES)
    )
    return map(case_of, work.db.execute(told))
