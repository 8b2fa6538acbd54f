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


def _triggers(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}


def test_a_damaged_reference_stops_the_migration(sqlite_template: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(sqlite_template, tmp_path / "garage.db")
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO staff_skill (staff_id, skill) VALUES (99, 'brakes')")
    with pytest.raises(RuntimeError, match="broken references"):
        upgrade(make_engine(f"sqlite:///{path}"))
