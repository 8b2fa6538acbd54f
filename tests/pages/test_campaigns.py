"""Recalls and campaigns on the screen: made, changed, refused with everything typed kept, said done on the car's file."""

from datetime import date

import pytest
from sqlmodel import select

from db.enums import Role
from db.models import Campaign, CampaignCar, Customer, StaffRole, Vehicle
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import make_campaign, make_car
from tests.pages.conftest import App

BOTH = pytest.mark.parametrize("language", ["en", "zh_CN"])


def recall(garage: Workspace, vins: list[str] | None = None) -> int:
    with unit_of_work(garage) as work:
        return make_campaign(work, title="*Airbag*", vins=vins or []).id


@BOTH
def test_a_recall_is_made_and_a_blank_one_refused_keeping_what_was_typed(
    app: App, garage: Workspace, language: str
) -> None:
    at = app("settings", Role.MANAGER, language, section="campaigns")
    at.text_input(key="campaign_new_0_title").set_value("Airbag")
    at.button(key="campaign_new_0_save").click().run()
    assert len(at.error) == 1
    assert at.text_input(key="campaign_new_0_title").value == "Airbag"
    at.text_input(key="campaign_new_0_code").set_value("R1")
    at.text_area(key="campaign_new_0_vins").set_value("WVWZZZ1JZXW000001 WVWZZZ1JZXW000002")
    at.button(key="campaign_new_0_save").click().run()
    assert not at.exception
    assert not at.error
    with reading(garage) as work:
        row = work.db.exec(select(Campaign)).one()
        assert (row.code, row.title, len(row.vins)) == ("R1", "Airbag", 2)
    assert "WVWZZZ1JZXW000001" in at.warning[0].value  # no car in the files has it


@BOTH
def test_a_recall_is_changed(app: App, garage: Workspace, language: str) -> None:
    key = recall(garage, vins=["WVWZZZ1JZXW000001"])
    at = app("settings", Role.MANAGER, language, section="campaigns")
    at.button(key=f"campaign_change_{key}").click().run()
    at.text_input(key=f"campaign_{key}_1_title").set_value("Belt")
    at.button(key=f"campaign_{key}_1_save").click().run()
    assert not at.exception
    with reading(garage) as work:
        assert work.get(Campaign, key).title == "Belt"


def test_the_warranty_clerk_sees_this_part_of_the_settings_only(app: App, garage: Workspace) -> None:
    recall(garage)
    with unit_of_work(garage) as work:
        work.add(StaffRole(staff_id=8, role=Role.WARRANTY_CLERK))
    at = app("settings", Role.CASHIER, section="people")
    assert not at.exception
    assert list(at.button_group(key="settings_section").options) == ["Campaigns"]
    assert any("Airbag" in one.value for one in at.markdown)


@BOTH
def test_the_file_of_a_car_shows_an_open_recall_that_can_be_said_done(
    app: App, garage: Workspace, language: str
) -> None:
    key = recall(garage)
    with unit_of_work(garage) as work:
        car = make_car(work)
    at = app("customers", Role.ADVISOR, language, customer=car.customer_id)
    at.button_group(key="customer_section").set_value("cars").run()
    at.button(key=f"campaign_done_{car.id}_{key}").click().run()
    assert not at.exception
    assert not [one for one in at.button if str(one.key).startswith("campaign_done")]
    with reading(garage) as work:
        assert work.db.exec(select(CampaignCar)).one().by_id == 1


@BOTH
def test_dates_and_the_wish_for_no_calls_are_written_in_the_file(app: App, garage: Workspace, language: str) -> None:
    with unit_of_work(garage) as work:
        car = make_car(work)
    at = app("customers", Role.ADVISOR, language, customer=car.customer_id)
    at.toggle(key=f"c{car.customer_id}_1_no_calls").set_value(True)
    at.text_input(key=f"c{car.customer_id}_1_call_when").set_value("mornings")
    at.button[1].click().run()
    at.button_group(key="customer_section").set_value("cars").run()
    at.date_input(key=f"v{car.id}_1_inspection_until").set_value(date(2026, 12, 1))
    at.button[1].click().run()
    assert not at.exception
    assert not at.error
    with reading(garage) as work:
        owner = work.get(Customer, car.customer_id)
        assert (owner.no_calls, owner.call_when) == (True, "mornings")
        assert work.get(Vehicle, car.id).inspection_until == date(2026, 12, 1)
