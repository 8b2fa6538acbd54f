"""What matters about a car for this call, each fact with icon and words; what can be booked is added by a tap."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from db.enums import Urgency
from db.enums_desk import OutreachReason, ReturnKind
from services.car_call import CarCall
from services.declined_work import DeclinedWork
from services.due_work import Due
from ui.here import here, zone
from ui.text import Safe, badge, joined, md, t
from ui.when import full_date, moment

_SHOWN = 90  # letters of a complaint
Pick = Callable[[tuple[int, ...]], None]


@dataclass(frozen=True)
class Fact:
    """One short line; `jobs` are what a tap adds."""

    color: str
    icon: str
    words: Safe
    jobs: tuple[int, ...] = ()


def car_facts(facts: Sequence[Fact], chosen: Sequence[int], key: str, pick: Pick | None) -> None:
    """What is known in badges; what can be booked in buttons, which call `pick` with their jobs."""
    badges([fact for fact in facts if not (pick and fact.jobs)])
    offered = [fact for fact in facts if pick and fact.jobs]
    if not offered:
        return
    with st.container(horizontal=True, gap="small", key=f"facts_{key}"):
        for number, fact in enumerate(offered):
            added = set(fact.jobs) <= set(chosen)
            st.button(
                fact.words, key=f"fact_{key}_{number}", icon=":material/check:" if added else f":material/{fact.icon}:",
                type="primary" if added else "secondary", on_click=pick, args=(fact.jobs,),
            )  # fmt: skip


def badges(facts: Sequence[Fact]) -> None:
    """Facts in one line of badges."""
    line = joined(*(badge(fact.color, fact.icon, fact.words) for fact in facts), by=" ")
    if line:
        st.markdown(line)


def toggled(jobs: Sequence[int], tapped: tuple[int, ...]) -> list[int]:
    """The jobs with those tapped, or without them when all were there."""
    if set(tapped) <= set(jobs):
        return [job for job in jobs if job not in tapped]
    return [*jobs, *(job for job in tapped if job not in jobs)]


def warnings(call: CarCall) -> Iterator[Fact]:
    """What the advisor must not overlook while speaking."""
    for one in call.complaints:
        words = one.text if len(one.text) <= _SHOWN else one.text[:_SHOWN] + "…"
        yield Fact("red", "report", t("open complaint: {words}", words=words))
    if call.returns == ReturnKind.REWORK:
        yield Fact("red", "replay", t("comes back after our work: the manager is told"))
    if call.recent:
        left = moment(call.recent.left_at, here().clock(), zone())
        jobs = ", ".join(call.recent.titles)
        words = t("left {time}: {jobs}", time=left, jobs=jobs) if jobs else t("left {time}", time=left)
        yield Fact("orange", "history", words)
    if call.no_shows:
        yield Fact("orange", "person_off", t("no-shows so far: {n}", n=call.no_shows))


def offers(call: CarCall) -> Iterator[Fact]:
    """What to speak of besides: due, left undone last time, the warranty."""
    yield from _due(call)
    yield from _declined(call)
    yield from _warranty(call)


def _due(call: CarCall) -> Iterator[Fact]:
    for due in call.due:
        late = due.due_on < call.today
        yield Fact("red" if late else due.reason.color, due.reason.icon, _due_words(due), call.jobs_of(due))


def _due_words(due: Due) -> Safe:
    """A recall has no day: it is due as long as it is open."""
    if due.reason in (OutreachReason.RECALL, OutreachReason.CAMPAIGN):
        return joined(t(due.reason.label), md(due.what), by=": ")
    km = t("{km} km", km=f"{due.at_km:,}") if due.at_km else None
    return joined(joined(t(due.reason.label), full_date(due.due_on), by=" "), km)


def _declined(call: CarCall) -> Iterator[Fact]:
    for one in call.declined:
        color = "red" if one.urgency == Urgency.NOW else "orange"
        jobs = (one.job_id,) if one.job_id in call.offered and one.job_id else ()
        yield Fact(color, "build_circle", _declined_words(one), jobs)


def _declined_words(one: DeclinedWork) -> Safe:
    return joined(t("declined last time"), md(one.title), by=": ")


def _warranty(call: CarCall) -> Iterator[Fact]:
    until = call.warranty_until
    if until:
        if until >= call.today:
            yield Fact("green", "verified", t("warranty until {day}", day=full_date(until)))
        else:
            yield Fact("gray", "verified", t("warranty ended {day}", day=full_date(until)))
