"""Whoever changes a file changes what is due with it: closing a visit, correcting a car, bringing in a list."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from db.enums import Role
from db.enums_desk import OutreachReason
from db.models import CampaignCar, CarDue, Customer, Vehicle, WorkOrder
from services.customers import CarDates, CarFields, add_car, change_car, change_customer
from services.handover import close
from services.importing.apply import import_rows
from services.importing.columns import guess_columns
from services.importing.read import read_table
from services.importing.rows import check_rows
from services.refusals import OutOfRange, Stale, TooLong
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import delivered, make_ready
from tests.factories import MONDAY_9, as_role, make_campaign, make_car
from web.reckoner import reckon_some

FORD = CarFields("AB12 CDE", "Ford", "Focus", "", 40000)


def dues(ws: Workspace) -> list[tuple[OutreachReason, date]]:
    with reading(ws) as work:
        rows = work.db.exec(select(CarDue).order_by(col(CarDue.due_on), col(CarDue.reason)))
        return [(row.reason, row.due_on) for row in rows]


@pytest.fixture
def desk(ws: Workspace) -> Workspace:
    return as_role(ws, Role.ADVISOR)


def test_closing_a_visit_reckons_the_next_service_and_ends_the_recall_done(desk: Workspace) -> None:
    order_id = make_ready(desk)
    with unit_of_work(desk) as work:
        for code, job in (("R1", 1), ("R2", 2)):
            make_campaign(work, code=code, title=code, job_id=job)
    delivered(desk, order_id)
    with unit_of_work(desk) as work:
        close(work, order_id)
    reckon_some(desk)
    assert dues(desk) == [
        (OutreachReason.RECALL, date(2026, 11, 1)),
        (OutreachReason.SERVICE, date(2027, 11, 23)),
        (OutreachReason.ABSENT, date(2028, 1, 23)),
    ]
    with reading(desk) as work:
        (done,) = work.db.exec(select(CampaignCar)).all()
        assert (done.order_id, done.vehicle_id) == (order_id, work.get(WorkOrder, order_id).vehicle_id)


def test_a_new_car_and_its_dates_come_on_the_lists(desk: Workspace) -> None:
    with unit_of_work(desk) as work:
        owner = make_car(work, plate="ZZ99 ZZZ").customer_id
        car = add_car(work, owner, plate="AB12 CDE", car="Ford Focus")
        change_car(work, car.id, car.version, FORD,
                   CarDates(date(2026, 2, 28), date(2028, 2, 29), date(2026, 12, 1), date(2026, 12, 2)))  # fmt: skip
        key = car.id
    assert dues(desk) == [
        (OutreachReason.FIRST_SERVICE, date(2026, 8, 28)),
        (OutreachReason.INSPECTION, date(2026, 12, 1)),
        (OutreachReason.INSURANCE, date(2026, 12, 2)),
    ]
    with reading(desk) as work:
        car = work.get(Vehicle, key)
        assert (car.reckoned, car.warranty_until) == (True, date(2028, 2, 29))
        version = car.version
    with unit_of_work(desk) as work:
        change_car(work, key, version, FORD)  # as reception does: the dates stay
        assert work.get(Vehicle, key).inspection_until == date(2026, 12, 1)
    with pytest.raises(Stale), unit_of_work(desk) as work:
        change_car(work, key, version - 1, FORD, CarDates())


@pytest.mark.parametrize(
    "dates",
    [
        CarDates(first_registered=date(2026, 11, 24)),
        CarDates(first_registered=date(1899, 12, 31)),
        CarDates(inspection_until=date(2057, 1, 1)),
        CarDates(insurance_until=date(1066, 1, 1)),
    ],
)
def test_a_date_that_cannot_be_is_refused(desk: Workspace, dates: CarDates) -> None:
    with unit_of_work(desk) as work:
        car = make_car(work)
        key, version = car.id, car.version
    with pytest.raises(OutOfRange), unit_of_work(desk) as work:
        change_car(work, key, version, FORD, dates)


def test_a_customer_says_when_a_call_suits_and_that_none_is_wanted(desk: Workspace) -> None:
    same: dict[str, Any] = {"name": "Grace Field", "phone": "07700 900123"}
    with unit_of_work(desk) as work:
        owner = make_car(work).customer_id
        version = work.get(Customer, owner).version
        row = change_customer(work, owner, version, **same, call_when=" after  17:00 ", no_calls=True)
        assert (row.call_when, row.no_calls) == ("after 17:00", True)
        row = change_customer(work, owner, row.version, **same)
        assert (row.call_when, row.no_calls) == ("after 17:00", True)
    with pytest.raises(TooLong), unit_of_work(desk) as work:
        change_customer(work, owner, row.version, **same, call_when="x" * 121)


def test_a_list_brought_in_is_reckoned_soon_after(ws: Workspace) -> None:
    lines = "Name,Phone,Plate,Make and model,Last service,Inspection until\nAnn,07700 900123,AB12 CDE,Ford Focus,"
    for text, wanted in (
        ("2026-01-31,2026-12-01", [(OutreachReason.INSPECTION, date(2026, 12, 1)), (OutreachReason.SERVICE, date(2027, 1, 31))]),
        ("2026-02-28,2027-12-01", [(OutreachReason.SERVICE, date(2027, 2, 28)), (OutreachReason.INSPECTION, date(2027, 12, 1))]),
    ):  # fmt: skip
        table = read_table((lines + text).encode(), "list.csv")
        rows = check_rows(table, guess_columns(table.headers, table.rows), "GB", MONDAY_9.date())
        with unit_of_work(as_role(ws, Role.MANAGER)) as work:
            import_rows(work, rows)
        assert reckon_some(ws) is False  # fewer than it takes at once: no more wait
        assert [one for one in dues(ws) if one[0] != OutreachReason.ABSENT] == wanted
    with reading(ws) as work:
        assert all(car.reckoned for car in work.db.exec(select(Vehicle)))
