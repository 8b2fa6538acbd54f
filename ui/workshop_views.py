"""The views of the workshop, in the order they are offered, and who is offered which."""

from collections.abc import Callable
from dataclasses import dataclass

from streamlit.delta_generator import DeltaGenerator

from db.enums import Role
from services import permissions as may
from services.i18n import N_
from services.workshop_board import OWN_FIRST, SEES_ALL
from ui.dispatch_board import dispatch_board
from ui.here import person
from ui.knowledge import knowledge
from ui.text import plain, t
from ui.workshop_day import day_plan
from ui.workshop_lanes import bay_lanes, person_lanes, status_lanes
from ui.workshop_mine import mine

Draw = Callable[[str, DeltaGenerator], float | None]


def _below(draw: Callable[[str], float | None]) -> Draw:
    """A view without controls of its own in the row of the views."""
    return lambda typed, _row: draw(typed)


@dataclass(frozen=True)
class View:
    """One way to look at the workshop. `draw` gets what was typed into the search, and the row of the views for its own controls;
    it gives the seconds after which it looks different by itself, None when time changes nothing. `roles` None: everyone.
    `searched`: what the search is for."""

    label: str
    draw: Draw
    roles: tuple[Role, ...] | None = None
    searched: str = N_("Plate, name, order")


VIEWS: dict[str, View] = {
    "mine": View(N_("Mine"), _below(mine), OWN_FIRST),
    "status": View(N_("Status"), status_lanes),
    "bays": View(N_("Bays"), bay_lanes),
    "people": View(N_("People"), person_lanes),
    "plan": View(N_("Day plan"), day_plan),
    "dispatch": View(N_("Dispatch"), _below(dispatch_board), (*may.DISPATCHES, Role.MANAGER)),
    "knowledge": View(N_("Knowledge"), _below(knowledge), searched=N_("Symptom, part, code")),
}


def offered() -> list[str]:
    """The views this person is offered."""
    roles = person().roles
    return [name for name, view in VIEWS.items() if view.roles is None or roles.intersection(view.roles)]


def first_view() -> str:
    """Who repairs or checks begins with their own cars, everyone else with all of them."""
    roles = person().roles
    return "mine" if roles.intersection(OWN_FIRST) and not roles.intersection(SEES_ALL) else "status"


def choose(row: DeltaGenerator) -> tuple[View, str]:
    """The switch between the views, and the search: which view, and what was typed."""
    name = row.segmented_control(
        t("View"), offered(), default=first_view(), required=True, key="workshop_view", width="content", persist_state="session",
        format_func=lambda name: t(VIEWS[name].label), label_visibility="collapsed",
    )  # fmt: skip
    view = VIEWS[name]
    typed = row.text_input(
        t("Search"), placeholder=plain(view.searched), key="workshop_search", width=190, icon=":material/search:",
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    return view, typed
