"""What matters about a car for this call, each fact with icon and words; what can be booked is added by a tap."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from db.enums import Urgency
from db.enums_desk import OutreachReason, ReturnKind
from services.car_call import CarCall
from services.declined_work import DeclinedWork
from services.due_work import Due
from services.finding import Found
from ui.here import here, zone
from ui.text import Safe, badge, joined, md, phone, t
from ui.when import full_date, moment

_SHOWN = 90  # letters of a complaint
_OPEN = (OutreachReason.RECALL, OutreachReason.CAMPAIGN)  # have no day: due as long as they are open
Pick = Callable[[tuple[int, ...]], None]


@dataclass(frozen=True)
class Fact:
    """One short line; `jobs` are what a tap adds."""

    color: str
    icon: str
    says: Safe
    jobs: tuple[int, ...] = ()


def whose(car: Found) -> None:
    """Plate, model, customer and phone in one line."""
    rest = joined(md(car.model), md(car.name), phone(car.phone))
    st.markdown(Safe(f"#### {md(car.plate)}&ensp;:gray[:small[{rest}]]"))


def car_line(car: Found) -> None:
    """Whose car a booking is for, with what is wrong."""
    whose(car)
    complaint = [Fact("red", "report", t("open complaint: tell the manager"))] if car.complaint else []
    badges([*complaint, *_incomplete(car)])


def car_facts(facts: Sequence[Fact], chosen: Sequence[int], key: str, pick: Pick) -> None:
    """What is known in badges; what can be booked to tap, which calls `pick` with its jobs."""
    badges([fact for fact in facts if not fact.jobs])
    offered = [fact for fact in facts if fact.jobs]
    if not offered:
        return
    name, said = f"facts_{key}", [_to_tap(fact) for fact in offered]
    added = [number for number, fact in enumerate(offered) if set(fact.jobs) <= set(chosen)]
    st.session_state[name] = added  # the jobs are the truth: they may have been taken out elsewhere
    st.pills(
        t("Due and left undone"), list(range(len(offered))), selection_mode="multi", key=name, wrap=True,
        format_func=lambda number: said[number], on_change=_picked, args=(name, offered, added, pick),
        label_visibility="collapsed",
    )  # fmt: skip


def _to_tap(fact: Fact) -> Safe:
    return Safe(f":material/{fact.icon}: {fact.says}")


def _picked(name: str, offered: Sequence[Fact], added: Sequence[int], pick: Pick) -> None:
    for number in set(st.session_state[name] or []) ^ set(added):
        pick(offered[number].jobs)


def badges(facts: Sequence[Fact]) -> None:
    """Facts in one line of badges."""
    line = joined(*(badge(fact.color, fact.icon, fact.says) for fact in facts), by=" ")
    if line:
        st.markdown(line)


def toggled(jobs: Sequence[int], tapped: tuple[int, ...]) -> list[int]:
    """The jobs with those tapped, or without them when all were there."""
    if set(tapped) <= set(jobs):
        return [job for job in jobs if job not in tapped]
    return [*jobs, *(job for job in tapped if job not in jobs)]


def marks(car: Found) -> Iterator[Fact]:
    """What the file says at once: another booking of the car, and what is missing."""
    if car.booked_at:
        at = moment(car.booked_at, here().clock(), zone())
        yield Fact("blue", "event", t("already booked: {time}", time=at))
    yield from _incomplete(car)


def _incomplete(car: Found) -> Iterator[Fact]:
    if car.incomplete:
        yield Fact("orange", "edit_note", t("file incomplete"))


def warnings(call: CarCall) -> Iterator[Fact]:
    """What the advisor must not overlook while speaking."""
    for one in call.complaints:
        words = one.text if len(one.text) <= _SHOWN else one.text[:_SHOWN] + "…"
        yield Fact("red", "report", t("open complaint: {words}", words=words))
    if call.returns == ReturnKind.REWORK:
        yield Fact("red", "replay", t(ReturnKind.REWORK.label))
    if call.recent:
        left = moment(call.recent.left_at, here().clock(), zone())
        jobs = ", ".join(call.recent.titles)
        words = t("left {time}: {jobs}", time=left, jobs=jobs) if jobs else t("left {time}", time=left)
        yield Fact("orange", "history", words)
    if call.no_shows:
        yield Fact("orange", "person_off", t("no-shows so far: {n}", n=call.no_shows))


def offers(call: CarCall) -> Iterator[Fact]:
    """What to speak of besides: due, the warranty, what was left undone last time, and what the workshop advised."""
    yield from due_facts(call)
    for one in call.declined:
        color = "red" if one.urgency == Urgency.NOW else "orange"
        jobs = (one.job_id,) if one.job_id in call.offered and one.job_id else ()
        yield Fact(color, "build_circle", _declined_words(one), jobs)
    for row in call.advised:
        color = "red" if row.safety else row.urgency.color
        jobs = (row.job_id,) if row.job_id in call.offered and row.job_id else ()
        yield Fact(color, "event_upcoming", joined(t("advised"), md(row.text)), jobs)


def due_facts(call: CarCall) -> Iterator[Fact]:
    """What is due, with its jobs, and the end of the warranty."""
    for due in call.due:
        late = due.due_on < call.today and due.reason not in _OPEN
        yield Fact("red" if late else due.reason.color, due.reason.icon, _due_words(due), call.jobs_of(due))
    if call.warranty_until and call.warranty_until >= call.today:
        yield Fact("green", "verified", t("warranty until {day}", day=full_date(call.warranty_until)))
    elif call.warranty_until:
        yield Fact("gray", "verified", t("warranty ended {day}", day=full_date(call.warranty_until)))


def _due_words(due: Due) -> Safe:
    if due.reason in _OPEN:
        return joined(t(due.reason.label), md(due.what))
    km = t("{km} km", km=f"{due.at_km:,}") if due.at_km else None
    return joined(joined(t(due.reason.label), full_date(due.due_on), by=" "), km)


def _declined_words(one: DeclinedWork) -> Safe:
    return joined(t("declined last time"), md(one.title))
