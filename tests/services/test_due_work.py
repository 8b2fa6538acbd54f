"""What the files make due for a car."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from db.enums import Answer, BayKind, OrderStatus, Role, Skill, Urgency
from db.enums_desk import OutreachReason
from db.models import CarDue, Inspection, Job, OrderJob, Vehicle, WorkOrder
from services.declined_work import declined_for_car
from services.due_work import Due, due_for_car, reckon, reckon_all
from services.refusals import NotFound
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role, make_campaign, make_car
from tests.services.reception import lines_of, received

TODAY = MONDAY_9.date()  # Monday 23 November 2026


def car_with(work: Work, plate: str = "AB12 CDE", **facts: object) -> Vehicle:
    car = make_car(work, plate=plate)
    for name, value in facts.items():
        setattr(car, name, value)
    return work.add(car)


def visit(
    work: Work, car: Vehicle, at: datetime, km: int | None = None, status: OrderStatus = OrderStatus.CLOSED
) -> WorkOrder:
    number = f"W{at:%y%m%d%H%M}-{car.id}"
    order = work.add(
        WorkOrder(number=number, customer_id=car.customer_id, vehicle_id=car.id, status=status, arrived_at=at)
    )
    if km is not None:
        work.add(Inspection(order_id=order.id, odometer_km=km, at=at))
    return order


def due(work: Work, car: Vehicle) -> list[tuple[OutreachReason, date, int | None]]:
    return [(one.reason, one.due_on, one.at_km) for one in due_for_car(work, car.id)]


def test_nothing_known_is_nothing_due(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        assert due_for_car(work, car_with(work).id) == []
        with pytest.raises(NotFound):
            due_for_car(work, 999)


def test_a_service_is_due_on_its_date_from_thirty_days_before(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        soon = car_with(work, next_service_on=TODAY + timedelta(days=30), last_service_on=date(2026, 1, 1))
        assert due_for_car(work, soon.id) == [Due(OutreachReason.SERVICE, TODAY + timedelta(days=30), "2026-01-01")]
        assert due_for_car(work, soon.id)[0].jobs == (1,)  # the catalogue's service
        far = car_with(work, "BB22 BBB", next_service_on=TODAY + timedelta(days=31))
        assert due_for_car(work, far.id) == []


def test_without_a_date_the_catalogue_interval_after_the_last_service_counts(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        car = car_with(work, last_service_on=date(2025, 11, 20))
        assert due(work, car) == [(OutreachReason.SERVICE, date(2026, 11, 20), None)]


def test_the_jobs_to_offer_are_those_of_the_last_routine_service_that_come_back_first(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        jobs = [
            work.add(Job(code=code, name=code, minutes=30, bay_kind=BayKind.LIFT, skill=skill, interval_km=km, interval_months=12))
            for code, skill, km in (("OIL", Skill.SERVICE, 9000), ("ROT", Skill.TYRES, 8000), ("FLT", Skill.SERVICE, 20000))
        ]  # fmt: skip
        car = car_with(work, last_service_on=date(2025, 11, 20))
        assert due_for_car(work, car.id)[0].jobs == (
            jobs[0].id,
        )  # nothing known: the routine job that comes back soonest
        first = visit(work, car, datetime(2025, 11, 20, 9, tzinfo=UTC))
        later = visit(work, car, datetime(2026, 2, 20, 9, tzinfo=UTC))
        for order, job in ((first, jobs[0]), (first, jobs[2]), (later, jobs[1])):
            work.add(OrderJob(order_id=order.id, job_id=job.id, title=job.name, done_at=order.arrived_at))
        assert due_for_car(work, car.id)[0].jobs == (jobs[2].id, jobs[0].id)  # by code: FLT, OIL


def test_past_readings_bring_a_service_forward(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        car = car_with(work, last_service_on=date(2026, 3, 1), next_service_on=date(2027, 3, 1), next_service_km=50_000,
                       odometer_km=None)  # fmt: skip
        visit(work, car, datetime(2026, 3, 1, 9, tzinfo=UTC), 35_000)
        assert due(work, car) == []  # one reading says nothing
        visit(work, car, datetime(2026, 9, 1, 9, tzinfo=UTC), 46_040)  # 184 days, 11,040 km: 60 a day
        assert due(work, car) == [(OutreachReason.SERVICE, date(2026, 11, 6), 50_000)]
        visit(work, car, datetime(2026, 10, 1, 9, tzinfo=UTC), 12)  # a new instrument: nothing is known any more
        assert due(work, car) == []


def test_the_reading_in_the_file_counts_and_cancelled_visits_do_not(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        car = car_with(work, next_service_km=41_000, odometer_km=40_000, odometer_on=date(2026, 11, 1))
        visit(work, car, datetime(2026, 7, 24, 9, tzinfo=UTC), 30_000, OrderStatus.CANCELLED)
        assert due(work, car) == []
        visit(work, car, datetime(2026, 7, 24, 9, 30, tzinfo=UTC), 30_000)  # 100 days: 100 km a day
        assert due(work, car) == [(OutreachReason.SERVICE, date(2026, 11, 11), 41_000)]


def test_a_new_car_has_a_first_service_within_its_first_year(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        new = car_with(work, first_registered=date(2026, 5, 31))
        assert due_for_car(work, new.id) == [Due(OutreachReason.FIRST_SERVICE, date(2026, 11, 30), "2026-05-31")]
        old = car_with(work, "BB22 BBB", first_registered=date(2025, 11, 22))
        assert due_for_car(work, old.id) == []
        served = car_with(work, "CC33 CCC", first_registered=date(2026, 5, 31), last_service_on=date(2026, 11, 1))
        assert due_for_car(work, served.id) == []


def test_expiry_dates_are_due(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        car = car_with(work, inspection_until=date(2026, 12, 1), insurance_until=date(2026, 11, 25))
        assert due(work, car) == [
            (OutreachReason.INSURANCE, date(2026, 11, 25), None),
            (OutreachReason.INSPECTION, date(2026, 12, 1), None),
        ]


def test_a_car_not_seen_for_a_year_is_missed_unless_a_service_is_due(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        car = car_with(work)
        visit(work, car, datetime(2025, 11, 23, 9, tzinfo=UTC))
        assert due_for_car(work, car.id) == [Due(OutreachReason.ABSENT, date(2026, 11, 23), "2025-11-23")]
        car.next_service_on = date(2026, 11, 23)
        assert due(work, car) == [(OutreachReason.SERVICE, date(2026, 11, 23), None)]


def declined_visit(work: Work, plate: str = "AB12 CDE", urgency: Urgency | None = None) -> WorkOrder:
    order = received(work, (1, 2), plate)
    for line in lines_of(work, order):
        job = work.get(OrderJob, line.order_job_id)
        line.answer = Answer.DECLINED if job.job_id == 2 else Answer.AGREED
        job.urgency = urgency
        work.db.add_all([line, job])
    order.status = OrderStatus.CLOSED
    return work.add(order)


@pytest.mark.parametrize(("urgency", "days"), [(None, 30), (Urgency.NOW, 7), (Urgency.SOON, 30), (Urgency.LATER, 90)])
def test_declined_work_is_due_again_by_its_urgency(ws: Workspace, urgency: Urgency | None, days: int) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order = declined_visit(work, urgency=urgency)
        (found,) = declined_for_car(work, order.vehicle_id)
        assert (found.title, found.job_id, found.order_id) == ("Front brake pads", 2, order.id)
        assert found.due_on == TODAY + timedelta(days=days)
        if days <= 30:
            (one,) = due_for_car(work, order.vehicle_id)
            assert (one.reason, one.about, one.what, one.jobs) == (
                OutreachReason.DECLINED, str(order.id), "Front brake pads", (2,)
            )  # fmt: skip


def test_declined_work_agreed_to_since_is_over(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order = declined_visit(work)
        again = visit(work, work.get(Vehicle, order.vehicle_id), MONDAY_9 + timedelta(hours=1))
        job = work.add(OrderJob(order_id=again.id, job_id=2, title="Front brake pads"))
        line = lines_of(work, order)[-1].model_copy(
            update={"id": None, "order_id": again.id, "order_job_id": job.id, "answer": Answer.AGREED}
        )
        work.db.add(type(line)(**line.model_dump()))
        work.db.flush()
        assert declined_for_car(work, order.vehicle_id) == []


def test_cars_are_reckoned_in_bulk_and_again_when_their_file_changed(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        cars = [car_with(work, f"AA{n} AAA", inspection_until=date(2027, 1, n)) for n in range(1, 4)]
        version = cars[0].version
        assert reckon_all(work, 2) == 2
        assert reckon_all(work) == 1
        assert reckon_all(work) == 0
        rows = work.db.exec(select(CarDue).order_by(col(CarDue.due_on))).all()
        assert [(one.vehicle_id, one.due_on, one.reason) for one in rows] == [
            (car.id, date(2027, 1, n), OutreachReason.INSPECTION) for n, car in enumerate(cars, 1)
        ]
        cars[0].inspection_until = None
        reckon(work, [cars[0].id])
        assert len(work.db.exec(select(CarDue)).all()) == 2
        work.db.expire_all()
        assert work.get(Vehicle, cars[1].id).version == version  # nobody who has the car open is refused for it


def test_an_open_recall_is_due_until_it_ends(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        car = car_with(work)
        recall = make_campaign(work, make="ford", job_id=2, ends_on=TODAY)
        (one,) = due_for_car(work, car.id)
        assert (one.reason, one.about, one.what, one.until, one.jobs) == (
            OutreachReason.RECALL, str(recall.id), "Airbag", TODAY, (2,)
        )  # fmt: skip
        recall.ends_on = TODAY - timedelta(days=1)
        work.add(recall)
        assert due_for_car(work, car.id) == []


def test_the_number_of_queries_does_not_grow_with_cars(ws: Workspace) -> None:
    seen: list[str] = []
    event.listen(ws.engine, "before_cursor_execute", lambda *call: seen.append(call[2]))
    with unit_of_work(ws) as work:
        cars = [car_with(work, f"AA{n} AAA", last_service_on=date(2026, 1, 1)).id for n in range(20)]
        assert work.garage.name
        seen.clear()
        reckon(work, cars[:2])
        few = len(seen)
        seen.clear()
        reckon(work, cars)
        assert len(seen) == few
