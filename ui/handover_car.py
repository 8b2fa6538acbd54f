"""The car against the order: each job with what was found and done, and photos of before and after."""

from functools import partial

import streamlit as st

from db.models import Attachment, Handover, OrderJob
from services import handover_photos
from services.boards import OrderCard
from services.handover_points import points_of
from services.i18n import N_
from services.work import Work
from ui.handover_parts import all_of, point_button
from ui.here import look
from ui.photos import photo, photo_input
from ui.text import Safe, joined, md, t


def draw(card: OrderCard, row: Handover | None) -> None:
    """What the customer asked for, what was done, how it looks."""
    with look() as work:
        seen = handover_photos.before_after(work, card.facts)
    if card.order.concern:
        st.markdown(Safe(f"> {md(card.order.concern)}"))
    points = [point for point in points_of(card.facts) if point.moment == "car"]
    jobs = {f"job_{job.id}": job for job in card.facts.agreed_jobs}
    for point in points:
        point_button(card, row, point)
        words = _done(jobs[point.key])
        if words:
            st.caption(words)
    all_of(card, row, "car", points)
    right = st.container()
    if seen.before:
        left, right = st.columns(2, gap="small")
        with left:
            _pictures(t("When it came"), seen.before, N_("Photo of the car when it came"))
    with right:
        _pictures(t("As it leaves"), seen.after, N_("Photo of the car as it leaves"))
        photo_input(f"leaves_{card.id}", partial(_keep, card.id), N_("Photo of the car as it leaves"), several=True)


def _done(job: OrderJob) -> Safe:
    """What the workshop found, and what it did about it."""
    return joined(md(job.cause), md(job.correction), by=" → ")


def _pictures(title: Safe, rows: list[Attachment], alt: str) -> None:
    st.markdown(Safe(f"**{title}**"))
    if rows:
        with st.container(horizontal=True, gap="small"):
            for row in rows:
                photo(row, alt, width=180)


def _keep(order_id: int, work: Work, data: bytes) -> object:
    return handover_photos.add_photo(work, order_id, data)
