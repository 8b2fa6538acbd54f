"""Twenty tablets at once on the real server: signed in, over websockets, tapping once a second. Was every tap written, and once?

Each tablet shows the workshop's board. Cars are put on hold again and again; a tablet taps "Resume" on one it sees, now and then
twice in a row, often on one another tablet is about to take. A tap counts as acknowledged when the short message says so.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from sqlalchemy import update
from sqlmodel import col, select

from benchmarks.figures import Figure
from benchmarks.garages import Garage
from benchmarks.server import serving
from benchmarks.wire import Reply, WireTablet, sign_in
from db.engine import make_engine
from db.enums import HoldReason, OrderStatus, Role
from db.models import ClockEntry, Event, WorkOrder
from services.clocks import hold
from services.people import people_with
from services.pins import DEMO_PIN
from services.refusals import Refusal
from services.work import reading, unit_of_work
from services.workspace import Workspace

TABLETS, SECONDS, TWICE_IN = 20, 20.0, 8  # every eighth tap is a double one
REPAIRS = (Role.TECHNICIAN, Role.TEAM_LEADER, Role.SUPERVISOR, Role.MANAGER)


@dataclass
class Tally:
    """What the tablets saw."""

    taps: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    done: int = 0
    refused: int = 0
    failed: list[str] = field(default_factory=list)

    def tapped(self, reply: Reply) -> None:
        """Count one tap."""
        self.taps.append(reply.milliseconds)
        self.done += len(reply.toasts)
        self.refused += len(reply.alerts)
        self.failed += reply.exceptions


def measure(garage: Garage, folder: Path, tablets: int = TABLETS, seconds: float = SECONDS) -> Iterator[Figure]:
    """Let them tap for that long on a copy of the garage, then compare what they were told with what is written."""
    copy = garage.copy(folder / "tablets.db")
    ws = Workspace(make_engine(copy.url), folder)
    with unit_of_work(ws) as work:
        # The garage's clock stood still on another day; a clock that runs since then could not be stopped now.
        work.db.execute(
            update(ClockEntry).where(col(ClockEntry.ended_at).is_(None)).values(ended_at=ClockEntry.started_at)
        )
        people = [person.id for person in people_with(work, REPAIRS)]
        before = work.db.exec(select(Event.id).order_by(col(Event.id).desc()).limit(1)).first() or 0
    with serving(copy.file, folder) as address:
        tally = asyncio.run(_tap(ws, address, people, tablets, seconds))
    done, twice = written(ws, before)
    ws.engine.dispose()
    if tally.failed or not tally.done:
        raise RuntimeError(f"the tablets could not work: {tally.failed[:3] or 'no tap was accepted'}")
    yield Figure("tablets_at_once", tablets, "tablets")
    yield Figure("tablets_taps", len(tally.taps), "taps")
    yield Figure("tablets_taps_refused", tally.refused, "taps")
    yield Figure("tablets_writes_lost", tally.done - done, "writes", 0)
    yield Figure("tablets_writes_unasked", done - tally.done, "writes", 0)
    yield Figure("tablets_writes_twice", twice, "writes", 0)
    yield Figure("tablets_tap_p50", _slowest(tally.taps, 50), "ms")
    yield Figure("tablets_tap_p95", _slowest(tally.taps, 95), "ms")
    if tally.pages:
        yield Figure("tablets_page_p95", _slowest(tally.pages, 95), "ms")


def _slowest(times: list[float], percent: int) -> float:
    """The slowest of the fastest `percent` of a hundred."""
    return sorted(times)[min(len(times) * percent // 100, len(times) - 1)]


async def _tap(ws: Workspace, address: str, people: list[int], tablets: int, seconds: float) -> Tally:
    tally, until = Tally(), monotonic() + 3600
    cookies = [await asyncio.to_thread(sign_in, address, people[n % len(people)], DEMO_PIN) for n in range(tablets)]
    screens = [await WireTablet.open(address, cookie, "workshop") for cookie in cookies]
    until = monotonic() + seconds
    holding = asyncio.create_task(_keep_holding(ws, until))
    await asyncio.gather(*(_person(screen, tally, until, number) for number, screen in enumerate(screens)))
    await holding
    await asyncio.gather(*(screen.close() for screen in screens))
    return tally


async def _person(screen: WireTablet, tally: Tally, until: float, number: int) -> None:
    """About once a second: tap a car that can go on, or look at the board again when there is none."""
    chance = random.Random(number)
    while monotonic() < until:
        await asyncio.sleep(chance.uniform(0.7, 1.3))
        found = [button for button in screen.buttons.values() if button.key.startswith("resume_")]
        if found:
            tally.tapped(await screen.press(chance.choice(found), 1 + (chance.randrange(TWICE_IN) == 0)))
        else:
            tally.pages.append((await screen.reload()).milliseconds)


async def _keep_holding(ws: Workspace, until: float) -> None:
    """Somebody stops the cars again as soon as they go on."""
    while monotonic() < until:
        await asyncio.to_thread(_hold_all, ws)
        await asyncio.sleep(0.25)


def _hold_all(ws: Workspace) -> None:
    with reading(ws) as work:
        going = work.db.exec(select(WorkOrder.id).where(WorkOrder.status == OrderStatus.IN_WORK)).all()
    for key in going:
        try:
            with unit_of_work(ws) as work:
                hold(work, key, reason=HoldReason.TOOL)
        except Refusal:
            continue


def written(ws: Workspace, since: int) -> tuple[int, int]:
    """How many cars went on since that event, and how many of those without having been stopped before."""
    query = select(Event.subject_id, Event.action).where(
        Event.subject == "work_order", col(Event.id) > since, col(Event.action).in_(("resume", "hold"))
    )
    with reading(ws) as work:
        acts = work.db.exec(query.order_by(col(Event.id))).all()
    counted, last, twice = Counter(action for _, action in acts), dict[int, str](), 0
    for order, action in acts:
        twice += action == "resume" == last.get(order)
        last[order] = action
    return counted["resume"], twice
