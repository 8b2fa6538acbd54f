"""What the person who does the rework has to read first: what was found, why it came back, on which job."""

import streamlit as st

from services.check_marks import failures
from services.order_facts import OrderFacts
from ui.text import Safe, joined, md, t


def rework_note(facts: OrderFacts) -> None:
    """The failed check in a few lines; nothing for a car that is in no rework."""
    check = facts.rework
    if check is None:
        return
    found = joined(md(check.note), *(joined(t(one.words), md(one.note), by=": ") for one in failures(check)), by="; ")
    job = facts.rework_job
    why = joined(t(check.cause.label) if check.cause else None, md(job.title) if job else None)
    first = joined(t(check.level.label), found, by=": ")
    st.warning(joined(first, Safe(f":small[{why}]") if why else None, by="  \n"), icon=":material/replay:")
