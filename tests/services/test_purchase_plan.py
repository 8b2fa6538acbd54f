"""What should be bought, ordered from whom, and what comes of it: in full, in part, at another cost."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from db.enums import MovementKind, Role
from db.enums_desk import PurchaseStatus as P
from db.models import AppointmentJob, Part, PartReservation, PurchaseLine, StockMovement
from services.price_changes import price_changes
from services.purchase_orders import Delivered, goods_in, order_from, placed
from services.purchase_plan import plan_proposed, proposals
from services.purchases import CameMeanwhile, expect, plan
from services.refusals import Missing, NotNow, Refusal, WrongStatus
from services.suppliers import SupplierTyped, put_source, put_supplier, sources_of
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.desk import booking, counted
from tests.factories import as_role
from tests.shop import make_order

D = Decimal
FRIDAY_14 = datetime(2026, 11, 27, 14, tzinfo=UTC)
OIL, PADS = 1, 2


@pytest.fixture
def clerk(ws: Workspace) -> Workspace:
    return as_role(ws, Role.PARTS_CLERK)


def on_shelf(ws: Workspace, part_id: int, quantity: int, minimum: int = 0) -> None:
    with unit_of_work(ws) as work:
        part = work.get(Part, part_id)
        part.on_hand, part.minimum = D(quantity), D(minimum)


def booked_brakes(ws: Workspace, starts_at: datetime = FRIDAY_14) -> int:
    key = booking(ws, starts_at)
    with unit_of_work(ws) as work:
        work.add(AppointmentJob(appointment_id=key, job_id=2, minutes=90, price=D(90)))
    return key


def supplier(ws: Workspace, name: str = "Motor Factors", days: int | None = 2) -> int:
    with unit_of_work(ws) as work:
        return put_supplier(work, None, SupplierTyped(name, delivery_days=days)).id


def told(work: Work) -> list[tuple[str, list[tuple[int | None, int | None, Decimal]], Decimal]]:
    return [
        (one.part.code, [(w.order_id, w.appointment_id, w.quantity) for w in one.wants], one.shelf)
        for one in proposals(work)
    ]


def test_enough_for_everybody_proposes_nothing(clerk: Workspace) -> None:
    make_order(clerk, "BRK")
    booked_brakes(clerk)
    with reading(clerk) as work:
        assert proposals(work) == []


def test_the_car_here_takes_what_is_free_then_the_earlier_booking_then_the_minimum_is_filled(clerk: Workspace) -> None:
    on_shelf(clerk, PADS, 2, minimum=3)
    here = make_order(clerk, "BRK")
    later, sooner = booked_brakes(clerk), booked_brakes(clerk, FRIDAY_14 - timedelta(days=1))
    booked_brakes(clerk, FRIDAY_14 + timedelta(days=14))  # too far ahead to buy for
    with counted(clerk) as seen, reading(clerk) as work:
        assert told(work) == [("PADS", [(None, later, D(1))], D(3))]
        assert (proposals(work)[0].quantity, proposals(work)[0].needed_at) == (D(4), FRIDAY_14)
    assert len(seen) <= 18, seen  # three times six
    with unit_of_work(clerk) as work:
        work.get(Part, PADS).on_hand = D(0)
    with reading(clerk) as work:
        assert told(work) == [("PADS", [(here, None, D(1)), (None, sooner, D(1)), (None, later, D(1))], D(3))]


def test_what_is_kept_for_a_car_or_coming_for_it_is_not_bought_again(clerk: Workspace) -> None:
    on_shelf(clerk, PADS, 1)
    kept, bought, lacking = (booked_brakes(clerk, FRIDAY_14 + n * timedelta(hours=1)) for n in range(3))
    with unit_of_work(clerk) as work:
        work.add(PartReservation(part_id=PADS, appointment_id=kept, quantity=D(1), created_at=work.now))
        plan(work, part_id=PADS, appointment_id=bought)
    with reading(clerk) as work:
        assert told(work) == [("PADS", [(None, lacking, D(1))], D(0))]
    with unit_of_work(clerk) as work:
        plan(work, part_id=PADS, quantity=D(1))  # for the shelf: it will be free for the third
    with reading(clerk) as work:
        assert told(work) == []


def test_all_that_is_proposed_is_planned_once_with_a_line_for_each_car(clerk: Workspace) -> None:
    on_shelf(clerk, PADS, 0, minimum=2)
    key = booked_brakes(clerk)
    start = threading.Barrier(2)

    def tap(_: int) -> str:
        start.wait()
        try:
            with unit_of_work(clerk) as work:
                plan_proposed(work, [OIL, PADS])
        except Refusal as refusal:
            return type(refusal).__name__
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(tap, range(2))) == ["NotNow", "done"]
    with reading(clerk) as work:
        assert [(one.appointment_id, one.quantity) for one in work.db.exec(select(PurchaseLine))] == [
            (key, D(1)),
            (None, D(2)),
        ]
        assert proposals(work) == []
    with pytest.raises(NotNow), unit_of_work(clerk) as work:
        plan_proposed(work, [PADS])


def test_an_order_takes_its_lines_their_cost_and_the_usual_day(clerk: Workspace) -> None:
    factors = supplier(clerk)
    with unit_of_work(clerk) as work:
        put_source(work, PADS, factors, code="MF-77", cost=D(31), preferred=True)
        lines = [plan(work, part_id=PADS, quantity=D(4)).id, plan(work, what="Mirror glass").id]
    with unit_of_work(clerk) as work:
        order = order_from(work, factors, lines)
    with reading(clerk) as work:
        found = placed(work, order.id)
    assert (order.number, found.expected_on) == ("P2026-00001", date(2026, 11, 25))
    assert [(one.line.status, one.code, one.line.unit_cost) for one in found.lines] == [
        (P.ORDERED, "MF-77", D(31)),
        (P.ORDERED, "", None),
    ]
    for keys, refusal in ((lines[:1], WrongStatus), ([], Missing)):
        with pytest.raises(refusal), unit_of_work(clerk) as work:
            order_from(work, factors, keys)
    with unit_of_work(clerk) as work:
        assert (
            order_from(work, factors, [plan(work, what="Cloths").id]).number == "P2026-00002"
        )  # the refused ones took none


def test_part_of_an_order_comes_at_another_cost_and_the_rest_is_awaited(clerk: Workspace) -> None:
    """Four sets at 30 lie there; ten of fourteen come at 37: (4 × 30 + 10 × 37) / 14 = 35."""
    factors = supplier(clerk)
    with unit_of_work(clerk) as work:
        line = plan(work, part_id=PADS, quantity=D(14)).id
        order_from(work, factors, [line])
    with unit_of_work(clerk) as work:
        (came,) = goods_in(work, {line: Delivered(D(10), D(37))})
    with reading(clerk) as work:
        rest, part = work.get(PurchaseLine, line), work.get(Part, PADS)
        moved = work.db.exec(select(StockMovement).where(StockMovement.kind == MovementKind.RECEIPT)).one()
        assert (rest.status, rest.quantity, came.status, came.quantity) == (P.ORDERED, D(4), P.ARRIVED, D(10))
        assert (part.on_hand, part.cost, moved.unit_cost, moved.purchase_line_id) == (D(14), D(35), D(37), came.id)
        assert [(one.change.cost_was, one.change.cost) for one in price_changes(work, PADS)] == [(D(30), D(35))]
        assert [(one.supplier.id, one.cost) for one in sources_of(work, [PADS])[PADS]] == [(factors, D(37))]
    with pytest.raises(CameMeanwhile, match=r"'rest': '4'"), unit_of_work(clerk) as work:
        goods_in(work, {line: Delivered(D(10), seen=D(14))})  # another tablet that still shows all of it
    with unit_of_work(clerk) as work:
        goods_in(work, {line: Delivered(D(5))})  # one more than ordered
        assert (work.get(Part, PADS).on_hand, work.get(PurchaseLine, line).status) == (D(19), P.ARRIVED)


def test_what_came_is_in_also_when_stock_stays_below_nothing(clerk: Workspace) -> None:
    on_shelf(clerk, PADS, -3)
    with unit_of_work(clerk) as work:
        line = plan(work, part_id=PADS, quantity=D(2)).id
        goods_in(work, {line: Delivered(D(2))})
        assert (work.get(PurchaseLine, line).status, work.get(Part, PADS).on_hand) == (P.ARRIVED, D(-1))


def both(first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    start = threading.Barrier(2)

    def tap(verb: Callable[[], object]) -> str:
        start.wait()
        try:
            verb()
        except Refusal as refusal:
            return type(refusal).__name__
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(tap, (first, second)))


def test_one_delivery_taken_in_by_two_clerks_lies_there_once(clerk: Workspace) -> None:
    with unit_of_work(clerk) as work:
        lines = [plan(work, part_id=PADS).id, plan(work, part_id=OIL).id]

    def take(keys: list[int]) -> Callable[[], None]:
        def verb() -> None:
            with unit_of_work(clerk) as work:
                goods_in(work, {key: Delivered(D(1)) for key in keys})

        return verb

    assert both(take(lines), take(lines[::-1])) == ["WrongStatus", "done"]
    with reading(clerk) as work:
        assert [work.get(Part, key).on_hand for key in (OIL, PADS)] == [D(41), D(5)]


def test_a_supplier_named_for_a_line_is_known_from_then_on(clerk: Workspace) -> None:
    with unit_of_work(clerk) as work:
        first, second = plan(work, what="Mirror").id, plan(work, what="Cloths").id
        expect(work, first, supplier="Glass House")
        assert expect(work, second, supplier="glass house").supplier_id == work.get(PurchaseLine, first).supplier_id
        assert expect(work, second).supplier_id is None
