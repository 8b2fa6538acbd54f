"""Earlier cases on the workshop's screen and on a car's record."""

import pytest

from db.enums import Role
from services.case_texts import keep_words
from services.work import unit_of_work
from services.workspace import Workspace
from tests.pages.conftest import App
from tests.pages.test_workshop import words
from tests.services.test_similar_cases import cured
from tests.shop import in_work


@pytest.fixture
def known(garage: Workspace) -> Workspace:
    """A garage with two cured cars of one model and one of another."""
    with unit_of_work(garage) as work:
        for days, (concern, cause, title, model) in enumerate(
            (
                ("Squeals when braking", "Pads glazed", "Brake pads", "Focus"),
                ("Brakes squeal", "Pads at 2 mm", "Brake pads", "Focus"),
                ("制动异响", "制动盘锈蚀", "更换制动盘", "朗逸"),
            ),
            start=100,
        ):
            keep_words(work, cured(work, concern, cause, days=days, job_id=None, title=title, model=model))
    return garage


def test_the_workshop_searches_all_cases_by_words_and_symptom(app: App, known: Workspace) -> None:
    at = app("workshop", Role.TECHNICIAN, "zh_CN")
    at.segmented_control(key="workshop_view").set_value("knowledge").run()
    assert "最近案例" in words(at)
    at.text_input(key="workshop_search").set_value("制动盘").run()
    assert "更换制动盘" in words(at)
    assert "制动盘锈蚀" in words(at)
    at.text_input(key="workshop_search").set_value("").run()
    at.pills(key="knowledge_symptom").set_value("noise").run()
    assert "Brake pads" in words(at)
    assert "2次中2次未复发" in words(at)


def test_the_record_tells_what_cured_the_same_before_on_this_model_and_others(app: App, known: Workspace) -> None:
    order_id = in_work(known)
    at = app("workshop", Role.TECHNICIAN, order=order_id)
    at.segmented_control(key=f"section_{order_id}").set_value("known").run()
    assert "No earlier case like this." in words(at)  # nothing was said of this car
    at.text_input(key=f"knowledge_{order_id}").set_value("brake").run()
    assert "On this model before" in words(at)
    assert "held 2 of 2" in words(at)
    assert "Pads glazed" in words(at)
    at.text_input(key=f"knowledge_{order_id}").set_value("异响").run()
    assert "On other cars" in words(at)
    at.button(key="known_open_4_3").click().run()
    assert at.query_params["order"] in ("3", ["3"])
