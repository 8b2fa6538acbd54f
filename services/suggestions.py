"""Who and which bay could take a car: those who fit, the best first. The program proposes, the supervisor decides."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import select

from db.models import Absence
from services.at_work import AtWork, Span
from services.order_facts import OrderFacts
from services.place_search import first_fit, load_of
from services.shop_floor import Floor, floor
from services.work import Work
from services.workshop import Needs, needs_of, planned_start
from services.workshop_plan import plan_of


@dataclass
class Candidate:
    """A person or a bay. `load` is how many minutes of today are already taken; `taken` are the spans ahead, by start; `today`:
    at work today; `stands` the plate of a car on hold that stands in the bay."""

    id: int
    name: str
    planned: bool
    skilled: bool = True
    load: int = 0
    taken: list[Span] = field(default_factory=list)
    today: bool = True
    stands: str = ""


@dataclass
class Suggestions:
    """People and bays that fit, the best first, and how long a place is needed from when."""

    people: list[Candidate]
    bays: list[Candidate]
    start: datetime
    minutes: int
    hours: AtWork

    def first_free(self, staff_id: int, bay_id: int) -> datetime:
        """The earliest time, not before the planned one, from which both are free for long enough and the person is at work; for
        somebody who is not at work this week as if they were."""
        spans = [s for c in self.people if c.id == staff_id for s in c.taken]
        spans = sorted([*spans, *(s for c in self.bays if c.id == bay_id for s in c.taken)])
        found = first_fit(self.hours, spans, staff_id, self.start, self.minutes)
        if found and self.hours.today(staff_id, self.start):
            return found[0]
        start, length = self.start, timedelta(minutes=self.minutes)
        for begins, ends in spans:
            if begins < start + length and ends > start:
                start = ends
        return start


def suggestions(work: Work, facts: OrderFacts) -> Suggestions:
    """People with a needed skill who are not away, and active bays of a needed kind: the planned ones first, then those at work
    today who know all of it, in empty bays, by load. A fixed number of queries, whatever the size of the garage."""
    needs, order = needs_of(facts), facts.order
    shop = floor(work)
    own = {order.technician_id, order.bay_id} if order.technician_id else _planned(shop, order.id)
    taken = {key: sorted(spans) for key, spans in shop.without(order.id).items()}
    away = set(work.db.exec(select(Absence.staff_id).where(Absence.starts_at <= work.now, Absence.ends_at > work.now)))
    people = [one for one in _people(shop, needs, own, taken) if one.id not in away]
    start = planned_start(work, order.id)
    whole = start + timedelta(minutes=needs.minutes)
    held = plan_of(work, order.id, start).until(work, start, whole) - start  # of a large job only the day it begins
    minutes = int(held.total_seconds() // 60)
    return Suggestions(_ordered(people), _ordered(_bays(shop, needs, own, taken)), start, minutes, shop.hours)


def _people(
    shop: Floor, needs: Needs, own: set[int | None], taken: dict[tuple[str, int], list[Span]]
) -> Iterable[Candidate]:
    for hand in shop.hands:
        if hand.skills & needs.skills:
            yield Candidate(
                hand.id, hand.name, hand.id in own, needs.skills <= hand.skills, load_of(shop, taken, hand.id),
                taken.get(("staff", hand.id), []), shop.hours.today(hand.id, shop.now),
            )  # fmt: skip


def _bays(
    shop: Floor, needs: Needs, own: set[int | None], taken: dict[tuple[str, int], list[Span]]
) -> Iterable[Candidate]:
    closes = next((last for first, last in shop.outlook.spans if last > shop.now), shop.now)
    for bay in shop.bays:
        if bay.kind in needs.kinds:
            spans = taken.get(("bay", bay.id), [])
            ahead = (min(last, closes) - max(first, shop.now) for first, last in spans if first < closes)
            load = sum((one for one in ahead if one > timedelta()), timedelta())
            stands = shop.standing.get(bay.id)
            yield Candidate(bay.id, bay.name, bay.id in own, True, int(load.total_seconds() // 60), spans,
                            stands=stands.vehicle.plate if stands else "")  # fmt: skip


def _planned(shop: Floor, order_id: int) -> set[int | None]:
    return {key for visit in shop.of(order_id) for key in (*visit.staff, *visit.bays)}


def _ordered(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda c: (not c.planned, not c.today, not c.skilled, bool(c.stands), c.load))
