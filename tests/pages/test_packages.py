"""Settings: packages of jobs, written by taps."""

import pytest
from streamlit.testing.v1 import AppTest

from db.enums import Role
from services.packages import all_packages, put_package
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.pages.conftest import App

OIL, PADS, BATTERY = 1, 2, 3


def opened(app: App, language: str = "en") -> AppTest:
    at = app("settings", Role.MANAGER, language, section="jobs")
    at.button_group(key="jobs_part").set_value("packages").run()
    assert not at.exception
    return at


def tap(at: AppTest, key: str) -> None:
    at.button(key=key).click().run()
    assert not at.exception


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_package_is_written_by_taps(app: App, garage: Workspace, language: str) -> None:
    at = opened(app, language)
    assert len(at.caption) == 1  # an empty list says what to do
    tap(at, "package_new")
    at.text_input(key="package_name").set_value("*Service* A").run()
    at.button_group(key="package_group").set_value("brakes").run()
    at.button_group(key="package_jobs_2").set_value([PADS]).run()
    at.button_group(key="package_group").set_value("service").run()
    at.button_group(key="package_jobs_1").set_value([OIL]).run()
    at.button_group(key="package_in").set_value([OIL]).run()
    tap(at, "package_save")
    with reading(garage) as work:
        assert [(row.name, jobs) for row, jobs in all_packages(work)] == [("*Service* A", [OIL])]
    assert "**\\*Service\\* A**" in [text.value for text in at.markdown]


def test_what_was_typed_stays_after_a_refusal(app: App, garage: Workspace) -> None:
    with unit_of_work(as_role(garage, Role.MANAGER)) as work:
        put_package(work, None, name="A", job_ids=[OIL])
        second = put_package(work, None, name="B", job_ids=[PADS]).id
    at = opened(app)
    tap(at, f"package_{second}")
    at.text_input(key="package_name").set_value("A").run()
    tap(at, "package_save")
    assert [error.value for error in at.error] == ["There is already a package “A”\\."]
    assert at.text_input(key="package_name").value == "A"
    at.text_input(key="package_name").set_value("B 2").run()
    at.toggle(key="package_active").set_value(False).run()
    tap(at, "package_save")
    with reading(garage) as work:
        assert [(row.name, row.active, jobs) for row, jobs in all_packages(work)] == [
            ("A", True, [OIL]),
            ("B 2", False, [PADS]),
        ]


def test_a_form_that_is_left_changes_nothing(app: App, garage: Workspace) -> None:
    at = opened(app)
    tap(at, "package_new")
    at.text_input(key="package_name").set_value("A").run()
    tap(at, "package_discard")
    assert not [field for field in at.text_input if field.key == "package_name"]
    with reading(garage) as work:
        assert all_packages(work) == []
