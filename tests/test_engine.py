"""Writers take turns on SQLite: one waits for the other, and says so when it waited too long."""

from pathlib import Path
from threading import Thread, Timer

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

import db.engine
from db.engine import WRITES, make_engine


@pytest.fixture
def file(tmp_path: Path) -> Engine:
    engine = make_engine(f"sqlite:///{tmp_path / 'turns.db'}")
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        connection.execute(text("CREATE TABLE turn (who TEXT)"))
    return engine.execution_options(**{WRITES: True})


def _write(engine: Engine, who: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO turn VALUES (:who)"), {"who": who})


def test_a_writer_waits_for_the_one_before(file: Engine) -> None:
    first = file.connect()
    first.execute(text("INSERT INTO turn VALUES ('first')"))
    waiting = [Thread(target=_write, args=(file, f"later {number}")) for number in range(5)]
    for thread in waiting:
        thread.start()
    Timer(0.2, first.commit).start()
    for thread in waiting:
        thread.join()
    with file.connect() as connection:
        rows = connection.execute(text("SELECT who FROM turn ORDER BY rowid")).scalars().all()
    assert rows[0] == "first"
    assert sorted(rows[1:]) == [f"later {number}" for number in range(5)]


def test_a_writer_who_waited_too_long_gives_up_and_can_write_later(
    file: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.engine, "PATIENCE", 0.05)
    with file.connect() as first:
        first.execute(text("INSERT INTO turn VALUES ('first')"))
        with pytest.raises(OperationalError, match="database is locked"):
            _write(file, "second")
        first.commit()
    _write(file, "second")
    with file.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM turn")).scalar() == 2


def test_only_writers_wait(file: Engine) -> None:
    with file.connect() as first:
        first.execute(text("INSERT INTO turn VALUES ('first')"))
        with make_engine(str(file.url)).connect() as reader:
            assert reader.execute(text("SELECT count(*) FROM turn")).scalar() == 0
