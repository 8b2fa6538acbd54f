"""When a car can come: a bay of the right kind and people with the skill, all free, on a grid of quarters of an hour."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from services import capacity_refusals as no
from services.calendar_days import Day
from services.capacity_legs import legs_of, teams
from services.capacity_reasons import explain
from services.capacity_rows import Rows, bay_times, open_hours, person_times, read, taken_times, usual
from services.free_time import ANYWHERE, BayTime, Leg, Need, PersonTime, Spot, Stay, Wish, together
from services.long_visits import LongVisit, emptied
from services.refusals import SlotTaken
from services.shared import shared
from services.slots import GRID, Window, each, quarters, runs
from services.walk_in_share import Share
from services.work import Work

LONG_VISIT_DAYS = 14  # how far past the days that can be booked a large job may reach
_ALL = -1


@dataclass
class Capacity:
    """The free capacity of a few days."""

    window: Window
    bays: list[BayTime]
    people: list[PersonTime]
    days: Sequence[Day]
    open: int
    future: int
    share: Share
    usual_week: Callable[[], "Capacity"]
    known: dict[Leg, list[Spot]] = field(default_factory=dict)  # every offer asks for the same legs

    def legs(self, needs: Sequence[Need]) -> tuple[Leg, ...]:
        """The jobs gathered into legs. Refuses with NobodySkilled, OnlyOneSkilled or NoSuchBay."""
        return legs_of(needs, self.bays, self.people)

    def spots(self, leg: Leg) -> list[Spot]:
        """Every bay with the people that can take the leg at some time."""
        if leg not in self.known:
            self.known[leg] = [spot for spot in self._spots(leg) if spot.begins]
        return self.known[leg]

    def _spots(self, leg: Leg) -> Iterator[Spot]:
        need = quarters(leg.minutes)
        bays = [bay for bay in self.bays if bay.kind == leg.bay_kind]
        for team in teams(leg, self.people):
            time, begins, length = together(team).places(need)
            for bay in bays:
                yield Spot(bay, team, runs(time & bay.free, length) & begins, length)

    def starts(self, legs: Sequence[Leg], *, share: bool = False, until: int | None = None) -> int:
        """The quarters (bits) at which the whole visit can begin; nothing in the past.

        With `share` only those that leave what is kept for cars without a booking; `until` cuts the days off after so many.
        """
        found = self.in_one_go(legs, until)
        if not found and self.is_long(legs):
            return self._long_starts(legs, self.future & self.window.first_days(until), share)
        return found & self.share.room(legs, [self.spots(leg) for leg in legs]) if share else found

    def in_one_go(self, legs: Sequence[Leg], until: int | None = None) -> int:
        """The quarters (bits) at which the whole visit can begin and go through to its end on the first `until` days."""
        return self._starts([self.spots(leg) for leg in legs]) & self.future & self.window.first_days(until)

    def _starts(self, spots: list[list[Spot]]) -> int:
        """From the last leg backwards: a leg can begin where the next one can begin at its end."""
        after = _ALL
        for leg_spots in reversed(spots):
            after = _union(
                (spot.begins & (after >> spot.length) if after != _ALL else spot.begins) for spot in leg_spots
            )
        return max(after, 0)

    def _long_starts(self, legs: Sequence[Leg], within: int, share: bool) -> int:
        visit = LongVisit(self.window, self.bays, self.people, legs)
        found = visit.starts(within)
        if share:
            kept = (slot for slot in each(found) if not self.share.leaves(visit.stays(slot, ANYWHERE) or ()))
            found &= ~_union(1 << slot for slot in kept)
        return found

    def is_long(self, legs: Sequence[Leg]) -> bool:
        """Whether the visit is too long for most open days of a usual week, however free everyone is: then it may take several."""
        week = self.usual_week()
        begins = week._starts([week.spots(leg) for leg in legs])
        days = [number for number, day in enumerate(week.days[:7]) if day.open]
        return bool(legs) and 2 * sum(bool(begins & week.window.day(number)) for number in days) < len(days)

    def free_times(self, legs: Sequence[Leg]) -> list[datetime]:
        """The instants at which the whole visit can begin, earliest first."""
        return [self.window.moment(slot) for slot in each(self.starts(legs))]

    def place(self, legs: Sequence[Leg], at: datetime, wish: Wish = ANYWHERE) -> tuple[Stay, ...]:
        """A bay and people for each leg from `at` on; a visit too large for a day goes on over the following days.

        Refuses with GarageClosed, ClosedDay, OffGrid, WrongBay, LacksSkill, NotAtWork, BayTaken, PersonTaken or SlotTaken.
        """
        if (at - self.window.start) % GRID:
            raise no.OffGrid
        slot = self.window.slot(at)
        spots = [self.spots(one) for one in legs]
        if wish.stay < len(spots):
            spots[wish.stay] = [spot for spot in spots[wish.stay] if spot.suits(wish)]
        stays = self._choose(spots, slot, wish)
        if stays is None:
            long = self.is_long(legs)
            if long and slot >= 0:
                stays = LongVisit(self.window, self.bays, self.people, legs).stays(slot, wish)
            if stays is None:
                explain(self, legs, slot, wish, long=long)
                raise SlotTaken
        return stays

    def _choose(self, spots: list[list[Spot]], slot: int, wish: Wish) -> tuple[Stay, ...] | None:
        """The people with the fewest skills and least work first, so that the versatile stay free for others."""
        if not spots:
            return ()
        fitting = [spot for spot in spots[0] if slot >= 0 and spot.begins >> slot & 1]
        for spot in sorted(fitting, key=lambda spot: _thrift(spot, wish)):
            rest = self._choose(spots[1:], slot + spot.length, wish)
            if rest is not None:
                ends = self.window.moment(slot + spot.length)
                return (Stay(spot.bay.id, spot.ids, self.window.moment(slot), ends), *rest)
        return None

    def check_length(self, legs: Sequence[Leg]) -> None:
        """Refuses with TooLarge when the visit would not fit into these days even if nothing were taken."""
        if self.is_long(legs):
            free = LongVisit(self.window, *emptied(self.bays, self.people), legs)
            if not free.starts(self.future & self.window.first_days(1)) and not free.starts(self.future):
                minutes = sum(leg.minutes for leg in legs)
                raise no.TooLarge(hours=-(-minutes // 60), days=len(self.window.days))

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


def _thrift(spot: Spot, wish: Wish) -> tuple[int, int, int]:
    strangers = len(wish.rather.difference(spot.ids))
    return strangers, sum(len(one.skills) for one in spot.team), sum(one.taken.bit_count() for one in spot.team)


def _union(masks: Iterator[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def capacity(work: Work, first: date, days: int = 1, *, without: int | None = None, people: bool = True) -> Capacity:
    """The free capacity of `days` days from `first` on, as if the booking `without` did not exist. Seven queries.

    Without `people` nobody's time is read: enough to say how full the bays are, in four queries.
    """
    window, garage = Window.of(first, days, work.zone), work.garage
    rows = shared(work, (capacity, first, days, people), lambda: read(work, window, people=people))
    future = window.bits(-((window.start - work.now) // GRID), window.size)
    return _capacity(window, rows, future, without, garage.buffer_minutes, garage.walk_in_percent)


def _capacity(window: Window, rows: Rows, future: int, without: int | None, buffer: int, percent: int) -> Capacity:
    open_, taken = open_hours(window, rows), taken_times(window, rows, without, buffer)
    bays, people = bay_times(window, rows, open_, taken), person_times(window, rows, open_, taken)

    def usual_week() -> Capacity:
        week, ordinary = usual(rows)
        return _capacity(week, ordinary, _ALL, None, 0, 0)

    return Capacity(window, bays, people, rows.days, open_, future, Share(window, bays, percent), usual_week)
