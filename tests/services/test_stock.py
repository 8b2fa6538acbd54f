"""The store's ledger."""

from decimal import Decimal
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func
from sqlmodel import col, select

from db.enums import Answer, MovementKind, OrderStatus, Role
from db.models import OrderLine, Part, StockMovement
from services.refusals import Missing, NotAllowed, NotFound, OutOfRange, ReasonMissing, Refusal, WrongStatus
from services.stock import (
    NotInStock,
    PartNotAgreed,
    TooMuchBack,
    TooMuchIssued,
    count,
    give_back,
    issue,
    opening,
    receive,
)
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.shop import in_work, lines_of, make_order

CLERK = Role.PARTS_CLERK


def new_part(ws: Workspace, on_hand: str = "10") -> int:
    with unit_of_work(as_role(ws, CLERK)) as work:
        part = work.add(Part(code="NEW", name="Air filter", unit="pc", cost=Decimal(4)))
        if Decimal(on_hand):
            opening(work, part.id, quantity=Decimal(on_hand))
        return part.id


def part_line(ws: Workspace, order: int, quantity: str = "4") -> int:
    """A line for the new part on the order's job."""
    with unit_of_work(ws) as work:
        line = lines_of(work, order)[-1]
        part = work.db.exec(select(Part).where(Part.code == "NEW")).one()
        line.part_id, line.quantity, line.title = part.id, Decimal(quantity), part.name
        return line.id


def stock(ws: Workspace, part: int) -> tuple[Decimal, Decimal]:
    """What the part says, and what its movements sum up to."""
    with reading(ws) as work:
        return work.get(Part, part).on_hand, ledger(work, part)


def ledger(work: Work, part: int) -> Decimal:
    return work.db.exec(
        select(func.sum(StockMovement.quantity)).where(col(StockMovement.part_id) == part)
    ).one() or Decimal(0)


def test_a_part_is_issued_for_a_car_and_stock_and_ledger_agree(ws: Workspace) -> None:
    part = new_part(ws)
    line = part_line(ws, in_work(ws))
    with unit_of_work(as_role(ws, CLERK)) as work:
        movement = issue(work, line)
        assert (movement.kind, movement.quantity, movement.line_id, movement.unit_cost) == (
            MovementKind.ISSUE,
            Decimal(-4),
            line,
            Decimal(4),
        )
    assert stock(ws, part) == (Decimal(6), Decimal(6))


def test_a_part_goes_out_in_portions_but_never_more_than_ordered(ws: Workspace) -> None:
    part = new_part(ws)
    line = part_line(ws, in_work(ws))
    with unit_of_work(as_role(ws, CLERK)) as work:
        issue(work, line, quantity=Decimal("1.5"))
        issue(work, line, quantity=Decimal(2))
    with pytest.raises(TooMuchIssued), unit_of_work(as_role(ws, CLERK)) as work:
        issue(work, line, quantity=Decimal(1))
    assert stock(ws, part) == (Decimal("6.5"), Decimal("6.5"))


def test_stock_goes_below_nothing_only_with_a_reason(ws: Workspace) -> None:
    part = new_part(ws, "1")
    line = part_line(ws, in_work(ws))
    with pytest.raises(NotInStock) as refused, unit_of_work(as_role(ws, CLERK)) as work:
        issue(work, line)
    assert refused.value.say("en") == "Only 1 pc of “Air filter” in stock. Give a reason to issue more."
    assert stock(ws, part) == (Decimal(1), Decimal(1))
    with unit_of_work(as_role(ws, CLERK)) as work:
        issue(work, line, reason="taken from the delivery on the counter")
    assert stock(ws, part) == (Decimal(-3), Decimal(-3))


def test_what_was_issued_can_come_back_and_no_more(ws: Workspace) -> None:
    part = new_part(ws)
    line = part_line(ws, in_work(ws))
    with unit_of_work(as_role(ws, CLERK)) as work:
        issue(work, line)
        give_back(work, line, quantity=Decimal(1))
    with pytest.raises(TooMuchBack), unit_of_work(as_role(ws, CLERK)) as work:
        give_back(work, line, quantity=Decimal(4))
    assert stock(ws, part) == (Decimal(7), Decimal(7))
    with reading(ws) as work:
        assert work.get(OrderLine, line).issued == Decimal(3)


def test_what_comes_back_is_worth_what_it_went_out_at(ws: Workspace) -> None:
    part = new_part(ws)
    line = part_line(ws, in_work(ws))
    with unit_of_work(as_role(ws, CLERK)) as work:
        issue(work, line, quantity=Decimal(1))  # at 4
        receive(work, part, quantity=Decimal(9), unit_cost=Decimal(12))  # nine at 4 and nine at 12
        issue(work, line, quantity=Decimal(1))  # at 8
        assert give_back(work, line, quantity=Decimal(1)).unit_cost == Decimal(6)
        assert give_back(work, line, quantity=Decimal(1)).unit_cost == Decimal(6)
        assert work.get(Part, part).cost * 19 == pytest.approx(Decimal(10 * 4 + 9 * 12), abs=Decimal("0.02"))


