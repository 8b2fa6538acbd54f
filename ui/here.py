"""Who is at this tablet, and in which workspace."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from services.people import person_in
from services.permissions import may_open
from services.work import Work, reading
from services.workspace import Person, Workspace
from ui.leave import leave
from ui.text import t

JUST_ASKED = "just_asked"  # set while ui/entry.py runs a page: it has asked for the session a moment ago


def here() -> Workspace:
    """The workspace of this session, acting as its person. Set by ui/entry.py on every run."""
    workspace: Workspace = st.session_state["workspace"]
    return workspace


def person() -> Person:
    """The person signed in at this tablet."""
    return here().by


def zone() -> str:
    """The garage's time zone."""
    return str(st.session_state["zone"])


@contextmanager
def look() -> Iterator[Work]:
    """Read the database: `with look() as work:`. No Streamlit call inside, load first and draw afterwards.

    Fragments run without ui/entry.py, so the session is asked here too: after a sign-out the tablet leaves for the sign-in page.
    """
    with reading(here()) as work:
        signed_in = st.session_state.get(JUST_ASKED) or person_in(work, st.session_state["sid"])
        if signed_in:
            yield work
    if not signed_in:
        leave("/sign-in")


def guard(page: str) -> None:
    """First line of every page: stops when the person may not open it."""
    if not may_open(person(), page):
        st.error(t("Your role does not include this screen."))
        st.stop()


def asked(name: str) -> int | None:
    """The id in the page's address (`?order=12`); None when there is none. A word or nonsense counts as unknown: -1."""
    value = st.query_params.get(name)
    if value is None:
        return None
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1


def show_record(name: str, key: int | str | None) -> None:
    """Open a record, or a part of it, by address (or, with None, go back). Call it from a callback."""
    if key is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = str(key)
