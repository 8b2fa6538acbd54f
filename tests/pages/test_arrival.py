"""Reception: who comes, who is here, how long they waited, and one field to find anybody."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import AppointmentStatus, Channel, Role
from db.models import Appointment, ContactConsent, Customer, TaskResult, Vehicle, WorkOrder
from services.arrivals import walk_in
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role, make_car
from tests.services.reception import approved, estimated, received

App = Callable[..., AppTest]
LANGUAGES = ("en", "zh_CN")


def tap(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception
    return at


def text_of(at: AppTest) -> str:
    return " ".join(one.value for one in (*at.markdown, *at.caption))


def order_of(ws: Workspace, key: int = 1) -> WorkOrder:
    with reading(ws) as work:
        return work.get(WorkOrder, key)


def booked(ws: Workspace, minutes: int, plate: str = "AB12 CDE", name: str = "Grace Field") -> int:
    with unit_of_work(ws) as work:
        car = make_car(work, plate=plate, name=name)
        return work.add(
            Appointment(number=f"B{plate}", customer_id=car.customer_id, vehicle_id=car.id, advisor_id=1, concern="Noise",
                        status=AppointmentStatus.CONFIRMED, starts_at=MONDAY_9 + timedelta(minutes=minutes), minutes=60,
                        created_at=MONDAY_9)
        ).id  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_comes_soon_is_named_and_somebody_goes_out(app: App, garage: Workspace, language: str) -> None:
    soon, later = booked(garage, 4), booked(garage, 6, "ZZ99 ZZZ", "Hal Green")
    at = app("reception", Role.ADVISOR, language)
    assert "Go out and greet Grace Field" in text_of(at) or language == "zh_CN"
    assert not [button for button in at.button if button.key == f"go_out_{later}"]
    tap(at, f"go_out_{soon}")
    with reading(garage) as work:
        assert [row.appointment_id for row in work.db.exec(select(TaskResult))] == [soon]
    at = app("reception", Role.MANAGER, language)
    assert ("Ada Advisor goes out to greet" if language == "en" else "Ada Advisor 已出门迎接") in text_of(at)


def test_arrived_and_greeted_is_one_tap_into_check_in(app: App, garage: Workspace) -> None:
    key = booked(garage, 0)
    at = tap(app("reception", Role.ADVISOR), f"greeted_{key}")
    assert (order_of(garage).arrived_at, order_of(garage).greeted_at) == (MONDAY_9, MONDAY_9)
    assert at.query_params["order"] == "1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_standard_is_told_and_who_waited_too_long(app: App, garage: Workspace, language: str) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        received(work)
        late = received(work, plate="LATE 1")
        late.arrived_at = MONDAY_9 - timedelta(seconds=90)
        late.greeted_at = MONDAY_9
    text = text_of(app("reception", Role.ADVISOR, language))
    said = {
        "en": ("1 of 2 greeted within 60 s today", "greeted after 90 s"),
        "zh_CN": ("今日 2 位客户中 1 位", "90 秒后接待"),
    }
    assert all(words in text for words in said[language])


def test_a_card_tells_how_far_what_is_missing_and_whose(app: App, garage: Workspace) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        received(work).moment = "walk"
        estimated(work, plate="WAIT 1")
        approved(work, plate="KEY 1")
    at = app("reception", Role.ADVISOR)
    text = text_of(at)
    assert "Walk\\-around" in text or "Walk-around" in text
    assert "waits for the answer" in text
    assert "not handed over yet" in text
    assert "Ada Advisor" in text
    tap(at, "open_reception_1")
    assert at.query_params["order"] == "1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_field_finds_who_is_here_who_is_expected_and_who_is_known(
    app: App, garage: Workspace, language: str
) -> None:
    expected = booked(garage, 30, "EXP 1", "Grace Early")
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        walk_in(work, vehicle_id=make_car(work, "Grace Here", "HERE 1").id, concern="Noise")
        known = make_car(work, "Grace Known", "KNOWN 1").id
    at = app("reception", Role.ADVISOR, language)
    at.text_input(key="reception_find").set_value("grace").run()
    keys = {button.key for button in at.button}
    assert {"found_open_1", f"arrive_found_{expected}", f"greeted_found_{expected}", f"found_walk_in_{known}"} <= keys
    assert f"arrive_{expected}" not in keys  # the lists make room
    tap(at, f"found_walk_in_{known}")
    assert (at.query_params["walk_in"], at.query_params["car"]) == ("1", str(known))


def test_who_is_not_found_becomes_a_walk_in_without_typing_twice(app: App, garage: Workspace) -> None:
    at = app("reception", Role.ADVISOR)
    at.text_input(key="reception_find").set_value("NEW 123").run()
    tap(at, "find_new")
    assert at.text_input(key="walk_in_find").value == "NEW 123"
    assert at.text_input(key="new_plate").value == "NEW 123"


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_is_missing_is_asked_and_written_at_once(app: App, garage: Workspace, language: str) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        key = received(work).id
    at = app("reception", Role.ADVISOR, language, order=key)
    asked = {field.key for field in at.text_input}
    assert f"vin_{key}" in asked
    assert not {f"name_{key}", f"phone_{key}", f"plate_{key}", f"model_{key}"} & asked
    at.text_input(key=f"vin_{key}").set_value("WF0AXXWPMAFD12345").run()
    at.button_group(key=f"language_{key}").set_value("zh_CN").run()
    at.button_group(key=f"messages_{key}").set_value([Channel.SMS]).run()
    at.text_area(key=f"concern_{key}").set_value("*Loud*").run()
    at.date_input(key=f"inspection_until_{key}").set_value((MONDAY_9 + timedelta(days=90)).date()).run()
    assert not at.exception
    assert [one.value for one in at.error] == []
    with reading(garage) as work:
        car, customer = work.db.exec(select(Vehicle)).one(), work.db.exec(select(Customer)).one()
        allowed = [row.channel for row in work.db.exec(select(ContactConsent))]
    assert (car.vin, car.inspection_until) == ("WF0AXXWPMAFD12345", (MONDAY_9 + timedelta(days=90)).date())
    assert (customer.language, customer.incomplete, allowed) == ("zh_CN", False, [Channel.SMS])
    assert order_of(garage).concern == "*Loud*"


def test_a_refused_field_keeps_what_was_typed_and_the_moment(app: App, garage: Workspace) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        make_car(work, "Hal Green", "ZZ99 ZZZ").vin = "WF0AXXWPMAFD12345"
        key = received(work).id
    at = app("reception", Role.ADVISOR, order=key)
    at.text_input(key=f"vin_{key}").set_value("WF0AXXWPMAFD12345")
    tap(at, "next_known")
    assert [one.value for one in at.error] == ["This VIN already belongs to the car ZZ99 ZZZ\\."]
    assert at.text_input(key=f"vin_{key}").value == "WF0AXXWPMAFD12345"
    assert order_of(garage, key).moment == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_papers_link_and_copy_stand_on_the_record(
    app: App, garage: Workspace, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://garage.example")
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        order = approved(work)
        key = order.id
        order.handed_at = MONDAY_9
        work.add(ContactConsent(customer_id=order.customer_id, channel=Channel.SMS, allowed=True, at=MONDAY_9))
    at = app("reception", Role.ADVISOR, language, order=key)
    assert {"W261123-01-work-order", "W261123-01-check-in"} <= {
        (button.key or "").removeprefix("paper_").removesuffix(f"-{language}.pdf")
        for button in at.get("download_button")
    }
    tap(at, f"send_copy_{key}")
    tap(at, f"send_copy_{key}")  # a second tap a moment later
    assert len(at.error) == 1
    tap(at, f"order_link_{key}")
    tap(at, f"end_link_{key}")
    assert not [button for button in at.button if button.key == f"end_link_{key}"]
