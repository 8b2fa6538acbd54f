"""New times for a booking that stands: moved, or agreed on so that it stands again."""

import streamlit as st

from services.booking import move
from services.booking_changes import agree
from services.booking_file import BookingFile
from services.offers import Offer, offers
from services.refusals import Refusal
from ui.act import act
from ui.booking_draft import day_format
from ui.here import here, look, zone
from ui.text import Safe, joined, language, md, t
from ui.when import clock, moment


def move_form(file: BookingFile) -> None:
    """Another time, nearest to the present one first; read only once it is open."""
    key = file.row.id
    with st.popover(t("Move"), icon=":material/event_repeat:", key=f"move_{key}", on_change="rerun") as opened:
        if opened.open:
            _times(file, "move")


def agree_form(file: BookingFile, *, due: bool) -> None:
    """The time the customer agrees to, the booked one first while it is ahead: one tap and the booking stands. `due`: do it now."""
    key = file.row.id
    with st.popover(t("Agree a time"), icon=":material/event_available:", key=f"agree_{key}", on_change="rerun",
                    type="primary" if due else "secondary") as opened:  # fmt: skip
        if opened.open:
            _times(file, "agree")


def _times(file: BookingFile, action: str) -> None:
    key, name = file.row.id, f"{action}_{file.row.id}"
    day = st.date_input(t("Day wished"), value=None, key=f"{action}_day_{key}", min_value=here().clock().date(),
                        format=day_format())  # fmt: skip
    words = t("No free place in the days that can be booked.")
    with look() as work:
        local = work.local(max(file.row.starts_at or work.now, work.now))
        wish = local.replace(year=day.year, month=day.month, day=day.day) if day else local
        try:
            found: list[Offer] = offers(work, file.needs, wish, without=key, garage_called=True)
        except Refusal as refusal:
            found, words = [], md(refusal.say(language()))
    shown = [one for one in found if action == "agree" or one.starts_at != file.row.starts_at]
    if not shown:
        st.caption(words)
    for offer in shown:
        st.button(_said(offer, file), key=f"{name}_{offer.starts_at:%Y%m%dT%H%M}", width="stretch",
                  on_click=_take, args=(action, key, offer))  # fmt: skip


def _said(offer: Offer, file: BookingFile) -> Safe:
    why = t("as booked") if offer.starts_at == file.row.starts_at else t(offer.why)
    return joined(moment(offer.starts_at, here().clock(), zone()), why)


def _take(action: str, key: int, offer: Offer) -> None:
    at = clock(offer.starts_at, zone())
    if action == "agree":
        act(lambda work: agree(work, key, starts_at=offer.starts_at), at=f"appointment_{key}", done=t("Confirmed."))
    else:
        done = t("Moved to {time}.", time=at)
        act(lambda work: move(work, key, starts_at=offer.starts_at), at=f"appointment_{key}", done=done)
