"""Visits too large for a day: the work goes on over the following working days, in the same bay by the same people if they are
free, else in another bay or by others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from services.capacity_legs import teams
from services.free_time import ANYWHERE, BayTime, Leg, PersonTime, Spot, Stay, Team, Wish, together
from services.slots import Window, each, quarters

LEAST = 4  # quarters: nobody begins a large job for less than an hour of it
_NOWHERE: tuple[int, Team] = (0, ())


@dataclass(frozen=True)
class _Pair:
    """A bay and people: when both are free, and when work can begin and is done (not in breaks)."""

    bay: BayTime
    team: Team
    free: int
    work: int

    def part(self, slot: int, left: int) -> tuple[int, int]:
        """`(end, work)` from `slot` on without a gap: until the work is done, or bay or people are no longer free."""
        ahead = self.free >> slot
        run = (~ahead & -~ahead).bit_length() - 1
        done = self.work >> slot & ((1 << run) - 1)
        if done.bit_count() < left:
            return slot + run, done.bit_count()
        last = next(at for number, at in enumerate(each(done), 1) if number == left)
        return slot + last + 1, left

    def begin(self, after: int) -> int | None:
        """The first quarter from `after` on at which work can begin."""
        ahead = (self.free & self.work) >> after
        return after + (ahead & -ahead).bit_length() - 1 if ahead else None


@dataclass(frozen=True)
class _Part:
    pair: _Pair
    first: int
    end: int
    work: int


class LongVisit:
    """Finds where a visit of these legs can begin and which places it then holds."""

    def __init__(
        self, window: Window, bays: Sequence[BayTime], people: Sequence[PersonTime], legs: Sequence[Leg]
    ) -> None:
        self.window, self.legs = window, legs
        self.pairs = [list(_pairs(leg, bays, people)) for leg in legs]

    def starts(self, within: int) -> int:
        """The full hours, and the first free quarters, among `within` (bits) at which the visit can begin and be finished in the
        window: a large job is not brought at a quarter past."""
        found, begins = 0, self._candidates() & within
        hours = int("0001" * (-(-self.window.size // 4)), 2)
        for slot in each(begins & (hours | ~(begins << 1))):
            if self.parts(slot) is not None:
                found |= 1 << slot
        return found

    def _candidates(self) -> int:
        found = 0
        for pair in self.pairs[0] if self.pairs else ():
            found |= pair.free & pair.work
        return found

    def stays(self, slot: int, wish: Wish) -> tuple[Stay, ...] | None:
        """The places of a visit that begins at `slot`; None when it cannot."""
        parts = self.parts(slot, wish)
        if parts is None:
            return None
        moment = self.window.moment
        return tuple(Stay(one.pair.bay.id, _ids(one.pair.team), moment(one.first), moment(one.end)) for one in parts)

    def parts(self, slot: int, wish: Wish = ANYWHERE) -> list[_Part] | None:
        """Part after part from `slot` on, each on the first day that somebody can go on."""
        found: list[_Part] = []
        for leg, pairs in zip(self.legs, self.pairs, strict=True):
            left = quarters(leg.minutes)
            while left:
                asked = wish if len(found) == wish.stay else ANYWHERE
                part = self._next(pairs, slot, left, found, asked)
                if part is None:
                    return None
                found.append(part)
                slot, left = part.end, left - part.work
        return found

    def _next(self, pairs: Sequence[_Pair], slot: int, left: int, so_far: Sequence[_Part], wish: Wish) -> _Part | None:
        parts: list[_Part] = []
        for pair in pairs:
            if Spot(pair.bay, pair.team, 0, 0).suits(wish):
                parts += self._first_part(pair, slot, left, exactly=not so_far)
        if not parts:
            return None
        day = min(self._day(part) for part in parts)
        today = [part for part in parts if self._day(part) == day]
        most = max(part.work for part in today)
        worth = [part for part in today if 2 * part.work >= most]
        bay_id, team = (so_far[-1].pair.bay.id, so_far[-1].pair.team) if so_far else _NOWHERE
        return min(worth, key=lambda part: (
            part.pair.bay.id != bay_id, part.pair.team != team, part.first, -part.work,
            sum(len(person.skills) for person in part.pair.team),
        ))  # fmt: skip

    def _first_part(self, pair: _Pair, slot: int, left: int, *, exactly: bool) -> Iterator[_Part]:
        """The first part worth beginning; `exactly` at that quarter or not at all."""
        begin = pair.begin(slot)
        while begin is not None and (begin == slot or not exactly):
            end, work = pair.part(begin, left)
            if work >= min(left, LEAST):
                yield _Part(pair, begin, end, work)
                return
            begin = pair.begin(end)

    def _day(self, part: _Part) -> int:
        return self.window.day_number(self.window.moment(part.first))


def _pairs(leg: Leg, bays: Sequence[BayTime], people: Sequence[PersonTime]) -> Iterator[_Pair]:
    for team in teams(leg, people):
        shared = together(team)
        for bay in bays:
            if bay.kind == leg.bay_kind:
                yield _Pair(bay, team, shared.through & ~shared.taken & bay.free, shared.stretch)


def _ids(team: Team) -> tuple[int, ...]:
    return tuple(person.id for person in team)


def emptied(bays: Sequence[BayTime], people: Sequence[PersonTime]) -> tuple[list[BayTime], list[PersonTime]]:
    """The same bays and people with nothing taken."""
    return [replace(bay, taken=0, held=0) for bay in bays], [replace(person, taken=0) for person in people]
