"""The customer says on the private page when the car is picked up: a half-hour in which somebody is free to hand it over."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from db.enums import Channel
from db.models import ContactAttempt, Garage, WorkOrder
from services.delivery import agree_time, attempts
from services.link_answers import ChangedMeanwhile, NothingAnswered
from services.order_facts import OrderFacts
from services.order_links import opened_order
from services.order_moves import ORDERS
from services.papers import day_words, moment_words
from services.pick_up_times import PickUpTime, is_large, pick_up_times
from services.refusals import SlotTaken
from services.work import Work
from services.workflow import facts_of

MOST_DAYS = 3


@dataclass(frozen=True)
class PickUp:
    """What the page offers: by day the times as the form sends and as people read them. `agreed`: the time said before, in words;
    `seen`: how many tries to reach the customer it knows of."""

    agreed: str
    days: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    seen: int


def pick_up(work: Work, facts: OrderFacts, language: str) -> PickUp | None:
    """The times to choose from; None before the customer was told, and once the car is gone."""
    order = facts.order
    if not ORDERS.move("agree_time").fits(facts, order.status):
        return None
    by_day = groupby(offered(work, facts), key=lambda one: work.local(one.at).date())
    days = [(day_words(day, language), tuple((one.at.isoformat(), work.local(one.at).strftime("%H:%M")) for one in times))
            for day, times in by_day]  # fmt: skip
    agreed = moment_words(work, order.pick_up_at, language) if order.pick_up_at else ""
    return PickUp(agreed, tuple(days[:MOST_DAYS]), len(attempts(work, order.id)))


def pick_up_by_link(work: Work, token: str, *, at: datetime | None, seen: int) -> ContactAttempt:
    """The customer comes at `at`. Refuses with NotFound (whatever is wrong with the link), NothingAnswered without a time,
    ChangedMeanwhile when somebody spoke to them since, SlotTaken when nobody is free then any more."""
    order = work.get(WorkOrder, opened_order(work, token))
    work.lock(Garage, work.garage.id)  # two customers who choose the last free half-hour: the second is told
    if at is None:
        raise NothingAnswered
    facts = facts_of(work, ORDERS, order.id)
    if not ORDERS.move("agree_time").fits(facts, order.status) or len(attempts(work, order.id)) != seen:
        raise ChangedMeanwhile
    if at not in {one.at for one in offered(work, facts)}:
        raise SlotTaken
    return agree_time(work, order.id, pick_up_at=at, channel=Channel.WEB, seen=seen)


def offered(work: Work, facts: OrderFacts) -> list[PickUpTime]:
    """The half-hours in which somebody is free, for a large repair outside the busy hours where there are such."""
    free = [one for one in pick_up_times(work, facts.order.id) if one.free]
    quiet = [one for one in free if not one.busy] if is_large(facts) else []
    return quiet or free
