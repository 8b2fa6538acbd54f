"""What people of a garage do beside the moves of one order, with arguments chosen at random. For the walks."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlmodel import col, select

from db.enums import OrderStatus
from db.enums_workshop import AdviceEnd
from db.models import ClockEntry, OrderTask, Part, PurchaseLine, Recommendation, Requisition, Staff, WorkOrder
from services import (
    clock_corrections,
    dispatching,
    order_tasks,
    overrun_moves,
    purchases,
    recommendations,
    requisitions,
    stock,
)
from services.consents import Signature
from services.refusals import NotFound
from services.work import Work
from tests.services.money_house import MONEY_HOUSE
from tests.services.test_files import picture

HouseVerb = Callable[[Work, Random], object]
SIGNED = Signature(picture(300, 100, "PNG"), [[[1, 2, 3], [94, 5, 6]]])
REASONS = ("", "", "counted wrongly")


def _one(work: Work, table: Any, by: Random, *where: Any) -> int:
    rows = work.db.exec(select(table.id).where(*where).order_by(table.id)).all()
    if not rows:
        raise NotFound
    return int(by.choice(list(rows)))


def _slip(work: Work, by: Random) -> int:
    """One of the newest slips, open or not."""
    newest = work.db.exec(select(Requisition.id).order_by(col(Requisition.id).desc()).limit(5)).all()
    if not newest:
        raise NotFound
    return by.choice(list(newest))


def _hand_out(work: Work, by: Random) -> object:
    signed = by.choice((SIGNED, SIGNED, None))
    taker = _one(work, Staff, by)
    return requisitions.hand_out(work, _slip(work, by), taken_by_id=taker, signature=signed, reason=by.choice(REASONS))


def _plan(work: Work, by: Random) -> object:
    order_id = by.choice((None, _one(work, WorkOrder, by)))
    return purchases.plan(work, part_id=_one(work, Part, by), quantity=Decimal(by.randint(0, 6)), order_id=order_id)


def _count(work: Work, by: Random) -> object:
    part = work.get(Part, _one(work, Part, by))
    counted = max(part.on_hand + by.randint(-1, 1), Decimal(0))
    return stock.count(work, part.id, counted=counted, reason=by.choice(REASONS), seen=by.choice((None, part.on_hand)))


def _correct(work: Work, by: Random) -> object:
    clock = work.get(ClockEntry, _one(work, ClockEntry, by))
    moved = timedelta(minutes=by.randint(-20, 20))
    ends = clock.ended_at + timedelta(minutes=by.randint(-20, 20)) if clock.ended_at else by.choice((None, work.now))
    return clock_corrections.correct(
        work, clock.id, reason=by.choice(("forgot", "")), started_at=clock.started_at + moved, ended_at=ends
    )


def _accept_all(work: Work, by: Random) -> object:
    proposed = [one.given for one in dispatching.proposals(work) if one.advised and one.given]
    if not proposed:
        raise NotFound
    return dispatching.accept_all(work, by.sample(proposed, k=by.randint(1, len(proposed))))


def _answer_task(work: Work, by: Random) -> object:
    return order_tasks.answer(work, _one(work, OrderTask, by, col(OrderTask.done_at).is_(None)), "On the left")


def _end_advice(work: Work, by: Random) -> object:
    return recommendations.end(work, _one(work, Recommendation, by), how=by.choice(list(AdviceEnd)))


def _move_what_follows(work: Work, by: Random) -> object:
    busy = WorkOrder.status == OrderStatus.IN_WORK
    return overrun_moves.move_what_follows(work, _one(work, WorkOrder, by, busy))


HOUSE: dict[str, HouseVerb] = {
    "pick a slip": lambda w, by: requisitions.pick(w, _slip(w, by)),
    "put a slip back": lambda w, by: requisitions.put_back(w, _slip(w, by)),
    "hand out a slip": _hand_out,
    "withdraw a slip": lambda w, by: requisitions.withdraw(w, _slip(w, by)),
    "plan to buy": _plan,
    "order a part": lambda w, by: purchases.order(w, _one(w, PurchaseLine, by)),
    "a part comes in": lambda w, by: purchases.come_in(w, _one(w, PurchaseLine, by)),
    "drop a purchase": lambda w, by: purchases.drop(w, _one(w, PurchaseLine, by), reason="no longer made"),
    "goods in": lambda w, by: stock.receive(
        w,
        _one(w, Part, by),
        quantity=Decimal(by.randint(0, 5)),
        unit_cost=by.choice((None, Decimal(by.randint(0, 40)))),
    ),
    "back to the supplier": lambda w, by: stock.to_supplier(
        w, _one(w, Part, by), quantity=Decimal(by.randint(1, 3)), reason="faulty"
    ),
    "count a part": _count,
    "correct a clock": _correct,
    "dispatch as proposed": _accept_all,
    "answer a task": _answer_task,
    "end a recommendation": _end_advice,
    "move what follows": _move_what_follows,
    **MONEY_HOUSE,
}
