"""The parts of a job as lines: how much of what, from which shelf, and where it stands."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

import streamlit as st

from db.enums_workshop import RequisitionStatus
from services.job_parts import JobPart
from services.papers import quantity_words
from ui.here import here, zone
from ui.text import Safe, badge, joined, md, t
from ui.when import day


def part_lines(parts: Sequence[JobPart]) -> None:
    """One line each; nothing when the job needs none."""
    if parts:
        st.markdown(Safe("  \n".join(_line(one) for one in parts)))


def _line(one: JobPart) -> Safe:
    amount = joined(Safe(f"**{md(quantity_words(one.line.quantity, one.part.unit))}**"), md(one.line.title), by=" ")
    place = Safe(f":material/shelves: {md(one.part.place)}") if one.due and one.part.place else None
    return joined(badge(*part_state(one)), joined(amount, place), by=" ")


def part_state(one: JobPart) -> tuple[str, str, Safe]:
    """Where the part stands: colour, icon, words."""
    if not one.due:
        return "green", "outbox", t("issued")
    if one.slip and one.slip == one.slip.PICKED:
        return one.slip.color, one.slip.icon, t("ready at the counter")
    if one.stand.missing:
        return _missing(one)
    if one.slip:
        return "blue", one.slip.icon, t("asked of the store")
    return ("green", "bookmark", t("kept for this car")) if one.kept else ("gray", "inventory_2", t("in stock"))


def slip_words(slip: RequisitionStatus) -> Safe:
    """What an open slip of a car means for who works on it."""
    return t("Parts are ready at the counter") if slip == slip.PICKED else t("Parts are asked for")


def _missing(one: JobPart) -> tuple[str, str, Safe]:
    lacks = t("missing: {n}", n=quantity_words(one.stand.missing, one.part.unit))
    if one.buying is None:
        return "red", "error", lacks
    comes = t("comes {day}", day=day(one.expected_on, _today())) if one.expected_on else t(one.buying.label)
    return "violet", "local_shipping", joined(lacks, comes)


def _today() -> date:
    return here().clock().astimezone(ZoneInfo(zone())).date()
