"""What a car's record shows of the workshop: the jobs with their times."""

from collections.abc import Sequence

import streamlit as st

from db.enums import Answer
from db.models import Attachment, OrderJob
from services.clock_corrections import corrections
from services.clocks import start
from services.delays import delays
from services.files import attachments
from services.found_words import said
from services.job_parts import job_parts
from services.job_photos import photos_of
from services.my_work import JobTime, job_times
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.people import names
from services.verification import TAKEN_OVER, findings, of_order
from services.workflow import allowed
from ui.act import act
from ui.clock_times import clock_times
from ui.here import here, look, person, zone
from ui.job_card import job_card_button
from ui.job_parts import part_lines
from ui.job_time import left_mark, sum_words
from ui.old_part_order import old_parts
from ui.photos import photo
from ui.text import Safe, badge, joined, language, md, t
from ui.when import moment, span
from ui.workshop_delay import delay_lines
from ui.workshop_diagnosis import PICTURE as FOUND
from ui.workshop_take_over import PICTURE as CAME
from ui.workshop_take_over import taken_over


def work_section(facts: OrderFacts) -> None:
    """The job card, how the car was taken over, and every job: agreed or not, who worked how long, what was found and done."""
    with look() as work:
        staff, row = names(work), of_order(work, facts.order.id)
        pictures, proposed = findings(work, facts.jobs), photos_of(work, [job.id for job in facts.jobs if job.extra])
        late, parts = delays(work, facts.order.id), job_parts(work, facts)
        came, fixed = (
            attachments(work, facts.order, TAKEN_OVER),
            corrections(work, [clock.id for clock in facts.clocks]),
        )
    if not facts.jobs:
        st.caption(t("No job on this order yet. The advisor adds them in reception."))
    else:
        job_card_button(facts.order)
    if row:
        taken_over(row, staff)
    _photos(came, CAME)
    delay_lines(late, staff)
    times = {one.job.id: one for one in job_times(facts, here().clock())}
    for job in facts.jobs:
        with st.container(border=True, gap="xsmall", key=f"job_{job.id}"):
            _head(facts, job, times.get(job.id))
            st.caption(sum_words(times[job.id]) if job.id in times else t("standard {span}", span=span(job.minutes)))
            clock_times([clock for clock in facts.clocks if clock.order_job_id == job.id], fixed, staff)
            part_lines(parts.get(job.id, ()))
            _texts(job)
            _photos([*proposed.get(job.id, []), *pictures.get(job.id, [])], FOUND)
    old_parts(facts)


def _photos(pictures: Sequence[Attachment], alt: str) -> None:
    if pictures:
        with st.container(horizontal=True, gap="small"):
            for picture in pictures:
                photo(picture, alt, 150)


def _head(facts: OrderFacts, job: OrderJob, time: JobTime | None) -> None:
    row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
    answer = facts.job_answer(job)
    marks = [badge(answer.color, answer.icon, t(answer.label))]
    if job.extra:
        marks.append(badge("violet", "add_circle", t("Extra work")))
    if job.urgency:
        marks.append(badge(job.urgency.color, job.urgency.icon, t(job.urgency.label)))
    if job.done_at:
        marks.append(badge("green", "check", t("done {at}", at=moment(job.done_at, here().clock(), zone()))))
    left = left_mark(time) if time else None
    row.markdown(joined(Safe(f"**{md(job.title)}**"), *marks, left, by=" "), width="content")
    if _can_start(facts, job, answer):
        row.button(t("Start"), key=f"start_job_{job.id}", icon=":material/play_arrow:", on_click=_start,
                   args=(facts.order.id, job.id))  # fmt: skip


def _can_start(facts: OrderFacts, job: OrderJob, answer: Answer) -> bool:
    move = ORDERS.move("start")
    fits = move.fits(facts, facts.order.status) and allowed(move, person()) and not move.blockers(facts)
    return fits and answer == Answer.AGREED and (job.done_at is None or facts.in_rework)


def _start(order_id: int, job_id: int) -> None:
    act(lambda work: start(work, order_id, job_id=job_id), done=t("Your clock runs."), at=f"order_{order_id}")


def _texts(job: OrderJob) -> None:
    _text(t("Reason"), said(language(), job.reason))
    _text(t("What the car does"), job.complaint)
    _text(t("Cause"), job.cause)
    _text(t("Correction"), job.correction)


def _text(label: Safe, words: str) -> None:
    if words:
        st.markdown(Safe(f"{label}: {md(words)}"))
