"""A claim on an insurer on the screen: what is still missing to hand it in, the accident, and who pays what they refused."""

import streamlit as st

from db.enums import ConsentMethod
from db.models import Customer, WorkOrder
from services.claim_facts import ClaimFacts
from services.claim_state import Part
from services.insurer_difference import SAID_BY, charge_customer
from services.insurer_sheet import accident_facts
from services.money import Sum
from ui import claim_board
from ui.act import act, spend, token
from ui.here import look
from ui.payer_claim_fields import PLACE, names
from ui.sums import sum_input, sum_typed_in
from ui.text import Safe, joined, language, md, plain, t


def to_complete(facts: ClaimFacts) -> None:
    """What the insurer wants to know, written down here and now; of no accident only who is asked and under which number."""
    if facts.insurance is None:
        names(facts.claim)
    else:
        claim_board.parts(facts.claim.order_id, Part.PAPERS)


def accident(facts: ClaimFacts) -> None:
    """The accident in a few lines, once the claim was handed in."""
    told = facts.insurance
    if told is None:
        return
    with look() as work:
        said = accident_facts(work, told, language())
    st.markdown(joined(Safe(f"**{t('What happened')}**"), md(told.story), by=": "))
    for label, words in said:
        if words:
            st.markdown(joined(Safe(f"**{t(label)}**"), md(words), by=": "))


def charge_form(facts: ClaimFacts, currency: str) -> None:
    """The customer takes the difference on: how much, who said so, how, and why; as it mostly is."""
    key, why = facts.claim.id, facts.claim.rejection
    with look() as work:
        customer = work.get(Customer, work.get(WorkOrder, facts.claim.order_id).customer_id).name
    sum_input(t("The customer pays, of {sum}", sum=Sum(facts.lost, currency)), f"charge_sum_{key}_{facts.lost}", currency,
              facts.lost)  # fmt: skip
    st.text_input(t("Who agreed"), customer, key=f"charge_person_{key}", max_chars=120)
    st.pills(t("How they agreed"), SAID_BY, default=ConsentMethod.PHONE, key=f"charge_method_{key}", required=True,
             format_func=lambda one: t(one.label))  # fmt: skip
    st.text_input(t("Reason"), plain(why.label) if why else "", key=f"charge_reason_{key}", max_chars=150)
    st.button(t("Issue the new statement"), key=f"charge_{key}", icon=":material/receipt_long:", type="primary", on_click=_charge,
              args=(key, f"charge_sum_{key}_{facts.lost}"))  # fmt: skip


def _charge(key: int, field: str) -> None:
    told, name = st.session_state, f"charge_{key}"
    amount, person, reason = (
        sum_typed_in(field), str(told.get(f"charge_person_{key}") or ""), str(told.get(f"charge_reason_{key}") or ""),
    )  # fmt: skip
    method = told[f"charge_method_{key}"]
    if act(lambda work: charge_customer(work, key, amount=amount, method=method, person=person, reason=reason),
           done=t("The new statement is issued"), at=PLACE, once=token(name)) is not None:  # fmt: skip
        spend(name)
        for one in (f"charge_person_{key}", f"charge_reason_{key}", f"claim_step_{key}"):
            told.pop(one, None)
