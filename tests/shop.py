"""Cars in the workshop for tests, put straight into the rows: the verbs that lead there have tests of their own."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import select

from db.enums import Answer, OrderStatus
from db.models import Bay, Job, OrderLine, Staff, WorkOrder
from services.numbers import daily_number
from services.order_lines import put_catalogue_jobs
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import make_car

AT_RECEPTION = (OrderStatus.RECEPTION, OrderStatus.AWAITING_APPROVAL)


def make_order(
    ws: Workspace,
    *jobs: str,
    status: OrderStatus = OrderStatus.AWAITING_DISPATCH,
    plate: str = "AB12 CDE",
    given_to: str | None = None,
    bay: str = "Lift 1",
    answer: Answer = Answer.AGREED,
) -> int:
    """An order with catalogue jobs (by code, one oil service when none is named), all lines answered alike. Returns its id."""
    with unit_of_work(ws) as work:
        car = make_car(work, plate=plate)
        order = work.add(
            WorkOrder(number=daily_number(work, "W"), customer_id=car.customer_id, vehicle_id=car.id, status=status,
                      arrived_at=work.now, greeted_at=work.now, promised_at=work.now + timedelta(hours=3),
                      handed_at=None if status in AT_RECEPTION else work.now)
        )  # fmt: skip
        put_catalogue_jobs(work, order, [job_id(work, code) for code in jobs or ("SVC",)])
        for line in work.db.exec(select(OrderLine).where(OrderLine.order_id == order.id)):
            line.answer = answer
        if given_to:
            order.technician_id, order.bay_id = staff_id(work, given_to), bay_id(work, bay)
        return order.id


def in_work(ws: Workspace, *jobs: str, plate: str = "AB12 CDE", given_to: str = "Tom Technician") -> int:
    """An order given to a technician, everything agreed."""
    return make_order(ws, *jobs, status=OrderStatus.IN_WORK, plate=plate, given_to=given_to)


def staff_id(work: Work, name: str) -> int:
    """The id of a person."""
    return work.db.exec(select(Staff.id).where(Staff.name == name)).one()


def bay_id(work: Work, name: str) -> int:
    """The id of a bay."""
    return work.db.exec(select(Bay.id).where(Bay.name == name)).one()


def job_id(work: Work, code: str) -> int:
    """The id of a catalogue job."""
    return work.db.exec(select(Job.id).where(Job.code == code)).one()


def order_of(ws: Workspace, order_id: int) -> WorkOrder:
    """The order as it stands."""
    with unit_of_work(ws) as work:
        return work.get(WorkOrder, order_id)


def lines_of(work: Work, order_id: int) -> Sequence[OrderLine]:
    """The lines of an order, in order."""
    return work.db.exec(select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.id)).all()  # type: ignore[arg-type]
