"""The checklists, as the manager arranges them."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import Role
from db.enums_health import HealthPoint
from db.enums_reception import HealthGroup, Measure
from db.models import CheckTemplate, CheckTemplateItem
from services.health_templates import put_standard_checks, templates
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.pages.conftest import App
from tests.services.checking import FULL, SHORT, item


@pytest.fixture(autouse=True)
def _with_checklists(garage: Workspace) -> None:
    with unit_of_work(garage) as work:
        put_standard_checks(work)


def opened(app: App, language: str = "en") -> AppTest:
    at = app("settings", Role.MANAGER, language, section="reception")
    assert not at.exception
    return at


def click(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception
    return at


@pytest.mark.parametrize(("language", "words"), [("en", "Tyre front left"), ("zh_CN", "左前轮胎")])
def test_every_group_of_a_checklist_opens(app: App, language: str, words: str) -> None:
    at = click(opened(app, language), f"checklist_points_{FULL}")
    seen = ""
    for group in HealthGroup:
        at.segmented_control(key="points_group").set_value(group).run()
        assert not at.exception
        seen += "\n".join(line.value for line in at.markdown)
    assert words in seen


def test_limits_a_job_and_the_order_of_points(app: App, garage: Workspace) -> None:
    with reading(garage) as work:
        front, rear = item(work, HealthPoint.PADS_FRONT), item(work, HealthPoint.PADS_REAR)
    at = click(opened(app), f"checklist_points_{FULL}")
    at.segmented_control(key="points_group").set_value(HealthGroup.BRAKES).run()
    click(at, f"point_change_{front}")
    at.number_input(key=f"point_{front}_soon").set_value(2.0).run()
    click(at, f"point_{front}_save")
    assert "above the limit" in at.error[0].value
    assert at.number_input(key=f"point_{front}_soon").value == 2.0
    at.number_input(key=f"point_{front}_now").set_value(1.5).run()
    at.selectbox(key=f"point_{front}_job").set_value(2).run()
    click(at, f"point_{front}_save")
    click(at, f"point_up_{rear}")
    at.toggle(key=f"point_used_{rear}").set_value(False).run()
    with reading(garage) as work:
        pads, other = work.get(CheckTemplateItem, front), work.get(CheckTemplateItem, rear)
        assert (float(pads.soon_below or 0), float(pads.now_below or 0), pads.job_id) == (2.0, 1.5, 2)
        assert (other.active, other.position < pads.position) == (False, True)


def test_a_checklist_of_ones_own_with_a_point_of_ones_own(app: App, garage: Workspace) -> None:
    at = opened(app)
    at.text_input(key="checklist_name").set_value("Winter")
    at.pills(key="checklist_like").set_value(SHORT)
    click(at, "checklist_add")
    click(at, "point_new")
    at.text_input(key="point_0_title").set_value("Antifreeze")
    at.pills(key="point_0_measure").set_value(Measure.CELSIUS).run()
    click(at, "point_0_save")
    with reading(garage) as work:
        winter = next(row for row in templates(work) if row.name == "Winter")
        held = work.db.exec(select(CheckTemplateItem).where(CheckTemplateItem.template_id == winter.id)).all()
        short = work.db.exec(select(CheckTemplateItem).where(CheckTemplateItem.template_id == SHORT)).all()
        assert len(held) == len(short) + 1
        assert [(row.title, row.measure, row.group) for row in held if row.title] == [
            ("Antifreeze", Measure.CELSIUS, HealthGroup.OUTSIDE)
        ]


def test_which_checklist_comes_first_and_which_are_in_use(app: App, garage: Workspace) -> None:
    at = opened(app)
    click(at, f"checklist_first_{SHORT}")
    at.toggle(key=f"checklist_used_{FULL}").set_value(False).run()
    with reading(garage) as work:
        assert templates(work)[0].id == SHORT
        assert not work.get(CheckTemplate, FULL).active


@pytest.mark.parametrize("name", ["", "Full check", "全面检查", "short CHECK"])
def test_a_name_that_is_taken_or_missing_is_refused_and_stays(app: App, garage: Workspace, name: str) -> None:
    at = opened(app)
    at.text_input(key="checklist_name").set_value(name)
    click(at, "checklist_add")
    assert at.error
    assert at.text_input(key="checklist_name").value == name
    with reading(garage) as work:
        assert len(templates(work)) == 3
