"""The vehicle health check beside the car: every tap is written at once, and what is not good is proposed on the estimate."""

from decimal import Decimal

from sqlmodel import select

from db.enums_reception import Grade, HealthGroup, TemplateKind
from db.models import Attachment, CheckTemplate, CheckTemplateItem, HealthResult, Inspection, WorkOrder
from services.files import attach_photo
from services.health_points import after_measuring, amount, name_of, value_typed
from services.health_proposals import BAD, follow
from services.health_sheet import board, found_at, is_checked, same, sheet
from services.health_templates import items_of, template_name
from services.i18n import N_
from services.order_moves import ORDERS
from services.refusals import NotFound, Refusal
from services.validate import text
from services.work import Work
from services.workflow import advance

__all__ = ["add_photo", "all_good", "board", "choose", "grade", "is_checked", "measure", "note", "propose", "sheet"]

_ALL_GOOD = N_("All good")


class PointOff(Refusal):
    """This point is no longer checked. Go on with the others."""


class TemplateOff(Refusal):
    """The checklist “{name}” is no longer in use."""


class OnOrder(Refusal):
    """This work is on the order already."""


def choose(work: Work, order_id: int, *, template_id: int) -> CheckTemplate:
    """Check the car by this checklist. What was found so far stays, at the same points of the new one.

    Refuses with NotFound, and with TemplateOff when the manager has taken it out of use.
    """
    template = work.get(CheckTemplate, template_id)
    order: WorkOrder = advance(work, ORDERS, order_id, "health", template=template_name(template))
    if template.kind != TemplateKind.HEALTH:
        raise NotFound
    if not template.active:
        raise TemplateOff(name=template_name(template))
    inspection = work.db.exec(select(Inspection).where(Inspection.order_id == order.id)).first()
    inspection = inspection or Inspection(order_id=order.id, at=work.now, by_id=work.by.id)
    inspection.template_id = template.id
    work.add(inspection)
    _carry_over(work, order, template)
    return template


def grade(work: Work, order_id: int, *, item_id: int, grade: Grade | None) -> HealthResult:
    """Say of a point good, soon or now; None takes it back. The estimate follows. Refuses with NotFound, PointOff."""
    order, item = _begin(work, order_id, item_id, grade=grade.label if grade else "")
    row = _row(work, order, item)
    row.grade = grade
    return _judged(work, order, row)


def measure(work: Work, order_id: int, *, item_id: int, value: Decimal | None) -> HealthResult:
    """Write a measured value down (None takes it back); it grades its point by the limits, unless a person found it worse.

    Refuses with NothingMeasured, OutOfRange, NotExact, NotFound, PointOff.
    """
    said = amount(work.get(CheckTemplateItem, item_id).measure, value)
    order, item = _begin(work, order_id, item_id, value=said)
    value = value_typed(item.measure, value)
    row = _row(work, order, item)
    row.grade, row.value = after_measuring(item, row.grade, row.value, value), value
    return _judged(work, order, row)


def note(work: Work, order_id: int, *, item_id: int, note: str) -> HealthResult:
    """Write something down about a point, at most 200 characters."""
    order, item = _begin(work, order_id, item_id)
    row = _row(work, order, item)
    row.note = text(note, N_("Note"), 200, needed=False)
    return _kept(work, row)


def add_photo(work: Work, order_id: int, *, item_id: int, data: bytes) -> Attachment:
    """Keep a photo of a point; it stands instead of an earlier one. Refuses pictures like `photos.prepare_photo`."""
    order, item = _begin(work, order_id, item_id, photo=True)
    row = _kept(work, _row(work, order, item))
    picture = attach_photo(work, row, data)
    row.attachment_id = picture.id
    work.db.add(row)
    return picture


def all_good(work: Work, order_id: int, *, group: HealthGroup | None = None) -> int:
    """Say good of every point nobody has judged yet, of one group or of all; how many. What others found stays."""
    order: WorkOrder = advance(work, ORDERS, order_id, "health", group=group.label if group else "", good=_ALL_GOOD)
    groups = [one for one in board(work, order).groups if group in (None, one.group)]
    points = [point for one in groups for point in one.points if point.grade is None]
    for point in points:
        row = point.result or _new(order, point.item)
        row.grade = Grade.GOOD
        _stamp(work, row)
    work.db.flush()
    return len(points)


def propose(work: Work, order_id: int, *, item_id: int) -> HealthResult:
    """Put a point that is not good on the estimate (again): the advisor had taken its proposal off.

    Refuses with OnOrder when the same work stands on the order, put there by somebody.
    """
    order, item = _begin(work, order_id, item_id)
    row = _row(work, order, item)
    follow(work, order, {item.id})
    if row.order_job_id is None and row.grade in BAD:
        raise OnOrder
    return row


def _begin(work: Work, order_id: int, item_id: int, **details: object) -> tuple[WorkOrder, CheckTemplateItem]:
    item = work.get(CheckTemplateItem, item_id)
    point = name_of(item.point, item.title)
    order: WorkOrder = advance(work, ORDERS, order_id, "health", point=point, **details)
    return order, item


def _row(work: Work, order: WorkOrder, item: CheckTemplateItem) -> HealthResult:
    """The row of a point at this visit. The order is locked, so a second tablet finds the first one's row."""
    mine = (HealthResult.order_id == order.id, HealthResult.item_id == item.id)
    row = work.db.exec(select(HealthResult).where(*mine)).first()
    if row is None and not item.active:
        raise PointOff
    return row or _new(order, item)


def _new(order: WorkOrder, item: CheckTemplateItem) -> HealthResult:
    return HealthResult(order_id=order.id, item_id=item.id, point=item.point, title=item.title)


def _stamp(work: Work, row: HealthResult) -> None:
    row.at, row.by_id = work.now, work.by.id
    work.db.add(row)


def _kept(work: Work, row: HealthResult) -> HealthResult:
    _stamp(work, row)
    work.db.flush()
    return row


def _judged(work: Work, order: WorkOrder, row: HealthResult) -> HealthResult:
    _kept(work, row)
    follow(work, order, {row.item_id})
    return row


def _carry_over(work: Work, order: WorkOrder, template: CheckTemplate) -> None:
    """What was found moves to the same points of the other checklist, so that a point is not asked twice."""
    rows = found_at(work, order.id)
    there = {item.id for _, item in rows}
    free = {same(item): item for item in items_of(work, template.id, active=True) if item.id not in there}
    for row, item in rows:
        twin = free.get(same(item)) if item.template_id != template.id else None
        if twin and twin.measure == item.measure:
            row.item_id = free.pop(same(item)).id
            work.db.add(row)
    work.db.flush()
