"""Sends what waits in the message table, after the act that wrote it was committed. The truth is in the table, so a crash
loses nothing."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col, select

from db.enums import Channel, MessageState
from db.models import Message
from services.reminders import too_late
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from web.gateways import Gateway, Undelivered

log = logging.getLogger(__name__)
EVERY_SECONDS = 5
AT_ONCE = 20
LEASE = timedelta(minutes=10)  # a worker that dies in the middle gives its message back after this
DELAYS = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360))  # after the 1st, 2nd … failure; then it is given up


async def keep_sending(ws: Workspace, ways: Sequence[Gateway]) -> None:
    """Send what is due every few seconds, until cancelled. Without gateways messages wait for the outbox screen."""
    while ways:
        try:
            await asyncio.to_thread(send_due, ws, ways)
        except Exception:
            log.exception("sending messages failed; it goes on")
        await asyncio.sleep(EVERY_SECONDS)


def send_due(ws: Workspace, ways: Sequence[Gateway]) -> int:
    """Send the messages that are due, oldest first; returns how many went out. A sandbox sends nothing."""
    if ws.sandbox:
        return 0
    with reading(ws) as work:
        channels = [channel for channel in Channel if any(way.serves(channel) for way in ways)]
        due = (
            col(Message.state) == MessageState.QUEUED,
            col(Message.due_at) <= work.now,
            col(Message.channel).in_(channels),
        )
        waiting = list(work.db.exec(select(Message).where(*due).order_by(col(Message.due_at)).limit(AT_ONCE)))
        garage, late = work.garage.name if waiting else "", too_late(work, waiting)
    return sum(_drop(ws, one) if one.id in late else _send(ws, one, ways, garage) for one in waiting)


def _drop(ws: Workspace, message: Message) -> bool:
    """Nobody wants to be reminded of what is over. It did not go out."""
    with unit_of_work(ws) as work:
        if claim(work, message):
            _close(work, message, state=MessageState.DROPPED)
    return False


def _send(ws: Workspace, message: Message, ways: Sequence[Gateway], garage: str) -> bool:
    with unit_of_work(ws) as work:
        mine = claim(work, message)
    if not mine:
        return False
    try:
        _carry(message, ways, garage)
    except Undelivered as failure:
        log.warning("message %s not delivered: %s", message.id, failure)
        with unit_of_work(ws) as work:
            _give_back(work, message, failure)
        return False
    with unit_of_work(ws) as work:
        _close(work, message, went=True, state=MessageState.SENT, sent_at=work.now, error="")
    return True


def claim(work: Work, message: Message) -> bool:
    """Take a message for sending; of two workers only one gets it. Counts the try and keeps others away for `LEASE`."""
    unchanged = (
        col(Message.id) == message.id,
        col(Message.state) == MessageState.QUEUED,
        col(Message.tries) == message.tries,
    )
    taken = update(Message).where(*unchanged).values(tries=message.tries + 1, due_at=work.now + LEASE)
    return bool(work.db.connection().execute(taken).rowcount)


def _carry(message: Message, ways: Sequence[Gateway], garage: str) -> None:
    """The first gateway that takes it; when none does, the failure that leaves most hope."""
    failures = []
    for way in ways:
        if way.serves(message.channel):
            try:
                return way.send(message.channel, message.address, garage, message.text)
            except Undelivered as failure:
                failures.append(failure)
    raise max(failures, key=lambda failure: failure.again)


def _give_back(work: Work, message: Message, failure: Undelivered) -> None:
    why = str(failure)[:500]
    if failure.again and message.tries < len(DELAYS):
        _close(work, message, due_at=work.now + DELAYS[message.tries], error=why)
    else:
        _close(work, message, state=MessageState.FAILED, error=why)


def _close(work: Work, message: Message, *, went: bool = False, **values: object) -> None:
    """Write the outcome, unless somebody sent it by hand meanwhile or the lease was over and another worker has it.

    What `went` out although it was dropped in that moment is kept as sent: the customer has it.
    """
    open_ = (MessageState.QUEUED, MessageState.DROPPED) if went else (MessageState.QUEUED,)
    mine = (
        col(Message.id) == message.id,
        col(Message.state).in_(open_),
        col(Message.tries) == message.tries + 1,
    )
    work.db.connection().execute(update(Message).where(*mine).values(**values))
