"""Forms from people nobody knows yet: read only as far as a form of ours can be."""

from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive

MOST = 256 * 1024  # bytes; ours are a few thousand


async def small_form(request: Request) -> FormData:
    """What was filled in. Anything longer than a form of ours is refused (413) before it is kept in memory."""
    return await Request(request.scope, _up_to(MOST, request.receive)).form()


def _up_to(most: int, receive: Receive) -> Receive:
    came = 0

    async def some() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > most:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return message

    return some
