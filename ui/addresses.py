"""Addresses of this server, for QR codes and for other devices."""

from collections.abc import Callable
from urllib.parse import urlsplit

import streamlit as st

from services.addresses import part_path, public_url


def server_address() -> str:
    """Where this server is reached: as PUBLIC_URL says, else as this browser reached it; empty when neither is known."""
    found = urlsplit(st.context.url or "")
    return public_url() or (f"{found.scheme}://{found.netloc}" if found.netloc else "")


def address(path: str) -> str:
    """A path of this server as a full address; empty when the server's is not known."""
    server = server_address()
    return server + path if server else ""


def part_addresses() -> Callable[[int], str]:
    """Full addresses of parts, for QR codes: empty when the server's is not known."""
    server = server_address()
    return lambda part_id: server + part_path(part_id) if server else ""
