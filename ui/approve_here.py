"""A yes right here, with somebody else's PIN: who works at this tablet stays signed in."""

from collections.abc import Sequence

import streamlit as st

from db.models import Staff
from services.discount_approvals import Request, approve
from services.refusals import Refusal
from services.sign_in import prove
from services.work import unit_of_work
from ui.act import notices, refuse, said
from ui.here import here
from ui.text import language, md, t


def approve_here(request: Request, who: Sequence[Staff], place: str) -> None:
    """Who may say yes, and their PIN. A yes is told at `place`, a refusal beside the PIN."""
    key = request.discount.id
    people = {one.id: md(one.name) for one in who}
    if not people:
        return
    with st.popover(t("Approve here"), icon=":material/pin:", key=f"approve_here_{key}", on_change="rerun") as opened:
        if not opened.open:
            return
        st.pills(t("Who approves"), list(people), default=next(iter(people)), format_func=people.__getitem__, required=True,
                 key=f"approver_{key}")  # fmt: skip
        with st.form(f"approver_form_{key}", border=False, enter_to_submit=False):
            st.text_input(t("PIN"), type="password", key=f"approver_pin_{key}", autocomplete="off")
            st.form_submit_button(
                t("Approve"), icon=":material/check:", type="primary", on_click=_approve, args=(key, place)
            )
        notices(f"approver_{key}")


def _approve(discount_id: int, place: str) -> None:
    """A wrong PIN counts as at the sign-in; the PIN never stays in the field."""
    pin = str(st.session_state.get(f"approver_pin_{discount_id}") or "")
    st.session_state[f"approver_pin_{discount_id}"] = ""
    try:
        person = prove(here(), int(st.session_state[f"approver_{discount_id}"]), pin)
        with unit_of_work(here().as_person(person)) as work:
            approve(work, discount_id)
    except Refusal as refusal:
        refuse(md(refusal.say(language())), f"approver_{discount_id}")
    else:
        said(t("Approved"), place)
