"""The first run: set up my garage, or open the demo garage. A plain form that keeps what was typed."""

from http import HTTPStatus
from typing import Any

from anyio.to_thread import run_sync
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from db.enums import BayKind
from services.i18n import LANGUAGES, N_, translate
from services.refusals import Refusal
from services.setup import NewGarage, PinsDiffer, currencies, set_up_garage, zones
from services.sign_in import open_session
from services.work import unit_of_work
from web import cookies
from web.demo import DemoLoading
from web.forms import small_form
from web.place import language, page, workspace

WEEKDAYS = [N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday")]
_BAYS_SHOWN = 6
_USUAL = {"en": ("Europe/London", "GBP"), "zh_CN": ("Asia/Shanghai", "CNY")}


async def show(request: Request) -> Response:
    """The form and the way to the demo garage; while that loads, its progress."""
    if DemoLoading.busy():
        return page(request, "progress.html")
    return _form(request, _usual(request), _trouble(request))


async def enter(request: Request) -> Response:
    """Make the garage and sign its first manager in."""
    form = await small_form(request)
    if cookies.from_elsewhere(request) or DemoLoading.busy():
        return RedirectResponse("/setup", HTTPStatus.SEE_OTHER)
    try:
        token = await run_sync(_set_up, request, form)
    except Refusal as refusal:
        typed = {name: value for name, value in form.items() if isinstance(value, str)}
        return _form(request, typed, refusal.say(language(request)), HTTPStatus.UNPROCESSABLE_ENTITY)
    answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
    cookies.give(request, answer, token)
    return answer


async def demo(request: Request) -> Response:
    """Begin to load the demo garage, in the browser's language."""
    if not cookies.from_elsewhere(request):
        DemoLoading.start(workspace(request), language(request))
    return RedirectResponse("/setup", HTTPStatus.SEE_OTHER)


def _set_up(request: Request, form: FormData) -> str:
    if _text(form, "pin") != _text(form, "pin_again"):
        raise PinsDiffer
    with unit_of_work(workspace(request)) as work:
        manager = set_up_garage(work, _read(form))
        return open_session(work, manager.id)[1]


def _read(form: FormData) -> NewGarage:
    fields = ("name", "address", "phone", "zone", "currency", "language", "manager", "pin")
    bays = sum(name.startswith("bay_name_") for name in form)
    return NewGarage(
        **{name: _text(form, name) for name in fields},
        hours={day: (_text(form, f"opens_{day}"), _text(form, f"closes_{day}")) for day in range(7)},
        bays=[(_text(form, f"bay_name_{n}"), _text(form, f"bay_kind_{n}")) for n in range(bays)],
    )


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _usual(request: Request) -> dict[str, str]:
    """What the form begins with: open on weekdays and Saturday morning, two lifts."""
    lang = language(request)
    zone, currency = _USUAL[lang]
    hours = {f"opens_{day}": "08:00" for day in range(6)} | {f"closes_{day}": "18:00" for day in range(5)}
    lifts = {f"bay_name_{n}": f"{translate(lang, 'Lift')} {n + 1}" for n in range(2)}
    return {"zone": zone, "currency": currency, "language": lang, "closes_5": "13:00", **hours, **lifts}


def _trouble(request: Request) -> str:
    return "" if not DemoLoading.failed else _FAILED.say(language(request))


def _form(request: Request, typed: dict[str, str], refusal: str, status: int = HTTPStatus.OK) -> Response:
    values: dict[str, Any] = {
        "typed": typed,
        "zones": list(zones()),
        "currencies": currencies(language(request)),
        "languages": LANGUAGES,
        "weekdays": WEEKDAYS,
        "bays": range(_BAYS_SHOWN),
        "kinds": list(BayKind),
    }
    return page(request, "setup.html", status, refusal=refusal, **values)


class _DemoFailed(Refusal):
    """The demo garage could not be made. The log of the server says why."""


_FAILED = _DemoFailed()
ROUTES = [
    Route("/setup", show, methods=["GET"]),
    Route("/setup", enter, methods=["POST"]),
    Route("/setup/demo", demo, methods=["POST"]),
]
