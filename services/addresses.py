"""Addresses of this server as others reach it; known only when PUBLIC_URL says so."""

import os
from functools import cache

from db.enums_desk import LinkPurpose
from db.models import PrivateLink
from services.settings import Settings

_PATHS = {
    LinkPurpose.WELCOME: "/welcome/{token}",
    LinkPurpose.FEED: "/feed/{token}.ics",
    LinkPurpose.APPOINTMENT: "/appointment/{token}.ics",
    LinkPurpose.ORDER: "/order/{token}",
}


def public_url() -> str:
    """Where customers reach this server, without a slash at the end; empty when nobody said."""
    return _public_url(os.environ.get("PUBLIC_URL"))


def link_path(link: PrivateLink) -> str:
    """The path a private link is opened under."""
    return _PATHS[link.purpose].format(token=link.token)


def order_path(order_id: int) -> str:
    """Where the record of an order is for everybody on the staff."""
    return f"/today?order={order_id}"


def part_path(part_id: int) -> str:
    """Where a part is in the store's screen."""
    return f"/parts?view=catalogue&part={part_id}"


def claim_path(claim_id: int) -> str:
    """Where a claim is."""
    return f"/claims?claim={claim_id}"


@cache
def _public_url(_environment: str | None) -> str:
    """Kept: every booking asks, and reading settings takes longer than a query."""
    return Settings().public_url.strip().rstrip("/")
