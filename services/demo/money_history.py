"""What becomes of money in the demo garage's past: jobs under warranty and their claims, firms that pay later."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sqlmodel import col, select

from db.enums import Channel, Payer, PaymentMethod, Role
from db.enums_money import ClaimRejection, ClaimStatus
from db.enums_reception import ClaimPaper, ClaimParty
from db.models import Customer, OrderJob, OrderLine, PayerClaim, WorkOrder
from services import (
    accounts,
    claim_agreement,
    claim_fields,
    claim_flow,
    claim_money,
    claims,
    money_reminders,
    orders,
    payments,
)
from services.demo.stage import Stage
from services.estimates import by_payer
from services.order_moves import ORDERS
from services.refusals import Refusal
from services.workflow import facts_of

WARRANTY, ACCOUNT = 0.12, 0.05  # share of the visits
ACCIDENT_EVERY = 11  # days
DAYS_TO_PAY = 14
HANDED_IN, ANSWERED, PAID = timedelta(days=2), timedelta(days=9), timedelta(days=6)
PART = Decimal("0.6")  # of what was asked, where a claim is cut
NOON = 12 * 60


@dataclass(frozen=True)
class Way:
    """How a visit's money goes: a job under warranty, all of it the insurer's, or on the customer's account."""

    warranty: bool = False
    insurer: bool = False
    account: bool = False


PLAIN = Way()


def way_of(day: date, number: int) -> Way:
    """The way of the day's visit with that number: dice of their own, so that the rest of the story stays as it is."""
    thrown = Random(day.toordinal() * 100 + number).random()
    if number == 0 and day.toordinal() % ACCIDENT_EVERY == 0:
        return Way(insurer=True)
    return Way(warranty=thrown < WARRANTY, account=thrown > 1 - ACCOUNT)


def under_warranty(stage: Stage, order_id: int) -> None:
    """The first job is the manufacturer's matter; the warranty clerk, or who stands in for them, says so."""
    jobs = facts_of(stage.work, ORDERS, order_id).jobs
    with suppress(Refusal), stage.work.db.begin_nested():
        orders.set_payer(stage.work, order_id, order_job_id=jobs[0].id, payer=Payer.WARRANTY)


def insured(stage: Stage, order_id: int) -> None:
    """All of it is the insurer's, up to what was assessed and agreed by all three; the papers come in later."""
    work, story = stage.work, stage.content.reception.accident
    claims.open_claim(work, order_id)
    for job in facts_of(work, ORDERS, order_id).jobs:
        orders.set_payer(work, order_id, order_job_id=job.id, payer=Payer.INSURER)
    assessed = by_payer(facts_of(work, ORDERS, order_id).lines, work.garage)[Payer.INSURER].total
    values = {"insurer": story.insurer, "claim_number": f"{story.claim}-{order_id}", "story": story.concern,
              "assessor": story.assessor, "happened_at": work.now - timedelta(days=2), "assessed_sum": assessed,
              "excess": min(story.excess, assessed / 2).quantize(Decimal(1))}  # fmt: skip
    for field, value in values.items():
        claims.set_field(work, order_id, field, value, was=getattr(claims.existing(work, order_id), field))
    claim = claims.existing(work, order_id)
    for party in ClaimParty:
        claim_agreement.agree(work, order_id, party=party, name=story.assessor, seen=(claim.assessed_sum, claim.excess))


def on_account(stage: Stage, order_id: int) -> None:
    """The customer gets an account from the manager, if there was none, and the whole sum goes on it."""
    work, cashier = stage.work, stage.work.by
    customer = work.get(Customer, work.get(WorkOrder, order_id).customer_id)
    if customer.account_limit is None:
        boss = stage.at(work.now, stage.people[Role.MANAGER][0])
        limit = work.garage.labour_rate * 40
        accounts.set_account(boss, customer.id, customer.version, limit=limit, days=DAYS_TO_PAY)
    payments.on_account(stage.at(work.now, cashier), order_id)


