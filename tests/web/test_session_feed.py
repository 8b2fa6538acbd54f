"""An open page hears at once that its session is over."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from services.sign_in import LASTS, open_session, sign_out
from services.staff import set_active
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9
from tests.web.conftest import ADA, TOM
from web.live_feed import Feed
from web.session_feed import lines


def _hear(ws: Workspace, key: int, then: Callable[[], None]) -> list[str]:
    """What a page hears: from the start, after an event of no meaning, and after `then`."""

    async def listen() -> list[str]:
        feed, heard = Feed(), []
        stream = lines(ws, key, feed)
        feed.publish("1-1")
        for _ in range(3):
            heard.append(await anext(stream))
        await asyncio.to_thread(then)
        feed.publish("2-3")
        feed.publish("3-6")
        async with asyncio.timeout(5):
            async for line in stream:
                heard.append(line)
                feed.close()
        return heard

    return [line.strip() for line in asyncio.run(listen())]


@pytest.mark.parametrize(
    ("act", "last"),
    [
        (sign_out, "data: gone"),
        (lambda work, _token: set_active(work, int(TOM), active=False), "data: gone"),
        (lambda work, _token: set_active(work, int(ADA), active=False), ": still here"),
    ],
)
def test_a_page_hears_the_end_of_its_own_session_only(
    garage: Workspace, act: Callable[[Work, str], None], last: str
) -> None:
    with unit_of_work(garage) as work:
        row, token = open_session(work, int(TOM))

    def then() -> None:
        with unit_of_work(garage) as work:
            act(work, token)

    heard = _hear(garage, row.id, then)
    assert heard[0] == "data: here"
    assert heard[-1] == last


def test_a_session_that_ran_out_is_over_too(garage: Workspace) -> None:
    with unit_of_work(garage) as work:
        row, _token = open_session(work, int(TOM))
    assert _hear(garage.at(MONDAY_9 + LASTS - timedelta(seconds=1)), row.id, lambda: None)[-1] == ": still here"

    async def first_two() -> list[str]:
        stream = lines(garage.at(MONDAY_9 + LASTS), row.id, Feed())
        return [(await anext(stream)).strip(), (await anext(stream)).strip()]

    assert asyncio.run(first_two()) == ["data: here", "data: gone"]
