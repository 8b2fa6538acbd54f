"""What a customer's private link opens: the visit's page with its photos, the answer sent from it, its two papers as PDF."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.addresses import order_path, public_url
from services.check_in_paper import check_in_sheet_data
from services.i18n import LANGUAGES
from services.order_after import sheet_paper, statement_paper
from services.order_asked import shown_photo
from services.order_links import opened_order
from services.order_page import order_page, page_language
from services.paper_cache import PaperCache
from services.refusals import NotFound, Refusal
from services.visit import Visit, visit
from services.work import Work, reading, unit_of_work
from services.work_order_paper import work_order_data
from web import cookies
from web.forms import small_form
from web.order_answer import Filled, keep_answer
from web.place import page, workspace

_UNSEEN = {"X-Robots-Tag": "noindex, nofollow"}
_CACHE = PaperCache()
Made = Callable[[Work, Visit, str], tuple[dict[str, Any], dict[str, bytes]]]
PAPERS: dict[str, tuple[str, Made]] = {
    "work-order": ("work_order", work_order_data),
    "check-in": ("check_in_sheet", check_in_sheet_data),
    "statement": ("statement", statement_paper),
    "delivery": ("delivery_sheet", sheet_paper),
}


async def order(request: Request) -> Response:
    """The visit's page, in the customer's language or the one in `?lang=`."""
    return await run_sync(_answer, request, _page)


async def answer(request: Request) -> Response:
    """The customer's answer about extra work; kept, the page is shown anew and says so."""
    filled = Filled.of(await small_form(request))
    return await run_sync(_answer, request, lambda request, token: _answered(request, token, filled))


async def photo(request: Request) -> Response:
    """A photo of what was found on the car."""
    return await run_sync(_answer, request, _photo)


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


def _page(request: Request, token: str, filled: Filled | None = None, refused: Refusal | None = None) -> Response:
    with reading(workspace(request)) as work:
        one = order_page(work, token, filled.language if filled else request.query_params.get("lang"))
    others = {code: name for code, name in LANGUAGES.items() if code != one.language}
    said = refused.say(one.language) if refused else ""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return page(request, "order.html", status, lang=one.language, one=one, token=token, others=others,
                filled=filled or Filled({}), refused=said, kept="answered" in request.query_params)  # fmt: skip


def _answered(request: Request, token: str, filled: Filled) -> Response:
    """Only what the page asks at this moment can be answered; nothing typed is lost when it is refused."""
    if cookies.from_elsewhere(request):
        return _page(request, token, filled)
    try:
        with unit_of_work(workspace(request)) as work:
            one = order_page(work, token, filled.language)
            keep_answer(work, token, one.asked, filled, one.language)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(request, token, filled, refusal)
    return RedirectResponse(f"/order/{token}?answered=1&lang={one.language}", HTTPStatus.SEE_OTHER)


def _photo(request: Request, token: str) -> Response:
    with reading(workspace(request)) as work:
        data = shown_photo(work, token, request.path_params["key"])
    return Response(data, headers={"Cache-Control": "private, max-age=3600"}, media_type="image/jpeg")


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


ROUTES = [
    Route("/order/{token}", order),
    Route("/order/{token}", answer, methods=["POST"]),
    Route("/order/{token}/photo/{key:int}.jpg", photo),
    Route("/order/{token}/{paper}.pdf", paper),
]
