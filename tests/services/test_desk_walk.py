"""Random walks of a booking over its flow with jumps of the clock: the tasks always fit the state."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import col, select

from db.engine import make_engine
from db.enums import AppointmentStatus as S
from db.enums import Role, UnmetReason
from db.enums_desk import PurchaseStatus, ReturnKind
from db.enums_desk import TaskKind as K
from db.models import Appointment, PurchaseLine, TaskResult
from services.appointment_moves import APPOINTMENTS, TimePassed
from services.arrivals import arrive
from services.booking import book, confirm, move
from services.booking_changes import agree, cancel, give_up, no_show, tried, wait_parts
from services.booking_jobs import change_jobs
from services.desk_loading import load_stands
from services.desk_rules import RULE, RULES
from services.desk_tasks import AlreadyNoted, DeskTask, open_tasks, settle, tasks
from services.purchases import come_in, drop
from services.refusals import Refusal
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.conftest import BOTH
from tests.factories import MONDAY_9, as_role, make_car, make_garage

OVER = (S.ARRIVED, S.CANCELLED)
ALLOWED: dict[S, set[K]] = {
    S.REQUESTED: {K.REPORT, K.STOCK, K.TELL, K.CONFIRM},
    S.CONFIRMED: {K.REPORT, K.STOCK, K.TELL, K.REMIND, K.REMIND_EARLY, K.CONFIRM_ARRIVAL, K.GREET, K.MISSING},
    S.WAITING_PARTS: {K.REPORT, K.STOCK, K.TELL, K.PART_LATE, K.PART_IN},
    S.NO_SHOW: {K.REBOOK},
    S.UNMET: {K.DECIDE, K.OFFER},
    S.ARRIVED: set(),
    S.CANCELLED: set(),
}
JUMPS = (0, 1, 4, 6, 15, 16, 30, 61, 180, 600, 1440, 2880)
NEAR = (-1440, -240, -60, -30, -15, -5, 0, 14, 15, 16)
ENDS = ("arrive", "cancel", "no_show")  # seldom, or every walk is over at once
TIMES = [datetime(2026, 11, day, hour, tzinfo=UTC) for day in (24, 25, 26, 27, 30) for hour in (8, 10, 14, 16)]
Step = Callable[[Work, int, Random], object]


def _lines(work: Work, key: int) -> list[int]:
    return list(work.db.exec(select(PurchaseLine.id).where(PurchaseLine.appointment_id == key)))


STEPS: dict[str, Step] = {
    "confirm": lambda work, key, _: confirm(work, key),
    "arrive": lambda work, key, _: arrive(work, key),
    "move": lambda work, key, by: move(work, key, starts_at=by.choice(TIMES)),
    "change_jobs": lambda work, key, by: change_jobs(work, key, [by.choice((1, 2, 3))]),
    "wait_parts": lambda work, key, _: wait_parts(work, key, part="Mirror"),
    "tried": lambda work, key, _: tried(work, key),
    "no_show": lambda work, key, _: no_show(work, key),
    "cancel": lambda work, key, _: cancel(work, key, reason="Sold"),
    "give_up": lambda work, key, _: give_up(work, key, unmet=UnmetReason.TIME),
}
OTHERS: dict[str, Step] = {
    "agree": lambda work, key, by: agree(work, key, starts_at=by.choice(TIMES)),
    "come_in": lambda work, key, by: come_in(work, by.choice(_lines(work, key) or [0])),
    "drop": lambda work, key, by: drop(work, by.choice(_lines(work, key) or [0]), reason="No longer made"),
    "request": lambda work, key, _: _ask_again(work, key),
}


def _ask_again(work: Work, key: int) -> None:
    """As a booking from the web begins, which nobody has confirmed yet."""
    row = work.lock(Appointment, key)
    confirmed = work.db.exec(select(TaskResult).where(TaskResult.kind == K.CONFIRM)).first()
    if row.status == S.CONFIRMED and not confirmed:
        row.status = S.REQUESTED


def test_every_move_of_the_flow_is_walked() -> None:
    assert set(STEPS) == {one.action for one in APPOINTMENTS.moves}


def test_every_kind_of_task_has_one_rule_and_a_state() -> None:
    assert [rule.kind for rule in RULES] == list(RULE)
    assert set(RULE) == set(K)
    assert {kind for kinds in ALLOWED.values() for kind in kinds} == set(K)


@pytest.fixture(scope="module", params=BOTH)
def fresh(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Workspace]]:
    """A new small garage each time it is called, on either kind of database."""
    folder = tmp_path_factory.mktemp("walks")
    if request.param == "sqlite":
        template, numbers = request.getfixturevalue("sqlite_template"), itertools.count()
        yield lambda: _sqlite(template, folder, next(numbers))
        return
    server, engine = request.getfixturevalue("postgres"), make_engine(request.getfixturevalue("postgres_database"))

    def emptied() -> Workspace:
        engine.dispose()  # emptying ends the connections it keeps
        server.empty("garage")
        return make_garage(engine, folder)

    yield emptied
    engine.dispose()
    server.empty("garage")


def _sqlite(template: Path, folder: Path, number: int) -> Workspace:
    engine: Engine = make_engine(f"sqlite:///{shutil.copyfile(template, folder / f'{number}.db')}")
    return make_garage(engine, folder)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(min_value=0, max_value=10**6))
def test_the_tasks_always_fit_where_the_booking_stands(fresh: Callable[[], Workspace], seed: int) -> None:
    by, ws = Random(seed), fresh()
    manager, now = as_role(ws, Role.MANAGER), MONDAY_9
    with unit_of_work(manager) as work:
        question, returns = by.choice(["", "Mirror glass"]), by.choice([None, ReturnKind.REWORK])
        at, car = by.choice(TIMES), make_car(work)
        row = book(work, car.id, concern="Squeaks", job_ids=[1], starts_at=at, stock_question=question)
        row.returns, key = returns, row.id
    for _ in range(12):
        now = max(now, _jump(manager, key, now, by))
        here = manager.at(now)
        _act(here, key, by)
        found = _checked(here, key)
        if found and by.random() < 0.5:
            _settled(here, key, by.choice(found), by)
            _checked(here, key)


def _jump(ws: Workspace, key: int, now: datetime, by: Random) -> datetime:
    """Some time on, or close to the booked time, where most happens."""
    with reading(ws) as work:
        starts = work.get(Appointment, key).starts_at
    if starts and by.random() < 0.5:
        return starts + timedelta(minutes=by.choice(NEAR))
    return now + timedelta(minutes=by.choice(JUMPS))


def _act(here: Workspace, key: int, by: Random) -> None:
    seldom = by.random() < 0.8
    step = by.choice([one for name, one in (STEPS | OTHERS).items() if not (seldom and name in ENDS)])
    try:
        with unit_of_work(here) as work:
            step(work, key, by)
    except Refusal:
        return


def _checked(here: Workspace, key: int) -> list[DeskTask]:
    """The tasks now, after seeing that they fit the state, and that nothing whose time has come is missing."""
    with reading(here) as work:
        row, found = work.get(Appointment, key), tasks(work)
        kinds = [one.kind for one in found]
        assert all(one.row.id == key for one in found)
        assert len(kinds) == len(set(kinds))
        assert set(kinds) <= ALLOWED[row.status]
        assert set(kinds) == {
            rule.kind for rule, _ in open_tasks(load_stands(work, [row])[0])
        }  # the window hides nothing
        assert [one.due_at for one in found] == sorted(one.due_at for one in found)
        settled = {(one.kind, one.about_at) for one in work.db.exec(select(TaskResult))}
        _nothing_missing(work, row, set(kinds), settled)
    return found


def _nothing_missing(work: Work, row: Appointment, kinds: set[K], settled: set[tuple[K, datetime | None]]) -> None:
    """What plainly must be on the list, said without the table."""
    now, starts = work.now, row.starts_at
    grace = timedelta(minutes=work.garage.grace_minutes)
    if row.status == S.REQUESTED:
        assert K.CONFIRM in kinds
    if row.status == S.CONFIRMED and starts and (K.MISSING, starts) not in settled:
        assert (K.MISSING in kinds) == (now >= starts + grace)
    if row.status == S.CONFIRMED and starts and (K.GREET, starts) not in settled:
        assert (K.GREET in kinds) == (starts - timedelta(minutes=15) <= now < starts + grace)
    mine = select(PurchaseLine.status).where(PurchaseLine.appointment_id == row.id).order_by(col(PurchaseLine.id))
    lines = work.db.exec(mine).all()
    waits = (
        row.status == S.WAITING_PARTS and PurchaseStatus.PLANNED not in lines and PurchaseStatus.ORDERED not in lines
    )
    if waits and lines[-1:] == [PurchaseStatus.ARRIVED] and not any(kind == K.PART_IN for kind, _ in settled):
        assert K.PART_IN in kinds
    if row.status == S.NO_SHOW and not any(kind == K.REBOOK for kind, _ in settled):
        assert K.REBOOK in kinds
    if row.status == S.UNMET and not any(kind in (K.DECIDE, K.OFFER) for kind, _ in settled):
        assert K.DECIDE in kinds


def _settled(here: Workspace, key: int, task: DeskTask, by: Random) -> None:
    """A tap on one of its results; the very same tap a moment later changes nothing."""
    result, starts = by.choice(task.results), task.row.starts_at
    if task.kind == K.CONFIRM and starts and starts < here.clock():
        with pytest.raises(TimePassed), unit_of_work(here) as work:
            settle(work, key, task.kind, result.outcome)
        return
    try:
        with unit_of_work(here) as work:
            settle(work, key, task.kind, result.outcome)
    except AlreadyNoted:  # the same word as a minute ago
        return
    with pytest.raises(Refusal), unit_of_work(here) as work:
        settle(work, key, task.kind, result.outcome)
