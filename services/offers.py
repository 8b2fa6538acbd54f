"""Times to offer a customer: their wish when it is free, what is nearest to it, and the quiet hours before the peaks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.booking_policy import bookable_days
from services.capacity import Capacity, capacity
from services.free_time import Leg, Need
from services.i18n import N_
from services.slots import each, quarters
from services.work import Work

WISH, NEAREST, FIRST, QUIET = N_("as wished"), N_("nearest to the wish"), N_("first free"), N_("quiet hour")
CHOICES, CHOICES_WHEN_CALLING = 3, 4  # the standard asks for 2, and 3 when the garage calls: one more for comfort
_APART = 4  # quarters between two offers: 9:00 and 9:15 are hardly a choice


@dataclass(frozen=True)
class Offer:
    """A free time. `why` is the English source of the reason; `ends_at` when the car would be done."""

    starts_at: datetime
    ends_at: datetime
    why: str


def offers(
    work: Work,
    needs: Sequence[Need],
    wish: datetime | None = None,
    *,
    garage_called: bool = False,
    around: date | None = None,
    without: int | None = None,
) -> list[Offer]:
    """Free times within the booking policy, best first; fewer or none only when the garage has no more.

    `around` looks at that day and the six after it instead, for exceptions; `without` is a booking to be moved. Refuses with
    NobodySkilled, NoSuchBay, TooLongForADay.
    """
    first, days = (max(around, work.local(work.now).date()), 7) if around else bookable_days(work)
    free = capacity(work, first, days, without=without)
    legs = free.legs(needs)
    slots = list(each(free.starts(legs)))
    if not slots:
        free.check_length(legs)
    chosen = _choose(free, slots, legs, wish, CHOICES_WHEN_CALLING if garage_called else CHOICES)
    return [Offer(free.window.moment(slot), _end(free, legs, slot), why) for slot, why in chosen.items()]


def _choose(free: Capacity, slots: list[int], legs: Sequence[Leg], wish: datetime | None, most: int) -> dict[int, str]:
    wished = free.window.slot(wish) if wish else None
    chosen: dict[int, str] = {}
    if wish and wished in slots and free.window.moment(wished) == wish:
        chosen[wished] = WISH
    near = sorted(slots, key=lambda slot: abs(slot - (wished or 0)))
    _add(chosen, near, NEAREST if wish else FIRST, most - 1 if wish else 1)
    _add(chosen, _quiet(free, slots, legs, chosen, wished or 0), QUIET, most)
    for slot in near:  # nothing else is free: rather close together than too few
        if len(chosen) < most:
            chosen.setdefault(slot, NEAREST if wish else FIRST)
    return chosen


def _add(chosen: dict[int, str], slots: Iterable[int], why: str, most: int) -> None:
    for slot in slots:
        if len(chosen) >= most:
            return
        if all(abs(slot - other) >= _APART for other in chosen):
            chosen[slot] = why


def _quiet(free: Capacity, slots: list[int], legs: Sequence[Leg], chosen: Iterable[int], wished: int) -> list[int]:
    """The hours with the fewest cars first; among equals another day than the ones chosen, then what is near the wish."""
    length = sum(quarters(leg.minutes) for leg in legs)
    days = {_day(free, slot) for slot in chosen}
    return sorted(slots, key=lambda slot: (free.busy(slot, length), _day(free, slot) in days, abs(slot - wished)))


def _day(free: Capacity, slot: int) -> date:
    return free.window.moment(slot).astimezone(free.window.zone).date()


def _end(free: Capacity, legs: Sequence[Leg], slot: int) -> datetime:
    stays = free.place(legs, free.window.moment(slot))
    return (
        stays[-1].ends_at if stays else free.window.moment(slot) + timedelta(minutes=sum(leg.minutes for leg in legs))
    )
