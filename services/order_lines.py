"""Jobs and lines put on an order. No move is made here: the verbs that call this have gone through theirs."""

from collections.abc import Sequence
from decimal import Decimal

from sqlmodel import col, select

from db.enums import Answer, LineKind, Payer
from db.enums_reception import Cover
from db.models import Job, JobPart, OrderJob, OrderLine, Part, WorkOrder
from services.i18n import N_
from services.money import coin, hours
from services.refusals import NotFound, Refusal
from services.tax_rates import Kinds, first_rate, kind_rates
from services.validate import text, within
from services.work import Work

MOST_PRICE = 1_000_000
MOST_QUANTITY = 10_000
MOST_MINUTES = 100 * 60
HOURS = "h"  # the unit of labour priced by its hours


class NotExact(Refusal):
    """{field}: at most {digits} decimals."""


class NotOffered(Refusal):
    """“{name}” is no longer offered."""


def put_catalogue_jobs(work: Work, order: WorkOrder, job_ids: Sequence[int]) -> list[OrderJob]:
    """The jobs of the catalogue with their labour and part lines, at today's prices. Three queries for any number of jobs."""
    jobs = {job.id: job for job in work.db.exec(select(Job).where(col(Job.id).in_(job_ids)))}
    parts, kinds = _parts(work, job_ids), kind_rates(work)
    return [_put(work, order, jobs.get(key) or work.get(Job, key), parts.get(key, []), kinds) for key in job_ids]


def put_catalogue_job(work: Work, order: WorkOrder, job_id: int) -> OrderJob:
    """One job of the catalogue with its lines. Refuses with NotOffered."""
    job = work.get(Job, job_id)
    if not job.active:
        raise NotOffered(name=job.name)
    return _put(work, order, job, _parts(work, [job_id]).get(job_id, []), kind_rates(work))


def put_free_job(
    work: Work,
    order: WorkOrder,
    *,
    title: str,
    minutes: int,
    price: Decimal | None = None,
    unpriced: bool = False,
    up_to: Decimal | None = None,
) -> OrderJob:
    """A job the catalogue does not have, with one labour line: for `price`, or (None) its hours at the garage's rate, or
    `unpriced` until it is known what it takes, at most `up_to` when the customer sets a limit.

    Refuses a blank title, and times or sums out of range.
    """
    title = text(title, N_("Job"), 160)
    within(minutes, N_("Minutes"), 0, MOST_MINUTES)
    line = OrderLine(order_id=order.id, kind=LineKind.LABOUR, title=title)
    line.tax_percent = first_rate(kind_rates(work), line.kind)
    if unpriced:
        line.unpriced, line.up_to = True, limit_typed(work, up_to)
    elif price is not None:
        line.unit_price = sum_typed(work, price, N_("Price"))
    else:
        by_hours(work, line, minutes)
    row = work.add(OrderJob(order_id=order.id, title=title, minutes=minutes))
    line.order_job_id = row.id
    work.add(line)
    return row


def by_hours(work: Work, line: OrderLine, minutes: int) -> None:
    """Price labour by its hours, to the hundredth, at the garage's rate."""
    line.quantity, line.unit = hours(minutes), HOURS
    line.unit_price = work.garage.labour_rate


def limit_typed(work: Work, up_to: Decimal | None) -> Decimal | None:
    """The most a line may cost that is priced later; None and 0: no limit was agreed."""
    return sum_typed(work, up_to, N_("At most")) or None if up_to is not None else None


def put_part(work: Work, job: OrderJob, part_id: int, quantity: Decimal) -> OrderLine:
    """A part for a job of the order, at today's price. Refuses with NotOffered, OutOfRange."""
    part = work.get(Part, part_id)
    if not part.active:
        raise NotOffered(name=part.name)
    quantity_typed(quantity)
    return work.add(_part_line(job, part, quantity, kind_rates(work)))


def put_charge(
    work: Work, job: OrderJob, kind: LineKind, *, title: str, price: Decimal | None, unpriced: bool = False
) -> OrderLine:
    """Outside work or a fee for a job of the order. Refuses a blank title, sums out of range, and with Missing none."""
    row = OrderLine(
        order_id=job.order_id, order_job_id=job.id, kind=kind, title=text(title, N_("What"), 160), unpriced=unpriced
    )
    row.unit_price = Decimal(0) if unpriced else sum_typed(work, price, N_("Price"))
    row.tax_percent = first_rate(kind_rates(work), row.kind)
    return work.add(row)


