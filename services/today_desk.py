"""What of the booking desk needs someone now: tasks that are overdue, and bookings that no longer fit. One entry a booking."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from db.choice import Label
from services.conflicts import conflicts
from services.desk_tasks import DeskTask, tasks
from services.newest import newest
from services.work import Work

MOST = 20  # more than can be seen from two metres: the list of the desk has them all
Said = tuple[str, Mapping[str, object]]
State = tuple[tuple[int, str], datetime]


@dataclass
class DeskTrouble:
    """A booking with what is wrong about it, whose it is (a person, or a role as a label), the gravest colour."""

    appointment_id: int
    plate: str
    owner: str = ""
    color: str = "red"
    reasons: list[Said] = field(default_factory=list)


_known: WeakKeyDictionary[Engine, tuple[State, list[DeskTrouble]]] = WeakKeyDictionary()


def desk_troubles(work: Work) -> list[DeskTrouble]:
    """Those that no longer fit first, then the longest overdue. A fixed number of queries.

    Looked through once a minute, and after every act: all the tablets that show Today share what was found.
    """
    state = newest(work.db.connection()), work.now.replace(second=0, microsecond=0)
    known = _known.get(work.ws.engine)
    if known is None or known[0] != state:
        known = _known[work.ws.engine] = state, _look(work)
    return known[1]


def _look(work: Work) -> list[DeskTrouble]:
    found: dict[int, DeskTrouble] = {}
    for one in conflicts(work):
        _of(found, one.appointment_id, one.plate).reasons.append((one.why, one.details))
    late = [task for task in tasks(work) if task.due_at < work.now]
    for task in late[:MOST]:
        _overdue(found, task)
    return list(found.values())


def _of(found: dict[int, DeskTrouble], key: int, plate: str) -> DeskTrouble:
    return found.setdefault(key, DeskTrouble(key, plate))


def _overdue(found: dict[int, DeskTrouble], task: DeskTask) -> None:
    known = task.row.id in found
    trouble = _of(found, task.row.id, task.vehicle.plate)
    trouble.reasons.append((task.kind.label, {}))
    trouble.owner = trouble.owner or (Label(task.role.label) if task.role else task.advisor)
    if not known:
        trouble.color = task.kind.color
