"""One job of an estimate: its head, and its lines with quantity, price, discount and payer to change."""

from decimal import Decimal

import streamlit as st

from db.enums import LineKind, Payer
from db.models import Garage, OrderJob, OrderLine
from services import orders
from services.estimates import total_of
from services.money import Sum, coin
from ui.act import act
from ui.sums import money, sum_typed_in
from ui.text import Safe, badge, joined, md, t
from ui.when import span

PLACE = "estimate"


def job_head(job: OrderJob) -> None:
    """What is to be done, how long it takes, and a way to take it off."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    row.markdown(f"**{md(job.title)}**", width="stretch")
    row.caption(span(job.minutes), width="content")
    row.button(t("Remove"), icon=":material/delete:", key=f"remove_job_{job.id}", type="tertiary", on_click=_remove_job,
               args=(job.order_id, job.id))  # fmt: skip


def line_editor(line: OrderLine, garage: Garage, free: dict[int, Decimal]) -> None:
    """One line; every change is written at once. `free` is the stock by part that is kept for nobody else."""
    title, quantity, price, total, more = st.columns([4, 2, 2, 1.4, 0.7], vertical_alignment="center", wrap=False)
    title.markdown(
        joined(Safe(f":material/{line.kind.icon}:"), md(line.title), Safe(f":gray[{t(line.kind.label)}]"), by=" ")
    )
    args = (line.order_id, line.id)
    if line.kind != LineKind.LABOUR:
        quantity.number_input(t("Quantity"), value=float(line.quantity), step=0.5, format="%g", key=f"quantity_{line.id}",
                              label_visibility="collapsed", on_change=_change, args=args)  # fmt: skip
    price.number_input(t("Price"), value=float(line.unit_price), step=float(coin(garage.currency)), format=_digits(garage),
                       key=f"price_{line.id}", label_visibility="collapsed", on_change=_change, args=args)  # fmt: skip
    total.markdown(f"**{money(total_of(line, garage.currency), garage.currency)}**")
    with more.popover(":material/more_horiz:", key=f"more_line_{line.id}", help=t("Discount, payer, remove")):
        st.number_input(t("Discount"), value=float(line.discount), step=float(coin(garage.currency)), format=_digits(garage),
                        key=f"discount_{line.id}", on_change=_change, args=args)  # fmt: skip
        st.pills(t("Who pays"), list(Payer), default=line.payer, required=True, format_func=_payer, key=f"payer_{line.id}",
                 on_change=_change, args=args)  # fmt: skip
        st.button(t("Remove"), icon=":material/delete:", key=f"remove_line_{line.id}", on_click=_remove_line, args=args)
    _remarks(line, garage, free)


def _remarks(line: OrderLine, garage: Garage, free: dict[int, Decimal]) -> None:
    """What must be seen without opening anything: a discount, another payer, a part that is not there in full."""
    less = badge("blue", "percent", t("less {sum}", sum=Sum(line.discount, garage.currency))) if line.discount else None
    payer = badge("blue", "account_balance", t(line.payer.label)) if line.payer != Payer.CUSTOMER else None
    there = free.get(line.part_id or 0, line.quantity)
    short = (
        badge("violet", "inventory_2", t("free: {n}", n=f"{there.normalize():f}")) if there < line.quantity else None
    )
    if remarks := joined(less, payer, short, by=" "):
        st.markdown(remarks)


def _payer(payer: Payer) -> Safe:
    return t(payer.label)


def _digits(garage: Garage) -> str:
    return f"%.{-int(coin(garage.currency).as_tuple().exponent)}f"


def _change(order_id: int, line_id: int) -> None:
    typed = {name: sum_typed_in(f"{name}_{line_id}") for name in ("quantity", "price", "discount")}
    payer = st.session_state[f"payer_{line_id}"]
    act(
        lambda work: orders.change_line(
            work,
            order_id,
            line_id=line_id,
            quantity=typed["quantity"],
            unit_price=typed["price"],
            discount=typed["discount"],
            payer=payer,
        ),
        at=PLACE,
    )


def _remove_job(order_id: int, job_id: int) -> None:
    act(lambda work: orders.remove_job(work, order_id, order_job_id=job_id), at=PLACE)


def _remove_line(order_id: int, line_id: int) -> None:
    act(lambda work: orders.remove_line(work, order_id, line_id=line_id), at=PLACE)
