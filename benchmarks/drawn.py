"""What a page draws, written down once and drawn again with nothing behind it: the measure of what its own work may cost.

Every call of the page on Streamlit is kept with its finished arguments. Drawing again makes the same calls in the same order:
the same menu, widgets, texts, containers and fragments, but no database, no services, no rules and no translation.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from threading import local
from types import MethodType
from typing import Any
from unittest.mock import patch

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

_UI = Path(__file__).resolve().parent.parent / "ui"
SCRIPT = Path(__file__).with_name("drawn_page.py")
_COMMANDS = ("set_page_config", "navigation", "Page")
_UNSEEN = ("_enqueue", "_block")  # what elements are made of; noted only where nothing above them was


@dataclass(frozen=True)
class Call:
    """One call: on which container (None: on `st` itself), what, and under which number its containers are known."""

    act: Callable[..., Any]
    on: int | None
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    number: int
    fragment: str

    def make(self, made: dict[int, Any]) -> None:
        """Make it again."""
        args = self.args if self.on is None else (made[self.on], *self.args)
        for place, container in enumerate(_containers(self.act(*args, **self.kwargs))):
            made[self.number + place] = container


@dataclass
class Fragment:
    """Calls that are redrawn together."""

    id: str
    parts: list["Call | Fragment"] = field(default_factory=list)

    def make(self, made: dict[int, Any]) -> None:
        """Make them again, as a fragment. The container every fragment gets by itself is not made twice."""

        def drawn_fragment() -> None:
            for part in self.parts[2:-1]:
                part.make(made)

        st.fragment(drawn_fragment)()


@dataclass
class Drawing:
    """Everything one run of a page drew, in order."""

    calls: list[Call] = field(default_factory=list)
    page: Fragment = field(default_factory=lambda: Fragment(""))
    containers: dict[int, int] = field(default_factory=dict)
    kept: list[Any] = field(default_factory=list)

    def draw(self) -> None:
        """Make the calls again. Only inside a run of a script."""
        made: dict[int, Any] = {}
        for part in self.page.parts:
            part.make(made)

    def arrange(self, storage: MemoryFragmentStorage) -> None:
        """Put the calls into the fragments they were made in."""
        opened = [self.page]
        for call in self.calls:
            while opened[-1].id not in ("", *_within(storage, call.fragment)):
                opened.pop()
            for name in reversed(_within(storage, call.fragment)):
                if name not in [fragment.id for fragment in opened]:
                    opened[-1].parts.append(Fragment(name))
                    opened.append(opened[-1].parts[-1])  # type: ignore[arg-type]
            opened[-1].parts.append(call)

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Write down every call on Streamlit made meanwhile."""
        inside = local()
        with ExitStack() as patches:
            for name in _methods():
                original = getattr(DeltaGenerator, name)
                patches.enter_context(patch.object(DeltaGenerator, name, self._noting(original, inside, method=True)))
            for name in _functions():
                patches.enter_context(patch.object(st, name, self._noting(getattr(st, name), inside, method=False)))
            yield

    def _noting(self, original: Callable[..., Any], inside: local, *, method: bool) -> Callable[..., Any]:
        @wraps(original)
        def noting(*args: Any, **kwargs: Any) -> Any:
            if getattr(inside, "call", False):
                return original(*args, **kwargs)
            inside.call = True
            try:
                found = original(*args, **kwargs)
            finally:
                inside.call = False
            known = method and id(args[0]) in self.containers
            act = original if known or not method else original.__get__(st._main)
            self._note(act, args[0] if known else None, args[1:] if method else args, kwargs, found)
            return found

        return noting

    def _note(
        self, act: Callable[..., Any], on: Any, args: tuple[Any, ...], kwargs: dict[str, Any], found: Any
    ) -> None:
        number, made = len(self.kept), _containers(found)
        self.kept += made
        self.containers |= {id(container): number + place for place, container in enumerate(made)}
        where = None if on is None else self.containers[id(on)]
        if isinstance(found, StreamlitPage) and isinstance(args[0], str):
            args = (_UI / args[0], *args[1:])  # named from ui/entry.py, drawn again from elsewhere
        self.calls.append(Call(act, where, args, kwargs, number, ThreadState.get().fragment_id or ""))


def _within(storage: MemoryFragmentStorage, fragment: str) -> list[str]:
    """A fragment and those around it, the innermost first."""
    return [fragment, *storage._iter_ancestor_ids(fragment)] if fragment else []


def _containers(found: Any) -> list[DeltaGenerator]:
    return [one for one in (found if isinstance(found, list | tuple) else [found]) if isinstance(one, DeltaGenerator)]


def _methods() -> list[str]:
    public = [
        name for name in dir(DeltaGenerator) if not name.startswith("_") and callable(getattr(DeltaGenerator, name))
    ]
    return [*public, "__enter__", "__exit__", *_UNSEEN]


def _functions() -> list[str]:
    bound = ((name, value) for name, value in vars(st).items() if isinstance(value, MethodType))
    return [*(name for name, value in bound if isinstance(value.__self__, DeltaGenerator)), *_COMMANDS]


current: list[Drawing] = []


def draw_current() -> None:
    """What benchmarks/drawn_page.py does: draw the page last put into `current`."""
    current[-1].draw()
