"""Reading the health check: the sheet of one visit, with what the last visit found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_
from sqlmodel import col, select

from db.enums import Skill
from db.enums_health import StandardCheck
from db.enums_reception import Grade, HealthGroup
from db.models import (
    Attachment,
    CheckTemplate,
    CheckTemplateItem,
    HealthResult,
    Inspection,
    OrderJob,
    Vehicle,
    WorkOrder,
)
from services.electric_cars import sounds_electric
from services.health_points import amount, is_pressure, name_of, wheel_of, worst
from services.health_templates import items_of, templates
from services.work import Work

Found = tuple[HealthResult, CheckTemplateItem]


@dataclass(frozen=True)
class Point:
    """One point with what was found at it, now and at the last visit. `air`: the pressure that belongs to a wheel's tread."""

    item: CheckTemplateItem
    result: HealthResult | None = None
    last: HealthResult | None = None
    photo: Attachment | None = None
    air: "Point | None" = None

    @property
    def grade(self) -> Grade | None:
        """Good, soon or now; of a wheel the worse of tread and pressure. None: not judged; good air alone is no good tyre."""
        of_air = self.air.grade if self.air else None
        return self.own_grade if of_air == Grade.GOOD else worst([self.own_grade, of_air])

    @property
    def own_grade(self) -> Grade | None:
        """The same without the wheel's pressure."""
        return self.result.grade if self.result else None

    @property
    def value(self) -> str:
        """What was measured, with units: 5.2 mm · 2.4 bar."""
        return _values((one.item, one.result) for one in self._parts)

    @property
    def last_value(self) -> str:
        """What was measured at the last visit."""
        return _values((one.item, one.last) for one in self._parts)

    @property
    def note(self) -> str:
        """What was written down about it."""
        return self.result.note if self.result else ""

    @property
    def order_job_id(self) -> int | None:
        """The job that was proposed for it."""
        return self.result.order_job_id if self.result else None

    @property
    def touched(self) -> bool:
        """Whether anything was found at it."""
        return bool(self.grade or self.value or self.note or self.photo)

    @property
    def _parts(self) -> "tuple[Point, ...]":
        return (self, self.air) if self.air else (self,)


def words_of(point: Point) -> str:
    """What it is: a label (to be translated) for a standard point, the words of that day for an own one."""
    return name_of(point.item.point, (point.result and point.result.title) or point.item.title)


@dataclass(frozen=True)
class Group:
    """The points that are looked at together."""

    group: HealthGroup
    points: list[Point]

    @property
    def open(self) -> int:
        """How many points nobody has judged."""
        return sum(point.grade is None for point in self.points)


@dataclass(frozen=True)
class Board:
    """What the check shows: the checklist it goes by, those it could go by, and the points by group."""

    template: CheckTemplate | None
    templates: list[CheckTemplate]
    groups: list[Group]
    on_order: frozenset[int] = frozenset()

    @property
    def open(self) -> int:
        """How many points nobody has judged."""
        return sum(group.open for group in self.groups)


def board(work: Work, order: WorkOrder) -> Board:
    """The check of a visit as it stands. Six queries, one more when there are photos."""
    found, last = _found(work, order)
    offered = templates(work, active=True)
    template = _template(work, order, offered, found, last)
    items = items_of(work, template.id if template else None, active=True)
    jobs = work.db.exec(select(OrderJob.job_id).where(OrderJob.order_id == order.id, col(OrderJob.job_id).is_not(None)))
    return Board(template, offered, _groups(work, items, found, last), frozenset(key for key in jobs if key))


def sheet(work: Work, order_id: int) -> list[Group]:
    """What the check of a visit found, for the paper and the record: only points at which something was found. Three queries."""
    groups = _groups(work, [], found_at(work, order_id), [])
    groups = [Group(group.group, [point for point in group.points if point.touched]) for group in groups]
    return [group for group in groups if group.points]


def found_at(work: Work, order_id: int) -> list[Found]:
    """Every row of a visit's check with its point, in the order of the checklist. One query."""
    query = (
        select(HealthResult, CheckTemplateItem)
        .join(CheckTemplateItem, col(CheckTemplateItem.id) == col(HealthResult.item_id))
        .where(HealthResult.order_id == order_id)
        .order_by(col(CheckTemplateItem.position), col(HealthResult.id))
    )
    return list(work.db.exec(query))


