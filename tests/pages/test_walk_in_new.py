"""Somebody new walks in: four fields, begun by what was searched for, and messages only when they agree."""

from sqlmodel import select

from db.enums import Role
from db.models import ContactConsent, Customer, Vehicle
from services.work import unit_of_work
from services.workspace import Workspace
from tests.pages.conftest import App
from tests.pages.test_booking import button


def test_the_search_follows_into_its_field_until_somebody_types_there(app: App) -> None:
    at = app("reception", Role.ADVISOR, walk_in=1)
    search = at.text_input(key="walk_in_find")
    search.set_value("XY").run()
    assert (at.text_input(key="new_name").value, at.text_input(key="new_plate").value) == ("XY", "")
    search.set_value("XY99 ZZZ").run()
    assert (at.text_input(key="new_name").value, at.text_input(key="new_plate").value) == ("", "XY99 ZZZ")
    at.text_input(key="new_plate").set_value("XY99 ZZA").run()
    search.set_value("XY99 ZZ").run()
    assert at.text_input(key="new_plate").value == "XY99 ZZA"


def test_a_new_customer_is_made_with_four_fields_and_their_consent_after_a_refusal_that_keeps_all(
    app: App, garage: Workspace
) -> None:
    at = app("reception", Role.ADVISOR, walk_in=1)
    at.text_input(key="walk_in_find").set_value("XY99 ZZZ").run()
    at.text_input(key="new_name").set_value("Nia New")
    at.text_input(key="new_phone").set_value("12")
    at.text_input(key="new_car").set_value("Ford Focus")
    at.toggle(key="new_messages").set_value(True)
    button(at, "new_make")
    assert [error.value for error in at.error] == ["This phone number cannot be read\\."]
    assert at.text_input(key="new_name").value == "Nia New"
    at.text_input(key="new_phone").set_value("+447700900456")
    button(at, "new_make")
    with unit_of_work(garage) as work:
        (customer,) = work.db.exec(select(Customer)).all()
        (car,) = work.db.exec(select(Vehicle)).all()
        (consent,) = work.db.exec(select(ContactConsent)).all()
    assert (customer.name, customer.incomplete, car.plate) == ("Nia New", True, "XY99 ZZZ")
    assert (consent.customer_id, consent.allowed) == (customer.id, True)
    assert at.query_params["car"] == str(car.id)
