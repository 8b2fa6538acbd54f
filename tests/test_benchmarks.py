"""The benchmarks measure what they say: tiny sizes, no times asserted."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from streamlit.runtime import Runtime

import services.workspace
from benchmarks import drawn, finding, free_times, full_board, pages, tablet, tablets
from benchmarks.drawn import Drawing
from benchmarks.figures import Figure, take_turns
from benchmarks.garages import MOMENT, Garage
from benchmarks.history import grow
from benchmarks.history_sql import PICKED
from benchmarks.tablet import Tablet
from db.enums import Answer, HoldReason, LineKind, OrderStatus
from db.models import OrderJob, OrderLine, Staff, WorkOrder
from services.numbers import daily_number
from services.pins import DEMO_PIN, hash_pin
from services.sign_in import open_session
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import make_car, make_garage
from tests.visits import PRICE, finished_visit

MANAGER = 10


@pytest.fixture
def month(sqlite_url: str, tmp_path: Path) -> Garage:
    """The small garage with one visit long over, one car on hold, and its manager signed in."""
    garage = Garage(Path(sqlite_url.removeprefix("sqlite:///")))
    ws = make_garage(garage.workspace().engine, tmp_path, MOMENT)
    with unit_of_work(ws) as work:
        finished_visit(work, make_car(work), MOMENT - timedelta(days=30))
        work.now = MOMENT
        _on_hold(work)
        work.db.execute(update(Staff).values(pin_hash=hash_pin(DEMO_PIN)))
        session = open_session(work, MANAGER)[0].id
    return Garage(garage.file, session)


def _on_hold(work: Work) -> WorkOrder:
    car = make_car(work, "Hal Hold", "HH11 HHH", "+447700900124")
    order = work.add(WorkOrder(number=daily_number(work, "W"), customer_id=car.customer_id, vehicle_id=car.id, arrived_at=work.now,
                               greeted_at=work.now, status=OrderStatus.ON_HOLD, hold_reason=HoldReason.TOOL,
                               technician_id=3, bay_id=1))  # fmt: skip
    job = work.add(OrderJob(order_id=order.id, job_id=1, title="Oil service", minutes=60))
    work.add(OrderLine(order_id=order.id, order_job_id=job.id, kind=LineKind.LABOUR, title="Oil service", unit_price=PRICE,
                       answer=Answer.AGREED))  # fmt: skip
    return order


@pytest.fixture
def grown(month: Garage, sqlite_template: Path, tmp_path: Path) -> Garage:
    """The same garage with a year behind it, one car a day."""
    file = shutil.copyfile(sqlite_template, tmp_path / "grown.db")
    grow(month.file, file, MOMENT, years=1, per_day=1)
    return Garage(file, month.session)


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Puts the clock, the environment and Streamlit's services back after tablets of this process."""
    monkeypatch.setattr(services.workspace, "system_clock", services.workspace.system_clock)
    monkeypatch.setenv("DATABASE_URL", "")
    tablet.runtime.cache_clear()
    Runtime._instance = None
    yield
    tablet.runtime.cache_clear()
    Runtime._instance = None


def _rows(file: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(file)) as db:
        return db.execute(query).fetchall()


def test_searches_of_both_kinds_are_measured_among_the_customers_made(month: Garage, tmp_path: Path) -> None:
    found = {figure.name: figure for figure in finding.measure(month, tmp_path, size=50, rounds=1)}
    assert list(found) == ["find_customers", "find_vague_p95", "find_rare_p95"]
    assert found["find_vague_p95"].value > 0
    with closing(sqlite3.connect(tmp_path / "crowd.db")) as db:
        assert db.execute("SELECT count(*) FROM search_line WHERE customer_id >= 1000000").fetchone() == (50,)


def test_history_has_every_kind_of_row_a_visit_leaves_in_every_month(month: Garage, grown: Garage) -> None:
    left = PICKED.keys() - {"part_reservation", "campaign_car"}  # used up in the visit; once for each car
    counts = {table: _rows(grown.file, f'SELECT count(*) FROM "{table}"')[0][0] for table in left}
    before = {table: _rows(month.file, f'SELECT count(*) FROM "{table}"')[0][0] for table in left}
    copies = 4 * 78  # four times 13 weeks, six days a week, one car a day
    assert counts["exit_pass"] == counts["statement"] == copies + 1
    assert all(counts[table] >= copies for table in left), counts
    assert all(before[table] for table in left), before


def test_history_ends_where_the_garage_began_and_ids_grow_with_time(grown: Garage) -> None:
    times = [at for (at,) in _rows(grown.file, "SELECT arrived_at FROM work_order WHERE status = 'closed' ORDER BY id")]
    assert times == sorted(times)
    assert times[0] == "2025-10-26 10:40:00.000000"
    assert times[-1] == "2026-10-25 10:40:00.000000"


