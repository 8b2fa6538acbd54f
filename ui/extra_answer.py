"""One proposed job as it is told to the customer: reason, photos, time, price, and the answer, by line where it differs."""

from collections.abc import Sequence

import streamlit as st

from db.enums import Answer
from db.models import Attachment, Garage, OrderJob, OrderLine
from services.estimates import customer_pays
from services.found_words import said
from services.link_answers import asked_of_customer
from services.order_facts import OrderFacts
from ui.agreement_words import price
from ui.estimate_words import line_name
from ui.extra_photos import job_photos
from ui.sums import money
from ui.text import Safe, badge, joined, language, md, t
from ui.when import span

ANSWERS = (Answer.AGREED, Answer.DECLINED)


def asked_job(facts: OrderFacts, job: OrderJob, photos: Sequence[Attachment], garage: Garage) -> None:
    """Title and urgency, the price large, one answer for all of it."""
    waiting = [line for line in facts.job_lines(job) if line.answer == Answer.PENDING]
    with st.container(border=True, gap="xsmall", key=f"extra_{job.id}"):
        row = st.columns([5, 2, 3.4], vertical_alignment="center")
        urgent = badge(job.urgency.color, job.urgency.icon, t(job.urgency.label)) if job.urgency else None
        unsafe = badge("red", "health_and_safety", t("Concerns safety")) if job.safety else None
        row[0].markdown(joined(Safe(f"**{md(job.title)}**"), urgent, unsafe, by=" "))
        row[0].caption(joined(md(said(language(), job.reason)), span(job.minutes)))
        row[1].markdown(_price(waiting, garage))
        _control(row[2], f"extra_answer_{job.id}")
        job_photos(photos)
        if len(waiting) > 1:
            with st.expander(t("Line by line")):
                for line in waiting:
                    _line(line, garage.currency)


def answer_of(facts: OrderFacts, job: OrderJob) -> Answer | None:
    """The answer tapped for a job as a whole; agreed when one of its lines is."""
    lines = [st.session_state.get(f"extra_line_{line.id}") for line in facts.job_lines(job)]
    said: Answer | None = st.session_state.get(f"extra_answer_{job.id}")
    return Answer.AGREED if said != Answer.AGREED and Answer.AGREED in lines else said


def fields_of(facts: OrderFacts) -> list[str]:
    """The keys of everything tapped about the jobs asked for."""
    jobs = [f"extra_{name}_{job.id}" for job in asked_of_customer(facts) for name in ("answer", "warned")]
    return [*jobs, *(f"extra_line_{line.id}" for line in facts.pending)]


def _price(lines: Sequence[OrderLine], garage: Garage) -> Safe:
    """What the customer pays of what is asked; of what is priced later the most it may cost."""
    later = [price(line, garage.currency) for line in lines if line.unpriced]
    due = customer_pays([line for line in lines if not line.unpriced], garage).total
    return Safe(f"**{joined(money(due, garage.currency) if due or not later else None, *later[:1], by=' + ')}**")


def _line(line: OrderLine, currency: str) -> None:
    row = st.columns([5, 2, 3.4], vertical_alignment="center")
    times = f"{line.quantity.normalize():f} × " if line.quantity != 1 else ""
    row[0].markdown(joined(Safe(f":material/{line.kind.icon}:"), md(times), line_name(line), by=" "))
    row[1].markdown(price(line, currency))
    _control(row[2], f"extra_line_{line.id}")


def _control(place: st.delta_generator.DeltaGenerator, key: str) -> None:
    place.segmented_control(
        t("Answer"), ANSWERS, format_func=_word, key=key, label_visibility="collapsed", width="stretch"
    )


def _word(answer: Answer) -> Safe:
    return t(answer.label)
