"""Forms two people may have open at once: only what somebody changed is written, and only over what they saw."""

from dataclasses import fields
from typing import Any

from db.models import Staff
from services.i18n import N_
from services.refusals import NotNow, Stale
from services.work import Work, last_event


def put_fields(work: Work, row: Any, was: Any, typed: Any) -> list[str]:
    """Write the fields of `typed` that differ from `was`, what the form showed before; gives their names.

    Both are of one dataclass whose fields are columns of the row; the caller holds the row. Refuses with Stale when somebody
    else wrote another value into one of these fields meanwhile.
    """
    changed = [one.name for one in fields(typed) if getattr(typed, one.name) != getattr(was, one.name)]
    for name in changed:
        if getattr(row, name) not in (getattr(was, name), getattr(typed, name)):
            raise _someone_else(work, row)
        setattr(row, name, getattr(typed, name))
    work.db.add(row)
    return changed


def _someone_else(work: Work, row: Any) -> NotNow | Stale:
    event = last_event(work, row)
    if event is None:
        return NotNow()
    who = work.db.get(Staff, event.by_id) if event.by_id else None
    return Stale(name=who.name if who else N_("Someone"), at=work.local(event.at).strftime("%H:%M"))
