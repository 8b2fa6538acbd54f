"""Advice for later and why; safety work left undone is explained and signed for."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from db.models import Handover, OrderJob
from services import found_words, handover
from services.boards import OrderCard
from services.consent_rows import Signature
from services.handover_points import UNSIGNED
from services.handover_safety import LeftUndone, left_undone, to_sign
from services.i18n import N_, translate
from services.recommendations import is_on, open_recommendations
from services.safety_warnings import EXPLAINED
from services.work import Work
from ui.act import act
from ui.handover_parts import PLACE, part, point_rows, tap
from ui.here import look
from ui.recommendations import advice_words
from ui.signature import Signed, signature
from ui.text import Safe, badge, joined, language, md, t

WHY_NOT = (N_("Did not want to sign"), N_("Somebody else fetches the car"), N_("Was told on the phone"))


def draw(card: OrderCard, row: Handover | None) -> None:
    """What was advised, what was declined, and the signature where safety is concerned."""
    facts = card.facts
    with look() as work:
        advised = [one for one in open_recommendations(work, card.vehicle.id) if not is_on(facts.agreed_jobs, one)]
        undone = left_undone(work, facts)
    declined = [job for job in facts.jobs if job not in facts.agreed_jobs]
    if not advised and not declined:
        st.markdown(badge("green", "check", t("Nothing is advised and nothing was left undone.")))
    if advised:
        if declined:
            part(t("Recommended for later"))
        st.markdown(joined(*(Safe(f"- {advice_words(one)}") for one in advised), by="\n"))
    if declined:
        part(t("Not wanted this time"))
        st.markdown(joined(*(Safe(f"- {_declined(job)}") for job in declined), by="\n"))
    point_rows(card, row, "advice")
    _safety(card, row, undone)


def _declined(job: OrderJob) -> Safe:
    soon = badge(job.urgency.color, job.urgency.icon, t(job.urgency.label)) if job.urgency else None
    safety = badge("red", "health_and_safety", t("safety")) if job.safety else None
    why = Safe(f":gray[{md(found_words.said(language(), job.reason))}]") if job.reason else None
    return joined(soon, safety, Safe(f"**{md(job.title)}**"), why, by=" ")


def _safety(card: OrderCard, row: Handover | None, undone: Sequence[LeftUndone]) -> None:
    """Explained, then signed for or why not."""
    if not undone:
        return
    with st.container(border=True, gap="small", key=f"safety_{card.id}"):
        for one in undone:
            st.markdown(Safe(f"#### :red[:material/warning:] {t(EXPLAINED, job=one.title)}"))
        left = to_sign(list(undone), row)
        if not left:
            why = row.points[UNSIGNED].get("why", "") if row and UNSIGNED in row.points else ""
            signed = row is None or row.safety_signature_id or not why
            open_ = joined(badge("orange", "signature", t("Not signed")), md(translate(language(), why)), by=" ")
            st.markdown(badge("green", "signature", t("Signed for")) if signed else open_)
            return
        signature(f"safety_pad_{card.id}_{st.session_state.get(f'safety_turn_{card.id}', 0)}", label=t("Signature"),
                  accept=t("I leave without it"), clear=t("Clear"), on_signed=partial(_signed, card.id))  # fmt: skip
        st.pills(
            t("Nobody signs"), WHY_NOT, format_func=t, key=f"unsigned_{card.id}", on_change=_unsigned, args=(card.id,)
        )


def _signed(order_id: int, signed: Signed) -> None:
    drawn = Signature(signed.png, signed.strokes)
    if act(lambda work: handover.sign_safety(work, order_id, signature=drawn), done=t("Signed"), at=PLACE) is None:
        st.session_state[f"safety_turn_{order_id}"] = st.session_state.get(f"safety_turn_{order_id}", 0) + 1


def _unsigned(order_id: int) -> None:
    reason = str(st.session_state.get(f"unsigned_{order_id}") or "")

    def write(work: Work) -> object:
        return handover.safety_not_signed(work, order_id, reason=reason)

    if reason:
        tap(write)
