"""The workshop's checklists as the manager arranges them: for every car, or for cars with work of a kind."""

from sqlmodel import col, select

from db.enums import Skill
from db.enums_reception import HealthGroup, TemplateKind
from db.models import CheckTemplate, CheckTemplateItem, Garage
from services import permissions as may
from services.check_points import KINDS
from services.health_items import MOST_ITEMS, TooManyPoints
from services.health_templates import MOST_TEMPLATES, TooManyTemplates, after, free_name, items_of, templates
from services.i18n import N_
from services.refusals import NotFound, Refusal
from services.validate import line
from services.work import Work


class LastPoint(Refusal):
    """Every car needs at least one point at this check."""


def lists(work: Work, kind: TemplateKind) -> list[CheckTemplate]:
    """The lists of one check in their order, those for every car first."""
    return sorted(templates(work, kind=kind), key=lambda row: row.skill is not None)


def new_list(work: Work, *, kind: TemplateKind, name: str, skill: Skill | None) -> CheckTemplate:
    """An empty list of the garage's own, for work of that `skill` or every car.

    Refuses with NotAllowed, Missing, TooLong, TemplateNameTaken, TooManyTemplates, NotFound for another kind of list.
    """
    work.needs(*may.MANAGES)
    if kind not in KINDS.values():
        raise NotFound
    work.lock(Garage, work.garage.id)
    there = templates(work, kind=kind)
    if len(there) >= MOST_TEMPLATES:
        raise TooManyTemplates(most=MOST_TEMPLATES)
    row = CheckTemplate(kind=kind, name=free_name(name, there), skill=skill, position=after(there))
    work.event(work.add(row), "added", name=row.name)
    return row


def use_list(work: Work, template_id: int, *, active: bool) -> CheckTemplate:
    """Check by a list from now on, or no longer. Refuses with NotAllowed, NotFound, LastPoint."""
    row = _locked(work, template_id)
    row.active = active
    work.add(row)
    _keeps_one(work, row.kind)
    work.event(row, "changed", active=active)
    return row


def add_point(
    work: Work, template_id: int, *, title: str, safety: bool = False, photo: bool = False
) -> CheckTemplateItem:
    """A point of the garage's own, last of its list; `photo`: it is in order only with a picture.

    Refuses with NotAllowed, NotFound, Missing, TooLong, TooManyPoints.
    """
    _locked(work, template_id)
    there = items_of(work, template_id)
    if len(there) >= MOST_ITEMS:
        raise TooManyPoints(most=MOST_ITEMS)
    place = max((one.position for one in there), default=-1) + 1
    row = work.add(
        CheckTemplateItem(template_id=template_id, group=HealthGroup.OTHER, title=_title(title), safety=safety, photo=photo,
                          position=place)
    )  # fmt: skip
    work.event(row, "added", name=row.title)
    return row


def change_point(work: Work, item_id: int, *, safety: bool, photo: bool, title: str | None = None) -> CheckTemplateItem:
    """Whether it is safety and asks for a photo, and for an own point other words. Refuses as `add_point` does."""
    row = _point(work, item_id)
    if title is not None and not row.point:
        row.title = _title(title)
    row.safety, row.photo = safety, photo
    work.event(row, "changed", name=row.title or row.point)
    return work.add(row)


def use_point(work: Work, item_id: int, *, active: bool) -> CheckTemplateItem:
    """Look at a point from now on, or no longer. Refuses with NotAllowed, NotFound, LastPoint."""
    row = _point(work, item_id)
    row.active = active
    work.add(row)
    _keeps_one(work, work.get(CheckTemplate, row.template_id).kind)
    work.event(row, "changed", name=row.title or row.point, active=active)
    return row


def _locked(work: Work, template_id: int) -> CheckTemplate:
    """Under the garage's lock: two managers at once must not leave a check empty."""
    work.needs(*may.MANAGES)
    work.lock(Garage, work.garage.id)
    row = work.lock(CheckTemplate, template_id)
    if row.kind not in KINDS.values():
        raise NotFound
    return row


def _point(work: Work, item_id: int) -> CheckTemplateItem:
    row = work.get(CheckTemplateItem, item_id)
    _locked(work, row.template_id)
    return work.lock(CheckTemplateItem, item_id)


def _keeps_one(work: Work, kind: TemplateKind) -> None:
    left = (
        select(CheckTemplateItem.id)
        .join(CheckTemplate, col(CheckTemplate.id) == col(CheckTemplateItem.template_id))
        .where(CheckTemplate.kind == kind, col(CheckTemplate.skill).is_(None))
        .where(col(CheckTemplate.active), col(CheckTemplateItem.active))
    )
    if work.db.exec(left.limit(1)).first() is None:
        raise LastPoint


def _title(typed: str) -> str:
    return line(typed, N_("Point"), 120)
