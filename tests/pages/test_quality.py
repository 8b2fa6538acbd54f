"""The workshop's checklists in the settings, advice on a car's record and at reception, and where it is parked."""

from datetime import date

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import CheckLevel, OrderStatus, Role, Skill
from db.enums_reception import TemplateKind
from db.models import CheckTemplateItem, OrderJob, Recommendation, WorkOrder
from services.check_lists import lists
from services.health_templates import put_standard_checks
from services.recommendations import recommend
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_name
from tests.pages.conftest import App
from tests.services.test_checks import at_check
from tests.shop import in_work, make_order, order_of


def words(at: AppTest) -> str:
    return "\n".join(str(e.value) for e in (*at.markdown, *at.caption))


@pytest.mark.parametrize(("language", "label"), [("en", "Routine service"), ("zh_CN", "所有车辆")])
def test_a_list_and_a_point_of_the_garages_own(app: App, garage: Workspace, language: str, label: str) -> None:
    with unit_of_work(garage) as work:
        put_standard_checks(work)
    at = app("settings", Role.MANAGER, language, section="workshop")
    at.segmented_control(key="workshop_part").set_value("checks").run()
    assert label in words(at)
    at.text_input(key="check_list_name").set_value("Winter")
    at.pills(key="check_list_skill").set_value(Skill.TYRES)
    at.button(key="check_list_add").click().run()
    at.button(key="check_point_new").click().run()
    at.text_input(key="check_point_0_title").set_value("Season on the label")
    at.toggle(key="check_point_0_photo").set_value(True)
    at.button(key="check_point_0_save").click().run()
    assert not at.exception
    with reading(garage) as work:
        own = lists(work, TemplateKind.SELF)[-1]
        point = work.db.exec(select(CheckTemplateItem).where(CheckTemplateItem.template_id == own.id)).one()
        assert (own.name, own.skill, point.title, point.photo) == ("Winter", Skill.TYRES, "Season on the label", True)


def test_advice_in_four_taps_stands_on_the_record_and_ends_by_one(app: App, garage: Workspace) -> None:
    order = in_work(garage)
    at = app("workshop", Role.TEAM_LEADER, order=order)
    at.session_state[f"step:{order}"] = "recommend"
    at.run()
    at.selectbox(key=f"advise_what_{order}").set_value("Front brake pads")
    at.pills(key=f"advise_months_{order}").set_value(3)
    at.button(key=f"recommend_{order}").click().run()
    assert not at.exception
    with reading(garage) as work:
        row = work.db.exec(select(Recommendation)).one()
        assert (row.job_id, row.due_on) == (2, date(2027, 2, 23))
    at.segmented_control(key=f"section_{order}").set_value("checks").run()
    assert "**Front brake pads**" in words(at)


def test_at_reception_advice_is_put_on_the_estimate_by_one_tap(app: App, garage: Workspace) -> None:
    before = in_work(garage)
    with unit_of_work(as_name(garage, "Lea Leader")) as work:
        row = recommend(work, before, text="Coolant *hose*")
    order = make_order(garage, status=OrderStatus.RECEPTION, plate="AGAIN 1")
    with unit_of_work(garage) as work:
        work.get(WorkOrder, order).vehicle_id = work.get(WorkOrder, before).vehicle_id
    at = app("reception", Role.ADVISOR, order=order)
    assert "Coolant \\*hose\\*" in words(at)
    at.button(key=f"advised_check_in_{row.id}").click().run()
    assert not at.exception
    with reading(garage) as work:
        jobs = select(OrderJob.title).where(OrderJob.order_id == order)
        assert "Coolant *hose*" in work.db.exec(jobs).all()
    assert "on the estimate" in words(at)


def test_a_finished_car_is_parked_by_a_tap(app: App, garage: Workspace) -> None:
    first = make_order(garage, status=OrderStatus.DELIVERED, plate="FIRST 1")
    with unit_of_work(garage) as work:
        work.get(WorkOrder, first).place = "Row B 3"
    order = at_check(garage, CheckLevel.FINAL)
    at = app("workshop", Role.INSPECTOR, order=order)
    at.button(key=f"all_final_{order}").click().run()
    at.pills(key=f"place_{order}").set_value("Row B 3")
    at.button(key=f"pass_final_{order}").click().run()
    assert not at.exception
    after = order_of(garage, order)
    assert (after.status, after.place) == (OrderStatus.READY, "Row B 3")
