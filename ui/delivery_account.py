"""The car leaves with money owed: on the customer's account within its limit, or on the manager's word."""

from datetime import timedelta

import streamlit as st

from db.models import Customer
from services.accounts import due_from, owes
from services.i18n import N_
from services.order_facts import OrderFacts
from services.payments import credit, on_account
from ui.delivery_form import save_button, step, typed_in
from ui.here import look
from ui.sums import money
from ui.text import Safe, joined, plain, t
from ui.when import full_date

WHY = (N_("Regular customer"), N_("Pays by transfer"), N_("Insurer pays later"))
DAYS = (7, 14, 30)


def account_form(facts: OrderFacts) -> None:
    """What goes on the account, what it comes to then, and when it is due."""
    with look() as work:
        customer = work.get(Customer, facts.order.customer_id)
        owed, due = owes(work, customer.id), due_from(work, customer)
    limit = customer.account_limit or 0 * owed
    st.subheader(t("{sum} on account", sum=money(facts.owed, facts.currency)), anchor=False)
    colour = "red" if owed > limit else "gray"
    words = t("{owed} of {limit} owed in all", owed=money(owed, facts.currency), limit=money(limit, facts.currency))
    st.markdown(joined(Safe(f":{colour}[{words}]"), t("due on {day}", day=full_date(due))))
    save_button("on_account", facts, _on_account)


def credit_form(facts: OrderFacts) -> None:
    """Why the car may leave unpaid, and until when it is to be paid."""
    key = facts.order.id
    st.subheader(t("{sum} is owed", sum=money(facts.owed, facts.currency)), anchor=False)
    st.pills(t("Reason"), WHY, format_func=t, key=f"usual_credit_{key}")
    st.text_input(t("In other words"), key=f"credit_reason_{key}", max_chars=250)
    st.segmented_control(t("To be paid within"), DAYS, default=DAYS[0], key=f"credit_days_{key}", required=True,
                         format_func=lambda days: t("{n} days", n=days))  # fmt: skip
    save_button("credit", facts, _credit)


def trusted_words(facts: OrderFacts) -> Safe | None:
    """On whose word the car leaves with money owed, and until when it is to be paid."""
    if not facts.trusted:
        return None
    due = t("due on {day}", day=full_date(facts.order.due_on)) if facts.order.due_on else None
    return joined(t("On account") if facts.order.on_account else t("Credit given"), due)


def _on_account(facts: OrderFacts) -> None:
    step(lambda work: on_account(work, facts.order.id), facts, "on_account", t("Put on account"))


def _credit(facts: OrderFacts) -> None:
    key, field = facts.order.id, f"credit_reason_{facts.order.id}"
    usual = st.session_state.get(f"usual_credit_{key}")
    reason = " – ".join(part for part in (plain(usual) if usual else "", typed_in(field).strip()) if part)
    days = timedelta(days=int(st.session_state[f"credit_days_{key}"]))
    step(lambda work: credit(work, key, reason=reason, due_on=work.local(work.now).date() + days), facts, "credit",
         t("Credit given"), field)  # fmt: skip
