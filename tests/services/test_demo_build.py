"""The demo garage: complete, alive at any hour, the same for the same moment. A short past keeps the tests quick."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from db.engine import make_engine
from db.enums import OrderStatus
from db.enums_desk import OutreachReason, TaskKind
from db.enums_reception import OrderTaskKind
from services import outreach
from services.demo.build import build
from services.desk_tasks import tasks
from services.today import today
from services.work import reading
from services.workspace import Workspace

SUNDAY_NIGHT = datetime(2026, 11, 22, 22, 40, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 10, 5, tzinfo=UTC)

ACCIDENT = "work_order JOIN insurance_claim ON order_id = work_order.id WHERE status = 'reception'"


def _garage(url: str, folder: Path, language: str, now: datetime, days: int) -> Workspace:
    ws = Workspace(make_engine(url), folder / "data", lambda: now)
    build(ws, language, days=days)
    return ws


@pytest.mark.parametrize(("language", "now"), [("en", MONDAY), ("zh_CN", SUNDAY_NIGHT)])
def test_cars_stand_in_every_status_whatever_the_hour(
    sqlite_url: str, tmp_path: Path, language: str, now: datetime
) -> None:
    ws = _garage(sqlite_url, tmp_path, language, now, days=4)
    with ws.engine.connect() as connection:
        statuses = {row[0] for row in connection.execute(text("SELECT DISTINCT status FROM work_order"))}
        counts = {
            t: connection.execute(text(f"SELECT count(*) FROM {t}")).scalar()
            for t in ("customer", "vehicle", "part", "staff")
        }
        booked = {row[0] for row in connection.execute(text("SELECT DISTINCT status FROM appointment"))}
        asked = {row[0] for row in connection.execute(text("SELECT kind FROM order_task WHERE done_at IS NULL"))}
        ways = connection.execute(text("SELECT count(*) FROM order_job WHERE alternative IS NOT NULL")).scalar()
        accidents = connection.execute(
            text(
                "SELECT count(*) FROM work_order JOIN insurance_claim ON order_id = work_order.id WHERE status = 'reception'"
            )
        ).scalar()
        money = [
            connection.execute(text(f"SELECT count(*) FROM {what}")).scalar()
            for what in (
                "payment WHERE kind = 'deposit'",
                "discount WHERE state = 'asked'",
                "handover WHERE ended_at IS NULL",
                "cash_drawer WHERE closed_at IS NULL",
                "(SELECT 1 FROM payer_claim LIMIT 1) AS claimed",
            )
        ]
    assert money == [1, 1, 1, 1, 1]
    assert (asked, ways, accidents) == ({kind.value for kind in OrderTaskKind}, 2, 1)
    assert statuses == {status.value for status in OrderStatus} - {"cancelled"}
    assert counts == {"customer": 300, "vehicle": 380, "part": 205, "staff": 10}
    assert {"arrived", "confirmed", "no_show", "waiting_parts", "cancelled", "unmet"} <= booked
    with reading(ws) as work:
        state = today(work)
        kinds = {task.kind for task in tasks(work)}
        to_call = outreach.counts(work)
    assert {TaskKind.STOCK, TaskKind.PART_IN, TaskKind.DECIDE} <= kinds
    assert min(to_call[OutreachReason.SERVICE], to_call[OutreachReason.INSPECTION]) > 0
    reasons = [what for trouble in state.troubles for what, _ in trouble.reasons]
    for wanted in ("failed a check, in rework", "on hold: {reason}", "complaint: {status}"):
        assert wanted in reasons
    assert reasons.count("promised time has passed: tell the customer") == 1


def test_the_same_moment_makes_the_same_garage(sqlite_template: Path, tmp_path: Path) -> None:
    seen = []
    for name in ("a", "b"):
        path = tmp_path / f"{name}.db"
        path.write_bytes(sqlite_template.read_bytes())
        ws = _garage(f"sqlite:///{path}", tmp_path / name, "en", MONDAY, days=1)
        with ws.engine.connect() as connection:
            seen.append(
                connection.execute(text("SELECT subject, subject_id, action, at, by_id FROM event ORDER BY id")).all()
            )
    assert seen[0] == seen[1]
