"""What a customer's private link opens: the visit's page, and its two papers as PDF."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.addresses import order_path, public_url
from services.check_in_paper import check_in_sheet_data
from services.i18n import LANGUAGES
from services.order_links import opened_order
from services.order_page import order_page, page_language
from services.paper_cache import PaperCache
from services.refusals import NotFound
from services.visit import Visit, visit
from services.work import Work, reading
from services.work_order_paper import work_order_data
from web.place import page, workspace

_UNSEEN = {"X-Robots-Tag": "noindex, nofollow"}
_CACHE = PaperCache()
Made = Callable[[Work, Visit, str], tuple[dict[str, Any], dict[str, bytes]]]
PAPERS: dict[str, tuple[str, Made]] = {
    "work-order": ("work_order", work_order_data),
    "check-in": ("check_in_sheet", check_in_sheet_data),
}


async def order(request: Request) -> Response:
    """The visit's page, in the customer's language or the one in `?lang=`."""
    return await run_sync(_answer, request, _page)


async def paper(request: Request) -> Response:
    """One of the visit's papers, in the same language."""
    return await run_sync(_answer, request, _paper)


def _answer(request: Request, draw: Callable[[Request, str], Response]) -> Response:
    """What the token opens; the same 404 whatever is wrong with it."""
    try:
        answer = draw(request, request.path_params["token"])
    except NotFound:
        answer = page(request, "gone.html", HTTPStatus.NOT_FOUND)
    answer.headers.update(_UNSEEN)
    return answer


def _page(request: Request, token: str) -> Response:
    with reading(workspace(request)) as work:
        one = order_page(work, token, request.query_params.get("lang"))
    others = {code: name for code, name in LANGUAGES.items() if code != one.language}
    return page(request, "order.html", lang=one.language, one=one, token=token, others=others)


def _paper(request: Request, token: str) -> Response:
    """The words are read first and the paper is made after: no database waits for the printing."""
    wanted = request.path_params["paper"]
    if wanted not in PAPERS:
        raise NotFound
    name, made = PAPERS[wanted]
    with reading(workspace(request)) as work:
        one = visit(work, opened_order(work, token))
        language = page_language(work, one, request.query_params.get("lang"))
        data, pictures = made(work, one, language)
    code = (public_url() or str(request.base_url).rstrip("/")) + order_path(one.order.id)
    file = f"{one.order.number}-{wanted}-{language}.pdf"
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'inline; filename="{file}"'}
    return Response(_CACHE.pdf(name, data, language, code, pictures), headers=headers, media_type="application/pdf")


ROUTES = [Route("/order/{token}", order), Route("/order/{token}/{paper}.pdf", paper)]
