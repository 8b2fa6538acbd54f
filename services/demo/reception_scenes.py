"""What the demo's reception has before it today: an accident, a hard case, a warranty to decide, a question from the workshop,
a job that can be done in several ways, a recall."""

from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal

from sqlmodel import col, select

from db.enums import Channel, LineKind, OrderStatus, Payer, Role
from db.enums_desk import CampaignKind
from db.enums_reception import ClaimPaper, ClaimParty, Cover, OrderTaskKind, Stay
from db.models import Campaign, OrderJob, Vehicle, WorkOrder
from services import arrivals, claim_agreement, claims, handing, order_tasks, orders, visit_wishes, warranty
from services.alternative_moves import offer_another
from services.campaigns import open_campaigns
from services.demo.acts_reception import inspect
from services.demo.reception_content import Accident
from services.demo.stage import Stage
from services.demo.visit import Visit
from services.order_moves import ORDERS
from services.promises import set_promise, suggest_promise
from services.refusals import Refusal
from services.work import Work
from services.workflow import facts_of

PAPERS = (ClaimPaper.LICENCE, ClaimPaper.DRIVER, ClaimPaper.PHOTOS)
WAITS_FOR = 26  # minutes the customer with the accident has been here
ASSESSED = Decimal("1.05")  # the assessor allows a little for small parts


def play_reception(stage: Stage) -> None:
    """To be played when the cars of the day are there."""
    now, told = stage.today, stage.content.reception
    _accident(stage, now, told.accident)
    _hard_case(stage, now)
    _warranty(stage, now)
    _workshop_asks(stage, now)
    _two_ways(stage, now)
    _recalled(stage, now)


def _accident(stage: Stage, now: datetime, story: Accident) -> None:
    """Two of the three parties have agreed; papers are missing."""
    car, vehicle = stage.due_car(now.date())
    work = stage.at(now - timedelta(minutes=WAITS_FOR), stage.one(Role.ADVISOR))
    order = arrivals.walk_in(work, vehicle_id=vehicle.id, concern=story.concern)
    visit = Visit(stage, car, vehicle, stage.content.concerns[0], work.now, order_id=order.id)
    visit.people[Role.ADVISOR] = work.by
    arrivals.greet(work, order.id)
    inspect(visit)
    for one in story.jobs:
        minutes = int(one.hours * 60)
        price = (one.hours * work.garage.labour_rate).quantize(Decimal(1))
        job = orders.add_job(work, order.id, title=one.title, minutes=minutes, price=price)
        if one.outside:
            orders.add_charge(work, order.id, order_job_id=job.id, kind=LineKind.OUTSIDE, title=one.outside, price=one.price,
                              supplier=one.supplier or "", cost=one.cost, due_at=now + timedelta(days=2))  # fmt: skip
        orders.set_payer(work, order.id, order_job_id=job.id, payer=Payer.INSURER)
    _claim(work, order, story, now)


def _claim(work: Work, order: WorkOrder, story: Accident, now: datetime) -> None:
    claim, facts = claims.open_claim(work, order.id), facts_of(work, ORDERS, order.id)
    total = sum((line.quantity * line.unit_price for line in facts.lines), Decimal(0))
    values = {"insurer": story.insurer, "policy_number": story.policy, "claim_number": story.claim, "story": story.concern,
              "assessor": story.assessor, "assessor_phone": story.phone, "happened_at": now - timedelta(days=2, hours=3),
              "assessed_at": now - timedelta(hours=20), "assessed_sum": (total * ASSESSED).quantize(Decimal(1)),
              "excess": story.excess}  # fmt: skip
    for field, value in values.items():
        claims.set_field(work, order.id, field, value, was=getattr(claim, field))
    seen = claim.assessed_sum, claim.excess
    for party, name in ((ClaimParty.INSURER, story.assessor), (ClaimParty.GARAGE, work.by.name)):
        claim_agreement.agree(work, order.id, party=party, name=name, seen=seen)
    for paper in PAPERS:
        claim_agreement.set_paper(work, order.id, paper=paper, here=True)


