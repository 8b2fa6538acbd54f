"""What follows a car that takes longer: where it can go, and which promises and bookings break."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from db.enums import OrderStatus as S
from services.at_work import Span
from services.boards import OrderCard
from services.booked_visits import Booked
from services.forecast import minutes_after
from services.i18n import N_
from services.place_search import Fit, Wish, first_fit, fits
from services.promise_reckoning import open_time
from services.shop_floor import BEGUN, LEAST, Busy, Floor, Key, Visit
from services.work import Work
from services.workshop import Needs, needs_of

LITTLE = timedelta(minutes=15)  # so much later in its own place is better than elsewhere
PROMISE, BOOKING, NOT_TODAY, NO_PLACE = (
    N_("Promised {at}: ready {span} late"),
    N_("Booked {at}: waits {span}"),
    N_("Booked {at}: not finished today"),
    N_("Booked {at}: no place left today"),
)


@dataclass(frozen=True)
class Break:
    """What will not hold: a promise or a booking of that instant, and by how many minutes."""

    order_id: int | None
    plate: str
    words: str
    at: datetime
    minutes: int = 0


@dataclass(frozen=True)
class Moved:
    """How a visit that follows can be moved; `fit` when to somebody else or to another bay."""

    plate: str
    customer: str
    visit: Visit
    starts_at: datetime
    ends_at: datetime
    done_at: datetime
    fit: Fit | None = None

    @property
    def keys(self) -> list[Key]:
        """What it takes then."""
        return [("staff", self.fit.hand.id), ("bay", self.fit.bay.id)] if self.fit else self.visit.keys


class Follow:
    """What follows one car that takes longer, as other cars that take longer are known too."""

    def __init__(self, work: Work, shop: Floor, coming: Mapping[int, Booked], busy: Busy) -> None:
        self.work, self.shop, self.coming, self.busy = work, shop, coming, busy
        self.ahead = sorted((one for one in shop.visits if self._movable(one)), key=lambda one: one.starts_at)

    def moves(self, *, elsewhere: bool) -> tuple[list[Moved], list[Break]]:
        """What is in the way, one after the other, and where it goes; and what can go nowhere."""
        pressure: dict[Key, list[Span]] = defaultdict(list)
        for key, span in self.busy.spans:
            pressure[key].append(span)
        fixed = self.shop.taken(without=self.ahead)
        moved: list[Moved] = []
        stuck: list[Break] = []
        for visit in self.ahead:
            if not _clash(pressure, visit.keys, visit.starts_at, visit.ends_at):
                continue
            one = self._best(visit, fixed, moved, elsewhere=elsewhere)
            if one is None:
                booking = self.coming[visit.appointment_id or 0]
                stuck.append(Break(None, booking.plate, NO_PLACE, booking.at))
                continue
            moved.append(one)
            for key in one.keys:
                pressure[key].append((one.starts_at, one.ends_at))
                fixed[key].append((one.starts_at, one.ends_at))
        return moved, stuck

    def holds(self, moves: Iterable[Moved]) -> Iterator[tuple[Key, Span]]:
        """Its people and its bay until it is done; where another car is worked on too, only up to that one."""
        mine, gone = self.shop.of(self.busy.card.id), [one.visit for one in moves]
        others = [one for one in self.shop.visits if one not in gone and one not in mine]
        for key, (starts, ends) in self.busy.spans:
            since = max([starts, *(one.ends_at for one in mine if key in one.keys and one.starts_at <= starts)])
            ahead = (
                one for one in (*others, *mine) if key in one.keys and one.starts_at < ends and one.ends_at > since
            )
            until = min([ends, *(one.starts_at for one in ahead)])
            if since < until:
                yield key, (since, until)

    def own(self) -> list[Break]:
        """The promise of the car itself."""
        return self._promise(self.busy.card, self.busy.ends_at)

    def breaks(self, moved: Iterable[Moved]) -> list[Break]:
        """Promises and bookings that do not hold then."""
        found: list[Break] = []
        for one in moved:
            card = self.shop.cards.get(one.visit.order_id or 0)
            if card and not any(v.starts_at > one.visit.starts_at for v in self.shop.of(card.id)):
                found += self._promise(card, one.done_at)
            booking = self.coming.get(one.visit.appointment_id or 0) if one.visit.order_id is None else None
            if booking and one.done_at > one.ends_at:
                found.append(Break(None, booking.plate, NOT_TODAY, booking.at))
            elif booking and one.starts_at - one.visit.starts_at >= LEAST:
                minutes = int((one.starts_at - one.visit.starts_at) / timedelta(minutes=1))
                found.append(Break(None, booking.plate, BOOKING, booking.at, minutes))
        return found

    def _promise(self, card: OrderCard, done_at: datetime) -> list[Break]:
        promised = card.order.promised_at
        ready = open_time(list(self.shop.outlook.spans), done_at, minutes_after(card.facts) or 0)
        if promised is None or ready <= promised:
            return []
        return [Break(card.id, card.vehicle.plate, PROMISE, promised, int((ready - promised) / timedelta(minutes=1)))]

    def _movable(self, visit: Visit) -> bool:
        """Ahead, of another car, on which nobody works yet."""
        if visit.ends_at <= self.shop.now or visit.order_id == self.busy.card.id:
            return False
        if visit.order_id is None:
            return visit.appointment_id in self.coming
        card = self.shop.cards.get(visit.order_id)
        begun = card is not None and card.status in (*BEGUN, S.ON_HOLD) and visit.starts_at <= self.shop.now
        return card is not None and not begun

    def _best(
        self, visit: Visit, fixed: Mapping[Key, Sequence[Span]], moved: Sequence[Moved], *, elsewhere: bool
    ) -> Moved | None:
        """In its own place when that is only a little later and breaks nothing; else where it can begin sooner."""
        own = self._in_place(visit, fixed)
        if not elsewhere or (own and own.starts_at - self._begin(visit) <= LITTLE and not self.breaks([own])):
            return own
        other = self._elsewhere(visit, moved)
        return other if other and (own is None or other.starts_at <= own.starts_at - LITTLE) else own

    def _in_place(self, visit: Visit, fixed: Mapping[Key, Sequence[Span]]) -> Moved | None:
        spans = sorted(span for key in visit.keys for span in fixed.get(key, ()))
        start = self._begin(visit)
        if not visit.staff:
            ends = _after(spans, start, visit.ends_at - visit.starts_at)
            return self._moved(visit, (ends - (visit.ends_at - visit.starts_at), ends), ends)
        who, minutes = visit.staff[0], self._minutes(visit)
        span = first_fit(self.shop.hours, spans, who, start, minutes, least=minutes // 2)
        return self._moved(visit, span, self.shop.hours.end(who, span[0], minutes)) if span else None

    def _elsewhere(self, visit: Visit, moved: Sequence[Moved]) -> Moved | None:
        needs = self._needs(visit) if len(visit.staff) == len(visit.bays) == 1 else None
        if needs is None:
            return None
        taken = self.shop.taken(without=[visit, *(one.visit for one in moved)])
        for one in moved:
            for key in one.keys:
                taken.setdefault(key, []).append((one.starts_at, one.ends_at))
        wish = Wish(needs, self._begin(visit), None, frozenset(visit.staff), frozenset(visit.bays), hurry=True)
        found = (
            one for one in fits(self.shop, taken, wish)
            if (needs.skills <= one.hand.skills or one.hand.id in visit.staff) and one.bay.id not in self.shop.standing
        )  # fmt: skip
        best = next(found, None)
        return self._moved(visit, (best.starts_at, best.ends_at), best.done_at, best) if best else None

    def _moved(self, visit: Visit, span: Span, done_at: datetime, fit: Fit | None = None) -> Moved | None:
        """A booking cannot go to another day without its customer."""
        card, booking = self.shop.cards.get(visit.order_id or 0), self.coming.get(visit.appointment_id or 0)
        if card is None and self.work.local(span[0]).date() != self.work.local(self._begin(visit)).date():
            return None
        plate, customer = (card.vehicle.plate, card.customer.name) if card else ("", "")
        if booking and not card:
            plate, customer = booking.plate, booking.customer
        return Moved(plate, customer, visit, *span, done_at, fit)

    def _begin(self, visit: Visit) -> datetime:
        return max(visit.starts_at, self.shop.now)

    def _minutes(self, visit: Visit) -> int:
        """Work in it: without the break it is held over, unless most of it lies there."""
        inside = self.shop.hours.minutes(visit.staff[0], visit.starts_at, visit.ends_at)
        plain = -(-(visit.ends_at - visit.starts_at) // timedelta(minutes=1))
        return inside if 2 * inside >= plain else plain

    def _needs(self, visit: Visit) -> Needs | None:
        """What another place has to offer: the skills, the same kind of bay, the time held."""
        kinds = frozenset(bay.kind for bay in self.shop.bays if bay.id in visit.bays)
        card = self.shop.cards.get(visit.order_id or 0)
        if card:
            return replace(needs_of(card.facts), kinds=kinds, minutes=self._minutes(visit))
        booking = self.coming.get(visit.appointment_id or 0)
        return Needs(booking.skills, kinds, self._minutes(visit)) if booking else None


def _clash(taken: Mapping[Key, Sequence[Span]], keys: Iterable[Key], starts: datetime, ends: datetime) -> bool:
    return any(first < ends and last > starts for key in keys for first, last in taken.get(key, ()))


def _after(spans: Sequence[Span], start: datetime, length: timedelta) -> datetime:
    """The end of the first gap of that length."""
    for first, last in spans:
        if first < start + length and last > start:
            start = last
    return start + length
