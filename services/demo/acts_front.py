"""What the advisor and the cashier do in a demo visit."""

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from db.enums import Channel, CheckLevel, ConsentMethod, PaymentMethod, Role
from db.enums_money import PickUpAnswer
from db.enums_reception import HandedPaper, Stay
from db.enums_workshop import CheckMark
from db.models import Customer, WorkOrder
from services import (
    arrivals,
    checks,
    consents,
    delivery,
    exit_passes,
    handing,
    handover,
    handover_safety,
    orders,
    payments,
    promises,
    settlement,
    visit_wishes,
)
from services.check_marks import Said
from services.demo.acts_reception import answers
from services.demo.drawing import signature
from services.demo.money_history import insured, on_account, under_warranty
from services.front_desk import HALF_HOUR, half_hour
from services.i18n import N_, translate
from services.left_undone import WHY

if TYPE_CHECKING:
    from services.demo.visit import Visit

_AWAY = (Stay.WALKS, Stay.PICKED_UP, Stay.TRANSIT, Stay.TAXI, Stay.DRIVEN)
_LIMITS = (None, None, Decimal(200))
_TAGS = 60


def arrive(visit: "Visit") -> None:
    """The car comes, with a booking or without."""
    work = visit.by(Role.ADVISOR)
    if visit.appointment_id:
        visit.order_id = arrivals.arrive(work, visit.appointment_id).id
        return
    jobs = [visit.stage.jobs[code].id for code in visit.concern.jobs]
    order = arrivals.walk_in(
        work, vehicle_id=visit.vehicle.id, concern=visit.concern.text, jobs=jobs, waits=visit.waits
    )
    visit.order_id = order.id


def greet(visit: "Visit") -> None:
    """Within the minute, mostly."""
    arrivals.greet(visit.by(Role.ADVISOR), visit.order_id)


def estimate(visit: "Visit") -> None:
    """Wishes, promised time, and the estimate goes to the customer."""
    work, rng = visit.by(Role.ADVISOR), visit.stage.rng
    method = rng.choice(_methods(visit))
    stay = Stay.LOUNGE if visit.waits else rng.choice(_AWAY)
    visit_wishes.wish(work, visit.order_id, stay=stay, wash=visit.wash, old_parts=rng.random() < 0.2, payment_method=method,
                      reach_by=Channel.PHONE,
                      ask_over=None if visit.extra else rng.choice(_LIMITS))  # fmt: skip
    at = visit.promise or promises.suggest_promise(work, visit.facts())
    sooner = translate(work.garage.language, N_("Two people work on it"))
    promises.set_promise(work, visit.order_id, promised_at=at, reason=sooner)
    if visit.way.warranty:
        under_warranty(visit.stage, visit.order_id)
    if visit.way.insurer:
        insured(visit.stage, visit.order_id)
    orders.request_approval(work, visit.order_id)


def approve(visit: "Visit") -> None:
    """The customer answers every line and signs."""
    work, facts = visit.by(Role.ADVISOR), visit.facts()
    said, explained = answers(visit)
    consents.approve(
        work,
        visit.order_id,
        answers=said,
        method=ConsentMethod.SIGNED,
        person=work.get(Customer, facts.order.customer_id).name,
        signature=signature(),
        warned=explained,
    )


def hand_over(visit: "Visit") -> None:
    """Key with the next free tag, and the licence."""
    work = visit.by(Role.ADVISOR)
    order = work.get(WorkOrder, visit.order_id)
    tags = (str((order.id + step) % _TAGS + 1) for step in range(_TAGS))
    handing.set_tag(work, order.id, next(tag for tag in tags if handing.who_has(work, order, tag) is None))
    handing.set_papers(work, order.id, [HandedPaper.LICENCE])
    handing.hand_over(work, order.id)


def check(visit: "Visit") -> None:
    """The advisor's own look before the customer comes."""
    work = visit.by(Role.ADVISOR)
    points = checks.points_for(work, visit.facts(), CheckLevel.DELIVERY)
    why = Said(CheckMark.NOT_APPLICABLE, translate(work.garage.language, WHY[1]))
    items = {point.key: why if point.explain else Said(CheckMark.PASS) for point in points}
    delivery.check_delivery(work, visit.order_id, items=items)


def tell(visit: "Visit") -> None:
    """A call: the car is ready."""
    promised = visit.facts().order.promised_at or visit.now
    comes = half_hour(max(promised, visit.now) + HALF_HOUR)
    delivery.tell(visit.by(Role.ADVISOR), visit.order_id, channel=Channel.PHONE, pick_up_at=comes,
                  answer=PickUpAnswer.COMES)  # fmt: skip


def bill(visit: "Visit") -> None:
    """The statement."""
    settlement.bill(visit.by(Role.CASHIER), visit.order_id)


def pay(visit: "Visit") -> None:
    """All of it, in the way the customer wanted to pay; cash in round notes; a firm's goes on its account."""
    facts, work = visit.facts(), visit.by(Role.CASHIER)
    method = facts.order.payment_method or PaymentMethod.CARD
    note = (facts.owed / 50).to_integral_value(ROUND_CEILING) * 50
    if visit.way.account and facts.owed > 0:
        on_account(visit.stage, visit.order_id)
    elif facts.owed > 0:
        tendered = note if method == PaymentMethod.CASH else None
        payments.pay(work, visit.order_id, method=method, amount=facts.owed, tendered=tendered)


def pass_out(visit: "Visit") -> None:
    """The exit pass."""
    exit_passes.pass_out(visit.by(Role.CASHIER), visit.order_id)


def deliver(visit: "Visit") -> None:
    """The keys are handed over, and the car drives out on its pass."""
    work, key = visit.by(Role.ADVISOR), visit.order_id
    if handover_safety.to_sign(handover_safety.left_undone(work, visit.facts()), None):
        handover.sign_safety(work, key, signature=signature())
    handover.deliver(work, key, signature=signature())
    if found := exit_passes.of_order(work, key):
        exit_passes.check_out(work, found.number)


def close(visit: "Visit") -> None:
    """The order is closed, which makes the follow-up call due."""
    handover.close(visit.by(Role.ADVISOR), visit.order_id)


def _methods(visit: "Visit") -> list[PaymentMethod]:
    chinese = {PaymentMethod.WECHAT, PaymentMethod.ALIPAY}
    at_home = visit.stage.content.garage.country == "CN"
    return [m for m in PaymentMethod if at_home or m not in chinese]
