"""What lies before the demo's counter today: a deposit, a discount to approve, old parts to show, a hand-over under way."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from sqlmodel import col, select

from db.enums import LineKind, OrderStatus, PaymentMethod, Role
from db.enums_money import DiscountReason
from db.models import InsuranceClaim, WorkOrder
from services import discounts, handover, old_parts, payments
from services.demo.stage import Stage
from services.handover_points import points_of
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.refusals import Refusal
from services.workflow import facts_of

SHOWN = 2  # points of the hand-over that is under way


def play_money(stage: Stage) -> None:
    """To be played when the cars of the day are there. What does not fit a car is left out."""
    for act in (_deposit, _asked, _kept, _being_shown):
        with suppress(Refusal), stage.work.db.begin_nested():
            act(stage, stage.today)


def _ready(stage: Stage) -> Iterator[OrderFacts]:
    query = select(WorkOrder.id).where(WorkOrder.status == OrderStatus.READY).order_by(col(WorkOrder.id))
    for key in stage.work.db.exec(query).all():
        yield facts_of(stage.work, ORDERS, key)


def _deposit(stage: Stage, now: datetime) -> None:
    """The customer with the accident has paid something before the panels are ordered."""
    order_id = stage.work.db.exec(select(InsuranceClaim.order_id).order_by(col(InsuranceClaim.id).desc())).first()
    assert order_id
    work = stage.at(now - timedelta(minutes=16), stage.one(Role.CASHIER))
    most = payments.deposit_most(work, facts_of(work, ORDERS, order_id))
    payments.deposit(work, order_id, method=PaymentMethod.CARD, amount=min(stage.content.money.deposit, most))


def _asked(stage: Stage, now: datetime) -> None:
    """More than the advisor may give."""
    for facts in _ready(stage):
        if facts.billed is None and facts.customer_lines:
            work = stage.at(now - timedelta(minutes=9), stage.one(Role.ADVISOR))
            wish = stage.content.money.wish
            discounts.ask(work, facts.order.id, percent=15, reason=DiscountReason.LOYAL, note=wish)
            return


def _kept(stage: Stage, now: datetime) -> None:
    """Of the cars that got parts the old ones lie ready."""
    told = stage.content.money
    for number, facts in enumerate(list(_ready(stage))):
        parts = [line for line in facts.lines if line.kind == LineKind.PART and line.issued]
        place = told.old_part_places[number % len(told.old_part_places)]
        for line in parts[:2]:
            work = stage.at(now - timedelta(minutes=25), stage.one(Role.ADVISOR))
            old_parts.keep(work, facts.order.id, title=line.title, quantity=line.quantity, place=place, line_id=line.id)


def _being_shown(stage: Stage, now: datetime) -> None:
    """The advisor was called away in the middle of showing a car."""
    for facts in _ready(stage):
        if facts.order.told_at and facts.billed is not None:
            work = stage.at(now - timedelta(minutes=3), stage.one(Role.ADVISOR))
            row = handover.begin(work, facts.order.id)
            points = [point.key for point in points_of(facts)][:SHOWN]
            handover.show(work, row.order_id, *points)
            return
