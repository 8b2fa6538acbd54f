"""Work that takes longer: reported by the workshop, told to the customer by the advisor, promised anew with their word."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select

from db.enums import Channel, Role
from db.enums_reception import OrderTaskKind
from db.enums_workshop import DelayAnswer, DelayReason
from db.models import Delay, WorkOrder
from services import order_tasks
from services import permissions as may
from services.i18n import N_
from services.order_moves import ORDERS
from services.people import names
from services.promise_proposals import delayed
from services.promises import PromiseTooEarly, agree_promise, wall_time
from services.refusals import NotNow, Refusal
from services.validate import line, text, whole
from services.work import Work
from services.workflow import advance

LEAST, MOST = 5, 14 * 24 * 60  # minutes more than promised
_SUPERVISOR_PLANS = (DelayAnswer.SOONER, DelayAnswer.FETCHES)


class DelayReported(Refusal):
    """{name} has already reported a delay of {minutes} min. The customer is being told."""


class CustomerTold(Refusal):
    """{name} has already told the customer: {answer}"""


def report(
    work: Work, order_id: int, *, reason: DelayReason, minutes: int, note: str = "", instead_of: int | None = None
) -> Delay:
    """Say that a car takes so many minutes (5 to 14 days) more than promised; the advisor gets the task to tell the customer.

    While an earlier one is still to be told it is refused with DelayReported, unless it is the one `instead_of` which this
    counts from now on. Refuses OutOfRange, a note over 300 characters, and a car that is not in the workshop.
    """
    order = work.lock(WorkOrder, order_id)
    minutes = whole(minutes, N_("Minutes"), LEAST, MOST)
    note = text(note, N_("Note"), 300, needed=False)
    proposed = delayed(work, order, minutes)
    advance(work, ORDERS, order_id, "report_delay", reason=reason.label, new=proposed.isoformat(), note=note)
    _make_room(work, order_id, reason, instead_of)
    order_tasks.ask(work, order_id, OrderTaskKind.DELAY, Role.ADVISOR, reason.label)
    return work.add(
        Delay(order_id=order_id, reason=reason, minutes=minutes, note=note, promised_was=order.promised_at,
              proposed_at=proposed, at=work.now, by_id=work.by.id)
    )  # fmt: skip


def answer(
    work: Work,
    delay_id: int,
    *,
    answer: DelayAnswer,
    channel: Channel,
    person: str,
    agreed_at: datetime | None = None,
    note: str = "",
) -> Delay:
    """What the customer said to the new time, as of when, by which channel, who.

    Who agrees is promised `agreed_at`, without it the time proposed; an earlier one needs a note that says why it can be
    (PromiseTooEarly). Who needs it sooner or fetches it as it is, is promised nothing new unless `agreed_at` is given, and the
    supervisor gets the task to plan the car anew. Not reached is noted, and the task stays.
    Refuses with CustomerTold (someone was faster), NotNow once the car is ready or gone, Missing, and times as `agree_promise`.
    """
    work.needs(*may.RECEIVES)
    order = work.lock(WorkOrder, work.get(Delay, delay_id).order_id)
    delay = work.lock(Delay, delay_id)
    _still_to_tell(work, order, delay)
    delay.answer, delay.channel = answer, channel
    delay.person = line(person, N_("Who answered"), 120)
    delay.answer_note = text(note, N_("Note"), 500, needed=False)
    work.event(order, "delay_answered", order.status.value, order.status.value, answer=answer.label, person=delay.person,
               note=delay.answer_note)  # fmt: skip
    if answer != DelayAnswer.NOT_REACHED:
        _told(work, order, delay, agreed_at)
    return work.add(delay)


def covered(work: Work, order: WorkOrder, *, channel: Channel, person: str) -> None:
    """The customer has just agreed to a promise that holds the delay as well: they are told of it. For services only."""
    delay = open_delay(work, order.id)
    if delay is None or order.promised_at is None or order.promised_at < delay.proposed_at:
        return
    delay.answer, delay.channel, delay.person, delay.agreed_at = DelayAnswer.AGREES, channel, person, order.promised_at
    delay.told_at, delay.told_by_id = work.now, work.by.id
    work.add(delay)
    order_tasks.settle(work, order.id, OrderTaskKind.DELAY, DelayAnswer.AGREES.label)


def open_delay(work: Work, order_id: int) -> Delay | None:
    """The delay the customer has still to be told of; None when there is none."""
    newest = last_delay(work, order_id)
    return newest if newest and newest.told_at is None else None


def last_delay(work: Work, order_id: int) -> Delay | None:
    """The newest delay of a car: the one that counts."""
    return next(iter(delays(work, order_id)), None)


def delays(work: Work, order_id: int) -> list[Delay]:
    """Every delay reported, the newest first."""
    mine = select(Delay).where(Delay.order_id == order_id)
    return list(work.db.exec(mine.order_by(col(Delay.id).desc())))


def newest_delays(work: Work, order_ids: Collection[int]) -> dict[int, Delay]:
    """The delay that counts of each of these cars. One query, none without cars."""
    if not order_ids:
        return {}
    rows = work.db.exec(select(Delay).where(col(Delay.order_id).in_(list(order_ids))).order_by(col(Delay.id)))
    return {row.order_id: row for row in rows}


def _make_room(work: Work, order_id: int, reason: DelayReason, instead_of: int | None) -> None:
    """The task about the delay that counts no longer is answered by the new one."""
    now = open_delay(work, order_id)
    if now is None:
        return
    if now.id != instead_of:
        raise DelayReported(name=names(work).get(now.by_id or 0, "Service Lane"), minutes=now.minutes)
    order_tasks.settle(work, order_id, OrderTaskKind.DELAY, reason.label)


def _still_to_tell(work: Work, order: WorkOrder, delay: Delay) -> None:
    if delay.told_at is not None:
        said = delay.answer.label if delay.answer else ""
        raise CustomerTold(name=names(work).get(delay.told_by_id or 0, "Service Lane"), answer=said)
    newest = last_delay(work, order.id)
    if newest is None or newest.id != delay.id or order.status not in ORDERS.move("report_delay").before:
        raise NotNow


def _told(work: Work, order: WorkOrder, delay: Delay, agreed_at: datetime | None) -> None:
    delay.told_at, delay.told_by_id = work.now, work.by.id
    order_tasks.settle(work, order.id, OrderTaskKind.DELAY, (delay.answer or DelayAnswer.AGREES).label)
    if delay.answer == DelayAnswer.AGREES:
        agreed_at = agreed_at or delay.proposed_at
    if agreed_at is not None:
        if agreed_at < delay.proposed_at and not delay.answer_note:
            raise PromiseTooEarly(at=wall_time(work, delay.proposed_at))
        delay.agreed_at = agreed_at
        agree_promise(work, order.id, promised_at=agreed_at, person=delay.person)
    if delay.answer:
        order_tasks.settle(work, order.id, OrderTaskKind.REPLAN, delay.answer.label)  # of an earlier delay
    if delay.answer in _SUPERVISOR_PLANS:
        order_tasks.ask(work, order.id, OrderTaskKind.REPLAN, Role.SUPERVISOR, delay.answer.label)
