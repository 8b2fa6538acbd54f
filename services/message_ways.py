"""Which messages go out by themselves: what the Apprise addresses of NOTIFY_URLS carry.

`{phone}` and `{email}` in an address stand for the customer's; such an address serves SMS or e-mail only. An address with
neither is a webhook or a group robot: it gets every message. A telephone call can go no such way.
"""

import os
import re
from functools import cache

from db.enums import Channel
from services.settings import Settings
from services.workspace import Workspace

PLACES = {Channel.SMS: "{phone}", Channel.EMAIL: "{email}"}
_SEPARATOR = re.compile(r"[\s,]+(?=[a-z0-9]+://)", re.I)  # addresses themselves may hold commas


def addresses(notify_urls: str) -> list[str]:
    """The addresses of a NOTIFY_URLS setting, separated by commas or blanks."""
    return [url.strip(" ,") for url in _SEPARATOR.split(notify_urls.strip()) if url.strip(" ,")]


def serves(url: str, channel: Channel) -> bool:
    """Whether messages of that channel can go to that address."""
    if any(place in url for place in PLACES.values()):
        return channel in PLACES and PLACES[channel] in url
    return channel is not Channel.PHONE


def go_by_themselves(ws: Workspace) -> frozenset[Channel]:
    """The channels somebody's hand is not needed for. A sandbox sends nothing."""
    return frozenset() if ws.sandbox else _served(os.environ.get("NOTIFY_URLS"))


@cache
def _served(_environment: str | None) -> frozenset[Channel]:
    """Kept: every look at the tasks asks, and reading settings takes longer than a query."""
    urls = addresses(Settings().notify_urls)
    return frozenset(channel for channel in Channel if any(serves(url, channel) for url in urls))
