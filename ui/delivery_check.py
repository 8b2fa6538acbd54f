"""Before the customer comes: what the order says about each point of the advisor's check, where a glance at the car must agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from db.enums import CheckLevel
from db.enums_checks import CheckPoint as P
from db.enums_reception import Valuable
from db.models import OldPart, OrderJob, OrderLine, Verification
from services import old_parts, verification
from services.check_points import Point
from services.left_undone import left_undone
from services.order_facts import DONE, OrderFacts
from services.people import names
from services.work import Work
from ui.check_point_row import Known
from ui.check_point_row import place as notices_at
from ui.delivery_old_parts import old_part_rows
from ui.here import here, zone
from ui.parking import place_badge
from ui.text import Safe, badge, joined, md, t
from ui.when import moment
from ui.workshop_checks import check_form as form_of

BEFORE = (CheckLevel.SELF, CheckLevel.TEAM, CheckLevel.FINAL)


@dataclass(frozen=True)
class _Order:
    """What is known besides the facts."""

    facts: OrderFacts
    staff: Mapping[int, str]
    seen: Verification | None
    kept: Sequence[OldPart]
    to_keep: Sequence[OrderLine]


def _load(work: Work, facts: OrderFacts) -> Known:
    key = facts.order.id
    kept = old_parts.of_order(work, key)
    known = _Order(facts, names(work), verification.of_order(work, key), kept, old_parts.to_keep(facts, kept))
    return partial(_draw, known)


def _draw(known: _Order, point: Point) -> None:
    if point.key == P.OLD_PARTS:
        old_part_rows(known.facts.order.id, known.kept, known.to_keep, at=notices_at(known.facts.order.id))
        return
    for said in _lines(known, point):
        st.caption(said)


def _lines(known: _Order, point: Point) -> list[Safe]:
    return _undone(known, point) if point.explain else _WORDS[P(point.key)](known)


def _undone(known: _Order, point: Point) -> list[Safe]:
    one = next((one for one in left_undone(known.facts) if one.key == point.key), None)
    if one is None:
        return []
    many = md(f"{one.quantity.normalize():f} {one.unit}") if one.quantity is not None else None
    return [Safe(f":orange[:material/pending: {joined(t(one.label), many, by=' ')}]")]


def _signed(known: _Order) -> list[Safe]:
    """Every job with who did it and when; then who signed the three checks."""
    jobs = [_done(known, job) for job in known.facts.agreed_jobs if job.done_at]
    return [*jobs, *(_check(known, level) for level in BEFORE if known.facts.passed(level))]


def _done(known: _Order, job: OrderJob) -> Safe:
    clocks = [c for c in known.facts.clocks if c.order_job_id == job.id and c.end_reason == DONE]
    who = dict.fromkeys(known.staff.get(clock.staff_id, "") for clock in clocks)
    at = moment(job.done_at, here().clock(), zone()) if job.done_at else None
    return Safe(f":material/check: {joined(md(job.title), md(', '.join(who)), at)}")


def _check(known: _Order, level: CheckLevel) -> Safe:
    check = known.facts.check(level)
    if check is None:
        return Safe("")
    own = badge("orange", "person_alert", t("checked own work")) if check.own_work else None
    at = moment(check.at, here().clock(), zone())
    return Safe(f":material/verified: {joined(t(level.label), md(known.staff.get(check.by_id)), at, own)}")


def _symptom(known: _Order) -> list[Safe]:
    """In the customer's words, as the technician saw it, and what was found and done."""
    facts, seen = known.facts, known.seen
    said = [Safe(f":material/format_quote: {md(facts.order.concern)}")] if facts.order.concern else []
    if seen and seen.symptom:
        said.append(joined(badge(seen.symptom.color, seen.symptom.icon, t(seen.symptom.label)), md(seen.note), by=" "))
    found = [joined(md(job.cause), md(job.correction), by=" → ") for job in facts.agreed_jobs]
    return [*said, *(Safe(f":material/build: {words}") for words in found if words)]


def _tidy(known: _Order) -> list[Safe]:
    order = known.facts.order
    wash = t("Wash wanted") if order.wash else t("No wash wanted")
    return [
        joined(Safe(f":material/local_car_wash: {wash}"), place_badge(order.place) if order.place else None, by=" ")
    ]


def _empty(known: _Order) -> list[Safe]:
    """What stays in the car is the customer's own."""
    sheet = known.facts.inspection
    if sheet is None:
        return []
    kept = [t(Valuable(one).label) for one in sheet.stays or ()]
    theirs = joined(*kept, md(sheet.valuables), by=", ")
    return [Safe(f":material/person: {t('Belongs to the customer')}: {theirs}")] if theirs else []


_WORDS = {P.SIGNED: _signed, P.SYMPTOM: _symptom, P.TIDY: _tidy, P.EMPTY: _empty}
check_form = form_of(CheckLevel.DELIVERY, _load)
