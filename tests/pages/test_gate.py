"""The gate: scanned, let out once, told why not."""

from db.enums import Role
from services.exit_passes import pass_out
from services.work import unit_of_work
from services.workspace import Workspace
from tests.at_delivery import make_ready, paid
from tests.factories import as_role
from tests.pages.conftest import App


def test_a_scan_lets_the_car_out_and_the_second_says_who_did(app: App, garage: Workspace) -> None:
    key = make_ready(garage)
    paid(garage, key)
    with unit_of_work(as_role(garage, Role.CASHIER)) as work:
        number = pass_out(work, key).number
    at = app("gate", Role.CASHIER, "en", **{"pass": number})
    assert "AB12 CDE" in at.success[0].value
    assert "The car may leave" in at.success[0].value
    at.text_input(key="gate_pass").set_value(f"http://garage/gate?pass={number}").run()
    assert "Let out" in at.success[0].value
    assert at.text_input(key="gate_pass").value == ""
    at.text_input(key="gate_pass").set_value("1").run()
    assert not at.success
    assert "has already left: 23 November 09:00, let out by Cass Cashier" in at.error[0].value.replace("\\", "")
    at.text_input(key="gate_pass").set_value("![x](http://evil)").run()
    assert "There is no exit pass" in at.error[0].value
    assert "![x](" not in at.error[0].value
    assert not at.exception
