"""The flow of a work order: every move, who may make it, and what must hold."""

from collections.abc import Iterable

from db.enums import Answer, CheckLevel, HoldReason
from db.enums import OrderStatus as S
from db.models import WorkOrder
from services import order_refusals as no
from services import permissions as may
from services.claim_state import may_begin
from services.i18n import N_
from services.money import Sum
from services.order_facts import OrderFacts
from services.order_loading import load_orders
from services.refusals import Refusal
from services.workflow import Flow, Move

Facts = OrderFacts


def _greeted(f: Facts) -> Refusal | None:
    return None if f.order.greeted_at else no.NotGreeted()


def _read(f: Facts) -> bool:
    """Odometer and fuel stand on the sheet of the walk-around."""
    sheet = f.inspection
    return sheet is not None and None not in (sheet.odometer_km, sheet.fuel_eighths)


def _inspected(f: Facts) -> Refusal | None:
    return None if _read(f) else no.InspectionMissing()


def _decline_signed(f: Facts) -> Refusal | None:
    signed = f.inspection is None or not f.inspection.declined or f.inspection.signature_id
    return None if signed else no.DeclineNotSigned()


WALK_REFUSALS = (no.InspectionMissing, no.DeclineNotSigned)
"""What the walk-around itself can leave open."""


def _has_jobs(f: Facts) -> Refusal | None:
    return None if f.jobs and all(f.job_lines(job) for job in f.jobs) else no.NoJobs()


def _promised(f: Facts) -> Refusal | None:
    return None if f.order.promised_at else no.PromiseMissing()


def _answered(f: Facts) -> Refusal | None:
    return no.ConsentMissing(lines=_titles(f.unanswered)) if f.pending else None


def _something_agreed(f: Facts) -> Refusal | None:
    return None if f.agreed_jobs else no.NothingAgreed()


def _tagged(f: Facts) -> Refusal | None:
    return None if f.order.key_tag else no.KeyTagMissing()


def _handed(f: Facts) -> Refusal | None:
    return None if f.order.handed_at else no.NotHandedOver()


def _no_question(f: Facts) -> Refusal | None:
    return no.QuestionOpen() if f.asked_back else None


def _claim_agreed(f: Facts) -> Refusal | None:
    """Only what an insurer pays waits for the three parties; the customer may let it begin without (`begin_alone`)."""
    return None if may_begin(f) else no.ClaimNotAgreed()


def _hold_over(f: Facts) -> Refusal | None:
    """Work that was agreed goes on while extra work waits for its answer, unless the car was stopped for that very answer."""
    return _answered(f) if f.order.hold_reason == HoldReason.APPROVAL else None


def _assigned(f: Facts) -> Refusal | None:
    return None if f.order.technician_id and f.order.bay_id else no.NobodyAssigned()


def _no_clock(f: Facts) -> Refusal | None:
    return no.ClockRunning() if f.running else None


def _all_done(f: Facts) -> Refusal | None:
    return no.WorkUndone(jobs=_titles(job.title for job in f.undone)) if f.undone else None


def _all_back(f: Facts) -> Refusal | None:
    return no.StillOut(lines=_titles(line.title for line in f.out)) if f.out else None


def _parts_back(f: Facts) -> Refusal | None:
    return no.PartsOut(lines=_titles(line.title for line in f.parts_out)) if f.parts_out else None


def _not_own_work(f: Facts) -> Refusal | None:
    return no.OwnWork() if f.by_id in f.workers and not f.own_work_checks else None


def _final_passed(f: Facts) -> Refusal | None:
    return None if f.passed(CheckLevel.FINAL) else no.FinalInspectionMissing()


def _delivery_checked(f: Facts) -> Refusal | None:
    return None if f.passed(CheckLevel.DELIVERY) else no.DeliveryCheckMissing()


def _told(f: Facts) -> Refusal | None:
    return None if f.order.told_at else no.CustomerNotTold()


