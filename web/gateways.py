"""Gateways that carry messages: the Apprise addresses of NOTIFY_URLS.

`{phone}` and `{email}` in an address stand for the customer's; such a gateway serves SMS or e-mail only. An address with
neither is a webhook or a group robot: it gets every message, with the receiver in the title.
"""

import logging
import re
from dataclasses import dataclass
from urllib.parse import quote

import apprise

from db.enums import Channel

_PLACES = {Channel.SMS: "{phone}", Channel.EMAIL: "{email}"}
_CODE = re.compile(r"error=(\d{3})\b")
_NO_USE_AGAIN = {400, 401, 403, 404, 405, 410, 413, 415, 422}
_SEPARATOR = re.compile(r"[\s,]+(?=[a-z0-9]+://)", re.I)  # addresses themselves may hold commas


class Undelivered(Exception):
    """A gateway did not take the message. `again`: trying later may help."""

    def __init__(self, why: str, *, again: bool) -> None:
        super().__init__(why)
        self.again = again


@dataclass(frozen=True)
class Gateway:
    """One Apprise address."""

    url: str

    def serves(self, channel: Channel) -> bool:
        """Whether messages of that channel can go this way. A telephone call cannot."""
        if any(place in self.url for place in _PLACES.values()):
            return channel in _PLACES and _PLACES[channel] in self.url
        return channel is not Channel.PHONE

    def send(self, channel: Channel, address: str, title: str, text: str) -> None:
        """Hand the message over. Raises Undelivered."""
        carrier = apprise.Apprise()
        url = self.url.replace(_PLACES.get(channel, "{phone}"), quote(address, safe=""))
        personal = url != self.url
        if not carrier.add(url):
            raise Undelivered("the address of this gateway in NOTIFY_URLS is not understood", again=False)
        with apprise.LogCapture(level=logging.WARNING, fmt="%(message)s") as log:  # type: ignore[no-untyped-call]
            taken = carrier.notify(body=text, title=title if personal else f"{address} · {title}", body_format="text")
            said = " ".join(log.getvalue().split())
        if not taken:
            raise Undelivered(said or "the gateway did not take the message", again=_may_help(said))


def _may_help(said: str) -> bool:
    codes = {int(code) for code in _CODE.findall(said)}
    return not codes or not codes <= _NO_USE_AGAIN


def gateways(notify_urls: str) -> list[Gateway]:
    """The gateways of a NOTIFY_URLS setting, separated by commas or blanks."""
    return [Gateway(url.strip(" ,")) for url in _SEPARATOR.split(notify_urls.strip()) if url.strip(" ,")]
