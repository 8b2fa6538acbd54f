"""Photos taken on the tablet or chosen from its files, several at once, and shown again."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from db.models import Attachment
from services.files import read
from services.i18n import N_
from services.photos import LONGEST, MOST_BYTES, Photo, PictureTooBig, PictureUnreadable, prepare_photo
from services.refusals import NotFound, Refusal
from services.work import Work
from ui.act import act, notices, refuse, said
from ui.component import source
from ui.here import here
from ui.text import Safe, language, md, plain, t

# The browser lets this much through, so that our own sentence tells what is too large (services/photos.py).
LARGEST_MB = 64
ACCEPTED = ("image/*", ".heic", ".heif")
_MEGABYTE = 1024**2
_HTML = """<div class="photos"><div class="bar"><button type="button" class="take"><svg viewBox="0 0 24 24" aria-hidden="true">
<path d="M4 7.5h3.4L9 5h6l1.6 2.5H20a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 18V9A1.5 1.5 0 0 1 4 7.5Z"/>
<circle cx="12" cy="13.2" r="3.8"/></svg><span></span></button><button type="button" class="choose"><span></span></button></div>
<div class="word" role="status"></div></div>"""
_mount = st.components.v2.component(
    "service_lane_photo_buttons", html=_HTML, css=source("photo_buttons.css"), js=source("photo_buttons.js")
)


def photo_input(name: str, keep: Callable[[Work, bytes], object], label: str, *, several: bool = False) -> None:
    """Take a photo with the rear camera in one tap, or choose from the files. `label` is an English text.

    `keep` stores one photo in one unit of work: each is kept whole or not at all. Streamlit's own field does the sending and
    stays out of sight: its words are English only, and on a tablet it asks first where the picture shall come from.
    """
    turn = st.session_state.setdefault(f"turn_{name}", 0)  # a new key empties the field
    key = f"photo_{name}_{turn}"
    st.file_uploader(
        t(label), type=ACCEPTED, key=key, accept_multiple_files=several, max_upload_size=LARGEST_MB, on_change=_keep,
        args=(name, key, keep),
    )  # fmt: skip
    _mount(key=f"camera_{name}", data=_data(key, label, several, turn))
    notices(f"photo_{name}")


def _data(key: str, label: str, several: bool, turn: int) -> dict[str, object]:
    return {
        "field": f"st-key-{key}",
        "accepted": ",".join(ACCEPTED),
        "several": several,
        "largest": LARGEST_MB * _MEGABYTE,
        "longest": LONGEST,
        "turn": turn,
        "label": plain(label),
        "take": plain(N_("Take a photo")),
        "choose": plain(N_("Choose photos")) if several else plain(N_("Choose a photo")),
        "sending": plain(N_("Sending …")),
        "too_big": PictureTooBig(megabytes=MOST_BYTES // _MEGABYTE).say(language()),
        "unreadable": PictureUnreadable().say(language()),
    }


def _keep(name: str, key: str, keep: Callable[[Work, bytes], object]) -> None:
    handed = st.session_state.get(key)
    files = handed if isinstance(handed, list) else [handed] if handed else []
    if not files:
        return
    kept = _keep_each(files, keep, f"photo_{name}")
    if kept == len(files):
        said(t("Photo kept") if kept == 1 else t("{n} photos kept", n=kept), f"photo_{name}")
    elif len(files) > 1:
        refuse(t("{kept} of {given} photos were kept.", kept=kept, given=len(files)), f"photo_{name}")
    st.session_state[f"turn_{name}"] += 1  # a refused file is of no more use, and would stay in memory


def _keep_each(files: Sequence[Any], keep: Callable[[Work, bytes], object], at: str) -> int:
    """How many were kept. What is wrong with one picture stops none of the others; a full record ends it."""
    kept = 0
    for file in files:
        try:
            picture = prepare_photo(file.getvalue())
        except Refusal as refusal:
            why = md(refusal.say(language()))
            refuse(why if len(files) == 1 else Safe(f"{md(file.name)}: {why}"), at)
            continue
        if not _kept(keep, picture, at):
            break
        kept += 1
    return kept


def _kept(keep: Callable[[Work, bytes], object], picture: Photo, at: str) -> bool:
    return act(lambda work: keep(work, picture) or True, at=at) is not None


def photo(row: Attachment, alt: str, width: int = 240) -> None:
    """Show a kept picture; a sentence when its file is gone. `alt` is an English text that says what it shows."""
    try:
        data = read(here().data_dir, row.sha256)
    except NotFound:
        st.caption(t("The picture's file is missing."))
        return
    st.image(data, alt=t(alt), width=width)
