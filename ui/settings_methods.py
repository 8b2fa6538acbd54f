"""Settings: the methods of payment taken here, and the QR codes customers scan."""

import streamlit as st

from db.enums import PaymentMethod
from services.files import read
from services.i18n import N_
from services.pay_methods import SCANNED, methods_taken, pictures, put_picture, set_methods
from ui.act import act, notices
from ui.here import here, look
from ui.photos import photo_input
from ui.text import Safe, t


@st.fragment
def methods() -> None:
    """What is offered at the counter, written at a tap; below it a QR code for each method that is scanned."""
    with look() as work:
        taken, codes = methods_taken(work), pictures(work)
    notices("methods")
    st.pills(t("Taken here"), list(PaymentMethod), selection_mode="multi", default=taken, key="methods_taken",
             format_func=lambda one: Safe(f":material/{one.icon}: {t(one.label)}"), on_change=_keep)  # fmt: skip
    scanned = [method for method in SCANNED if method in taken]
    if scanned:
        for place, method in zip(st.columns(2, gap="medium"), scanned, strict=False):
            with place.container(border=True, key=f"code_{method.value}"):
                _code(method, codes.get(method))


def _code(method: PaymentMethod, sha: str | None) -> None:
    st.markdown(Safe(f"**:material/{method.icon}: {t(method.label)}**"))
    if sha:
        st.image(read(here().data_dir, sha), width=220, alt=t("QR code to pay with {method}", method=method.label))
        st.button(
            t("Take away"), icon=":material/delete:", key=f"no_code_{method.value}", on_click=_drop, args=(method,)
        )
    photo_input(f"code_{method.value}", lambda work, data: put_picture(work, method, data), N_("QR code for payment"))


def _drop(method: PaymentMethod) -> None:
    act(lambda work: put_picture(work, method, None), at="methods", done=t("Saved"))


def _keep() -> None:
    chosen = st.session_state["methods_taken"]
    act(lambda work: set_methods(work, chosen), at="methods", done=t("Saved"))
