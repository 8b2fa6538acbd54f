"""The workshop's board: every car with its forecast, the most urgent first; whose turn it is, and the search over them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from db.enums import OrderStatus as S
from db.enums import Role
from db.enums_workshop import Risk
from services import permissions as may
from services.boards import OrderCard, order_cards
from services.forecast import TIGHT, Forecast, Outlook, outlook
from services.i18n import N_
from services.my_work import on_it
from services.normalize import name_key, plate
from services.work import Work
from services.workspace import Person

Column = tuple[str, str, tuple[S, ...]]  # title, icon, statuses
COLUMNS: tuple[Column, ...] = (
    (N_("To dispatch"), "inbox", (S.AWAITING_DISPATCH,)),
    (N_("In work"), "build", (S.IN_WORK,)),
    (N_("Rework"), "replay", (S.REWORK,)),
    (N_("On hold"), "pause_circle", (S.ON_HOLD,)),
    (N_("Checks"), "fact_check", (S.SELF_CHECK, S.TEAM_CHECK, S.FINAL_INSPECTION)),
    (N_("Wash"), "local_car_wash", (S.WASH,)),
    (N_("Ready"), "check_circle", (S.READY,)),
)
SHOWN = tuple(status for _, _, statuses in COLUMNS for status in statuses)
TURNS: dict[S, tuple[Role, ...]] = {
    S.AWAITING_DISPATCH: may.DISPATCHES,
    S.TEAM_CHECK: may.CHECKS_AS_LEADER,
    S.FINAL_INSPECTION: may.INSPECTS,
}
OWN_FIRST = (Role.TECHNICIAN, Role.TEAM_LEADER, Role.INSPECTOR, Role.PARTS_CLERK)
LONGEST = 10  # minutes
SEES_ALL = (Role.MANAGER, Role.SUPERVISOR, Role.ADVISOR)


@dataclass(frozen=True)
class Board:
    """The cars in the workshop, the most urgent first, and what their forecasts rest on. `seconds` from now the first car may
    become late or about to be late without anything being done; at most ten minutes, because what is left grows less."""

    cards: Sequence[OrderCard]
    outlook: Outlook
    risks: Mapping[int, Risk]
    seconds: float

    @property
    def at_risk(self) -> dict[Risk, int]:
        """How many cars are late, and how many are about to be; the rest is left out."""
        counts = Counter(self.risks[card.id] for card in self.cards)
        return {risk: counts[risk] for risk in (Risk.LATE, Risk.TIGHT) if counts[risk]}

    def only(self, risk: Risk | None) -> Sequence[OrderCard]:
        """The cars of that risk; all of them for None."""
        return [card for card in self.cards if risk in (None, self.risks[card.id])]


def board(work: Work, typed: str = "") -> Board:
    """Every car in the workshop that fits what was typed (plate, name, order number), by urgency: what is to spare of the promised
    time when the work that is left is done. Cars without a promise and those that are ready follow."""
    cards = order_cards(work, SHOWN)
    found = outlook(work, cards)
    forecasts = {card.id: found.of(card.facts, work.now) for card in cards}
    spare = {key: one.spare_minutes for key, one in forecasts.items()}
    cards.sort(key=lambda card: (spare[card.id] is None, spare[card.id] or 0))  # the rest as it came: by promise
    risks = {key: one.risk for key, one in forecasts.items()}
    return Board(matching(cards, typed), found, risks, _seconds(forecasts.values()))


def forecast_of(work: Work, card: OrderCard) -> Forecast | None:
    """What the board says of one car; None when it does not stand there."""
    return outlook(work, order_cards(work, SHOWN)).of(card.facts, work.now) if card.status in SHOWN else None


def matching(cards: Iterable[OrderCard], typed: str) -> list[OrderCard]:
    """The cars that fit what was typed; all of them when nothing was."""
    return [c for c in cards if fits(typed, c.vehicle.plate, c.customer.name, c.order.number, c.customer.name_keys)]


def fits(typed: str, number: str | None, name: str = "", order: str = "", keys: str = "") -> bool:
    """Whether a car of that plate, customer (`keys`: how else the name is searched) and order fits; every car when nothing was."""
    key, said = plate(typed), name_key(typed)
    if not key:
        return True
    named = bool(said) and (said in name_key(name) or any(word.startswith(said) for word in keys.split()))
    return key in plate(number or "") or key in plate(order) or named


def whose_turn(cards: Iterable[OrderCard], person: Person) -> list[OrderCard]:
    """The cars this person has to do with now: given to them or clocked by them, or waiting for someone of their role. The one
    their clock runs on comes first, then what was sent back to them."""
    mine = [card for card in cards if _is_for(card, person)]
    return sorted(mine, key=lambda card: (not card.facts.clocks_mine, card.status != S.REWORK))


def _seconds(forecasts: Iterable[Forecast]) -> float:
    """Until the first of them may change its risk, when nothing is done: a minute of `spare_minutes` goes with every minute."""
    spare = [one.spare_minutes for one in forecasts if one.spare_minutes is not None and one.spare_minutes >= 0]
    left = [spared - TIGHT if spared >= TIGHT else spared for spared in spare]
    return min(max(min(left, default=LONGEST) + 1, 1), LONGEST) * 60.0


def _is_for(card: OrderCard, person: Person) -> bool:
    if on_it(card.facts, person.id):
        return True
    turn = TURNS.get(card.status)
    if turn and person.has(*turn):
        return card.status != S.AWAITING_DISPATCH or (card.order.handed_at is not None and not card.facts.asked_back)
    return bool(card.facts.parts_due) and person.has(*may.ISSUES_PARTS)
