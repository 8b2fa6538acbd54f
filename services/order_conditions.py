"""What must hold before a move of a work order: each condition gives the refusal that stands in the way, or None."""

from collections.abc import Iterable

from db.enums import Answer, CheckLevel, HoldReason
from services import order_refusals as no
from services.claim_state import may_begin
from services.left_undone import left_undone
from services.money import Sum
from services.order_facts import OrderFacts
from services.refusals import Refusal

Facts = OrderFacts


def greeted(f: Facts) -> Refusal | None:
    """Somebody has greeted the customer."""
    return None if f.order.greeted_at else no.NotGreeted()


def read(f: Facts) -> bool:
    """Odometer and fuel stand on the sheet of the walk-around."""
    sheet = f.inspection
    return sheet is not None and None not in (sheet.odometer_km, sheet.fuel_eighths)


def inspected(f: Facts) -> Refusal | None:
    """The walk-around says odometer and fuel."""
    return None if read(f) else no.InspectionMissing()


def decline_signed(f: Facts) -> Refusal | None:
    """Who declined the walk-around has signed for it."""
    signed = f.inspection is None or not f.inspection.declined or f.inspection.signature_id
    return None if signed else no.DeclineNotSigned()


WALK_REFUSALS = (no.InspectionMissing, no.DeclineNotSigned)
"""What the walk-around itself can leave open."""


def has_jobs(f: Facts) -> Refusal | None:
    """There is a job, and each has its lines."""
    return None if f.jobs and all(f.job_lines(job) for job in f.jobs) else no.NoJobs()


def promised(f: Facts) -> Refusal | None:
    """A time is promised."""
    return None if f.order.promised_at else no.PromiseMissing()


def answered(f: Facts) -> Refusal | None:
    """The customer has answered every line."""
    return no.ConsentMissing(lines=_titles(f.unanswered)) if f.pending else None


def something_agreed(f: Facts) -> Refusal | None:
    """There is work the customer agreed to."""
    return None if f.agreed_jobs else no.NothingAgreed()


def tagged(f: Facts) -> Refusal | None:
    """The key has its tag."""
    return None if f.order.key_tag else no.KeyTagMissing()


def handed(f: Facts) -> Refusal | None:
    """Reception has handed the car over."""
    return None if f.order.handed_at else no.NotHandedOver()


def no_question(f: Facts) -> Refusal | None:
    """No question of the workshop is open."""
    return no.QuestionOpen() if f.asked_back else None


def claim_agreed(f: Facts) -> Refusal | None:
    """Only what an insurer pays waits for the three parties; the customer may let it begin without (`begin_alone`)."""
    return None if may_begin(f) else no.ClaimNotAgreed()


def hold_over(f: Facts) -> Refusal | None:
    """Work that was agreed goes on while extra work waits for its answer, unless the car was stopped for that very answer."""
    return answered(f) if f.order.hold_reason == HoldReason.APPROVAL else None


def assigned(f: Facts) -> Refusal | None:
    """The car has a person and a bay."""
    return None if f.order.technician_id and f.order.bay_id else no.NobodyAssigned()


def no_clock(f: Facts) -> Refusal | None:
    """Nobody's clock runs on the car."""
    return no.ClockRunning() if f.running else None


def all_done(f: Facts) -> Refusal | None:
    """Every agreed job is finished."""
    return no.WorkUndone(jobs=_titles(job.title for job in f.undone)) if f.undone else None


def all_back(f: Facts) -> Refusal | None:
    """No outside work is away."""
    return no.StillOut(lines=_titles(line.title for line in f.out)) if f.out else None


def parts_back(f: Facts) -> Refusal | None:
    """Every part given out is back in the store."""
    return no.PartsOut(lines=_titles(line.title for line in f.parts_out)) if f.parts_out else None


def not_own_work(f: Facts) -> Refusal | None:
    """Nobody checks what they worked on, unless the settings let them."""
    return no.OwnWork() if f.by_id in f.workers and not f.own_work_checks else None


def final_passed(f: Facts) -> Refusal | None:
    """The final inspection was passed since the last rework."""
    return None if f.passed(CheckLevel.FINAL) else no.FinalInspectionMissing()


def delivery_checked(f: Facts) -> Refusal | None:
    """The advisor has checked the car, with everything that is undone now: work agreed after the check is not covered by it."""
    check = f.check(CheckLevel.DELIVERY)
    if check is None or not check.passed:
        return no.DeliveryCheckMissing()
    seen = {item["key"] for item in check.items}
    return None if all(one.key in seen for one in left_undone(f)) else no.DeliveryCheckMissing()


def told(f: Facts) -> Refusal | None:
    """The customer knows that the car is ready."""
    return None if f.order.told_at else no.CustomerNotTold()


def billed(f: Facts) -> Refusal | None:
    """The statement is issued."""
    return None if f.billed is not None else no.StatementMissing()


def priced(f: Facts) -> Refusal | None:
    """What was agreed to without a price has one by now."""
    open_yet = [line.title for line in f.lines if line.unpriced and line.answer == Answer.AGREED]
    return no.PriceMissing(lines=_titles(open_yet)) if open_yet else None


def settled(f: Facts) -> Refusal | None:
    """Nothing is owed, or it is on the customer's account or on the manager's credit."""
    if f.owed <= 0 or f.trusted:
        return None
    return no.MoneyOwed(sum=Sum(f.owed, f.currency))


def nothing_held(f: Facts) -> Refusal | None:
    """No money of the customer is kept for the order."""
    return no.MoneyHeld(sum=Sum(f.to_give_back, f.currency)) if f.to_give_back > 0 else None


def has_pass(f: Facts) -> Refusal | None:
    """The exit pass is given out."""
    return None if f.exit_pass else no.ExitPassMissing()


def _titles(titles: Iterable[str]) -> str:
    return ", ".join(titles)
