"""The papers an insurer asks for: here, not needed, or missing; a photo brings one in."""

from functools import partial

import streamlit as st

from db.enums_reception import ClaimPaper
from services.claim_agreement import photograph, photos_of, set_paper
from services.claim_state import NOT_NEEDED
from services.i18n import N_
from ui.act import act
from ui.claim_look import PLACE, Shown
from ui.here import look
from ui.photos import photo, photo_input
from ui.text import Safe, t

CHOICES = {True: N_("Here"), False: N_("Not needed")}


def draw(shown: Shown) -> None:
    """Each paper with two taps; below, photos of the one chosen."""
    with st.grid(2, min_column_width=330, gap="small"):
        for paper in ClaimPaper:
            _paper(shown, paper)
    chosen = st.pills(t("Photo of"), list(ClaimPaper), format_func=lambda one: t(one.label), wrap=True,
                      key=f"paper_photo_{shown.order_id}")  # fmt: skip
    if chosen:
        keep = partial(photograph, order_id=shown.order_id, paper=chosen)
        photo_input(
            f"claim_{shown.order_id}_{chosen}",
            lambda work, data: keep(work, data=data),
            N_("Take a photo or choose one"),
        )
        with look() as work:
            taken = photos_of(work, shown.claim, chosen)
        with st.container(horizontal=True, gap="small"):
            for row in taken:
                photo(row, str(chosen.label))


def _paper(shown: Shown, paper: ClaimPaper) -> None:
    stands = shown.claim.papers.get(paper)
    here = None if not stands else stands != NOT_NEEDED
    key = f"paper_{paper}_{shown.order_id}_{here}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        mark = ":red[:material/radio_button_unchecked:]" if here is None else ":green[:material/check_circle:]"
        st.markdown(Safe(f"{mark} {t(paper.label)}"), width="stretch")
        st.segmented_control(t(paper.label), list(CHOICES), default=here, format_func=lambda one: t(CHOICES[one]), key=key,
                             on_change=_set, args=(shown.order_id, paper, key), label_visibility="collapsed")  # fmt: skip


def _set(order_id: int, paper: ClaimPaper, key: str) -> None:
    here = st.session_state.get(key)
    act(lambda work: set_paper(work, order_id, paper=paper, here=here), at=PLACE)
