"""Engines: SQLite tuned for many tablets on one machine, or PostgreSQL."""

import sqlite3
from random import uniform
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection

BUSY_TIMEOUT = "busy_timeout=15000"
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", BUSY_TIMEOUT, "cache_size=-20000")
PATIENCE = 60.0  # seconds until a writer gives up
WRITES = "writes"  # execution option of a connection that is going to write


def make_engine(url: str) -> Engine:
    """An engine for a database address. On SQLite a transaction marked `WRITES` takes the write lock at once."""
    if not url.startswith("sqlite"):
        return create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), pool_size=10, max_overflow=20)
    engine = create_engine(url, pool_size=10, max_overflow=20)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: DBAPIConnection, _record: Any) -> None:
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None  # we say BEGIN ourselves: the driver would start too late, and deferred
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES):
        _take_turn(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _take_turn(connection: Connection) -> None:
    """Wait for the write lock, everybody with the same chance.

    SQLite's own waiting favours who came last: it asks every millisecond at first, but only ten times a second later on, so
    that under many writers somebody could wait for ever.
    """
    raw: Any = connection.connection.dbapi_connection
    until = monotonic() + PATIENCE
    raw.execute("PRAGMA busy_timeout=0")
    try:
        while not _begun(raw) and monotonic() < until:
            sleep(uniform(0.001, 0.005))
        if not raw.in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # says what is wrong as every other statement does
    finally:
        raw.execute(f"PRAGMA {BUSY_TIMEOUT}")


def _begun(raw: Any) -> bool:
    """Whether the lock was free."""
    try:
        raw.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
