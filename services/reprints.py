"""Papers that count exist once: what is printed again says that it is a copy."""

from typing import Any

from sqlmodel import select

from db.models import Event
from services.work import Work

PRINTED = "printed"


def is_copy(work: Work, row: Any) -> bool:
    """Whether the paper of this row (of a table with `id`) was printed before; this printing is noted. Of two printed at once
    one is the copy."""
    held = work.lock(type(row), row.id)
    query = select(Event.id).where(Event.subject == held.__tablename__, Event.subject_id == held.id)
    again = work.db.exec(query.where(Event.action == PRINTED).limit(1)).first() is not None
    work.event(held, PRINTED)
    return again
