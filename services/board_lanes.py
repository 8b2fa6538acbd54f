"""The cars of the workshop sorted into lanes: by status, by bay, by person. Every car stands in exactly one lane."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from db.enums import OrderStatus as S
from db.enums import Role
from db.models import Bay
from services.boards import OrderCard
from services.forecast import minutes_left
from services.i18n import N_
from services.my_work import ON_IT
from services.people import people_with
from services.work import Work
from services.workshop_board import COLUMNS

LATER = (S.TEAM_CHECK, S.FINAL_INSPECTION, S.WASH)
WITH_NOBODY = (N_("Unassigned"), "person_off")
IN_NO_BAY = (N_("No bay"), "local_parking")
CHECKS = (N_("Checks and wash"), "fact_check")


@dataclass(frozen=True)
class Lane:
    """A column of the board. `words` is a text to translate, or (empty) `name` what people call it. `left` is the labour still
    to be done on its cars in minutes; `at` the plate the person's clock runs on, empty when none does, None for other lanes."""

    cards: Sequence[OrderCard]
    icon: str
    words: str = ""
    name: str = ""
    left: int | None = None
    at: str | None = None


def by_status(cards: Sequence[OrderCard]) -> list[Lane]:
    """A lane for each stage of the work, empty ones too."""
    return [Lane([c for c in cards if c.status in at], icon, words) for words, icon, at in COLUMNS]


def by_bay(work: Work, cards: Sequence[OrderCard]) -> list[Lane]:
    """Each active bay with the cars that stand in it, between those in no bay and those that are checked. One query."""
    bays = work.db.exec(select(Bay).where(col(Bay.active)).order_by(col(Bay.position), col(Bay.id))).all()
    lanes = [_lane(bay.name, "garage", _at(cards, "bay_id", bay.id), work.now) for bay in bays]
    return _between(cards, "bay_id", {bay.id for bay in bays}, IN_NO_BAY, lanes)


def by_person(work: Work, cards: Sequence[OrderCard]) -> list[Lane]:
    """Each technician and team leader, and whoever else was given a car, with those cars and the car their clock runs on. One
    query."""
    people = {one.id: one.name for one in people_with(work, (Role.TECHNICIAN, Role.TEAM_LEADER))}
    people |= {card.order.technician_id or 0: card.technician for card in cards if _stands(card, "technician_id")}
    on = {clock.staff_id: card.vehicle.plate for card in cards for clock in card.facts.running}
    lanes = [
        _lane(name, "person", _at(cards, "technician_id", key), work.now, on.get(key, ""))
        for key, name in people.items()
    ]
    return _between(cards, "technician_id", people, WITH_NOBODY, lanes)


def _lane(name: str, icon: str, cards: Sequence[OrderCard], now: datetime, at: str | None = None) -> Lane:
    return Lane(cards, icon, name=name, left=sum(minutes_left(card.facts, now) for card in cards), at=at)


def _between(
    cards: Sequence[OrderCard], column: str, known: Container[int], nowhere: tuple[str, str], lanes: list[Lane]
) -> list[Lane]:
    """The lanes between the cars that stand in none of them and those that are being checked."""
    left = [c for c in cards if c.status not in (*LATER, S.READY) and not _stands(c, column, known)]
    after = [card for card in cards if card.status in LATER]
    return [Lane(left, nowhere[1], nowhere[0]), *lanes, Lane(after, CHECKS[1], CHECKS[0])]


def _stands(card: OrderCard, column: str, known: Container[int] | None = None) -> bool:
    key = getattr(card.order, column)
    return card.status in ON_IT and key is not None and (known is None or key in known)


def _at(cards: Iterable[OrderCard], column: str, key: int) -> list[OrderCard]:
    return [card for card in cards if card.status in ON_IT and getattr(card.order, column) == key]
