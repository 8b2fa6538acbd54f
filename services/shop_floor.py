"""The shop as dispatching sees it: people, bays, who holds which place when, and when the cars in work will really be done."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from db.enums import BayKind, Role, Skill
from db.enums import OrderStatus as S
from db.models import Bay, Reservation, Staff, StaffRole
from db.types import UtcDateTime
from services import permissions as may
from services.at_work import AtWork, Span, at_work
from services.boards import OrderCard, order_cards
from services.forecast import Outlook, labour_end, minutes_left, outlook
from services.people import skills
from services.promise_reckoning import on_grid
from services.work import Work

LOADED = (S.RECEPTION, S.AWAITING_APPROVAL, S.AWAITING_DISPATCH, S.IN_WORK, S.ON_HOLD, S.REWORK)
BEGUN = (S.IN_WORK, S.REWORK)
_HANDS = frozenset({Role.TECHNICIAN, Role.TEAM_LEADER})
_A_DAY = timedelta(days=1)  # no place is held longer in one piece
_WEEK = timedelta(days=7)
LEAST = timedelta(minutes=5)  # less than that is no overrun, and nobody waits
Key = tuple[str, int]  # "staff" or "bay", and the id
Taken = Mapping[Key, Sequence[Span]]


@dataclass(frozen=True)
class Hand:
    """Somebody who repairs; `leads`: only when nobody else can."""

    id: int
    name: str
    skills: frozenset[Skill]
    leads: bool


@dataclass(frozen=True)
class Place:
    """A bay."""

    id: int
    name: str
    kind: BayKind


@dataclass(frozen=True)
class Visit:
    """The places held for one car at one time: people and bays, of an order or of a booking whose car is yet to come."""

    order_id: int | None
    appointment_id: int | None
    starts_at: datetime
    ends_at: datetime
    staff: tuple[int, ...]
    bays: tuple[int, ...]

    @property
    def keys(self) -> list[Key]:
        """What it takes."""
        return [*(("staff", one) for one in self.staff), *(("bay", one) for one in self.bays)]


@dataclass(frozen=True)
class Busy:
    """A car that is being worked on: from when its people are on it, until when the work is really done, and until when its
    places are held. `spans` is what it really takes, day by day within opening hours."""

    card: OrderCard
    starts_at: datetime
    ends_at: datetime
    held_until: datetime
    over: int  # minutes of opening time that it takes longer than held
    spans: tuple[tuple[Key, Span], ...]


@dataclass(frozen=True)
class Floor:
    """Everything at one moment. `standing` are cars on hold, by the bay they stand in."""

    now: datetime
    cards: Mapping[int, OrderCard]
    hands: Sequence[Hand]
    bays: Sequence[Place]
    visits: Sequence[Visit]
    busy: Mapping[int, Busy]
    standing: Mapping[int, OrderCard]
    hours: AtWork
    outlook: Outlook

    def taken(self, *, without: Iterable[Visit] = ()) -> dict[Key, list[Span]]:
        """Everything taken, held or used longer than held, the visits `without` left out."""
        left_out, found = set(map(id, without)), defaultdict[Key, list[Span]](list)
        for visit in self.visits:
            for key in visit.keys if id(visit) not in left_out else ():
                found[key].append((visit.starts_at, visit.ends_at))
        for busy in self.busy.values():
            for key, span in busy.spans:
                found[key].append(span)
        return found

    def without(self, order_id: int) -> dict[Key, list[Span]]:
        """The same without what one order holds or uses."""
        rest = {key: one for key, one in self.busy.items() if key != order_id}
        return replace(self, busy=rest).taken(without=self.of(order_id))

    def of(self, order_id: int) -> list[Visit]:
        """The places held for an order."""
        return [visit for visit in self.visits if visit.order_id == order_id]


def floor(work: Work) -> Floor:
    """The shop now. About twenty queries, however many cars, people and bays, and however long the history."""
    cards = {card.id: card for card in order_cards(work, LOADED)}
    visits = _visits(work)
    seen = outlook(work, cards.values())
    busy = {card.id: _busy(card, visits, seen, work.now) for card in cards.values() if _begun(card, visits, work.now)}
    standing = {card.order.bay_id: card for card in cards.values() if card.order.bay_id and card.status == S.ON_HOLD}
    return Floor(work.now, cards, _hands(work), _bays(work), visits, busy, standing, at_work(work), seen)


def _begun(card: OrderCard, visits: Sequence[Visit], now: datetime) -> bool:
    """In work: a clock runs, or its time has come. One that waits to be given out anew after a failed check is not."""
    if card.status not in BEGUN or not (card.order.technician_id or card.facts.running):
        return False
    mine = [visit for visit in visits if visit.order_id == card.id and visit.ends_at > now]
    if card.facts.running or any(visit.starts_at <= now for visit in mine):
        return True
    return not mine and card.status == S.IN_WORK


def _busy(card: OrderCard, visits: Sequence[Visit], seen: Outlook, now: datetime) -> Busy:
    facts, order = card.facts, card.order
    mine = [visit for visit in visits if visit.order_id == card.id]
    held = max((visit.ends_at for visit in mine if visit.starts_at <= now), default=now)
    later = max((visit.ends_at for visit in mine if visit.starts_at > now), default=now)
    begins = now if facts.running else max(now, seen.begins.get(card.id, now))
    left = minutes_left(facts, now)
    ends = max(labour_end(seen.spans, facts, begins, left), now) if left else now
    held = held if left else max(held, now)  # all is done but for the word
    if ends <= later:  # a large job whose rest is planned
        ends = min(ends, max(held, now))
    if ends > held + LEAST:  # on the quarter hour, so that it does not creep on minute by minute
        ends = on_grid(ends)
    people = {clock.staff_id for clock in facts.running} or ({order.technician_id} if order.technician_id else set())
    keys: list[tuple[Key, datetime]] = [(("staff", one), begins) for one in sorted(people)]
    keys += [(("bay", order.bay_id), now)] if order.bay_id else []
    over = sum((last - first for first, last in _open(seen, held, ends)), timedelta())
    spans = tuple((key, span) for key, at in keys for span in _open(seen, at, ends))
    return Busy(card, begins, ends, held, int(over / timedelta(minutes=1)), spans)


def _open(seen: Outlook, starts: datetime, ends: datetime) -> Iterator[Span]:
    for opens, closes in seen.spans:
        if max(starts, opens) < min(ends, closes):
            yield max(starts, opens), min(ends, closes)


_COLUMNS = Reservation.__table__.c  # type: ignore[attr-defined]
_HELD: Any = (
    sa_select(_COLUMNS.order_id, _COLUMNS.appointment_id, _COLUMNS.starts_at, _COLUMNS.ends_at,
              _COLUMNS.staff_id, _COLUMNS.bay_id)
    .where(_COLUMNS.starts_at > bindparam("since", type_=UtcDateTime()),
           _COLUMNS.starts_at < bindparam("until", type_=UtcDateTime()))
    .order_by(_COLUMNS.starts_at, _COLUMNS.id)
)  # fmt: skip


def _visits(work: Work) -> list[Visit]:
    groups: dict[tuple[int | None, int | None, datetime], list[Any]] = defaultdict(list)
    for row in work.db.execute(_HELD, {"since": work.now - _A_DAY, "until": work.now + _WEEK}):
        groups[row.order_id, row.appointment_id, row.starts_at].append(row)
    return [
        Visit(order_id, appointment_id, starts, max(row.ends_at for row in rows),
              tuple(row.staff_id for row in rows if row.staff_id), tuple(row.bay_id for row in rows if row.bay_id))
        for (order_id, appointment_id, starts), rows in groups.items()
    ]  # fmt: skip


def _hands(work: Work) -> list[Hand]:
    roles: dict[int, set[Role]] = defaultdict(set)
    names: dict[int, str] = {}
    query = select(Staff.id, Staff.name, StaffRole.role).join(StaffRole, col(StaffRole.staff_id) == col(Staff.id))
    for key, name, role in work.db.exec(query.where(col(Staff.active)).order_by(Staff.name)):
        names[key] = name
        roles[key].add(Role(role))
    known = skills(work)
    return [
        Hand(key, name, frozenset(known[key]), not roles[key] & _HANDS)
        for key, name in names.items()
        if roles[key].intersection((*may.REPAIRS, Role.MANAGER))
    ]


def _bays(work: Work) -> list[Place]:
    query = select(Bay.id, Bay.name, Bay.kind).where(col(Bay.active)).order_by(col(Bay.position), col(Bay.id))
    return [Place(key, name, BayKind(kind)) for key, name, kind in work.db.exec(query)]
