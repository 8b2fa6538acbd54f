"""When a car can come: a bay of the right kind and a person with the skill, both free, on a grid of quarters of an hour."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from db.enums import BayKind
from services import capacity_refusals as no
from services.capacity_rows import bay_times, open_hours, person_times, read, taken_times
from services.free_time import BayTime, Leg, Need, PersonTime, Spot, Stay
from services.refusals import NotFound, SlotTaken
from services.slots import GRID, Window, each, quarters, runs
from services.work import Work

One = TypeVar("One", BayTime, PersonTime)


@dataclass
class Capacity:
    """The free capacity of a few days."""

    window: Window
    bays: list[BayTime]
    people: list[PersonTime]
    closed: dict[date, str]
    open: int
    future: int

    def legs(self, needs: Sequence[Need]) -> tuple[Leg, ...]:
        """The jobs gathered by bay, and apart only where nobody has all the skills. Refuses with NobodySkilled or NoSuchBay."""
        kinds: dict[BayKind, list[Need]] = defaultdict(list)
        for need in needs:
            kinds[need.bay_kind].append(need)
        return tuple(leg for kind, group in kinds.items() for leg in self._split(kind, group))

    def _split(self, kind: BayKind, group: Sequence[Need]) -> Iterator[Leg]:
        if not any(bay.kind == kind for bay in self.bays):
            raise no.NoSuchBay(kind=kind.label)
        for skill in {need.skill: None for need in group}:
            if not any(skill in person.skills for person in self.people):
                raise no.NobodySkilled(skill=skill.label)
        skills = frozenset(need.skill for need in group)
        if any(skills <= person.skills for person in self.people):
            yield Leg(kind, skills, sum(need.minutes for need in group))
            return
        for skill in dict.fromkeys(need.skill for need in group):
            yield Leg(kind, frozenset({skill}), sum(need.minutes for need in group if need.skill == skill))

    def spots(self, leg: Leg) -> list[Spot]:
        """Every bay and person that can take the leg at some time."""
        need, found = quarters(leg.minutes), []
        bays = [bay for bay in self.bays if bay.kind == leg.bay_kind]
        for person in self.people:
            if leg.skills <= person.skills:
                time, begins, length = person.places(need)
                found += [Spot(bay, person, runs(time & bay.free, length) & begins, length) for bay in bays]
        return [spot for spot in found if spot.begins]

    def starts(self, legs: Sequence[Leg]) -> int:
        """The quarters (bits) at which the whole visit can begin; nothing in the past."""
        return self._starts([self.spots(leg) for leg in legs]) & self.future

    def _starts(self, spots: list[list[Spot]]) -> int:
        """From the last leg backwards: a leg can begin where the next one can begin at its end."""
        after = -1
        for leg_spots in reversed(spots):
            after = _union((spot.begins & (after >> spot.length) if after != -1 else spot.begins) for spot in leg_spots)
        return max(after, 0)

    def free_times(self, legs: Sequence[Leg]) -> list[datetime]:
        """The instants at which the whole visit can begin, earliest first."""
        return [self.window.moment(slot) for slot in each(self.starts(legs))]

    def place(
        self, legs: Sequence[Leg], at: datetime, *, bay_id: int | None = None, staff_id: int | None = None, leg: int = 0
    ) -> tuple[Stay, ...]:
        """A bay and a person for each leg from `at` on; `bay_id` and `staff_id` are wished for the leg of that number.

        Refuses with GarageClosed, ClosedDay, OffGrid, WrongBay, LacksSkill, NotAtWork, BayTaken, PersonTaken or SlotTaken.
        """
        if (at - self.window.start) % GRID:
            raise no.OffGrid
        spots = [self.spots(one) for one in legs]
        if leg < len(spots):
            spots[leg] = [s for s in spots[leg] if bay_id in (None, s.bay.id) and staff_id in (None, s.person.id)]
        stays = self._choose(spots, self.window.slot(at))
        if stays is None:
            self._explain(legs, self.window.slot(at), bay_id, staff_id, leg)
            raise SlotTaken
        return stays

    def _choose(self, spots: list[list[Spot]], slot: int) -> tuple[Stay, ...] | None:
        """The person with the fewest skills and least work first, so that the versatile stay free for others."""
        if not spots:
            return ()
        fitting = [spot for spot in spots[0] if slot >= 0 and spot.begins >> slot & 1]
        for spot in sorted(fitting, key=_thrift):
            rest = self._choose(spots[1:], slot + spot.length)
            if rest is not None:
                ends = self.window.moment(slot + spot.length)
                return (Stay(spot.bay.id, spot.person.id, self.window.moment(slot), ends), *rest)
        return None

    def _explain(self, legs: Sequence[Leg], slot: int, bay_id: int | None, staff_id: int | None, leg: int) -> None:
        """Raises the refusal that says most."""
        wished, need = legs[min(leg, len(legs) - 1)], quarters(legs[min(leg, len(legs) - 1)].minutes)
        bay, person = _named(self.bays, bay_id), _named(self.people, staff_id)
        if bay and bay.kind != wished.bay_kind:
            raise no.WrongBay(bay=bay.name, kind=wished.bay_kind.label)
        self._explain_hours(slot, sum(quarters(one.minutes) for one in legs))
        if person:
            _explain_person(person, wished, slot, self.window.bits(slot, slot + need))
        if bay and bay.taken & self.window.bits(slot, slot + need):
            raise no.BayTaken(bay=bay.name)
        able = [one for one in self.people if wished.skills <= one.skills]
        if not any(_at_work(one, wished, slot) for one in able):
            raise no.NobodyAtWork

    def check_length(self, legs: Sequence[Leg]) -> None:
        """Refuses with TooLongForADay when no shift is long enough for one of the legs, however free everyone is."""
        for leg in legs:
            need = quarters(leg.minutes)
            able = [person for person in self.people if leg.skills <= person.skills and person.through]
            if able and not any(runs(person.through, person.places(need)[2]) for person in able):
                raise no.TooLongForADay(hours=-(-leg.minutes // 60))

    def _explain_hours(self, slot: int, need: int) -> None:
        wanted = self.window.bits(slot, slot + need)
        if not 0 <= slot < self.window.size:
            raise no.GarageClosed
        day = self.window.moment(slot).astimezone(self.window.zone).date()
        if day in self.closed:
            raise no.ClosedDay(reason=self.closed[day]) if self.closed[day] else no.GarageClosed
        if wanted & ~self.open or not wanted:
            raise no.GarageClosed

    def busy(self, slot: int, length: int) -> int:
        """How many quarters of bays are taken in that stretch: the lower, the quieter."""
        wanted = self.window.bits(slot, slot + length)
        return sum((bay.taken & wanted).bit_count() for bay in self.bays)

    def load(self) -> dict[date, float]:
        """The share of the bays' open time that is taken, by day; days on which the garage is closed are left out."""
        found = {}
        for number, day in enumerate(self.window.days):
            bits = self.window.day(number)
            open_ = sum((bay.open & bits).bit_count() for bay in self.bays)
            if open_:
                found[day] = sum((bay.taken & bay.open & bits).bit_count() for bay in self.bays) / open_
        return found


