"""Cars to call on the screen: the lists, a call with its offer, and each result in one tap."""

from datetime import timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import Role
from db.enums_desk import OutreachReason, OutreachResult
from db.models import Appointment, Customer, OutreachCall
from services.outreach_claims import open_call
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.pages.conftest import App
from tests.services.calling import IN_3_DAYS, TODAY, due_car

BOTH = pytest.mark.parametrize("language", ["en", "zh_CN"])


@pytest.fixture
def car_id(garage: Workspace) -> int:
    with unit_of_work(garage) as work:
        return due_car(work).id


def tap(at: AppTest, key: str) -> None:
    at.button(key=key).click().run()
    assert not at.exception
    assert not at.error, [one.value for one in at.error]


def opened(app: App, car_id: int, language: str = "en", role: Role = Role.FOLLOW_UP) -> AppTest:
    at = app("booking", role, language, call=car_id, reason="service", about=IN_3_DAYS)
    assert not at.exception
    return at


def calls(garage: Workspace) -> list[OutreachCall]:
    with reading(garage) as work:
        return list(work.db.exec(select(OutreachCall)))


@BOTH
@pytest.mark.parametrize("role", [Role.ADVISOR, Role.FOLLOW_UP, Role.PARTS_CLERK, Role.SUPERVISOR, Role.MANAGER])
def test_the_lists_open_for_everyone_who_may_see_them(app: App, car_id: int, role: Role, language: str) -> None:
    at = app("booking", role, language, view="call")
    assert not at.exception
    assert any("AB12 CDE" in one.value for one in at.caption)
    may_call = role in (Role.ADVISOR, Role.FOLLOW_UP, Role.MANAGER)
    assert [one.key for one in at.button if str(one.key).startswith("call_")] == (
        [f"call_{car_id}_{IN_3_DAYS}"] if may_call else []
    )


@BOTH
def test_a_card_opens_the_call_with_its_offer(app: App, car_id: int, language: str) -> None:
    at = app("booking", Role.FOLLOW_UP, language, view="call")
    tap(at, f"call_{car_id}_{IN_3_DAYS}")
    assert at.query_params["call"] == str(car_id)
    assert "Owner of AB12 CDE" in at.info[0].value
    assert "£102.75" in at.info[0].value.replace("\\", "")
    assert len(at.button_group(key=f"call_time_{car_id}_service").options) >= 3


@BOTH
def test_a_time_taken_is_booked_and_logged(app: App, garage: Workspace, car_id: int, language: str) -> None:
    at = opened(app, car_id, language)
    at.text_input(key=f"call_note_{car_id}_service").set_value("*please* wash it").run()
    tap(at, "call_booked")
    assert "call" not in at.query_params
    (call,) = calls(garage)
    with reading(garage) as work:
        booking = work.get(Appointment, call.appointment_id)
    assert (call.result, call.note, booking.garage_called) == (OutreachResult.BOOKED, "*please* wash it", True)


@BOTH
@pytest.mark.parametrize("result", ["not_reached", "no", "done_elsewhere", "never"])
def test_each_result_is_one_tap(app: App, garage: Workspace, car_id: int, result: str, language: str) -> None:
    at = opened(app, car_id, language)
    tap(at, f"call_{result}")
    assert [one.result for one in calls(garage)] == [OutreachResult(result)]
    assert at.query_params["view"] == "call"
    assert not [one for one in at.button if str(one.key).startswith("call_")]


@BOTH
def test_later_is_one_tap_too(app: App, garage: Workspace, car_id: int, language: str) -> None:
    at = opened(app, car_id, language)
    at.button_group(key=f"call_later_{car_id}_service").set_value(7).run()
    assert not at.exception
    assert [(one.result, one.again_on) for one in calls(garage)] == [(OutreachResult.LATER, TODAY + timedelta(days=7))]


@BOTH
def test_a_call_somebody_else_has_open_can_be_taken_over(
    app: App, garage: Workspace, car_id: int, language: str
) -> None:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        open_call(work, 1)
    at = app("booking", Role.FOLLOW_UP, language, view="call")
    tap(at, f"call_{car_id}_{IN_3_DAYS}")
    assert "Ada Advisor" in at.warning[0].value
    assert not [one for one in at.button if one.key == "call_no"]
    tap(at, "call_take_over")
    tap(at, "call_no")
    assert len(calls(garage)) == 1


@BOTH
def test_other_jobs_change_the_offer(app: App, garage: Workspace, car_id: int, language: str) -> None:
    with unit_of_work(garage) as work:
        insured = due_car(work, "BB22 BBB", "+447700900124", insurance_until=IN_3_DAYS).id
    at = app("booking", Role.FOLLOW_UP, language, call=insured, reason="insurance")
    assert not at.exception
    assert at.button(key="call_booked").disabled
    at.button_group(key=f"call_{insured}_group").set_value("service").run()
    at.button_group(key=f"call_{insured}_jobs_1").set_value([1]).run()
    assert not at.exception
    assert not at.button(key="call_booked").disabled


@BOTH
def test_who_wants_no_calls_is_said_so(app: App, garage: Workspace, car_id: int, language: str) -> None:
    with unit_of_work(garage) as work:
        customer = work.get(Customer, 1)
        customer.no_calls = True
        work.add(customer)
    at = opened(app, car_id, language)
    assert len(at.warning) == 1
    assert not [one for one in at.button if one.key == "call_no"]


@pytest.mark.parametrize("query", [{"call": 999, "reason": "service"}, {"call": 1, "reason": "x"}, {"call": "x"}])
def test_an_address_that_leads_nowhere_is_said_so(app: App, car_id: int, query: dict[str, object]) -> None:
    at = app("booking", Role.FOLLOW_UP, **query)
    assert not at.exception
    assert len(at.warning) == 1


def test_an_empty_list_says_where_it_comes_from(app: App) -> None:
    at = app("booking", Role.FOLLOW_UP, view="call")
    assert not at.exception
    assert any("Nobody to call" in one.value for one in at.caption)
    assert at.button_group(key="call_reason").value == OutreachReason.SERVICE
