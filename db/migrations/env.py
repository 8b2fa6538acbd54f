"""Alembic environment: always on a connection handed over by db.migrate."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString

import db.models  # noqa: F401  fills the metadata
from db.base import metadata
from db.search_ddl import in_models
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


def _triggers() -> dict[str, str]:
    """The triggers of a SQLite database by name, as they were created."""
    if _connection.dialect.name != "sqlite":
        return {}
    return dict(_connection.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all())


def _put_back(*_: Any, **__: Any) -> None:
    """SQLite alters some tables by copying them, and a copy has no triggers: those a migration lost are made again."""
    there = _triggers()
    for name, statement in _known.items():
        if name not in there:
            _connection.exec_driver_sql(statement)
    _known.update(_triggers())


_connection: sa.Connection = context.config.attributes["connection"]
_known = _triggers()
context.configure(
    connection=_connection,
    on_version_apply=_put_back,
    target_metadata=metadata,
    include_name=in_models,
    render_as_batch=True,
    render_item=_plain,
    compare_type=_differs,
)
context.run_migrations()
