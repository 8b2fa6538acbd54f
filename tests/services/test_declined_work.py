"""Work declined on a car: what of it still stands."""

from collections.abc import Iterator

import pytest

from db.enums import Answer, OrderStatus, Role
from db.models import WorkOrder
from services.arrivals import walk_in
from services.declined_work import DeclinedWork, declined_for_car
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.services.reception import lines_of, received


@pytest.fixture
def work(ws: Workspace) -> Iterator[Work]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        yield work


def left(work: Work, order: WorkOrder, answer: Answer) -> None:
    """The visit is over, with that answer to everything."""
    for line in lines_of(work, order):
        line.answer = answer
        work.add(line)
    order.status = OrderStatus.CLOSED
    work.add(order)


def declined(work: Work, order: WorkOrder) -> list[DeclinedWork]:
    return declined_for_car(work, order.vehicle_id)


def come_again(work: Work, order: WorkOrder, *jobs: int) -> WorkOrder:
    return walk_in(work, vehicle_id=order.vehicle_id, concern="Again", jobs=jobs)


def test_work_declined_last_time_is_remembered(work: Work) -> None:
    first = received(work, jobs=(2,))
    left(work, first, Answer.DECLINED)
    again = come_again(work, first)
    assert [(found.title, found.job_id) for found in declined(work, again)] == [("Front brake pads", 2)]


def test_work_done_since_is_not_offered_again(work: Work) -> None:
    first = received(work, jobs=(2,))
    left(work, first, Answer.DECLINED)
    second = come_again(work, first, 2)
    left(work, second, Answer.AGREED)
    assert declined(work, come_again(work, first)) == []


def test_another_car_has_its_own_past(work: Work) -> None:
    first = received(work, jobs=(2,))
    left(work, first, Answer.DECLINED)
    assert declined(work, received(work, plate="XY99 ZZZ")) == []
