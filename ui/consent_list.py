"""What the customer has answered so far, on the record: when, how, who, which version, for what sum, with the signature."""

import streamlit as st

from db.enums import Answer
from db.models import Consent
from services import consents
from services.i18n import N_
from services.money import Sum
from services.order_facts import OrderFacts
from ui.here import here, look, zone
from ui.photos import photo
from ui.sums import money
from ui.text import Safe, badge, joined, md, t
from ui.when import moment


def show(facts: OrderFacts) -> None:
    """Every answer, the oldest first."""
    with look() as work:
        found, currency = consents.consents(work, facts.order.id), work.garage.currency
        pads = consents.signatures(work, [consent for consent, _ in found])
    for consent, items in found:
        agreed = sum(1 for item in items if item.answer == Answer.AGREED)
        with st.container(border=True, key=f"consent_row_{consent.id}"):
            st.markdown(_heading(consent, currency))
            st.caption(
                joined(t("{agreed} of {all} lines agreed", agreed=agreed, all=len(items)), _limit(consent, currency))
            )
            for words in consent.warned or ():
                st.markdown(Safe(f":orange[:material/warning:] {md(words)}"))
            if consent.note:
                st.markdown(md(consent.note))
            if consent.signature_id in pads:
                photo(pads[consent.signature_id], N_("Signature"))


def _heading(consent: Consent, currency: str) -> Safe:
    at = moment(consent.at, here().clock(), zone())
    how = badge(consent.method.color, consent.method.icon, t(consent.method.label))
    version = t("version {n}", n=consent.version) if consent.version else None
    return joined(how, md(consent.person), at, version, money(consent.total, currency))


def _limit(consent: Consent, currency: str) -> Safe | None:
    if consent.ask_over is None:
        return None
    return t("Extra work up to {sum} without asking", sum=Sum(consent.ask_over, currency))