def test_what_is_bought_covers_what_is_used(month: Garage, grown: Garage) -> None:
    sums = [_rows(g.file, "SELECT sum(quantity) FROM stock_movement")[0][0] for g in (month, grown)]
    assert sums == [-1000, -1000]


def test_the_database_accepts_the_history_by_its_own_rules(grown: Garage) -> None:
    with (
        closing(sqlite3.connect(grown.file)) as db,
        pytest.raises(sqlite3.IntegrityError, match="reservation overlaps"),
    ):
        db.execute("INSERT INTO reservation (bay_id, starts_at, ends_at) SELECT bay_id, starts_at, ends_at FROM reservation "
                   "WHERE bay_id IS NOT NULL")  # fmt: skip
    assert _rows(grown.file, "PRAGMA integrity_check") == [("ok",)]
    assert _rows(grown.file, "SELECT count(DISTINCT number) = count(*) FROM work_order") == [(1,)]


@pytest.mark.usefixtures("in_process")
def test_a_page_drawn_again_shows_the_same_and_asks_no_database(month: Garage, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, drawing = Tablet("workshop", month), Drawing()
    with drawing.recording():
        first = shown.run()
    drawing.arrange(shown.fragments)
    monkeypatch.setattr(drawn, "current", [drawing])
    month.file.unlink()
    again = Tablet("", month, drawn.SCRIPT).run()
    assert [str(e.markdown.body) for e in again.elements()] == [str(e.markdown.body) for e in first.elements()]
    assert "HH11 HHH" in str(again.sent)
    assert len({b.fragment for b in again.buttons()}) == len({b.fragment for b in first.buttons()}) > 1


@pytest.mark.usefixtures("in_process")
def test_a_tap_on_a_card_writes_and_redraws_that_card_alone(month: Garage) -> None:
    board = Tablet("workshop", month)
    resume = next(b for b in board.run().buttons() if b.key.startswith("resume_"))
    tap = board.run(resume)
    assert _rows(month.file, "SELECT status FROM work_order WHERE hold_reason IS NULL AND number LIKE 'W261124%'") == [
        ("in_work",)
    ]
    assert {b.fragment for b in tap.buttons()} == {resume.fragment}
    assert [e.toast.body for e in tap.elements() if e.HasField("toast")] == ["Work goes on."]


@pytest.mark.usefixtures("in_process")
def test_every_figure_of_pages_taps_and_free_times_is_there(month: Garage, grown: Garage, tmp_path: Path) -> None:
    found = [
        *free_times.measure(month, grown, 2),
        *pages.measure(month, grown, 1, ("workshop",)),
        *pages.taps(month, tmp_path, 2, ("workshop",)),
    ]
    assert [figure.name for figure in found if figure.limit] == [
        "free_times_to_bare_query",
        "free_times_ten_years",
        "offers_to_bare_query",
        "offers_ten_years",
        "page_workshop_to_widgets",
        "page_workshop_ten_years",
        "tap_workshop_to_page",
    ]
    assert all(figure.value > 0 for figure in found)


@pytest.mark.usefixtures("in_process")
def test_the_board_is_measured_with_exactly_as_many_cars_as_it_says(month: Garage, tmp_path: Path) -> None:
    found = {figure.name: figure.value for figure in full_board.measure(month, tmp_path, rounds=1, taps=2, cars=3)}
    assert found["board_cars"] == 3
    assert found["board_to_widgets"] > found["board_tap_to_page"] > 0
    held = _rows(full_board.full_board(month, 3).file, "SELECT count(*) FROM work_order WHERE status = 'on_hold'")
    assert held == [(3,)]


def test_tablets_on_a_real_server_lose_nothing(month: Garage, tmp_path: Path) -> None:
    found = {figure.name: figure.value for figure in tablets.measure(month, tmp_path, tablets=2, seconds=3)}
    assert found["tablets_taps"] > 0
    assert [found[f"tablets_writes_{how}"] for how in ("lost", "unasked", "twice")] == [0, 0, 0]


def test_a_write_the_tablets_were_not_told_of_and_one_made_twice_are_noticed(month: Garage) -> None:
    ws = Workspace(month.workspace().engine, month.file.parent)
    with unit_of_work(ws) as work:
        order = work.get(WorkOrder, 2)
        for action in ("hold", "resume", "resume"):
            work.event(order, action)
    assert tablets.written(ws, since=0) == (2, 1)


def test_a_figure_says_whether_it_keeps_its_limit() -> None:
    assert json.loads(Figure("x", 1.2004, "ratio", 1.15).line()) == {
        "name": "x", "value": 1.2, "unit": "ratio", "limit": 1.15, "ok": False,
    }  # fmt: skip
    assert Figure("x", 9, "ms").ok


def test_both_sides_take_turns_and_the_middle_counts() -> None:
    left, right = iter([9.0, 1.0, 2.0, 30.0]), iter([9.0, 5.0, 5.0, 6.0])
    assert take_turns([lambda: next(left), lambda: next(right)], rounds=3, warm_up=1) == [2.0, 5.0]
