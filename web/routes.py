"""All addresses that are not Streamlit's."""

from http import HTTPStatus

from anyio.to_thread import run_sync
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from services.work import reading
from web import live_feed, order_page, private, session_feed, setup, sign_in
from web.place import FOLDER, workspace


async def healthz(request: Request) -> Response:
    """Whether server and database answer: 200, or 503."""
    well = await run_sync(_database_answers, request)
    return JSONResponse({"ok": well}, HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE)


def _database_answers(request: Request) -> bool:
    try:
        with reading(workspace(request)) as work:
            work.db.connection().execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


ROUTES: list[BaseRoute] = [
    Route("/healthz", healthz),
    Mount("/assets", StaticFiles(directory=FOLDER / "static")),
    *sign_in.ROUTES,
    *setup.ROUTES,
    *live_feed.ROUTES,
    *session_feed.ROUTES,
    *private.ROUTES,
    *order_page.ROUTES,
]
