"""Private links: what they open without signing in, and that nothing else does."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlmodel import select
from starlette.testclient import TestClient

from db.enums import AppointmentStatus, OrderStatus, Role
from db.enums_desk import LinkPurpose
from db.models import Appointment, Garage, PrivateLink, WorkOrder
from services.links import end, give, renew
from services.work import unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role, make_car

PATHS = {
    LinkPurpose.WELCOME: "/welcome/{}",
    LinkPurpose.FEED: "/feed/{}.ics",
    LinkPurpose.APPOINTMENT: "/appointment/{}.ics",
}


def _booking(ws: Workspace, number: str = "B261123-01", plate: str = "粤B12345", name: str = "张伟") -> int:
    with unit_of_work(ws) as work:
        car = make_car(work, name, plate, "+8613800138000")
        return work.add(
            Appointment(number=number, customer_id=car.customer_id, vehicle_id=car.id, advisor_id=1, concern="Noise",
                        status=AppointmentStatus.CONFIRMED, starts_at=MONDAY_9 + timedelta(hours=1), minutes=60,
                        created_at=MONDAY_9)
        ).id  # fmt: skip


def _link(ws: Workspace, purpose: LinkPurpose, subject: int | None = None) -> str:
    with unit_of_work(ws) as work:
        return PATHS[purpose].format(give(work, purpose, subject).token)


@pytest.mark.parametrize("purpose", PATHS)
def test_a_link_opens_its_own_thing_and_only_that(client: TestClient, garage: Workspace, purpose: LinkPurpose) -> None:
    booking = _booking(garage)
    path = _link(garage, purpose, booking if purpose == LinkPurpose.APPOINTMENT else None)
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert "no-store" in answer.headers["cache-control"] or purpose == LinkPurpose.FEED
    token = path.rpartition("/")[2].removesuffix(".ics")
    for other, pattern in PATHS.items():
        if other != purpose:
            assert client.get(pattern.format(token)).status_code == 404


@pytest.mark.parametrize("purpose", PATHS)
def test_unknown_expired_and_ended_links_answer_the_same(
    client: TestClient, garage: Workspace, purpose: LinkPurpose
) -> None:
    booking = _booking(garage)
    ended, expired = _link(garage, purpose, booking), _link(garage, purpose, booking)
    with unit_of_work(garage) as work:
        token = expired.rpartition("/")[2].removesuffix(".ics")
        for link in work.db.exec(select(PrivateLink)):
            if link.token == token:
                link.expires_at = work.now
            else:
                link.ended_at = work.now
    unknown = PATHS[purpose].format("A" * 32)
    answers = [client.get(path) for path in (unknown, expired, ended, PATHS[purpose].format("x"))]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert all(answer.headers["cache-control"] == "no-store" for answer in answers)


@pytest.mark.parametrize(
    "path",
    ["/welcome", "/welcome/", "/feed/abc", "/appointment/abc", "/welcome/abc/today", "/welcome/../today", "/welcome/a%2Ftoday",
     "/feed/abc.ics/today", "/feed/.ics", "/appointment/abc.ics%0A", "/welcomeabc"],
)  # fmt: skip
def test_nothing_beside_the_links_is_let_through(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


def test_nothing_is_written_through_a_link(client: TestClient, garage: Workspace) -> None:
    path = _link(garage, LinkPurpose.WELCOME)
    assert client.post(path).status_code == 405


def test_renewing_ends_the_old_address(client: TestClient, garage: Workspace) -> None:
    old = _link(garage, LinkPurpose.WELCOME)
    with unit_of_work(as_role(garage, Role.MANAGER)) as work:
        new = renew(work, LinkPurpose.WELCOME).token
    assert client.get(old).status_code == 404
    assert client.get(f"/welcome/{new}").status_code == 200
    with unit_of_work(as_role(garage, Role.MANAGER)) as work:
        assert end(work, LinkPurpose.WELCOME) == 1
    assert client.get(f"/welcome/{new}").status_code == 404


def test_the_board_shows_nobodys_full_name_or_plate_anywhere_in_its_source(
    client: TestClient, garage: Workspace
) -> None:
    _booking(garage)
    _booking(garage, "B261123-02", "AB12 CDE", "Samuel <b> Miller")
    text = client.get(_link(garage, LinkPurpose.WELCOME)).text
    for told in (
        "粤B·***45",
        "张**",
        "AB ***DE",
        "S*** Miller",
        "Ada Advisor",
        "10:00",
        "Test Garage",
        "We expect you",
        "恭候光临",
    ):
        assert told in text
    for secret in ("12345", "张伟", "AB12", "Samuel", "<b> Miller", "B261123", "Noise", "13800138000"):
        assert secret not in text


def test_the_board_speaks_the_garages_language_first(client: TestClient, garage: Workspace) -> None:
    with unit_of_work(garage) as work:
        work.get(Garage, 1).language = "zh_CN"
    text = client.get(_link(garage, LinkPurpose.WELCOME), headers={"accept-language": "en"}).text
    assert '<html lang="zh-CN">' in text
    assert '<h1>欢迎光临 <small lang="en">Welcome</small></h1>' in text
    assert "期待您的光临。" in text


def test_the_board_follows_the_car_until_it_leaves(client: TestClient, garage: Workspace) -> None:
    booking, path = _booking(garage), _link(garage, LinkPurpose.WELCOME)
    with unit_of_work(garage) as work:
        row = work.get(Appointment, booking)
        row.status = AppointmentStatus.ARRIVED
        order = work.add(WorkOrder(number="W1", appointment_id=booking, customer_id=row.customer_id, vehicle_id=row.vehicle_id,
                                   status=OrderStatus.RECEPTION, arrived_at=work.now)).id  # fmt: skip
    for status, words in (
        (OrderStatus.RECEPTION, "Welcome, please take a seat"),
        (OrderStatus.IN_WORK, "In the workshop"),
        (OrderStatus.READY, "Ready to collect"),
    ):
        with unit_of_work(garage) as work:
            work.get(WorkOrder, order).status = status
        assert words in client.get(path).text
    with unit_of_work(garage) as work:
        work.get(WorkOrder, order).status = OrderStatus.DELIVERED
    assert "张**" not in client.get(path).text


def test_the_feed_answers_304_until_something_happens(client: TestClient, garage: Workspace) -> None:
    _booking(garage)
    path = _link(garage, LinkPurpose.FEED)
    first = client.get(path)
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    tag, date = first.headers["etag"], first.headers["last-modified"]
    for asked in ({"if-none-match": tag}, {"if-none-match": f'"x", W/{tag}'}, {"if-modified-since": date}):
        again = client.get(path, headers=asked)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    for asked in ({"if-none-match": '"x"', "if-modified-since": date}, {"if-modified-since": "rubbish"},
                  {"if-modified-since": "Wed, 01 Jan 99999999999 00:00:00 GMT"}):  # fmt: skip
        assert client.get(path, headers=asked).status_code == 200
    _booking(garage, "B261123-02", "AB12 CDE")
    with unit_of_work(garage) as work:
        work.event(work.get(Appointment, 2), "created")
    assert client.get(path, headers={"if-none-match": tag}).status_code == 200


def test_the_customers_file_is_in_the_customers_language(client: TestClient, garage: Workspace) -> None:
    booking = _booking(garage)
    answer = client.get(_link(garage, LinkPurpose.APPOINTMENT, booking))
    assert answer.headers["content-disposition"] == 'attachment; filename="appointment.ics"'
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert "Vehicle licence" in str(event["description"])
    assert event.decoded("dtstart") == MONDAY_9 + timedelta(hours=1)
