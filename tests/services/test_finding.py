"""The lines cars are found by follow every change, whoever makes it."""

from datetime import timedelta

from sqlmodel import select

from db.enums import Role
from db.models import Customer, SearchLine, Vehicle, WorkOrder
from services.arrivals import walk_in
from services.finding import find
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car


def found(work: Work, typed: str) -> list[int | None]:
    return [row.vehicle_id for row in find(work, typed)]


def test_two_letters_are_initials_or_the_beginning_of_a_plate_never_the_middle_of_a_vin(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        work.add(Customer(name="王志生", name_keys="wzs 王志生 wangzhisheng", created_at=work.now))
        zhang = make_car(work, "张三", "粤B12345")
        work.get(Customer, zhang.customer_id).name_keys = "zs 张三 zhangsan"
        other = make_car(work, "Grace Field", "BZ51 ZSA")
        other.vin = "WF0ZSAATTKA123456"
        work.db.flush()
        assert found(work, "zs") == [other.id, zhang.id]  # its plate has a part "ZSA"
        assert found(work, "aat") == []
        assert found(work, "aatt") == [other.id]


def test_a_renamed_customer_and_a_sold_car_are_found_as_they_are_now(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        grace = make_car(work)
        henry = make_car(work, "Henry Ford", "XY99 ZZZ")
        work.get(Customer, grace.customer_id).name_keys = "grace hopper"
        grace.customer_id, grace.plate, grace.plate_key = henry.customer_id, "NEW 1", "NEW1"
        work.db.flush()
        assert (found(work, "field"), found(work, "hopper")) == ([], [None])
        assert (found(work, "ab12"), found(work, "henry")) == ([], [henry.id, grace.id])


def test_an_arrival_brings_the_car_to_the_front_and_leaves_its_version(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        first, second = make_car(work, plate="AB 1"), make_car(work, plate="AB 2")
        assert found(work, "ab") == [second.id, first.id]
        walk_in(work, vehicle_id=first.id, concern="Noise")
        assert found(work, "ab") == [first.id, second.id]
        work.db.refresh(first)
        assert (first.visited_at, first.version) == (work.now, 1)
        old = work.now - timedelta(days=3)
        work.add(WorkOrder(number="W1", customer_id=first.customer_id, vehicle_id=first.id, arrived_at=old))
        work.db.refresh(first)
        assert first.visited_at == work.now


def test_every_car_has_one_line_and_a_customer_without_a_car_too(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        lone = work.add(Customer(name="Lone", name_keys="lone", created_at=work.now))
        car = make_car(work)
        work.add(Vehicle(customer_id=car.customer_id, plate="B2", plate_key="B2", created_at=work.now))
        lines = work.db.exec(select(SearchLine.customer_id, SearchLine.vehicle_id)).all()
        assert sorted(lines, key=str) == [(lone.id, None), (car.customer_id, car.id), (car.customer_id, car.id + 1)]
