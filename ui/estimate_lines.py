"""One charge of an estimate as one line: what, how many, what it comes to; everything else behind one button."""

from datetime import date

import streamlit as st

from db.enums import LineKind, Payer
from db.models import OrderLine
from services.estimates import total_of
from services.order_parts import PartStand
from ui.estimate_words import SUM_WIDTH, amount, line_name, price_words
from ui.line_editor import Shown, line_editor
from ui.sums import money
from ui.text import Safe, badge, joined, md, t
from ui.when import day, full_date


def line_row(line: OrderLine, shown: Shown) -> None:
    """The line; its button opens what can be changed. What must be seen without opening is said beside the name."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False, key=f"line_{line.id}")
    kind = Safe(f":gray[:material/{line.kind.icon}:]")
    words = amount(line, shown.currency)
    many = Safe(f":gray[:small[{words}]]") if words else None
    row.markdown(joined(kind, line_name(line), many, *_remarks(line, shown), by=" "), width="stretch")
    row.markdown(
        price_words(line, shown.currency, total_of(line, shown.currency)), text_alignment="right", width=SUM_WIDTH
    )
    with row.popover(
        ":material/more_horiz:", key=f"more_line_{line.id}", type="tertiary", on_change="rerun", width=44
    ) as opened:
        if opened.open:
            line_editor(line, shown)


def read_line(line: OrderLine, currency: str) -> None:
    """One line to read, with the answer."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    row.markdown(
        joined(Safe(f":gray[:material/{line.kind.icon}:]"), md(line.title), _payer(line), by=" "), width="stretch"
    )
    row.caption(amount(line, currency), width="content")
    row.markdown(price_words(line, currency, total_of(line, currency)), width="content")
    row.markdown(badge(line.answer.color, line.answer.icon, t(line.answer.label)), width="content")


def _remarks(line: OrderLine, shown: Shown) -> list[Safe | None]:
    less = (
        badge("blue", "percent", t("less {sum}", sum=money(line.discount, shown.currency))) if line.discount else None
    )
    unpriced = badge("orange", "troubleshoot", t("Price after diagnosis")) if line.unpriced else None
    stand = shown.stands.get(line.id)
    return [_grade(stand), less, _payer(line), unpriced, _stock(stand, shown.today), _outside(line, shown.today)]


def _grade(stand: PartStand | None) -> Safe | None:
    """Brand, grade and that it is there, small: only what is missing has to stand out."""
    if stand is None:
        return None
    grade = t(stand.part.grade.label) if stand.part.grade else None
    there = None if stand.missing else t("in stock")
    words = joined(md(stand.part.brand), grade, there)
    return Safe(f":gray[:small[{words}]]") if words else None


def _payer(line: OrderLine) -> Safe | None:
    if line.payer == Payer.CUSTOMER:
        return None
    share = Safe(f"{line.payer_percent} %") if line.payer_percent < 100 else None
    return badge("blue", "account_balance", joined(t(line.payer.label), share, by=" "))


def _stock(stand: PartStand | None, today: date) -> Safe | None:
    if stand is None or not stand.missing:
        return None
    if stand.buying is None:
        return badge("violet", "inventory_2", t("missing: {n}", n=f"{stand.missing.normalize():f} {stand.part.unit}"))
    if stand.expected_on is None:
        return badge("violet", "local_shipping", t(stand.buying.status.label))
    return badge("violet", "local_shipping", t("comes {day}", day=day(stand.expected_on, today)))


def _outside(line: OrderLine, today: date) -> Safe | None:
    if line.kind != LineKind.OUTSIDE:
        return None
    due = t("due back {day}", day=full_date(line.due_at.date())) if line.due_at else None
    return Safe(f":gray[:small[{joined(md(line.supplier), due)}]]") if line.supplier or due else None
