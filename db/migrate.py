"""Bring a database to the newest schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

FOLDER = Path(__file__).parent / "migrations"


def config() -> Config:
    """Alembic's settings, without an ini file."""
    cfg = Config()
    cfg.set_main_option("script_location", str(FOLDER))
    return cfg


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the missing migrations.

    On SQLite foreign keys are off meanwhile (table copies would drop child rows) and checked after: RuntimeError if broken.
    """
    cfg = config()
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.connection.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            cfg.attributes["connection"] = connection
            command.upgrade(cfg, revision)
        if engine.dialect.name == "sqlite":
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise RuntimeError(f"the migration left broken references: {broken[:5]}")
            connection.rollback()
            connection.connection.execute("PRAGMA foreign_keys=ON")
