"""What the server does at its start and end."""

import asyncio
import gc
import logging
from pathlib import Path

import pytest
from sqlalchemy import delete, inspect

import web.demo
import web.lifespan
from db.models import CheckTemplate, CheckTemplateItem
from services.health_templates import templates
from services.setup import is_set_up, set_up_garage
from services.work import reading, unit_of_work
from services.workspace import Workspace, live
from tests.services.test_setup import GOOD
from web.live_feed import board


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """The collector of the test process is not to be frozen, its logger not to be switched off."""
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(logging.getLogger("uvicorn.access"), "disabled", False)


def _start_and_stop() -> None:
    async def run() -> None:
        async with web.lifespan.lifespan(None):
            async with asyncio.timeout(10):
                while not board.version:
                    await asyncio.sleep(0.01)

    asyncio.run(run())


def _demo(ws: Workspace, language: str) -> None:
    assert language == "zh_CN"
    with unit_of_work(ws) as work:
        set_up_garage(work, GOOD)
        work.garage.demo = True
        work.db.add(work.garage)


def test_an_empty_folder_becomes_a_database_without_a_garage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "new" / "folder"))
    _start_and_stop()
    assert (tmp_path / "new" / "folder" / "garage.db").exists()
    assert "work_order" in inspect(live().engine).get_table_names()
    with reading(live()) as work:
        assert not is_set_up(work)


def test_the_demo_is_made_on_an_empty_database_and_never_over_a_garage(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "demo"))
    monkeypatch.setenv("DEMO", "1")
    monkeypatch.setenv("DEMO_LANGUAGE", "zh_CN")
    made: list[str] = []

    def build(ws: Workspace, language: str) -> None:
        made.append(language)
        _demo(ws, language)

    monkeypatch.setattr(web.lifespan, "builder", lambda: build)
    _start_and_stop()
    _start_and_stop()
    assert made == ["zh_CN"]
    with reading(live()) as work:
        assert work.garage.demo


def test_the_demo_the_server_makes_is_the_demo_garage() -> None:
    assert web.demo.builder().__module__ == "services.demo.build"


def test_a_garage_from_an_older_release_gets_the_checklists(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "old"))
    _start_and_stop()
    with unit_of_work(live()) as work:
        set_up_garage(work, GOOD)
        for table in (CheckTemplateItem, CheckTemplate):
            work.db.exec(delete(table))
    for _ in range(2):
        _start_and_stop()
        with reading(live()) as work:
            assert [row.standard for row in templates(work)] == ["full", "short", "electric"]
