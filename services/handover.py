"""Giving the car back: shown point by point, each tap kept; handed over; closed, and by the manager opened again."""

from collections.abc import Collection
from datetime import date

from db.models import Customer, Handover, WorkOrder
from services import exit_passes, guarantees, handover_safety, next_service, recommendations
from services.aftercare import follow_up_for, service_done
from services.balances import keep_due
from services.case_texts import keep_words
from services.check_marks import Named
from services.consent_rows import Signature
from services.due_work import visit_over
from services.files import attach_signature
from services.handover_points import MOMENTS, left_of, points_of
from services.handover_rows import mark, of_order, row_of
from services.i18n import N_
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.refusals import Refusal
from services.settlement import standing, statements, taxed_within
from services.validate import line, one_of, reason_given
from services.visit_parts import parts_over
from services.work import Work
from services.workflow import advance, facts_of


class TaxTurned(Refusal):
    """Whether prices include tax was changed since this order was billed, so it cannot be billed again."""


class NotAllShown(Refusal):
    """Not shown or given back yet: {items}."""


def begin(work: Work, order_id: int) -> Handover:
    """The customer is here: showing the car begins, or goes on. Refuses as the move does."""
    order: WorkOrder = advance(work, ORDERS, order_id, "show_car")
    return work.add(row_of(work, order))


def show(work: Work, order_id: int, *keys: str, shown: bool = True) -> Handover:
    """Points were shown or given back, now and by who acts; with `shown` False they were not after all.

    Of two tablets each keeps its own points. Refuses with NotInList for a point this car has not, else as the move does.
    """
    order, row = _at_hand(work, order_id)
    known = {point.key for point in points_of(facts_of(work, ORDERS, order.id))}
    for key in keys:
        mark(work, row, one_of(key, known, N_("Points")), shown)
    return work.add(row)


def reached(work: Work, order_id: int, moment: str) -> Handover:
    """Which screen the hand-over stands at, to be taken up there again on any tablet."""
    _order, row = _at_hand(work, order_id)
    row.moment = one_of(moment, MOMENTS, N_("Moment"))
    return work.add(row)


def taken_by(work: Work, order_id: int, *, name: str) -> Handover:
    """Who takes the car, where it is not the customer (blank: the customer). Refuses over 120 characters."""
    _order, row = _at_hand(work, order_id)
    row.taken_by = line(name, N_("Who takes the car"), 120, needed=False)
    return work.add(row)


def correct_next(
    work: Work, order_id: int, *, on: date | None = None, km: int | None = None, reason: str = ""
) -> Handover:
    """Tell another next service than is reckoned, for a reason; without date and km as reckoned. Refuses with NotAhead, Missing."""
    _order, row = _at_hand(work, order_id)
    sheet = facts_of(work, ORDERS, order_id).inspection
    return next_service.correct(work, row, on=on, km=km, reason=reason, shown=sheet.odometer_km if sheet else None)


def call_suits(work: Work, order_id: int, *, words: str) -> Customer:
    """When a follow-up call suits, in the customer's words: kept with the customer. Refuses over 120 characters."""
    order, _row = _at_hand(work, order_id)
    return _call_when(work, order, words)


def sign_safety(work: Work, order_id: int, *, signature: Signature) -> Handover:
    """Safety work left undone was explained, and the customer signs for it. Refuses with NotNow when that is done already."""
    return handover_safety.sign(work, *_at_hand(work, order_id), signature)


def safety_not_signed(work: Work, order_id: int, *, reason: str) -> Handover:
    """It was explained, and nobody signs, for a reason that is kept. Refuses with ReasonMissing."""
    return handover_safety.nobody_signs(work, *_at_hand(work, order_id), reason)


def deliver(
    work: Work,
    order_id: int,
    *,
    done: Collection[str] | None = None,
    call_when: str | None = None,
    signature: Signature | None = None,
) -> WorkOrder:
    """Hand the car over: everything was shown and given back, `done` with this act (None: whatever is left).

    `call_when` is when a follow-up call suits; `signature` of who takes the car. What the garage promises on each job is written.
    Refuses with NotAllShown, SafetyNotSigned, TooLong, and as the move does.
    """
    order: WorkOrder = advance(work, ORDERS, order_id, "deliver")
    facts, row = facts_of(work, ORDERS, order_id), row_of(work, order)
    for key in [point.key for point in points_of(facts)] if done is None else done:
        mark(work, row, key)
    _all_shown(facts, row)
    handover_safety.refuse_open(work, facts, row)
    if signature is not None:
        row.signature_id = attach_signature(work, order, signature.png, signature.strokes).id
    next_service.keep(work, facts, row)
    row.ended_at = order.delivered_at = work.now
    exit_passes.all_billed(work, order_id)
    keep_due(work, order)
    work.db.add(row)
    if call_when is not None:
        _call_when(work, order, call_when)
    guarantees.promise(work, facts)
    keep_words(work, order)
    return work.add(order)


def close(work: Work, order_id: int) -> WorkOrder:
    """Close the order: the car's odometer, last and next service, and the follow-up call are written by the same act.

    Closed a second time, only that is written: the car may have been here again, or its file been corrected.
    """
    order: WorkOrder = advance(work, ORDERS, order_id, "close")
    facts = facts_of(work, ORDERS, order_id)
    if follow_up_for(work, order):
        car = service_done(work, facts, of_order(work, order_id))  # held: whatever asks for it below has it at hand
        visit_over(work, order, [job for job in facts.jobs if job.done_at])
        recommendations.visit_over(work, facts)
        parts_over(work, order)
        work.db.add(car)
    order.closed_at = work.now
    work.db.add(order)
    work.db.flush()
    return order


def reopen(work: Work, order_id: int, *, reason: str) -> WorkOrder:
    """Open a closed order again, for a reason, to put its statement or its money right. Refuses with ReasonMissing, NotAllowed, and
    TaxTurned: billed again, it would come to more or less than was agreed."""
    reason = reason_given(reason)
    order: WorkOrder = advance(work, ORDERS, order_id, "reopen", reason=reason)
    issued = standing(statements(work, order_id))
    if issued and issued.tax and taxed_within(work, issued) != work.garage.tax_included:
        raise TaxTurned
    order.closed_at = None
    return work.add(order)


def _at_hand(work: Work, order_id: int) -> tuple[WorkOrder, Handover]:
    """The order, held, while its car is shown; the first tap begins that."""
    order = work.lock(WorkOrder, order_id)
    row = of_order(work, order_id)
    move = ORDERS.move("show_car")
    if row is None or order.status not in move.before:
        return order, begin(work, order_id)
    work.needs(*move.roles)
    return order, row


def _all_shown(facts: OrderFacts, row: Handover) -> None:
    missing = tuple(point.label for point in left_of(points_of(facts), row.points))
    if missing:
        raise NotAllShown(items=Named(missing))


def _call_when(work: Work, order: WorkOrder, words: str) -> Customer:
    customer = work.get(Customer, order.customer_id)
    customer.call_when = line(words, N_("When a call suits"), 120, needed=False)
    return work.add(customer)
