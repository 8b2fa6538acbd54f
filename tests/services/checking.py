"""A car whose health is checked, and what is to see of it."""

import pytest
from sqlmodel import col, select

from db.enums import Answer, ConsentMethod, OrderStatus, Role
from db.enums_health import HealthPoint
from db.models import CheckTemplateItem, OrderJob, WorkOrder
from services import consents, health, inspections, orders, promises
from services.arrivals import greet, walk_in
from services.health_sheet import Point
from services.health_templates import put_standard_checks
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role
from tests.services.reception import lines_of

FULL, SHORT, ELECTRIC = 1, 2, 3
BRAKES = 2  # the catalogue's job


@pytest.fixture
def advisor(ws: Workspace) -> Workspace:
    """The garage with its checklists; the front pads propose the catalogue's job."""
    with unit_of_work(ws) as work:
        put_standard_checks(work)
        for item in work.db.exec(select(CheckTemplateItem).where(CheckTemplateItem.point == HealthPoint.PADS_FRONT)):
            item.job_id = BRAKES
            work.db.add(item)
    return as_role(ws, Role.ADVISOR)


def item(work: Work, point: HealthPoint, template: int = FULL) -> int:
    mine = (CheckTemplateItem.template_id == template, CheckTemplateItem.point == point.value)
    return work.db.exec(select(CheckTemplateItem.id).where(*mine)).one()


def at(work: Work, order_id: int, point: HealthPoint) -> Point:
    groups = health.board(work, work.get(WorkOrder, order_id)).groups
    return next(p for group in groups for p in group.points if p.item.point == point)


def proposed(work: Work, order_id: int) -> list[OrderJob]:
    """The jobs on the order for which the sheet gives the reason."""
    mine = (OrderJob.order_id == order_id, OrderJob.reason != "")
    return list(work.db.exec(select(OrderJob).where(*mine).order_by(col(OrderJob.id))))


def put_to_customer(work: Work, order_id: int) -> None:
    inspections.record(work, order_id, covers=True, odometer_km=41000, fuel_eighths=4)
    promises.set_promise(work, order_id, promised_at=MONDAY_9.replace(hour=15))
    orders.request_approval(work, order_id)


def answer(work: Work, order_id: int, word: Answer) -> None:
    """The customer agrees to what came first and says `word` to the rest."""
    first, *rest = lines_of(work, work.get(WorkOrder, order_id))
    said = {first.id: Answer.AGREED} | {line.id: Answer.AGREED if line.order_job_id == first.order_job_id else word
                                        for line in rest}  # fmt: skip
    explained = [job.id for job in proposed(work, order_id)]
    method, order = ConsentMethod.PHONE, work.get(WorkOrder, order_id)
    consents.answer_lines(work, order, answers=said, method=method, person="Grace Field", warned=explained)


def next_visit(work: Work, before: WorkOrder) -> WorkOrder:
    """The car has left, and comes again."""
    work.get(WorkOrder, before.id).status = OrderStatus.DELIVERED
    work.db.flush()
    return greet(work, walk_in(work, vehicle_id=before.vehicle_id, concern="Again", jobs=()).id)


def jobs_of(work: Work, order_id: int) -> list[OrderJob]:
    return list(work.db.exec(select(OrderJob).where(OrderJob.order_id == order_id).order_by(col(OrderJob.id))))
