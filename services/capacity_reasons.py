"""Why a visit cannot begin at a time: the refusal that says most."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from services import capacity_refusals as no
from services.capacity_legs import teams
from services.free_time import BayTime, Leg, PersonTime, Wish, together
from services.refusals import NotFound
from services.slots import quarters

if TYPE_CHECKING:
    from services.capacity import Capacity

One = TypeVar("One", BayTime, PersonTime)


def explain(free: "Capacity", legs: Sequence[Leg], slot: int, wish: Wish, *, long: bool) -> None:
    """Raises what stands in the way of a visit at `slot`, if it can be named; of a `long` one only its first quarter is judged."""
    leg = legs[min(wish.stay, len(legs) - 1)]
    need = 1 if long else quarters(leg.minutes)
    wanted = free.window.bits(slot, slot + need)
    bay, person = _named(free.bays, wish.bay_id), _named(free.people, wish.staff_id)
    if bay and bay.kind != leg.bay_kind:
        raise no.WrongBay(bay=bay.name, kind=leg.bay_kind.label)
    _hours(free, slot, 1 if long else sum(quarters(one.minutes) for one in legs))
    if person:
        _person(person, leg, slot, need, wanted)
    if bay and bay.held & wanted:
        raise no.BayTaken(bay=bay.name)
    if not any(_at_work(together(team), need, slot) for team in teams(leg, free.people)):
        raise no.NobodyAtWork


def _hours(free: "Capacity", slot: int, need: int) -> None:
    wanted = free.window.bits(slot, slot + need)
    if not 0 <= slot < free.window.size:
        raise no.GarageClosed
    day = free.days[free.window.day_number(free.window.moment(slot))]
    if not day.open and day.reason:
        raise no.ClosedDay(reason=day.reason)
    if wanted & ~free.open or not wanted:
        raise no.GarageClosed


def _person(person: PersonTime, leg: Leg, slot: int, need: int, wanted: int) -> None:
    for skill in sorted(leg.skills - person.skills):
        raise no.LacksSkill(name=person.name, skill=skill.label)
    if person.taken & wanted:
        raise no.PersonTaken(name=person.name)
    if not _at_work(person, need, slot):
        raise no.NotAtWork(name=person.name)


def _at_work(person: PersonTime, need: int, slot: int) -> bool:
    """Whether they would be there for all of it, other cars left aside."""
    return bool(replace(person, taken=0).works(need) & (1 << slot))


def _named(all_: Sequence[One], key: int | None) -> One | None:
    """The bay or person asked for. Refuses with NotFound one that is not there, or no longer."""
    found = next((one for one in all_ if one.id == key), None)
    if key is not None and found is None:
        raise NotFound
    return found
