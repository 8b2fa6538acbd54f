"""Makes up for what an import or an older release left: what is due for its cars, the words its cases are found by. A few at a
time."""

import asyncio
import logging

from services.case_texts import keep_older
from services.due_work import reckon_all, waiting
from services.setup import is_set_up
from services.work import reading, unit_of_work
from services.workspace import Workspace

log = logging.getLogger(__name__)
AT_ONCE = 200
EVERY_SECONDS = 5.0
BREATH = 0.1  # between two goes: a tablet that writes meanwhile gets its turn


async def keep_reckoning(ws: Workspace) -> None:
    """Reckon what waits every few seconds, until cancelled."""
    while True:
        more = False
        try:
            more = await asyncio.to_thread(reckon_some, ws)
        except Exception:
            log.exception("reckoning what is due failed; it goes on")
        await asyncio.sleep(BREATH if more else EVERY_SECONDS)


def reckon_some(ws: Workspace) -> bool:
    """Reckon some cars; whether there may be more. Nothing is locked when none waits."""
    with reading(ws) as work:
        if not is_set_up(work) or not waiting(work):
            return False
    with unit_of_work(ws) as work:
        return reckon_all(work, AT_ONCE) == AT_ONCE


async def keep_cases(ws: Workspace) -> None:
    """Once: the words of every case that has none yet, the newest first."""
    below: int | None = None
    more = True
    while more:
        try:
            below = await asyncio.to_thread(keep_some_cases, ws, below)
            more = below is not None
        except Exception:
            log.exception("keeping the words of earlier cases failed; it goes on")
            await asyncio.sleep(EVERY_SECONDS)
        await asyncio.sleep(BREATH)


def keep_some_cases(ws: Workspace, below: int | None = None) -> int | None:
    """Keep the words of some cases; where to go on, None when all have theirs."""
    with unit_of_work(ws) as work:
        return keep_older(work, below, AT_ONCE)
