"""The points of a checklist, as the manager writes them. A point is switched off, never deleted: sheets refer to it."""

from dataclasses import dataclass
from decimal import Decimal

from db.enums_reception import HealthGroup, Measure
from db.models import CheckTemplate, CheckTemplateItem, Job
from services import permissions as may
from services import validate
from services.health_points import value_typed
from services.health_templates import items_of
from services.i18n import N_
from services.order_lines import NotOffered
from services.refusals import Refusal
from services.work import Work

MOST_ITEMS = 100


class TooManyPoints(Refusal):
    """At most {most} points in one checklist."""


class LimitsCrossed(Refusal):
    """The limit for “now” must not lie above the limit for “soon”."""


@dataclass(frozen=True)
class Limits:
    """At or below which value a point is due soon and now, whether it is safety, and the job it proposes."""

    soon_below: Decimal | None = None
    now_below: Decimal | None = None
    safety: bool = False
    job_id: int | None = None


def add_item(
    work: Work,
    template_id: int,
    *,
    group: HealthGroup,
    title: str,
    measure: Measure = Measure.NONE,
    limits: Limits | None = None,
) -> CheckTemplateItem:
    """A point of the garage's own, last of its checklist. What is measured stays: values of earlier visits are in its unit.

    Refuses with NotAllowed, Missing, TooLong, TooManyPoints, LimitsCrossed, OutOfRange, NotExact, NotOffered.
    """
    work.needs(*may.MANAGES)
    there = items_of(work, work.lock(CheckTemplate, template_id).id)
    if len(there) >= MOST_ITEMS:
        raise TooManyPoints(most=MOST_ITEMS)
    row = CheckTemplateItem(template_id=template_id, group=group, measure=measure, title=_title(title),
                            position=max((one.position for one in there), default=-1) + 1)  # fmt: skip
    _set(work, row, limits or Limits())
    work.event(work.add(row), "added", name=row.title)
    return row


def change_item(work: Work, item_id: int, *, limits: Limits, title: str | None = None) -> CheckTemplateItem:
    """Other limits, and for a point of the garage's own other words. Refuses as `add_item` does."""
    work.needs(*may.MANAGES)
    row = work.lock(CheckTemplateItem, item_id)
    if title is not None and not row.point:
        row.title = _title(title)
    _set(work, row, limits)
    work.event(row, "changed", name=row.title or row.point)
    return work.add(row)


def use_item(work: Work, item_id: int, *, active: bool) -> CheckTemplateItem:
    """Look at a point from now on, or no longer. Refuses with NotAllowed, NotFound."""
    work.needs(*may.MANAGES)
    row = work.lock(CheckTemplateItem, item_id)
    row.active = active
    work.event(row, "changed", name=row.title or row.point, active=active)
    return work.add(row)


def move_up(work: Work, item_id: int) -> CheckTemplateItem:
    """Put a point before the one above it in its group; the first stays. Refuses with NotAllowed, NotFound."""
    work.needs(*may.MANAGES)
    item = work.get(CheckTemplateItem, item_id)
    work.lock(CheckTemplate, item.template_id)
    there = items_of(work, item.template_id)
    place = next(number for number, one in enumerate(there) if one.id == item_id)
    above = next((number for number in range(place - 1, -1, -1) if there[number].group == item.group), None)
    if above is not None:
        there.insert(above, there.pop(place))
    for number, one in enumerate(there):
        one.position = number
        work.db.add(one)
    work.event(item, "changed", name=item.title or item.point, position=item.position)
    return item


def _title(typed: str) -> str:
    return validate.line(typed, N_("Point"), 120)


def _set(work: Work, row: CheckTemplateItem, limits: Limits) -> None:
    row.soon_below, row.now_below = (value_typed(row.measure, one) for one in (limits.soon_below, limits.now_below))
    if row.soon_below is not None and row.now_below is not None and row.now_below > row.soon_below:
        raise LimitsCrossed
    if limits.job_id not in (None, row.job_id):
        job = work.get(Job, limits.job_id)
        if not job.active:
            raise NotOffered(name=job.name)
    row.safety, row.job_id = limits.safety, limits.job_id
