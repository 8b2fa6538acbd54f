"""The checklists of the health check: those that came with the program, and the garage's own."""

from sqlmodel import col, select

from db.models import CheckTemplate
from services.work import Work


def templates(work: Work, *, active: bool = False) -> list[CheckTemplate]:
    """The checklists in their order; only those in use with `active`."""
    query = select(CheckTemplate).order_by(col(CheckTemplate.position), col(CheckTemplate.id))
    return list(work.db.exec(query.where(col(CheckTemplate.active)) if active else query))
