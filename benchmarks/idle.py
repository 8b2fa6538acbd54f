"""Tablets that show the workshop's board while nobody does anything: what they cost, and how soon they are told of a change."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from time import monotonic

from benchmarks.figures import Figure
from benchmarks.garages import Garage
from benchmarks.server import Server, serving
from benchmarks.tablets import REPAIRS
from benchmarks.wire import WireTablet, sign_in
from db.engine import make_engine
from services.people import people_with
from services.pins import DEMO_PIN
from services.work import reading, unit_of_work
from services.workspace import Workspace

TABLETS, SECONDS, CHANGES = 10, 20.0, 5
PERCENT, SOON = 1.0, 5.0  # of a core for an idle tablet; seconds until a board is told


def measure(garage: Garage, folder: Path, tablets: int = TABLETS, seconds: float = SECONDS) -> Iterator[Figure]:
    """On a copy: the server without tablets and with them, and the slowest of some changes until every tablet was told."""
    copy = garage.copy(folder / "idle.db")
    ws = Workspace(make_engine(copy.url), folder)
    with reading(ws) as work:
        people = [person.id for person in people_with(work, REPAIRS)]
    with serving(copy.file, folder) as server:
        alone, beside, told, needless = asyncio.run(_watch(ws, server, people, tablets, seconds))
    ws.engine.dispose()
    yield Figure("idle_server", alone, "% of a core")
    yield Figure("idle_tablet", (beside - alone) / tablets, "% of a core", PERCENT)
    yield Figure("idle_redraws", needless, "redraws", 0)
    yield Figure("board_told", told, "s", SOON)


async def _watch(
    ws: Workspace, server: Server, people: list[int], tablets: int, seconds: float
) -> tuple[float, float, float, int]:
    alone = await _percent(server, seconds)
    cookies = [await asyncio.to_thread(sign_in, server, people[n % len(people)], DEMO_PIN) for n in range(tablets)]
    screens = [await WireTablet.open(server, cookie, "workshop") for cookie in cookies]
    feeds = [_versions(server, cookie) for cookie in cookies]
    for feed in feeds:
        await anext(feed)  # what is true when it begins
    told = [asyncio.ensure_future(anext(feed)) for feed in feeds]
    await asyncio.sleep(2)
    beside = await _percent(server, seconds)
    needless, slowest = sum(one.done() for one in told), 0.0
    for _ in range(CHANGES):
        begun = monotonic()
        await asyncio.to_thread(_change, ws)
        await asyncio.gather(*told)
        slowest = max(slowest, monotonic() - begun)
        told = [asyncio.ensure_future(anext(feed)) for feed in feeds]
    for one in told:
        one.cancel()
    await asyncio.gather(*told, *(screen.close() for screen in screens), return_exceptions=True)
    return alone, beside, slowest, needless


async def _percent(server: Server, seconds: float) -> float:
    """How much of a core the server uses over that time."""
    begun, used = monotonic(), server.worked()
    await asyncio.sleep(seconds)
    return (server.worked() - used) / (monotonic() - begun) * 100


async def _versions(address: str, cookie: str) -> AsyncIterator[str]:
    """What the server pushes to one tablet: a version each time something happened."""
    host, port = address.split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET /events/board HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\n\r\n".encode())
    try:
        while line := await reader.readline():
            if line.startswith(b"data:"):
                yield line[5:].strip().decode()
    finally:
        writer.close()


def _change(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        work.event(work.garage, "measured")
