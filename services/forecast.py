"""When each car in the shop will be ready and what is left until its promise: judged by the work, not only by the clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from db.enums import OrderStatus as S
from db.enums_workshop import Risk
from db.models import ClockEntry
from services.boards import OrderCard
from services.forecast_start import Span, starts
from services.order_facts import OrderFacts
from services.promise_reckoning import CHECKS_MINUTES, WASH_MINUTES, open_spans, open_time
from services.work import Work
from services.workshop import REWORK_MINUTES

LEAST = 5  # minutes left on a job whose standard time is used up and which is still not finished
TIGHT = 30  # less than so many minutes to spare: about to be late
DAYS = 14  # opening hours known ahead; plain minutes after that

_BEFORE = (S.RECEPTION, S.AWAITING_APPROVAL)
_WORK = (S.AWAITING_DISPATCH, S.IN_WORK, S.ON_HOLD, S.REWORK)
_THEIR_TURN = (S.IN_WORK, S.REWORK)
_AFTER: Mapping[S, int] = {
    S.TEAM_CHECK: CHECKS_MINUTES * 2 // 3,
    S.FINAL_INSPECTION: CHECKS_MINUTES // 3,
    S.WASH: 0,
}  # of the time for the three checks


@dataclass(frozen=True)
class Forecast:
    """`left_minutes` of labour, done at `work_ends_at`; `ends_at` the car is ready, checked and washed (None: it is, or has left);
    `spare_minutes` of opening time from then until the promise, negative the plain minutes it will be late, None without one."""

    left_minutes: int
    ends_at: datetime | None = None
    spare_minutes: int | None = None
    risk: Risk = Risk.ON_TIME
    work_ends_at: datetime | None = None


READY = Forecast(0)


@dataclass(frozen=True)
class Outlook:
    """What forecasts rest on: the opening hours ahead, and when work on each car can begin or go on, by order."""

    spans: list[Span]
    begins: Mapping[int, datetime]
    known: dict[int, tuple[OrderFacts, datetime, Forecast]] = field(default_factory=dict)

    def of(self, facts: OrderFacts, now: datetime) -> Forecast:
        """The forecast of one car as it stands `now`; one made from the same facts less than a minute ago is that. No query."""
        made_from, at, found = self.known.get(facts.order.id, (None, now, READY))
        if made_from is not facts or now - at >= timedelta(minutes=1):
            found = self._reckon(facts, now)
            self.known[facts.order.id] = facts, now, found
        return found

    def _reckon(self, facts: OrderFacts, now: datetime) -> Forecast:
        order = facts.order
        after = minutes_after(facts)
        if after is None:
            return READY
        left = minutes_left(facts, now)
        done = self._labour_ends(facts, left, now)
        ends = open_time(self.spans, done, after)
        spare = _spare(self.spans, ends, order.promised_at) if order.promised_at else None
        return Forecast(left, ends, spare, _risk(spare), done)

    def _labour_ends(self, facts: OrderFacts, left: int, now: datetime) -> datetime:
        waits = facts.order.status in _BEFORE + _WORK and not facts.running
        begins = max(now, self.begins.get(facts.order.id, now)) if waits else now
        return labour_end(self.spans, facts, begins, left)


def outlook(work: Work, cards: Iterable[OrderCard]) -> Outlook:
    """What the forecasts of these cars rest on; who is on one of the cars takes up the next one after it. Four queries."""
    facts = [card.facts for card in cards]
    spans = list(open_spans(work, work.now, DAYS))
    return Outlook(spans, _in_turn(facts, spans, starts(work, facts, spans), work.now))


def forecasts(work: Work, cards: Iterable[OrderCard]) -> dict[int, Forecast]:
    """The forecast of every car, by order id. Four queries, however many cars."""
    cards = list(cards)
    found = outlook(work, cards)
    return {card.id: found.of(card.facts, work.now) for card in cards}


def minutes_left(facts: OrderFacts, now: datetime) -> int:
    """Standard minutes of what is agreed and not finished (before the customer's word: of what counts), less what was clocked
    on it; what is sent back counts as half an hour of rework."""
    status = facts.order.status
    if status in _BEFORE:
        return facts.minutes_left
    if status not in _WORK:
        return 0
    if facts.undone:
        used = _minutes(facts.clocks, now)
        return sum(max(job.minutes - used.get(job.id, 0), LEAST) for job in facts.undone)
    if facts.to_rework:
        return max(REWORK_MINUTES - sum(_minutes(_rework(facts), now).values()), LEAST)
    return 0


def minutes_after(facts: OrderFacts) -> int | None:
    """Minutes of checks and wash still to come after the labour; None when the car is ready or gone."""
    status = facts.order.status
    if status in (S.READY, S.DELIVERED, S.CLOSED, S.CANCELLED):
        return None
    return _AFTER.get(status, CHECKS_MINUTES) + (WASH_MINUTES if facts.order.wash or status == S.WASH else 0)


def labour_end(spans: list[Span], facts: OrderFacts, begins: datetime, left: int) -> datetime:
    """When `left` minutes of labour are done from `begins` on; those whose clocks run share them."""
    people = len({clock.staff_id for clock in facts.running}) or 1
    return open_time(spans, begins, -(-left // people))


def _in_turn(
    facts: Sequence[OrderFacts], spans: list[Span], begins: dict[int, datetime], now: datetime
) -> dict[int, datetime]:
    """Nobody begins the next car before the one their clock runs on is done."""
    free: dict[int, datetime] = {}
    for car in facts:
        for clock in car.running:
            ends = labour_end(spans, car, now, minutes_left(car, now))
            free[clock.staff_id] = max(free.get(clock.staff_id, now), ends)
    waiting = [car for car in facts if car.order.status in _THEIR_TURN and not car.running and car.order.technician_id]
    for car in sorted(waiting, key=lambda car: (begins.get(car.order.id, now), *_promised(car))):
        who = car.order.technician_id or 0
        begin = max(begins.get(car.order.id, now), free.get(who, now))
        begins[car.order.id] = begin
        free[who] = labour_end(spans, car, begin, minutes_left(car, now))
    return begins


def _promised(facts: OrderFacts) -> tuple[bool, datetime, int]:
    order = facts.order
    return order.promised_at is None, order.promised_at or order.arrived_at, order.id


def _rework(facts: OrderFacts) -> list[ClockEntry]:
    since = max((check.at for check in facts.checks if not check.passed), default=facts.order.arrived_at)
    return [clock for clock in facts.clocks if clock.rework and clock.started_at >= since]


def _minutes(clocks: Iterable[ClockEntry], now: datetime) -> dict[int, int]:
    """Whole minutes clocked, by job."""
    found: dict[int, timedelta] = {}
    for clock in clocks:
        spent = (clock.ended_at or now) - clock.started_at
        found[clock.order_job_id] = found.get(clock.order_job_id, timedelta()) + spent
    return {job: int(spent.total_seconds() // 60) for job, spent in found.items()}


def _spare(spans: list[Span], ends: datetime, promised: datetime) -> int:
    if promised < ends:
        return -int((ends - promised).total_seconds() // 60)
    inside = (min(closes, promised) - max(opens, ends) for opens, closes in spans)
    return int(sum((length for length in inside if length > timedelta()), timedelta()).total_seconds() // 60)


def _risk(spare: int | None) -> Risk:
    if spare is None or spare >= TIGHT:
        return Risk.ON_TIME
    return Risk.LATE if spare < 0 else Risk.TIGHT
