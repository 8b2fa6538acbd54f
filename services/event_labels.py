"""What an event is called when history is read: the move's own label, or one of these."""

from typing import Any

from services.appointment_moves import APPOINTMENTS
from services.care_moves import COMPLAINTS, FOLLOW_UPS
from services.claim_moves import CLAIMS
from services.i18n import N_
from services.order_moves import ORDERS
from services.purchase_moves import PURCHASES
from services.requisition_moves import REQUISITIONS
from services.workflow import Flow

FLOWS: dict[str, Flow[Any]] = {
    "work_order": ORDERS,
    "appointment": APPOINTMENTS,
    "follow_up": FOLLOW_UPS,
    "complaint": COMPLAINTS,
    "purchase_line": PURCHASES,
    "requisition": REQUISITIONS,
    "payer_claim": CLAIMS,
}
OTHERS = {
    "counted": N_("Stock counted"),
    "created": N_("Created"),
    "changed": N_("Changed"),
    "open": N_("Opened"),
    "task": N_("Task"),
    "asked": N_("Asked"),
    "answered": N_("Answered"),
    "outside_due": N_("Outside work due at another time"),
    "delay_answered": N_("The customer about the delay"),
    "warranty": N_("Warranty decided"),
    "stock_asked": N_("Store asked"),
    "picked": N_("Parts picked"),
    "put_back": N_("Parts put back"),
    "pick_anew": N_("Parts to be picked and labelled anew"),
    "came_in_part": N_("Part of it came"),
    "part_taken": N_("A part kept for it went elsewhere"),
    "called": N_("Called"),
    "no_calls": N_("Wants no calls"),
    "account": N_("Account"),
    "campaign_done": N_("Campaign carried out"),
    "overran": N_("Place held longer"),
    "pushed": N_("Moved because another car takes longer"),
    "clock_corrected": N_("Clock set right"),
    "photo": N_("Photo kept"),
    "printed": N_("Printed"),
    "statement_signed": N_("Statement signed"),
    "copy_sent": N_("Copy sent to the customer"),
    "discount_given": N_("Discount approved"),
    "discount_refused": N_("Discount refused"),
    "made": N_("Made with the statement"),
    "left": N_("Let out at the gate"),
    "safety_signed": N_("Signed for safety work left undone"),
    "safety_not_signed": N_("Nobody signed for safety work left undone"),
    "question_sent": N_("Question about extra work sent"),
}


def event_label(subject: str, action: str) -> str:
    """The English source text of what was done."""
    flow = FLOWS.get(subject)
    found = next((m.label for m in flow.moves if m.action == action), None) if flow else None
    return found or str(OTHERS.get(action, action))
