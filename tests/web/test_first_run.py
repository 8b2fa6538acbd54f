"""The first-run page: my garage or the demo garage."""

import threading
import time
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

import web.demo
from services.setup import NewGarage, set_up_garage
from services.work import unit_of_work
from services.workspace import Workspace
from web.demo import DemoLoading

FORM = {
    "name": "Mill Lane <Garage>",
    "address": "1 Mill Lane",
    "phone": "020 7946 0958",
    "zone": "Europe/London",
    "currency": "GBP",
    "language": "en",
    "opens_0": "08:00",
    "closes_0": "18:00",
    "bay_name_0": "Lift 1",
    "bay_kind_0": "lift",
    "manager": "Max Manager",
    "pin": "4711",
    "pin_again": "4711",
}


def test_the_page_speaks_the_browsers_language_and_offers_what_is_usual_there(untouched: TestClient) -> None:
    english = untouched.get("/setup", headers={"accept-language": "en"}).text
    chinese = untouched.get("/setup", headers={"accept-language": "zh-CN"}).text
    assert "Set up my garage" in english
    assert "<option selected>Europe/London</option>" in english
    assert "创建我的门店" in chinese
    assert "<option selected>Asia/Shanghai</option>" in chinese
    assert 'value="CNY" selected' in chinese


def test_the_garage_is_made_and_its_manager_signed_in(untouched: TestClient) -> None:
    answer = untouched.post("/setup", data=FORM)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert untouched.get("/today").status_code == 200
    assert "Mill Lane &lt;Garage&gt;" in untouched.get("/sign-in").text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Please fill in: Name of the garage."),
        ({"pin": "abcd", "pin_again": "abcd"}, "A PIN has 4 to 8 digits and nothing else."),
        ({"pin_again": "4712"}, "The two PINs differ."),
        ({"closes_0": "07:00"}, "The end lies before the start."),
        ({"phone": "nonsense"}, "This phone number cannot be read."),
        ({"zone": "x"}, "Time zone: choose one from the list."),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_stays(
    untouched: TestClient, wrong: dict[str, str], sentence: str
) -> None:
    answer = untouched.post("/setup", data=FORM | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    for name in ("address", "opens_0", "bay_name_0", "manager"):
        assert f'name="{name}" value="{FORM[name]}"' in answer.text.replace('type="time" ', "")
    assert untouched.get("/today").headers["location"] == "/setup"


@pytest.fixture
def slow_demo(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A demo garage that is finished when the test says so."""
    finish = threading.Event()

    def build(ws: Workspace, language: str) -> None:
        with unit_of_work(ws) as work:
            zone = "Asia/Shanghai" if language == "zh_CN" else "Europe/London"
            set_up_garage(work, NewGarage("Demo", "1 Mill Lane", "+442079460958", zone, "GBP", language, {0: ("8", "18")},
                                          [("Lift", "lift")], "Max", "1234"))  # fmt: skip
        assert finish.wait(10)

    monkeypatch.setattr(web.demo, "builder", lambda: build)
    yield finish
    finish.set()
    _wait_until_done()


def test_the_demo_garage_loads_behind_a_page_that_refreshes_itself(
    untouched: TestClient, slow_demo: threading.Event
) -> None:
    answer = untouched.post("/setup/demo")
    assert (answer.status_code, answer.headers["location"]) == (303, "/setup")
    page = untouched.get("/setup").text
    assert 'http-equiv="refresh"' in page
    assert untouched.get("/sign-in").headers["location"] == "/setup"
    untouched.post("/setup/demo")
    slow_demo.set()
    _wait_until_done()
    assert untouched.get("/setup").headers["location"] == "/"
    assert untouched.get("/sign-in").status_code == 200


def test_a_demo_that_fails_says_so_and_the_form_is_still_there(
    untouched: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_ws: Workspace, _language: str) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(web.demo, "builder", lambda: broken)
    untouched.post("/setup/demo")
    _wait_until_done()
    page = untouched.get("/setup").text
    assert "The demo garage could not be made." in page
    assert "disk full" not in page
    monkeypatch.setattr(DemoLoading, "failed", False)


def _wait_until_done() -> None:
    until = time.monotonic() + 10
    while DemoLoading.busy():
        assert time.monotonic() < until
        time.sleep(0.01)
