"""Tells every open board that something happened, as server-sent events; one watcher per process.

An act leaves an event row, so the newest event ids are the version of all boards. On SQLite a file counter is looked
at first (microseconds, no query while nobody writes); on PostgreSQL the ids are read once a second.
"""

import asyncio
import contextlib
import logging
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from types import FrameType, TracebackType

from anyio.to_thread import run_sync
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from services.newest import newest

log = logging.getLogger(__name__)

_PING_SECONDS = 20.0
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class _Probe:
    """Reads the version over one connection of its own that never writes."""

    def __init__(self, engine: Engine) -> None:
        self._sqlite = engine.dialect.name == "sqlite"
        self._connection: Connection = engine.connect()
        self._counter = -1
        self._version = ""

    def __enter__(self) -> "_Probe":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def version(self) -> str:
        """The newest events as a short text that differs whenever one was added."""
        if not self._sqlite or self._file_changed():
            _, self._version = newest(self._connection)
        self._connection.rollback()  # a snapshot kept open would hide what comes next
        return self._version

    def _file_changed(self) -> bool:
        counter = int(self._connection.execute(text("PRAGMA data_version")).scalar_one())
        changed, self._counter = counter != self._counter, counter
        return changed


@contextlib.contextmanager
def _at_exit(close: Callable[[], None]) -> Iterator[None]:
    """Call `close` when the block ends or the server is told to stop: it waits for open streams before anything else."""
    loop = asyncio.get_running_loop()
    main = threading.current_thread() is threading.main_thread()
    before = {sign: signal.getsignal(sign) for sign in (signal.SIGINT, signal.SIGTERM)} if main else {}

    def stop(sign: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(close)
        handler = before[signal.Signals(sign)]
        if callable(handler):
            handler(sign, frame)

    for sign in before:
        signal.signal(sign, stop)
    try:
        yield
    finally:
        close()
        for sign, handler in before.items():
            signal.signal(sign, handler)


class Feed:
    """The version of the boards, and the streams that wait for the next one.

    `version` may be read from any thread: a page reads it before it reads the rows it draws. It is "" until the
    watcher has looked for the first time.
    """

    def __init__(self) -> None:
        self.version = ""
        self._changed = asyncio.Event()
        self._closed = False

    async def watch(self, engine: Engine, *, seconds: float | None = None) -> None:
        """Look for new events until cancelled; every 0.5 s on SQLite, every second on PostgreSQL. Survives a lost database."""
        pause = seconds or (0.5 if engine.dialect.name == "sqlite" else 1.0)
        with _at_exit(self.close):
            while True:
                with contextlib.suppress(SQLAlchemyError):
                    await self._look(engine, pause)
                log.warning("the live feed lost its database connection; trying again")
                await asyncio.sleep(pause * 4)

    async def _look(self, engine: Engine, pause: float) -> None:
        with await run_sync(_Probe, engine) as probe:
            while True:
                self.publish(await run_sync(probe.version))
                await asyncio.sleep(pause)

    def publish(self, version: str) -> None:
        """Wake every stream when `version` is another one than before. From the event loop's thread only."""
        if version != self.version:
            self.version = version
            self._wake()

    def close(self) -> None:
        """End every stream, so that the server can stop; browsers come back by themselves."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        woken, self._changed = self._changed, asyncio.Event()
        woken.set()

    async def lines(self) -> AsyncIterator[str]:
        """What one browser is sent: the version now, then each later one; a comment when nothing happens for long."""
        yield "retry: 2000\n\n"
        sent = ""
        while not self._closed:
            changed = self._changed
            if self.version != sent:
                sent = self.version
                yield f"data: {sent}\n\n"
                continue
            try:
                await asyncio.wait_for(changed.wait(), _PING_SECONDS)
            except TimeoutError:
                yield ": still here\n\n"

    async def stream(self, _request: Request) -> StreamingResponse:
        """The answer to `GET /events/board`; it ends when the browser leaves."""
        return StreamingResponse(self.lines(), media_type="text/event-stream", headers=_HEADERS)


board = Feed()
"""The feed of the live garage: start `board.watch(engine)` in the server's lifespan."""

ROUTES = [Route("/events/board", board.stream)]
