"""Databases for the tests. A test that asks for `engine` runs twice: on SQLite and on PostgreSQL."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import make_engine
from db.migrate import upgrade
from services.workspace import Workspace
from tests import pg
from tests.factories import make_garage

DATABASE = "garage"
BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))


@pytest.fixture(autouse=True)
def _own_configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees or touches the developer's own data, whatever the environment says."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DEMO", raising=False)
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated SQLite file; copy it, never open it."""
    path = tmp_path_factory.mktemp("template") / "garage.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh SQLite database."""
    return f"sqlite:///{shutil.copyfile(sqlite_template, tmp_path / 'garage.db')}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[pg.Server]:
    """A PostgreSQL server with a migrated database `template_garage`."""
    if sys.platform != "linux":
        pytest.skip("the PostgreSQL tests start their server on Linux only")
    with pg.running_server() as server:
        _migrate(server.create("template_garage"))
        yield server


@pytest.fixture(scope="session")
def postgres_database(postgres: pg.Server) -> str:
    """The address of the PostgreSQL database the tests take turns on."""
    return postgres.create(DATABASE, template="template_garage")


@pytest.fixture
def postgres_url(postgres: pg.Server, postgres_database: str) -> Iterator[str]:
    """The address of an empty, migrated PostgreSQL database, emptied again after the test."""
    yield postgres_database
    postgres.empty(DATABASE)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh, migrated, empty database of either kind."""
    url = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    assert isinstance(url, str)
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a fresh, migrated, empty database of either kind."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def _migrate(url: str) -> None:
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()


@pytest.fixture
def ws(engine: Engine, tmp_path: Path) -> Workspace:
    """The small garage of tests/factories.py, on either kind of database, Monday 9:00; the program itself acts."""
    return make_garage(engine, tmp_path / "data")
