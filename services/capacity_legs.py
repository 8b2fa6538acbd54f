"""From jobs to legs: what is done one after the other in one bay by the same people, and who can do it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from db.enums import BayKind, Skill
from services import capacity_refusals as no
from services.free_time import BayTime, Leg, Need, PersonTime, Team


def legs_of(needs: Sequence[Need], bays: Sequence[BayTime], people: Sequence[PersonTime]) -> tuple[Leg, ...]:
    """The jobs gathered by bay, and apart only where nobody has all the skills or another number of people is needed.

    Refuses with NoSuchBay, NobodySkilled or OnlyOneSkilled.
    """
    groups: dict[tuple[BayKind, int], list[Need]] = defaultdict(list)
    for need in needs:
        groups[need.bay_kind, need.people].append(need)
    return tuple(leg for (kind, count), group in groups.items() for leg in _split(kind, count, group, bays, people))


def _split(
    kind: BayKind, count: int, group: Sequence[Need], bays: Iterable[BayTime], people: Sequence[PersonTime]
) -> Iterator[Leg]:
    if not any(bay.kind == kind for bay in bays):
        raise no.NoSuchBay(kind=kind.label)
    minutes: dict[Skill, int] = defaultdict(int)
    for need in group:
        minutes[need.skill] += need.minutes
    for skill in minutes:
        able = sum(skill in person.skills for person in people)
        if able < count:
            raise (no.OnlyOneSkilled if able else no.NobodySkilled)(skill=skill.label)
    if sum(set(minutes) <= person.skills for person in people) >= count:
        yield Leg(kind, frozenset(minutes), sum(minutes.values()), count)
        return
    for skill, taking in minutes.items():
        yield Leg(kind, frozenset({skill}), taking, count)


def teams(leg: Leg, people: Iterable[PersonTime]) -> list[Team]:
    """Everyone, or every two, with the skills of the leg."""
    return list(combinations([person for person in people if leg.skills <= person.skills], leg.people))
