"""Giving the car back: checked first, the customer told, everything shown, handed over, closed."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from babel.dates import format_date
from sqlmodel import col, select

from db.enums import Channel, CheckLevel
from db.enums_workshop import ReworkCause
from db.models import Check, ContactAttempt, Customer, Vehicle, WorkOrder
from services import exit_passes, recommendations
from services.aftercare import follow_up_for, service_done
from services.case_texts import keep_words
from services.check_marks import Items, Named
from services.checks import deliver_check, fail_check
from services.due_work import visit_over
from services.i18n import N_
from services.messages import queue
from services.order_moves import ORDERS
from services.refusals import InThePast, Refusal
from services.validate import line, reason_given, text
from services.visit_parts import parts_over
from services.work import Work
from services.workflow import advance, facts_of

HANDOVER = {
    "jobs_shown": N_("Jobs shown against the order"),
    "old_parts_shown": N_("Old parts shown"),
    "equipment": N_("Spare wheel and tools checked"),
    "covers_off": N_("Covers taken off in front of the customer"),
    "advice": N_("Advice and next service explained"),
    "given_back": N_("Key, licence and service book given back"),
}
WRITTEN = (Channel.SMS, Channel.WECHAT, Channel.EMAIL)
READY = N_("{garage}: your car {plate} is ready. Questions: {phone}")
READY_FROM = N_("{garage}: your car {plate} is ready to pick up {day} at {time}. Questions: {phone}")


class NoMessage(Refusal):
    """The customer has allowed no messages, or we have no address. Call instead."""


class NotAllShown(Refusal):
    """Not shown or given back yet: {items}."""


def check_delivery(work: Work, order_id: int, *, items: Collection[str], note: str = "") -> Check:
    """The advisor's own check before the customer comes; `items` are the keys of the ticked points. Refuses with ItemsOpen."""
    return deliver_check(work, order_id, items=items, note=note)


def send_back(
    work: Work,
    order_id: int,
    *,
    reason: str,
    items: Items = (),
    cause: ReworkCause | None = None,
    order_job_id: int | None = None,
    staff_id: int | None = None,
) -> Check:
    """Back to the workshop as rework, for a reason: counted, and the customer has to be told again. Refuses as `fail_check`."""
    return fail_check(work, order_id, level=CheckLevel.DELIVERY, items=items, note=reason_given(reason), cause=cause,
                      order_job_id=order_job_id, staff_id=staff_id)  # fmt: skip


def tell(
    work: Work,
    order_id: int,
    *,
    channel: Channel,
    reached: bool = True,
    pick_up_at: datetime | None = None,
    note: str = "",
) -> ContactAttempt:
    """Note a try to tell the customer that the car is ready. Somebody not reached on the phone still has to be told.

    A written message goes out with this act, on the channel the customer allows. Refuses with NoMessage, a pick-up time in
    the past, and a note over 500 characters.
    """
    order: WorkOrder = advance(work, ORDERS, order_id, "tell", channel=channel.label)
    if pick_up_at is not None and pick_up_at < work.now:
        raise InThePast
    if channel in WRITTEN:
        channel, reached = _written(work, order, pick_up_at), True
    attempt = ContactAttempt(customer_id=order.customer_id, order_id=order_id, channel=channel, at=work.now)
    attempt.note, attempt.by_id, attempt.reached = text(note, N_("Note"), 500, needed=False), work.by.id, reached
    if reached:
        order.told_at, order.pick_up_at = work.now, pick_up_at
    work.db.add(order)
    return work.add(attempt)


def deliver(
    work: Work, order_id: int, *, done: Collection[str] | None = None, call_when: str | None = None
) -> WorkOrder:
    """Hand the car over: the exit pass is used, every point of HANDOVER is done (None: all of them).

    `call_when` is when a follow-up call suits, in the customer's words. Refuses with NotAllShown, TooLong.
    """
    points = points_of(work.get(WorkOrder, order_id))
    order: WorkOrder = advance(work, ORDERS, order_id, "deliver", points=sorted(points))
    _all_of(points, points if done is None else done)
    exit_passes.use(work, order_id)
    if call_when is not None:
        customer = work.get(Customer, order.customer_id)
        customer.call_when = line(call_when, N_("When a call suits"), 120, needed=False)
        work.db.add(customer)
    order.delivered_at = work.now
    keep_words(work, order)
    return work.add(order)


def close(work: Work, order_id: int) -> WorkOrder:
    """Close the order: the car's odometer, last and next service, and the follow-up call are written by the same act."""
    order: WorkOrder = advance(work, ORDERS, order_id, "close")
    facts = facts_of(work, ORDERS, order_id)
    service_done(work, facts)
    visit_over(work, order)
    recommendations.visit_over(work, facts)
    follow_up_for(work, order)
    parts_over(work, order)
    order.closed_at = work.now
    return work.add(order)


def points_of(order: WorkOrder) -> Mapping[str, str]:
    """What is shown and given back at handover; old parts only where the customer wants them."""
    return {key: label for key, label in HANDOVER.items() if order.old_parts or key != "old_parts_shown"}


def attempts(work: Work, order_id: int) -> list[ContactAttempt]:
    """Every try to tell the customer, oldest first."""
    query = select(ContactAttempt).where(ContactAttempt.order_id == order_id)
    return list(work.db.exec(query.order_by(col(ContactAttempt.id))))


def _written(work: Work, order: WorkOrder, pick_up_at: datetime | None) -> Channel:
    local, language = work.local(pick_up_at or work.now), work.get(Customer, order.customer_id).language
    message = queue(
        work,
        customer_id=order.customer_id,
        kind="ready",
        text=READY_FROM if pick_up_at else READY,
        subject="work_order",
        subject_id=order.id,
        garage=work.garage.name,
        plate=work.get(Vehicle, order.vehicle_id).plate,
        phone=work.garage.phone,
        day=said_day(local.date(), language or work.garage.language),
        time=local.strftime("%H:%M"),
    )
    if message is None:
        raise NoMessage
    return message.channel


def said_day(day: date, language: str) -> str:
    """A day as it is said in a message: Monday 23 November, 11月23日星期一."""
    return format_date(day, "EEEE d MMMM" if language == "en" else "M月d日EEEE", locale=language)


def _all_of(points: Mapping[str, str], done: Collection[str]) -> None:
    missing = tuple(label for key, label in points.items() if key not in done)
    if missing:
        raise NotAllShown(items=Named(missing))