def day_over(stage: Stage, day: date) -> None:
    """Before the drawer is closed: who owes pays up, some late; claims are handed in, answered and paid."""
    dice = Random(day.toordinal())
    _pay_up(stage, day, dice)
    _remind(stage, day)
    _claims(stage, day, dice)


def _pay_up(stage: Stage, day: date, dice: Random) -> None:
    """A few never do by themselves: their orders are the ones with an even number, reminded of in vain."""
    open_ones = select(WorkOrder.id).where(col(WorkOrder.on_account), col(WorkOrder.due_on) < day)
    for key in stage.work.db.exec(open_ones.order_by(col(WorkOrder.id))).all():
        owed = facts_of(stage.work, ORDERS, key).owed
        if owed > 0 and key % 2 and dice.random() < 0.3:
            cashier = (stage.people[Role.CASHIER] or stage.people[Role.MANAGER])[0]
            payments.pay(stage.at(stage.wall(day, NOON), cashier), key, method=PaymentMethod.TRANSFER, amount=owed)


def _remind(stage: Stage, day: date) -> None:
    """Whoever is due to be reminded is called; most say when they will pay. Today's are left to be called."""
    if day >= stage.today.date() - timedelta(days=1):
        return
    cashier = (stage.people[Role.CASHIER] or stage.people[Role.MANAGER])[0]
    work = stage.at(stage.wall(day, NOON + 30), cashier)
    for found, _ in money_reminders.to_remind(work):
        promised = day + timedelta(days=25) if found.customer.id % 3 else None
        with suppress(Refusal), work.db.begin_nested():
            money_reminders.remind(work, found.customer.id, channel=Channel.PHONE, promised_on=promised)


def _claims(stage: Stage, day: date, dice: Random) -> None:
    """The manager handles them: a small garage has no warranty clerk."""
    work = stage.at(stage.wall(day, NOON), stage.people[Role.MANAGER][0])
    open_ones = (ClaimStatus.OPEN, ClaimStatus.SENT, ClaimStatus.APPROVED, ClaimStatus.SHORT)
    rows = work.db.exec(select(PayerClaim).where(col(PayerClaim.status).in_(open_ones)).order_by(col(PayerClaim.id)))
    for claim in rows.all():
        thrown = dice.random()
        with suppress(Refusal), work.db.begin_nested():
            if claim.status == ClaimStatus.OPEN and work.now - claim.created_at > HANDED_IN:
                _hand_in(stage, claim)
            elif claim.sent_at and claim.status == ClaimStatus.SENT and work.now - claim.sent_at > ANSWERED:
                _answer(stage, claim, thrown)
            elif claim.answered_at and claim.approved and work.now - claim.answered_at > PAID:
                claim_money.receive(work, claim.id, amount=claim.approved)


def _hand_in(stage: Stage, claim: PayerClaim) -> None:
    """The papers, or the workshop's words and what usually goes wrong."""
    work = stage.work
    if claim.payer == Payer.INSURER:
        for paper in ClaimPaper:
            claim_agreement.set_paper(work, claim.order_id, paper=paper, here=True)
        claim_flow.send(work, claim.id)
        return
    usual = stage.content.diagnoses[claim.id % len(stage.content.diagnoses)]
    line = work.get(OrderLine, claim.line_id or 0)
    found = work.get(OrderJob, line.order_job_id)
    words = {"failure": found.complaint or usual.complaint, "cause": found.cause or usual.cause}
    for field, value in words.items():
        if not getattr(claim, field):
            claim_fields.set_field(work, claim.id, field, value, was=getattr(claim, field))
    claim_flow.send(work, claim.id)


def _answer(stage: Stage, claim: PayerClaim, thrown: float) -> None:
    work = stage.work
    if thrown < 0.1:
        claim_money.reject(work, claim.id, why=ClaimRejection.WEAR)
    elif thrown < 0.25:
        less = (claim.asked * PART).quantize(Decimal(1))
        claim_money.cut(work, claim.id, approved=less, why=ClaimRejection.TIME)
    else:
        claim_money.approve(work, claim.id)
