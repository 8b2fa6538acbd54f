"""The welcome board on a large screen: it pages, keeps its clock, fetches itself anew and outlives a server that is away."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from starlette.testclient import TestClient

from db.engine import make_engine
from db.enums_desk import LinkPurpose
from services.links import end, give
from services.work import unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, make_garage
from tests.services.test_preparation import booked
from tests.web.conftest import make_client

pytestmark = pytest.mark.browser
BASE = "http://board.test"
REFRESH, TURN = 20_000, 10_000  # milliseconds, as web/static/welcome.js has them


class Board:
    """A screen that shows the board; `away` is a server that does not answer."""

    def __init__(self, page: Page, garage: Workspace, client: TestClient) -> None:
        self.page, self.garage, self.away = page, garage, False
        self._client = client
        page.clock.install(time=MONDAY_9)
        page.route(f"{BASE}/**", self._answer)

    def _answer(self, route: Route) -> None:
        if self.away:
            return route.abort()
        found = self._client.get(urlsplit(route.request.url).path)
        headers = {name: value for name, value in found.headers.items() if name != "content-length"}
        return route.fulfill(status=found.status_code, headers=headers, body=found.content)

    def open(self) -> None:
        with unit_of_work(self.garage) as work:
            token = give(work, LinkPurpose.WELCOME).token
        self.page.goto(f"{BASE}/welcome/{token}")

    def shown(self) -> list[str]:
        return self.page.locator("li:visible .plate").all_inner_texts()


@pytest.fixture
def board(browser: Browser, sqlite_url: str, tmp_path: Path) -> Iterator[Board]:
    garage = make_garage(make_engine(sqlite_url), tmp_path / "data")
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    problems: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    with make_client(garage) as client:
        yield Board(page, garage, client)
    context.close()
    assert problems == []


def _guests(ws: Workspace, first: int, last: int) -> None:
    for number in range(first, last):
        booked(ws, f"A{number:02d} XYZ", at=MONDAY_9.replace(minute=number), placed=False)


def test_many_cars_are_paged_through_and_none_is_left_out(board: Board) -> None:
    _guests(board.garage, 0, 14)
    board.open()
    expect(board.page.locator("#pages")).to_have_text("1 / 3")
    seen = []
    for _ in range(3):
        seen += board.shown()
        board.page.clock.run_for(TURN)
    assert seen == [f"A{n // 10} ***YZ" for n in range(14)]
    assert board.page.evaluate("document.body.scrollHeight <= innerHeight")


def test_a_new_booking_appears_by_itself_and_the_clock_goes_on(board: Board) -> None:
    _guests(board.garage, 0, 1)
    board.open()
    expect(board.page.locator("#clock")).to_have_text("09:00")
    _guests(board.garage, 10, 11)
    board.page.clock.run_for(REFRESH)
    expect(board.page.locator("li")).to_have_count(2)
    board.page.clock.run_for(19_000)
    board.away = True
    board.page.clock.run_for(90_000)
    expect(board.page.locator("#clock")).to_have_text("09:01")


def test_it_outlives_a_server_that_is_away(board: Board) -> None:
    _guests(board.garage, 0, 2)
    board.open()
    board.away = True
    board.page.clock.run_for(REFRESH)
    expect(board.page.locator("#offline")).to_be_visible()
    assert len(board.shown()) == 2
    board.away = False
    board.page.clock.run_for(REFRESH)
    expect(board.page.locator("#offline")).to_be_hidden()


def test_an_ended_address_shows_nothing_any_more(board: Board) -> None:
    _guests(board.garage, 0, 2)
    board.open()
    with unit_of_work(board.garage) as work:
        end(work, LinkPurpose.WELCOME)
    board.page.clock.run_for(REFRESH)
    expect(board.page.get_by_role("heading")).to_have_text("Not here any more")
    assert not board.shown()
