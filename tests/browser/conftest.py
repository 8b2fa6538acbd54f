"""One browser, one server and one garage for all journeys; a tablet is a browser context with its own cookies."""

import os
import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.garage import House, put_garage, running
from tests.browser.tablet import Tablet

LANDSCAPE, PORTRAIT = (1180, 820), (820, 1180)
LOCALES = {"en": "en-GB", "zh_CN": "zh-CN"}
RESULTS = Path(__file__).parents[2] / "test-results"
Hand = Callable[..., Tablet]
_failed = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The distribution's Chromium."""
    return {
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": ["--no-sandbox", "--disable-gpu"],
    }


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The small garage, open now, served as `python Home.py` serves it."""
    folder = tmp_path_factory.mktemp("house")
    with running(folder, put_garage(folder)) as started:
        yield started


@pytest.fixture
def hand(request: pytest.FixtureRequest, browser: Browser, house: House) -> Iterator[Hand]:
    """`hand("zh_CN")` hands over a tablet in that language; when the test fails, its last screen is kept in test-results/."""
    tablets: list[Tablet] = []

    def over(language: str = "en", size: tuple[int, int] = LANDSCAPE) -> Tablet:
        tablets.append(new_tablet(browser, house, language, size))
        return tablets[-1]

    yield over
    name = re.sub(r"\W+", "-", request.node.name)
    for number, tablet in enumerate(tablets):
        if request.node.stash.get(_failed, False):
            tablet.picture(RESULTS / f"{name}-{number}.png")
        tablet.page.context.close()
    assert [problem for tablet in tablets for problem in tablet.problems] == []


def new_tablet(browser: Browser, house: House, language: str = "en", size: tuple[int, int] = LANDSCAPE) -> Tablet:
    """A browser context with touch, in that language and size."""
    width, height = size
    view: ViewportSize = {"width": width, "height": height}
    return Tablet(browser.new_context(viewport=view, has_touch=True, locale=LOCALES[language]), house, language)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember a failure, so that the fixture can keep a picture of it."""
    report = yield
    item.stash[_failed] = item.stash.get(_failed, False) or report.failed
    return report
