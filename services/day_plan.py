"""The day plan: who does what where until when. What was planned comes from the places held, what happened from the clocks, and
how long the work in hand goes on from the labour that is left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import col, select

from db.enums import EXPECTED, AppointmentStatus, OrderStatus, Role
from db.enums import OrderStatus as S
from db.enums_workshop import BarKind, Risk
from db.models import Bay
from services.boards import local_day, order_cards
from services.booking_calendar import Held, held
from services.day_clocks import Clocked, clocks_between
from services.forecast import Forecast, outlook
from services.people import names, people_with
from services.work import Work
from services.workshop_board import SHOWN, fits

By = Literal["people", "bays"]
Span = tuple[datetime, datetime]
_GOES_ON = (S.AWAITING_DISPATCH, S.IN_WORK, S.REWORK)
_BEGUN = (S.IN_WORK, S.REWORK, S.ON_HOLD)
_BEFORE = (S.RECEPTION, S.AWAITING_APPROVAL, S.AWAITING_DISPATCH)
_USUAL = (8, 18)  # hours shown on a day the garage is closed


@dataclass(frozen=True)
class Bar:
    """A stretch of a person or a bay: which car, what is done to it, `beside` whom or where. `until`: when the work will really
    be done, when that is later than the place is held. `order_id`, before the car is here `appointment_id`, opens it."""

    kind: BarKind
    starts_at: datetime
    ends_at: datetime
    plate: str
    what: str
    beside: tuple[str, ...]
    until: datetime | None
    risk: Risk
    order_id: int | None
    appointment_id: int | None


@dataclass
class PlanRow:
    """A person or a bay: the stretches held, and when clocks ran there (a running one to now)."""

    name: str
    bars: list[Bar] = field(default_factory=list)
    clocked: list[Span] = field(default_factory=list)


@dataclass(frozen=True)
class DayPlan:
    """Today's rows, and from when to when they reach."""

    rows: Sequence[PlanRow]
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class _Day:
    """What the rows are made of."""

    by: By
    now: datetime
    ends: datetime
    places: Sequence[Held]
    clocks: Sequence[Clocked]
    forecasts: Mapping[int, Forecast]
    people: Mapping[int, str]
    bays: Mapping[int, str]


def day_plan(work: Work, *, by: By, typed: str = "") -> DayPlan:
    """Today, a row for each person who repairs or for each bay, with the cars that fit what was typed (plate, name). A fixed
    number of queries that look at no more than this day."""
    start, end = local_day(work)
    cards = order_cards(work, SHOWN)
    found = outlook(work, cards)
    forecasts = {card.id: found.of(card.facts, work.now) for card in cards}
    bays = select(Bay.id, Bay.name).order_by(col(Bay.position), col(Bay.id)).where(col(Bay.active))
    places = [place for place in held(work, start, end) if fits(typed, place.plate, place.customer)]
    clocks = [clock for clock in clocks_between(work, start, end) if fits(typed, clock.plate)]
    day = _Day(by, work.now, end, places, clocks, forecasts, names(work), dict(work.db.exec(bays).all()))
    keys = list(day.bays) if by == "bays" else _workers(work, day)
    rows = [_row(day, key) for key in keys]
    return DayPlan(rows, *_window(work, rows, [span for span in found.spans if start <= span[0] < end]))


def _workers(work: Work, day: _Day) -> list[int]:
    """Technicians and team leaders, and whoever else has a place or a clock today, by name."""
    found = {one.id for one in people_with(work, (Role.TECHNICIAN, Role.TEAM_LEADER))}
    found |= {place.staff_id for place in day.places if place.staff_id} | {clock.staff_id for clock in day.clocks}
    return sorted(found, key=lambda key: day.people.get(key, ""))


def _row(day: _Day, key: int) -> PlanRow:
    places = [p for p in day.places if key == (p.staff_id if day.by == "people" else p.bay_id) and _counts(p)]
    clocks = [c for c in day.clocks if key == (c.staff_id if day.by == "people" else c.bay_id)]
    last = {place.order_id: place for place in places}
    bars = [_held_bar(day, place, last[place.order_id] is place) for place in places]
    held_for = {place.order_id for place in places}
    bars += _clock_bars(day, [clock for clock in clocks if clock.order_id not in held_for])
    name = day.people.get(key, "") if day.by == "people" else day.bays[key]
    return PlanRow(name, bars, [(clock.starts_at, clock.ends_at or day.now) for clock in clocks])


