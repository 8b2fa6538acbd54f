"""A whole shop at work: people who tap what makes sense, and sometimes what does not. What must hold is asked after every tap."""

import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import func
from sqlmodel import col, select

from db.enums import OrderStatus
from db.enums_reception import OrderTaskKind
from db.models import Customer, Event, Part, WorkOrder
from services import order_tasks
from services.arrivals import walk_in
from services.drawer_rows import DrawerClosed
from services.exit_passes import StatementOutdated
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.order_refusals import (
    ClaimNotAgreed,
    ConsentMissing,
    MoneyHeld,
    NoJobs,
    NothingAgreed,
    PriceMissing,
    QuestionOpen,
)
from services.refusals import Refusal
from services.work import Work, reading, unit_of_work
from services.workflow import Move, allowed, facts_of
from services.workspace import Workspace
from tests.factories import STAFF, as_name, make_car
from tests.services import order_conditions as must
from tests.services import shop_conditions
from tests.services.house_verbs import HOUSE
from tests.services.order_verbs import VERBS
from tests.shop import job_id

ENDS = (OrderStatus.CLOSED, OrderStatus.CANCELLED)
HANDS_OFF = "Lea Leader"  # works on no car, so that one leader can always check
# possible nearly everywhere; only as often as any senseless tap
SELDOM = ("health", "cancel", "promise", "wish", "edit", "payer", "price_line", "ask_back", "answer_recall", "open_claim", "claim",
          "supplement", "reopen")  # fmt: skip
LONGEST_WAY = 200  # taps that take any car to its end
_JOBS = ("SVC", "BRK", "BAT")


