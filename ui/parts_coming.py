"""What is on its way, by order: send the order, take the delivery in, in full by one tap or line by line."""

from decimal import Decimal
from functools import partial
from urllib.parse import quote
from zoneinfo import ZoneInfo

import streamlit as st

from db.models import PurchaseLine
from services import permissions as may
from services.money import coin
from services.papers import quantity_words
from services.purchase_orders import Delivered, goods_in, placed
from services.purchase_paper import order_words, purchase_order_pdf
from services.purchase_screen import OnTheWay
from services.purchases import ToBuy
from ui.act import act
from ui.addresses import address
from ui.here import here, look, person, zone
from ui.papers import paper
from ui.purchase_row import drop_button
from ui.sums import sum_typed_in
from ui.text import Safe, badge, joined, language, md, plain, t
from ui.when import full_date

PLACE = "parts_buy"


def coming(groups: list[OnTheWay], currency: str) -> None:
    """A block for each order, what should come first on top."""
    if not groups:
        st.caption(t("Nothing is on its way."))
    for group in groups:
        _group(group, currency)


def _group(group: OnTheWay, currency: str) -> None:
    key = f"{group.order.id}" if group.order else f"0_{group.lines[0].line.id}"
    buys = person().has(*may.ISSUES_PARTS)
    with st.container(border=True, key=f"coming_{key}"):
        top = st.container(horizontal=True, vertical_alignment="center", gap="small")
        number = md(group.order.number) if group.order else None
        name = joined(Safe(f"**{md(group.supplier) or t('Ordered without a supplier')}**"), number)
        top.markdown(joined(Safe(f":material/local_shipping: {name}"), _due(group), by="  "), width="stretch")
        if group.order and buys:
            _send(top, group.order.id, group.order.number)
        for one in group.lines:
            _line(one, currency, buys)
        if buys:
            _taken(key, {one.line.id: one.line.quantity for one in group.lines})


def _taken(key: str, awaited: dict[int, Decimal]) -> None:
    """Below the lines: where "Order" stood a moment ago a second tap must not take anything in."""
    bar = st.container(horizontal=True, horizontal_alignment="right", gap="small")
    if any(sum_typed_in(f"came_{line_id}") is not None for line_id in awaited):
        bar.button(t("Take in what is written down"), key=f"some_in_{key}", icon=":material/inventory:", type="primary",
                   on_click=_take, args=(awaited, False))  # fmt: skip
    else:
        bar.button(t("All of it came"), key=f"all_in_{key}", icon=":material/package_2:", type="primary", on_click=_take,
                   args=(awaited, True))  # fmt: skip


def _due(group: OnTheWay) -> Safe | None:
    day = group.expected_on
    if day is None:
        return None
    late = day < here().clock().astimezone(ZoneInfo(zone())).date()
    words = t("expected {day}", day=full_date(day))
    return badge("red", "schedule", words) if late else badge("blue", "event", words)


def _send(top: st.delta_generator.DeltaGenerator, order_id: int, number: str) -> None:
    """The order on paper, and as text to copy or to mail."""
    lang = language()
    with top:
        make = partial(purchase_order_pdf, order_id=order_id, language=lang, code=address("/parts?view=buy"))
        paper(t("Order"), make, f"{number}-{lang}.pdf")
    with top.popover(t("As text"), icon=":material/chat:", key=f"order_text_{order_id}", on_change="rerun") as box:
        if box.open:
            with look() as work:
                words = order_words(work, order_id, language=lang)
                mail = placed(work, order_id).supplier.email
            st.code(words, language=None, wrap_lines=True)
            about, _, body = words.partition("\n")
            st.link_button(
                t("E-mail"), f"mailto:{mail}?subject={quote(about)}&body={quote(body.strip())}", icon=":material/mail:"
            )


def _line(one: ToBuy, currency: str, buys: bool) -> None:
    row = one.line
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"awaited_{row.id}"):
        amount = Safe(f"**{md(quantity_words(row.quantity, one.unit))}** {md(row.what)}")
        whom = joined(md(one.plate), md(one.customer)) if one.plate else t("for the shelf")
        place = Safe(f":material/shelves: {md(one.place)}") if one.place else None
        st.markdown(joined(amount, whom, place), width="stretch")
        if buys:
            with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
                st.number_input(t("How many came"), min_value=0.0, value=None, step=1.0, format="%g", key=f"came_{row.id}",
                                width=215, label_visibility="collapsed", placeholder=plain("How many came"))  # fmt: skip
                if row.part_id:
                    _cost(row, currency)
                drop_button(row, PLACE)


def _cost(row: PurchaseLine, currency: str) -> None:
    """What a unit costs, as it was ordered until somebody reads the delivery note."""
    smallest = coin(currency)
    expected = None if row.unit_cost is None else float(row.unit_cost)
    st.number_input(
        t("Cost each"), min_value=0.0, value=expected, step=float(smallest), key=f"cost_{row.id}", width=180,
        format=f"%.{-int(smallest.as_tuple().exponent)}f", label_visibility="collapsed", placeholder=plain("Cost each"),
    )  # fmt: skip


def _take(awaited: dict[int, Decimal], everything: bool) -> None:
    """Quantities and costs as written down; with `everything` a field left empty means all that was ordered."""
    typed = {key: sum_typed_in(f"came_{key}") for key in awaited}
    came = {
        key: Delivered(many, sum_typed_in(f"cost_{key}"), awaited[key])
        for key, many in typed.items()
        if everything or many is not None
    }
    if act(partial(goods_in, delivered=came), at=PLACE, done=t("Taken into stock.")):
        for key in awaited:
            st.session_state.pop(f"came_{key}", None)
            st.session_state.pop(f"cost_{key}", None)
