"""The workshop's checklists that come with the program, put into a garage that has none."""

from sqlmodel import select

from db.enums_reception import HealthGroup
from db.models import CheckTemplate, CheckTemplateItem
from services.check_points import EVERY, KINDS, SAFETY, STANDARD
from services.work import Work


def put_standard_lists(work: Work) -> None:
    """One list for every car and one for each kind of work, of each level that has no list at all."""
    there = set(work.db.exec(select(CheckTemplate.kind).distinct()))
    for level, kind in KINDS.items():
        for place, (skill, points) in enumerate(STANDARD[level].items() if kind not in there else ()):
            name = skill.value if skill else EVERY
            row = work.add(CheckTemplate(kind=kind, standard=name, skill=skill, position=place))
            work.db.add_all(
                CheckTemplateItem(template_id=row.id, group=HealthGroup.OTHER, point=point.value, safety=point in SAFETY,
                                  position=number)
                for number, point in enumerate(points)
            )  # fmt: skip
    work.db.flush()