def _standing(stage: Stage, status: OrderStatus) -> list[WorkOrder]:
    """The orders in that status that are no accident, the newest first; at reception those already looked at."""
    query = select(WorkOrder).where(WorkOrder.status == status, col(WorkOrder.greeted_at).is_not(None))
    rows = stage.work.db.exec(query.order_by(col(WorkOrder.id).desc())).all()
    known = [facts_of(stage.work, ORDERS, row.id) for row in rows]
    return [one.order for one in known if one.inspection and not one.claim]


def _hard_case(stage: Stage, now: datetime) -> None:
    """One answer is awaited, another has come."""
    asked, boss = stage.content.reception.hard_case, stage.one(Role.SUPERVISOR)
    for number, order in enumerate(_standing(stage, OrderStatus.RECEPTION)[:2]):
        work = stage.at(now - timedelta(minutes=8 - number), stage.one(Role.ADVISOR))
        task = order_tasks.ask(work, order.id, OrderTaskKind.DIAGNOSE, Role.SUPERVISOR, asked.question)
        if number:
            order_tasks.answer(stage.at(now - timedelta(minutes=2), boss), task.id, asked.answer)


def _warranty(stage: Stage, now: datetime) -> None:
    """Terms alone cannot decide it: the warranty clerk has to look."""
    for order in reversed(_standing(stage, OrderStatus.RECEPTION)):
        work = stage.at(now - timedelta(minutes=6), stage.one(Role.ADVISOR))
        job = next(
            (one.job for one in warranty.covers(work, facts_of(work, ORDERS, order.id)) if not one.job.cover), None
        )
        if job:
            why = stage.content.reception.warranty_open
            warranty.decide(work, order.id, order_job_id=job.id, cover=Cover.UNDECIDED, reason=why)
            return


def _workshop_asks(stage: Stage, now: datetime) -> None:
    for order in _standing(stage, OrderStatus.AWAITING_DISPATCH):
        if order.handed_at:
            work = stage.at(now - timedelta(minutes=5), stage.one(Role.SUPERVISOR))
            handing.ask_back(work, order.id, stage.content.reception.workshop_asks)
            return


def _two_ways(stage: Stage, now: datetime) -> None:
    """Brake pads, by the brand or genuine: the customer is about to choose."""
    advisor = stage.one(Role.ADVISOR)
    for order in _standing(stage, OrderStatus.RECEPTION):
        work = stage.at(now - timedelta(minutes=4), advisor)
        if work.db.exec(select(OrderJob).where(OrderJob.order_id == order.id, OrderJob.job_id == _pads(stage))).first():
            continue
        with suppress(Refusal), work.db.begin_nested():
            job = orders.add_job(work, order.id, job_id=_pads(stage))
            offer_another(work, order.id, order_job_id=job.id)
            visit_wishes.wish(work, order.id, stay=Stay.LOUNGE, reach_by=Channel.PHONE,
                              requests=stage.content.reception.requests[0])  # fmt: skip
            set_promise(work, order.id, promised_at=suggest_promise(work, facts_of(work, ORDERS, order.id)))
            return


def _pads(stage: Stage) -> int:
    return stage.jobs["BRK-01"].id


def _recalled(stage: Stage, now: datetime) -> None:
    """A car with an open recall has just come, nobody has spoken of it yet."""
    work = stage.at(now - timedelta(minutes=2), stage.one(Role.ADVISOR))
    recall = work.db.exec(select(Campaign.id).where(Campaign.kind == CampaignKind.RECALL)).first()
    cars: dict[int, Vehicle] = {vehicle.id: vehicle for _, vehicle in stage.cars}
    for key, found in open_campaigns(work, list(cars.values())).items():
        if any(one.id == recall for one in found):
            with suppress(Refusal), work.db.begin_nested():
                text = stage.content.concerns[0].text
                order = arrivals.walk_in(work, vehicle_id=key, concern=text, jobs=[stage.jobs["SVC-02"].id])
                arrivals.greet(work, order.id)
                return
