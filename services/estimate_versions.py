"""Versions of an estimate: what was put to the customer, and what of it changed since. Only that is asked again."""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlmodel import col, select

from db.enums import Answer, OrderStatus
from db.models import Consent, ConsentItem, Event, InsuranceClaim, OrderJob, OrderLine, WorkOrder
from services.estimates import total_of
from services.kept_parts import keep_for_order
from services.order_lines import ask_anew, job_of
from services.order_moves import ORDERS
from services.refusals import NotNow
from services.work import Work
from services.workflow import advance

_SHOWN = ("title", "quantity", "unit_price", "discount", "payer", "payer_percent", "unpriced", "up_to")


def request_approval(work: Work, order_id: int) -> WorkOrder:
    """The estimate goes to the customer as it stands: as a new version when something changed since the last one.

    What stands again as it was agreed to is not asked again. When nothing is left to ask after the customer has agreed once,
    the order goes straight back to the workshop's list. Parts of what was taken off are free again.
    """
    order = work.lock(WorkOrder, order_id)
    lines = _lines(work, order_id)
    _agreed_again(work, lines)
    seen = _digest(work, order, lines)
    before = _last(work, order_id, "estimate")
    advance(work, ORDERS, order_id, "estimate", seen=seen)
    if before is None or before.details.get("seen") != seen:
        order.estimate_version += 1
    keep_for_order(work, order)
    return work.add(order)


def revise(work: Work, order_id: int) -> WorkOrder:
    """Back to reception to change the estimate, as long as nobody has begun; the workshop has to accept the car anew."""
    order: WorkOrder = advance(work, ORDERS, order_id, "revise")
    order.accepted_at = None
    return work.add(order)


def ask_again(work: Work, order_id: int, *, order_job_id: int) -> OrderJob:
    """Put a job that was answered to the customer once more, with every other way to do it, though nothing changed.

    Refuses with NotNow when it waits for an answer anyway.
    """
    job = job_of(work, order_id, order_job_id)
    advance(work, ORDERS, order_id, "edit", job=job.title, again=job.id)
    lines = work.db.exec(select(OrderLine).where(OrderLine.order_job_id == job.id)).all()
    if all(line.answer == Answer.PENDING for line in lines):
        raise NotNow
    for line in lines:
        ask_anew(work, line)
    return job


def changed_while_shown(work: Work, order: WorkOrder) -> None:
    """Something about the lines changed on an order the customer may be reading or hearing of just now: a new version."""
    if order.status != OrderStatus.RECEPTION:
        order.estimate_version += 1
    work.db.add(order)


def last_items(work: Work, order_id: int) -> dict[int, ConsentItem]:
    """The newest answer on each line, by line id, with words and sums as they were then. One query."""
    query = (
        select(ConsentItem)
        .join(Consent, col(Consent.id) == col(ConsentItem.consent_id))
        .where(Consent.order_id == order_id)
        .order_by(col(ConsentItem.id))
    )
    return {item.line_id: item for item in work.db.exec(query)}


def before_after(lines: Iterable[OrderLine], items: Mapping[int, ConsentItem]) -> list[tuple[OrderLine, ConsentItem]]:
    """The lines asked about again, each with what was answered before."""
    return [(line, items[line.id]) for line in lines if line.answer == Answer.PENDING and line.id in items]


def last_change(work: Work, order_id: int) -> Event | None:
    """When and by whom what the customer reads was changed last: put to them, or payer, price, excess, wishes set meanwhile."""
    return _last(work, order_id, "estimate", "add_extra", "payer", "price_line", "claim", "wish")


def _agreed_again(work: Work, lines: Sequence[OrderLine]) -> None:
    """A line changed and changed back is as the customer agreed to it."""
    if all(line.answer != Answer.PENDING for line in lines):
        return
    items = last_items(work, lines[0].order_id)
    by_job = {job.id: job for job in work.db.exec(select(OrderJob).where(OrderJob.order_id == lines[0].order_id))}
    unlike = {
        line.id for line in lines if line.id not in items or not _same(line, items[line.id], work.garage.currency)
    }
    again = _put_again(work, lines[0].order_id)
    unlike |= {line.id for line in lines if line.order_job_id in again}
    anew = {
        by_job[line.order_job_id].alternative for line in lines if line.id in unlike
    }  # ways to be chosen from again
    for line, item in before_after(lines, items):
        number = by_job[line.order_job_id].alternative
        stands = item.answer == Answer.AGREED if number is None else number not in anew
        if line.id not in unlike and stands:
            line.answer = item.answer
            work.db.add(line)


def _put_again(work: Work, order_id: int) -> set[int]:
    """The jobs to be asked about once more since the customer was last asked, changed or not."""
    last = _last(work, order_id, "estimate")
    mine = (Event.subject == "work_order", Event.subject_id == order_id, Event.action == "edit")
    details = work.db.exec(select(Event.details).where(*mine, col(Event.id) > (last.id if last else 0)))
    return {said["again"] for said in details if "again" in said}


def _same(line: OrderLine, item: ConsentItem, currency: str) -> bool:
    now = (line.title, line.quantity, line.unit_price, total_of(line, currency), line.payer, line.payer_percent)
    then = (item.title, item.quantity, item.unit_price, item.total, item.payer, item.payer_percent)
    return now == then and (line.unpriced, line.up_to) == (item.unpriced, item.up_to)


def _digest(work: Work, order: WorkOrder, lines: Sequence[OrderLine]) -> int:
    """A number that differs when anything the customer agrees to differs: jobs, lines, an insurer's excess, how much more may be
    done unasked."""
    jobs = work.db.exec(
        select(OrderJob.id, OrderJob.title, OrderJob.alternative).where(OrderJob.order_id == order.id)
    ).all()
    claim = work.db.exec(select(InsuranceClaim).where(InsuranceClaim.order_id == order.id)).first()
    shown: list[Any] = [
        order.ask_over,
        *([claim.excess] if claim and claim.excess else []),
        sorted(map(list, jobs)),
        [[line.id, *(getattr(line, name) for name in _SHOWN)] for line in lines],
    ]
    return int(sha256(json.dumps(shown, default=_plain).encode()).hexdigest()[:12], 16)


def _plain(value: Any) -> str:
    return f"{value.normalize():f}"  # 4.5 is 4.500


def _last(work: Work, order_id: int, *actions: str) -> Event | None:
    mine = (Event.subject == "work_order", Event.subject_id == order_id, col(Event.action).in_(actions))
    return work.db.exec(select(Event).where(*mine).order_by(col(Event.id).desc()).limit(1)).first()


def _lines(work: Work, order_id: int) -> Sequence[OrderLine]:
    return work.db.exec(select(OrderLine).where(OrderLine.order_id == order_id).order_by(col(OrderLine.id))).all()
