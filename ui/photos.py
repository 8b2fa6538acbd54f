"""Photos handed in on the tablet, and shown again."""

from collections.abc import Callable

import streamlit as st

from db.models import Attachment
from services.files import read
from services.refusals import NotFound
from services.work import Work
from ui.act import act, notices
from ui.here import here
from ui.text import t

LARGEST_MB = (
    64  # the browser lets this much through, so that our own sentence tells what is too large (services/photos.py)
)


def photo_input(name: str, keep: Callable[[Work, bytes], object], label: str) -> None:
    """Take a photo or choose one; `keep` stores its bytes in one unit of work. `label` is an English text."""
    turn = st.session_state.setdefault(f"turn_{name}", 0)  # a new key empties the field
    key = f"photo_{name}_{turn}"
    st.file_uploader(
        t(label), type="image", key=key, max_upload_size=LARGEST_MB, on_change=_keep, args=(name, key, keep)
    )
    notices(f"photo_{name}")


def _keep(name: str, key: str, keep: Callable[[Work, bytes], object]) -> None:
    handed = st.session_state.get(key)
    if handed is None:
        return
    data = handed.getvalue()
    act(lambda work: keep(work, data), done=t("Photo kept"), at=f"photo_{name}")
    st.session_state[f"turn_{name}"] += 1  # a refused file is of no more use, and would stay in memory


def photo(row: Attachment, alt: str, width: int = 240) -> None:
    """Show a kept picture; a sentence when its file is gone. `alt` is an English text that says what it shows."""
    try:
        data = read(here().data_dir, row.sha256)
    except NotFound:
        st.caption(t("The picture's file is missing."))
        return
    st.image(data, alt=t(alt), width=width)
