"""Who pays an accident repair: job by job, or all of it by the insurer but the excess."""

import streamlit as st

from db.enums import Payer
from db.models import OrderJob
from services.claim_shares import insurer_pays_all, paid_by, too_much
from services.estimates import by_payer
from services.line_changes import set_payer
from services.money import Sum
from ui.act import act
from ui.claim_look import PLACE, Shown
from ui.sums import money
from ui.text import badge, joined, md, t

CHOICES = (Payer.CUSTOMER, Payer.INSURER)


def draw(shown: Shown) -> None:
    """Each job with who pays it; one tap for all; the sums, with the excess where it is paid."""
    facts = shown.facts
    if not facts.jobs:
        st.caption(t("No jobs yet. They are added under “Jobs and parts”."))
        return
    open_yet = facts.billed is None
    if open_yet:
        st.button(t("Insurer pays all, the customer the excess"), icon=":material/shield:",
                  key=f"insurer_all_{shown.order_id}", on_click=_all, args=(shown.order_id,))  # fmt: skip
    for job in facts.counted:
        _job(shown, job, open_yet)
    for payer, due in by_payer(facts.counted_lines, shown.garage, facts.excess).items():
        row = st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small")
        row.caption(t(payer.label), width="content")
        row.markdown(f"#### {money(due.total, shown.garage.currency)}", width="content")
    _beyond(shown)


def _job(shown: Shown, job: OrderJob, open_yet: bool) -> None:
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    row.markdown(md(job.title), width="stretch")
    payer = paid_by(shown.facts, job)
    if not open_yet or payer not in (*CHOICES, None):
        row.markdown(badge("blue", "account_balance", t(payer.label) if payer else t("shared")), width="content")
        return
    key = f"claim_payer_{job.id}_{payer}"
    row.segmented_control(t("Who pays"), CHOICES, default=payer, format_func=lambda one: t(one.label), key=key,
                          on_change=_pays, args=(shown.order_id, job.id, key), label_visibility="collapsed")  # fmt: skip


def _beyond(shown: Shown) -> None:
    on_top = sum((one.agreed_sum for one in shown.more if one.agreed_sum), shown.claim.excess * 0)
    over = too_much(shown.facts, shown.garage, on_top)
    if over > 0:
        amount = Sum(over, shown.garage.currency)
        st.markdown(
            joined(
                badge("red", "error", t("{sum} more than the insurer agreed to: ask under “More damage”", sum=amount))
            )
        )


def _all(order_id: int) -> None:
    act(lambda work: insurer_pays_all(work, order_id), at=PLACE)


def _pays(order_id: int, job_id: int, key: str) -> None:
    if payer := st.session_state.get(key):
        act(lambda work: set_payer(work, order_id, order_job_id=job_id, payer=payer), at=PLACE)
