"""What is advised for a car: on its order, at reception and beside the estimate, where one tap adds it."""

from collections.abc import Sequence

import streamlit as st

from db.enums_workshop import AdviceEnd
from db.models import OrderJob, Recommendation
from services import permissions as may
from services.order_facts import OrderFacts
from services.recommendations import end, is_on, open_recommendations, put_on_order
from ui.act import act
from ui.here import here, look, person, zone
from ui.text import Safe, badge, joined, md, t
from ui.when import full_date, moment


def advice_list(facts: OrderFacts) -> None:
    """Everything advised for the car and not done yet; who advises may end one. Nothing when there is nothing."""
    with look() as work:
        rows = open_recommendations(work, facts.order.vehicle_id)
    if rows:
        st.markdown(f"**{t('Recommended for later')}**")
    for row in rows:
        line = _line(row)
        _ends(line, row, facts.order.id, f"order_{facts.order.id}")


def proposals(order_id: int, vehicle_id: int, jobs: Sequence[OrderJob], place: str, *, open_only: bool = False) -> None:
    """The same at reception, each with a tap that puts it on the estimate; what was put there is only told, or with
    `open_only` left out."""
    with look() as work:
        rows = open_recommendations(work, vehicle_id)
    for row in rows:
        there = is_on(jobs, row)
        if there and open_only:
            continue
        line = _line(row)
        if there:
            line.markdown(badge("green", "check", t("on the estimate")), width="content")
            continue
        line.button(t("Add"), icon=":material/add:", key=f"advised_{place}_{row.id}", on_click=_add,
                    args=(order_id, row.id, place))  # fmt: skip
        _ends(line, row, order_id, place)


def advice_words(row: Recommendation) -> Safe:
    """What is advised, by when, and since when."""
    due = joined(
        full_date(row.due_on) if row.due_on else None, t("{km} km", km=f"{row.due_km:,}") if row.due_km else None
    )
    since = t("advised {at}", at=moment(row.at, here().clock(), zone()))
    safety = badge("red", "health_and_safety", t("safety")) if row.safety else None
    soon = badge(row.urgency.color, row.urgency.icon, t(row.urgency.label))
    until = badge("blue", "event", due) if due else None
    return joined(soon, safety, Safe(f"**{md(row.text)}**"), until, Safe(f":gray[:small[{since}]]"), by=" ")


def _line(row: Recommendation) -> st.delta_generator.DeltaGenerator:
    line = st.container(horizontal=True, vertical_alignment="center", gap="small")
    line.markdown(advice_words(row), width="stretch")
    return line


def _ends(line: st.delta_generator.DeltaGenerator, row: Recommendation, order_id: int, place: str) -> None:
    if not person().has(*may.ADVISES):
        return
    key = f"advice_end_{place}_{row.id}"
    line.menu_button(t("More"), list(AdviceEnd), format_func=_how, key=key, icon=":material/more_horiz:", on_click=_end,
                     args=(row.id, order_id, key, place))  # fmt: skip


def _how(how: AdviceEnd) -> Safe:
    return t(how.label)


def _add(order_id: int, recommendation_id: int, place: str) -> None:
    act(lambda work: put_on_order(work, order_id, recommendation_id=recommendation_id),
        done=t("Added to the order"), at=place)  # fmt: skip


def _end(recommendation_id: int, order_id: int, key: str, place: str) -> None:
    how = AdviceEnd(st.session_state[key])
    act(lambda work: end(work, recommendation_id, how=how, order_id=order_id), done=t("Saved"), at=place)
