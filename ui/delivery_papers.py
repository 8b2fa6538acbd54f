"""Papers to print or send, made when they are tapped."""

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
from ui.text import joined, md, t


def statement_paper(statement: Statement) -> None:
    """A statement or credit note as PDF, in either language; printed again it says that it is a copy."""
    title = t("Credit note") if statement.reverses_id else t("Statement")
    row = st.container(horizontal=True, gap="small")
    for lang, name in LANGUAGES.items():
        row.download_button(
            joined(title, md(name), by=" "),
            partial(_make, here(), statement.id, lang, record_link(statement.order_id)),
            file_name=f"{statement.number}-{lang}.pdf",
            mime="application/pdf",
            key=f"paper_{statement.number}_{lang}",
            icon=":material/print:",
            on_click="ignore",
        )


def record_link(order_id: int) -> str:
    """The address of the record on this server; empty when it is not known."""
    found = urlsplit(st.context.url or "")
    return f"{found.scheme}://{found.netloc}/delivery?order={order_id}" if found.netloc else ""


def _make(ws: Workspace, statement_id: int, lang: str, link: str) -> bytes:
    with unit_of_work(ws) as work:
        copy = is_copy(work, work.get(Statement, statement_id))
    with reading(ws) as work:
        return paper_of(work, statement_id, language=lang, code=link, copy=copy)
