"""Settings: the addresses that open without signing in, for the screen in reception and for calendars."""

import streamlit as st

from db.enums_desk import LinkPurpose
from db.models import PrivateLink
from services.addresses import link_path
from services.i18n import N_
from services.links import end, link_for, renew
from ui.act import act, notices
from ui.addresses import address
from ui.here import here, look, zone
from ui.qr import qr
from ui.text import Safe, badge, t
from ui.when import moment

ASKED = {
    LinkPurpose.WELCOME: N_("For the screen in reception: names and plates are masked."),
    LinkPurpose.FEED: N_("To subscribe to in a calendar: plate, jobs, bay and people of every booking."),
}


@st.fragment
def links() -> None:
    """The welcome board and the calendar feed: address, QR code, a new address, the end."""
    with look() as work:
        found = {purpose: link_for(work, purpose) for purpose in ASKED}
    sides = st.columns(2, gap="medium")
    for side, (purpose, link) in zip(sides, found.items(), strict=True):
        with side.container(border=True, key=f"link_{purpose.value}"):
            _one(purpose, link)


def _one(purpose: LinkPurpose, link: PrivateLink | None) -> None:
    st.markdown(Safe(f"**:material/{purpose.icon}: {t(purpose.label)}**"))
    st.caption(t(ASKED[purpose]))
    if link:
        shown = address(link_path(link)) or link_path(link)
        st.code(shown, language=None, wrap_lines=True)
        st.image(qr(shown), width=220, alt=t("QR code of this address"))
        since = t("since {time}", time=moment(link.created_at, here().clock(), zone()))
        st.markdown(badge("green", "link", since))
    else:
        st.markdown(badge("gray", "link_off", t("No address")))
    row = st.container(horizontal=True, gap="small")
    new = t("New address") if link else t("Make an address")
    row.button(new, key=f"renew_{purpose.value}", icon=":material/autorenew:", on_click=_renew, args=(purpose,),
               type="secondary" if link else "primary")  # fmt: skip
    if link:
        row.button(t("End"), key=f"end_{purpose.value}", icon=":material/link_off:", on_click=_end, args=(purpose,))
    notices(purpose.value)


def _renew(purpose: LinkPurpose) -> None:
    act(
        lambda work: renew(work, purpose), at=purpose.value, done=t("This address opens from now on, and no older one.")
    )


def _end(purpose: LinkPurpose) -> None:
    act(lambda work: end(work, purpose), at=purpose.value, done=t("The address opens nothing any more."))
