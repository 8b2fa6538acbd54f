"""What every plain page needs: the workspace the gate handed on, the language, the rendered template."""

from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from services.i18n import best_language, translate
from services.workspace import Workspace

SCOPE = "garage_workspace"
FOLDER = Path(__file__).parent
_TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def workspace(request: Request) -> Workspace:
    """The workspace of this request, put there by the gate."""
    place: Workspace = request.scope[SCOPE]
    return place


def language(request: Request) -> str:
    """The language the browser asks for."""
    return best_language(request.headers.get("accept-language"))


def page(request: Request, template: str, status: int = 200, *, lang: str = "", **values: Any) -> HTMLResponse:
    """A rendered template in the browser's language (or `lang`), never kept by the browser."""
    lang = lang or language(request)
    text = _TEMPLATES.get_template(template).render(
        t=partial(translate, lang), html_language=lang.replace("_", "-"), **values
    )
    return HTMLResponse(text, status, {"Cache-Control": "no-store"})


def local_path(wanted: str | None) -> str:
    """The page to go to next; anything but a path of this server becomes the start page."""
    plain = wanted or "/"
    hostile = not plain.startswith("/") or plain.startswith("//") or "\\" in plain or not plain.isprintable()
    return "/" if hostile or plain.startswith(("/sign-in", "/sign-out", "/setup")) else plain