def _billed(f: Facts) -> Refusal | None:
    return None if f.billed is not None else no.StatementMissing()


def _priced(f: Facts) -> Refusal | None:
    """What was agreed to without a price has one by now."""
    open_yet = [line.title for line in f.lines if line.unpriced and line.answer == Answer.AGREED]
    return no.PriceMissing(lines=_titles(open_yet)) if open_yet else None


def _settled(f: Facts) -> Refusal | None:
    if f.owed <= 0 or f.order.credit_by_id:
        return None
    return no.MoneyOwed(sum=Sum(f.owed, f.currency))


def _has_pass(f: Facts) -> Refusal | None:
    return None if f.exit_pass else no.ExitPassMissing()


def _titles(titles: Iterable[str]) -> str:
    return ", ".join(titles)


def _on(*statuses: S) -> frozenset[S]:
    return frozenset(statuses)


_IN_SHOP = frozenset(S) - {S.DELIVERED, S.CLOSED, S.CANCELLED}
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
    Move("check_in", N_("Check in"), "directions_car", _on(S.RECEPTION), None, may.RECEIVES, "R05", (_greeted,),
         shown=lambda f: not _read(f), primary=True),
    Move("health", N_("Health check"), "health_and_safety", _on(S.RECEPTION), None, may.RECEIVES, "R06", (_greeted,)),
    Move("edit", N_("Change the order"), "edit", _on(S.RECEPTION), None, may.RECEIVES, "R10", (_greeted,)),
    Move("estimate", N_("Ask for approval"), "request_quote", _on(S.RECEPTION), S.AWAITING_APPROVAL, may.RECEIVES, "R10",
         (_greeted, _inspected, _decline_signed, _has_jobs, _promised), detour=(lambda f: f.as_agreed, S.AWAITING_DISPATCH),
         primary=True),
    Move("revise", N_("Change the estimate"), "undo", _on(S.AWAITING_APPROVAL, S.AWAITING_DISPATCH), S.RECEPTION,
         may.RECEIVES, "R10"),
    Move("approve", N_("Sign the order"), "signature", _on(S.AWAITING_APPROVAL), S.AWAITING_DISPATCH, may.RECEIVES, "R12",
         (_has_jobs, _answered, _something_agreed), primary=True),
    Move("hand_over", N_("To the workshop"), "move_down", _on(S.AWAITING_DISPATCH), None, may.RECEIVES, "R16",
         (_answered, _something_agreed, _tagged), shown=lambda f: f.order.handed_at is None, primary=True),
    Move("accept", N_("Accept the car"), "check", _on(S.AWAITING_DISPATCH), None, may.DISPATCHES, "R16", (_no_question,),
         shown=lambda f: f.order.handed_at is not None and f.order.accepted_at is None),
    Move("ask_back", N_("Ask reception"), "contact_support", _on(S.AWAITING_DISPATCH), None, may.DISPATCHES, "R16",
         shown=lambda f: f.order.handed_at is not None and not f.asked_back),
    Move("dispatch", N_("Dispatch"), "send", _on(S.AWAITING_DISPATCH), S.IN_WORK, may.DISPATCHES, "W01",
         (_handed, _no_question, _answered, _something_agreed, _claim_agreed), primary=True),
    Move("reassign", N_("Give to someone else"), "swap_horiz", _on(S.IN_WORK, S.ON_HOLD, S.REWORK), None, may.DISPATCHES,
         "W01", (_no_clock,)),
    Move("finish_job", N_("Finish job"), "check", _on(S.IN_WORK, S.REWORK), None, may.REPAIRS, "W03",
         shown=lambda f: bool(f.running), primary=True),
    Move("start", N_("Start"), "play_arrow", _on(S.IN_WORK, S.REWORK), None, may.REPAIRS, "W03", (_assigned, _something_agreed),
         shown=lambda f: not f.clocks_mine and (bool(f.undone) or f.to_rework), primary=True),
    Move("pause", N_("Pause"), "pause", _on(S.IN_WORK, S.REWORK), None, may.REPAIRS, "W03", shown=lambda f: bool(f.running)),
    Move("hold", N_("Put on hold"), "pause_circle", _on(S.IN_WORK, S.REWORK), S.ON_HOLD, may.REPAIRS, "W03"),
    Move("resume", N_("Resume"), "play_circle", _on(S.ON_HOLD), S.IN_WORK, may.REPAIRS, "W03", (_hold_over,),
         detour=(lambda f: f.in_rework, S.REWORK), primary=True),
    Move("add_extra", N_("Extra work"), "add_circle", _on(S.IN_WORK, S.ON_HOLD, S.REWORK), None,
         (*may.REPAIRS, *may.RECEIVES), "W06"),
    Move("answer_extra", N_("Record the customer's answer"), "phone_in_talk", _BEGUN, None, may.RECEIVES, "W06",
         shown=lambda f: bool(f.pending)),
    Move("issue", N_("Issue parts"), "outbox", _IN_WORKSHOP, None, may.ISSUES_PARTS, "W04", shown=lambda f: bool(f.parts_due)),
    Move("give_back", N_("Take parts back"), "move_to_inbox", _TAKEN_BACK, None, may.ISSUES_PARTS, "W04",
         shown=lambda f: bool(f.parts_out)),
    Move("finish", N_("All work done"), "done_all", _on(S.IN_WORK, S.REWORK), S.SELF_CHECK, may.REPAIRS, "W03",
         (_no_clock, _answered, _something_agreed, _all_done, _all_back),
         shown=lambda f: not (f.undone or f.running or f.to_rework), primary=True),
    Move("pass_self", N_("Self-check"), "task_alt", _on(S.SELF_CHECK), S.TEAM_CHECK, may.REPAIRS, "W07", (_no_clock, _all_done),
         primary=True),
    Move("fail_self", N_("Back to rework"), "replay", _on(S.SELF_CHECK), S.REWORK, may.REPAIRS, "W07"),
    Move("pass_team", N_("Team-leader check"), "fact_check", _on(S.TEAM_CHECK), S.FINAL_INSPECTION, may.CHECKS_AS_LEADER, "W07",
         (_not_own_work,), primary=True),
    Move("fail_team", N_("Back to rework"), "replay", _on(S.TEAM_CHECK), S.REWORK, may.CHECKS_AS_LEADER, "W07"),
    Move("pass_final", N_("Final inspection"), "verified", _on(S.FINAL_INSPECTION), S.READY, may.INSPECTS, "W07",
         (_not_own_work,), detour=(lambda f: f.order.wash, S.WASH), primary=True),
    Move("fail_final", N_("Back to rework"), "replay", _on(S.FINAL_INSPECTION), S.REWORK, may.INSPECTS, "W07"),
    Move("washed", N_("Washed and parked"), "local_car_wash", _on(S.WASH), S.READY, may.FINISHES_CAR, "W09", primary=True),
    Move("check_delivery", N_("Pre-delivery check"), "checklist", _on(S.READY), None, may.DELIVERS, "D01", (_final_passed,),
         shown=lambda f: not f.passed(CheckLevel.DELIVERY), primary=True),
    Move("send_back", N_("Back to the workshop"), "replay", _on(S.READY), S.REWORK, may.DELIVERS, "D01",
         shown=lambda f: f.exit_pass is None),
    Move("tell", N_("Tell the customer"), "call", _on(S.READY), None, may.DELIVERS, "D02", (_delivery_checked,),
         shown=lambda f: f.order.told_at is None, primary=True),
    Move("bill", N_("Issue the statement"), "receipt_long", _on(S.READY, S.DELIVERED), None, may.TAKES_MONEY, "D05",
         (_delivery_checked, _answered, _priced, _claim_agreed), shown=lambda f: f.billed is None, primary=True),
    Move("pay", N_("Take payment"), "payments", _on(S.READY, S.DELIVERED, S.CLOSED), None, may.TAKES_MONEY, "D06", (_billed,),
         shown=lambda f: f.owed > 0, primary=True, optional=lambda f: f.order.credit_by_id is not None),
    Move("reverse_payment", N_("Reverse a payment"), "undo", _on(S.READY, S.DELIVERED, S.CLOSED), None, may.REVERSES, "D06",
         shown=lambda f: f.paid > 0),
    Move("credit_note", N_("Credit note"), "assignment_return", _on(S.READY, S.DELIVERED), None, may.GIVES_CREDIT, "D05",
         shown=lambda f: f.billed is not None),
    Move("credit", N_("Give credit"), "handshake", _on(S.READY), None, may.GIVES_CREDIT, "D07", (_billed,),
         shown=lambda f: f.owed > 0 and f.order.credit_by_id is None),
    Move("pass_out", N_("Exit pass"), "output", _on(S.READY), None, may.TAKES_MONEY, "D07", (_final_passed, _billed, _settled),
         shown=lambda f: f.exit_pass is None and f.billed is not None, primary=True),
    Move("deliver", N_("Hand over"), "key", _on(S.READY), S.DELIVERED, may.DELIVERS, "D03",
         (_final_passed, _delivery_checked, _told, _billed, _settled, _has_pass), shown=lambda f: f.exit_pass is not None,
         primary=True),
    Move("close", N_("Close the order"), "done_all", _on(S.DELIVERED), S.CLOSED, may.DELIVERS, "D09", (_billed, _settled),
         primary=True),
    Move("send_out", N_("Send outside work out"), "outbound", _IN_WORKSHOP, None, _SENDS, "W10", shown=lambda f: bool(f.to_send)),
    Move("take_back", N_("Outside work is back"), "move_to_inbox", _TAKEN_BACK, None, _SENDS, "W10",
         shown=lambda f: bool(f.out)),
    Move("payer", N_("Who pays"), "account_balance", _IN_SHOP, None, (*may.RECEIVES, *may.DECIDES_WARRANTY), "R10",
         shown=lambda f: f.billed is None),
    Move("price_line", N_("Set the price"), "sell", _IN_SHOP, None, (*may.RECEIVES, *may.DISPATCHES), "R10",
         shown=lambda f: f.billed is None and bool(f.priced_later)),
    Move("answer_recall", N_("Answer a recall"), "campaign", _on(S.RECEPTION, S.AWAITING_APPROVAL), None, may.RECEIVES, "R09",
         (_greeted,)),
    Move("open_claim", N_("Accident repair"), "car_crash", _IN_SHOP, None, may.RECEIVES, "R15",
         shown=lambda f: f.claim is None and f.billed is None),
    Move("claim", N_("Insurance claim"), "shield", _IN_SHOP | _on(S.DELIVERED), None, may.HANDLES_CLAIMS, "R15",
         shown=lambda f: f.claim is not None),
    Move("supplement", N_("More damage found"), "add_alert", _IN_SHOP, None, (*may.HANDLES_CLAIMS, *may.REPAIRS), "R15",
         shown=lambda f: f.claim is not None and f.billed is None),
    Move("promise", N_("Promised time"), "schedule", _IN_SHOP, None, may.RECEIVES, "R11"),
    Move("wish", N_("Wishes"), "checklist", _IN_SHOP, None, may.RECEIVES, "R12"),
    Move("cancel", N_("Cancel the order"), "cancel", _on(S.RECEPTION, S.AWAITING_APPROVAL, S.AWAITING_DISPATCH), S.CANCELLED,
         may.RECEIVES, "R12", (_no_clock, _parts_back, _all_back)),
)  # fmt: skip
ORDERS: Flow[Facts] = Flow(WorkOrder, MOVES, load_orders)
