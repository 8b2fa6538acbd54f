"""What the server does before the first request and beside all others."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

from db.migrate import upgrade
from services.health_templates import put_standard_checks
from services.settings import Settings
from services.setup import is_set_up
from services.work import reading, unit_of_work
from services.workspace import Workspace, live
from web.demo import builder
from web.gateways import gateways
from web.live_feed import board
from web.reckoner import keep_cases, keep_reckoning
from web.worker import keep_sending

log = logging.getLogger(__name__)


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Newest schema, demo garage when asked for, heavy imports; then the background tasks until the server stops."""
    logging.getLogger("uvicorn.access").disabled = True  # Streamlit turns it on again; it costs time and fills the log
    ws = live()
    await asyncio.to_thread(_prepare, ws)
    _warm_up()
    background = (
        board.watch(ws.engine),
        keep_sending(ws, gateways(Settings().notify_urls)),
        keep_reckoning(ws),
        keep_cases(ws),
    )
    tasks = [asyncio.create_task(work) for work in background]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _prepare(ws: Workspace) -> None:
    upgrade(ws.engine)
    settings = Settings()
    with reading(ws) as work:
        empty = not is_set_up(work)
    if not empty:
        with unit_of_work(ws) as work:
            put_standard_checks(work)  # a garage from an older release has none yet
    elif settings.demo:
        log.info("making the demo garage; this takes up to a minute")
        builder()(ws, settings.demo_language)


def _warm_up() -> None:
    """Load what the first visitor would wait for, then keep the collector from ever walking through it again."""
    for module in ("pandas", "altair", "pyarrow"):
        import_module(module)
    gc.collect()
    gc.freeze()
