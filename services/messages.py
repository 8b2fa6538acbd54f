"""Messages to customers: rows written with the act they tell of, sent after it by web/worker.py or by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from db.enums import Channel, MessageState
from db.models import ContactConsent, Customer, Message
from services import permissions as may
from services.i18n import translate
from services.refusals import NotNow
from services.work import Work

PREFERENCE = (Channel.SMS, Channel.WECHAT, Channel.EMAIL, Channel.PHONE)
_OPEN = (MessageState.QUEUED, MessageState.FAILED)
_SHOWN = 100


@dataclass(frozen=True)
class Outgoing:
    """A message as the outbox shows it."""

    id: int
    customer: str
    channel: Channel
    address: str
    text: str
    state: MessageState
    tries: int
    error: str
    due_at: datetime
    sent_at: datetime | None


def queue(
    work: Work,
    *,
    customer_id: int,
    kind: str,
    text: str,
    subject: str = "",
    subject_id: int | None = None,
    due_at: datetime | None = None,
    **params: object,
) -> Message | None:
    """Write a message to a customer in this unit of work; it goes out at `due_at` (now) at the earliest.

    `text` is an English source text marked with N_, said in the customer's language with its `params` filled in.
    None when the customer allowed no channel we have an address for: nothing is sent without consent.
    """
    customer = work.get(Customer, customer_id)
    way = channel_for(customer, consents(work, customer_id))
    if way is None:
        return None
    channel, address = way
    return work.add(
        Message(
            customer_id=customer_id,
            channel=channel,
            address=address,
            text=translate(customer.language or work.garage.language, text, **params),
            kind=kind,
            subject=subject,
            subject_id=subject_id,
            created_at=work.now,
            due_at=due_at or work.now,
        )
    )


def consents(work: Work, customer_id: int) -> dict[Channel, bool]:
    """What the customer allows now: the newest word on each channel."""
    rows = select(ContactConsent.channel, ContactConsent.allowed).where(ContactConsent.customer_id == customer_id)
    return {Channel(channel): allowed for channel, allowed in work.db.exec(rows.order_by(col(ContactConsent.id)))}


def channel_for(customer: Customer, allowed: dict[Channel, bool]) -> tuple[Channel, str] | None:
    """The best channel the customer allows and has an address on, with that address. PHONE means: read it out."""
    addresses = {Channel.EMAIL: customer.email}
    for channel in PREFERENCE:
        address = addresses.get(channel, customer.phone)
        if allowed.get(channel) and address:
            return channel, address
    return None


def outbox(work: Work, states: Sequence[MessageState] = _OPEN) -> list[Outgoing]:
    """The newest messages in these states; without other wish what still has to go out. What is for later is left out."""
    query = select(Message, Customer.name).join(Customer, col(Customer.id) == Message.customer_id)
    now = (col(Message.state) != MessageState.QUEUED) | (col(Message.due_at) <= work.now) | (col(Message.tries) > 0)
    newest = query.where(col(Message.state).in_(states), now).order_by(col(Message.id).desc()).limit(_SHOWN)
    return [_outgoing(message, name) for message, name in work.db.exec(newest)]


def _outgoing(row: Message, customer: str) -> Outgoing:
    return Outgoing(
        row.id, customer, row.channel, row.address, row.text, row.state, row.tries, row.error, row.due_at, row.sent_at
    )


def mark_by_hand(work: Work, message_id: int) -> None:
    """Somebody read it out or sent it themselves. Refuses with NotAllowed, NotFound, NotNow (already sent)."""
    message = _still_open(work, message_id)
    before, message.state, message.sent_at, message.error = message.state, MessageState.BY_HAND, work.now, ""
    work.db.add(message)
    work.event(message, "by_hand", before.value, message.state.value)


def send_again(work: Work, message_id: int) -> None:
    """Give a failed message to the gateways once more. Refuses with NotAllowed, NotFound, NotNow (already sent)."""
    message = _still_open(work, message_id)
    before, message.state, message.due_at, message.tries = message.state, MessageState.QUEUED, work.now, 0
    work.db.add(message)
    work.event(message, "again", before.value, message.state.value)


def _still_open(work: Work, message_id: int) -> Message:
    work.needs(*may.CALLS)
    message = work.lock(Message, message_id)
    if message.state not in _OPEN:
        raise NotNow
    return message
