"""The gate with the plain pages behind it, and stand-ins for what Streamlit serves."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from services.staff import set_pin
from services.work import unit_of_work
from services.workspace import Workspace
from tests.factories import STAFF
from web.gate import Gate
from web.routes import ROUTES

TOM = str(list(STAFF).index("Tom Technician") + 1)
ADA = str(list(STAFF).index("Ada Advisor") + 1)
Start = Callable[..., TestClient]


async def _page(request: Request) -> Response:
    return JSONResponse({"path": request.url.path, "sid": request.headers.getlist("x-service-lane-sid")})


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json({"sid": socket.headers.getlist("x-service-lane-sid")})
    await socket.close()


def make_client(ws: Workspace) -> TestClient:
    """A browser without cookies in front of the gate. Redirects are looked at, not followed."""
    pages = [
        Route(f"/{path}", _page) for path in ("", "today", "media/a.png", "static/js/a.js", "_stcore/upload_file/1")
    ]
    app = Starlette(
        routes=[*ROUTES, *pages, WebSocketRoute("/_stcore/stream", _socket)],
        middleware=[Middleware(Gate, workspace=lambda: ws)],
    )
    return TestClient(app, follow_redirects=False)


@pytest.fixture
def garage(ws: Workspace) -> Workspace:
    """The small garage, in which Tom's PIN is 4711 and Ada's 2222."""
    with unit_of_work(ws) as work:
        set_pin(work, int(TOM), pin="4711")
        set_pin(work, int(ADA), pin="2222")
    return ws


@pytest.fixture
def client(garage: Workspace) -> Iterator[TestClient]:
    """A browser nobody has signed in at."""
    with make_client(garage) as browser:
        yield browser


@pytest.fixture
def tom(client: TestClient) -> TestClient:
    """A browser at which Tom is signed in."""
    answer = client.post("/sign-in", data={"staff": TOM, "pin": "4711"})
    assert answer.status_code == 303
    return client


@pytest.fixture
def untouched(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A browser before an empty database."""
    with make_client(Workspace(engine, tmp_path_factory.mktemp("data"))) as browser:
        yield browser
