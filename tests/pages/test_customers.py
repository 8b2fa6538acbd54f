"""Customers: found, opened, corrected; what people typed is shown as that text."""

import pytest

from db.enums import Role
from db.models import Customer
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import make_car
from tests.pages.conftest import App

NASTY = "![x](http://127.0.0.1:9/x.png) <b>*Bold*</b>"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("role", [Role.ADVISOR, Role.FOLLOW_UP, Role.CASHIER, Role.MANAGER])
def test_the_list_opens(app: App, role: Role, language: str) -> None:
    at = app("customers", role, language)
    assert not at.exception
    assert at.text_input(key="customer_search").value == ""


def test_a_technician_may_not_open_it(app: App) -> None:
    at = app("customers", Role.TECHNICIAN)
    assert not at.exception
    assert "customer_search" not in [field.key for field in at.text_input]


def test_a_customer_is_found_by_plate_and_opened(app: App, garage: Workspace) -> None:
    with unit_of_work(garage) as work:
        key = make_car(work).customer_id
    at = app("customers", Role.ADVISOR)
    at.text_input(key="customer_search").set_value("ab12").run()
    assert [b.key for b in at.button if str(b.key).startswith("file_")] == [f"file_{key}_1"]
    at = app("customers", Role.ADVISOR, customer=key)
    assert at.markdown[0].value == "### Grace Field"


def test_a_name_of_markdown_is_shown_as_text_and_kept(app: App, garage: Workspace) -> None:
    with unit_of_work(garage) as work:
        key = make_car(work, name=NASTY).customer_id
    at = app("customers", Role.ADVISOR, customer=key)
    assert not at.exception
    assert "![x](" not in at.markdown[0].value
    assert at.text_input(key=f"c{key}_1_name").value == NASTY


def test_a_correction_is_saved_and_a_blank_name_refused(app: App, garage: Workspace) -> None:
    with unit_of_work(garage) as work:
        key = make_car(work).customer_id
    at = app("customers", Role.ADVISOR, customer=key)
    at.text_input(key=f"c{key}_1_name").set_value(" ")
    at.button[1].click().run()
    assert at.error[0].value == "Please fill in\\: Name\\."
    assert at.text_input(key=f"c{key}_1_name").value == " "
    at.text_input(key=f"c{key}_1_name").set_value("Grace Meadow")
    at.button[1].click().run()
    with reading(garage) as work:
        assert work.get(Customer, key).name == "Grace Meadow"


@pytest.mark.parametrize("key", ["999999", "-4", "x", "1e9", "٣"])
def test_an_address_with_nonsense_says_so(app: App, key: str) -> None:
    at = app("customers", Role.ADVISOR, customer=key)
    assert not at.exception
    assert at.warning[0].value == "There is no customer with this number."
