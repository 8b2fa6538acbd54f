"""Papers to print or send, made when they are tapped."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

import streamlit as st

from db.models import Statement
from services.i18n import LANGUAGES
from services.reprints import is_copy
from services.statement_paper import paper_of
from services.work import reading, unit_of_work
from services.workspace import Workspace
from ui.here import here
from ui.text import Safe, joined, md, t

Paper = Callable[..., bytes]


def statement_paper(statement: Statement) -> None:
    """A statement or credit note as PDF, in either language; printed again it says that it is a copy."""
    title = t("Credit note") if statement.reverses_id else t("Statement")
    _buttons(partial(_statement, statement_id=statement.id), title, statement.order_id, statement.number)


def record_link(order_id: int) -> str:
    """The address of the record on this server; empty when it is not known."""
    found = urlsplit(st.context.url or "")
    return f"{found.scheme}://{found.netloc}/delivery?order={order_id}" if found.netloc else ""


def _buttons(paper: Paper, title: Safe, order_id: int, number: str) -> None:
    row = st.container(horizontal=True, gap="small")
    for lang, name in LANGUAGES.items():
        row.download_button(
            joined(title, md(name), by=" "),
            partial(paper, here(), order_id=order_id, language=lang, code=record_link(order_id)),
            file_name=f"{number}-{lang}.pdf",
            mime="application/pdf",
            key=f"paper_{number}_{lang}",
            icon=":material/print:",
            on_click="ignore",
        )


def _exit_pass(ws: Workspace, *, order_id: int, language: str, code: str) -> bytes:
    with reading(ws) as work:
        return exit_pass_pdf(work, order_id, language=language, code=code)


def _statement(ws: Workspace, *, statement_id: int, order_id: int, language: str, code: str) -> bytes:
    with unit_of_work(ws) as work:
        copy = is_copy(work, work.get(Statement, statement_id))
    with reading(ws) as work:
        return paper_of(work, statement_id, language=language, code=code, copy=copy)
