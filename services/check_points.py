"""What the checks of the workshop look at: the points that come with the program, and those a garage works by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, or_
from sqlalchemy import select as sa_select
from sqlmodel import col

from db.enums import Answer, CheckLevel, LineKind, Payer, Skill
from db.enums_checks import CheckPoint as P
from db.enums_reception import TemplateKind
from db.models import CheckTemplate, CheckTemplateItem
from services.left_undone import left_undone
from services.order_facts import OrderFacts
from services.work import Work

KINDS = {
    CheckLevel.SELF: TemplateKind.SELF,
    CheckLevel.TEAM: TemplateKind.TEAM,
    CheckLevel.FINAL: TemplateKind.FINAL,
}
Lists = Mapping[Skill | None, tuple[P, ...]]
STANDARD: Mapping[CheckLevel, Lists] = {
    CheckLevel.SELF: {
        None: (P.DONE, P.TIGHT, P.FLUIDS, P.TOOLS),
        Skill.SERVICE: (P.OIL, P.RESET),
        Skill.BRAKES: (P.WHEELS, P.CALIPERS, P.PEDAL),
        Skill.ENGINE: (P.HOSES, P.WARM),
        Skill.ELECTRICS: (P.PLUGS, P.CLAMPED),
        Skill.TYRES: (P.WHEELS, P.PRESSURES, P.ROTATION),
        Skill.AIR_CONDITIONING: (P.FILLED, P.AC_TIGHT),
        Skill.DIAGNOSIS: (P.PROVEN, P.READ_AGAIN),
        Skill.BODY: (P.GAPS, P.PAINT),
        Skill.EV: (P.HV_SAFE, P.HV_ON),
    },
    CheckLevel.TEAM: {
        None: (P.CONCERN, P.PARTS, P.MEMORY, P.CLEAN),
        Skill.BRAKES: (P.WHEELS_AGAIN, P.BRAKE_TEST),
        Skill.ENGINE: (P.IDLE,),
        Skill.ELECTRICS: (P.CONSUMERS,),
        Skill.TYRES: (P.WHEELS_AGAIN,),
        Skill.AIR_CONDITIONING: (P.COLD,),
        Skill.DIAGNOSIS: (P.SAME_CONDITIONS,),
        Skill.BODY: (P.LAMP,),
        Skill.EV: (P.INSULATION,),
    },
    CheckLevel.FINAL: {
        None: (P.ROAD, P.SAFETY, P.ORDER, P.LOOK),
        Skill.SERVICE: (P.NEXT_SERVICE,),
        Skill.BRAKES: (P.STOPS_STRAIGHT,),
        Skill.TYRES: (P.STRAIGHT,),
        Skill.EV: (P.CHARGES,),
    },
    CheckLevel.DELIVERY: {None: (P.SIGNED, P.SYMPTOM, P.OLD_PARTS, P.TIDY, P.EMPTY)},
}
SAFETY = frozenset(
    {P.TIGHT, P.SAFETY, P.WHEELS, P.WHEELS_AGAIN, P.CALIPERS, P.PEDAL, P.BRAKE_TEST, P.STOPS_STRAIGHT, P.HV_SAFE, P.HV_ON}
)  # fmt: skip
_KNOWN = {point.value: point for point in P}
_OWN = "own_"
EVERY = "every"  # the name of the list for every car


@dataclass(frozen=True)
class Point:
    """One point to look at. `words` are a label for a standard point, said in the reader's language; `photo`: asks for one;
    `explain`: something left undone, which is in order only with a reason."""

    key: str
    words: str
    safety: bool = False
    photo: bool = False
    explain: bool = False


def is_known(key: str) -> bool:
    """Whether it is a point of the program's own."""
    return key in _KNOWN


def words_of(key: str, text: str) -> str:
    """What a kept point is called: a standard one as a label, an own one in the words of then."""
    return _KNOWN[key].label if key in _KNOWN else text


def standard_points(level: CheckLevel) -> list[Point]:
    """The program's own points for every car."""
    return [_known(point) for point in STANDARD[level][None]]


def points_for(work: Work, facts: OrderFacts, level: CheckLevel) -> list[Point]:
    """The points of a check for this car: those for every car, then those for the kinds of work agreed on it, each once.

    A garage without checklists of that level checks by the program's own. One query; none before delivery, where the points
    come from the order.
    """
    kind = KINDS.get(level)
    if kind is None:
        return _before_delivery(facts)
    skills = sorted({job.skill.value for job in facts.agreed_jobs})
    found: dict[str, Point] = {}
    for key, point, title, safety, photo in work.db.execute(_POINTS, {"kind": kind, "skills": skills}):
        name = point or f"{_OWN}{key}"
        before = found.get(name)
        asks = photo or (before is not None and before.photo)
        found[name] = Point(name, words_of(point, title), safety, asks)
    return list(found.values()) or standard_points(level)


def _before_delivery(facts: OrderFacts) -> list[Point]:
    """What was left undone comes first; a symptom and old parts only where the order has them."""
    order, left_out = facts.order, set()
    if not (order.concern or order.answers):
        left_out.add(P.SYMPTOM.value)
    warranty = any(
        x.payer == Payer.WARRANTY and x.kind == LineKind.PART and x.answer == Answer.AGREED for x in facts.lines
    )
    if not (order.old_parts or warranty):  # who pays for the new one may ask for the old one
        left_out.add(P.OLD_PARTS.value)
    asked = [point for point in standard_points(CheckLevel.DELIVERY) if point.key not in left_out]
    return [*(Point(one.key, one.title, explain=True) for one in left_undone(facts)), *asked]


def _known(point: P) -> Point:
    return Point(point.value, point.label, point in SAFETY)


_POINTS: Any = (
    sa_select(
        col(CheckTemplateItem.id),
        col(CheckTemplateItem.point),
        col(CheckTemplateItem.title),
        col(CheckTemplateItem.safety),
        col(CheckTemplateItem.photo),
    )
    .join(CheckTemplate, col(CheckTemplate.id) == col(CheckTemplateItem.template_id))
    .where(
        col(CheckTemplate.kind) == bindparam("kind"),
        col(CheckTemplate.active),
        col(CheckTemplateItem.active),
        or_(col(CheckTemplate.skill).is_(None), col(CheckTemplate.skill).in_(bindparam("skills", expanding=True))),
    )
    .order_by(
        col(CheckTemplate.skill).is_not(None),
        col(CheckTemplate.position),
        col(CheckTemplate.id),
        col(CheckTemplateItem.position),
        col(CheckTemplateItem.id),
    )
)
