"""Alembic environment: always on a connection handed over by db.migrate."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString

import db.models  # noqa: F401  fills the metadata
from db.base import metadata
from db.types import Thousandths, UtcDateTime


def _plain(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    """Migrations name the database's own types, so that they never change with our code."""
    if kind != "type":
        return False
    if isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(thing, Thousandths):
        return "sa.BigInteger()"
    if isinstance(thing, sa.Enum | sa.String | AutoString):
        return f"sa.String({thing.length})"
    return False


def _differs(_context: Any, _inspected: Any, _column: Any, found: Any, wanted: Any) -> bool | None:
    """A choice is text of length 30; the rest Alembic compares itself."""
    if isinstance(wanted, sa.Enum):
        return not isinstance(found, sa.String) or found.length != wanted.length
    return None


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=_plain,
    compare_type=_differs,
)
context.run_migrations()
