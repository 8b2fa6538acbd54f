"""Reckons what is due for cars that came into the files in bulk, by an import or from an older release, a few at a time."""

import asyncio
import logging

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
