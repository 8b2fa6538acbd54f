"""A person's clocks: found by the index alone, however many years of them there are, and changed one act after the other."""

from datetime import datetime

from sqlalchemy import ColumnElement, union_all
from sqlmodel import col, select

from db.models import ClockEntry, Staff
from services.work import Work


def reaching(staff_id: int, moment: datetime) -> ColumnElement[bool]:
    """Whether a clock is the person's and runs, or ended after the moment.

    Two searches joined, because one with OR reads all clocks the person ever had.
    """
    theirs = select(ClockEntry.id).where(ClockEntry.staff_id == staff_id)
    running, ended = theirs.where(col(ClockEntry.ended_at).is_(None)), theirs.where(col(ClockEntry.ended_at) > moment)
    return col(ClockEntry.id).in_(union_all(running, ended))


def one_at_a_time(work: Work, staff_id: int) -> None:
    """Until the end of this act nobody else changes the person's clocks.

    The weaker lock, because acts leave traces that refer to the person: two that did would wait for each other for ever.
    """
    work.db.exec(select(Staff.id).where(Staff.id == staff_id).with_for_update(key_share=True)).one()
