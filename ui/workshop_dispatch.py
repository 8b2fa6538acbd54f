"""The form that gives a car to a person and a bay."""

from datetime import datetime

import streamlit as st

from services.i18n import N_
from services.order_facts import OrderFacts
from services.suggestions import Candidate, Suggestions, suggestions
from services.workshop import dispatch, reassign
from ui.here import here, look, zone
from ui.text import Safe, joined, md, t
from ui.when import moment, span
from ui.workshop_parts import blockers, save


def dispatch_form(facts: OrderFacts) -> None:
    """Give the car to someone for the first time."""
    _form(facts, "dispatch")


def reassign_form(facts: OrderFacts) -> None:
    """Give the car to someone else, or move it to another bay."""
    _form(facts, "reassign")


def _form(facts: OrderFacts, action: str) -> None:
    key = facts.order.id
    reasons = blockers(facts, action)
    with look() as work:
        found = suggestions(work, facts)
    if not found.people or not found.bays:
        st.warning(t(_LACKS_PEOPLE if not found.people else _LACKS_BAYS), icon=":material/person_off:")
        return
    staff = _choose(t("Technician"), found.people, f"{action}_staff_{key}")
    bay = _choose(t("Bay"), found.bays, f"{action}_bay_{key}")
    start = found.first_free(staff, bay)
    st.caption(_when(found, start))
    st.button(
        t("Dispatch") if action == "dispatch" else t("Give to someone else"),
        key=f"{action}_{key}",
        icon=":material/send:",
        type="primary",
        disabled=bool(reasons),
        on_click=_give,
        args=(key, action, (staff, bay), None if start == found.start else start),
    )


_LACKS_PEOPLE = N_("Nobody here today has the skill for this work. A manager can change skills under Settings.")
_LACKS_BAYS = N_("There is no bay of the kind this work needs. A manager can change bays under Settings.")


def _choose(label: Safe, candidates: list[Candidate], key: str) -> int:
    names = {c.id: _face(c) for c in candidates}
    if st.session_state.get(key) not in names:
        st.session_state[key] = candidates[0].id
    chosen = st.pills(label, list(names), format_func=lambda c: names[c], key=key, required=True)
    return chosen or candidates[0].id


def _face(candidate: Candidate) -> Safe:
    load = t("{span} taken", span=span(candidate.load)) if candidate.load else t("free")
    partly = None if candidate.skilled else t("part of the work")
    planned = t("planned") if candidate.planned else None
    absent = None if candidate.today else t("not at work today")
    stands = t("{plate} stands there", plate=candidate.stands) if candidate.stands else None
    return joined(md(candidate.name), load, planned, partly, absent, stands)


def _when(found: Suggestions, start: datetime) -> Safe:
    return t("From {at}, {span}", at=moment(start, here().clock(), zone()), span=span(found.minutes))


def _give(order_id: int, action: str, drawn: tuple[int, int], start: datetime | None) -> None:
    verb = dispatch if action == "dispatch" else reassign
    keys = (f"{action}_staff_{order_id}", f"{action}_bay_{order_id}")
    staff, bay = (int(st.session_state.get(key, shown)) for key, shown in zip(keys, drawn, strict=True))
    at = start if (staff, bay) == drawn else None  # the time on screen was meant for those two
    save(
        order_id,
        lambda w: verb(w, order_id, staff_id=staff, bay_id=bay, starts_at=at),
        t("The car is given out."),
        *keys,
    )
