"""Papers to print or send, made when they are tapped."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

import streamlit as st

from services.delivery_papers import exit_pass_pdf, statement_pdf
from services.i18n import LANGUAGES
from services.work import reading
from services.workspace import Workspace
from ui.here import here
from ui.text import Safe, joined, md, t

Paper = Callable[..., bytes]


def statement_paper(order_id: int, number: str) -> None:
    """The statement as PDF, in either language."""
    _buttons(statement_pdf, t("Statement"), order_id, number)


def exit_pass_paper(order_id: int, number: str) -> None:
    """The exit pass as PDF, in either language."""
    _buttons(exit_pass_pdf, t("Exit pass"), order_id, number)


def record_link(order_id: int) -> str:
    """The address of the record on this server; empty when it is not known."""
    found = urlsplit(st.context.url or "")
    return f"{found.scheme}://{found.netloc}/delivery?order={order_id}" if found.netloc else ""


def _buttons(paper: Paper, title: Safe, order_id: int, number: str) -> None:
    row = st.container(horizontal=True, gap="small")
    for lang, name in LANGUAGES.items():
        row.download_button(
            joined(title, md(name), by=" "),
            partial(_make, here(), paper, order_id, lang, record_link(order_id)),
            file_name=f"{number}-{lang}.pdf",
            mime="application/pdf",
            key=f"paper_{number}_{lang}",
            icon=":material/print:",
            on_click="ignore",
        )


def _make(ws: Workspace, paper: Paper, order_id: int, lang: str, link: str) -> bytes:
    with reading(ws) as work:
        return paper(work, order_id, language=lang, code=link)
