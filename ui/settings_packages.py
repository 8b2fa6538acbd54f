"""Settings: the jobs offered, and packages of them. A package has a name and jobs chosen by taps, and is offered or not."""

import streamlit as st

from db.models import JobPackage
from services.i18n import N_
from services.packages import all_packages, job_names, put_package
from ui.act import act, notices
from ui.here import look
from ui.job_choice import chosen_jobs, job_choice
from ui.settings_catalogue import jobs
from ui.text import Safe, joined, md, t

OPEN, CHOSEN = "package_open", "package_jobs"
PLACE = "packages"
PARTS = {"jobs": N_("Single jobs"), "packages": N_("Packages")}


def jobs_and_packages() -> None:
    """The table of jobs, or the packages: one tap from each other."""
    part = st.segmented_control(t("Jobs"), list(PARTS), default="jobs", key="jobs_part", required=True,
                                format_func=lambda name: t(PARTS[name]), label_visibility="collapsed")  # fmt: skip
    if part == "packages":
        package_list()
    else:
        jobs()


@st.fragment
def package_list() -> None:
    """Every package as a line; the one tapped opens below it to be changed, and so does a new one."""
    with look() as work:
        rows, names = all_packages(work), job_names(work)
    notices(PLACE)
    st.button(t("New package"), key="package_new", icon=":material/add:", type="primary", on_click=_open,
              args=(0, "", [], True))  # fmt: skip
    opened = st.session_state.get(OPEN)
    if opened == 0:
        _form(0, names)
    if not rows and opened is None:
        st.caption(t("No package yet. Put jobs together that are booked together."))
    for row, held in rows:
        if opened == row.id:
            _form(row.id, names)
        else:
            _line(row, held, names)


def _line(row: JobPackage, held: list[int], names: dict[int, str]) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(width="stretch", gap="xsmall"):
            off = None if row.active else Safe(f":gray-badge[{t('not offered')}]")
            st.markdown(joined(Safe(f"**{md(row.name)}**"), off, by=" "))
            st.caption(joined(*(md(names[job]) for job in held)))
        st.button(t("Change"), key=f"package_{row.id}", icon=":material/edit:", on_click=_open,
                  args=(row.id, row.name, held, row.active))  # fmt: skip


def _open(key: int, name: str, held: list[int], active: bool) -> None:
    st.session_state.update({OPEN: key, CHOSEN: list(held), "package_name": name, "package_active": active})


def _close() -> None:
    for name in (OPEN, CHOSEN, "package_name", "package_active"):
        st.session_state.pop(name, None)


def _form(key: int, names: dict[int, str]) -> None:
    """What is typed stays until it is saved or discarded. A tap on a chosen job takes it out."""
    chosen: list[int] = st.session_state[CHOSEN]
    with st.container(border=True, key="package_form"):
        st.text_input(t("Name of the package"), key="package_name", max_chars=120)
        chosen_jobs({job: md(names[job]) for job in chosen}, "package_in", _put)
        job_choice(chosen, "package", _put)
        row = st.container(horizontal=True, vertical_alignment="center", gap="medium")
        row.toggle(t("Offered"), key="package_active")
        row.button(t("Save"), key="package_save", type="primary", icon=":material/save:", on_click=_save, args=(key,))
        row.button(t("Discard"), key="package_discard", icon=":material/delete:", type="tertiary", on_click=_close)


def _put(chosen: list[int]) -> None:
    st.session_state[CHOSEN] = chosen


def _save(key: int) -> None:
    name, chosen, active = (st.session_state[one] for one in ("package_name", CHOSEN, "package_active"))
    if act(
        lambda work: put_package(work, key or None, name=name, job_ids=chosen, active=active), done=t("Saved"), at=PLACE
    ):
        _close()
