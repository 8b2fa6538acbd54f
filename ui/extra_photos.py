"""Photos of what was found: taken before the job is proposed, shown with it afterwards."""

from collections.abc import Sequence

import streamlit as st

from db.models import Attachment
from services.files import read
from services.i18n import N_
from services.job_photos import stage, staged, unstage
from services.refusals import NotFound
from ui.act import act
from ui.here import here, look
from ui.photos import photo, photo_input
from ui.text import t

SMALL = 150  # pixels


def photos_to_come(order_id: int) -> None:
    """The camera, and what was taken so far, each with a tap to throw it away. It survives a reload."""
    with look() as work:
        kept = staged(work, order_id)
    photo_input(f"extra_{order_id}", lambda work, data: stage(work, order_id, data), N_("Photos"), several=True)
    row = st.container(horizontal=True, gap="small")
    for sha in kept:
        with row.container(width=SMALL, gap="xsmall"):
            _picture(sha)
            st.button(t("Remove"), icon=":material/delete:", key=f"unstage_{order_id}_{sha[:12]}", width="stretch",
                      on_click=_remove, args=(order_id, sha))  # fmt: skip


def job_photos(rows: Sequence[Attachment]) -> None:
    """The photos of a job in a row; nothing without any."""
    if rows:
        row = st.container(horizontal=True, gap="small", key=f"photos_of_{rows[0].subject_id}")
        for one in rows:
            with row.container(width=SMALL):
                photo(one, N_("Photo of what was found"), SMALL)


def _picture(sha: str) -> None:
    try:
        st.image(read(here().data_dir, sha), alt=t("Photo of what was found"), width=SMALL)
    except NotFound:
        st.caption(t("The picture's file is missing."))


def _remove(order_id: int, sha: str) -> None:
    act(lambda work: unstage(work, order_id, sha), at=f"photo_extra_{order_id}")
