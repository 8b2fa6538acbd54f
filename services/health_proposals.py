"""What the health check proposes on the estimate: a job for every point that is not good, until the customer has answered."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import or_
from sqlmodel import col, select

from db.enums import Answer, Urgency
from db.enums_reception import Grade
from db.models import ConsentItem, HealthResult, Job, OrderJob, OrderLine, WorkOrder
from services.health_points import amount, name_of, work_of, worst
from services.health_sheet import Found, found_at
from services.i18n import translate
from services.order_lines import put_catalogue_job, put_free_job
from services.work import Work

Piece = tuple[int, str]  # as services/health_points.work_of tells work apart
BAD = (Grade.SOON, Grade.NOW)
URGENCY = {Grade.SOON: Urgency.SOON, Grade.NOW: Urgency.NOW}
MOST_REASON = 500


def follow(work: Work, order: WorkOrder, changed: Collection[int]) -> None:
    """Make the proposals say what the sheet says; `changed` are the points (by id of the item) just judged.

    Points with the same work share one job. A proposal goes when its points are good, unless the customer has answered: an
    answered one stays as it was asked. One the advisor has taken off comes back only for a point that is judged anew.
    """
    rows = found_at(work, order.id)
    linked = {result.order_job_id for result, _ in rows if result.order_job_id}
    free = linked - _spoken(work, order) if linked else set()
    pieces = _pieces(rows, free, linked - free, changed)
    held = _held(pieces, free)
    work.db.flush()
    for key in sorted(free - set(held.values())):
        _drop(work, key, rows)
    kept = select(OrderJob).where(col(OrderJob.id).in_(held.values()))
    there = {job.id: job for job in work.db.exec(kept)} if held else {}
    for piece, bad in pieces.items():
        _settle(work, order, piece, bad, there.get(held.get(piece, 0)))


def _pieces(
    rows: Sequence[Found], free: Collection[int], spoken: Collection[int], changed: Collection[int]
) -> dict[Piece, list[Found]]:
    """What is not good, by the work it wants. What the customer has spoken about is left alone."""
    pieces: dict[Piece, list[Found]] = defaultdict(list)
    for result, item in rows:
        if result.order_job_id in spoken:
            continue
        if result.grade in BAD and (result.order_job_id in free or item.id in changed):
            pieces[work_of(item)].append((result, item))
        else:
            result.order_job_id = None
    return pieces


def _held(pieces: Mapping[Piece, Sequence[Found]], free: Collection[int]) -> dict[Piece, int]:
    """The proposal each piece of work has already. A point's job may have changed since: no proposal serves two pieces."""
    held: dict[Piece, int] = {}
    for piece, bad in pieces.items():
        keys = (result.order_job_id for result, _ in bad if result.order_job_id in free)
        if key := next((key for key in keys if key and key not in held.values()), None):
            held[piece] = key
    return held


def _settle(work: Work, order: WorkOrder, piece: Piece, bad: Sequence[Found], held: OrderJob | None) -> None:
    job = held or _propose(work, order, *piece)
    for result, _ in bad:
        result.order_job_id = job.id if job else None
    if job:
        _say(work, job, bad)
    work.db.flush()


def _propose(work: Work, order: WorkOrder, job_id: int, words: str) -> OrderJob | None:
    """The job of the catalogue, or one in free words, priced after diagnosis. None when somebody put it on the order."""
    offered = work.get(Job, job_id) if job_id else None
    title = offered.name if offered else translate(work.garage.language, words)
    if _on_order(work, order, offered.id if offered else None, title):
        return None
    if offered and offered.active:
        job = put_catalogue_job(work, order, job_id)
        job.title = f"{job.title} · {translate(work.garage.language, words)}" if words else job.title
        return job
    return put_free_job(work, order, title=title, minutes=0, price=Decimal(0), unpriced=True)


def _on_order(work: Work, order: WorkOrder, job_id: int | None, title: str) -> bool:
    """Whether a person put it there: what was proposed for other points (the other axle) does not count."""
    proposed = select(HealthResult.order_job_id).where(
        HealthResult.order_id == order.id, col(HealthResult.order_job_id).is_not(None)
    )
    same = col(OrderJob.job_id) == job_id if job_id else col(OrderJob.title) == title
    mine = select(OrderJob.id).where(OrderJob.order_id == order.id, same, col(OrderJob.id).not_in(proposed))
    return work.db.exec(mine).first() is not None


def _say(work: Work, job: OrderJob, bad: Sequence[Found]) -> None:
    """Why, how soon, and whether it concerns safety; in the garage's language, as its jobs are named."""
    language = work.garage.language
    said = (
        f"{translate(language, name_of(item.point, result.title))} {amount(item.measure, result.value)}".strip()
        for result, item in bad
    )
    reason = ", ".join(said)
    worst_of = worst([result.grade for result, _ in bad])
    for way in _ways(work, job):
        way.reason = reason if len(reason) <= MOST_REASON else reason[: MOST_REASON - 1] + "…"
        way.urgency = URGENCY[worst_of] if worst_of else None
        way.safety = any(item.safety for _, item in bad)
        work.db.add(way)


def _ways(work: Work, job: OrderJob) -> list[OrderJob]:
    """The job, and the other ways to do it that the customer may choose from."""
    if job.alternative is None:
        return [job]
    mine = (OrderJob.order_id == job.order_id, OrderJob.alternative == job.alternative)
    return list(work.db.exec(select(OrderJob).where(*mine)))


def _spoken(work: Work, order: WorkOrder) -> set[int]:
    """The jobs about which the customer has said anything, with all ways to do the same."""
    query = (
        select(OrderJob.id, OrderJob.alternative)
        .join(OrderLine, col(OrderLine.order_job_id) == col(OrderJob.id))
        .join(ConsentItem, col(ConsentItem.line_id) == col(OrderLine.id), isouter=True)
        .where(OrderJob.order_id == order.id)
        .where(or_(col(OrderLine.answer) != Answer.PENDING, col(ConsentItem.id).is_not(None)))
    )
    said = set(work.db.exec(query))
    ways = {alternative for _, alternative in said if alternative is not None}
    same = select(OrderJob.id).where(OrderJob.order_id == order.id, col(OrderJob.alternative).in_(ways))
    return {key for key, _ in said} | set(work.db.exec(same) if ways else ())


def _drop(work: Work, key: int, rows: Sequence[Found]) -> None:
    """Take a proposal off the order, with its lines and in all its ways."""
    for result, _ in rows:
        result.order_job_id = None if result.order_job_id == key else result.order_job_id
    jobs = _ways(work, work.get(OrderJob, key))
    for line in work.db.exec(select(OrderLine).where(col(OrderLine.order_job_id).in_([job.id for job in jobs]))).all():
        work.db.delete(line)
    work.db.flush()
    for job in jobs:
        work.db.delete(job)
    work.db.flush()
