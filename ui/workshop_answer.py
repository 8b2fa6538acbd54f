"""The form that keeps what the customer said about extra work, and the new time that was told with it."""

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from db.enums import Answer, ConsentMethod
from db.models import Customer
from services.consents import GIVEN, Signature, answer_extra
from services.job_photos import photos_of
from services.link_answers import asked_of_customer
from services.order_facts import OrderFacts
from services.promise_proposals import with_extra
from services.safety_warnings import EXPLAINED, unsafe
from ui.extra_answer import answer_of, asked_job, fields_of
from ui.extra_link import extra_link
from ui.here import here, look, zone
from ui.signature import Signed, signature
from ui.text import Safe, joined, md, phone, t
from ui.when import moment
from ui.workshop_parts import save, value


def answer_form(facts: OrderFacts) -> None:
    """The phone number, each proposed job with photos and price, the answers, the new time, and how they came."""
    key, asked = facts.order.id, asked_of_customer(facts)
    answers = _answers(facts)
    agreed = {job.id for job in asked if answer_of(facts, job) == Answer.AGREED}
    likely = agreed or ({job.id for job in asked} if not answers else set())  # all of it, until something is said
    with look() as work:
        customer, garage = work.get(Customer, facts.order.customer_id), work.garage
        photos = photos_of(work, [job.id for job in asked])
        new = with_extra(work, facts, [job for job in asked if job.id in likely])
    st.markdown(f"### :material/call: {joined(md(customer.name), phone(customer.phone))}")
    extra_link(key)
    for job in asked:
        asked_job(facts, job, photos.get(job.id, []), garage)
    for job in unsafe(facts.jobs, facts.lines, answers):
        st.markdown(Safe(f":orange[:material/warning:] {t(EXPLAINED, job=job.title)}"))
        st.toggle(t("The customer was told"), key=f"extra_warned_{job.id}")
    if new:
        _new_time(facts, new)
    _how(facts, customer.name, new)


def _new_time(facts: OrderFacts, new: datetime) -> None:
    """What the customer has to be told with the question: when it is done with all that is not declined."""
    now, was = here().clock(), facts.order.promised_at
    at = moment(new, now, zone())
    words = t("Ready {at} instead of {was}", at=at, was=moment(was, now, zone())) if was else t("Ready {at}", at=at)
    st.markdown(Safe(f"### :orange[:material/more_time:] {words}"))


def _how(facts: OrderFacts, name: str, new: datetime | None) -> None:
    key = facts.order.id
    left, right = st.columns(2, vertical_alignment="bottom")
    methods = {how: t(how.label) for how in GIVEN}
    how = left.segmented_control(t("How"), list(methods), default=ConsentMethod.PHONE, format_func=methods.__getitem__,
                                 key=f"extra_how_{key}", required=True, width="stretch")  # fmt: skip
    right.text_input(t("Who answered"), value=name, key=f"extra_who_{key}")
    if how == ConsentMethod.SIGNED:
        signature(f"extra_sign_{key}", label=t("Signature"), accept=t("Sign"), clear=t("Clear"),
                  on_signed=lambda signed: _save(facts, signed, new))  # fmt: skip
    else:
        st.button(t("Save the answer"), key=f"answer_extra_{key}", icon=":material/check:", type="primary", on_click=_save,
                  args=(facts, None, new))  # fmt: skip


def _answers(facts: OrderFacts) -> Mapping[int, Answer]:
    """The answer on a line, or that on its job, by line; what was not answered is left out."""
    jobs = {job.id: st.session_state.get(f"extra_answer_{job.id}") for job in asked_of_customer(facts)}
    said = {
        line.id: st.session_state.get(f"extra_line_{line.id}") or jobs.get(line.order_job_id) for line in facts.pending
    }
    return {key: answer for key, answer in said.items() if answer}


def _save(facts: OrderFacts, signed: Signed | None, new: datetime | None) -> None:
    key, answers = facts.order.id, _answers(facts)
    method = ConsentMethod(st.session_state.get(f"extra_how_{key}", ConsentMethod.PHONE))
    person, drawn = value(f"extra_who_{key}"), Signature(signed.png, signed.strokes) if signed else None
    asked = asked_of_customer(facts)
    warned = [job.id for job in asked if st.session_state.get(f"extra_warned_{job.id}")]
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
            promised_at=new,
        ),
        t("The answer is kept."),
        *fields_of(facts),
        f"extra_who_{key}",
    )
