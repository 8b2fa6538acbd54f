"""The form that keeps what the customer said about extra work."""

from collections.abc import Mapping

import streamlit as st

from db.enums import Answer, ConsentMethod
from db.models import Customer, Garage, OrderJob
from services.consents import GIVEN, Signature, answer_extra
from services.estimates import customer_pays
from services.order_facts import OrderFacts
from services.safety_warnings import EXPLAINED, unsafe
from ui.here import look
from ui.signature import Signed, signature
from ui.sums import money
from ui.text import Safe, badge, joined, md, phone, t
from ui.when import span
from ui.workshop_parts import save, value

ANSWERS = (Answer.AGREED, Answer.DECLINED)


def answer_form(facts: OrderFacts) -> None:
    """The phone number, each proposed job with its price, the answer, and how it came."""
    key = facts.order.id
    with look() as work:
        customer, garage = work.get(Customer, facts.order.customer_id), work.garage
    st.markdown(f"### :material/call: {joined(md(customer.name), phone(customer.phone))}")
    for job in _asked(facts):
        _job(facts, job, garage)
    for job in unsafe(facts.jobs, facts.lines, _answers(facts)):
        st.markdown(Safe(f":orange[:material/warning:] {t(EXPLAINED, job=job.title)}"))
        st.toggle(t("The customer was told"), key=f"extra_warned_{job.id}")
    left, right = st.columns(2, vertical_alignment="bottom")
    methods = {how: t(how.label) for how in GIVEN}
    how = left.segmented_control(t("How"), list(methods), default=ConsentMethod.PHONE, format_func=methods.__getitem__,
                                 key=f"extra_how_{key}", required=True, width="stretch")  # fmt: skip
    right.text_input(t("Who answered"), value=customer.name, key=f"extra_who_{key}")
    if how == ConsentMethod.SIGNED:
        signature(f"extra_sign_{key}", label=t("Signature"), accept=t("Sign"), clear=t("Clear"),
                  on_signed=lambda signed: _save(facts, signed))  # fmt: skip
    else:
        st.button(t("Keep the answer"), key=f"answer_extra_{key}", icon=":material/check:", type="primary", on_click=_save,
                  args=(facts, None))  # fmt: skip


def _job(facts: OrderFacts, job: OrderJob, garage: Garage) -> None:
    with st.container(border=True, gap="xsmall", key=f"extra_{job.id}"):
        row = st.columns([5, 2, 3.4], vertical_alignment="center")
        urgent = badge(job.urgency.color, job.urgency.icon, t(job.urgency.label)) if job.urgency else None
        row[0].markdown(joined(Safe(f"**{md(job.title)}**"), urgent, by=" "))
        row[0].caption(joined(md(job.reason), span(job.minutes)))
        due = customer_pays(facts.job_lines(job), garage).total  # declined lines left out, the rest as it would be paid
        row[1].markdown(f"**{money(due, garage.currency)}**")
        row[2].segmented_control(t("Answer"), ANSWERS, format_func=_word, key=f"extra_answer_{job.id}",
                                 label_visibility="collapsed", width="stretch")  # fmt: skip


def _asked(facts: OrderFacts) -> list[OrderJob]:
    return [job for job in facts.jobs if any(line.answer == Answer.PENDING for line in facts.job_lines(job))]


def _answers(facts: OrderFacts) -> Mapping[int, Answer]:
    """One answer for a job counts for each of its lines that waits for one."""
    given = {job.id: st.session_state.get(f"extra_answer_{job.id}") for job in _asked(facts)}
    return {line.id: answer for line in facts.pending if (answer := given.get(line.order_job_id))}


def _save(facts: OrderFacts, signed: Signed | None) -> None:
    key, answers = facts.order.id, _answers(facts)
    method, person = (
        ConsentMethod(st.session_state.get(f"extra_how_{key}", ConsentMethod.PHONE)),
        value(f"extra_who_{key}"),
    )
    drawn = Signature(signed.png, signed.strokes) if signed else None
    warned = [job.id for job in _asked(facts) if st.session_state.get(f"extra_warned_{job.id}")]
    fields = [f"extra_{name}_{job.id}" for job in _asked(facts) for name in ("answer", "warned")]
    save(
        key,
        lambda work: answer_extra(
            work,
            key,
            answers=answers,
            method=method,
            person=person,
            signature=drawn,
            warned=warned,
            version=facts.order.estimate_version,
        ),
        t("The answer is kept."),
        *fields,
        f"extra_who_{key}",
    )


def _word(answer: Answer) -> Safe:
    return t(answer.label)
