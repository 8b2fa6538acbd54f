"""What a private link opens without signing in: the welcome board, the calendar feed, one booking as a calendar file."""

from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from http import HTTPStatus

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from db.enums_desk import LinkPurpose
from services.calendar_feed import feed_file, feed_version
from services.calendar_files import appointment_file
from services.i18n import LANGUAGES, translate
from services.links import open_link
from services.refusals import NotFound
from services.welcome import guests
from services.work import Work, reading
from web.place import page, workspace

_UNSEEN = {"X-Robots-Tag": "noindex, nofollow"}
_CALENDAR = "text/calendar; charset=utf-8"


async def welcome(request: Request) -> Response:
    """The board of today's booked cars, in the garage's language."""
    return await run_sync(_answer, request, LinkPurpose.WELCOME)


async def feed(request: Request) -> Response:
    """The garage's bookings to subscribe to; 304 when nothing happened since the last time."""
    return await run_sync(_answer, request, LinkPurpose.FEED)


async def appointment(request: Request) -> Response:
    """One booking as a calendar file."""
    return await run_sync(_answer, request, LinkPurpose.APPOINTMENT)


def _answer(request: Request, purpose: LinkPurpose) -> Response:
    """What the token opens; the same 404 whatever is wrong with it."""
    with reading(workspace(request)) as work:
        try:
            link = open_link(work, request.path_params["token"], purpose)
            answer = _DRAW[purpose](request, work, link.subject_id or 0)
        except NotFound:
            answer = page(request, "gone.html", HTTPStatus.NOT_FOUND)
    answer.headers.update(_UNSEEN)
    return answer


def _welcome(request: Request, work: Work, _subject: int) -> Response:
    lang, local = work.garage.language, work.local(work.now)
    other = next(name for name in LANGUAGES if name != lang)
    return page(
        request,
        "welcome.html",
        lang=lang,
        also=partial(translate, other),
        other_language=other.replace("_", "-"),
        garage=work.garage.name,
        clock=f"{local:%H:%M}",
        seconds=local.hour * 3600 + local.minute * 60 + local.second,
        guests=[(f"{work.local(one.at):%H:%M}", one) for one in guests(work)],
    )


def _feed(request: Request, work: Work, _subject: int) -> Response:
    version, since = feed_version(work)
    headers = {
        "ETag": f'"{version}"',
        "Last-Modified": format_datetime(since.replace(microsecond=0), usegmt=True),
        "Cache-Control": "private, no-cache",  # kept by nobody but who asks, and asked for again every time
    }
    if _unchanged(request, headers["ETag"], since):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(feed_file(work), headers=headers, media_type=_CALENDAR)


def _unchanged(request: Request, tag: str, since: datetime) -> bool:
    """Whether the asker has this version already; a tag counts more than a date."""
    known = request.headers.get("if-none-match")
    if known is not None:
        return tag in {one.strip().removeprefix("W/") for one in known.split(",")}
    try:
        asked = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (ValueError, OverflowError):  # a year no calendar has
        return False
    return asked.tzinfo is not None and since.replace(microsecond=0) <= asked


def _appointment(_request: Request, work: Work, subject: int) -> Response:
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="appointment.ics"'}
    return Response(appointment_file(work, subject), headers=headers, media_type=_CALENDAR)


_DRAW = {LinkPurpose.WELCOME: _welcome, LinkPurpose.FEED: _feed, LinkPurpose.APPOINTMENT: _appointment}
ROUTES = [
    Route("/welcome/{token}", welcome),
    Route("/feed/{token}.ics", feed),
    Route("/appointment/{token}.ics", appointment),
]
