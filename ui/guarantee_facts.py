"""At reception: a job that comes back while the garage still answers for it, with the tap that lets it pay; a free service."""

import streamlit as st

from db.enums import Payer
from db.models import Vehicle
from services import free_services, guarantees, orders
from services.guarantees import Covered
from services.order_facts import OrderFacts
from ui.act import act
from ui.handover_next import until
from ui.here import look
from ui.text import badge, joined, md, t


def promised_before(facts: OrderFacts, place: str) -> None:
    """A row for each job under the garage's own warranty, and whether the first service is free. Nothing when there is nothing."""
    read = facts.inspection.odometer_km if facts.inspection else None
    with look() as work:
        found = guarantees.covered(work, facts, read)
        car = work.get(Vehicle, facts.order.vehicle_id)
        free = free_services.first_free(work, car, read if read is not None else car.odometer_km)
    if free:
        words = t("The first service is free: {until}", until=until(free.until, free.km))
        st.markdown(badge("green", "redeem", words))
    for one in found:
        _row(facts, one, place)


def _row(facts: OrderFacts, one: Covered, place: str) -> None:
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    held = t("until {until}", until=until(one.guarantee.until, one.guarantee.until_km))
    row.markdown(joined(badge("green", "verified_user", t("Our warranty")), md(one.guarantee.title), held, md(one.number)),
                 width="content")  # fmt: skip
    lines = [line for line in facts.lines if line.order_job_id == one.order_job_id]
    if any(line.payer == Payer.CUSTOMER for line in lines):
        row.button(t("We pay for it"), icon=":material/handshake:", key=f"ours_{place}_{one.order_job_id}", on_click=_ours,
                   args=(facts.order.id, one.order_job_id, place))  # fmt: skip
    elif lines:
        row.markdown(badge("green", "check", t("We pay for it")), width="content")


def _ours(order_id: int, order_job_id: int, place: str) -> None:
    act(lambda work: orders.set_payer(work, order_id, order_job_id=order_job_id, payer=Payer.INTERNAL) or True,
        done=t("Saved"), at=place)  # fmt: skip
