"""The flow of a work order: every move, who may make it, and what must hold."""

from db.enums import Answer
from db.enums import OrderStatus as S
from db.models import WorkOrder
from services import order_conditions as must
from services import permissions as may
from services.i18n import N_
from services.order_facts import OrderFacts
from services.order_loading import load_orders
from services.workflow import Flow, Move

Facts = OrderFacts


def _on(*statuses: S) -> frozenset[S]:
    return frozenset(statuses)


_IN_SHOP = frozenset(S) - {S.DELIVERED, S.CLOSED, S.CANCELLED}
_HOLDS_MONEY = frozenset(S) - {S.CANCELLED}
_AT_WORK = _on(S.IN_WORK, S.ON_HOLD, S.REWORK)
_IN_WORKSHOP = _on(
    S.AWAITING_DISPATCH, S.IN_WORK, S.ON_HOLD, S.REWORK, S.SELF_CHECK, S.TEAM_CHECK, S.FINAL_INSPECTION, S.WASH
)
# A payer or a price can change until the statement is issued, and then the customer has to be asked.
_BEGUN = (_IN_WORKSHOP | _on(S.READY)) - {S.AWAITING_DISPATCH}
# What went out before the estimate was changed once more comes back at reception too.
_TAKEN_BACK = _IN_WORKSHOP | _on(S.RECEPTION, S.AWAITING_APPROVAL)
_SENDS = (*may.REPAIRS, *may.RECEIVES, *may.ISSUES_PARTS)
MOVES: tuple[Move[Facts], ...] = (
    Move("greet", N_("Greet"), "waving_hand", _on(S.RECEPTION), None, may.RECEIVES, "R01",
         shown=lambda f: f.order.greeted_at is None, primary=True),
    Move("check_in", N_("Check in"), "directions_car", _on(S.RECEPTION), None, may.RECEIVES, "R05", (must.greeted,),
         shown=lambda f: not must.read(f), primary=True),
    Move("health", N_("Health check"), "health_and_safety", _on(S.RECEPTION), None, may.RECEIVES, "R06", (must.greeted,)),
    Move("edit", N_("Change the order"), "edit", _on(S.RECEPTION), None, may.RECEIVES, "R10", (must.greeted,)),
    Move("estimate", N_("Ask for approval"), "request_quote", _on(S.RECEPTION), S.AWAITING_APPROVAL, may.RECEIVES, "R10",
         (must.greeted, must.inspected, must.decline_signed, must.has_jobs, must.promised),
         detour=(lambda f: f.as_agreed, S.AWAITING_DISPATCH),
         primary=True),
    Move("revise", N_("Change the estimate"), "undo", _on(S.AWAITING_APPROVAL, S.AWAITING_DISPATCH), S.RECEPTION,
         may.RECEIVES, "R10"),
    Move("approve", N_("Sign the order"), "signature", _on(S.AWAITING_APPROVAL), S.AWAITING_DISPATCH, may.RECEIVES, "R12",
         (must.has_jobs, must.answered, must.something_agreed), primary=True),
    Move("hand_over", N_("To the workshop"), "move_down", _on(S.AWAITING_DISPATCH), None, may.RECEIVES, "R16",
         (must.answered, must.something_agreed, must.tagged), shown=lambda f: f.order.handed_at is None, primary=True),
    Move("accept", N_("Accept the car"), "check", _on(S.AWAITING_DISPATCH), None, may.DISPATCHES, "R16", (must.no_question,),
         shown=lambda f: f.order.handed_at is not None and f.order.accepted_at is None),
    Move("ask_back", N_("Ask reception"), "contact_support", _on(S.AWAITING_DISPATCH), None, may.DISPATCHES, "R16",
         shown=lambda f: f.order.handed_at is not None and not f.asked_back),
    Move("dispatch", N_("Dispatch"), "send", _on(S.AWAITING_DISPATCH), S.IN_WORK, may.DISPATCHES, "W01",
         (must.handed, must.no_question, must.answered, must.something_agreed, must.claim_agreed), primary=True),
    Move("reassign", N_("Give to someone else"), "swap_horiz", _AT_WORK, None, may.DISPATCHES,
         "W01", (must.no_clock,)),
    Move("verify", N_("Take over the car"), "assignment_turned_in", _AT_WORK, None, may.REPAIRS, "W02"),
    Move("diagnose", N_("Diagnosis"), "troubleshoot", _AT_WORK | _on(S.SELF_CHECK), None, may.REPAIRS, "W02"),
    Move("finish_job", N_("Finish job"), "check", _on(S.IN_WORK, S.REWORK), None, may.REPAIRS, "W03",
         shown=lambda f: bool(f.running), primary=True),
    Move("start", N_("Start"), "play_arrow", _on(S.IN_WORK, S.REWORK), None, may.REPAIRS, "W03", (must.assigned,
         must.something_agreed),
         shown=lambda f: (f.clocks_beside or not f.clocks_mine) and (bool(f.undone) or f.to_rework), primary=True),
    Move("pause", N_("Pause"), "pause", _on(S.IN_WORK, S.REWORK), None, may.REPAIRS, "W03", shown=lambda f: bool(f.running)),
    Move("hold", N_("Put on hold"), "pause_circle", _on(S.IN_WORK, S.REWORK), S.ON_HOLD, may.REPAIRS, "W03"),
    Move("resume", N_("Resume"), "play_circle", _on(S.ON_HOLD), S.IN_WORK, may.REPAIRS, "W03", (must.hold_over,),
         detour=(lambda f: f.in_rework, S.REWORK), primary=True),
    Move("add_extra", N_("Extra work"), "add_circle", _AT_WORK, None,
         (*may.REPAIRS, *may.RECEIVES), "W06"),
    Move("report_delay", N_("Delay"), "more_time", _IN_WORKSHOP, None, (*may.REPAIRS, *may.RECEIVES), "W05"),
    Move("answer_extra", N_("Record the customer's answer"), "phone_in_talk", _BEGUN, None, may.RECEIVES, "W06",
         shown=lambda f: bool(f.pending)),
    Move("ask_parts", N_("Ask for parts"), "shopping_basket", _IN_WORKSHOP, None, (*may.REPAIRS, *may.ISSUES_PARTS), "W04",
         shown=lambda f: bool(f.parts_due)),
    Move("issue", N_("Issue parts"), "outbox", _IN_WORKSHOP, None, may.ISSUES_PARTS, "W04",
         shown=lambda f: bool(f.parts_due)),
    Move("give_back", N_("Take parts back"), "move_to_inbox", _TAKEN_BACK, None, may.ISSUES_PARTS, "W04",
         shown=lambda f: bool(f.parts_out)),
    Move("finish", N_("All work done"), "done_all", _on(S.IN_WORK, S.REWORK), S.SELF_CHECK, may.REPAIRS, "W03",
         (must.no_clock, must.answered, must.something_agreed, must.all_done, must.all_back),
         shown=lambda f: not (f.undone or f.running or f.to_rework), primary=True),
    Move("pass_self", N_("Self-check"), "task_alt", _on(S.SELF_CHECK), S.TEAM_CHECK, may.REPAIRS, "W07",
         (must.no_clock, must.all_done),
         primary=True),
    Move("fail_self", N_("Back to rework"), "replay", _on(S.SELF_CHECK), S.REWORK, may.REPAIRS, "W07"),
    Move("pass_team", N_("Team-leader check"), "fact_check", _on(S.TEAM_CHECK), S.FINAL_INSPECTION,
         may.CHECKS_AS_LEADER, "W07",
         (must.not_own_work,), primary=True),
    Move("fail_team", N_("Back to rework"), "replay", _on(S.TEAM_CHECK), S.REWORK, may.CHECKS_AS_LEADER, "W07"),
    Move("pass_final", N_("Final inspection"), "verified", _on(S.FINAL_INSPECTION), S.READY, may.INSPECTS, "W07",
         (must.not_own_work,), detour=(lambda f: f.order.wash, S.WASH), primary=True),
    Move("fail_final", N_("Back to rework"), "replay", _on(S.FINAL_INSPECTION), S.REWORK, may.INSPECTS, "W07"),
    Move("washed", N_("Washed and parked"), "local_car_wash", _on(S.WASH), S.READY, may.FINISHES_CAR, "W09", primary=True),
    Move("park", N_("Parking place"), "local_parking", _on(S.READY), None, may.PARKS, "W09"),
    Move("recommend", N_("Recommend for later"), "event_upcoming", _BEGUN, None, may.ADVISES, "W08"),
    Move("check_delivery", N_("Pre-delivery check"), "checklist", _on(S.READY), None, may.DELIVERS, "D01",
         (must.final_passed,),
         shown=lambda f: must.delivery_checked(f) is not None, primary=True),
    Move("send_back", N_("Back to the workshop"), "replay", _on(S.READY), S.REWORK, may.DELIVERS, "D01",
         shown=lambda f: f.exit_pass is None or f.exit_pass.used_at is None),
    Move("tell", N_("Tell the customer"), "call", _on(S.READY), None, may.DELIVERS, "D02", (must.delivery_checked,),
         shown=lambda f: f.order.told_at is None, primary=True),
    Move("agree_time", N_("Pick-up time"), "event", _on(S.READY), None, may.DELIVERS, "D02",
         shown=lambda f: f.order.told_at is not None),
    Move("hand_to", N_("Who hands over"), "person", _on(S.READY), None, may.DELIVERS, "D02"),
    Move("show_car", N_("Show the car"), "visibility", _on(S.READY), None, may.DELIVERS, "D03",
         (must.final_passed, must.delivery_checked, must.told), primary=True,
         optional=lambda f: f.begun_at is not None or f.billed is not None),
    Move("bill", N_("Issue the statement"), "receipt_long", _on(S.READY, S.DELIVERED), None, may.TAKES_MONEY, "D05",
         (must.delivery_checked, must.answered, must.priced, must.claim_agreed), shown=lambda f: f.billed is None,
         primary=True),
    Move("deposit", N_("Take a deposit"), "savings", _IN_SHOP, None, may.TAKES_MONEY, "D06",
         shown=lambda f: f.billed is None and bool(f.customer_lines or f.excess)),
    Move("charge_less", N_("Charge less"), "remove_shopping_cart", _on(S.READY, S.DELIVERED), None, may.TAKES_MONEY, "D05",
         shown=lambda f: f.billed is None),
    Move("pay", N_("Take payment"), "payments", _on(S.READY, S.DELIVERED, S.CLOSED), None, may.TAKES_MONEY, "D06",
         (must.billed,),
         shown=lambda f: f.owed > 0, primary=True, optional=lambda f: f.trusted),
    Move("refund", N_("Give money back"), "undo", _HOLDS_MONEY, None, may.REVERSES, "D06", shown=lambda f: f.to_give_back > 0,
         primary=True, optional=lambda f: f.billed is None),
    Move("reverse_payment", N_("Reverse a payment"), "undo", _HOLDS_MONEY, None, may.REVERSES, "D06",
         shown=lambda f: f.paid_ever),
    Move("discount", N_("Discount"), "sell", _BEGUN | _on(S.DELIVERED), None, may.TAKES_MONEY, "D05",
         shown=lambda f: f.billed is None and any(line.answer == Answer.AGREED for line in f.lines)),
    Move("credit_note", N_("Credit note"), "assignment_return", _on(S.READY, S.DELIVERED), None, may.GIVES_CREDIT, "D05",
         shown=lambda f: f.billed is not None),
    Move("on_account", N_("On account"), "contract", _on(S.READY, S.DELIVERED), None, may.TAKES_MONEY, "D06", (must.billed,),
         shown=lambda f: f.owed > 0 and f.has_account and not f.trusted),
    Move("credit", N_("Give credit"), "handshake", _on(S.READY, S.DELIVERED), None, may.GIVES_CREDIT, "D07", (must.billed,),
         shown=lambda f: f.owed > 0 and not f.trusted),
    Move("pass_out", N_("Exit pass"), "output", _on(S.READY), None, may.TAKES_MONEY, "D07", (must.final_passed,
         must.billed, must.settled),
         shown=lambda f: f.exit_pass is None and f.billed is not None, primary=True),
    Move("deliver", N_("Hand over"), "key", _on(S.READY), S.DELIVERED, may.DELIVERS, "D03",
         (must.final_passed, must.delivery_checked, must.told, must.billed, must.settled, must.has_pass),
         shown=lambda f: f.exit_pass is not None,
         primary=True),
    Move("close", N_("Close the order"), "done_all", _on(S.DELIVERED), S.CLOSED, may.DELIVERS, "D09", (must.billed,
         must.settled),
         primary=True),
    Move("reopen", N_("Open again"), "lock_open", _on(S.CLOSED), S.DELIVERED, may.REOPENS, "D09"),
    Move("send_out", N_("Send outside work out"), "outbound", _IN_WORKSHOP, None, _SENDS, "W10",
         shown=lambda f: bool(f.to_send)),
    Move("take_back", N_("Outside work is back"), "move_to_inbox", _TAKEN_BACK, None, _SENDS, "W10",
         shown=lambda f: bool(f.out)),
    Move("payer", N_("Who pays"), "account_balance", _IN_SHOP, None, (*may.RECEIVES, *may.DECIDES_WARRANTY), "R10",
         shown=lambda f: f.billed is None),
    Move("price_line", N_("Set the price"), "sell", _IN_SHOP, None, (*may.RECEIVES, *may.DISPATCHES), "R10",
         shown=lambda f: f.billed is None and bool(f.priced_later)),
    Move("answer_recall", N_("Answer a recall"), "campaign", _on(S.RECEPTION, S.AWAITING_APPROVAL), None,
         may.RECEIVES, "R09",
         (must.greeted,)),
    Move("open_claim", N_("Accident repair"), "car_crash", _IN_SHOP, None, may.RECEIVES, "R15",
         shown=lambda f: f.claim is None and f.billed is None),
    Move("claim", N_("Insurance claim"), "shield", _IN_SHOP | _on(S.DELIVERED, S.CLOSED), None, may.HANDLES_CLAIMS, "R15",
         shown=lambda f: f.claim is not None),
    Move("supplement", N_("More damage found"), "add_alert", _IN_SHOP, None, (*may.HANDLES_CLAIMS, *may.REPAIRS), "R15",
         shown=lambda f: f.claim is not None and f.billed is None),
    Move("promise", N_("Promised time"), "schedule", _IN_SHOP, None, may.RECEIVES, "R11"),
    Move("wish", N_("Wishes"), "checklist", _IN_SHOP, None, may.RECEIVES, "R12"),
    Move("cancel", N_("Cancel the order"), "cancel", _on(S.RECEPTION, S.AWAITING_APPROVAL, S.AWAITING_DISPATCH), S.CANCELLED,
         may.RECEIVES, "R12", (must.no_clock, must.parts_back, must.all_back, must.nothing_held)),
)  # fmt: skip
ORDERS: Flow[Facts] = Flow(WorkOrder, MOVES, load_orders)