def is_checked(work: Work, order_id: int) -> bool:
    """Whether the check of a visit found anything. One query."""
    touched = or_(col(HealthResult.grade).is_not(None), col(HealthResult.value).is_not(None))
    return work.db.exec(select(HealthResult.id).where(HealthResult.order_id == order_id, touched)).first() is not None


def _found(work: Work, order: WorkOrder) -> tuple[list[Found], list[Found]]:
    """What this visit found, and the newest earlier one of the car that was checked. One query."""
    before = (
        select(func.max(WorkOrder.id))
        .join(HealthResult, col(HealthResult.order_id) == col(WorkOrder.id))
        .where(WorkOrder.vehicle_id == order.vehicle_id, col(WorkOrder.id) < order.id)
        .scalar_subquery()
    )
    query = (
        select(HealthResult, CheckTemplateItem)
        .join(CheckTemplateItem, col(CheckTemplateItem.id) == col(HealthResult.item_id))
        .where(or_(col(HealthResult.order_id) == order.id, col(HealthResult.order_id) == before))
        .order_by(col(HealthResult.id))
    )
    rows = list(work.db.exec(query))
    return [row for row in rows if row[0].order_id == order.id], [row for row in rows if row[0].order_id != order.id]


def _template(
    work: Work, order: WorkOrder, offered: Sequence[CheckTemplate], found: Sequence[Found], last: Sequence[Found]
) -> CheckTemplate | None:
    """The checklist chosen for this visit; else the one it was begun with, the one of the car's last check, the one for
    electric cars when the car's name or the work on the order says it is one, and the garage's first."""
    chosen = work.db.exec(select(Inspection.template_id).where(Inspection.order_id == order.id)).first()
    by_id = {row.id: row for row in offered}
    for key in (chosen, *(item.template_id for rows in (found, last) for _, item in rows[-1:])):
        if key in by_id:
            return by_id[key]
    fits = (row for row in offered if row.standard == StandardCheck.ELECTRIC and _electric(work, order))
    return next(fits, None) or next(iter(offered), None)


def _electric(work: Work, order: WorkOrder) -> bool:
    car = work.get(Vehicle, order.vehicle_id)
    high_voltage = select(OrderJob.id).where(OrderJob.order_id == order.id, OrderJob.skill == Skill.EV)
    return sounds_electric(car.make, car.model) or work.db.exec(high_voltage).first() is not None


def _groups(
    work: Work, items: Iterable[CheckTemplateItem], found: Sequence[Found], last: Sequence[Found]
) -> list[Group]:
    """The points of the checklist, and those of another at which something was found."""
    there = {item.id: item for item in items} | {item.id: item for _, item in found}
    results = {item.id: result for result, item in found}
    before = {same(item): result for result, item in last}
    photos = _photos(work, [result for result, _ in found])
    points = {}
    for item in sorted(there.values(), key=lambda one: (one.position, one.id)):
        result = results.get(item.id)
        photo = photos.get(result.attachment_id or 0) if result else None
        points[item.id] = Point(item, result, before.get(same(item)), photo)
    rows = _wheels(list(points.values()))
    return [
        Group(group, mine) for group in HealthGroup if (mine := [point for point in rows if point.item.group == group])
    ]


def _wheels(points: list[Point]) -> list[Point]:
    """Tread and pressure of a wheel in one row."""
    air = {wheel_of(point.item.point): point for point in points if is_pressure(point.item.point)}
    treads = {wheel_of(point.item.point) for point in points} if air else set()
    treads &= {wheel_of(point.item.point) for point in points if not is_pressure(point.item.point)}
    rows = []
    for point in points:
        wheel = wheel_of(point.item.point)
        if is_pressure(point.item.point) and wheel in treads:
            continue
        rows.append(Point(point.item, point.result, point.last, point.photo, air.get(wheel) if wheel else None))
    return rows


def _photos(work: Work, results: Sequence[HealthResult]) -> dict[int, Attachment]:
    keys = [result.attachment_id for result in results if result.attachment_id]
    if not keys:
        return {}
    return {row.id: row for row in work.db.exec(select(Attachment).where(col(Attachment.id).in_(keys)))}


def same(item: CheckTemplateItem) -> str:
    """By what a point is known again on another checklist."""
    return item.point or f"title:{item.title.casefold()}"


def _values(rows: Iterable[tuple[CheckTemplateItem, HealthResult | None]]) -> str:
    return " · ".join(
        amount(item.measure, result.value) for item, result in rows if result and result.value is not None
    )
