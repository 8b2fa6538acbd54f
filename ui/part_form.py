"""The data of a part: changed, or typed for a new one."""

from decimal import Decimal
from functools import partial

import streamlit as st

from db.enums_reception import PartGrade
from db.models import Part
from services.part_edit import PartTyped, change_part, new_part, typed_as
from ui.act import act, notices, spend, token
from ui.here import look, show_record
from ui.sums import sum_input, sum_typed_in
from ui.text import Safe, t

PLACE = "part"
NEW = "part_new"
TEXTS = ("code", "name", "brand", "unit", "place", "interchange")


def part_form(part: Part, currency: str, edits: bool) -> None:
    """What there is, to write over for whoever keeps the catalogue."""
    was = typed_as(part)
    key = f"part_{part.id}_{abs(hash(was))}"  # fields anew when somebody changed the part meanwhile and this form is untouched
    held = st.session_state.setdefault("part_form", (part.id, was, key))
    if held[0] != part.id or not _typed_since(held[2], held[1]):
        held = st.session_state["part_form"] = (part.id, was, key)
    _, was, key = held
    with st.form(key, border=True):
        _fields(was, key, currency, disabled=not edits)
        st.toggle(t("Kept in the catalogue"), was.active, key=f"{key}_active", disabled=not edits)
        st.form_submit_button(t("Save"), type="primary", icon=":material/save:", on_click=_change, args=(part.id, was, key),
                              disabled=not edits)  # fmt: skip


def new_part_form() -> None:
    """An empty form, with what lies on the shelf already."""
    with look() as work:
        currency = work.garage.currency
    notices(NEW)
    with st.form(NEW, border=True):
        _fields(PartTyped("", ""), NEW, currency)
        st.number_input(
            t("In stock now"), value=0.0, min_value=0.0, step=1.0, format="%g", key=f"{NEW}_stock", width=240
        )
        st.form_submit_button(t("Save"), type="primary", icon=":material/save:", on_click=_make)


def _fields(part: PartTyped, key: str, currency: str, disabled: bool = False) -> None:
    def text(label: Safe, name: str) -> None:
        st.text_input(label, getattr(part, name), key=f"{key}_{name}", max_chars=200, disabled=disabled)

    with st.grid(3, min_column_width=220):
        text(t("Part number"), "code")
        text(t("Part"), "name")
        text(t("Brand name"), "brand")
        sum_input(t("Sales price"), f"{key}_price", currency, part.price)
        sum_input(t("Average cost"), f"{key}_cost", currency, part.cost)
        text(t("Storage place"), "place")
        st.number_input(t("Minimum stock"), value=float(part.minimum), min_value=0.0, step=1.0, format="%g",
                        key=f"{key}_minimum", disabled=disabled)  # fmt: skip
        text(t("Unit"), "unit")
        st.selectbox(t("Grade"), list(PartGrade), None if part.grade is None else list(PartGrade).index(part.grade),
                     lambda grade: t(grade.label), key=f"{key}_grade", disabled=disabled, placeholder="–")  # fmt: skip
        text(t("Interchange group"), "interchange")
        tax = None if part.tax_percent is None else float(part.tax_percent)
        st.number_input(
            t("Tax in percent"), 0.0, 100.0, tax, step=1.0, key=f"{key}_tax", disabled=disabled, placeholder="–"
        )


def _typed(key: str, active: bool = True) -> PartTyped:
    state = st.session_state
    code, name, brand, unit, place, interchange = (str(state[f"{key}_{name}"] or "") for name in TEXTS)
    price, cost, minimum = (sum_typed_in(f"{key}_{name}") or Decimal(0) for name in ("price", "cost", "minimum"))
    return PartTyped(code, name, unit, price, cost, place, minimum, active, brand, state[f"{key}_grade"], interchange,
                     sum_typed_in(f"{key}_tax"))  # fmt: skip


def _typed_since(key: str, was: PartTyped) -> bool:
    """Whether the form holds something nobody saved yet."""
    return f"{key}_code" in st.session_state and _typed(key, bool(st.session_state[f"{key}_active"])) != was


def _change(part_id: int, was: PartTyped, key: str) -> None:
    typed = _typed(key, bool(st.session_state[f"{key}_active"]))
    if act(partial(change_part, part_id=part_id, was=was, typed=typed), done=t("Saved"), at=PLACE):
        st.session_state.pop("part_form", None)


def _make() -> None:
    typed, stock = _typed(NEW), sum_typed_in(f"{NEW}_stock") or Decimal(0)
    made = act(lambda work: new_part(work, typed, stock_now=stock), done=t("Saved"), at=NEW, once=token(NEW))
    if made:
        spend(NEW)
        show_record("part", made.id)
