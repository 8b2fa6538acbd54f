"""What customers just answered about the cars of the person at this tablet, as rows on the workshop's screen."""

import streamlit as st

from services import permissions as may
from services.answer_news import News, answer_news
from ui.delay_words import answer_words
from ui.here import here, look, person, show_record, zone
from ui.text import Safe, badge, joined, md, t
from ui.when import moment

READ = "answers_read"


def answer_rows() -> None:
    """Each with a tap to the car and a tap that says it was read; nothing for who does not repair. Inside a fragment."""
    if not person().roles.intersection(may.REPAIRS):
        return
    with look() as work:
        found = answer_news(work)
    read = st.session_state.get(READ, set())
    for one in found:
        if one.key not in read:
            _row(one)


def _row(news: News) -> None:
    now = here().clock()
    row = st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"news_{news.key}")
    said = [
        badge(answer.color, answer.icon, joined(md(title), t(answer.label), by=": ")) for title, answer in news.jobs
    ]
    if news.delay:
        said.append(answer_words(news.delay, now))
    with row.container(gap=None, width="stretch"):
        st.markdown(joined(Safe(f"**{md(news.plate)}**"), *said, by=" "))
        if news.jobs:
            st.caption(joined(md(news.person), moment(news.at, now, zone())))
    if row.button(t("Open"), key=f"news_open_{news.key}", icon=":material/open_in_full:", on_click=show_record,
                  args=("order", news.order_id)):  # fmt: skip
        st.rerun()
    row.button(t("Seen"), key=f"news_read_{news.key}", icon=":material/done:", on_click=_read, args=(news.key,))


def _read(key: str) -> None:
    st.session_state[READ] = {*st.session_state.get(READ, set()), key}
