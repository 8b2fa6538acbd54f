"""Signing in and out on a plain page that needs no JavaScript: choose your name, type your PIN."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.i18n import translate
from services.pins import DEMO_PIN
from services.refusals import Refusal
from services.sign_in import people_to_choose, session_person, sign_in, sign_out
from services.work import Work, reading, unit_of_work
from services.workspace import Person
from web import cookies
from web.forms import small_form
from web.place import language, local_path, page, workspace


@dataclass(frozen=True)
class Choice:
    """One name to tap."""

    id: int
    name: str
    roles: str


async def show(request: Request) -> Response:
    """The names; with `?switch=1` for the next person at a tablet somebody is signed in at."""
    query = request.query_params
    return await run_sync(_draw, request, query.get("staff", ""), query.get("next"), bool(query.get("switch")), "")


async def enter(request: Request) -> Response:
    """Check name and PIN; a refusal shows the page again with the name still chosen."""
    form = {name: value for name, value in (await small_form(request)).items() if isinstance(value, str)}
    return await run_sync(_enter, request, form)


async def leave(request: Request) -> Response:
    """End the session everywhere: its row is over, whoever has its cookie."""
    if cookies.from_elsewhere(request):
        return RedirectResponse("/", HTTPStatus.SEE_OTHER)
    await run_sync(_end, request)
    answer = RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
    cookies.take(answer)
    return answer


def _enter(request: Request, form: dict[str, str]) -> Response:
    staff, wanted, switch = form.get("staff", ""), form.get("next"), bool(form.get("switch"))
    if cookies.from_elsewhere(request):
        return _draw(request, staff, wanted, switch, "")
    try:
        token = sign_in(
            workspace(request), int(staff) if staff.isascii() and staff.isdigit() else 0, form.get("pin", "")
        )
    except Refusal as refusal:
        return _draw(request, staff, wanted, switch, refusal.say(language(request)))
    _end(request)  # whoever had this tablet before
    answer = RedirectResponse(local_path(wanted), HTTPStatus.SEE_OTHER)
    cookies.give(request, answer, token)
    return answer


def _end(request: Request) -> None:
    if token := cookies.token_of(request):
        with unit_of_work(workspace(request)) as work:
            sign_out(work, token)


def _draw(request: Request, staff: str, wanted: str | None, switch: bool, refusal: str) -> Response:
    with reading(workspace(request)) as work:
        here = session_person(work, cookies.token_of(request)) if switch else None
        values: dict[str, Any] = {
            "garage": work.garage.name,
            "demo_pin": DEMO_PIN if work.garage.demo else "",
            "here": _name(here),
        }
        values["people"] = _choices(work, language(request))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    values |= {"chosen": staff, "next": local_path(wanted), "switch": switch, "refusal": refusal}
    return page(request, "sign_in.html", status, **values)


def _name(person: Person | None) -> str:
    return person.name if person else ""


def _choices(work: Work, lang: str) -> list[Choice]:
    return [
        Choice(person.id, person.name, " · ".join(translate(lang, role.label) for role in roles))
        for person, roles in people_to_choose(work)
    ]


ROUTES = [
    Route("/sign-in", show, methods=["GET"]),
    Route("/sign-in", enter, methods=["POST"]),
    Route("/sign-out", leave, methods=["GET", "POST"]),
]
