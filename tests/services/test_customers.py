"""Customers and cars: found by whatever is said, made on the spot with four fields, changed by one person at a time."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from db.enums import Channel, ComplaintStatus, Role
from db.models import Complaint, ContactConsent, Customer, Event, Vehicle, WorkOrder
from services.customers import (
    CarFields,
    CarKnown,
    VinKnown,
    add_car,
    change_car,
    change_customer,
    new_customer_with_car,
)
from services.finding import find, find_car
from services.normalize import BadPhone
from services.refusals import Missing, NotAllowed, NotFound, OutOfRange, Refusal, Stale, TooLong
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role

GRACE: dict[str, Any] = {"name": "Grace Field", "phone": "07700 900123", "plate": "ab12 cde", "car": "Ford Focus"}
ZENG: dict[str, Any] = {"name": "曾静", "phone": "+86 138 0013 8000", "plate": "粤B·12345", "car": "大众 朗逸"}


@pytest.fixture
def advisor(ws: Workspace) -> Workspace:
    return as_role(ws, Role.ADVISOR)


def made(work: Work, **changed: str) -> Vehicle:
    return new_customer_with_car(work, **(GRACE | changed))


def visited(work: Work, car: Vehicle, days_ago: int) -> None:
    work.add(
        WorkOrder(number=f"W{car.id}-{days_ago}", customer_id=car.customer_id, vehicle_id=car.id,
                  arrived_at=work.now - timedelta(days=days_ago))
    )  # fmt: skip


def test_a_caller_is_made_with_four_fields_and_marked_to_be_completed(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        car = made(work)
        customer = work.get(Customer, car.customer_id)
        assert (car.plate, car.plate_key, car.make, car.model) == ("AB12 CDE", "AB12CDE", "Ford", "Focus")
        assert (customer.name, customer.phone, customer.incomplete) == ("Grace Field", "+447700900123", True)
        assert work.db.exec(select(ContactConsent)).all() == []
        assert [(e.subject, e.action, e.by_id) for e in work.db.exec(select(Event))] == [
            ("customer", "created", 1),
            ("vehicle", "created", 1),
        ]


def test_a_caller_may_agree_to_messages(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        car = new_customer_with_car(work, **GRACE, messages=True)
        (consent,) = work.db.exec(select(ContactConsent)).all()
        assert (consent.customer_id, consent.channel, consent.allowed) == (car.customer_id, Channel.SMS, True)


def test_the_same_name_and_phone_is_the_same_customer_with_another_car(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        first = made(work)
        second = made(work, name="grace  field", phone="+447700900123", plate="XY99 ZZZ")
        other = made(work, name="Tom Field", plate="XY98 ZZZ")
        assert second.customer_id == first.customer_id
        assert other.customer_id != first.customer_id


@pytest.mark.parametrize(
    ("changed", "refusal", "sentence"),
    [
        ({"name": " "}, Missing, "Please fill in: Name."),
        ({"phone": ""}, Missing, "Please fill in: Phone."),
        ({"plate": " · "}, Missing, "Please fill in: Plate."),
        ({"car": "\u200b"}, Missing, "Please fill in: Make and model."),
        ({"name": "x" * 121}, TooLong, "Name: at most 120 characters."),
        ({"phone": "1" * 41}, TooLong, "Phone: at most 40 characters."),
        ({"plate": "A" * 21}, TooLong, "Plate: at most 20 characters."),
        ({"car": "x" * 81}, TooLong, "Make and model: at most 80 characters."),
        ({"phone": "12"}, BadPhone, "This phone number cannot be read."),
    ],
)
def test_bad_fields_are_refused_and_leave_nothing(
    advisor: Workspace, changed: dict[str, str], refusal: type[Refusal], sentence: str
) -> None:
    with pytest.raises(refusal) as refused, unit_of_work(advisor) as work:
        made(work, **changed)
    assert refused.value.say("en") == sentence
    with unit_of_work(advisor) as work:
        assert work.db.exec(select(Customer)).all() == []


def test_a_plate_that_is_known_is_refused_with_its_car(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        known = made(work)
    with pytest.raises(CarKnown) as refused, unit_of_work(advisor) as work:
        made(work, name="Somebody Else", plate="ab 12-cde")
    assert refused.value.params["vehicle_id"] == known.id
    assert "AB12 CDE" in refused.value.say("en")
    assert "Grace Field" in refused.value.say("en")


def test_another_car_is_added_to_a_known_customer(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        first = made(work)
        second = add_car(work, first.customer_id, plate="CD34 EFG", car="朗逸")
        assert (second.customer_id, second.make, second.model) == (first.customer_id, "", "朗逸")
        with pytest.raises(NotFound):
            add_car(work, 4711, plate="EF56 GHI", car="Fiat")


def test_technicians_do_not_make_customers(ws: Workspace) -> None:
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        made(work)


def test_a_file_is_complete_once_every_car_has_its_vin(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        car = made(work)
        change_car(work, car.id, car.version, CarFields("AB12 CDE", "Ford", "Focus", "wf0-aaattka 1234567", 41_000))
        customer = work.get(Customer, car.customer_id)
        assert (car.vin, car.odometer_km, str(car.odometer_on)) == ("WF0AAATTKA1234567", 41_000, "2026-11-23")
        assert customer.incomplete is False


def test_the_second_of_two_people_is_told_who_was_faster(ws: Workspace, advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        customer = work.get(Customer, made(work).customer_id)
        opened = customer.version
    fields: dict[str, Any] = {"name": "Grace Fields", "phone": "07700900123"}
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        assert change_customer(work, customer.id, opened, **fields).name_keys == "gf fields gracefields"
    with pytest.raises(Stale) as refused, unit_of_work(advisor) as work:
        change_customer(work, customer.id, opened, **fields)
    assert refused.value.say("en").startswith("Max Manager changed this at 09:00 while you had it open.")


def test_another_cars_plate_or_vin_and_impossible_kilometres_are_refused(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        first, second = made(work), made(work, plate="XY99 ZZZ")
        change_car(work, first.id, first.version, CarFields("AB12 CDE", model="Focus", vin="WF0AAATTKA1234567"))
        for fields, refusal in (
            (CarFields("AB12CDE", model="Ka"), CarKnown),
            (CarFields("XY99 ZZZ", model="Ka", vin="WF0AAATTKA1234567"), VinKnown),
            (CarFields("XY99 ZZZ", model="Ka", odometer_km=-1), OutOfRange),
            (CarFields("XY99 ZZZ", model="Ka", vin="W" * 18), TooLong),
            (CarFields("XY99 ZZZ", model=" "), Missing),
        ):
            with pytest.raises(refusal):
                change_car(work, second.id, second.version, fields)


@pytest.mark.parametrize(
    "typed",
    [
        "ab12",
        "AB12 CDE",
        "12-cde",
        "grace",
        "Field",
        "field gr",
        "gf",
        "900123",
        "07700 900123",
        "+447700900123",
        "attka1",
    ],
)
def test_a_customer_is_found_by_plate_name_phone_and_vin(advisor: Workspace, typed: str) -> None:
    with unit_of_work(advisor) as work:
        car = made(work)
        change_car(work, car.id, car.version, CarFields("AB12 CDE", "Ford", "Focus", "WF0AAATTKA1234567"))
        new_customer_with_car(work, **ZENG)
        assert [row.vehicle_id for row in find(work, typed)] == [car.id]


@pytest.mark.parametrize("typed", ["曾静", "曾", "zj", "cj", "zengjing", "ceng", "粤b12345", "B 123", "13800138000"])
def test_a_chinese_customer_is_found_by_characters_and_every_pinyin(advisor: Workspace, typed: str) -> None:
    with unit_of_work(advisor) as work:
        made(work)
        car = new_customer_with_car(work, **ZENG)
        found = [row.vehicle_id for row in find(work, typed)]
        assert found == ([car.id] if len(typed) > 1 else [])


@pytest.mark.parametrize("typed", ["", " ", "a", "%", "__", "%%%", "zzzz", "'; drop table customer; --", "🚗🚗"])
def test_nonsense_finds_nobody(advisor: Workspace, typed: str) -> None:
    with unit_of_work(advisor) as work:
        made(work)
        assert find(work, typed) == []


def test_the_newest_visitor_comes_first_with_what_must_be_known(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        old, never, new = (made(work, name=f"Field {i}", plate=f"FLD {i}") for i in range(3))
        visited(work, old, 90)
        visited(work, new, 3)
        visited(work, new, 200)
        work.add(
            Complaint(customer_id=old.customer_id, text="Noise", received_at=work.now, status=ComplaintStatus.PLANNED)
        )
        rows = find(work, "field")
        assert [row.vehicle_id for row in rows] == [new.id, old.id, never.id]
        assert [row.complaint for row in rows] == [False, True, False]
        assert [row.last_visit for row in rows] == [work.now - timedelta(days=3), work.now - timedelta(days=90), None]
        assert len(find(work, "field", limit=2)) == 2


def test_one_car_is_found_by_its_id_and_an_unknown_one_is_not(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        car = made(work)
        found = find_car(work, car.id)
        assert found is not None
        assert (found.plate, found.name, found.model) == ("AB12 CDE", "Grace Field", "Ford Focus")
        assert find_car(work, 0) is None
        assert find_car(work, 2**40) is None
