"""What earlier visits of a car left behind."""

from collections.abc import Iterator

import pytest

from db.enums import Answer, OrderStatus, Role
from db.models import WorkOrder
from services.arrivals import walk_in
from services.earlier_visits import declined_before
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


def come_again(work: Work, order: WorkOrder, *jobs: int) -> WorkOrder:
    return walk_in(work, vehicle_id=order.vehicle_id, concern="Again", jobs=jobs)


def test_work_declined_last_time_is_remembered(work: Work) -> None:
    first = received(work, jobs=(2,))
    left(work, first, Answer.DECLINED)
    again = come_again(work, first)
    assert [(found.title, found.job_id) for found in declined_before(work, again)] == [("Front brake pads", 2)]
    assert declined_before(work, first) == []


def test_work_done_since_is_not_offered_again(work: Work) -> None:
    first = received(work, jobs=(2,))
    left(work, first, Answer.DECLINED)
    second = come_again(work, first, 2)
    left(work, second, Answer.AGREED)
    assert declined_before(work, come_again(work, first)) == []


def test_another_car_has_its_own_past(work: Work) -> None:
    first = received(work, jobs=(2,))
    left(work, first, Answer.DECLINED)
    assert declined_before(work, received(work, plate="XY99 ZZZ")) == []
