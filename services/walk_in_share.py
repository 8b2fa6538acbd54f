"""The share of every day's bay time that is kept for cars without a booking, by kind of bay."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.enums import BayKind
from services.free_time import BayTime, Leg, Spot, Stay
from services.slots import GRID, Window


@dataclass(frozen=True)
class Share:
    """`percent` of the bays' open time is kept; bookings may fill the rest. Nothing is kept at 0 percent.

    Work larger than the rest of a whole day may still be booked where no other booking is: it could never come otherwise.
    """

    window: Window
    bays: Sequence[BayTime]
    percent: int

    def room(self, legs: Sequence[Leg], spots: Sequence[Sequence[Spot]]) -> int:
        """The bits of the days that have room for the visit; all bits when nothing is kept."""
        if not self.percent:
            return -1
        needs: dict[BayKind, int] = defaultdict(int)
        for leg, places in zip(legs, spots, strict=True):
            needs[leg.bay_kind] += max((spot.length for spot in places), default=0)
        found = 0
        for number in range(len(self.window.days)):
            if all(self._fits(kind, number, need) for kind, need in needs.items()):
                found |= self.window.day(number)
        return found

    def leaves(self, stays: Iterable[Stay]) -> bool:
        """Whether a visit with these stays leaves the share. A stay counts for the day it begins on."""
        needs: dict[tuple[BayKind, int], int] = defaultdict(int)
        kinds = {bay.id: bay.kind for bay in self.bays}
        for stay in stays:
            day = self.window.day_number(stay.starts_at)
            needs[kinds[stay.bay_id], day] += -((stay.starts_at - stay.ends_at) // GRID)
        return not self.percent or all(self._fits(kind, number, need) for (kind, number), need in needs.items())

    def _fits(self, kind: BayKind, number: int, need: int) -> bool:
        bits = self.window.day(number)
        bays = [bay for bay in self.bays if bay.kind == kind]
        open_ = sum((bay.open & bits).bit_count() for bay in bays)
        booked = sum((bay.booked & bits).bit_count() for bay in bays)
        return not booked or (booked + need) * 100 <= open_ * (100 - self.percent)
