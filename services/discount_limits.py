"""How much may be given away, by whom: a role's limit in per cent of what the catalogue asks for a line."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, Decimal

from sqlmodel import col, select

from db.enums import LineKind, Role
from db.models import Job, OrderJob, OrderLine, Part, RoleLimit
from services import permissions as may
from services.estimates import total_of
from services.i18n import N_
from services.money import line_total, to_coin
from services.order_lines import HOURS
from services.refusals import Refusal
from services.validate import whole
from services.work import Work

ALL = 100
STANDARD = {Role.ADVISOR: 10}  # as long as the garage has set no limit of its own


class DiscountTooHigh(Refusal):
    """The discount is higher than the price of “{title}”."""


class OverYourLimit(Refusal):
    """{percent} % less on “{title}” is more than you may give ({limit} %). Ask {who}."""


def limits(work: Work) -> dict[Role, int]:
    """Per cent a role may give away, for the roles that may give any; the manager always may, and is not named."""
    rows = {row.role: row.discount_percent for row in work.db.exec(select(RoleLimit)).all()}
    return rows or dict(STANDARD)


def set_limits(work: Work, percents: Mapping[Role, int]) -> None:
    """The limits of these roles, 0 to 100 per cent; the others keep theirs. Refuses with NotAllowed, OutOfRange."""
    work.needs(*may.MANAGES)
    kept = {**limits(work), **percents}
    for role, percent in kept.items():
        row = work.db.get(RoleLimit, role) or RoleLimit(role=role, discount_percent=0)
        row.discount_percent = whole(percent, N_("Discount in per cent"), 0, ALL)
        work.db.add(row)
    work.event(work.garage, "changed", discounts={role.value: percent for role, percent in kept.items()})


def may_give(work: Work) -> int:
    """Per cent the person acting may give away."""
    if work.by.has():  # the manager, and the program itself
        return ALL
    return max((percent for role, percent in limits(work).items() if role in work.by.roles), default=0)


def enough(work: Work, lines: Iterable[OrderLine], more: Decimal) -> int:
    """The lowest limit, in whole per cent, by which `more` may come off these lines beside what was given already."""
    listed, less = _less_of(work, lines)
    currency = work.garage.currency
    return next((most for most in range(ALL) if less + more <= to_coin(listed * most / ALL, currency)), ALL)


def givers(work: Work, percent: int) -> list[Role]:
    """The roles that may give so much away; the manager always."""
    return [role for role, most in limits(work).items() if most >= percent] + [Role.MANAGER]


def by_percent(work: Work, line: OrderLine, percent: int) -> Decimal:
    """What so many per cent of a line come to."""
    full = line_total(line.quantity, line.unit_price, Decimal(0), work.garage.currency)
    return to_coin(full * percent / 100, work.garage.currency)


def catalogue_of(work: Work, lines: Iterable[OrderLine]) -> list[Part | Job]:
    """What the catalogue has of these lines, whose jobs were read: while it is held, none is asked for by itself. Two queries."""
    lines = list(lines)
    jobs = {work.get(OrderJob, line.order_job_id).job_id for line in lines}
    parts = select(Part).where(col(Part.id).in_({line.part_id for line in lines} - {None}))
    return [*work.db.exec(parts), *work.db.exec(select(Job).where(col(Job.id).in_(jobs - {None})))]


def given(work: Work, line: OrderLine) -> Decimal:
    """Per cent given away on a line: its discount, and a price below the catalogue's."""
    listed, less = _less(work, line)
    return less * ALL / listed if listed > 0 and not line.unpriced else Decimal(0)


def check_discount(work: Work, line: OrderLine, before: Decimal) -> None:
    """Refuses with DiscountTooHigh over the price, and OverYourLimit when more is given than before and than the person may.

    What the limit comes to is rounded as a discount of so many per cent is.
    """
    if line.discount > line.quantity * line.unit_price:
        raise DiscountTooHigh(title=line.title)
    now = given(work, line)
    if now <= before or now <= (limit := may_give(work)):
        return
    listed, less = _less(work, line)
    if less > to_coin(listed * limit / ALL, work.garage.currency):
        percent = int(now.to_integral_value(ROUND_CEILING))
        raise OverYourLimit(percent=percent, title=line.title, limit=limit, who=_who(work, percent))


def _less(work: Work, line: OrderLine) -> tuple[Decimal, Decimal]:
    """What the catalogue asks for the line, and how much less it costs."""
    currency = work.garage.currency
    listed = line_total(line.quantity, max(_listed(work, line), line.unit_price), Decimal(0), currency)
    return listed, listed - total_of(line, currency)


def _less_of(work: Work, lines: Iterable[OrderLine]) -> tuple[Decimal, Decimal]:
    """The same for several lines together."""
    each = [_less(work, line) for line in lines]
    return sum((listed for listed, _ in each), Decimal(0)), sum((less for _, less in each), Decimal(0))


def _who(work: Work, percent: int) -> Role:
    """Who else may: the role with the lowest limit that is enough, else the manager."""
    enough = sorted((most, role) for role, most in limits(work).items() if most >= percent)
    return enough[0][1] if enough else Role.MANAGER


def _listed(work: Work, line: OrderLine) -> Decimal:
    """What the catalogue asks for one of it today; nothing for what the catalogue does not have."""
    if line.part_id is not None:
        return work.get(Part, line.part_id).price
    if line.kind != LineKind.LABOUR:
        return Decimal(0)
    if line.unit == HOURS:
        return work.garage.labour_rate
    job_id = work.get(OrderJob, line.order_job_id).job_id
    return Decimal(0) if job_id is None else work.get(Job, job_id).price
