"""What can be added to an estimate: a job of the catalogue, one in free words, a part, outside work, a fee."""

from collections.abc import Callable
from decimal import Decimal

import streamlit as st

from db.enums import LineKind
from db.models import OrderJob, Vehicle, WorkOrder
from services import orders
from services.catalogue import find_jobs
from services.i18n import N_
from services.money import show
from services.part_search import PartRow, find_parts, fitting_car
from ui.act import act
from ui.estimate_words import PLACE
from ui.here import look
from ui.sums import sum_input, sum_typed_in
from ui.text import Safe, language, plain, t

MOST_PARTS = 300
FEES = (N_("Disposal of old oil"), N_("Cleaning materials"), N_("Towing"), N_("Diagnosis by tester"))


def add_to_order(order_id: int, jobs: list[OrderJob]) -> None:
    """Choose a job from the catalogue; the rest behind buttons, loaded when they are opened."""
    with look() as work:
        offered = {one.job.id: one for one in find_jobs(work, limit=500)}
        currency = work.garage.currency
    st.selectbox(
        t("Add a job"), list(offered), index=None, key=f"add_job_{order_id}", placeholder=plain("Choose or type"),
        format_func=lambda k: f"{offered[k].job.name} · {show(offered[k].price, currency, language())}",
        on_change=_add_job, args=(order_id,),
    )  # fmt: skip
    _free(order_id, currency)
    if jobs:
        _part(order_id, jobs, currency)
        _charge(order_id, jobs, currency)


def _free(order_id: int, currency: str) -> None:
    with st.popover(
        t("Job in free words"), icon=":material/edit_note:", key=f"free_{order_id}", on_change="rerun"
    ) as box:
        if box.open:
            st.text_input(t("Job"), key=f"free_title_{order_id}")
            st.number_input(t("Minutes"), value=30, step=15, key=f"free_minutes_{order_id}")
            later = st.toggle(t("Price after diagnosis"), key=f"free_later_{order_id}")
            label = t("At most") if later else t("Price (empty: by hours)")
            sum_input(label, f"free_price_{order_id}", currency)
            _button(f"free_add_{order_id}", _add_free, order_id)


def _part(order_id: int, jobs: list[OrderJob], currency: str) -> None:
    with st.popover(t("Part"), icon=":material/settings:", key=f"part_{order_id}", on_change="rerun") as box:
        if box.open:
            typed = str(st.session_state.get(f"part_typed_{order_id}") or "")
            with look() as work:
                car = fitting_car(work.get(Vehicle, work.get(WorkOrder, order_id).vehicle_id))
                found = {row.part.id: row for row in find_parts(work, typed, car=car, others=True, limit=MOST_PARTS)}
            _for_job(f"part_job_{order_id}", jobs)
            if typed or len(found) == MOST_PARTS:  # more than a list can hold
                st.text_input(t("Search"), key=f"part_typed_{order_id}", placeholder=plain("Part number or name"), live=True,
                              icon=":material/search:", label_visibility="collapsed")  # fmt: skip
            st.selectbox(t("Part"), list(found), index=None, key=f"part_id_{order_id}", placeholder=plain("Choose or type"),
                         format_func=lambda k: _named(found[k], currency))  # fmt: skip
            st.number_input(t("Quantity"), value=1.0, step=1.0, format="%g", key=f"part_quantity_{order_id}")
            _button(f"part_add_{order_id}", _add_part, order_id)


def _named(row: PartRow, currency: str) -> str:
    """Name, price, and what the person who adds it must know: whether it is for this car, and whether it lies there."""
    part = row.part
    told = (f"{part.name} {part.brand}".strip(), part.code, show(part.price, currency, language()))
    marks = (plain("fits this car") if row.fits else "", "" if row.free else plain("none in stock"))
    return " · ".join(filter(None, (*told, *marks)))


