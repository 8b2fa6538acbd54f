"""What an advisor sees the moment a car is chosen, and what of it reaches the manager."""

from datetime import UTC, date, datetime, timedelta

import pytest

from db.enums import Answer, AppointmentStatus, ComplaintStatus, LineKind, OrderStatus, Role
from db.enums_desk import OutreachReason, ReturnKind
from db.models import Appointment, Complaint, Job, OrderJob, OrderLine, Vehicle, WorkOrder
from services.booking import book
from services.booking_jobs import change_jobs
from services.car_call import WARRANTY_OVER, CarCall, car_call
from services.refusals import NotFound
from services.returning import RECENT, return_kind
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role, make_car

TUESDAY_10 = datetime(2026, 11, 24, 10, tzinfo=UTC)
OIL, PADS, BATTERY = 1, 2, 3


def visit(work: Work, car: Vehicle, days_ago: int, job_id: int, *, declined: bool = False) -> WorkOrder:
    """A visit that ended, with one job: done, or declined."""
    at, job = work.now - timedelta(days=days_ago), work.get(Job, job_id)
    order = work.add(
        WorkOrder(number=f"W{car.id}-{days_ago}", customer_id=car.customer_id, vehicle_id=car.id, arrived_at=at, delivered_at=at,
                  status=OrderStatus.DELIVERED)
    )  # fmt: skip
    done = None if declined else at
    row = work.add(OrderJob(order_id=order.id, job_id=job.id, title=job.name, done_at=done))
    answer = Answer.DECLINED if declined else Answer.AGREED
    work.add(OrderLine(order_id=order.id, order_job_id=row.id, kind=LineKind.LABOUR, title=job.name, answer=answer))
    return order


def complain(work: Work, car: Vehicle, order: WorkOrder | None = None) -> Complaint:
    return work.add(
        Complaint(customer_id=car.customer_id, order_id=order.id if order else None, text="Noise", received_at=work.now)
    )


def call(ws: Workspace, car: Vehicle, *jobs: int) -> CarCall:
    with reading(ws) as work:
        return car_call(work, car.id, jobs)


@pytest.fixture
def advisor(ws: Workspace) -> Workspace:
    return as_role(ws, Role.ADVISOR)


def test_a_car_that_was_never_here_has_nothing_to_be_said(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        car = make_car(work)
    found = call(advisor, car, OIL)
    assert (found.returns, found.complaints, found.recent, found.declined, found.due, found.no_shows) == (
        None, [], None, [], [], 0,
    )  # fmt: skip
    with reading(advisor) as work, pytest.raises(NotFound):
        car_call(work, 99)


def test_work_declined_before_what_is_due_and_missed_bookings_are_named(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        car = make_car(work)
        visit(work, car, 200, PADS, declined=True)
        car.inspection_until, car.warranty_until = date(2026, 12, 1), date(2027, 1, 1)
        car.last_service_on = date(2025, 10, 1)
        for number, status in enumerate((AppointmentStatus.NO_SHOW, AppointmentStatus.CANCELLED)):
            work.add(Appointment(number=f"B{number}", customer_id=car.customer_id, vehicle_id=car.id, status=status,
                                 created_at=work.now))  # fmt: skip
        work.get(Job, PADS).active = False
    found = call(advisor, car)
    assert [one.title for one in found.declined] == ["Front brake pads"]
    assert [one.reason for one in found.due] == [OutreachReason.SERVICE, OutreachReason.INSPECTION]
    assert [found.jobs_of(one) for one in found.due] == [(OIL,), ()]
    assert PADS not in found.offered  # no longer in the catalogue: told, but nothing to tap
    assert (found.no_shows, found.warranty_until) == (1, date(2027, 1, 1))


def test_a_warranty_long_over_is_no_news(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        car = make_car(work)
        car.warranty_until = MONDAY_9.date() - WARRANTY_OVER
    assert call(advisor, car).warranty_until is not None
    assert call(advisor.at(MONDAY_9 + timedelta(days=1)), car).warranty_until is None


@pytest.mark.parametrize(
    ("days_ago", "job", "expected"),
    [
        (RECENT.days - 1, OIL, ReturnKind.REWORK),
        (RECENT.days - 1, BATTERY, None),
        (RECENT.days, OIL, None),
    ],
)
def test_a_car_comes_back_when_it_left_lately_after_the_same_kind_of_job(
    advisor: Workspace, days_ago: int, job: int, expected: ReturnKind | None
) -> None:
    with unit_of_work(advisor) as work:
        car = make_car(work)
        visit(work, car, days_ago, OIL)
        row = book(work, car.id, concern="Again", job_ids=[job], starts_at=TUESDAY_10)
        assert row.returns == expected
    assert call(advisor, car, job).returns == expected


def test_jobs_chosen_later_can_make_it_a_return_too_and_never_take_it_back(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        car = make_car(work)
        visit(work, car, 3, OIL)
        row = book(work, car.id, concern="Lamp", job_ids=[BATTERY], starts_at=TUESDAY_10)
        assert change_jobs(work, row.id, [OIL]).returns == ReturnKind.REWORK
        assert change_jobs(work, row.id, [BATTERY]).returns == ReturnKind.REWORK


def test_an_open_complaint_counts_for_the_car_it_is_about_or_for_all_when_about_none(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        car = make_car(work)
        other = work.add(Vehicle(customer_id=car.customer_id, plate="B2", plate_key="B2", created_at=work.now))
        complaint = complain(work, car, visit(work, car, 100, OIL))
        assert (return_kind(work, car.id, []), return_kind(work, other.id, [])) == (ReturnKind.COMPLAINT, None)
        complaint.status = ComplaintStatus.CLOSED
        work.db.flush()
        assert return_kind(work, car.id, []) is None
        complain(work, car)
        assert return_kind(work, other.id, []) == ReturnKind.COMPLAINT
