"""Bookings as calendar files, read back as a calendar program reads them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from db.enums import AppointmentStatus
from db.models import Appointment, AppointmentJob, Customer, Garage, Reservation
from services.calendar_feed import feed_file, feed_version
from services.calendar_files import appointment_file
from services.refusals import NotFound
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, make_car

TUESDAY_10 = datetime(2026, 11, 24, 10, tzinfo=UTC)
LONG = '深圳市前海顺达国际汽车租赁服务有限公司，南山区科技园; 2号楼\\3 "B" ' * 3


def _booking(ws: Workspace, at: datetime = TUESDAY_10, number: str = "B261123-01", name: str = "Grace Field") -> int:
    with unit_of_work(ws) as work:
        car = make_car(work, name, f"AB{number[-2:]} CDE")
        row = work.add(
            Appointment(number=number, customer_id=car.customer_id, vehicle_id=car.id, advisor_id=1, concern="Noise",
                        status=AppointmentStatus.CONFIRMED, starts_at=at, minutes=60, created_at=MONDAY_9)
        )  # fmt: skip
        work.add(AppointmentJob(appointment_id=row.id, job_id=1, minutes=60, price=Decimal(60)))
        for place in ({"bay_id": 1}, {"staff_id": 3}):
            work.add(Reservation(appointment_id=row.id, starts_at=at, ends_at=at + timedelta(minutes=60), **place))
        work.event(row, "created")
        return row.id


def _change(ws: Workspace, key: int, later: timedelta = timedelta(minutes=1), **values: object) -> None:
    with unit_of_work(ws.at(MONDAY_9 + later)) as work:
        row = work.get(Appointment, key)
        for name, value in values.items():
            setattr(row, name, value)
        work.db.add(row)
        work.event(row, "changed")


def _file(ws: Workspace, key: int) -> Calendar:
    with reading(ws) as work:
        return Calendar.from_ical(appointment_file(work, key))


def _feed(ws: Workspace) -> Calendar:
    with reading(ws) as work:
        return Calendar.from_ical(feed_file(work))


def test_the_customers_file_says_when_where_and_what_to_bring(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        work.garage.address, work.garage.phone = "1 High Street; Bristol, BS1", "+441174960123"
        work.db.add(work.garage)
    calendar = _file(ws, _booking(ws))
    (event,) = calendar.walk("VEVENT")
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (TUESDAY_10, TUESDAY_10 + timedelta(hours=1))
    assert event["summary"] == "Test Garage: AB01 CDE · Oil service"
    assert event["location"] == "1 High Street; Bristol, BS1"
    assert event["description"] == (
        "Booking B261123-01\nPlease bring: Vehicle licence, Service book, Purchase invoice\nQuestions: +44 117 496 0123"
    )
    assert event["status"] == "CONFIRMED"


def test_it_is_in_the_customers_language(ws: Workspace) -> None:
    key = _booking(ws, name="张伟")
    with unit_of_work(ws) as work:
        work.get(Customer, 1).language = "zh_CN"
    (event,) = _file(ws, key).walk("VEVENT")
    assert "请携带：行驶证、保修手册、购车发票" in str(event["description"])


def test_long_and_chinese_texts_come_back_whole_and_no_line_is_too_long(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        work.garage.address = LONG.strip()
        work.db.add(work.garage)
    key = _booking(ws)
    with reading(ws) as work:
        raw = appointment_file(work, key)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert event["location"] == LONG.strip()


def test_a_move_keeps_the_identity_and_a_cancellation_takes_it_out(ws: Workspace) -> None:
    key = _booking(ws)
    (first,) = _file(ws, key).walk("VEVENT")
    _change(ws, key, starts_at=TUESDAY_10 + timedelta(days=1))
    (moved,) = _file(ws, key).walk("VEVENT")
    _change(ws, key, timedelta(minutes=2), status=AppointmentStatus.CANCELLED)
    calendar = _file(ws, key)
    (cancelled,) = calendar.walk("VEVENT")
    assert first["uid"] == moved["uid"] == cancelled["uid"]
    assert int(str(first["sequence"])) < int(str(moved["sequence"])) < int(str(cancelled["sequence"]))
    assert moved.decoded("dtstart") == TUESDAY_10 + timedelta(days=1)
    assert moved.decoded("dtstamp") == MONDAY_9 + timedelta(minutes=1)
    assert (calendar["method"], cancelled["status"]) == ("CANCEL", "CANCELLED")


@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Shanghai", "America/New_York"])
@pytest.mark.parametrize(("local", "fold"), [
    ("2027-03-28T10:00", 0), ("2027-10-31T01:30", 0), ("2027-10-31T01:30", 1), ("2028-02-29T09:00", 0)
])  # fmt: skip
def test_the_instant_is_the_same_on_days_when_clocks_change(ws: Workspace, zone: str, local: str, fold: int) -> None:
    with unit_of_work(ws) as work:
        work.get(Garage, 1).zone = zone
    at = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)
    (event,) = _file(ws, _booking(ws, at)).walk("VEVENT")
    assert event.decoded("dtstart") == at
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=1)


def test_the_feed_has_plate_jobs_bay_and_people_and_no_customer(ws: Workspace) -> None:
    _booking(ws)
    calendar = _feed(ws)
    (event,) = calendar.walk("VEVENT")
    assert event["summary"] == "AB01 CDE · Oil service"
    assert event["location"] == "Lift 1 · Tom Technician"
    assert event["description"] == "B261123-01\nConfirmed\nAda Advisor"
    assert calendar["x-wr-calname"] == "Bookings of Test Garage"
    assert b"Grace" not in calendar.to_ical()


def test_the_feed_reaches_30_days_back_and_90_ahead_and_leaves_out_what_is_off(ws: Workspace) -> None:
    for number, days in enumerate((-31, -30, 0, 89, 90)):
        _booking(ws, MONDAY_9 + timedelta(days=days), f"B261123-1{number}")
    off = _booking(ws, TUESDAY_10, "B261123-20")
    _change(ws, off, status=AppointmentStatus.CANCELLED)
    assert [str(event["summary"])[:4] for event in _feed(ws).walk("VEVENT")] == ["AB11", "AB12", "AB13"]


def test_the_version_changes_with_an_event_and_with_the_day_only(ws: Workspace) -> None:
    key = _booking(ws)
    with reading(ws) as work:
        version, since = feed_version(work)
    with reading(ws.at(MONDAY_9 + timedelta(hours=3))) as work:
        assert feed_version(work) == (version, since)
    with reading(ws.at(MONDAY_9 + timedelta(days=1))) as work:
        assert feed_version(work)[0] != version
    _change(ws, key, starts_at=TUESDAY_10 + timedelta(hours=1))
    with reading(ws) as work:
        assert feed_version(work) == (feed_version(work)[0], MONDAY_9 + timedelta(minutes=1))
        assert feed_version(work)[0] != version


def test_a_booking_that_does_not_exist_has_no_file(ws: Workspace) -> None:
    with reading(ws) as work, pytest.raises(NotFound):
        appointment_file(work, 4711)
