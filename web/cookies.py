"""The cookie that carries a session's token, and no more than that."""

from starlette.requests import Request
from starlette.responses import Response

from services.settings import Settings
from services.sign_in import LASTS

NAME = "service_lane"


def give(request: Request, response: Response, token: str) -> None:
    """Hand the token to the browser; scripts cannot read it and other sites cannot send it."""
    secure = Settings().https or request.url.scheme == "https"
    seconds = int(LASTS.total_seconds())
    response.set_cookie(NAME, token, max_age=seconds, path="/", httponly=True, samesite="lax", secure=secure)


def take(response: Response) -> None:
    """Tell the browser to forget it."""
    response.delete_cookie(NAME, path="/", httponly=True, samesite="lax")


def token_of(request: Request) -> str:
    """The token the browser sent, or ""."""
    return request.cookies.get(NAME, "")


def from_elsewhere(request: Request) -> bool:
    """Whether another site's page made the browser send this."""
    return request.headers.get("sec-fetch-site", "same-origin") == "cross-site"
