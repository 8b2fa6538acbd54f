"""Before the car is handed over: checked first (D01), the customer told and a time agreed (D02)."""

from datetime import date, datetime

from babel.dates import format_date
from sqlmodel import col, select

from db.enums import Channel, CheckLevel
from db.enums_money import PickUpAnswer
from db.models import Check, ContactAttempt, Customer, Vehicle, WorkOrder
from services import permissions as may
from services.addresses import link_path, public_url
from services.check_marks import Items
from services.checks import pass_check
from services.i18n import N_
from services.messages import queue
from services.normalize import phone_shown
from services.order_links import order_link
from services.order_moves import ORDERS
from services.people import names, people_with
from services.refusals import InThePast, Missing, NotFound, Refusal, Stale
from services.validate import text
from services.work import Work
from services.workflow import advance

WRITTEN = (Channel.SMS, Channel.WECHAT, Channel.EMAIL)
TIMED = (PickUpAnswer.COMES, PickUpAnswer.BROUGHT)  # answers that go with a time
READY = N_("{garage}: your car {plate} is ready. Questions: {phone}")
READY_FROM = N_("{garage}: your car {plate} is ready to pick up {day} at {time}. Questions: {phone}")
READY_CHOOSE = N_("{garage}: your car {plate} is ready. Please choose when you come: {link} Questions: {phone}")


class NoMessage(Refusal):
    """The customer has allowed no messages, or we have no address. Call instead."""


def check_delivery(work: Work, order_id: int, *, items: Items, note: str = "") -> Check:
    """The advisor's own check before the customer comes; `items` are the keys of the points in order, or what was said of each.

    What was agreed and not done has to be explained. Refuses with ItemsOpen, ItemsFailed, NotExplained, or a text too long. What
    fails goes back to the workshop with `checks.fail_check`.
    """
    return pass_check(work, order_id, level=CheckLevel.DELIVERY, items=items, note=note)


def tell(
    work: Work,
    order_id: int,
    *,
    channel: Channel,
    reached: bool = True,
    pick_up_at: datetime | None = None,
    answer: PickUpAnswer | None = None,
    note: str = "",
) -> ContactAttempt:
    """Note a try to tell the customer that the car is ready, and what they said. Somebody not reached still has to be told.

    A written message goes out with this act, on the channel the customer allows; without a time it asks for one, where
    customers reach this server. Refuses with NoMessage, and what was said as `agree_time` does.
    """
    order: WorkOrder = advance(work, ORDERS, order_id, "tell", channel=channel.label, **_said(answer, pick_up_at))
    if channel in WRITTEN:
        _in_time(work, pick_up_at)
        channel, reached, answer = _written(work, order, pick_up_at), True, None
    if reached:
        order.told_at = work.now
        _agree(work, order, answer, pick_up_at)
    return _noted(work, order, channel, answer if reached else None, note, reached=reached)


def agree_time(
    work: Work,
    order_id: int,
    *,
    pick_up_at: datetime | None,
    answer: PickUpAnswer = PickUpAnswer.COMES,
    channel: Channel = Channel.PHONE,
    note: str = "",
    seen: int | None = None,
) -> ContactAttempt:
    """Agree when the car is picked up, or anew, with a customer who knows that it is ready. `seen`: how many tries were on the
    screen.

    Refuses with Stale (somebody else spoke to them meanwhile), Missing (coming without a time, a question without a word),
    InThePast, and a note over 500 characters.
    """
    order: WorkOrder = advance(work, ORDERS, order_id, "agree_time", channel=channel.label, **_said(answer, pick_up_at))
    _still(work, order_id, seen)
    _agree(work, order, answer, pick_up_at)
    return _noted(work, order, channel, answer, note, reached=True)


def hand_to(work: Work, order_id: int, *, staff_id: int) -> WorkOrder:
    """Another advisor hands the car over, and looks after it from now on. Refuses with NotFound who does not hand over."""
    person = next((one for one in people_with(work, may.DELIVERS) if one.id == staff_id), None)
    if person is None:
        raise NotFound
    order: WorkOrder = advance(work, ORDERS, order_id, "hand_to", to=person.name)
    order.advisor_id = person.id
    return work.add(order)


def attempts(work: Work, order_id: int) -> list[ContactAttempt]:
    """Every try to tell the customer, oldest first."""
    query = select(ContactAttempt).where(ContactAttempt.order_id == order_id)
    return list(work.db.exec(query.order_by(col(ContactAttempt.id))))


def said_day(day: date, language: str) -> str:
    """A day as it is said in a message: Monday 23 November, 11月23日星期一."""
    return format_date(day, "EEEE d MMMM" if language == "en" else "M月d日EEEE", locale=language)


def _said(answer: PickUpAnswer | None, pick_up_at: datetime | None) -> dict[str, str]:
    """As the order's history tells it."""
    return {"answer": answer.label if answer else "", "time": pick_up_at.isoformat() if pick_up_at else ""}


def _in_time(work: Work, pick_up_at: datetime | None) -> None:
    if pick_up_at is not None and pick_up_at < work.now:
        raise InThePast


def _agree(work: Work, order: WorkOrder, answer: PickUpAnswer | None, pick_up_at: datetime | None) -> None:
    """Only who says when has a time."""
    if answer == PickUpAnswer.COMES and pick_up_at is None:
        raise Missing(field=N_("Pick-up time"))
    _in_time(work, pick_up_at)
    order.pick_up_at = pick_up_at if answer is None or answer in TIMED else None


def _noted(
    work: Work, order: WorkOrder, channel: Channel, answer: PickUpAnswer | None, note: str, *, reached: bool
) -> ContactAttempt:
    work.db.add(order)
    said = text(note, N_("Note"), 500, needed=answer == PickUpAnswer.QUESTION)
    return work.add(
        ContactAttempt(customer_id=order.customer_id, order_id=order.id, channel=channel, reached=reached, answer=answer,
                       note=said, at=work.now, by_id=work.by.id)
    )  # fmt: skip


def _still(work: Work, order_id: int, seen: int | None) -> None:
    made = attempts(work, order_id)
    if seen is None or len(made) <= seen:
        return
    last = made[-1]
    raise Stale(name=names(work).get(last.by_id or 0, "Service Lane"), at=work.local(last.at).strftime("%H:%M"))


def _written(work: Work, order: WorkOrder, pick_up_at: datetime | None) -> Channel:
    local, language = work.local(pick_up_at or work.now), work.get(Customer, order.customer_id).language
    link = public_url() + link_path(order_link(work, order.id)) if public_url() else ""
    message = queue(
        work,
        customer_id=order.customer_id,
        kind="ready",
        text=READY_FROM if pick_up_at else READY_CHOOSE if link else READY,
        subject="work_order",
        subject_id=order.id,
        garage=work.garage.name,
        plate=work.get(Vehicle, order.vehicle_id).plate,
        phone=phone_shown(work.garage.phone),
        link=link,
        day=said_day(local.date(), language or work.garage.language),
        time=local.strftime("%H:%M"),
    )
    if message is None:
        raise NoMessage
    return message.channel
