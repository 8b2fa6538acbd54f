"""Jobs and lines put on an order. No move is made here: the verbs that call this have gone through theirs."""

from collections.abc import Sequence
from decimal import Decimal

from sqlmodel import col, select

from db.enums import LineKind
from db.models import Job, JobPart, OrderJob, OrderLine, Part, WorkOrder
from services.i18n import N_
from services.money import coin
from services.refusals import Refusal
from services.validate import text, within
from services.work import Work

MOST_PRICE = 1_000_000
MOST_QUANTITY = 10_000
MOST_MINUTES = 100 * 60


class NotExact(Refusal):
    """{field}: at most {digits} decimals."""


class NotOffered(Refusal):
    """“{name}” is no longer offered."""


def put_catalogue_jobs(work: Work, order: WorkOrder, job_ids: Sequence[int]) -> list[OrderJob]:
    """The jobs of the catalogue with their labour and part lines, at today's prices. Two queries for any number of jobs."""
    jobs = {job.id: job for job in work.db.exec(select(Job).where(col(Job.id).in_(job_ids)))}
    parts = _parts(work, job_ids)
    return [_put(work, order, jobs.get(key) or work.get(Job, key), parts.get(key, [])) for key in job_ids]


def put_catalogue_job(work: Work, order: WorkOrder, job_id: int) -> OrderJob:
    """One job of the catalogue with its lines. Refuses with NotOffered."""
    job = work.get(Job, job_id)
    if not job.active:
        raise NotOffered(name=job.name)
    return _put(work, order, job, _parts(work, [job_id]).get(job_id, []))


def put_free_job(work: Work, order: WorkOrder, *, title: str, minutes: int, price: Decimal) -> OrderJob:
    """A job the catalogue does not have, with one labour line. Refuses a blank title, and times or prices out of range."""
    title = text(title, N_("Job"), 160)
    within(minutes, N_("Minutes"), 0, MOST_MINUTES)
    price = sum_typed(work, price, N_("Price"))
    row = work.add(OrderJob(order_id=order.id, title=title, minutes=minutes))
    work.add(OrderLine(order_id=order.id, order_job_id=row.id, kind=LineKind.LABOUR, title=title, unit_price=price))
    return row


def put_part(work: Work, job: OrderJob, part_id: int, quantity: Decimal) -> OrderLine:
    """A part for a job of the order, at today's price. Refuses with NotOffered, OutOfRange."""
    part = work.get(Part, part_id)
    if not part.active:
        raise NotOffered(name=part.name)
    quantity_typed(quantity)
    return work.add(_part_line(job, part, quantity))


def sum_typed(work: Work, amount: Decimal | None, field: str) -> Decimal:
    """A price people typed: not negative, whole coins. Refuses with Missing, OutOfRange, NotExact."""
    within(amount, field, 0, MOST_PRICE)
    assert amount is not None
    smallest = coin(work.garage.currency)
    if amount % smallest:
        raise NotExact(field=field, digits=-int(smallest.as_tuple().exponent))
    return amount


def quantity_typed(quantity: Decimal | None) -> Decimal:
    """A quantity people typed: more than nothing, at most three decimals."""
    within(quantity, N_("Quantity"), 0, MOST_QUANTITY)
    assert quantity is not None
    if quantity % Decimal("0.001"):
        raise NotExact(field=N_("Quantity"), digits=3)
    within(quantity, N_("Quantity"), Decimal("0.001"), MOST_QUANTITY)
    return quantity


def _put(work: Work, order: WorkOrder, job: Job, parts: Sequence[tuple[JobPart, Part]]) -> OrderJob:
    row = work.add(
        OrderJob(
            order_id=order.id,
            job_id=job.id,
            title=job.name,
            minutes=job.minutes,
            skill=job.skill,
            bay_kind=job.bay_kind,
        )
    )
    labour = OrderLine(
        order_id=order.id, order_job_id=row.id, kind=LineKind.LABOUR, title=job.name, unit_price=job.price
    )
    work.db.add_all([labour, *(_part_line(row, part, needs.quantity) for needs, part in parts)])
    work.db.flush()
    return row


def _part_line(job: OrderJob, part: Part, quantity: Decimal) -> OrderLine:
    return OrderLine(
        order_id=job.order_id,
        order_job_id=job.id,
        kind=LineKind.PART,
        part_id=part.id,
        title=part.name,
        quantity=quantity,
        unit_price=part.price,
    )


def _parts(work: Work, job_ids: Sequence[int]) -> dict[int, list[tuple[JobPart, Part]]]:
    query = (
        select(JobPart, Part)
        .join(Part, col(Part.id) == col(JobPart.part_id))
        .where(col(JobPart.job_id).in_(job_ids))
        .order_by(col(JobPart.part_id))
    )
    found: dict[int, list[tuple[JobPart, Part]]] = {}
    for needs, part in work.db.exec(query):
        found.setdefault(needs.job_id, []).append((needs, part))
    return found


def parts_offered(work: Work) -> list[Part]:
    """Every part that can be put on an order, by name."""
    return list(work.db.exec(select(Part).where(col(Part.active)).order_by(Part.name, Part.code)))
