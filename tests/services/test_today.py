"""What the garage looks like right now, whatever the number of cars."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from db.enums import HoldReason, OrderStatus, Role
from db.models import Bay, ClosingDay, Complaint, WorkOrder
from services.arrivals import greet, walk_in
from services.boards import local_day
from services.booking import book
from services.today import today
from services.today_desk import desk_troubles
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.desk import booking
from tests.factories import MONDAY_9, as_role, make_car


@contextmanager
def _counted(ws: Workspace) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_c: Any, _cur: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(ws.engine, "before_cursor_execute", note)
    yield seen
    event.remove(ws.engine, "before_cursor_execute", note)


def _cars(ws: Workspace, plates: list[str]) -> list[int]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        return [walk_in(work, vehicle_id=make_car(work, plate=p, phone="").id, concern="Rattle").id for p in plates]


def test_a_car_that_waits_longer_than_a_minute_needs_someone(ws: Workspace) -> None:
    first, second = _cars(ws, ["A 1", "B 2"])
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        greet(work, second)
    with reading(ws.at(ws.clock() + timedelta(minutes=2))) as work:
        state = today(work)
    assert [(t.name, [r[0] for r in t.reasons], t.query) for t in state.troubles] == [
        ("A 1", ["waits to be greeted"], ("order", first))
    ]
    assert len(state.in_shop) == 2


def test_late_and_on_hold_are_one_entry_for_one_car(ws: Workspace) -> None:
    (key,) = _cars(ws, ["A 1"])
    with unit_of_work(ws) as work:
        order = work.get(WorkOrder, key)
        order.status, order.hold_reason = OrderStatus.ON_HOLD, HoldReason.PARTS
        order.promised_at = work.now - timedelta(minutes=1)
    with reading(ws) as work:
        state = today(work)
    assert [len(t.reasons) for t in state.troubles] == [2]
    assert state.troubles[0].color == "red"
    assert len(state.late) == 1


def test_the_number_of_queries_does_not_grow_with_the_cars(ws: Workspace) -> None:
    counts = []
    for plates in ([f"A {n}" for n in range(5)], [f"B {n}" for n in range(45)]):
        _cars(ws, plates)
        with _counted(ws) as seen, reading(ws) as work:
            today(work)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_garage_s_day_follows_its_zone_and_the_change_of_clocks(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        work.garage.zone = "Europe/London"
        start, end = local_day(work, work.now.replace(month=10, day=25))
    assert end - start == timedelta(hours=24)
    assert (end.astimezone(start.tzinfo) - start.astimezone(start.tzinfo)).days == 1
    assert (end.timestamp() - start.timestamp()) == 25 * 3600


def test_nothing_happening_is_nothing_wrong(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        work.get(Bay, 1).active = False
    with reading(ws) as work:
        state = today(work)
    assert (state.troubles, state.load, state.bays) == ([], [], 2)


def test_what_the_booking_desk_left_undone_rises_with_its_owner(ws: Workspace) -> None:
    missing = booking(ws, MONDAY_9, plate="LATE 1")
    booking(ws, MONDAY_9 + timedelta(days=3), plate="ASK 1", stock_question="Mirror glass")
    booking(ws, MONDAY_9 + timedelta(days=1), plate="SOON 1")  # to be reminded of at 10:00
    with reading(ws.at(MONDAY_9 + timedelta(minutes=16))) as work:
        state = today(work)
    found = [(one.name, [what for what, _ in one.reasons], one.owner) for one in state.troubles]
    assert found == [
        ("ASK 1", ["Answer whether the part is there"], "Parts clerk"),
        ("LATE 1", ["Has not come: try to reach them"], "Ada Advisor"),
    ]
    assert (state.troubles[1].page, state.troubles[1].query) == ("booking", ("appointment", missing))


def test_the_gravest_stands_first_whatever_it_is_about(ws: Workspace) -> None:
    booking(ws, MONDAY_9, plate="LATE 1")
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        customer = make_car(work, plate="A 1").customer_id
        work.add(Complaint(customer_id=customer, text="Still rattles", received_at=work.now))
    with reading(ws.at(MONDAY_9 + timedelta(minutes=16))) as work:
        colors = [one.color for one in today(work).troubles]
    assert colors == ["red", "orange"]


def test_a_booking_that_no_longer_fits_comes_first_and_once(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        at = MONDAY_9 + timedelta(days=1)
        key = book(work, make_car(work).id, concern="Oil", job_ids=[1], starts_at=at, stock_question="Mirror glass").id
        work.add(ClosingDay(day=at.date(), reason="Stocktaking"))
    with reading(ws.at(MONDAY_9 + timedelta(hours=2))) as work:
        [trouble] = [one for one in today(work).troubles if one.query == ("appointment", key)]
    whys = [what for what, _ in trouble.reasons]
    assert (whys[0], whys[1], trouble.color) == (
        "The garage is closed: {reason}", "Answer whether the part is there", "red"
    )  # fmt: skip


def test_many_overdue_tasks_leave_room_for_the_rest(ws: Workspace) -> None:
    for number in range(25):
        booking(ws, MONDAY_9 - timedelta(minutes=20 + number), plate=f"L{number}")
    with reading(ws) as work:
        assert len(desk_troubles(work)) == 20