def test_a_part_the_customer_declined_stays_in_the_store(ws: Workspace) -> None:
    new_part(ws)
    order = in_work(ws, "SVC", "BRK")
    line = part_line(ws, order)
    with unit_of_work(ws) as work:
        work.get(OrderLine, line).answer = Answer.DECLINED
    with pytest.raises(PartNotAgreed), unit_of_work(as_role(ws, CLERK)) as work:
        issue(work, line)


def test_labour_cannot_be_issued_and_nothing_before_the_order_is_signed(ws: Workspace) -> None:
    new_part(ws)
    order = make_order(ws, status=OrderStatus.RECEPTION)
    with reading(ws) as work:
        labour = lines_of(work, order)[0].id
    with pytest.raises(NotFound), unit_of_work(as_role(ws, CLERK)) as work:
        issue(work, labour)
    line = part_line(ws, order)
    with pytest.raises(WrongStatus), unit_of_work(as_role(ws, CLERK)) as work:
        issue(work, line)


def test_two_clerks_issuing_the_last_parts_at_once_cannot_both(ws: Workspace) -> None:
    part = new_part(ws, "4")
    lines = [part_line(ws, in_work(ws, plate=f"P {n}")) for n in (1, 2)]
    ready, said = Barrier(2), list[str]()

    def clerk(line: int) -> None:
        ready.wait()
        try:
            with unit_of_work(as_role(ws, CLERK)) as work:
                issue(work, line)
            said.append("issued")
        except Refusal as refusal:
            said.append(type(refusal).__name__)

    threads = [Thread(target=clerk, args=(line,)) for line in lines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["NotInStock", "issued"]
    assert stock(ws, part) == (Decimal(0), Decimal(0))


def test_goods_in_may_change_the_cost_and_a_count_says_why(ws: Workspace) -> None:
    part = new_part(ws)
    with unit_of_work(as_role(ws, CLERK)) as work:
        receive(work, part, quantity=Decimal(5), unit_cost=Decimal("4.20"))
        assert count(work, part, counted=Decimal(15), reason="") is None
        found = count(work, part, counted=Decimal(13), reason="two broken")
        assert found is not None
        assert (found.quantity, found.reason) == (Decimal(-2), "two broken")
        assert work.get(Part, part).cost == Decimal("4.067")  # 10 at 4, 5 at 4.20
    assert stock(ws, part) == (Decimal(13), Decimal(13))


def test_quantities_of_nothing_and_counts_without_a_reason_are_refused(ws: Workspace) -> None:
    part = new_part(ws)
    with unit_of_work(as_role(ws, CLERK)) as work:
        with pytest.raises(OutOfRange):
            receive(work, part, quantity=Decimal(0))
        with pytest.raises(OutOfRange):
            receive(work, part, quantity=Decimal(-3))
        with pytest.raises(Missing):
            receive(work, part, quantity=None)  # type: ignore[arg-type]
        with pytest.raises(ReasonMissing):
            count(work, part, counted=Decimal(3), reason=" ")


@pytest.mark.parametrize("role", [Role.TECHNICIAN, Role.ADVISOR, Role.CASHIER])
def test_the_store_belongs_to_the_parts_clerk(ws: Workspace, role: Role) -> None:
    part = new_part(ws)
    line = part_line(ws, in_work(ws))
    with unit_of_work(as_role(ws, role)) as work, pytest.raises(NotAllowed):
        receive(work, part, quantity=Decimal(1))
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, role)) as work:
        issue(work, line)


ACTS = st.lists(st.tuples(st.sampled_from(("issue", "back", "receive", "count")), st.integers(1, 9)), max_size=12)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_is_done_the_sum_of_movements_is_what_lies_on_the_shelf(
    ws: Workspace, acts: list[tuple[str, int]]
) -> None:
    with unit_of_work(ws) as work:
        for old in work.db.exec(select(Part).where(Part.code == "NEW")):
            old.code = f"OLD{old.id}"
    with unit_of_work(as_role(ws, CLERK)) as work:
        part = work.add(Part(code="NEW", name="Air filter")).id
    plate = f"X {part}"
    line = part_line(ws, in_work(ws, plate=plate), "8")
    for act, quantity in acts:
        try:
            with unit_of_work(as_role(ws, CLERK)) as work:
                do(work, act, part, line, Decimal(quantity))
        except Refusal:
            pass
        on_hand, moved = stock(ws, part)
        assert on_hand == moved >= 0
        with reading(ws) as work:
            out = work.db.exec(select(func.sum(StockMovement.quantity)).where(col(StockMovement.line_id) == line)).one()
            assert work.get(OrderLine, line).issued == -(out or Decimal(0))


def do(work: Work, act: str, part: int, line: int, quantity: Decimal) -> None:
    if act == "issue":
        issue(work, line, quantity=quantity)
    elif act == "back":
        give_back(work, line, quantity=quantity)
    elif act == "receive":
        receive(work, part, quantity=quantity)
    else:
        count(work, part, counted=quantity, reason="counted")
