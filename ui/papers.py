"""Papers to print, made when their button is tapped. No Streamlit call happens while one is made."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from services.i18n import LANGUAGES
from services.reprints import is_copy
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from ui.here import here
from ui.text import Safe, joined, md


def paper(label: Safe, make: Callable[[Work], bytes], name: str, icon: str = "print") -> None:
    """A button that makes a file only when it is tapped."""
    _button(label, partial(_make, here(), make), name, icon)


def in_languages(label: Safe, make: Callable[..., bytes], name: str, counts: Any = None) -> None:
    """A button for each language; `make` is told the language. The paper of a row that `counts` exists once: what is printed
    again says that it is a copy, which `make` is told too."""
    for lang, called in LANGUAGES.items():
        own, words = partial(make, language=lang), joined(label, md(called), by=" ")
        made = partial(_make, here(), own) if counts is None else partial(_print, here(), own, type(counts), counts.id)
        _button(words, made, f"{name}-{lang}.pdf", "print")


def _button(label: Safe, made: Callable[[], bytes], name: str, icon: str) -> None:
    st.download_button(
        label, made, file_name=name, key=f"paper_{name}", icon=f":material/{icon}:", on_click="ignore",
        mime="text/calendar" if name.endswith(".ics") else "application/pdf",
    )  # fmt: skip


def _make(ws: Workspace, make: Callable[[Work], bytes]) -> bytes:
    with reading(ws) as work:
        return make(work)


def _print(ws: Workspace, make: Callable[..., bytes], table: type[Any], key: int) -> bytes:
    with unit_of_work(ws) as work:
        copy = is_copy(work, work.get(table, key))
    with reading(ws) as work:
        return make(work, copy=copy)
