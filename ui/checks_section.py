"""What a car's record shows of its checks: what each found, why and to whom the car went back; photos; the advice for later."""

import streamlit as st

from db.models import Check
from services.check_draft import pictures_of
from services.check_marks import Kept, kept
from services.i18n import N_
from services.order_facts import OrderFacts
from services.people import names
from ui.check_point_row import Pictures
from ui.here import here, look, zone
from ui.parking import stands_at, washed_photos
from ui.photos import photo
from ui.recommendations import advice_list
from ui.text import Safe, badge, joined, md, t
from ui.when import moment


def checks_section(facts: OrderFacts) -> None:
    """Every check made, newest first, with what was not in order; then the advice, and the finished car with its place."""
    if facts.order.rework_count:
        st.markdown(badge("red", "replay", t("sent back: {n}", n=facts.order.rework_count)))
    if not facts.checks:
        st.caption(t("No check yet. The first one follows when all work is done."))
    with look() as work:
        staff = names(work)
        pictures = pictures_of(work, (one for check in facts.checks for one in kept(check)))
    jobs = {job.id: job.title for job in facts.jobs}
    for check in reversed(facts.checks):
        with st.container(border=True, gap="xsmall", key=f"check_made_{check.id}"):
            _head(check, staff)
            if not check.passed:
                st.markdown(rework_words(check, jobs, staff))
            for point in kept(check):
                _point(point, pictures)
            if check.note:
                st.markdown(md(check.note))
    advice_list(facts)
    stands_at(facts)
    washed_photos(facts)


def rework_words(check: Check, jobs: dict[int, str], staff: dict[int, str]) -> Safe:
    """Why it goes back, on which job, and who does it again."""
    cause = badge(check.cause.color, check.cause.icon, t(check.cause.label)) if check.cause else None
    who = staff.get(check.staff_id or 0)
    again = Safe(f":material/engineering: {md(who)}") if who else None
    return joined(cause, md(jobs.get(check.order_job_id or 0, "")), again, by=" ")


def _head(check: Check, staff: dict[int, str]) -> None:
    result = badge("green", "check", t("Passed")) if check.passed else badge("red", "replay", t("Back to rework"))
    own = badge("orange", "person_alert", t("checked own work")) if check.own_work else None
    at = moment(check.at, here().clock(), zone())
    who = md(staff.get(check.by_id, ""))
    st.markdown(joined(Safe(f"**{t(check.level.label)}**"), result, own, joined(who, at), by=" "))


def _point(point: Kept, pictures: Pictures) -> None:
    """Only what is worth reading: not in order, does not apply, or with a note or photo."""
    if point.mark is None or (point.plain and not point.photo):
        return
    mark = badge(point.mark.color, point.mark.icon, t(point.mark.label))
    st.markdown(joined(mark, t(point.words), md(point.note), by=" "))
    if point.photo in pictures:
        photo(pictures[point.photo], N_("Photo of the point"))
