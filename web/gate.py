"""The gate before everything: only a live session comes through, websocket and media included.

The cookie's token leads to a session row; its id goes on in a header that Streamlit trusts (`server.trustedUserHeaders`) and
shows to the script as `st.user["sid"]`. Whatever the client itself sends under that name is dropped.
"""

import re
from collections.abc import Callable
from urllib.parse import quote

from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from services.setup import is_set_up
from services.sign_in import seen, session_id
from services.work import reading, unit_of_work
from services.workspace import Workspace, live
from web.cookies import NAME
from web.demo import DemoLoading
from web.headers import guarded
from web.place import SCOPE

SESSION_HEADER = b"x-service-lane-sid"
_OURS = b"x-service-lane-"
_PLAIN = ("/sign-in", "/sign-out", "/setup", "/assets/", "/healthz", "/welcome/", "/feed/", "/appointment/",
          "/order/")  # fmt: skip
_OPEN = ("/sign-in", "/sign-out")
# Without data: the program's own files, and whether the server is up.
_HARMLESS = ("/assets/", "/healthz", "/static/", "/favicon.png", "/_stcore/health")
# Private links: their own token lets them in (web/private.py). Exactly these, so that nothing of Streamlit's slips through.
_PRIVATE = re.compile(
    r"/welcome/[\w-]{1,64}|/(feed|appointment)/[\w-]{1,64}\.ics|/order/[\w-]{1,64}"
    r"(/(work-order|check-in|statement|delivery)\.pdf|/photo/\d{1,9}\.jpg)?",
    re.ASCII,
)


class Gate:
    """ASGI middleware. `workspace` gives the garage's place; asked once, at the first request."""

    def __init__(self, app: ASGIApp, workspace: Callable[[], Workspace] = live) -> None:
        self._app = app
        self._make = workspace
        self._workspace: Workspace | None = None
        self._set_up = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through, send to sign-in or set-up, or refuse."""
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        scope, path = {**scope, "headers": _without_ours(scope)}, scope["path"]
        send = guarded(send, plain=_under(path, _PLAIN))
        if not _under(path, _HARMLESS):
            refused = await run_sync(self._judge, scope)
            if refused:
                return await _refuse(refused, scope, receive, send)
        scope[SCOPE] = self._place()
        return await self._app(scope, receive, send)

    def _place(self) -> Workspace:
        if self._workspace is None:
            self._workspace = self._make()
        return self._workspace

    def _judge(self, scope: Scope) -> str:
        """Where the request is sent instead; "" lets it through, with the session's id in a header when there is one."""
        path: str = scope["path"]
        if not self._ready():
            return "" if _under(path, ("/setup",)) else "/setup"
        if _under(path, ("/setup",)):
            return "/"
        if scope["type"] == "http" and _PRIVATE.fullmatch(path):
            return ""
        key = self._session(_token(scope), touch=scope["type"] == "websocket")
        if key:
            scope["headers"].append((SESSION_HEADER, str(key).encode()))
        return "" if key or _under(path, _OPEN) else "/sign-in?next=" + quote(_asked(scope), safe="")

    def _ready(self) -> bool:
        """Whether there is a garage, and not one that is just being filled with demo data."""
        if DemoLoading.busy():
            return False
        if not self._set_up:
            with reading(self._place()) as work:
                self._set_up = is_set_up(work)
        return self._set_up

    def _session(self, token: str, *, touch: bool) -> int | None:
        if not token:
            return None
        with reading(self._place()) as work:
            key = session_id(work, token)
        if key and touch:
            with unit_of_work(self._place()) as work:
                seen(work, key)
        return key


def _under(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(place.rstrip("/") + "/") for place in places)


def _without_ours(scope: Scope) -> list[tuple[bytes, bytes]]:
    # Underscores too: some servers in front treat them like hyphens.
    return [(name, value) for name, value in scope["headers"] if not name.lower().replace(b"_", b"-").startswith(_OURS)]


def _token(scope: Scope) -> str:
    return cookie_parser(Headers(scope=scope).get("cookie", "")).get(NAME, "")


def _asked(scope: Scope) -> str:
    query = scope["query_string"].decode("latin-1")
    return str(scope["path"]) + (f"?{query}" if query else "")


async def _refuse(instead: str, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        return await send({"type": "websocket.close", "code": 1008})  # before accepting: the client sees 403
    reads_page = scope["method"] in ("GET", "HEAD") and not _under(
        scope["path"], ("/media", "/_stcore", "/component", "/events")
    )
    answer: Response = (
        RedirectResponse(instead, 303)
        if reads_page or instead in ("/", "/setup")
        else PlainTextResponse("sign in first", 401)
    )
    return await answer(scope, receive, send)
