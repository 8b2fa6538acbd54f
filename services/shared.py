"""What every tablet reads alike is read once and kept until somebody writes."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func
from sqlmodel import col, select

from db.models import Event
from services.work import Work

T = TypeVar("T")
_STAND = "stand"
_NEWEST = select(func.max(col(Event.id)))
_kept: WeakKeyDictionary[Engine, tuple[Hashable, dict[Hashable, Any]]] = WeakKeyDictionary()


def shared(work: Work, key: Hashable, make: Callable[[], T]) -> T:
    """What `make` reads, or what it read before when nothing was written since; for those who only read.

    `key` names it with everything it depends on besides the rows. Nobody changes what they get.
    """
    if work.writes:
        return make()
    # writes of this program are counted, those of another one show in the newest act
    if _STAND not in work.known:
        work.known[_STAND] = (work.written, work.db.execute(_NEWEST).scalar())
    stand = work.known[_STAND]
    old, shelf = _kept.get(work.ws.engine, (None, {}))
    if old != stand:
        shelf = {}
        _kept[work.ws.engine] = (stand, shelf)
    if key not in shelf:
        shelf[key] = make()
    found: T = shelf[key]
    return found
