"""The parts of a screen, one tap from each other; the address keeps which one (`?view=todo`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import streamlit as st

from db.choice import Label
from services.i18n import N_
from ui.text import t

VIEW = N_("View")


@dataclass(frozen=True)
class Part:
    """One part and what draws it."""

    label: Label
    draw: Callable[[], None]


@dataclass(frozen=True)
class Screens:
    """`parts` by their name in the address. `hidden` parts are reached from where they are needed and have their own way back;
    `first` names the part for an address without one; `leaves`: what another part leaves out of the address."""

    key: str
    parts: Mapping[str, Part]
    hidden: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    first: Callable[[], str] | None = None
    leaves: tuple[str, ...] = ()
    called: Label = VIEW

    def now(self) -> str:
        """The part asked for by the address, else the first."""
        asked = st.query_params.get("view", "")
        if asked in self.parts or asked in self.hidden:
            return asked
        return self.first() if self.first else next(iter(self.parts))

    def choice(self) -> None:
        """The parts as a choice; none in a hidden one."""
        if self.now() not in self.hidden:
            st.segmented_control(
                t(self.called), list(self.parts), default=self.now(), key=self.key, required=True, on_change=self._chosen,
                format_func=lambda name: t(self.parts[name].label), label_visibility="collapsed",
            )  # fmt: skip

    def draw(self) -> None:
        """Draw the part chosen."""
        name = self.now()
        (self.hidden[name] if name in self.hidden else self.parts[name].draw)()

    def _chosen(self) -> None:
        st.query_params["view"] = st.session_state[self.key]
        for name in self.leaves:
            st.query_params.pop(name, None)
