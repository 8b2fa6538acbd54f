"""The form that proposes extra work: photos, a job of the catalogue or one described, why, and how soon."""

import streamlit as st
from sqlmodel import col, select

from db.enums import Answer, Urgency
from db.models import Job, OrderJob
from services.catalogue import labour_price
from services.extra_work import propose
from services.found_words import BETWEEN, WHY
from services.i18n import N_
from services.job_photos import take_staged
from services.money import Sum
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.work import Work
from services.workflow import facts_of
from ui.act import token
from ui.extra_photos import photos_to_come
from ui.here import look
from ui.sums import sum_input, sum_typed_in
from ui.text import Safe, language, plain, t
from ui.workshop_parts import save, value

FIELDS = ("job", "title", "minutes", "price", "outside", "supplier", "cost", "why", "soon", "note", "safety")
MOST = 500


def extra_form(facts: OrderFacts) -> None:
    """Two taps for a job of the catalogue; title, minutes and price for any other, also one that is done elsewhere."""
    key = facts.order.id
    names = _jobs(facts.currency)
    photos_to_come(key)
    job = st.selectbox(t("Job"), list(names), index=None, format_func=lambda j: names[j], key=f"extra_job_{key}",
                       placeholder=plain("Choose a job, or describe it below"))  # fmt: skip
    if job is None:
        _described(key, facts.currency)
    why, soon = st.columns([3, 2])
    why.pills(t("Reason"), WHY, wrap=True, format_func=t, key=f"extra_why_{key}")
    soon.pills(
        t("How soon"), list(Urgency), format_func=_urgency, default=Urgency.NOW, required=True, key=f"extra_soon_{key}"
    )
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
    row.text_input(t("What was found"), key=f"extra_note_{key}")
    row.toggle(t("Concerns safety"), key=f"extra_safety_{key}")
    name = f"extra_{key}"
    st.button(t("Propose to the customer"), key=f"add_extra_{key}", icon=":material/add_circle:", type="primary",
              on_click=_propose, args=(key, token(name)))  # fmt: skip


def _described(key: int, currency: str) -> None:
    title, minutes, price = st.columns([3, 1, 1])
    title.text_input(t("What has to be done"), key=f"extra_title_{key}")
    minutes.number_input(t("Minutes"), min_value=0, max_value=6000, value=None, step=15, key=f"extra_minutes_{key}")
    price.number_input(
        t("Price"), min_value=0.0, max_value=1_000_000.0, value=None, step=10.0, key=f"extra_price_{key}"
    )
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    row.toggle(t("Outside work"), key=f"extra_outside_{key}")
    if st.session_state.get(f"extra_outside_{key}"):
        row.text_input(t("Supplier"), key=f"extra_supplier_{key}")
        with row:
            sum_input(t("Cost"), f"extra_cost_{key}", currency)


def _propose(order_id: int, once: str) -> None:
    keys = {name: f"extra_{name}_{order_id}" for name in FIELDS}
    typed = {name: st.session_state.get(key) for name, key in keys.items()}
    why = plain(typed["why"]) if typed["why"] else ""
    reason = BETWEEN.join(part for part in (why, value(keys["note"]).strip()) if part)
    price, cost = sum_typed_in(keys["price"]), sum_typed_in(keys["cost"])
    save(
        order_id,
        lambda work: _answer(work, propose(
            work, order_id, reason=reason, urgency=typed["soon"], job_id=typed["job"], title=value(keys["title"]),
            minutes=typed["minutes"], price=price, safety=bool(typed["safety"]), outside=bool(typed["outside"]),
            supplier=value(keys["supplier"]), cost=cost, photos=take_staged(work, order_id),
        )),
        lambda answer: t(_PROPOSED[answer]),
        *keys.values(),
        once=once,
        name=f"extra_{order_id}",
    )  # fmt: skip


_PROPOSED = {
    Answer.PENDING: N_("Proposed. The advisor asks the customer."),
    Answer.AGREED: N_("The customer agreed to this beforehand: go ahead."),
}


def _answer(work: Work, job: OrderJob) -> Answer:
    return facts_of(work, ORDERS, job.order_id).job_answer(job)


def _jobs(currency: str) -> dict[int, str]:
    """The catalogue with labour prices, as plain text: a select box reads no markdown."""
    with look() as work:
        jobs = work.db.exec(select(Job).where(col(Job.active)).order_by(Job.group, Job.name).limit(MOST)).all()
        prices = {job.id: Sum(labour_price(work, job), currency).say(language()) for job in jobs}
    return {job.id: f"{job.name} · {prices[job.id]}" for job in jobs}


def _urgency(urgency: Urgency) -> Safe:
    return Safe(f":material/{urgency.icon}: {t(urgency.label)}")
