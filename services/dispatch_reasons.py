"""Why the program proposes a person and a bay for a car, in a few words each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.choice import Label
from db.enums import Skill
from services.boards import OrderCard
from services.i18n import N_
from services.parts_in_hand import Lack
from services.place_search import Fit, Wish, load_of
from services.shop_floor import Floor, Key, Taken

REWORK, WAITS = N_("Rework first"), N_("Customer waits here")
BOOKED, WALK_IN = N_("Booked"), N_("Walk-in")
PLANNED, DID_IT = N_("{what} is planned"), N_("{what} worked on it")
KNOWS, PARTLY = N_("{what}: knows this work"), N_("{what}: knows only a part of it")
FREE_FROM = N_("{what}: free from {at}")
LOAD, NO_LOAD = N_("{span} of work today"), N_("No other work today")
EMPTY, STANDS = N_("{what}: free now"), N_("{what} stands there on hold and must move")
PARTS_HERE = N_("Parts are here")
PART_COMES, PART_OPEN = N_("{what} arrives {at}"), N_("{what}: no day of arrival yet")
IN_TIME, LATE = N_("Ready {at}, {span} before the promise"), N_("Ready {at}, {span} after the promise")
READY = N_("Ready {at}")
NOT_TODAY = N_("Not today any more")
NOBODY, NO_BAY = N_("Nobody at work this week knows: {what}"), N_("There is no bay of the kind: {what}")
GOOD, CARE, BAD, PLAIN = "green", "orange", "red", "gray"


@dataclass(frozen=True)
class Why:
    """One reason: a text to translate, with a length in `minutes`, an instant `at`, and what or whom it is about.

    `whole_day`: only the day of `at` is known. `labels` are words of the program's own, to be translated.
    """

    words: str
    icon: str
    color: str = PLAIN
    minutes: int = 0
    at: datetime | None = None
    what: str = ""
    whole_day: bool = False
    labels: tuple[Label, ...] = ()


def why_now(card: OrderCard) -> Iterator[Why]:
    """What puts the car before others or behind them; the promise stands on its card."""
    if card.facts.in_rework:
        yield Why(REWORK, "replay", BAD)
    if card.order.waits:
        yield Why(WAITS, "chair", "blue")
    booked = card.order.appointment_id is not None
    yield Why(BOOKED if booked else WALK_IN, "event" if booked else "directions_walk")


def why_there(floor: Floor, taken: Taken, card: OrderCard, wish: Wish, fit: Fit) -> Iterator[Why]:
    """Why this person and this bay, and which of them the car waits for."""
    hand, bay = fit.hand, fit.bay
    if hand.id in wish.own_staff:
        yield Why(DID_IT if card.facts.in_rework else PLANNED, "event_available", GOOD, what=hand.name)
    whole = wish.needs.skills <= hand.skills
    yield Why(KNOWS if whole else PARTLY, "school", GOOD if whole else CARE, what=hand.name)
    load = load_of(floor, taken, hand.id)
    yield Why(LOAD, "engineering", minutes=load) if load else Why(NO_LOAD, "engineering", GOOD)
    if _awaited(taken, ("staff", hand.id), fit):
        yield Why(FREE_FROM, "hourglass_top", at=fit.starts_at, what=hand.name)
    standing = floor.standing.get(bay.id)
    if standing and standing.id != card.id:
        yield Why(STANDS, "garage", CARE, what=standing.vehicle.plate)
    elif _awaited(taken, ("bay", bay.id), fit):
        yield Why(FREE_FROM, "garage", at=fit.starts_at, what=bay.name)
    elif fit.starts_at <= floor.now:
        yield Why(EMPTY, "garage", GOOD, what=bay.name)


def _awaited(taken: Taken, key: Key, fit: Fit) -> bool:
    return any(last == fit.starts_at for _, last in taken.get(key, ()))


def why_parts(lacks: Sequence[Lack], needed: bool, at: dict[Lack, datetime]) -> Iterator[Why]:
    """What of the parts is there; `at` is when what is missing comes."""
    for lack in lacks:
        comes = at.get(lack)
        yield (
            Why(PART_COMES, "local_shipping", CARE, at=comes, what=lack.title, whole_day=True)
            if comes
            else Why(PART_OPEN, "local_shipping", BAD, what=lack.title)
        )
    if not lacks and needed:
        yield Why(PARTS_HERE, "inventory_2", GOOD)


def outcome(ready: datetime, promised: datetime | None) -> Why:
    """What becomes of the promise."""
    if promised is None:
        return Why(READY, "flag", at=ready)
    spare = int((promised - ready) / timedelta(minutes=1))
    if spare < 0:
        return Why(LATE, "warning", BAD, minutes=-spare, at=ready)
    return Why(IN_TIME, "flag", GOOD, minutes=spare, at=ready)


def nobody(floor: Floor, wish: Wish) -> Why:
    """Why there is no proposal: no bay of the kind, or nobody with the skill who is at work."""
    if not any(bay.kind in wish.needs.kinds for bay in floor.bays):
        return Why(NO_BAY, "garage", BAD, labels=tuple(kind.label for kind in sorted(wish.needs.kinds)))
    skills: list[Skill] = sorted(wish.needs.skills)
    return Why(NOBODY, "person_off", BAD, labels=tuple(skill.label for skill in skills))
