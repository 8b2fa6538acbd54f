"""One visit of one car, played act by act as its people would, up to the act where the story stops."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from db.enums import Answer, CheckLevel, Role
from db.models import Vehicle
from services.demo import acts_front, acts_reception, acts_shop
from services.demo.cars import DemoCar
from services.demo.money_history import PLAIN, Way
from services.demo.stage import Stage
from services.demo.story_content import Concern
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.work import Work
from services.workflow import facts_of
from services.workspace import Person

Act = Callable[["Visit"], object]
Step = tuple[str, float, Act]  # the act's name, minutes after the one before, what is done


@dataclass
class Visit:
    """One car's story. `until` names the last act; `fails` is the check that fails once; `looks`: with a
    health check; `pace` is work time over standard time; `way` is how the money goes."""

    stage: Stage
    car: DemoCar
    vehicle: Vehicle
    concern: Concern
    arrives: datetime
    appointment_id: int | None = None
    until: str = ""
    wash: bool = True
    waits: bool = False
    fails: CheckLevel | None = None
    extra: Answer | None = None
    pace: float = 0.9
    promise: datetime | None = None
    looks: bool = False
    way: Way = PLAIN
    order_id: int = 0
    worker: Person | None = None
    people: dict[Role, Person] = field(default_factory=dict)
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.arrives

    def by(self, role: Role) -> Work:
        """The stage at the story's moment, acted by the same person of a role all through, never by who did the repair."""
        avoid = {self.worker.id} if self.worker and self.worker.id else set()
        if role not in self.people:
            self.people[role] = self.stage.one(role, avoid)
        return self.stage.at(self.now, self.people[role])

    def by_worker(self) -> Work:
        """The stage with the technician acting who was given the car."""
        assert self.worker
        return self.stage.at(self.now, self.worker)

    def facts(self) -> OrderFacts:
        """The order as it is now."""
        return facts_of(self.stage.work, ORDERS, self.order_id)

    def play(self) -> "Visit":
        """Act after act, each at its time; ends after the act named `until`."""
        for name, after, act in self._steps():
            self.now += timedelta(minutes=after)
            act(self)
            if name == self.until:
                break
        return self

    def _steps(self) -> Iterator[Step]:
        yield "arrive", 0, acts_front.arrive
        yield "greet", 0.7, acts_front.greet
        yield "inspect", 4, acts_reception.inspect
        if self.looks:
            yield "look", 2, acts_reception.check_health
        yield "estimate", 3, acts_front.estimate
        yield "approve", 4, acts_front.approve
        yield "hand_over", 0.5, acts_front.hand_over
        yield "dispatch", 1, acts_shop.dispatch
        yield "start", 1.5, acts_shop.start
        if self.extra is not None:
            yield "propose", 6, acts_shop.propose
            yield "answer", 3, acts_shop.answer
        if self.until == "hold":
            yield "hold", 8, acts_shop.hold
        for job in self.facts().undone:
            yield "work", 0, acts_shop.start
            yield "finish", job.minutes * self.pace, acts_shop.finish_job
        yield from self._checks()
        if self.wash:
            yield "wash", 8, acts_shop.wash
        yield from self._handover()

    def _checks(self) -> Iterator[Step]:
        if self.fails:
            yield "fail", 4, acts_shop.fail
            yield "rework", 2, acts_shop.start
            yield "repaired", 8, acts_shop.finish_job
        yield "self", 2, acts_shop.passing(CheckLevel.SELF)
        yield "team", 3, acts_shop.passing(CheckLevel.TEAM)
        yield "final", 5, acts_shop.passing(CheckLevel.FINAL)

    def _handover(self) -> Iterator[Step]:
        yield "check", 4, acts_front.check
        yield "tell", 3, acts_front.tell
        yield "bill", 12, acts_front.bill
        yield "pay", 4, acts_front.pay
        yield "pass", 1, acts_front.pass_out
        yield "deliver", 5, acts_front.deliver
        yield "close", 6, acts_front.close
