"""The first time at which somebody and a bay are both free for long enough, and the best of all such pairs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.at_work import AtWork, Span
from services.shop_floor import Floor, Hand, Place, Taken
from services.workshop import Needs

LARGE = 4 * 60  # minutes: work longer than that may begin today and go on tomorrow
LEAST = 2 * 60  # minutes of it that have to fit today
SOON = 30  # minutes: who can begin so little later counts as free at the same time
QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Fit:
    """Somebody and a bay, from when until when they are held; `done_at` when all of the work is done."""

    hand: Hand
    bay: Place
    starts_at: datetime
    ends_at: datetime
    done_at: datetime


@dataclass(frozen=True)
class Wish:
    """What the best place is judged by. `ready_by`: until when the work has to be done; `own` people and bays were planned,
    `hurry`: every minute counts; `not_before`: when the car is here."""

    needs: Needs
    not_before: datetime
    ready_by: datetime | None = None
    own_staff: frozenset[int] = frozenset()
    own_bays: frozenset[int] = frozenset()
    hurry: bool = False


def first_fit(
    hours: AtWork, taken: Sequence[Span], staff_id: int, not_before: datetime, minutes: int, least: int | None = None
) -> tuple[datetime, datetime] | None:
    """From when until when; `taken` is what neither may overlap, by start. None when there is no such time within a week.

    `least`: so many minutes have to fit on the day it begins; without it all of them, of large work two hours."""
    start: datetime | None = not_before
    while start := hours.begin(staff_id, start) if start else None:
        ends = held_until(hours, staff_id, start, minutes, least)
        if ends is None:
            start = hours.day_end(staff_id, start)
            continue
        clash = next((last for first, last in taken if first < ends and last > start), None)
        if clash is None:
            return start, ends
        start = clash
    return None


def held_until(
    hours: AtWork, staff_id: int, start: datetime, minutes: int, least: int | None = None
) -> datetime | None:
    """How long a place is held: as long as the work takes, or until the person goes home when enough of it fits before.
    None when it does not."""
    ends, home = hours.end(staff_id, start, minutes), hours.day_end(staff_id, start)
    if home is None or ends <= home:
        return ends
    enough = least if least is not None else LEAST if minutes > LARGE else minutes
    return home if hours.minutes(staff_id, start, home) >= enough else None


def fits(floor: Floor, taken: Taken, wish: Wish) -> list[Fit]:
    """Every suitable person with every suitable bay, the best first."""
    found = list(_fits(floor, taken, wish))
    first = min((one.starts_at for one in found), default=floor.now)
    load = {hand.id: load_of(floor, taken, hand.id) for hand in {one.hand for one in found}}
    return sorted(found, key=lambda one: _rank(floor, wish, one, first, load))


def load_of(floor: Floor, taken: Taken, staff_id: int) -> int:
    """How many minutes of somebody's day are taken, from now on."""
    home = floor.hours.day_end(staff_id, floor.now)
    if home is None:
        return 0
    spans = merged((max(first, floor.now), min(last, home)) for first, last in taken.get(("staff", staff_id), ()))
    return sum(floor.hours.minutes(staff_id, first, last) for first, last in spans)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans by start, those that touch made into one."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if first >= last:
            continue
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _fits(floor: Floor, taken: Taken, wish: Wish) -> Iterator[Fit]:
    needs = wish.needs
    bays = [bay for bay in floor.bays if bay.kind in needs.kinds]
    for hand in (hand for hand in floor.hands if hand.skills & needs.skills):
        own = taken.get(("staff", hand.id), ())
        for bay in bays:
            both = sorted([*own, *taken.get(("bay", bay.id), ())])
            span = first_fit(floor.hours, both, hand.id, wish.not_before, needs.minutes)
            if span:
                yield Fit(hand, bay, *span, floor.hours.end(hand.id, span[0], needs.minutes))


def _rank(floor: Floor, wish: Wish, fit: Fit, first: datetime, load: dict[int, int]) -> tuple[object, ...]:
    """Who can do all of it; in an empty bay; in time; not the supervisor; soon; as planned; with least to do, and needed least
    elsewhere."""
    later = fit.starts_at - first
    return (
        not wish.needs.skills <= fit.hand.skills,
        fit.bay.id in floor.standing,
        wish.ready_by is not None and fit.done_at > wish.ready_by,
        fit.hand.leads,
        later // QUARTER if wish.hurry or later > timedelta(minutes=SOON) else 0,
        bool(wish.own_staff) and fit.hand.id not in wish.own_staff,
        load[fit.hand.id],
        len(fit.hand.skills),
        bool(wish.own_bays) and fit.bay.id not in wish.own_bays,
        fit.starts_at,
    )
