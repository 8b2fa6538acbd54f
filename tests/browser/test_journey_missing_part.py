"""A part nobody is sure of: the advisor asks while booking, the store orders it, it comes in, and a new time is agreed by phone."""

import pytest
from playwright.sync_api import expect

from db.enums import AppointmentStatus
from db.enums_desk import PurchaseStatus, TaskKind, TaskOutcome
from db.models import Appointment, PurchaseLine, TaskResult, Vehicle
from services.work import unit_of_work
from tests.browser import desk
from tests.browser.conftest import PORTRAIT, Hand
from tests.browser.garage import House
from tests.browser.tablet import Tablet
from tests.factories import make_car

pytestmark = pytest.mark.browser
PLATE, MIRROR = "MP01 AAA", "Mirror glass, heated"
GUEST = desk.Guest("Grace Field", "+447700900125", PLATE, "Ford Focus", "The left mirror is cracked")


def test_a_part_is_asked_for_ordered_taken_in_and_a_time_agreed(hand: Hand, house: House) -> None:
    with unit_of_work(house.ws) as work:
        make_car(work, GUEST.name, PLATE, GUEST.phone)
    ada, pat = hand("en"), hand("zh_CN", PORTRAIT)
    ada.sign_in("Ada Advisor", "/booking")
    pat.sign_in("Pat Parts", "/booking")

    booking = _asked(ada)
    _orders(pat, booking)
    line = house.one(PurchaseLine, appointment_id=booking.id)
    assert (line.what, line.status) == (MIRROR, PurchaseStatus.PLANNED)
    assert house.one(Appointment, id=booking.id).status == AppointmentStatus.WAITING_PARTS

    for step, status in (("order", PurchaseStatus.ORDERED), ("come_in", PurchaseStatus.ARRIVED)):
        pat.tap(f"{step}_{line.id}")
        assert house.one(PurchaseLine, id=line.id).status == status

    _agrees(ada, booking)
    stands = house.one(Appointment, id=booking.id)
    assert stands.status == AppointmentStatus.CONFIRMED
    assert stands.starts_at != booking.starts_at
    answer = house.one(TaskResult, appointment_id=booking.id, kind=TaskKind.STOCK)
    assert (answer.outcome, house.who(answer.by_id)) == (TaskOutcome.ORDER, "Pat Parts")


def _asked(tablet: Tablet) -> Appointment:
    """Booked with a question to the store, which can be answered for five minutes."""
    tablet.tap("new_booking")
    tablet.type("booking_search", PLATE)
    tablet.tap(f"choose_{tablet.house.one(Vehicle, plate=PLATE).id}")
    tablet.type("booking_stock", MIRROR)
    desk.choose_jobs(tablet, GUEST, "Battery test")
    booking = desk.book(tablet, GUEST)
    assert booking.stock_question == MIRROR
    return booking


def _orders(tablet: Tablet, booking: Appointment) -> None:
    """The store finds the question first on its list, and what has to be bought beside it."""
    tablet.goto("/booking?view=todo")
    tablet.reads(MIRROR)
    tablet.tap(f"todo_stock_order_{booking.id}")
    tablet.goto("/booking?view=todo")  # the counts on the choices have changed meanwhile
    tablet.choose("todo_part", 2)
    tablet.reads(MIRROR)


def _agrees(tablet: Tablet, booking: Appointment) -> None:
    """The advisor calls: one tap opens the booking, one a list of times, one agrees."""
    tablet.goto("/booking?view=todo")
    tablet.sees(TaskKind.PART_IN.label)
    tablet.tap(f"todo_step_part_in_{booking.id}")
    tablet.tap(f"agree_{booking.id}")
    times = tablet.page.locator(f"[class*='st-key-agree_{booking.id}_2'] button")
    expect(times.first).to_be_visible()
    times.last.tap()
    tablet.settle()
    tablet.sees("Confirmed")
