"""Gateways that carry messages: the Apprise addresses of NOTIFY_URLS (services/message_ways.py says what each carries).

An address that is a webhook or a group robot gets every message, with the receiver in the title.
"""

import logging
import re
from dataclasses import dataclass
from urllib.parse import quote

import apprise

from db.enums import Channel
from services.message_ways import PLACES, addresses, serves

_CODE = re.compile(r"error=(\d{3})\b")
_NO_USE_AGAIN = {400, 401, 403, 404, 405, 410, 413, 415, 422}


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
        return serves(self.url, channel)

    def send(self, channel: Channel, address: str, title: str, text: str) -> None:
        """Hand the message over. Raises Undelivered."""
        carrier = apprise.Apprise()
        url = self.url.replace(PLACES.get(channel, "{phone}"), quote(address, safe=""))
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
    return [Gateway(url) for url in addresses(notify_urls)]
