"""The accident: which insurer, under which numbers, when it happened and how."""

import streamlit as st

from services.claims import recent_insurers
from ui.claim_look import Shown, instant, key_of, put, words
from ui.here import look
from ui.text import md, t


def draw(shown: Shown) -> None:
    """The insurers of late as taps; the rest in fields, each written when it is left."""
    with look() as work:
        recent = recent_insurers(work)
    others = [name for name in recent if name != shown.claim.insurer]
    if others and not shown.claim.insurer:
        key = key_of(shown, "insurer") + "_recent"
        st.pills(t("Insurer"), others, format_func=md, key=key, on_change=_choose, args=(shown, key), wrap=True)
    left, right = st.columns(2, gap="medium")
    words(left, shown, "insurer", t("Insurer"), most=140)
    instant(right, shown, "happened_at", t("When it happened"))
    words(left, shown, "policy_number", t("Policy number"), most=80)
    words(right, shown, "claim_number", t("Claim number"), most=80)
    words(st.container(), shown, "story", t("What happened"), most=2200, lines=True)


def _choose(shown: Shown, key: str) -> None:
    if name := st.session_state.get(key):
        put(shown, "insurer", name)
