"""The workshop's board: which cars stand in which column, whose turn it is, and the search over them."""

from collections.abc import Iterable, Sequence

from sqlmodel import col, select

from db.enums import OrderStatus as S
from db.enums import Role
from db.models import Bay
from services import permissions as may
from services.boards import OrderCard, order_cards
from services.i18n import N_
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
ON_IT = (S.IN_WORK, S.ON_HOLD, S.REWORK, S.SELF_CHECK)
TURNS: dict[S, tuple[Role, ...]] = {
    S.AWAITING_DISPATCH: may.DISPATCHES,
    S.TEAM_CHECK: may.CHECKS_AS_LEADER,
    S.FINAL_INSPECTION: may.INSPECTS,
}
OWN_FIRST = (Role.TECHNICIAN, Role.TEAM_LEADER, Role.INSPECTOR, Role.PARTS_CLERK)
SEES_ALL = (Role.MANAGER, Role.SUPERVISOR, Role.ADVISOR)


def board(work: Work, typed: str = "") -> list[OrderCard]:
    """Every car in the workshop that fits what was typed (plate, name, order number), the most urgent promise first."""
    return matching(order_cards(work, SHOWN), typed)


def matching(cards: Iterable[OrderCard], typed: str) -> list[OrderCard]:
    """The cards that fit what was typed; all of them when nothing was."""
    key, name = plate(typed), name_key(typed)
    return [card for card in cards if not key or _fits(card, key, name)]


def whose_turn(cards: Iterable[OrderCard], person: Person) -> list[OrderCard]:
    """The cars this person has to do with now: given to them or clocked by them, or waiting for someone of their role. The one
    their clock runs on comes first."""
    mine = [card for card in cards if _is_for(card, person)]
    return sorted(mine, key=lambda card: not card.facts.clocks_mine)


def by_bay(work: Work, cards: Sequence[OrderCard]) -> list[tuple[Bay, list[OrderCard]]]:
    """Each active bay with the cars that stand in it."""
    bays = work.db.exec(select(Bay).where(col(Bay.active)).order_by(col(Bay.position), col(Bay.id)))
    return [(bay, [c for c in cards if c.order.bay_id == bay.id and c.status in ON_IT]) for bay in bays]


def _fits(card: OrderCard, key: str, name: str) -> bool:
    keys = card.customer.name_keys.split()
    named = bool(name) and (name in name_key(card.customer.name) or any(word.startswith(name) for word in keys))
    return key in (card.vehicle.plate_key or "") or key in plate(card.order.number) or named


def _is_for(card: OrderCard, person: Person) -> bool:
    if card.status in ON_IT and (card.order.technician_id == person.id or card.facts.clocks_mine):
        return True
    turn = TURNS.get(card.status)
    if turn and person.has(*turn):
        return card.status != S.AWAITING_DISPATCH or (card.order.handed_at is not None and not card.facts.asked_back)
    return bool(card.facts.parts_due) and person.has(*may.ISSUES_PARTS)
