"""Run any screen as any person in any language, in process."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import services.workspace
from db.engine import make_engine
from db.enums import Role
from db.models import SignInSession, Staff
from services.work import unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_garage

ROOT = Path(__file__).resolve().parents[2]
App = Callable[..., AppTest]


@pytest.fixture
def garage(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The small garage, found by the application as its live data; the clock stands at Monday 9:00."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    services.workspace.engine_for.cache_clear()
    ws = make_garage(make_engine(sqlite_url), tmp_path / "data")
    monkeypatch.setattr(services.workspace, "system_clock", ws.clock)
    return ws


@pytest.fixture
def app(garage: Workspace, monkeypatch: pytest.MonkeyPatch) -> App:
    """`app("booking", Role.ADVISOR, "zh_CN", appointment=3)` opens a screen and runs it once."""

    def open_screen(page: str, role: Role, language: str = "en", **query: object) -> AppTest:
        person = as_role(garage, role).by
        # AppTest formats the options of pills outside the run, where no session says which language
        monkeypatch.setattr("ui.text.DEFAULT", language)
        with unit_of_work(garage) as work:
            work.get(Staff, person.id).language = language
            row = SignInSession(staff_id=person.id or 0, token_hash=f"{page}{role}{language}{query}"[:64], created_at=work.now,
                                seen_at=work.now, expires_at=work.now + timedelta(hours=8))  # fmt: skip
            session = work.add(row)
        at = AppTest.from_file(str(ROOT / "ui" / "entry.py"), default_timeout=20)
        at.user = {"sid": str(session.id)}
        for name, value in query.items():
            at.query_params[name] = str(value)
        at.switch_page(f"../pages/{page}.py")
        return at.run()

    return open_screen
