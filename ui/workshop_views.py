"""The views of the workshop, in the order they are offered, and who is offered which."""

from collections.abc import Callable
from dataclasses import dataclass

from db.enums import Role
from services import permissions as may
from services.i18n import N_
from services.workshop_board import OWN_FIRST, SEES_ALL
from ui.dispatch_board import dispatch_board
from ui.here import person
from ui.knowledge import knowledge
from ui.text import Safe, plain, t
from ui.workshop_day import day_plan
from ui.workshop_lanes import bay_lanes, person_lanes, status_lanes
from ui.workshop_mine import mine


@dataclass(frozen=True)
class View:
    """One way to look at the workshop. `draw` gets what was typed into the search, loads and draws; it gives the seconds after
    which it looks different by itself, None when time changes nothing. `roles` None: everyone. `searched`: what the search
    is for."""

    label: str
    icon: str
    draw: Callable[[str], float | None]
    roles: tuple[Role, ...] | None = None
    searched: str = N_("Plate, name, order")


VIEWS: dict[str, View] = {
    "mine": View(N_("Mine"), "engineering", mine, OWN_FIRST),
    "status": View(N_("Status"), "view_kanban", status_lanes),
    "bays": View(N_("Bays"), "garage", bay_lanes),
    "people": View(N_("People"), "groups", person_lanes),
    "plan": View(N_("Day plan"), "view_timeline", day_plan),
    "dispatch": View(N_("Dispatch"), "send", dispatch_board, (*may.DISPATCHES, Role.MANAGER)),
    "knowledge": View(N_("Knowledge"), "menu_book", knowledge, searched=N_("Symptom, part, fault code")),
}


def offered() -> list[str]:
    """The views this person is offered."""
    roles = person().roles
    return [name for name, view in VIEWS.items() if view.roles is None or roles.intersection(view.roles)]


def first_view() -> str:
    """Who repairs or checks begins with their own cars, everyone else with all of them."""
    roles = person().roles
    return "mine" if roles.intersection(OWN_FIRST) and not roles.intersection(SEES_ALL) else "status"


def view_words(name: str) -> Safe:
    """How a view is called."""
    return t(VIEWS[name].label)


def searched(name: str) -> str:
    """What is searched for in a view, as the field's hint."""
    return plain(VIEWS[name].searched)
