"""What a person sees when the program is wrong: a sentence and a number that is also in the log, never a traceback."""

import logging
import secrets

import streamlit as st

from ui.text import t

log = logging.getLogger("service_lane.incident")


def report(error: Exception) -> bool:
    """Log the error with its trace under a new number and show the number. True: Streamlit shows nothing itself."""
    number = secrets.token_hex(3).upper()
    log.error("incident %s", number, exc_info=error)
    st.error(
        t(
            "Something went wrong here. Go on with another car, and tell the manager this number: {number}",
            number=number,
        ),
        icon=":material/report:",
    )
    return True
