"""What the people at the desk do with a tablet, each step checked on the screen and in the database."""

from dataclasses import dataclass

from playwright.sync_api import expect

from db.enums import Answer, AppointmentStatus, ConsentMethod, OrderStatus
from db.enums_reception import Grade
from db.models import (
    Appointment,
    Consent,
    ConsentItem,
    Customer,
    DamageMark,
    HealthResult,
    Inspection,
    OrderLine,
    Reservation,
    Vehicle,
    WorkOrder,
)
from services.inspections import USUAL
from tests.browser.tablet import Tablet


@dataclass(frozen=True)
class Guest:
    """Who comes, with which car, and what they say."""

    name: str
    phone: str
    plate: str
    car: str
    concern: str


def make_customer(tablet: Tablet, guest: Guest) -> None:
    """A new booking for somebody nobody knows: name, phone, plate, car, and that messages are welcome."""
    tablet.tap("new_booking")
    tablet.tap("booking_add")
    for field in ("name", "phone", "plate", "car"):
        tablet.type(f"booking_{field}", getattr(guest, field))
    tablet.turn("booking_messages")
    tablet.tap("booking_make")
    tablet.reads(guest.plate)
    car = tablet.house.one(Vehicle, plate=guest.plate)
    assert tablet.house.one(Customer, id=car.customer_id).name == guest.name


def choose_jobs(tablet: Tablet, guest: Guest, *jobs: str) -> None:
    """The concern in their words and the likely jobs; on to the times."""
    tablet.type("booking_concern", guest.concern)
    for job in jobs:
        tablet.type("booking_find_job", job)
        tablet.press("booking_jobs", job)
    tablet.tap("booking_next")
    expect(tablet.key("offers")).to_be_visible()


def book(tablet: Tablet, guest: Guest) -> Appointment:
    """The first of the times offered is taken; the record of the booking opens."""
    offered = tablet.key("offers").locator("button")
    assert offered.count() >= 2, offered.all_inner_texts()
    offered.first.tap()
    tablet.settle()
    tablet.tap("booking_book")
    tablet.sees("Confirmed")
    tablet.reads(guest.concern)
    booking = tablet.house.one(Appointment, id=tablet.asked("appointment"))
    assert booking.status == AppointmentStatus.CONFIRMED
    assert tablet.house.last_event(booking).after == AppointmentStatus.CONFIRMED
    held = tablet.house.rows(Reservation, appointment_id=booking.id)
    assert [(row.bay_id is None, row.staff_id is None) for row in held].count((True, True)) == 0
    assert {row.starts_at for row in held} == {booking.starts_at}
    return booking


def arrive(tablet: Tablet, booking: Appointment) -> int:
    """The car comes for its booking, and the customer is greeted; the check-in opens. Gives the order's id."""
    tablet.goto(f"/booking?appointment={booking.id}")  # a car may come on another day than the one booked
    tablet.tap(f"arrive_{booking.id}")
    tablet.goto("/reception")
    order = tablet.house.one(WorkOrder, appointment_id=booking.id)
    assert tablet.house.one(Appointment, id=booking.id).status == AppointmentStatus.ARRIVED
    assert (order.status, order.greeted_at, order.concern) == (OrderStatus.RECEPTION, None, booking.concern)
    expect(tablet.key(f"card_arrived_{order.id}")).to_be_visible()
    tablet.tap(f"greet_{order.id}")
    assert tablet.house.one(WorkOrder, id=order.id).greeted_at
    tablet.sees("Customer and car")
    return order.id


def check_in(tablet: Tablet, order_id: int, *, odometer: int, wash: bool) -> None:
    """Every moment of the check-in up to the estimate that is put to the customer."""
    walk_around(tablet, order_id, odometer=odometer)
    mark_damage(tablet, order_id)
    tablet.tap("step_next")
    tablet.sees("Health check")
    tablet.tap(f"everything_{order_id}")
    assert {row.grade for row in tablet.house.rows(HealthResult, order_id=order_id)} == {Grade.GOOD}
    tablet.tap("step_next")
    tablet.sees("Diagnosis interview")
    tablet.tap("step_next")
    tablet.sees("Jobs and parts")
    tablet.tap("step_next")
    promise(tablet, order_id, wash=wash)


