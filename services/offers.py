"""Times to offer a customer: their wish when it is free, what is nearest to it, and the quiet hours before the peaks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.enums import BayKind
from services.booking_policy import bookable_days
from services.capacity import LONG_VISIT_DAYS, Capacity, capacity
from services.day_limits import full_days
from services.free_time import Leg, Need
from services.i18n import N_
from services.slots import each, quarters
from services.work import Work

WISH, NEAREST, QUIET = N_("as asked"), N_("nearest"), N_("quietest that day")
EARLIEST: dict[BayKind, str] = {
    BayKind.LIFT: N_("earliest with a lift"),
    BayKind.QUICK: N_("earliest"),
    BayKind.ALIGNMENT: N_("earliest for wheel alignment"),
    BayKind.DIAGNOSIS: N_("earliest for diagnosis"),
    BayKind.BODY: N_("earliest in the body shop"),
}
CHOICES, CHOICES_WHEN_CALLING = 3, 4  # the standard asks for 2, and 3 when the garage calls: one more for comfort
_APART = 4  # quarters between two offers: 9:00 and 9:15 are hardly a choice
_COMPARED = 400  # starts near the wish among which the quiet hours are looked for: about ten days


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

    They leave the share kept for cars without a booking, and days on which a limit is reached. `around` looks at that day and
    the six after it instead, whatever the policy says: for exceptions. `without` is a booking to be moved. Refuses with
    NobodySkilled, OnlyOneSkilled, NoSuchBay, TooLarge.
    """
    first, days = (max(around, work.local(work.now).date()), 7) if around else bookable_days(work)
    free = capacity(work, first, days, without=without)
    legs = free.legs(needs)
    if not free.in_one_go(legs, days) and free.is_long(legs):
        free = capacity(work, first, days + LONG_VISIT_DAYS, without=without)
    starts = free.starts(legs, share=not around, until=days)
    if not starts:
        free.check_length(legs)
    if not around:
        starts &= ~_full(work, free, needs, days, without)
    chosen = _choose(free, list(each(starts)), legs, wish, CHOICES_WHEN_CALLING if garage_called else CHOICES)
    return [Offer(free.window.moment(slot), _end(free, legs, slot), why) for slot, why in chosen.items()]


def _full(work: Work, free: Capacity, needs: Sequence[Need], days: int, without: int | None) -> int:
    """The bits of the days that have all the bookings they may have."""
    found = 0
    for day in full_days(work, needs, free.window.days[0], days, without):
        found |= free.window.day(free.window.days.index(day))
    return found


def _choose(free: Capacity, slots: list[int], legs: Sequence[Leg], wish: datetime | None, most: int) -> dict[int, str]:
    wished = free.window.slot(wish) if wish else None
    first = NEAREST if wish or not legs else EARLIEST[legs[0].bay_kind]
    chosen: dict[int, str] = {}
    if wish and wished in slots and free.window.moment(wished) == wish:
        chosen[wished] = WISH
    near = sorted(slots, key=lambda slot: abs(slot - (wished or 0)))
    _add(chosen, near, first, most - 1 if wish else 1)
    _add(chosen, _quiet(free, near[:_COMPARED], legs, chosen, wished or 0), QUIET, most)
    _add(chosen, near, NEAREST, most)
    for slot in near:  # nothing else is free: rather close together than too few
        if len(chosen) < most:
            chosen.setdefault(slot, NEAREST)
    return chosen


def _add(chosen: dict[int, str], slots: Iterable[int], why: str, most: int) -> None:
    for slot in slots:
        if len(chosen) >= most:
            return
        if all(abs(slot - other) >= _APART for other in chosen):
            chosen[slot] = why


def _quiet(free: Capacity, slots: list[int], legs: Sequence[Leg], chosen: Iterable[int], wished: int) -> list[int]:
    """The hours with the fewest cars of their day: one a day first, on other days than the ones chosen, so that there is a choice;
    the emptiest first, among equals what is near the wish."""
    length = sum(quarters(leg.minutes) for leg in legs)
    busy = {slot: (free.busy(slot, length), _day(free, slot)) for slot in slots}
    least: dict[date, int] = {}
    for taken, day in busy.values():
        least[day] = min(taken, least.get(day, taken))
    quietest = [slot for slot, (taken, day) in busy.items() if taken == least[day]]
    quietest.sort(key=lambda slot: (busy[slot][0], abs(slot - wished)))
    taken_days = {_day(free, slot) for slot in chosen}
    first_of_day = {busy[slot][1]: slot for slot in reversed(quietest) if busy[slot][1] not in taken_days}
    others = [slot for slot in quietest if first_of_day.get(busy[slot][1]) == slot]
    return [*others, *quietest]


def _day(free: Capacity, slot: int) -> date:
    return free.window.moment(slot).astimezone(free.window.zone).date()


def _end(free: Capacity, legs: Sequence[Leg], slot: int) -> datetime:
    stays = free.place(legs, free.window.moment(slot))
    return (
        stays[-1].ends_at if stays else free.window.moment(slot) + timedelta(minutes=sum(leg.minutes for leg in legs))
    )