def _named(all_: Sequence[One], key: int | None) -> One | None:
    """The bay or person asked for. Refuses with NotFound one that is not there, or no longer."""
    found = next((one for one in all_ if one.id == key), None)
    if key is not None and found is None:
        raise NotFound
    return found


def _explain_person(person: PersonTime, leg: Leg, slot: int, wanted: int) -> None:
    for skill in sorted(leg.skills - person.skills):
        raise no.LacksSkill(name=person.name, skill=skill.label)
    if person.taken & wanted:
        raise no.PersonTaken(name=person.name)
    if not _at_work(person, leg, slot):
        raise no.NotAtWork(name=person.name)


def _at_work(person: PersonTime, leg: Leg, slot: int) -> bool:
    """Whether the person would be there for the whole leg, other cars left aside."""
    time, begins, length = replace(person, taken=0).places(quarters(leg.minutes))
    return bool(runs(time, length) & begins & (1 << slot))


def _thrift(spot: Spot) -> tuple[int, int]:
    return len(spot.person.skills), spot.person.taken.bit_count()


def _union(masks: Iterator[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def capacity(work: Work, first: date, days: int = 1, *, without: int | None = None) -> Capacity:
    """The free capacity of `days` days from `first` on, as if the booking `without` did not exist. Seven queries."""
    window = Window.of(first, days, work.zone)
    rows = read(work, window)
    open_ = open_hours(window, rows)
    future = window.bits(-((window.start - work.now) // GRID), window.size)
    bays, people = taken_times(window, rows, without)
    return Capacity(
        window, bay_times(rows, open_, bays), person_times(window, rows, open_, people), rows.closed, open_, future
    )
