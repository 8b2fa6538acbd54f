"""What happened to a record, newest first."""

from datetime import datetime
from itertools import groupby
from typing import Any

import streamlit as st
from sqlmodel import col, select

from db.models import Event
from services.booking_policy import RULES
from services.event_labels import event_label
from services.people import names
from ui.here import here, look, zone
from ui.text import Safe, joined, md, t
from ui.when import moment

MOST = 100
CHECKED = "health"


def history(row: Any) -> None:
    """The events of a row: when, who, what, and the details worth reading."""
    with look() as work:
        query = select(Event).where(Event.subject == row.__tablename__, Event.subject_id == row.id)
        events = work.db.exec(query.order_by(col(Event.id).desc()).limit(MOST)).all()
        staff = names(work)
    now = here().clock()
    for _, taps in groupby(events, key=_together):
        event, *earlier = taps
        who = md(staff[event.by_id]) if event.by_id in staff else t("Service Lane")
        what = t(event_label(event.subject, event.action))
        details = (_details(one, now) for one in reversed((event, *earlier)))
        st.markdown(joined(Safe(f"**{moment(event.at, now, zone())}**"), what, who, *details))


def _together(event: Event) -> tuple[int, int | None]:
    """The taps of one person on one health check are one line."""
    return (0 if event.action == CHECKED else event.id), event.by_id


def _details(event: Event, now: datetime) -> Safe:
    words = [_word(name, value, now) for name, value in event.details.items() if isinstance(value, str) and value]
    return joined(*words, by=" → ")


def _word(name: str, value: str, now: datetime) -> Safe:
    if name == "override":
        return joined(*(t(RULES[rule]) for rule in value.split(",") if rule in RULES), by=", ")
    try:
        return moment(datetime.fromisoformat(value), now, zone()) if len(value) >= 19 else t(value)
    except ValueError:
        return t(value)
