"""The sign-in page: a plain form, no JavaScript needed."""

import pytest
from starlette.testclient import TestClient

from db.enums import Role
from services.staff import change_person
from services.work import unit_of_work
from services.workspace import Workspace
from tests.web.conftest import ADA, TOM, make_client


def test_the_page_offers_everyone_by_name_with_roles(client: TestClient) -> None:
    text = client.get("/sign-in").text
    assert "Tom Technician" in text
    assert "Quality inspector" in text
    assert f'name="staff" value="{TOM}"' in text
    assert 'name="pin"' in text
    assert "1234" not in text


def test_name_and_pin_open_the_page_that_was_asked_for(client: TestClient) -> None:
    answer = client.post("/sign-in", data={"staff": TOM, "pin": "4711", "next": "/today?order=12"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/today?order=12")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert client.get("/today").status_code == 200


def test_over_https_the_cookie_never_travels_in_the_clear(garage: Workspace) -> None:
    browser = make_client(garage)
    browser.base_url = "https://garage.example"
    assert "Secure" in browser.post("/sign-in", data={"staff": TOM, "pin": "4711"}).headers["set-cookie"]


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\\/evil", "javascript:alert(1)", "/a\r\nSet-Cookie: x=1", "",
     "/sign-out", "/sign-in?next=/sign-in", "/\t/evil.example"],
)  # fmt: skip
def test_the_next_page_is_always_one_of_ours(client: TestClient, wanted: str) -> None:
    answer = client.post("/sign-in", data={"staff": TOM, "pin": "4711", "next": wanted})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    ("pin", "english", "chinese"),
    [
        ("0000", "This PIN is wrong.", "PIN 码不正确。"),
        ("abcd", "A PIN has 4 to 8 digits and nothing else.", "PIN 码为 4 至 8 位数字。"),
        ("", "Please fill in: PIN.", "请填写：PIN 码。"),
        ("9" * 90_000, "A PIN has 4 to 8 digits and nothing else.", "PIN 码为 4 至 8 位数字。"),
    ],
)
def test_a_wrong_pin_is_one_clear_sentence_and_the_name_stays_chosen(
    client: TestClient, pin: str, english: str, chinese: str
) -> None:
    for language, sentence in (("en-GB,en", english), ("zh-CN,zh;q=0.9", chinese)):
        form = {"staff": TOM, "pin": pin, "next": "/today"}
        answer = client.post("/sign-in", data=form, headers={"accept-language": language})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert f'value="{TOM}" checked' in answer.text
        assert 'name="next" value="/today"' in answer.text
        assert "set-cookie" not in answer.headers
        assert pin not in answer.text or not pin


@pytest.mark.parametrize("staff", ["", "0", "-1", "abc", "999999999999", "١", "<script>"])
def test_nobody_chosen_is_said(client: TestClient, staff: str) -> None:
    answer = client.post("/sign-in", data={"staff": staff, "pin": "4711"})
    assert answer.status_code == 422
    assert "Choose your name." in answer.text
    assert "<script>" not in answer.text.replace('<script src="/assets/pad.js" defer></script>', "")


def test_five_wrong_pins_lock_and_the_page_says_so(client: TestClient) -> None:
    for _ in range(5):
        answer = client.post("/sign-in", data={"staff": TOM, "pin": "0000"})
    assert "Too many wrong PINs. Try again in 1 min" in answer.text
    assert client.post("/sign-in", data={"staff": TOM, "pin": "4711"}).status_code == 422
    assert client.post("/sign-in", data={"staff": ADA, "pin": "2222"}).status_code == 303


def test_names_are_text(garage: Workspace) -> None:
    with unit_of_work(garage) as work:
        change_person(work, int(TOM), name="<b>Tom</b> {{7*7}}", roles={Role.TECHNICIAN}, skills=set())
    text = make_client(garage).get("/sign-in").text
    assert "&lt;b&gt;Tom&lt;/b&gt; {{7*7}}" in text


def test_a_second_person_takes_the_tablet_over_and_the_first_is_out(tom: TestClient) -> None:
    before = tom.cookies["service_lane"]
    page = tom.get("/sign-in?switch=1&next=/today").text
    assert "Back to Tom Technician" in page
    answer = tom.post("/sign-in", data={"staff": ADA, "pin": "2222", "switch": "1", "next": "/today"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/today")
    assert tom.get("/today").status_code == 200
    tom.cookies = {"service_lane": before}
    assert tom.get("/today").status_code == 303


def test_a_wrong_pin_of_the_second_person_keeps_the_first_signed_in(tom: TestClient) -> None:
    answer = tom.post("/sign-in", data={"staff": ADA, "pin": "0000", "switch": "1"})
    assert answer.status_code == 422
    assert "Back to Tom Technician" in answer.text
    assert tom.get("/today").status_code == 200


def test_sign_out_ends_the_session_for_every_page_that_has_its_cookie(tom: TestClient, garage: Workspace) -> None:
    twin = make_client(garage)
    twin.cookies = {"service_lane": tom.cookies["service_lane"]}
    assert twin.get("/today").status_code == 200
    answer = tom.post("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert tom.get("/today").status_code == 303
    assert twin.get("/today").status_code == 303


def test_another_site_can_neither_sign_in_nor_out(tom: TestClient) -> None:
    elsewhere = {"sec-fetch-site": "cross-site"}
    token = tom.cookies["service_lane"]
    tom.post("/sign-out", headers=elsewhere)
    tom.cookies = {"service_lane": token}
    assert tom.get("/today").status_code == 200
    answer = tom.post("/sign-in", data={"staff": ADA, "pin": "2222"}, headers=elsewhere)
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers


def test_only_the_demo_garage_tells_its_pin(garage: Workspace) -> None:
    with unit_of_work(garage) as work:
        work.garage.demo = True
        work.db.add(work.garage)
    browser = make_client(garage)
    assert "Demo garage: the PIN of everyone is 1234." in browser.get("/sign-in").text
    assert "演示" in browser.get("/sign-in", headers={"accept-language": "zh-CN"}).text


def test_a_broken_form_is_refused_without_a_trace(client: TestClient) -> None:
    answer = client.post(
        "/sign-in", content=b"\xff\xfe%%%", headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 422
    upload = client.post("/sign-in", files={"staff": b"1", "pin": b"4711"})
    assert upload.status_code == 422
