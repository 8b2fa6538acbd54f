"""The form of one recall or campaign."""

from typing import Any

import streamlit as st

from db.enums_desk import CampaignKind
from db.models import Campaign
from services.campaign_edit import CampaignTyped, known_makes, put_campaign, split_vins
from services.catalogue_edit import all_jobs
from ui.act import act, spend, token
from ui.booking_draft import day_format
from ui.here import look
from ui.text import t

PLACE = "campaigns"
_FIELDS = (
    "code", "kind", "title", "text", "make", "model", "registered_from", "registered_to", "vins", "job_id", "starts_on", "ends_on",
    "active",
)  # fmt: skip


def campaign_form(row: Campaign | None) -> None:
    """Draw the form filled with a campaign, or empty for a new one."""
    key = f"campaign_{row.id}_{row.version}" if row else f"campaign_new_{st.session_state.get('campaigns_made', 0)}"
    with look() as work:
        makes, jobs = known_makes(work), {job.id: job.name for job in all_jobs(work) if job.active}
        today = work.local(work.now).date()
    with st.form(key, border=True):
        left, right = st.columns(2)
        with left:
            st.segmented_control(
                t("Kind"), list(CampaignKind), default=row.kind if row else CampaignKind.RECALL, key=f"{key}_kind", required=True,
                format_func=lambda kind: t(kind.label),
            )  # fmt: skip
        right.text_input(t("Code"), row.code if row else "", key=f"{key}_code", max_chars=60)
        st.text_input(t("What it is about"), row.title if row else "", key=f"{key}_title", max_chars=200)
        _dates(key, "starts_on", "ends_on", (row.starts_on, row.ends_on) if row else (today, None))
        _cars(key, row, makes)
        st.selectbox(t("Job"), list(jobs), index=_place(list(jobs), row.job_id if row else None), key=f"{key}_job_id",
                     format_func=lambda job: jobs[job], placeholder="")  # fmt: skip
        st.text_area(t("Text"), row.text if row else "", key=f"{key}_text", height=80)
        st.toggle(t("Runs"), row.active if row else True, key=f"{key}_active")
        st.form_submit_button(t("Save"), type="primary", icon=":material/save:", key=f"{key}_save", on_click=_save,
                              args=(key, row.id if row else None, row.version if row else None))  # fmt: skip


def _cars(key: str, row: Campaign | None, makes: list[str]) -> None:
    """Which cars: make, model and registration, or a list of VINs."""
    left, right = st.columns(2)
    known = [*makes, row.make] if row and row.make and row.make not in makes else makes
    left.selectbox(t("Make"), known, index=_place(known, row.make if row else None), key=f"{key}_make",
                   accept_new_options=True, placeholder="")  # fmt: skip
    right.text_input(t("Model (blank: all)"), row.model if row else "", key=f"{key}_model", max_chars=120)
    _dates(key, "registered_from", "registered_to", (row.registered_from, row.registered_to) if row else (None, None))
    st.text_area(t("or VINs"), "\n".join(row.vins) if row else "", key=f"{key}_vins", height=100)


def _dates(key: str, first: str, last: str, values: tuple[Any, Any]) -> None:
    labels = {
        "starts_on": t("Begins on"),
        "ends_on": t("Ends on"),
        "registered_from": t("Registered from"),
        "registered_to": t("Registered until"),
    }
    for place, name, value in zip(st.columns(2), (first, last), values, strict=True):
        place.date_input(
            labels[name],
            value=value,
            key=f"{key}_{name}",
            format=day_format(),
            min_value="1950-01-01",
            max_value="2100-12-31",
        )


def _place(options: list[Any], value: Any) -> int | None:
    return options.index(value) if value in options else None


def _save(key: str, campaign_id: int | None, version: int | None) -> None:
    """After a refusal everything typed stays."""
    cells = {name: st.session_state.get(f"{key}_{name}") for name in _FIELDS}
    cells |= {name: str(cells[name] or "") for name in ("code", "title", "text", "make", "model")}
    typed = CampaignTyped(**{**cells, "vins": split_vins(str(cells["vins"] or ""))})  # type: ignore[arg-type]
    made = act(lambda work: put_campaign(work, campaign_id, typed, version), done=t("Saved"), at=PLACE,
               once=token("campaign"))  # fmt: skip
    spend("campaign")
    if made:
        st.session_state["campaign_open"] = made.id
        st.session_state["campaigns_made"] = st.session_state.get("campaigns_made", 0) + 1
