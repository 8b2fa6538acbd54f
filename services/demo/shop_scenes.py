"""What the demo's workshop has before it today: cars taken over, a delay to tell, a photo of worn brakes, parts at the counter,
advice for later, parts to buy."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from sqlmodel import col, select

from db.enums import Channel, OrderStatus, Role, Urgency
from db.enums_desk import PurchaseStatus
from db.enums_workshop import DelayAnswer, DelayReason, SymptomSeen
from db.models import Customer, PurchaseLine, WorkOrder
from services import (
    delays,
    diagnosis,
    extra_work,
    purchase_orders,
    purchase_plan,
    recommendations,
    requisitions,
    verification,
)
from services.demo.drawing import worn_brakes
from services.demo.stage import Stage
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.people import person_of
from services.refusals import Refusal
from services.suppliers import sources_of
from services.work import Work
from services.workflow import facts_of

CHECKED = (OrderStatus.TEAM_CHECK, OrderStatus.FINAL_INSPECTION, OrderStatus.READY)
BOUGHT = 6  # lines ordered today


def play_shop(stage: Stage) -> None:
    """To be played when the cars of the day are there. What does not fit a car is left out."""
    now = stage.today
    for act in (_taken_over, _late, _worn, _asked, _advised, _to_buy):
        with suppress(Refusal), stage.work.db.begin_nested():
            act(stage, now)


def _cars(stage: Stage, *statuses: OrderStatus) -> Iterator[OrderFacts]:
    query = select(WorkOrder).where(col(WorkOrder.status).in_(statuses)).order_by(col(WorkOrder.id))
    for row in stage.work.db.exec(query).all():
        yield facts_of(stage.work, ORDERS, row.id)


def _worker(stage: Stage, facts: OrderFacts, at: datetime) -> Work:
    """The stage with the technician acting who has the car."""
    found = person_of(stage.work, facts.order.technician_id or 0)
    return stage.at(at, found or stage.one(Role.SUPERVISOR))


def _taken_over(stage: Stage, now: datetime) -> None:
    """Every car in work was taken over; of one something differs from the sheet, on one the noise was heard on the road."""
    told = stage.content.shop
    for number, facts in enumerate(_cars(stage, OrderStatus.IN_WORK)):
        work = _worker(stage, facts, now - timedelta(minutes=40))
        km = facts.inspection.odometer_km if facts.inspection else None
        road = {"road_from_km": km, "road_to_km": km + 6} if km and number == 1 else {}
        verification.verify(
            work, facts.order.id, differences=told.differences if number == 0 else "", symptom=SymptomSeen.SEEN,
            note=told.symptom_note if number == 1 else "", **road,
        )  # fmt: skip
        if number == 1:
            job = facts.jobs[0]
            found = stage.content.diagnoses[0]
            diagnosis.diagnose(
                work, facts.order.id, job.id, complaint=found.complaint, cause=found.cause, correction=""
            )


def _late(stage: Stage, now: datetime) -> None:
    """One customer still has to hear of a new time, another has agreed, a third needs the car sooner."""
    notes = stage.content.shop.delay_notes
    stories = (
        (DelayReason.HARDER, 45, None),
        (DelayReason.PARTS, 90, DelayAnswer.AGREES),
        (DelayReason.PEOPLE, 30, DelayAnswer.SOONER),
    )
    cars = list(_cars(stage, OrderStatus.IN_WORK, OrderStatus.ON_HOLD))
    for number, (facts, (reason, minutes, said)) in enumerate(zip(cars, stories, strict=False)):
        work = _worker(stage, facts, now - timedelta(minutes=12 - 3 * number))
        note = notes[number] if number < len(notes) else ""
        delay = delays.report(work, facts.order.id, reason=reason, minutes=minutes, note=note)
        if said:
            name = work.get(Customer, facts.order.customer_id).name
            delays.answer(stage.at(now - timedelta(minutes=3), stage.one(Role.ADVISOR)), delay.id, answer=said,
                          channel=Channel.PHONE, person=name)  # fmt: skip


def _worn(stage: Stage, now: datetime) -> None:
    """Worn brakes with a photo, to be answered by the customer."""
    story = stage.content.extra_work[0]
    job = stage.jobs[story.job]
    for facts in _cars(stage, OrderStatus.IN_WORK):
        if not facts.pending and all(one.job_id != job.id for one in facts.jobs):
            work = _worker(stage, facts, now - timedelta(minutes=7))
            extra_work.propose(work, facts.order.id, reason=story.reason, urgency=story.urgency, job_id=job.id, safety=True,
                               photos=[worn_brakes()])  # fmt: skip
            return


def _asked(stage: Stage, now: datetime) -> None:
    """Parts of two cars that wait their turn: asked for, and ready at the counter."""
    number = 0
    for facts in _cars(stage, OrderStatus.AWAITING_DISPATCH, OrderStatus.IN_WORK, OrderStatus.ON_HOLD):
        if not facts.parts_due or number > 1:
            continue
        row = requisitions.ask(_worker(stage, facts, now - timedelta(minutes=15)), facts.order.id)
        if number:
            requisitions.pick(stage.at(now - timedelta(minutes=5), stage.one(Role.PARTS_CLERK)), row.id)
        number += 1


def _advised(stage: Stage, now: datetime) -> None:
    """Advice for later on cars that are nearly done."""
    for number, facts in enumerate(list(_cars(stage, *CHECKED))[:2]):
        advice = stage.content.recommendations[number]
        recommendations.recommend(
            stage.at(now - timedelta(minutes=4), stage.one(Role.TEAM_LEADER)), facts.order.id, text=advice.text,
            urgency=(Urgency.SOON, Urgency.LATER)[number], job_id=stage.jobs[advice.job].id,
            due_on=now.date() + timedelta(days=30 * max(advice.months, 1)),
        )  # fmt: skip


def _to_buy(stage: Stage, now: datetime) -> None:
    """What is short was planned; a part of it is ordered and comes tomorrow."""
    work = stage.at(now - timedelta(hours=2), stage.one(Role.PARTS_CLERK))
    _try(
        lambda: purchase_plan.plan_proposed(
            work, [one.part.id for one in purchase_plan.proposals(work) if not one.wants]
        )
    )
    ours = (
        col(PurchaseLine.part_id).is_not(None),
        col(PurchaseLine.appointment_id).is_(None),
    )  # the desk orders for its own
    planned = select(PurchaseLine).where(PurchaseLine.status == PurchaseStatus.PLANNED, *ours)
    lines = work.db.exec(planned.order_by(col(PurchaseLine.id))).all()
    sold = sources_of(work, [row.part_id or 0 for row in lines])
    if lines:
        supplier = sold[lines[0].part_id or 0][0].supplier
        same = [row.id for row in lines if sold[row.part_id or 0][0].supplier.id == supplier.id]
        purchase_orders.order_from(work, supplier.id, same[:BOUGHT])


def _try(act: Callable[[], object]) -> None:
    with suppress(Refusal):
        act()