def _counts(place: Held) -> bool:
    return place.status != S.CANCELLED if place.order_id else place.status in EXPECTED


def _held_bar(day: _Day, place: Held, last: bool) -> Bar:
    forecast = day.forecasts.get(place.order_id or 0)
    return Bar(
        _kind(day, place.order_id, place.status), place.starts_at, min(place.ends_at, day.ends), place.plate, place.what,
        _beside(day, place), _until(day, place, forecast) if forecast and last else None,
        forecast.risk if forecast else Risk.ON_TIME, place.order_id, place.appointment_id,
    )  # fmt: skip


def _kind(day: _Day, order_id: int | None, status: AppointmentStatus | OrderStatus | None) -> BarKind:
    if order_id is None:
        return BarKind.BOOKED
    if status in _BEFORE:
        return BarKind.PLANNED
    if status not in _BEGUN:
        return BarKind.DONE
    clocks = [clock for clock in day.clocks if clock.order_id == order_id]
    if any(clock.ends_at is None for clock in clocks):
        return BarKind.RUNS
    return BarKind.STANDS if clocks or status == S.ON_HOLD else BarKind.PLANNED


def _until(day: _Day, place: Held, forecast: Forecast) -> datetime | None:
    """Past the end of the place held, when the work in hand goes on for longer; as far as this day reaches."""
    ends = forecast.work_ends_at
    if place.status not in _GOES_ON or ends is None or ends <= place.ends_at:
        return None
    return min(ends, day.ends)


def _beside(day: _Day, place: Held) -> tuple[str, ...]:
    """In a person's row the bays held for the car at that time, in a bay's row the people."""
    same = [
        p for p in day.places if p.whose == place.whose and p.starts_at < place.ends_at and p.ends_at > place.starts_at
    ]
    if day.by == "people":
        return tuple(dict.fromkeys(day.bays.get(p.bay_id, "") for p in same if p.bay_id))
    return tuple(dict.fromkeys(day.people.get(p.staff_id, "") for p in same if p.staff_id))


def _clock_bars(day: _Day, clocks: Iterable[Clocked]) -> list[Bar]:
    """Work that no place was held for: from the first clock of the day to the last, a running one as long as the work goes on."""
    found: dict[int, list[Clocked]] = {}
    for clock in clocks:
        found.setdefault(clock.order_id, []).append(clock)
    return [_clock_bar(day, order, rows) for order, rows in found.items()]


def _clock_bar(day: _Day, order: int, clocks: list[Clocked]) -> Bar:
    one, forecast = clocks[-1], day.forecasts.get(order)
    runs = any(clock.ends_at is None for clock in clocks)
    ends = max(clock.ends_at or day.now for clock in clocks)
    goes_on = forecast.work_ends_at if runs and forecast else None
    where = day.bays.get(one.bay_id or 0, "") if day.by == "people" else day.people.get(one.staff_id, "")
    return Bar(
        _kind(day, order, one.status), clocks[0].starts_at, min(max(ends, goes_on or ends), day.ends), one.plate,
        " · ".join(dict.fromkeys(clock.job for clock in clocks)), (where,) if where else (), None,
        forecast.risk if forecast else Risk.ON_TIME, order, None,
    )  # fmt: skip


def _window(work: Work, rows: Iterable[PlanRow], opens: Sequence[Span]) -> Span:
    """Whole hours around the opening hours and everything shown."""
    midnight = local_day(work)[0]
    usual = [(midnight + timedelta(hours=_USUAL[0]), midnight + timedelta(hours=_USUAL[1]))]
    shown = [*(opens or usual), *((b.starts_at, b.until or b.ends_at) for row in rows for b in row.bars)]
    first, last = min(span[0] for span in shown), max(span[1] for span in shown)
    first = work.local(max(first, midnight)).replace(minute=0, second=0, microsecond=0)
    rest = work.local(last) - work.local(last).replace(minute=0, second=0, microsecond=0)
    return first, last + (timedelta(hours=1) - rest if rest else timedelta())
