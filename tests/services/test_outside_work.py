"""Work done elsewhere: what is out, what is overdue, and another time the supplier named."""

from datetime import timedelta
from decimal import Decimal

import pytest

from db.enums import Answer, OrderStatus, Role
from db.models import OrderLine, WorkOrder
from services.extra_work import propose
from services.outside_work import away, expect_back, send_out, take_back
from services.refusals import InThePast, NotAllowed, NotNow, OutOfRange
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_name, as_role
from tests.shop import in_work, lines_of

TOM = "Tom Technician"
HOUR = timedelta(hours=1)


def sent(ws: Workspace, plate: str = "AB12 CDE", hours: int | None = 2) -> tuple[int, int]:
    """A part of a car that went out: the order and the line."""
    order = in_work(ws, plate=plate)
    with unit_of_work(as_name(ws, TOM)) as work:
        job = propose(work, order, title="Skim head", reason="warped", minutes=0, price=Decimal(120), outside=True)
        line = next(one for one in lines_of(work, order) if one.order_job_id == job.id)
        line.answer = Answer.AGREED
        due = MONDAY_9 + hours * HOUR if hours else None
        send_out(work, order, line_id=line.id, due_at=due, supplier="Smith", cost=Decimal(70))
        return order, line.id


def test_what_is_out_is_listed_by_when_it_is_due_and_overdue_said(ws: Workspace) -> None:
    first, second, third = sent(ws, "A 1", 4)[1], sent(ws, "A 2", 2)[1], sent(ws, "A 3", None)[1]
    with reading(ws.at(MONDAY_9 + 3 * HOUR)) as work:
        found = away(work)
    assert [(one.line.id, one.plate, one.late) for one in found] == [
        (second, "A 2", True),
        (first, "A 1", False),
        (third, "A 3", False),
    ]
    assert (found[0].line.supplier, found[0].line.cost) == ("Smith", Decimal(70))


def test_what_is_back_or_of_a_car_that_left_is_out_no_more(ws: Workspace) -> None:
    (order, line), (gone, _) = sent(ws, "A 1"), sent(ws, "A 2")
    with unit_of_work(as_name(ws, TOM)) as work:
        assert take_back(work, order, line_id=line, cost=Decimal(75)).cost == Decimal(75)
        work.get(WorkOrder, gone).status = OrderStatus.CANCELLED
    with reading(ws) as work:
        assert away(work) == []


def test_the_supplier_names_another_time(ws: Workspace) -> None:
    order, line = sent(ws)
    with unit_of_work(as_name(ws, TOM).at(MONDAY_9 + 3 * HOUR)) as work:
        expect_back(work, order, line_id=line, due_at=MONDAY_9 + 6 * HOUR)
        assert [one.late for one in away(work)] == [False]
        with pytest.raises(InThePast):
            expect_back(work, order, line_id=line, due_at=MONDAY_9)
        with pytest.raises(OutOfRange):
            expect_back(work, order, line_id=line, due_at=MONDAY_9 + timedelta(days=181))
        take_back(work, order, line_id=line)
        with pytest.raises(NotNow):
            expect_back(work, order, line_id=line, due_at=MONDAY_9 + 8 * HOUR)
        assert work.get(OrderLine, line).due_at == MONDAY_9 + 6 * HOUR
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        expect_back(work, order, line_id=line, due_at=MONDAY_9 + 8 * HOUR)
