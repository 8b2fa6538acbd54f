"""Work that takes longer than its place is held: what it pushes, what will break, and how what follows can be moved."""

from dataclasses import dataclass

from services.at_work import Span
from services.boards import OrderCard
from services.booked_visits import booked
from services.shop_floor import LEAST, Busy, Floor, Key, floor
from services.what_follows import Break, Follow, Moved
from services.work import Work


@dataclass(frozen=True)
class Overrun:
    """A car that takes longer. `breaks` is what breaks when everything just waits; `moves` is what one tap does, `left` what
    breaks all the same; `stuck` are bookings for which there is no place: someone has to talk to their customers first. `holds`
    is what can then be held on for the car itself."""

    busy: Busy
    breaks: tuple[Break, ...]
    moves: tuple[Moved, ...]
    left: tuple[Break, ...]
    stuck: tuple[Break, ...]
    holds: tuple[tuple[Key, Span], ...]

    @property
    def card(self) -> OrderCard:
        """The car."""
        return self.busy.card

    @property
    def matters(self) -> bool:
        """Whether anybody has to wait, or goes elsewhere."""
        late = (one for one in self.moves if one.fit or one.starts_at - one.visit.starts_at >= LEAST)
        return bool(self.breaks) or any(late)

    @property
    def minutes(self) -> int:
        """How much opening time it takes longer than held."""
        return self.busy.over


def overruns(work: Work, shop: Floor | None = None) -> list[Overrun]:
    """Every car in work that takes at least five minutes longer than its place is held, what breaks soonest first. Two queries
    more than the floor, however many cars."""
    shop = shop or floor(work)
    late = [busy for busy in shop.busy.values() if busy.ends_at - busy.held_until >= LEAST]
    if not late:
        return []
    coming = booked(work, {visit.appointment_id or 0 for visit in shop.visits if visit.order_id is None})
    found = [_overrun(Follow(work, shop, coming, busy)) for busy in late]
    return sorted(found, key=lambda one: (not one.breaks, not one.matters, one.busy.held_until, one.card.id))


def _overrun(follow: Follow) -> Overrun:
    waiting, stay = follow.moves(elsewhere=False)
    moves, stuck = follow.moves(elsewhere=True)
    own = follow.own()
    breaks = (*own, *follow.breaks(waiting), *stay)
    return Overrun(
        follow.busy, breaks, tuple(moves), (*own, *follow.breaks(moves)), tuple(stuck), tuple(follow.holds(moves))
    )
