"""Headers that tell the browser what the pages may do, on every answer."""

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

# Streamlit needs inline styles and scripts, evaluated code (charts), and component code from blobs.
# Pictures come from here only, so a picture address typed into a name is never fetched.
_STREAMLIT = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; connect-src 'self' ws: wss: data: blob:; "
    "worker-src 'self' blob:; frame-src 'self'; frame-ancestors 'self'; form-action 'self'; base-uri 'self'; object-src 'none'"
)
_PLAIN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_ALWAYS = {
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def guarded(send: Send, *, plain: bool) -> Send:
    """`send` that adds the headers; `plain` for our own pages, which need far less than Streamlit's."""

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _ALWAYS.items():
                headers[name] = value
            headers["Content-Security-Policy"] = _PLAIN if plain else _STREAMLIT
        await send(message)

    return with_headers