def sum_typed(work: Work, amount: Decimal | None, field: str) -> Decimal:
    """A price people typed: not negative, whole coins. Refuses with Missing, OutOfRange, NotExact."""
    within(amount, field, 0, most_sum(work))
    assert amount is not None
    smallest = coin(work.garage.currency)
    if amount % smallest:
        raise NotExact(field=field, digits=-int(smallest.as_tuple().exponent))
    return amount


def most_sum(work: Work) -> int:
    """The largest sum people may type. A currency without decimals reckons in larger numbers: ¥1,000,000 is no great sum."""
    return MOST_PRICE * (100 if coin(work.garage.currency) == 1 else 1)


def quantity_typed(quantity: Decimal | None) -> Decimal:
    """A quantity people typed: more than nothing, at most three decimals."""
    exactly(quantity, N_("Quantity"), MOST_QUANTITY)
    within(quantity, N_("Quantity"), Decimal("0.001"), MOST_QUANTITY)
    assert quantity is not None
    return quantity


def cost_typed(cost: Decimal | None) -> Decimal:
    """What a unit costs us: nothing to a million, at most three decimals."""
    return exactly(cost, N_("Cost"), MOST_PRICE)


def exactly(number: Decimal | None, field: str, most: Decimal | int) -> Decimal:
    """A number from nothing to `most` as exact as it can be kept. Refuses with Missing, OutOfRange, NotExact."""
    within(number, field, 0, most)
    assert number is not None
    if number % Decimal("0.001"):
        raise NotExact(field=field, digits=3)
    return number


def _put(work: Work, order: WorkOrder, job: Job, parts: Sequence[tuple[JobPart, Part]], kinds: Kinds) -> OrderJob:
    row = work.add(
        OrderJob(
            order_id=order.id,
            job_id=job.id,
            title=job.name,
            minutes=job.minutes,
            skill=job.skill,
            bay_kind=job.bay_kind,
            safety=job.safety,
        )
    )
    labour = OrderLine(
        order_id=order.id, order_job_id=row.id, kind=LineKind.LABOUR, title=job.name, unit_price=job.price,
        tax_percent=first_rate(kinds, LineKind.LABOUR, job.tax_percent),
    )  # fmt: skip
    if job.by_hours:
        by_hours(work, labour, job.minutes)
    work.db.add_all([labour, *(_part_line(row, part, needs.quantity, kinds) for needs, part in parts)])
    work.db.flush()
    return row


def _part_line(job: OrderJob, part: Part, quantity: Decimal, kinds: Kinds) -> OrderLine:
    return OrderLine(
        order_id=job.order_id,
        order_job_id=job.id,
        kind=LineKind.PART,
        part_id=part.id,
        title=part.name,
        quantity=quantity,
        unit=part.unit,
        unit_price=part.price,
        tax_percent=first_rate(kinds, LineKind.PART, part.tax_percent),
        payer=Payer.WARRANTY if job.cover == Cover.INSIDE else Payer.CUSTOMER,  # decided for the whole job
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


def ask_anew(work: Work, line: OrderLine) -> None:
    """What was answered about the line holds no longer; of one of several ways to do a job, nothing said about any of them."""
    line.answer = Answer.PENDING
    work.add(line)
    job = work.get(OrderJob, line.order_job_id)
    if job.alternative is not None:
        ways = select(OrderJob.id).where(OrderJob.order_id == job.order_id, OrderJob.alternative == job.alternative)
        for other in work.db.exec(select(OrderLine).where(col(OrderLine.order_job_id).in_(ways))):
            other.answer = Answer.PENDING
            work.db.add(other)


def job_of(work: Work, order_id: int, key: int) -> OrderJob:
    """A job of that order. Raises NotFound."""
    job = work.get(OrderJob, key)
    if job.order_id != order_id:
        raise NotFound
    return job


def line_of(work: Work, order_id: int, key: int) -> OrderLine:
    """A line of that order. Raises NotFound."""
    line = work.get(OrderLine, key)
    if line.order_id != order_id:
        raise NotFound
    return line
