"""What the customer gets by message: the private link to status and papers, and the question about extra work."""

from datetime import timedelta

from sqlmodel import col, select

from db.enums import Channel
from db.models import Customer, Message, Vehicle, WorkOrder
from services import permissions as may
from services.addresses import link_path, public_url
from services.i18n import N_
from services.link_answers import asked_of_customer
from services.messages import channel_for, consents, queue
from services.normalize import phone_shown
from services.order_links import order_link
from services.order_moves import ORDERS
from services.refusals import NotNow, Refusal
from services.work import Work
from services.workflow import facts_of

KIND = "order_copy"
ASKED = "extra_asked"
QUESTION = N_(
    "{garage}: we found more on {plate} and need your answer. Photos, price and time: {link} Questions: {phone}"
)
COPY = N_("{garage}: work order {number} for {plate}. Status, check-in sheet and work order: {link} Questions: {phone}")
DOUBLE = timedelta(minutes=2)  # the same copy within this is a double tap, or the other tablet


class NoWayToSend(Refusal):
    """{name} has allowed no message. Ask, and note it under “Customer and car”, or print the papers."""


class CopySent(Refusal):
    """The copy has just been sent."""


class AddressUnknown(Refusal):
    """Customers cannot reach this server yet: its public address is not set. Print the papers instead."""


def send_copy(work: Work, order_id: int) -> Message:
    """Queue the link for the customer, on the best channel they allowed, in their language.

    Refuses with NoWayToSend without consent or address, CopySent for a second one within two minutes, AddressUnknown.
    """
    return _send(work, order_id, KIND, COPY, "copy_sent")


def send_question(work: Work, order_id: int) -> Message:
    """The same with the question about extra work; refuses as well with NotNow when nothing is asked of the customer."""
    if not asked_of_customer(facts_of(work, ORDERS, order_id)):
        raise NotNow
    return _send(work, order_id, ASKED, QUESTION, "question_sent")


def _send(work: Work, order_id: int, kind: str, words: str, action: str) -> Message:
    work.needs(*may.RECEIVES)
    order = work.lock(WorkOrder, order_id)
    customer = work.get(Customer, order.customer_id)
    if way_to(work, customer) is None:
        raise NoWayToSend(name=customer.name)
    if not public_url():
        raise AddressUnknown
    last = last_copy(work, order_id, kind)
    if last and work.now - last.created_at < DOUBLE:
        raise CopySent
    row = queue(work, kind=kind, text=words, customer_id=customer.id, subject="work_order", subject_id=order_id,
                garage=work.garage.name, number=order.number, plate=work.get(Vehicle, order.vehicle_id).plate,
                link=public_url() + link_path(order_link(work, order_id)), phone=phone_shown(work.garage.phone))  # fmt: skip
    if row is None:
        raise NoWayToSend(name=customer.name)
    work.event(order, action, order.status.value, order.status.value, channel=row.channel.label)
    return row


def way_to(work: Work, customer: Customer) -> Channel | None:
    """The channel a copy goes out on; None when the customer allowed none that carries a link."""
    way = channel_for(customer, consents(work, customer.id) | {Channel.PHONE: False})
    return way[0] if way else None


def last_copy(work: Work, order_id: int, kind: str = KIND) -> Message | None:
    """The newest copy queued or sent for an order; with ASKED the newest question about extra work."""
    mine = select(Message).where(Message.subject == "work_order", Message.subject_id == order_id, Message.kind == kind)
    return work.db.exec(mine.order_by(col(Message.id).desc()).limit(1)).first()
