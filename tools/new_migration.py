"""Write the migration from the newest schema to the models: `python -m tools.new_migration "add tyre storage"`."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from db.engine import make_engine
from db.migrate import config, upgrade


def write(message: str) -> None:
    """Compare the models with a fresh SQLite database at the newest revision; the next number names the new file."""
    settings = config()
    number = len(list(ScriptDirectory.from_config(settings).walk_revisions())) + 1
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'empty.db'}")
        upgrade(engine)
        with engine.connect() as connection:
            settings.attributes["connection"] = connection
            command.revision(settings, message, autogenerate=True, rev_id=f"{number:04d}")
        engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit('Usage: make migration m="what changes"')
    write(sys.argv[1])