def walk_around(tablet: Tablet, order_id: int, *, odometer: int) -> None:
    """From what is known of customer and car to the sheet of the walk-around, all in order; on to the damage."""
    tablet.tap("step_next")
    tablet.sees("Walk-around")
    tablet.turn(f"covers_{order_id}")
    tablet.turn(f"reminded_{order_id}")
    tablet.type(f"odometer_{order_id}", str(odometer))
    tablet.choose(f"fuel_{order_id}", 4)
    tablet.tap(f"in_order_{order_id}")
    tablet.tap("step_next")
    sheet = tablet.house.one(Inspection, order_id=order_id)
    assert (sheet.covers, sheet.reminded, sheet.odometer_km, sheet.fuel_eighths) == (True, True, odometer, 4)
    assert (sheet.lights, set(sheet.equipment or {})) == ([], set(USUAL))


def promise(tablet: Tablet, order_id: int, *, wash: bool) -> None:
    """The time as reckoned, the wish for a wash; then the estimate is put to the customer."""
    tablet.sees("Promised time and wishes")
    if wash:
        tablet.turn(f"wash_{order_id}")
    tablet.tap("step_next")
    tablet.sees("Agreement")
    order = tablet.house.one(WorkOrder, id=order_id)
    assert (order.status, order.wash) == (OrderStatus.AWAITING_APPROVAL, wash)
    assert order.promised_at


def mark_damage(tablet: Tablet, order_id: int) -> None:
    """A tap on the roof of the outline leaves a mark there."""
    tablet.sees("Damage")
    view = tablet.page.locator("[data-view=top]")
    view.scroll_into_view_if_needed()
    box = view.bounding_box()
    assert box
    tablet.page.touchscreen.tap(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.5)
    tablet.settle()
    mark = tablet.house.one(DamageMark, order_id=order_id)
    assert (mark.view, round(mark.x / 100), round(mark.y / 100)) == ("top", 6, 5)
    expect(tablet.page.locator(f"[data-id='{mark.id}']")).to_be_visible()


def sign(tablet: Tablet, order_id: int, guest: Guest) -> None:
    """Every line is agreed to, and the customer signs with a finger."""
    tablet.tap(f"all_{order_id}")
    tablet.draw(f"sign_{order_id}")
    tablet.sees("To the workshop")
    house = tablet.house
    assert house.one(WorkOrder, id=order_id).status == OrderStatus.AWAITING_DISPATCH
    consent, lines = house.one(Consent, order_id=order_id), house.rows(OrderLine, order_id=order_id)
    assert (consent.method, consent.person) == (ConsentMethod.SIGNED, guest.name)
    assert {item.line_id for item in house.rows(ConsentItem, consent_id=consent.id)} == {line.id for line in lines}
    assert {line.answer for line in lines} == {Answer.AGREED}


def hand_over(tablet: Tablet, order_id: int) -> None:
    """The key gets a tag, the licence comes along, and the car is the workshop's."""
    for digit in str(order_id):
        tablet.tap(f"tag_{order_id}_{digit}")
    tablet.choose(f"papers_{order_id}", 0)
    tablet.tap("step_next")
    tablet.sees("Expected today")
    order = tablet.house.one(WorkOrder, id=order_id)
    assert (order.key_tag, order.papers, order.accepted_at) == (str(order_id), ["licence"], None)
    assert order.handed_at


def walk_in(tablet: Tablet, guest: Guest, *jobs: str) -> int:
    """A car nobody expected: not found by its plate, made new, its concern written down. Gives the order's id."""
    tablet.goto("/reception")
    tablet.tap("walk_in")
    tablet.type("walk_in_find", guest.plate)
    tablet.sees("Nobody found. Make a new customer and car below.")
    for field in ("name", "phone", "car"):
        tablet.type(f"new_{field}", getattr(guest, field))
    tablet.tap("new_make")
    car = tablet.house.one(Vehicle, plate=guest.plate)
    tablet.type("walk_in_concern", guest.concern)
    for job in jobs:
        tablet.pick("walk_in_jobs", job)
    tablet.tap("walk_in_open")
    order = tablet.house.one(WorkOrder, vehicle_id=car.id)
    assert (order.status, order.concern, order.appointment_id) == (OrderStatus.RECEPTION, guest.concern, None)
    assert order.greeted_at
    tablet.sees("Customer and car")
    return order.id
