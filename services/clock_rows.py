"""A person's clocks that reach past a moment: found by the index alone, however many years of them there are."""

from datetime import datetime

from sqlalchemy import ColumnElement, union_all
from sqlmodel import col, select

from db.models import ClockEntry


def reaching(staff_id: int, moment: datetime) -> ColumnElement[bool]:
    """Whether a clock is the person's and runs, or ended after the moment.

    Two searches joined, because one with OR reads all clocks the person ever had.
    """
    theirs = select(ClockEntry.id).where(ClockEntry.staff_id == staff_id)
    running, ended = theirs.where(col(ClockEntry.ended_at).is_(None)), theirs.where(col(ClockEntry.ended_at) > moment)
    return col(ClockEntry.id).in_(union_all(running, ended))
