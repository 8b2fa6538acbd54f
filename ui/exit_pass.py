"""The exit pass on the screen: its number large, the code the gate scans, whether it holds, and its paper."""

from functools import partial

import streamlit as st

from db.models import Vehicle
from services.delivery_papers import exit_pass_pdf
from services.exit_passes import void
from services.order_facts import OrderFacts
from services.people import names
from ui.addresses import address
from ui.here import here, look, zone
from ui.papers import in_languages
from ui.qr import qr
from ui.text import Safe, joined, language, md, t
from ui.when import moment


def exit_pass(facts: OrderFacts) -> None:
    """Nothing while there is none."""
    found = facts.exit_pass
    if found is None:
        return
    with look() as work:
        car = work.get(Vehicle, facts.order.vehicle_id)
        who = names(work).get(found.used_by_id or 0, "") if found.used_at else ""
    row = st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"exit_pass_{found.order_id}")
    row.image(_picture(gate_link(found.number)), width=120, alt=t("Exit pass {number}", number=found.number))
    with row.container(width="content", gap="xsmall"):
        st.header(t("Exit pass {number}", number=found.number), anchor=False)
        problem = void(facts, car)
        if found.used_at:
            left = t("Left {at}", at=moment(found.used_at, here().clock(), zone()))
            st.markdown(joined(Safe(f":green[:material/output: {left}]"), md(who)))
        elif problem:
            st.markdown(Safe(f":red[:material/block: {md(problem.say(language()))}]"))
        else:
            st.markdown(Safe(f":green[:material/check_circle: {t('The car may leave.')}]"))
        with st.container(horizontal=True, gap="small"):
            make = partial(exit_pass_pdf, order_id=found.order_id, code=gate_link(found.number))
            in_languages(t("Exit pass"), make, found.number)


def gate_link(number: str) -> str:
    """What the code on a pass says: the address of the gate with its number, or the number alone where no address is known."""
    return address(f"/gate?pass={number}") or number


@st.cache_data(max_entries=200, show_spinner=False)
def _picture(said: str) -> bytes:
    return qr(said)
