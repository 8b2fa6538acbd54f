"""What a person began to write and has not finished, kept so that it survives a reload and shows on their other tablet."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import col

import db.enums
import db.enums_desk
from db.choice import Choice
from db.models import Draft, Staff
from services.work import Work

FORGOTTEN = timedelta(days=7)  # nobody goes on with what lay so long
_ASIDE = ".aside"
_KEPT = select(col(Draft.data), col(Draft.saved_at)).where(
    col(Draft.staff_id) == bindparam("staff"), col(Draft.kind) == bindparam("kind")
)
_MARK = "$"  # begins the name of a kind of value that JSON has no word for


def take(work: Work, kind: str) -> dict[str, Any]:
    """What the person began, by name, as JSON has it (see `unpack`); empty when there is nothing, or it is too old."""
    row = work.db.execute(_KEPT, {"staff": work.by.id, "kind": kind}).first() if work.by.id else None
    if row is None or row.saved_at < work.now - FORGOTTEN or not isinstance(row.data, dict):
        return {}
    data: dict[str, Any] = row.data
    return data


def keep(work: Work, kind: str, data: Mapping[str, Any]) -> None:
    """Write down how far the person is; with nothing written the draft is gone."""
    if not work.by.id:
        return
    if not data:
        work.db.execute(_of(work, kind, delete(Draft)))
        return
    work.lock(Staff, work.by.id)  # their other tablet may begin the same draft at this moment
    work.db.merge(Draft(staff_id=work.by.id, kind=kind, data=dict(data), saved_at=work.now))


def finish(work: Work, kind: str) -> None:
    """The draft became something, or is thrown away; what was put aside for it comes back."""
    work.db.execute(_of(work, kind, delete(Draft)))
    work.db.execute(_of(work, kind + _ASIDE, update(Draft)).values(kind=kind))


def put_aside(work: Work, kind: str) -> None:
    """Make room for something more urgent; `finish` brings the draft back. What was put aside first stays there: it was
    written by hand, what was begun in its place by a tap."""
    if not work.by.id:
        return
    if work.db.get(Draft, (work.by.id, kind + _ASIDE)):
        work.db.execute(_of(work, kind, delete(Draft)))
    else:
        work.db.execute(_of(work, kind, update(Draft)).values(kind=kind + _ASIDE))


def _of(work: Work, kind: str, statement: Any) -> Any:
    """The same for this person's draft of that kind."""
    return statement.where(col(Draft.staff_id) == work.by.id, col(Draft.kind) == kind).execution_options(
        synchronize_session=False
    )


def pack(value: Any) -> Any:
    """A value as JSON has it. TypeError for what a draft cannot keep."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Choice):
        return {_MARK + "choice": [type(value).__name__, value.value]}
    if isinstance(value, str):
        return value
    if isinstance(value, datetime | date | time):  # a datetime is a date too: its own name comes first
        return {_MARK + type(value).__name__: value.isoformat()}
    if isinstance(value, Mapping):
        return {str(name): pack(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [pack(one) for one in value]
    raise TypeError(f"a draft cannot keep {type(value).__name__}")


def unpack(value: Any) -> Any:
    """What was packed. ValueError for what can no longer be read."""
    if isinstance(value, list):
        return [unpack(one) for one in value]
    if not isinstance(value, dict):
        return value
    name, *more = value or ("",)
    if not str(name).startswith(_MARK) or more:
        return {key: unpack(one) for key, one in value.items()}
    read = _READ.get(name)
    if read is None:
        raise ValueError(f"unknown kind {name}")
    return read(value[name])


def _choice(named: Any) -> Choice:
    """A named choice by the name of its list and its value."""
    kind, value = named
    found = getattr(db.enums, str(kind), None) or getattr(db.enums_desk, str(kind), None)
    if not (isinstance(found, type) and issubclass(found, Choice)):
        raise ValueError(f"no list of choices {kind}")
    return found(value)


_READ: dict[str, Any] = {
    _MARK + "choice": _choice,
    _MARK + "datetime": datetime.fromisoformat,
    _MARK + "date": date.fromisoformat,
    _MARK + "time": time.fromisoformat,
}
