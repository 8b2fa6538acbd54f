"""The workshop's board and day plan: the most urgent first, each car in one lane, who does what where until when."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import event

from db.enums import HoldReason, OrderStatus
from db.enums_workshop import BarKind, Risk
from db.models import ClockEntry, Reservation, WorkOrder
from services.board_lanes import Lane, by_bay, by_person, by_status
from services.boards import OrderCard
from services.clocks import start
from services.day_plan import By, DayPlan, PlanRow, day_plan
from services.order_moves import ORDERS
from services.work import reading, unit_of_work
from services.workflow import facts_of
from services.workshop import dispatch
from services.workshop_board import COLUMNS, LONGEST, Board, board, whose_turn
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_name
from tests.shop import in_work, make_order

MINUTE = timedelta(minutes=1)
TOM, TIA = "Tom Technician", "Tia Technician"


def shown(ws: Workspace, typed: str = "") -> Board:
    with reading(ws) as work:
        return board(work, typed)


def plates(cards: Sequence[OrderCard]) -> list[str]:
    return [card.vehicle.plate for card in cards]


def promise(ws: Workspace, order: int, minutes: int | None) -> None:
    with unit_of_work(ws) as work:
        work.get(WorkOrder, order).promised_at = None if minutes is None else MONDAY_9 + minutes * MINUTE


def lanes(found: list[Lane]) -> dict[str, list[str]]:
    return {lane.words or lane.name: plates(lane.cards) for lane in found}


def test_the_car_with_the_least_to_spare_comes_first_not_the_one_promised_first(ws: Workspace) -> None:
    soon, long, none = (
        in_work(ws, plate="SOON 1"),
        in_work(ws, "SVC", "BRK", plate="LONG 2", given_to=TIA),
        in_work(ws, plate="NONE 3"),
    )
    promise(ws, soon, 130)
    promise(ws, long, 150)  # later by the clock, but with two and a half hours of work
    promise(ws, none, None)
    found = shown(ws)
    assert plates(found.cards) == ["LONG 2", "SOON 1", "NONE 3"]
    assert found.at_risk == {Risk.LATE: 1}
    assert plates(found.only(Risk.LATE)) == ["LONG 2"]
    assert plates(shown(ws, "soon").cards) == ["SOON 1"]


def test_the_board_knows_when_time_alone_changes_it(ws: Workspace) -> None:
    order = in_work(ws)
    promise(ws, order, 90 + 33)
    assert shown(ws).seconds == 4 * 60  # then less than half an hour is left to spare
    promise(ws, order, 90 + 300)
    assert shown(ws).seconds == LONGEST * 60


def test_rework_of_the_own_cars_comes_before_the_rest_and_the_running_one_first(ws: Workspace) -> None:
    usual, runs = in_work(ws, plate="USUAL 1"), in_work(ws, plate="RUNS 2")
    back = make_order(ws, status=OrderStatus.REWORK, plate="BACK 3", given_to=TOM)
    for order, minutes in ((usual, 10), (runs, 300), (back, 300)):
        promise(ws, order, minutes)
    with unit_of_work(as_name(ws, TOM)) as work:
        start(work, runs)
    tom = as_name(ws, TOM)
    with reading(tom) as work:
        assert plates(whose_turn(board(work).cards, tom.by)) == ["RUNS 2", "BACK 3", "USUAL 1"]


def test_every_car_stands_in_exactly_one_lane_of_every_view(ws: Workspace) -> None:
    for number, status in enumerate(s for _, _, at in COLUMNS for s in at):
        given = None if status == OrderStatus.AWAITING_DISPATCH else (TOM, TIA)[number % 2]
        make_order(ws, status=status, plate=f"CAR {number}", given_to=given)
    make_order(ws, status=OrderStatus.ON_HOLD, plate="LOST 1")  # in no bay, with nobody
    with reading(ws) as work:
        cards = board(work).cards
        views = by_status(cards), by_bay(work, cards), by_person(work, cards)
    everywhere = [sorted(plate for lane in view for plate in plates(lane.cards)) for view in views]
    ready = {card.vehicle.plate for card in cards if card.status == OrderStatus.READY}
    assert everywhere[0] == sorted(plates(cards))
    assert everywhere[1] == everywhere[2] == sorted(set(everywhere[0]) - ready)  # who is ready needs no bay and nobody
    assert lanes(views[1])["No bay"] == lanes(views[2])["Unassigned"] == ["CAR 0", "LOST 1"]


def test_a_persons_lane_tells_what_is_left_and_where_the_clock_runs(ws: Workspace) -> None:
    order = in_work(ws, "SVC", "BRK")
    with unit_of_work(as_name(ws, TOM)) as work:
        start(work, order)
    with reading(ws) as work:
        found = {lane.name: lane for lane in by_person(work, board(work).cards)}
    assert (found[TOM].left, found[TOM].at) == (150, "AB12 CDE")
    assert (found[TIA].left, found[TIA].at) == (0, "")
    assert "Sam Supervisor" not in found


def plan(ws: Workspace, by: By = "people", typed: str = "") -> DayPlan:
    with reading(ws) as work:
        return day_plan(work, by=by, typed=typed)


def row(found: DayPlan, name: str) -> PlanRow:
    return next(row for row in found.rows if row.name == name)


def test_the_day_plan_tells_who_does_what_where_until_when(ws: Workspace) -> None:
    order = make_order(ws)
    with unit_of_work(ws) as work:
        dispatch(work, order, staff_id=3, bay_id=1)
    bar = row(plan(ws), TOM).bars[0]
    assert (bar.plate, bar.what, bar.beside, bar.kind, bar.order_id) == (
        "AB12 CDE",
        "Oil service",
        ("Lift 1",),
        BarKind.PLANNED,
        order,
    )
    assert (bar.starts_at, bar.ends_at, bar.until) == (MONDAY_9, MONDAY_9 + 60 * MINUTE, None)
    assert row(plan(ws, "bays"), "Lift 1").bars[0].beside == (TOM,)
    assert plan(ws).rows[0].name == "Lea Leader"
    window = plan(ws)
    assert (window.starts_at, window.ends_at) == (MONDAY_9 - timedelta(hours=1), MONDAY_9 + timedelta(hours=9))
    assert not any(one.bars for one in plan(ws, typed="other").rows)


def test_work_that_goes_on_past_its_place_reaches_on_and_clocks_are_told_beside_the_plan(ws: Workspace) -> None:
    order = make_order(ws)
    with unit_of_work(ws) as work:
        dispatch(work, order, staff_id=3, bay_id=1)
    later = ws.at(MONDAY_9 + 20 * MINUTE)
    with unit_of_work(as_name(later, TOM)) as work:
        start(work, order)
    found = row(plan(ws.at(MONDAY_9 + 30 * MINUTE)), TOM)
    assert (found.bars[0].kind, found.bars[0].until) == (BarKind.RUNS, MONDAY_9 + 80 * MINUTE)
    assert found.clocked == [(MONDAY_9 + 20 * MINUTE, MONDAY_9 + 30 * MINUTE)]


def test_work_without_a_place_is_on_the_day_plan_by_its_clocks(ws: Workspace) -> None:
    order = in_work(ws)
    with unit_of_work(as_name(ws, "Lea Leader")) as work:
        start(work, order)
    found = plan(ws.at(MONDAY_9 + 15 * MINUTE))
    assert [(bar.kind, bar.ends_at) for bar in row(found, "Lea Leader").bars] == [
        (BarKind.RUNS, MONDAY_9 + 60 * MINUTE)
    ]
    assert not row(found, TOM).bars


def test_a_car_that_waits_and_a_finished_one_are_told_apart(ws: Workspace) -> None:
    hold, done = in_work(ws, plate="HOLD 1"), make_order(ws, status=OrderStatus.WASH, plate="DONE 2", given_to=TIA)
    with unit_of_work(ws) as work:
        work.get(WorkOrder, hold).status = OrderStatus.ON_HOLD
        work.get(WorkOrder, hold).hold_reason = HoldReason.TOOL
        for key, order, hour in ((3, hold, 0), (4, done, -1)):
            at = MONDAY_9 + timedelta(hours=hour)
            work.add(Reservation(order_id=order, staff_id=key, starts_at=at, ends_at=at + 60 * MINUTE))
    found = plan(ws)
    assert [row(found, name).bars[0].kind for name in (TOM, TIA)] == [BarKind.STANDS, BarKind.DONE]


def test_the_day_plan_asks_the_same_number_of_questions_however_many_cars(ws: Workspace) -> None:
    def asked() -> int:
        count: list[int] = []
        listen = lambda *_: count.append(1)  # noqa: E731
        event.listen(ws.engine, "before_cursor_execute", listen)
        plan(ws)
        event.remove(ws.engine, "before_cursor_execute", listen)
        return len(count)

    def busy(number: int) -> None:
        order = in_work(ws, plate=f"CAR {number}")
        at = MONDAY_9 + number * 60 * MINUTE
        with unit_of_work(ws) as work:
            job = facts_of(work, ORDERS, order).jobs[0].id
            work.add(Reservation(order_id=order, staff_id=3, starts_at=at, ends_at=at + 60 * MINUTE))
            work.add(ClockEntry(order_id=order, order_job_id=job, staff_id=3, started_at=at, ended_at=at + MINUTE))

    busy(0)
    few = asked()
    for number in range(1, 6):
        busy(number)
    assert asked() == few
