"""What can be added to an estimate: a job of the catalogue, one in free words, a part."""

from decimal import Decimal

import streamlit as st

from db.models import OrderJob
from services import orders
from services.catalogue import find_jobs
from services.money import show
from services.order_lines import parts_offered
from ui.act import act
from ui.here import look
from ui.line_editor import PLACE
from ui.sums import sum_typed_in
from ui.text import language, plain, t


def add_to_order(order_id: int, jobs: list[OrderJob]) -> None:
    """Choose a job from the catalogue; the rest behind two buttons."""
    with look() as work:
        offered = {one.job.id: one for one in find_jobs(work, limit=500)}
        parts = {part.id: part for part in parts_offered(work)}
        currency = work.garage.currency
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    row.selectbox(
        t("Add a job"), list(offered), index=None, key=f"add_job_{order_id}", placeholder=plain("Choose or type"),
        format_func=lambda k: f"{offered[k].job.name} · {show(offered[k].price, currency, language())}",
        on_change=_add_job, args=(order_id,),
    )  # fmt: skip
    with row.popover(t("Job in free words"), icon=":material/edit_note:", key=f"free_{order_id}"):
        st.text_input(t("Job"), key=f"free_title_{order_id}")
        st.number_input(t("Minutes"), value=30, step=15, key=f"free_minutes_{order_id}")
        st.number_input(t("Price"), value=0.0, step=1.0, format="%.2f", key=f"free_price_{order_id}")
        st.button(
            t("Add"),
            icon=":material/add:",
            key=f"free_add_{order_id}",
            type="primary",
            on_click=_add_free,
            args=(order_id,),
        )
    if jobs:
        with row.popover(t("Part"), icon=":material/settings:", key=f"part_{order_id}"):
            titles = {job.id: job.title for job in jobs}
            st.selectbox(t("For the job"), list(titles), format_func=lambda k: titles[k], key=f"part_job_{order_id}")
            st.selectbox(
                t("Part"), list(parts), index=None, key=f"part_id_{order_id}", placeholder=plain("Choose or type"),
                format_func=lambda k: f"{parts[k].name} {parts[k].brand} · {show(parts[k].price, currency, language())}",
            )  # fmt: skip
            st.number_input(t("Quantity"), value=1.0, step=1.0, format="%g", key=f"part_quantity_{order_id}")
            st.button(
                t("Add"),
                icon=":material/add:",
                key=f"part_add_{order_id}",
                type="primary",
                on_click=_add_part,
                args=(order_id,),
            )


def _add_job(order_id: int) -> None:
    job_id = st.session_state[f"add_job_{order_id}"]
    st.session_state[f"add_job_{order_id}"] = None
    if job_id is not None:
        act(lambda work: orders.add_job(work, order_id, job_id=job_id), at=PLACE)


def _add_free(order_id: int) -> None:
    title, minutes = st.session_state[f"free_title_{order_id}"], st.session_state[f"free_minutes_{order_id}"]
    price = sum_typed_in(f"free_price_{order_id}") or Decimal(0)
    if act(lambda work: orders.add_job(work, order_id, title=title, minutes=minutes or 0, price=price), at=PLACE):
        st.session_state[f"free_title_{order_id}"] = ""


def _add_part(order_id: int) -> None:
    job, part = st.session_state[f"part_job_{order_id}"], st.session_state[f"part_id_{order_id}"]
    quantity = sum_typed_in(f"part_quantity_{order_id}") or Decimal(0)
    act(lambda work: orders.add_part(work, order_id, order_job_id=job, part_id=part or 0, quantity=quantity), at=PLACE)
