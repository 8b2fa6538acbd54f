"""Settings: the people, their roles and skills."""

import streamlit as st

from db.enums import Role, Skill
from db.models import Staff
from services.i18n import LANGUAGES
from services.sign_in import locked_people, unlock
from services.staff import StaffCard, add_person, change_person, roster, set_active
from ui.act import act, notices, spend, token
from ui.conflict_list import conflict_list
from ui.here import here, look
from ui.settings_person import absences, pin, shifts
from ui.text import Safe, md, t

NEW = 0


@st.fragment
def people() -> None:
    """Who is locked out, everyone to choose from, and the person chosen."""
    with look() as work:
        cards, locked = roster(work), locked_people(work)
    notices("people")
    conflict_list()
    for person in locked:
        _locked(person)
    by_id = {card.id: card for card in cards}

    def name(key: int) -> Safe:
        return _name(by_id[key]) if key in by_id else t("New person")

    chosen = st.pills(
        t("Person"), [NEW, *by_id], format_func=name, default=NEW, key="person_chosen", label_visibility="collapsed"
    )
    card = by_id.get(chosen or NEW)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _form(card)
    if card:
        with right:
            pin(card.id)
            absences(card.id)
        shifts(card.id)


def _name(card: StaffCard) -> Safe:
    return md(card.name) if card.active else t("{name} (left)", name=card.name)


def _locked(person: Staff) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        minutes = -int(-((person.locked_until or here().clock()) - here().clock()).total_seconds() // 60)
        words = t("{name} is locked out for {minutes} min after wrong PINs.", name=person.name, minutes=minutes)
        st.markdown(Safe(f":material/lock: {words}"), width="content")
        st.button(
            t("Unlock"), key=f"unlock_{person.id}", on_click=_unlock, args=(person.id,), icon=":material/lock_open:"
        )


def _unlock(staff_id: int) -> None:
    act(lambda work: unlock(work, staff_id), done=t("Unlocked"), at="people")


def _form(card: StaffCard | None) -> None:
    key = card.id if card else NEW
    languages = ["", *LANGUAGES]
    with st.form(f"person_{key}"):
        st.text_input(t("Name"), card.name if card else "", key=f"person_name_{key}")
        st.pills(t("Roles"), list(Role), selection_mode="multi", default=sorted(card.roles) if card else None,
                 format_func=lambda role: t(role.label), key=f"person_roles_{key}")  # fmt: skip
        st.pills(t("Skills"), list(Skill), selection_mode="multi", default=sorted(card.skills) if card else None,
                 format_func=lambda skill: t(skill.label), key=f"person_skills_{key}")  # fmt: skip
        st.selectbox(t("Language"), languages, languages.index((card.language if card else None) or ""),
                     lambda code: LANGUAGES.get(code, t("As the browser")), key=f"person_language_{key}")  # fmt: skip
        if not card:
            st.text_input(
                t("PIN (4 to 8 digits)"), key=f"person_pin_{key}", type="password", autocomplete="new-password"
            )
        notices("person")
        buttons = st.container(horizontal=True)
        with buttons:
            st.form_submit_button(
                t("Save"), type="primary", on_click=_save, args=(key,), icon=":material/save:", key=f"person_save_{key}"
            )
            if card:
                label = t("Has left") if card.active else t("Is back")
                st.form_submit_button(
                    label, on_click=_set_active, args=(key, not card.active), key=f"person_active_{key}"
                )


def _save(key: int) -> None:
    state = st.session_state
    name, roles, skills = state[f"person_name_{key}"], state[f"person_roles_{key}"], state[f"person_skills_{key}"]
    language = state[f"person_language_{key}"] or None
    if key != NEW:
        act(
            lambda work: change_person(work, key, name=name, roles=roles, skills=skills, language=language),
            done=t("Saved"),
            at="person",
        )
        return
    typed = state[f"person_pin_{key}"]
    made = act(
        lambda work: add_person(work, name=name, roles=roles, skills=skills, language=language, pin=typed),
        done=t("Saved"),
        at="person",
        once=token("person"),
    )
    if made:
        spend("person")
        for field in ("name", "roles", "skills", "language", "pin"):
            state.pop(f"person_{field}_{key}", None)
        state["person_chosen"] = made.id


def _set_active(key: int, active: bool) -> None:
    act(lambda work: set_active(work, key, active=active), done=t("Saved"), at="person")
