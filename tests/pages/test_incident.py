"""A bug shows a sentence and a number; the trace is in the log under that number."""

import logging
import re

import pytest
from streamlit.testing.v1 import AppTest


def _broken() -> None:
    import streamlit as st

    from ui.incident import report

    st.session_state["language"] = st.query_params.get("lang", "en")
    try:
        raise ZeroDivisionError("secret of the inside")
    except ZeroDivisionError as error:
        st.session_state["handled"] = report(error)


@pytest.mark.parametrize(("language", "start"), [("en", "Something went wrong here"), ("zh_CN", "这里出错了")])
def test_a_bug_shows_a_number_that_is_in_the_log_and_nothing_else(
    language: str, start: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, "service_lane")
    at = AppTest.from_function(_broken)
    at.query_params["lang"] = language
    at.run()
    assert not at.exception
    assert at.session_state["handled"] is True
    [shown] = [box.value for box in at.error]
    assert shown.startswith(start)
    assert "secret" not in shown
    number = re.search(r"[0-9A-F]{6}$", shown)
    assert number
    [record] = [record for record in caplog.records if record.name == "service_lane.incident"]
    assert number[0] in record.getMessage()
    assert record.exc_info
    assert record.exc_info[0] is ZeroDivisionError