def _charge(order_id: int, jobs: list[OrderJob], currency: str) -> None:
    label = t("Outside work or fee")
    with st.popover(label, icon=":material/outbound:", key=f"charge_{order_id}", on_change="rerun") as box:
        if box.open:
            kind = st.segmented_control(t("Kind"), orders.CHARGES, default=LineKind.OUTSIDE, required=True, format_func=_kind,
                                        key=f"charge_kind_{order_id}", label_visibility="collapsed")  # fmt: skip
            _for_job(f"charge_job_{order_id}", jobs)
            if kind == LineKind.FEE:
                fees = [plain(fee) for fee in FEES]
                st.selectbox(t("What"), fees, index=None, accept_new_options=True, key=f"charge_fee_{order_id}",
                             placeholder=plain("Choose or type"))  # fmt: skip
            else:
                st.text_input(t("What"), key=f"charge_title_{order_id}")
                st.text_input(t("Supplier"), key=f"charge_supplier_{order_id}")
                sum_input(t("Cost"), f"charge_cost_{order_id}", currency)
            later = st.toggle(t("Price after diagnosis"), key=f"charge_later_{order_id}")
            if not later:
                sum_input(t("Price"), f"charge_price_{order_id}", currency)
            _button(f"charge_add_{order_id}", _add_charge, order_id)


def _for_job(key: str, jobs: list[OrderJob]) -> None:
    titles = {job.id: job.title for job in jobs}
    st.selectbox(t("For the job"), list(titles), index=len(titles) - 1, format_func=lambda k: titles[k], key=key)


def _button(key: str, then: Callable[[int], None], order_id: int) -> None:
    st.button(t("Add"), icon=":material/add:", key=key, type="primary", on_click=then, args=(order_id,))


def _add_job(order_id: int) -> None:
    job_id = st.session_state[f"add_job_{order_id}"]
    st.session_state[f"add_job_{order_id}"] = None
    if job_id is not None:
        act(lambda work: orders.add_job(work, order_id, job_id=job_id), at=PLACE)


def _add_free(order_id: int) -> None:
    title, minutes = st.session_state[f"free_title_{order_id}"], st.session_state[f"free_minutes_{order_id}"] or 0
    later, amount = st.session_state[f"free_later_{order_id}"], sum_typed_in(f"free_price_{order_id}")
    price, most = (None, amount) if later else (amount, None)
    if act(lambda work: orders.add_job(work, order_id, title=title, minutes=minutes, price=price, unpriced=later, up_to=most),
           at=PLACE):  # fmt: skip
        _forget(order_id, "free_title", "free_price", "free_later", "free_minutes")


def _add_part(order_id: int) -> None:
    job, part = st.session_state[f"part_job_{order_id}"], st.session_state[f"part_id_{order_id}"]
    quantity = sum_typed_in(f"part_quantity_{order_id}") or Decimal(0)
    if act(
        lambda work: orders.add_part(work, order_id, order_job_id=job, part_id=part or 0, quantity=quantity), at=PLACE
    ):
        _forget(order_id, "part_id", "part_quantity", "part_typed")


def _add_charge(order_id: int) -> None:
    state, kind = st.session_state, st.session_state[f"charge_kind_{order_id}"]
    words = "charge_fee" if kind == LineKind.FEE else "charge_title"
    title, supplier = state.get(f"{words}_{order_id}") or "", state.get(f"charge_supplier_{order_id}") or ""
    job, later = state[f"charge_job_{order_id}"], state[f"charge_later_{order_id}"]
    price, cost = sum_typed_in(f"charge_price_{order_id}"), sum_typed_in(f"charge_cost_{order_id}")
    if act(lambda work: orders.add_charge(work, order_id, order_job_id=job, kind=kind, title=title, price=price, unpriced=later,
                                          supplier=supplier, cost=cost), at=PLACE):  # fmt: skip
        _forget(
            order_id, "charge_title", "charge_fee", "charge_supplier", "charge_price", "charge_cost", "charge_later"
        )


def _forget(order_id: int, *names: str) -> None:
    for name in names:
        st.session_state.pop(f"{name}_{order_id}", None)


def _kind(kind: LineKind) -> Safe:
    return t(kind.label)
