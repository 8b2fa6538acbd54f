"""The same shop with everybody at once: ten people, each at a tablet of their own, tap at the same moment."""

from random import Random
from threading import Barrier, Lock, Thread

from services.order_moves import ORDERS
from services.refusals import AtOnce, Refusal
from services.work import unit_of_work
from services.workflow import allowed
from tests.factories import STAFF, as_name
from tests.services.house_verbs import HOUSE
from tests.services.order_verbs import VERBS
from tests.services.shop_walk import HANDS_OFF, SELDOM, Shop

ROUND_MINUTES = (0, 1, 2)


def crowd(shop: Shop, cars: int, taps: int) -> None:
    """Everybody taps so often; a round has one instant, as short as it is in a real shop. What is no refusal is noted, and in the
    end every condition is asked and every car brought to its end."""
    while len(shop.cars) < cars:
        shop.receive(len(shop.cars))
    people = [Member(shop, name, Random(shop.by.random())) for name in STAFF]
    gate = Barrier(len(people), action=lambda: _go_on(shop))
    tablets = [Thread(target=one.work, args=(gate, taps)) for one in people]
    for tablet in tablets:
        tablet.start()
    for tablet in tablets:
        tablet.join()
    shop.watched(shop.all_hold)
    shop.watched(shop.finish_all)


def _go_on(shop: Shop) -> None:
    shop.minutes += shop.by.choice(ROUND_MINUTES)


class Member:
    """One person and their chance."""

    noting = Lock()

    def __init__(self, shop: Shop, name: str, by: Random) -> None:
        self.shop, self.name, self.by = shop, name, by

    def work(self, gate: Barrier, taps: int) -> None:
        """So many taps, each together with all others."""
        for _ in range(taps):
            gate.wait()
            self.shop.watched(self._tap)

    def _tap(self) -> None:
        ws = as_name(self.shop.now(), self.name)
        action, order_id = self._choose()
        try:
            with unit_of_work(ws) as work:
                HOUSE[action](work, self.by) if order_id is None else VERBS[action](work, order_id, self.by)
            how = "done"
        except AtOnce:
            how = "gave way"
            self.shop.said.append(f"{self.name}: {action} gave way")
        except Refusal:
            how = "refused"
        with Member.noting:
            self.shop.counts[how] += 1

    def _choose(self) -> tuple[str, int | None]:
        """Mostly what makes sense for this person on one of the first cars that are left: many hands on few cars."""
        if self.by.random() < 0.2:
            return self.by.choice(list(HOUSE)), None
        order_id = self.by.choice((self.shop.left() or self.shop.cars)[: self.by.choice((3, 40))])
        facts = self.shop.facts(order_id)
        step = ORDERS.next_step(facts, facts.order.status)
        if step and self._may(step.action) and self.by.random() < 0.6:
            return step.action, order_id
        fitting = [move.action for move in ORDERS.possible(facts, facts.order.status) if self._may(move.action)]
        usual = [action for action in fitting if action not in SELDOM]
        return self.by.choice(usual or fitting or ["greet"]), order_id

    def _may(self, action: str) -> bool:
        person = as_name(self.shop.ws, self.name).by
        return allowed(ORDERS.move(action), person) and (self.name, action) != (HANDS_OFF, "start")
