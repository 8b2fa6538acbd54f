"""Texts for the screen: translated, and safe wherever Streamlit reads markdown."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from db.choice import Label
from services.i18n import DEFAULT, is_ours, translate
from services.normalize import phone_shown

_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@^=])")
_LINKS = re.compile(r"(://|:material/|\bwww\.)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_KEPT = "service_lane_language"  # how the run calls it
_WORD_JOINER = "\u2060"  # breaks automatic links and icon names without being seen


class Safe(str):
    """Text that may be shown where markdown is read."""

    __slots__ = ()


def md(text: object) -> Safe:
    """What a person typed, shown as exactly that text. One line out."""
    if isinstance(text, Safe):
        return text
    plain = _CONTROLS.sub(" ", str(text))
    cut = _LINKS.sub(lambda m: m[0][0] + _WORD_JOINER + m[0][1:], plain)
    return Safe(_MARKS.sub(r"\\\1", cut).strip())


def language() -> str:
    """The language of the person at this tablet.

    Every word asks for it, and the session's state is slow to ask: the run keeps what it said last.
    """
    run = get_script_run_ctx(suppress_warning=True)
    known: str | None = getattr(run, _KEPT, None)
    if known is None:
        known = str(st.session_state.get("language", DEFAULT))
        if run is not None:
            setattr(run, _KEPT, known)
    return known


def speak(wanted: str) -> None:
    """From now on this session is in that language."""
    st.session_state["language"] = wanted
    run = get_script_run_ctx(suppress_warning=True)
    if run is not None:
        setattr(run, _KEPT, wanted)


@contextmanager
def read_in(wanted: str | None) -> Iterator[None]:
    """Around what is drawn for somebody who reads another language than the person at this tablet; None changes nothing."""
    before = language()
    speak(wanted or before)
    try:
        yield
    finally:
        speak(before)


def t(text: str, **params: Any) -> Safe:
    """A text in the person's language; what is filled in is escaped. A text that is not the program's own is escaped too."""
    if not is_ours(text):
        return md(text.format(**params) if params else text)
    lang = language()
    return Safe(translate(lang, text, **{name: _filled(lang, value) for name, value in params.items()}))


def plain(text: str, **params: Any) -> str:
    """The same without escaping, for places that do not read markdown (inputs, options, tables)."""
    return translate(language(), text, **params)


def _filled(lang: str, value: Any) -> Any:
    if isinstance(value, Safe | int | float | date | datetime):
        return value
    return md(
        value.say(lang) if hasattr(value, "say") else translate(lang, value) if isinstance(value, Label) else value
    )


def phone(number: str | None) -> Safe:
    """A phone number grouped for reading; nothing when there is none."""
    return md(phone_shown(number))


def joined(*parts: Safe | None, by: str = " · ") -> Safe:
    """Safe parts in one line; empty ones left out."""
    return Safe(by.join(part for part in parts if part))


def badge(color: str, icon: str, words: Safe) -> Safe:
    """Words on a coloured ground, with an icon: colour never speaks alone. `color` and `icon` are our own names."""
    return Safe(f":{color}-badge[:material/{icon}: {words}]")
