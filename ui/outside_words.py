"""Outside work in words: with whom, since when, due when; and all that is out, on the workshop's screen."""

from datetime import datetime

import streamlit as st

from db.models import OrderLine
from services import permissions as may
from services.outside_work import Away, away
from ui.here import here, look, person, show_record, zone
from ui.text import Safe, badge, joined, md, t
from ui.when import moment

WATCH = {*may.DISPATCHES, *may.RECEIVES, *may.ISSUES_PARTS, *may.MANAGES}


def until(line: OrderLine, now: datetime) -> Safe:
    """With whom it is since when and until when; red when that has passed."""
    sent = t("out since {at}", at=moment(line.sent_at or now, now, zone()))
    if line.due_at is None:
        return badge("gray", "outbound", joined(md(line.supplier), sent))
    late, at = line.due_at < now, moment(line.due_at, now, zone())
    due = t("overdue since {at}", at=at) if late else t("due {at}", at=at)
    return badge("red" if late else "blue", "outbound", joined(md(line.supplier), sent, due))


def outside_rows() -> None:
    """What is out, the earliest due first, in a drawer that says how much and how much is overdue; nothing when all is here.

    Inside a fragment; for those who send and take back.
    """
    if not person().roles.intersection(WATCH):
        return
    with look() as work:
        found = away(work)
    if not found:
        return
    late = sum(one.late for one in found)
    words = [t("{n} out", n=len(found)), t("{n} overdue", n=late) if late else None]
    name = joined(Safe(f":material/outbound: **{t('Outside work')}**"), *words)
    drawer = st.expander(Safe(f":red[{name}]") if late else name, key="outside_out", on_change="rerun")
    if drawer.open:
        for one in found:
            _row(drawer, one)


def _row(drawer: st.delta_generator.DeltaGenerator, one: Away) -> None:
    now = here().clock()
    row = drawer.container(horizontal=True, vertical_alignment="center", gap="small", key=f"outside_{one.line.id}")
    words = joined(Safe(f"**{md(one.plate)}**"), md(one.line.title), until(one.line, now), by=" ")
    after = one.promised_at and one.line.due_at and one.line.due_at > one.promised_at
    row.markdown(
        joined(words, badge("red", "alarm", t("after the promised time")) if after else None, by=" "), width="stretch"
    )
    if row.button(t("Open"), key=f"outside_open_{one.line.id}", icon=":material/open_in_full:", on_click=_open,
                  args=(one.line.order_id,)):  # fmt: skip
        st.rerun()


def _open(order_id: int) -> None:
    st.session_state[f"step:{order_id}"] = "take_back"
    show_record("order", order_id)
