"""The booking calendar by finger: drag to another time and bay, tap a booking, tap a free place; what must not be snaps back."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

import pytest
from playwright.sync_api import Locator, expect

from db.enums import AppointmentStatus, Role
from db.models import Appointment, Bay, Garage, Reservation
from services.booking import book
from services.booking_changes import cancel
from services.work import last_event, reading, unit_of_work
from tests.browser.conftest import LANDSCAPE, PORTRAIT, Hand
from tests.browser.garage import House
from tests.browser.tablet import CHOICES, Tablet
from tests.factories import as_role, make_car

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize(
    ("size", "language"), [(LANDSCAPE, "en"), (PORTRAIT, "zh_CN")], ids=["landscape", "portrait"]
)
QUARTER = 13.5  # pixels
_plates = count(1)
Book = Callable[[datetime], Appointment]


@pytest.fixture
def booked(house: House) -> Iterator[Book]:
    """Books an oil service on Lift 1; what was booked is cancelled at the end, so that its place is free for other tests."""
    made: list[int] = []

    def over(starts_at: datetime) -> Appointment:
        with unit_of_work(as_role(house.ws, Role.SUPERVISOR)) as work:
            car = make_car(work, "Finn Finger", f"FG{next(_plates):02} AAA")
            row = book(work, car.id, concern="Oil", job_ids=[1], starts_at=starts_at, bay_id=1)
        made.append(row.id)
        return row

    yield over
    for key in made:
        with unit_of_work(as_role(house.ws, Role.SUPERVISOR)) as work:
            cancel(work, key, reason="End of the test")


def at(house: House, day: date, hour: int) -> datetime:
    with reading(house.ws) as work:
        return datetime.combine(day, time(hour), work.zone).astimezone(UTC)


def a_tuesday(house: House) -> date:
    """Tuesday of the next week: the days around it lie in the same week, and all of them can be booked."""
    with reading(house.ws) as work:
        today = work.local(work.now).date()
    return today + timedelta(days=8 - today.weekday())


def show(tablet: Tablet, name: str, view: int = 0) -> Callable[[str], Locator]:
    """The calendar with that Tuesday on it."""
    tablet.sign_in(name, "/booking")
    tablet.tap("week_on")
    tablet.page.locator("[class*=st-key-week_2]").first.locator(CHOICES).nth(1).tap()  # Tuesday
    tablet.settle()
    tablet.choose("booking_view", view)
    find = tablet.page.frame_locator("iframe").locator
    find(".fc-timegrid-slot-lane").first.wait_for()
    return find


def place(house: House, row: Appointment) -> tuple[datetime, str]:
    """When and where it stands now."""
    (held,) = [one for one in house.rows(Reservation, appointment_id=row.id) if one.bay_id]
    return held.starts_at, house.one(Bay, id=held.bay_id).name


def event(find: Callable[[str], Locator], house: House, row: Appointment) -> Locator:
    with reading(house.ws) as work:
        plate = (
            work.db.connection().exec_driver_sql(f"SELECT plate FROM vehicle WHERE id = {row.vehicle_id}").scalar_one()
        )
    found = find(f".fc-timegrid-event:has-text('{plate}')")
    expect(found).to_have_count(1)
    return found


def column(find: Callable[[str], Locator]) -> float:
    box = find(".fc-timegrid-col:not(.fc-timegrid-axis)").nth(1).bounding_box()
    assert box
    return box["width"]


@SIZES
def test_a_booking_is_dragged_to_another_time_and_bay(
    hand: Hand, house: House, booked: Book, size: tuple[int, int], language: str
) -> None:
    tuesday = a_tuesday(house)
    row, tablet = booked(at(house, tuesday, 8)), hand(language, size)
    find = show(tablet, "Ada Advisor")
    tablet.drag(event(find, house, row), 0, 4 * QUARTER)
    tablet.sees("Moved to {time}.", time="09:00")
    assert place(house, row) == (at(house, tuesday, 9), "Lift 1")
    tablet.settle(800)
    tablet.drag(event(find, house, row), column(find), 4 * QUARTER)
    tablet.sees("Moved to {time}.", time="10:00")
    assert place(house, row) == (at(house, tuesday, 10), "Lift 2")
    with reading(house.ws) as work:
        moved = last_event(work, work.get(Appointment, row.id))
    assert moved
    assert (moved.details["was"], moved.details["now"]) == (
        at(house, tuesday, 9).isoformat(),
        at(house, tuesday, 10).isoformat(),
    )


@SIZES
def test_a_bay_that_does_not_fit_sends_the_booking_back_with_the_reason(
    hand: Hand, house: House, booked: Book, size: tuple[int, int], language: str
) -> None:
    tuesday = a_tuesday(house)
    row, tablet = booked(at(house, tuesday, 8)), hand(language, size)
    find = show(tablet, "Ada Advisor")
    shown = event(find, house, row)
    before = shown.bounding_box()
    tablet.drag(shown, 2 * column(find), 0)
    expect(tablet.page.locator("[data-testid=stAlert]")).to_contain_text("Quick")
    tablet.settle(800)
    assert place(house, row) == (at(house, tuesday, 8), "Lift 1")
    after = event(find, house, row).bounding_box()
    assert before
    assert after
    assert (after["x"], after["width"]) == (before["x"], before["width"])


@SIZES
def test_a_tap_opens_a_booking_and_a_tap_on_a_free_place_begins_one(
    hand: Hand, house: House, booked: Book, size: tuple[int, int], language: str
) -> None:
    tuesday = a_tuesday(house)
    row, tablet = booked(at(house, tuesday, 8)), hand(language, size)
    find = show(tablet, "Ada Advisor")
    event(find, house, row).tap()
    tablet.page.wait_for_url(lambda url: f"appointment={row.id}" in url)
    tablet.settle()
    tablet.tap("back")
    lane = find(".fc-timegrid-slot-lane[data-time='11:00:00']")
    lane.wait_for()
    box = lane.bounding_box()
    assert box
    tablet.page.touchscreen.tap(box["x"] + column(find) * 1.5, box["y"] + 6)
    tablet.page.wait_for_url(lambda url: "new=1" in url)
    tablet.settle()
    assert place(house, row) == (at(house, tuesday, 8), "Lift 1")


@SIZES
def test_a_rule_is_broken_only_by_who_may_and_with_a_reason(
    hand: Hand, house: House, booked: Book, size: tuple[int, int], language: str
) -> None:
    tuesday = a_tuesday(house)
    row = booked(at(house, tuesday, 8))
    with unit_of_work(house.ws) as work:
        ahead, work.garage.book_days_ahead = work.garage.book_days_ahead, (tuesday - work.local(work.now).date()).days
    try:
        _break_the_rule(hand, house, row, tuesday, size, language)
    finally:
        with unit_of_work(house.ws) as work:
            work.get(Garage, 1).book_days_ahead = ahead


def _break_the_rule(
    hand: Hand, house: House, row: Appointment, tuesday: date, size: tuple[int, int], language: str
) -> None:
    ada = hand(language, size)
    find = show(ada, "Ada Advisor", view=2)
    ada.drag(event(find, house, row), column(find), 0)  # Wednesday: too far ahead
    expect(ada.page.locator("[data-testid=stAlert]")).to_have_count(1)
    expect(ada.key("drag_anyway")).to_have_count(0)
    sam = hand(language, size)
    find = show(sam, "Sam Supervisor", view=2)
    sam.drag(event(find, house, row), column(find), 0)
    sam.key("drag_anyway").wait_for()
    sam.tap("drag_anyway")
    sam.sees("Please give a reason.")
    assert place(house, row)[0] == at(house, tuesday, 8)
    sam.type("booking_drag_reason", "Towed in from the motorway")
    sam.tap("drag_anyway")
    expect(sam.key("drag_anyway")).to_have_count(0)
    assert place(house, row)[0] == at(house, tuesday + timedelta(days=1), 8)
    booking = house.one(Appointment, id=row.id)
    assert (booking.status, booking.override_reason) == (AppointmentStatus.CONFIRMED, "Towed in from the motorway")
    assert house.last_event(booking).details["override"] == "too_far"


@SIZES
def test_the_month_opens_a_day_by_a_tap(
    hand: Hand, house: House, booked: Book, size: tuple[int, int], language: str
) -> None:
    tuesday = a_tuesday(house)
    booked(at(house, tuesday, 8))
    tablet = hand(language, size)
    tablet.sign_in("Ada Advisor", "/booking")
    tablet.tap("week_on")
    tablet.page.locator("[class*=st-key-week_2]").first.locator(CHOICES).nth(1).tap()  # Tuesday
    tablet.settle()
    tablet.choose("booking_view", 3)
    find = tablet.page.frame_locator("iframe").locator
    cell = find(f".fc-daygrid-day[data-date='{tuesday}'] .load")
    expect(cell).to_contain_text(tablet.say("1 car"))
    height = (cell.bounding_box() or {"height": 0})["height"]
    assert height >= 44
    cell.tap()
    tablet.settle()
    opened = tablet.page.locator("iframe").last.content_frame  # for a moment the month is still there
    column = opened.locator(".fc-timegrid-col[data-resource-id='1']")
    expect(column).to_have_attribute("data-date", tuesday.isoformat(), timeout=15_000)
    expect(tablet.page.locator("iframe")).to_have_count(1)
