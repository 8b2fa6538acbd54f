"""The garage's checklists: those that came with the program, and its own; first of all those of the health check."""

from collections.abc import Sequence

from sqlmodel import col, select

from db.choice import Label
from db.enums_health import StandardCheck
from db.enums_reception import TemplateKind
from db.models import CheckTemplate, CheckTemplateItem, Garage, Job
from services import permissions as may
from services import validate
from services.check_standards import put_standard_lists
from services.health_known import Known, job_code, points_of
from services.i18n import LANGUAGES, N_, translate
from services.refusals import Refusal
from services.work import Work

MOST_TEMPLATES = 20
_STANDARD = {check.value: check for check in StandardCheck}
_COPIED = ("group", "point", "title", "measure", "soon_below", "now_below", "safety", "job_id", "position", "active")


class TemplateNameTaken(Refusal):
    """There is already a checklist “{name}”."""


class TooManyTemplates(Refusal):
    """At most {most} checklists."""


def template_name(row: CheckTemplate) -> str:
    """A standard checklist as a label, which is said in the reader's language; an own one by its name."""
    if row.standard and row.kind != TemplateKind.HEALTH:
        return row.skill.label if row.skill else N_("Every car")
    return _STANDARD[row.standard].label if row.standard in _STANDARD else row.name


def templates(work: Work, *, active: bool = False, kind: TemplateKind = TemplateKind.HEALTH) -> list[CheckTemplate]:
    """The checklists of one kind in their order; only those in use with `active`."""
    query = (
        select(CheckTemplate)
        .where(CheckTemplate.kind == kind)
        .order_by(col(CheckTemplate.position), col(CheckTemplate.id))
    )
    return list(work.db.exec(query.where(col(CheckTemplate.active)) if active else query))


def items_of(work: Work, template_id: int | None, *, active: bool = False) -> list[CheckTemplateItem]:
    """The points of a checklist in their order; only those in use with `active`."""
    query = select(CheckTemplateItem).where(CheckTemplateItem.template_id == template_id)
    ordered = query.order_by(col(CheckTemplateItem.position), col(CheckTemplateItem.id))
    return list(work.db.exec(ordered.where(col(CheckTemplateItem.active)) if active else ordered))


def put_standard_checks(work: Work) -> None:
    """The checklists that come with the program, for a garage that has none: one that begins, or that is from an older release.

    Whoever starts the program a second time at the same moment waits for the first and adds nothing.
    """
    work.lock(Garage, work.garage.id)
    if not templates(work):
        _put_health_checks(work)
    put_standard_lists(work)


def _put_health_checks(work: Work) -> None:
    for position, check in enumerate(StandardCheck):
        row = work.add(CheckTemplate(kind=TemplateKind.HEALTH, standard=check.value, position=position))
        work.db.add_all(_item(row.id, known, place) for place, known in enumerate(points_of(check)))
    work.db.flush()
    propose_common_jobs(work)


def propose_common_jobs(work: Work) -> None:
    """Let standard points without a job propose the one the common catalogue has for them."""
    jobs = dict(work.db.exec(select(Job.code, Job.id).where(col(Job.active))).all())
    query = select(CheckTemplateItem, CheckTemplate.standard).join(
        CheckTemplate, col(CheckTemplate.id) == col(CheckTemplateItem.template_id)
    )
    mine = (CheckTemplate.kind == TemplateKind.HEALTH, col(CheckTemplateItem.job_id).is_(None))
    for item, standard in work.db.exec(query.where(*mine)).all():
        item.job_id = jobs.get(job_code(standard, item.point)) if standard and item.point else None
        work.db.add(item)
    work.db.flush()


def new_template(work: Work, *, name: str, like: int | None = None) -> CheckTemplate:
    """A checklist of the garage's own, with the points of another (`like`) or empty.

    Refuses with NotAllowed, Missing, TooLong, TemplateNameTaken, TooManyTemplates, NotFound.
    """
    work.needs(*may.MANAGES)
    work.lock(Garage, work.garage.id)
    there = templates(work)
    if len(there) >= MOST_TEMPLATES:
        raise TooManyTemplates(most=MOST_TEMPLATES)
    row = CheckTemplate(kind=TemplateKind.HEALTH, name=free_name(name, there), position=after(there))
    work.event(work.add(row), "added", name=row.name)
    if like is not None:
        held = items_of(work, work.get(CheckTemplate, like).id)
        work.db.add_all(
            CheckTemplateItem(template_id=row.id, **{n: getattr(item, n) for n in _COPIED}) for item in held
        )
        work.db.flush()
    return row


def use_template(work: Work, template_id: int, *, active: bool) -> CheckTemplate:
    """Offer a checklist at reception, or no longer. Sheets made with it stay. Refuses with NotAllowed, NotFound."""
    work.needs(*may.MANAGES)
    row = work.lock(CheckTemplate, template_id)
    row.active = active
    work.event(row, "changed", active=active)
    return work.add(row)


def put_first(work: Work, template_id: int) -> CheckTemplate:
    """Make a checklist the one a car is checked by when nothing speaks for another. Refuses with NotAllowed, NotFound."""
    work.needs(*may.MANAGES)
    work.lock(Garage, work.garage.id)
    row = work.lock(CheckTemplate, template_id)
    row.position = min(one.position for one in templates(work)) - 1
    work.event(row, "changed", position=row.position)
    return work.add(row)


def _item(template_id: int, known: Known, place: int) -> CheckTemplateItem:
    return CheckTemplateItem(template_id=template_id, group=known.group, point=known.point.value, measure=known.measure,
                             soon_below=known.soon, now_below=known.now, safety=known.safety, position=place)  # fmt: skip


def free_name(typed: str, there: Sequence[CheckTemplate]) -> str:
    """The name as it is kept. Also the words of standard ones are taken, in every language: two of the same name could not be
    told apart. Refuses with Missing, TooLong, TemplateNameTaken."""
    name = validate.line(typed, N_("Name"), 80)
    taken = {said for row in there for said in _said(template_name(row))}
    if name.casefold() in taken:
        raise TemplateNameTaken(name=name)
    return name


def _said(name: str) -> set[str]:
    words = [translate(language, name) for language in LANGUAGES] if isinstance(name, Label) else [name]
    return {word.casefold() for word in words}


def after(there: Sequence[CheckTemplate]) -> int:
    """The position behind all of these."""
    return max((row.position for row in there), default=0) + 1
