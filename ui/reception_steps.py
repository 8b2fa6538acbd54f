"""The steps of reception: what needs only a tap, what needs a form, and the sections of the record."""

from collections.abc import Callable

from services import orders
from services.arrivals import greet
from services.claims import open_claim
from services.i18n import N_
from services.order_facts import OrderFacts
from services.work import Work
from ui import claim_board, claim_more, hand_over, health_record, promise_form, reception_sections, wish_form
from ui.diagnosis_section import diagnosis

DIRECT: dict[str, tuple[Callable[[Work, int], object], str]] = {
    "greet": (greet, N_("Greeted")),
    "open_claim": (open_claim, N_("Accident repair")),
    "revise": (orders.revise, N_("Back at reception")),
}
FORMS: dict[str, Callable[[OrderFacts], None]] = {
    "check_in": reception_sections.to_check_in,
    "estimate": reception_sections.to_check_in,
    "approve": reception_sections.to_check_in,
    "hand_over": hand_over.hand_over_form,
    "claim": claim_board.section,
    "supplement": claim_more.form,
    "promise": promise_form.promise_form,
    "wish": wish_form.wish_form,
    "cancel": reception_sections.cancel_form,
}
SECTIONS: dict[str, Callable[[OrderFacts], None]] = {
    "car": reception_sections.car,
    "health": health_record.health_section,
    "claim": claim_board.section,
    "diagnosis": diagnosis,
    "estimate": reception_sections.estimate,
}
