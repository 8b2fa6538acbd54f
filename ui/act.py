"""One tap, one unit of work: run a verb, say what came of it."""

import secrets
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from services.people import person_in
from services.refusals import Refusal
from services.work import Work, unit_of_work
from services.workspace import Person
from ui.here import here
from ui.text import Safe, language, md

T = TypeVar("T")


class SignedOut(Refusal):
    """You have been signed out. Sign in again; nothing was saved by this tap."""


def act(verb: Callable[[Work], T], *, done: Safe | None = None, at: str = "page", once: str | None = None) -> T | None:
    """Run `verb` in one unit of work, from a widget's callback; a refusal is kept as a notice for the place `at`.

    No Streamlit call happens inside the unit of work, so a rerun cannot cut it in half. `once` is a token (see `token`)
    that makes a second tap harmless. Returns what the verb returned, None after a refusal.
    """
    try:
        with unit_of_work(here(), once) as work:
            work.by = _still_here(work)
            result = verb(work)
    except Refusal as refusal:
        _keep(at, "refused", md(refusal.say(language())))
        return None
    if done:
        _keep(at, "done", done)
    return result


def _still_here(work: Work) -> Person:
    """Who acts, with the roles held right now: a sign-out or a changed role counts at the very next tap."""
    signed_in = person_in(work, st.session_state["sid"])
    if signed_in is None:
        raise SignedOut
    return signed_in


def notices(at: str = "page") -> None:
    """Show what came of the last tap at this place: a short toast when done, the reason when refused."""
    for kind, text in st.session_state.pop(f"notices:{at}", []):
        if kind == "done":
            st.toast(md(text), icon=":material/check_circle:")
        else:
            st.error(md(text), icon=":material/block:")


def said(text: Safe, at: str = "page") -> None:
    """Keep a short word about what was done for the place `at`."""
    _keep(at, "done", text)


def refuse(text: Safe, at: str = "page") -> None:
    """Keep a sentence about bad input for the place `at`."""
    _keep(at, "refused", text)


def token(name: str) -> str:
    """A token for `once`, the same until `spend` is called: a double tap carries the same one."""
    return str(st.session_state.setdefault(f"token:{name}", secrets.token_hex(16)))


def share(name: str, value: str) -> None:
    """Carry the token of another tablet: what was done there is not done again here."""
    st.session_state[f"token:{name}"] = value


def spend(name: str) -> None:
    """Forget the token; the next form gets a new one."""
    st.session_state.pop(f"token:{name}", None)


def _keep(at: str, kind: str, text: Safe) -> None:
    kept = st.session_state.setdefault(f"notices:{at}", [])
    if (kind, text) not in kept:  # a field and the button after it say the same
        kept.append((kind, text))
