"""What of the booking desk needs someone now: tasks that are overdue, and bookings that no longer fit. One entry a booking."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from db.choice import Label
from services.conflicts import conflicts
from services.desk_tasks import DeskTask, tasks
from services.work import Work

MOST = 20  # more than can be seen from two metres: the list of the desk has them all
Said = tuple[str, Mapping[str, object]]


@dataclass
class DeskTrouble:
    """A booking with what is wrong about it, whose it is (a person, or a role as a label), the gravest colour."""

    appointment_id: int
    plate: str
    owner: str = ""
    color: str = "red"
    reasons: list[Said] = field(default_factory=list)


def desk_troubles(work: Work) -> list[DeskTrouble]:
    """Those that no longer fit first, then the longest overdue. A fixed number of queries."""
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
