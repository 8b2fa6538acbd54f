"""The migrations lead to exactly what the models say, on both kinds of database."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

import db.models
from db.base import metadata
from db.ddl import APPEND_ONLY
from db.engine import make_engine
from db.migrate import config, upgrade
from db.search_ddl import in_models

RELEASES = Path(__file__).parent / "data" / "releases"  # an empty database of every release, as its migrations left it
_OURS = {"include_name": in_models}


def test_the_migrations_and_the_models_agree(engine: Engine) -> None:
    assert db.models.__all__
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={**_OURS, "compare_type": False, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_there_is_one_line_of_migrations() -> None:
    assert len(ScriptDirectory.from_config(config()).get_heads()) == 1


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1


@pytest.mark.parametrize("release", sorted(path.stem for path in RELEASES.glob("*.sql")))
def test_a_database_of_every_release_is_brought_up_to_date(tmp_path: Path, release: str) -> None:
    path = tmp_path / "garage.db"
    with sqlite3.connect(path) as connection:
        connection.executescript((RELEASES / f"{release}.sql").read_text(encoding="utf-8"))
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={**_OURS, "compare_type": False})
        assert compare_metadata(context, metadata) == []
        assert connection.execute(text("SELECT name FROM garage")).scalar() == "Harbour Lane Motors"


@pytest.mark.parametrize("release", sorted(path.stem for path in RELEASES.glob("*.sql")))
def test_what_the_database_itself_watches_over_survives_every_migration(tmp_path: Path, release: str) -> None:
    """SQLite alters some tables by copying them, and a copy would come without its triggers."""
    path = tmp_path / "garage.db"
    with sqlite3.connect(path) as connection:
        connection.executescript((RELEASES / f"{release}.sql").read_text(encoding="utf-8"))
        before = _triggers(connection)
    upgrade(make_engine(f"sqlite:///{path}"))
    with sqlite3.connect(path) as connection:
        after = _triggers(connection)
    assert before <= after
    assert {f"frozen_{table}_{verb}" for table in APPEND_ONLY for verb in ("UPDATE", "DELETE")} <= after
    assert "work_order_visit" in after


def test_what_was_agreed_and_owed_before_the_upgrade_stays_so_and_is_found(tmp_path: Path) -> None:
    path = tmp_path / "garage.db"
    with sqlite3.connect(path) as connection:
        connection.executescript((RELEASES / "0.4.sql").read_text(encoding="utf-8"))
        connection.execute("UPDATE garage SET tax_percent = 20000")
        _put(connection, "customer", id=1, name="Grace Field")
        _put(connection, "vehicle", id=1, customer_id=1)
        _put(connection, "work_order", id=1, customer_id=1, vehicle_id=1, status="delivered")
        _put(connection, "order_job", id=1, order_id=1)
        for key, answer in ((1, "agreed"), (2, "pending")):
            _put(connection, "order_line", id=key, order_id=1, order_job_id=1, answer=answer)
        _put(connection, "statement", id=1, order_id=1, customer_share=102750)
    upgrade(make_engine(f"sqlite:///{path}"))
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT tax_percent FROM order_line ORDER BY id").fetchall() == [(20000,), (None,)]
        assert connection.execute("SELECT count(*) FROM work_order WHERE due_on IS NOT NULL").fetchone() == (1,)


def _put(connection: sqlite3.Connection, table: str, **values: object) -> None:
    """A row of an older release; what must be there and is not given is nothing."""
    for _, name, kind, needed, default, _ in connection.execute(f"PRAGMA table_info({table})").fetchall():
        if needed and default is None:
            values.setdefault(name, 0 if "INT" in kind or kind == "BOOLEAN" else "2026-11-01" if "DATE" in kind else "")
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


def _triggers(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}


def test_a_damaged_reference_stops_the_migration(sqlite_template: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(sqlite_template, tmp_path / "garage.db")
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO staff_skill (staff_id, skill) VALUES (99, 'brakes')")
    with pytest.raises(RuntimeError, match="broken references"):
        upgrade(make_engine(f"sqlite:///{path}"))
