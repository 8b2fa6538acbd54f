"""Who should do what next and where: a proposal for every waiting car, the most urgent served first. The supervisor decides."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from db.enums import OrderStatus as S
from db.models import Garage, Vehicle, WorkOrder
from services import permissions as may
from services.boards import OrderCard
from services.dispatch_reasons import CARE, NOT_TODAY, Why, nobody, outcome, why_now, why_parts, why_there
from services.forecast import minutes_after
from services.order_moves import ORDERS
from services.parts_in_hand import Lack, lacking
from services.place_search import Fit, Wish, fits
from services.promise_reckoning import open_time
from services.refusals import Refusal, SlotTaken
from services.shop_floor import Floor, floor
from services.slots import instant
from services.work import Work, overlaps
from services.workshop import dispatch, needs_of, reassign

HALF_HOUR = timedelta(minutes=30)  # promises that close together are equally urgent: then booked goes before walk-in
_FAR = timedelta(days=365)


@dataclass(frozen=True)
class Given:
    """What is accepted: the car, to whom, where and from when."""

    order_id: int
    action: str
    staff_id: int
    bay_id: int
    starts_at: datetime


@dataclass(frozen=True)
class Proposal:
    """For one waiting car: to whom and where, and why. `fit` None: there is nobody or no bay. `blockers` stand in the way of
    giving it out at all; `parts_missing`: nothing of its work can begin; `today`: it can begin today."""

    card: OrderCard
    action: str
    fit: Fit | None
    reasons: tuple[Why, ...]
    blockers: tuple[Refusal, ...] = ()
    parts_missing: bool = False
    today: bool = True

    @property
    def given(self) -> Given | None:
        """What would be accepted; None while it cannot be given out."""
        if self.fit is None or self.blockers:
            return None
        return Given(self.card.id, self.action, self.fit.hand.id, self.fit.bay.id, self.fit.starts_at)

    @property
    def advised(self) -> bool:
        """Whether it is among those to accept all at once: it can begin today, with its parts."""
        return self.given is not None and self.today and not self.parts_missing


def proposals(work: Work, shop: Floor | None = None) -> list[Proposal]:
    """A proposal for every waiting car, in the order in which they are served; each holds together with those before it, and by
    itself. About 25 queries, however many cars."""
    shop = shop or floor(work)
    waiting = sorted((card for card in shop.cards.values() if _waits(card, shop)), key=lambda c: _rank(c, work.now))
    lacks = lacking(work, [card.facts for card in waiting])
    taken, found = shop.taken(), []
    for card in waiting:
        one = _propose(work, shop, taken, card, lacks.get(card.id, []))
        if one.fit and one.advised:
            for key in (("staff", one.fit.hand.id), ("bay", one.fit.bay.id)):
                taken.setdefault(key, []).append((one.fit.starts_at, one.fit.ends_at))
        found.append(one)
    return sorted(found, key=lambda one: not one.advised)


def accept(work: Work, given: Given) -> WorkOrder:
    """Do as proposed. What was to begin a moment ago begins now. Refuses as `dispatch` does: the car given out meanwhile is
    WrongStatus, the place taken SlotTaken."""
    verb = dispatch if given.action == "dispatch" else reassign
    starts_at = max(given.starts_at, work.now)
    return verb(work, given.order_id, staff_id=given.staff_id, bay_id=given.bay_id, starts_at=starts_at)


def accept_all(work: Work, wanted: Sequence[Given]) -> list[tuple[str, Refusal | None]]:
    """Do as proposed for all, each by itself: what one of them meets does not stop the others. Returns the plates, with the
    refusal of those that were refused. Refuses with NotAllowed."""
    work.needs(*may.DISPATCHES)
    for key in sorted({given.order_id for given in wanted}):
        work.lock(WorkOrder, key)
    work.lock(Garage, work.garage.id)
    return [_one(work, given) for given in wanted]


def _one(work: Work, given: Given) -> tuple[str, Refusal | None]:
    plate = work.get(Vehicle, work.get(WorkOrder, given.order_id).vehicle_id).plate
    try:
        with _by_itself(work):
            accept(work, given)
    except Refusal as refusal:
        return plate, refusal
    return plate, None


@contextmanager
def _by_itself(work: Work) -> Iterator[None]:
    """A part of the act that can fail alone."""
    try:
        with work.db.begin_nested():
            yield
    except IntegrityError as error:
        if overlaps(error):
            raise SlotTaken from error
        raise
    finally:
        work.known.clear()


def _waits(card: OrderCard, shop: Floor) -> bool:
    """Nobody has it: to be given out for the first time, or sent back after a check with no place held for it."""
    if card.status == S.AWAITING_DISPATCH:
        return True
    ahead = any(visit.ends_at > shop.now for visit in shop.of(card.id))
    return card.status == S.REWORK and not card.facts.running and not ahead and card.id not in shop.busy


def _rank(card: OrderCard, now: datetime) -> tuple[object, ...]:
    """Rework, who waits here, by when work must begin to keep the promise, booked before walk-in."""
    order = card.order
    promised = order.promised_at or order.arrived_at + _FAR
    latest = promised - timedelta(minutes=needs_of(card.facts).minutes)
    return (
        not card.facts.in_rework,
        not order.waits,
        (latest - now) // HALF_HOUR,
        order.appointment_id is None,
        promised,
        order.arrived_at,
        order.id,
    )


def _propose(
    work: Work, shop: Floor, taken: dict[tuple[str, int], list[tuple[datetime, datetime]]], card: OrderCard, lacks: list[Lack]
) -> Proposal:  # fmt: skip
    action = "reassign" if card.status == S.REWORK else "dispatch"
    facts = card.facts
    blockers = tuple(ORDERS.move(action).blockers(facts))
    if not facts.agreed_jobs:
        return Proposal(card, action, None, tuple(why_now(card)), blockers)
    wish, own = _wish(shop, card), shop.of(card.id)
    mine = _without(taken, [(key, (visit.starts_at, visit.ends_at)) for visit in own for key in visit.keys])
    days = {lack: day for lack in lacks if (day := _morning(work, lack))}
    waits_for = [lack for lack in lacks if lack.order_job_id in {job.id for job in facts.undone}]
    stuck = bool(facts.undone) and {lack.order_job_id for lack in waits_for} >= {job.id for job in facts.undone}
    parts = why_parts(lacks, any(line.part_id for line in facts.lines), days)
    best = next(iter(fits(shop, mine, wish)), None)
    if best is None:
        return Proposal(card, action, None, (*why_now(card), nobody(shop, wish), *parts), blockers, stuck)
    ready = open_time(list(shop.outlook.spans), best.done_at, minutes_after(facts) or 0)
    today = work.local(best.starts_at).date() == work.local(work.now).date()
    reasons = (
        *why_now(card),
        *why_there(shop, mine, card, wish, best),
        *parts,
        *(() if today else (Why(NOT_TODAY, "event_upcoming", CARE),)),
        outcome(ready, card.order.promised_at),
    )
    return Proposal(card, action, best, reasons, blockers, stuck, today)


def _wish(shop: Floor, card: OrderCard) -> Wish:
    """The people and bay planned, or those of the work that is sent back."""
    order, own = card.order, shop.of(card.id)
    staff = {one for visit in own for one in visit.staff} | ({order.technician_id} if order.technician_id else set())
    bays = {one for visit in own for one in visit.bays} | ({order.bay_id} if order.bay_id else set())
    after = timedelta(minutes=minutes_after(card.facts) or 0)
    ready_by = order.promised_at - after if order.promised_at else None
    hurry = order.waits or card.facts.in_rework
    return Wish(needs_of(card.facts), shop.now, ready_by, frozenset(staff), frozenset(bays), hurry)


def _without(
    taken: dict[tuple[str, int], list[tuple[datetime, datetime]]],
    own: Iterable[tuple[tuple[str, int], tuple[datetime, datetime]]],
) -> dict[tuple[str, int], list[tuple[datetime, datetime]]]:
    """Everything taken but what the car itself holds."""
    found = dict(taken)
    for key, span in own:
        rest = list(found.get(key, ()))
        if span in rest:
            rest.remove(span)
        found[key] = rest
    return found


def _morning(work: Work, lack: Lack) -> datetime | None:
    """An instant on the day the part comes; None when nobody knows the day, or it has passed without the part."""
    day = lack.expected_on
    return instant(day, 12 * 60, work.zone) if day and day >= work.local(work.now).date() else None
