"""The steps of delivery: what needs only a tap, what needs a form, and the sections of the record."""

from collections.abc import Callable

from services.exit_passes import pass_out
from services.handover import close
from services.i18n import N_
from services.order_facts import OrderFacts
from services.work import Work
from ui.charge_less import charge_less_form
from ui.delivery_account import account_form, credit_form
from ui.delivery_bill import bill_form, credit_note_form
from ui.delivery_check import check_form
from ui.delivery_out import deliver_form, reopen_form, show_form
from ui.delivery_pay import deposit_form, pay_form
from ui.delivery_refund import refund_form, reverse_form
from ui.delivery_section import money_section
from ui.delivery_tell import hand_to_form, tell_form, time_form
from ui.discount import discount_form

DIRECT: dict[str, tuple[Callable[[Work, int], object], str]] = {
    "pass_out": (pass_out, N_("Exit pass issued")),
    "close": (close, N_("Order closed, the follow-up call is due")),
}
FORMS: dict[str, Callable[[OrderFacts], None]] = {
    "check_delivery": check_form,
    "send_back": check_form,
    "tell": tell_form,
    "agree_time": time_form,
    "hand_to": hand_to_form,
    "bill": bill_form,
    "discount": discount_form,
    "charge_less": charge_less_form,
    "credit_note": credit_note_form,
    "deposit": deposit_form,
    "pay": pay_form,
    "refund": refund_form,
    "on_account": account_form,
    "reverse_payment": reverse_form,
    "credit": credit_form,
    "show_car": show_form,
    "deliver": deliver_form,
    "reopen": reopen_form,
}
SECTIONS: dict[str, Callable[[OrderFacts], None]] = {"money": money_section}
