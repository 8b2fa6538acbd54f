"""Two tablets take the last place at the same moment: one booking, the other is told and offered new times."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from playwright.sync_api import expect
from sqlmodel import delete

from db.enums import AppointmentStatus
from db.models import Absence, Appointment, Reservation, Staff, Vehicle
from services.refusals import SlotTaken
from services.work import unit_of_work
from tests.browser.conftest import Hand
from tests.browser.garage import House
from tests.browser.tablet import Tablet
from tests.factories import make_car

pytestmark = pytest.mark.browser
AT_ONCE = "(button, at) => setTimeout(() => button.click(), at - Date.now())"
SOON = 500  # milliseconds until both buttons are pressed


@pytest.fixture
def last_place(house: House) -> Iterator[datetime]:
    """The only electrician is away but for a quarter of an hour tomorrow at ten, until the day after at nine."""
    with unit_of_work(house.ws) as work:
        tia = house.one(Staff, name="Tia Technician").id
        tomorrow = work.local(work.now).date() + timedelta(days=1)
        ten = datetime.combine(tomorrow, time(10), work.zone)
        work.add(Absence(staff_id=tia, starts_at=work.now - timedelta(hours=1), ends_at=ten))
        work.add(Absence(staff_id=tia, starts_at=ten + timedelta(minutes=15), ends_at=ten + timedelta(hours=23)))
        make_car(work, "Grace Field", "LP01 AAA")
        make_car(work, "Hal Green", "LP02 BBB", "+447700900124")
    yield ten
    with unit_of_work(house.ws) as work:
        work.db.exec(delete(Absence))


def test_two_tablets_take_the_last_place_at_the_same_moment(hand: Hand, house: House, last_place: datetime) -> None:
    ada, sam = hand("en"), hand("zh_CN")
    ada.sign_in("Ada Advisor", "/booking")
    sam.sign_in("Sam Supervisor", "/booking")
    for tablet, plate in ((ada, "LP01 AAA"), (sam, "LP02 BBB")):
        _up_to_the_times(tablet, plate)
        tablet.tap(_offer(last_place))
        expect(tablet.key("booking_book")).to_be_visible()
    _book_at_once(ada, sam)

    held = house.rows(Reservation, starts_at=last_place.astimezone(UTC))
    assert sorted((row.bay_id is None, row.staff_id is None) for row in held) == [(False, True), (True, False)]
    winner, loser = (ada, sam) if "appointment=" in ada.page.url else (sam, ada)
    booking = house.one(Appointment, starts_at=last_place.astimezone(UTC))
    assert (winner.asked("appointment"), booking.status) == (booking.id, AppointmentStatus.CONFIRMED)

    loser.sees(SlotTaken.__doc__ or "")
    expect(loser.key(_offer(last_place))).to_have_count(0)
    others = loser.key("offers").locator("button")
    assert others.count() >= 2
    others.first.tap()
    loser.settle()
    loser.tap("booking_book")
    second = house.one(Appointment, id=loser.asked("appointment"))
    assert second.status == AppointmentStatus.CONFIRMED
    assert second.starts_at
    assert second.starts_at > last_place


def _up_to_the_times(tablet: Tablet, plate: str) -> None:
    car = tablet.house.one(Vehicle, plate=plate)
    tablet.tap("new_booking")
    tablet.type("booking_search", plate)
    tablet.tap(f"choose_{car.id}")
    tablet.type("booking_concern", "Battery flat in the morning")
    tablet.type("booking_find_job", "Battery")
    tablet.press("booking_jobs", "Battery test")
    tablet.tap("booking_next")


def _offer(at: datetime) -> str:
    return f"offer_{at.astimezone(UTC):%Y%m%dT%H%M}"


def _book_at_once(*tablets: Tablet) -> None:
    moment = tablets[0].page.evaluate("Date.now()") + SOON
    for tablet in tablets:
        tablet.key("booking_book").locator("button").evaluate(AT_ONCE, moment)
    tablets[0].page.wait_for_timeout(SOON)
    for tablet in tablets:
        tablet.settle(300)
