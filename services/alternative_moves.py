"""Offering a job in another way: a copy of it, in which parts are swapped for others that fit."""

from collections.abc import Iterable, Sequence

from sqlmodel import col, select

from db.enums import Answer, LineKind
from db.models import OrderJob, OrderLine, Part
from services.order_lines import NotOffered, ask_anew, job_of, line_of
from services.order_moves import ORDERS
from services.order_refusals import PartsOut
from services.refusals import Refusal
from services.tax_rates import Kinds, first_rate, kind_rates
from services.work import Work
from services.workflow import advance

MOST_WAYS = 3


class WaysEnough(Refusal):
    """“{title}” is already offered in {most} ways."""


class NotAPart(Refusal):
    """“{title}” is not a part."""


def offer_another(work: Work, order_id: int, *, order_job_id: int) -> OrderJob:
    """The same job once more with the same lines, as another way to do it; all ways are then to be answered (again).

    Each part becomes the next one of the same interchange word that no way has yet, where there is one.
    Refuses with WaysEnough over three ways.
    """
    job = job_of(work, order_id, order_job_id)
    advance(work, ORDERS, order_id, "edit", another=job.title)
    jobs = work.db.exec(select(OrderJob).where(OrderJob.order_id == order_id).order_by(col(OrderJob.id))).all()
    number = job.alternative or 1 + max((other.alternative or 0 for other in jobs), default=0)
    group = [other for other in jobs if other.id == job.id or other.alternative == number]
    if len(group) >= MOST_WAYS:
        raise WaysEnough(title=job.title, most=MOST_WAYS)
    job.alternative = number
    copy = work.add(OrderJob(**job.model_dump(exclude={"id", "done_at", "cause", "correction"})))
    keys = [other.id for other in group]
    lines = work.db.exec(
        select(OrderLine).where(col(OrderLine.order_job_id).in_(keys)).order_by(col(OrderLine.id))
    ).all()
    for line in lines:
        line.answer = Answer.PENDING
    others, kinds = interchangeable(work, lines), kind_rates(work)
    used = {line.part_id for line in lines}
    for line in (line for line in lines if line.order_job_id == job.id):
        _copy(work, line, copy, next((part for part in others.get(line.id, []) if part.id not in used), None), kinds)
    work.add(job)
    return copy


def swap_part(work: Work, order_id: int, *, line_id: int, part_id: int) -> OrderLine:
    """Another part in this line, at today's price and without the discount; what was answered about it holds no longer.

    Refuses with NotAPart, NotOffered, and PartsOut while the store has given the other one out.
    """
    line, part = line_of(work, order_id, line_id), work.get(Part, part_id)
    advance(work, ORDERS, order_id, "edit", line=line.title, part=part.name)
    if line.kind != LineKind.PART:
        raise NotAPart(title=line.title)
    if not part.active:
        raise NotOffered(name=part.name)
    if part.id != line.part_id:
        if line.issued:
            raise PartsOut(lines=line.title)
        _fit(line, part, kind_rates(work))
        ask_anew(work, line)
    return work.add(line)


def interchangeable(work: Work, lines: Iterable[OrderLine]) -> dict[int, list[Part]]:
    """By line, the other parts that fit instead of its own, the dearest first. Two queries, however many lines."""
    of_line = {line.id: line.part_id for line in lines if line.part_id}
    words = select(Part.id, Part.interchange).where(col(Part.id).in_(set(of_line.values())), Part.interchange != "")
    word = dict(work.db.exec(words).all())
    if not word:
        return {}
    fitting = select(Part).where(col(Part.interchange).in_(set(word.values())), col(Part.active))
    parts = work.db.exec(fitting.order_by(col(Part.price).desc(), col(Part.id))).all()
    return {key: _same(parts, word[part_id], part_id) for key, part_id in of_line.items() if part_id in word}


def leave_no_lone_way(work: Work, order_id: int, number: int | None) -> None:
    """After a way was taken off: what is left alone is no choice any more."""
    if number is not None:
        left = work.db.exec(select(OrderJob).where(OrderJob.order_id == order_id, OrderJob.alternative == number)).all()
        if len(left) == 1:
            left[0].alternative = None
            work.add(left[0])


def _same(parts: Sequence[Part], word: str, own: int) -> list[Part]:
    return [part for part in parts if part.interchange == word and part.id != own]


def _copy(work: Work, line: OrderLine, job: OrderJob, part: Part | None, kinds: Kinds) -> None:
    left_out = {"id", "issued", "answer", "sent_at", "back_at"}
    row = OrderLine(**line.model_dump(exclude=left_out))
    row.order_job_id = job.id
    if part is not None:
        _fit(row, part, kinds)
    work.add(row)


def _fit(line: OrderLine, part: Part, kinds: Kinds) -> None:
    line.tax_percent = first_rate(kinds, line.kind, part.tax_percent)
    line.part_id, line.title, line.unit = part.id, part.name, part.unit
    line.unit_price, line.discount, line.unpriced = part.price, type(line.discount)(0), False
