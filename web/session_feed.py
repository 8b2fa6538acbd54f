"""Tells an open page the moment its session ends, so that a signed-out tablet shows nothing any more."""

from collections.abc import AsyncIterator

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from services.people import person_in
from services.work import reading
from services.workspace import Workspace
from web.gate import SESSION_HEADER
from web.live_feed import Feed, board
from web.place import workspace

HERE, GONE = "here", "gone"


async def lines(ws: Workspace, session: int, feed: Feed = board) -> AsyncIterator[str]:
    """What one page is sent: that its session lives, and the end of it. Asked after every event and every few seconds."""
    yield f"data: {HERE}\n\n"
    async for _line in feed.lines():
        if not await run_sync(_lives, ws, session):
            yield f"data: {GONE}\n\n"
            return
        yield ": still here\n\n"


def _lives(ws: Workspace, session: int) -> bool:
    with reading(ws) as work:
        return person_in(work, session) is not None


async def stream(request: Request) -> StreamingResponse:
    """The answer to `GET /events/session`. The gate has put the session's id into the header."""
    session = int(request.headers[SESSION_HEADER.decode()])
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(lines(workspace(request), session), media_type="text/event-stream", headers=headers)


ROUTES = [Route("/events/session", stream)]
