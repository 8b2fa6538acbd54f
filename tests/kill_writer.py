"""`python -m tests.kill_writer DATABASE DATA_DIR`: two tablets take cars through the garage, and each act is printed once it is
committed, until the process is killed. Started again it goes on with the cars where they stand."""

import json
import os
import secrets
import sys
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from threading import Thread

from sqlmodel import col, select

from db.engine import make_engine
from db.enums import Answer, Channel, CheckLevel, ConsentMethod, OrderStatus, PaymentMethod
from db.enums_workshop import CheckMark
from db.models import Event, WorkOrder
from services import (
    checks,
    clocks,
    consents,
    delivery,
    exit_passes,
    handing,
    handover,
    inspections,
    orders,
    payments,
    promises,
    settlement,
    workshop,
)
from services.arrivals import greet, walk_in
from services.check_marks import Said
from services.demo.drawing import signature
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.work import Work, last_event, reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import as_name, make_car
from tests.shop import bay_id, staff_id

TECHNICIANS = ("Tom Technician", "Tia Technician")  # one for each tablet's cars, which are the odd and the even ones
OVER = (OrderStatus.CLOSED, OrderStatus.CANCELLED)
Act = Callable[[Work, OrderFacts], object]


def _approve(work: Work, facts: OrderFacts) -> object:
    answers = dict.fromkeys((line.id for line in facts.pending), Answer.AGREED)
    return consents.approve(
        work, facts.order.id, answers=answers, method=ConsentMethod.SIGNED, person="Grace Field", signature=signature()
    )


def _hand_over(work: Work, facts: OrderFacts) -> object:
    handing.set_tag(work, facts.order.id, str(facts.order.id))
    return handing.hand_over(work, facts.order.id)


def _dispatch(work: Work, facts: OrderFacts) -> object:
    side = facts.order.id % 2
    to, bay = staff_id(work, TECHNICIANS[side]), bay_id(work, f"Lift {side + 1}")
    return workshop.dispatch(work, facts.order.id, staff_id=to, bay_id=bay)


def _pay(work: Work, facts: OrderFacts) -> object:
    amount = facts.owed if facts.paid else Decimal(40)
    return payments.pay(work, facts.order.id, method=PaymentMethod.CASH, amount=amount, tendered=amount + 5)


def _pass(level: CheckLevel) -> Act:
    items = [key for key, _ in checks.TEMPLATES[level]]
    return lambda work, f: checks.pass_check(work, f.order.id, level=level, items=items)


def _check(work: Work, facts: OrderFacts) -> object:
    """Parts nobody drew from the store were left out, which is said."""
    left_out = Said(CheckMark.NOT_APPLICABLE, "Not needed")
    points = checks.points_for(work, facts, CheckLevel.DELIVERY)
    said = {one.key: left_out if one.explain else Said(CheckMark.PASS) for one in points}
    return delivery.check_delivery(work, facts.order.id, items=said)


def _tell(work: Work, facts: OrderFacts) -> object:
    return delivery.tell(work, facts.order.id, channel=Channel.PHONE)


def _promise(work: Work, facts: OrderFacts) -> object:
    return promises.set_promise(work, facts.order.id, promised_at=work.now + timedelta(hours=3), reason="waits")


ACTS: dict[str, tuple[str, Act]] = {
    "greet": ("Ada Advisor", lambda w, f: greet(w, f.order.id)),
    "check_in": (
        "Ada Advisor",
        lambda w, f: inspections.record(w, f.order.id, covers=True, odometer_km=41_000, fuel_eighths=4),
    ),
    "promise": ("Ada Advisor", _promise),
    "estimate": ("Ada Advisor", lambda w, f: orders.request_approval(w, f.order.id)),
    "approve": ("Ada Advisor", _approve),
    "hand_over": ("Ada Advisor", _hand_over),
    "dispatch": ("Sam Supervisor", _dispatch),
    "start": ("", lambda w, f: clocks.start(w, f.order.id)),
    "finish_job": ("", lambda w, f: clocks.finish_job(w, f.order.id)),
    "pass_self": ("", _pass(CheckLevel.SELF)),
    "pass_team": ("Lea Leader", _pass(CheckLevel.TEAM)),
    "pass_final": ("Ira Inspector", _pass(CheckLevel.FINAL)),
    "check_delivery": ("Ada Advisor", _check),
    "tell": ("Ada Advisor", _tell),
    "bill": ("Cass Cashier", lambda w, f: settlement.bill(w, f.order.id)),
    "pay": ("Cass Cashier", _pay),
    "pass_out": ("Cass Cashier", lambda w, f: exit_passes.pass_out(w, f.order.id)),
    "show_car": ("Ada Advisor", lambda w, f: handover.begin(w, f.order.id)),
    "deliver": ("Ada Advisor", lambda w, f: handover.deliver(w, f.order.id)),
    "close": ("Ada Advisor", lambda w, f: handover.close(w, f.order.id)),
}


def go_on(ws: Workspace, side: int) -> None:
    """Do the next act on this side's first open car, or take in a new one; print it when it is committed. For ever."""
    while True:
        with reading(ws) as work:
            open_ones = select(WorkOrder).where(col(WorkOrder.status).not_in(OVER)).order_by(col(WorkOrder.id))
            mine = [order.id for order in work.db.exec(open_ones) if order.id % 2 == side]
        _say(_next(ws, mine[0], TECHNICIANS[side]) if mine else _arrive(ws))


def _arrive(ws: Workspace) -> Event:
    with unit_of_work(as_name(ws, "Ada Advisor")) as work:
        car = make_car(work, plate=secrets.token_hex(4).upper())
        order = walk_in(work, vehicle_id=car.id, concern="It squeaks", jobs=[1])
        return _newest(work, order)


def _next(ws: Workspace, order_id: int, technician: str) -> Event:
    with reading(as_name(ws, technician)) as work:
        facts = facts_of(work, ORDERS, order_id)
    step = ORDERS.next_step(facts, facts.order.status)
    assert step
    action = "promise" if step.action == "estimate" and not facts.order.promised_at else step.action
    who, act = ACTS[action]
    with unit_of_work(as_name(ws, who or technician)) as work:
        act(work, facts_of(work, ORDERS, order_id))
        return _newest(work, work.get(WorkOrder, order_id))


def _newest(work: Work, order: WorkOrder) -> Event:
    event = last_event(work, order)
    assert event
    return event


def _say(event: Event) -> None:
    line = {"order": event.subject_id, "action": event.action, "event": event.id}
    os.write(1, (json.dumps(line) + "\n").encode())


if __name__ == "__main__":
    place = Workspace(make_engine(sys.argv[1]), Path(sys.argv[2]))
    for number in range(2):
        Thread(target=go_on, args=(place, number)).start()