@dataclass
class Shop:
    """A shop in the middle of its day: its cars, and the clock that goes on with every act. `counts`: taps by how they ended."""

    ws: Workspace
    by: Random
    cars: list[int] = field(default_factory=list)
    minutes: int = 0
    said: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    opening: dict[int, Decimal] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        with reading(self.ws) as work:
            self.opening = {part.id: part.on_hand for part in work.db.exec(select(Part))}

    def now(self) -> Workspace:
        """The workspace at the moment the walk has come to."""
        moment = self.ws.clock() + timedelta(minutes=self.minutes)
        return self.ws.at(moment)

    def receive(self, number: int) -> None:
        """One more customer drives in."""
        with unit_of_work(as_name(self.now(), "Ada Advisor")) as work:
            car = make_car(work, plate=f"CAR {number}", phone=f"+4477009{number:05}")
            work.get(Customer, car.customer_id).account_limit = self.by.choice((None, Decimal(100), Decimal(1000)))
            jobs = [job_id(work, code) for code in self.by.sample(_JOBS, k=self.by.randint(1, 2))]
            self.cars.append(walk_in(work, vehicle_id=car.id, concern="rattles", jobs=jobs).id)

    def do(self, action: str, order_id: int, name: str) -> Refusal | None:
        """One tap of one person. A refusal leaves nothing behind; anything else than a refusal is a bug."""
        self.minutes += self.by.choice((0, 0, 1, 5))
        before = self.seen()
        what = f"{action} on {order_id}" if order_id else action
        try:
            with unit_of_work(as_name(self.now(), name)) as work:
                self._act(work, action, order_id)
        except Refusal as refusal:
            self._note(f"{name}: {what} refused: {refusal.say('en')}", "refused")
            assert self.seen() == before
            return refusal
        self._note(f"{name}: {what}", "done")
        assert not order_id or self.seen()[0] > before[0]
        return None

    def _act(self, work: Work, action: str, order_id: int) -> None:
        if order_id:
            VERBS[action](work, order_id, self.by)
        else:
            HOUSE[action](work, self.by)

    def _note(self, said: str, how: str) -> None:
        self.said.append(said)
        self.counts[how] += 1

    def seen(self) -> tuple[int, list[tuple[int, str, int]]]:
        """The newest event, and status and version of every car."""
        with reading(self.ws) as work:
            orders = work.db.exec(select(WorkOrder.id, WorkOrder.status, WorkOrder.version).order_by(col(WorkOrder.id)))
            rows = [(key, str(status), version) for key, status, version in orders]
            return work.db.exec(select(func.max(Event.id))).one() or 0, rows

    def facts(self, order_id: int) -> OrderFacts:
        """What is known about a car now."""
        with reading(self.ws) as work:
            return facts_of(work, ORDERS, order_id)

    def anything(self) -> None:
        """Someone taps something: mostly what makes sense now, mostly a person who may, sometimes neither."""
        order_id = self.by.choice(self.cars)
        facts = self.facts(order_id)
        fitting = [m for m in ORDERS.possible(facts, facts.order.status) if m.action not in SELDOM]
        sensible = bool(fitting) and self.by.random() < 0.85
        move = self.by.choice(fitting) if sensible else self.by.choice(ORDERS.moves)
        name = self.by.choice(self.helpers(move) if self.by.random() < 0.8 else list(STAFF))
        if (name, move.action) != (HANDS_OFF, "start"):
            self.step(move.action, order_id, name)

    def house(self) -> None:
        """Someone does something that is not a move of one car, and the whole shop is asked after it."""
        name = self.by.choice((self.by.choice(list(STAFF)), "Max Manager", "Pat Parts", "Sam Supervisor"))
        if self.do(self.by.choice(list(HOUSE)), 0, name) is None:
            self.all_hold()

    def step(self, action: str, order_id: int, name: str) -> Refusal | None:
        """One tap, and every condition after it."""
        if refusal := self.do(action, order_id, name):
            return refusal
        with reading(self.ws) as work:
            facts = facts_of(work, ORDERS, order_id)
            must.all_hold(work, facts)
            must.clocks_never_overlap(work)
            if action == "pass_out":
                must.nothing_is_owed(facts)
        return None

    def all_hold(self) -> None:
        """Every condition of the whole shop."""
        with reading(self.now()) as work:
            shop_conditions.all_hold(work, self.opening)

    def go_on(self, order_id: int) -> None:
        """The next step, by someone whose role it is; what stands in the way is dealt with first."""
        facts = self.facts(order_id)
        step = ORDERS.next_step(facts, facts.order.status)
        assert step, f"no next step in {facts.order.status}"
        refusals = step.blockers(facts)
        if any(isinstance(r, QuestionOpen) for r in refusals):
            self.answer_question(order_id)
        elif any(isinstance(r, ClaimNotAgreed) for r in refusals):
            self.step("claim", order_id, "Ada Advisor")
        elif any(isinstance(r, NoJobs if facts.pending else NoJobs | NothingAgreed) for r in refusals):
            self._clear(self.step("cancel", order_id, "Ada Advisor"), order_id)
        elif any(isinstance(r, ConsentMissing) for r in refusals) and step.action != "approve":
            self.step("answer_extra", order_id, "Ada Advisor")
        elif any(isinstance(r, PriceMissing) for r in refusals):
            self.step("price_line", order_id, "Ada Advisor")
        elif facts.running and facts.order.status in must.CAN_RUN:
            self.step("finish_job", order_id, "Sam Supervisor")
        elif facts.order.status == OrderStatus.RECEPTION and facts.order.promised_at is None:
            self.step("promise", order_id, "Ada Advisor")
        else:
            self._clear(self.step(step.action, order_id, self.by.choice(self.helpers(step))), order_id)

    def _clear(self, refusal: Refusal | None, order_id: int) -> None:
        """What only showed when the step was tried is put right before the next try."""
        if isinstance(refusal, StatementOutdated):
            self.step("credit_note", order_id, "Max Manager")
        elif isinstance(refusal, MoneyHeld):
            self.step("refund", order_id, "Max Manager")
        elif isinstance(refusal, DrawerClosed):
            self.do("count and close the drawer, or open it", 0, "Max Manager")

    def answer_question(self, order_id: int) -> None:
        """Reception answers what the workshop asked."""
        with unit_of_work(as_name(self.now(), "Ada Advisor")) as work:
            for task in order_tasks.tasks_of(work, order_id):
                if task.done_at is None and task.kind == OrderTaskKind.QUESTION:
                    order_tasks.answer(work, task.id, "On the left")

    def helpers(self, step: Move[OrderFacts]) -> list[str]:
        """Who may make a move here."""
        return [
            name
            for name in STAFF
            if allowed(step, as_name(self.ws, name).by) and (name, step.action) != (HANDS_OFF, "start")
        ]

    def ended(self, order_id: int) -> bool:
        """Whether the car has left for good."""
        with reading(self.ws) as work:
            return work.get(WorkOrder, order_id).status in ENDS

    def watched(self, act: Callable[[], object]) -> None:
        """Act; what does not hold then, and every error that is no refusal, is noted with what was done last."""
        try:
            act()
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            last = " | ".join(self.said[-3:])
            self.violations.append(
                f"{type(error).__name__} {error} at {where.name}:{where.lineno} {where.line}: {last}"
            )

    def left(self) -> list[int]:
        """The cars that have not ended, in one query."""
        with reading(self.ws) as work:
            rows = work.db.exec(select(WorkOrder.id).where(col(WorkOrder.status).not_in(ENDS)))
            return sorted(set(rows) & set(self.cars))

    def tap(self, cars: int) -> None:
        """One tap of the day: a car drives in while there are fewer than `cars`, or somebody does something."""
        if len(self.cars) < cars and (not self.cars or self.by.random() < 0.08):
            self.receive(len(self.cars))
        elif self.by.random() < 0.15:
            self.house()
        elif (left := self.left()) and self.by.random() < 0.45:  # or the walks would never get far from the desk
            self.go_on(self.by.choice(left))
        else:
            self.anything()

    def finish_all(self) -> None:
        """Every car can still be finished."""
        for order_id in self.cars:
            for _ in range(LONGEST_WAY):
                if self.ended(order_id):
                    break
                self.go_on(order_id)
            assert self.ended(order_id)
        self.all_hold()


def opened(ws: Workspace, by: Random, cars: int = 2) -> Shop:
    """A shop with some cars at the desk."""
    shop = Shop(ws, by)
    for number in range(cars):
        shop.receive(number)
    return shop
