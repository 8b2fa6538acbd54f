"""Average cost, what goes back to the supplier, counts by shelf, labels."""

import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from pypdf import PdfReader
from sqlmodel import select

from db.enums import MovementKind, Role
from db.models import OrderLine, Part, StockMovement
from services.order_lines import NotExact
from services.part_labels import part_labels_pdf
from services.purchases import come_in, plan
from services.refusals import Missing, NotFound, ReasonMissing
from services.shelves import found, on_shelf, shelves
from services.stock import MovedMeanwhile, TooMuchSent, count, give_back, issue, receive, to_supplier
from services.stock_counts import Counted, count_parts
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.shop import in_work, lines_of

OIL, PADS = 1, 2  # 40 l at 5.00, 4 sets at 30.00


@pytest.fixture
def clerk(ws: Workspace) -> Workspace:
    with unit_of_work(ws) as work:
        work.get(Part, OIL).place, work.get(Part, PADS).place = "A1-03", "B2-01"
        work.add(Part(code="CLIP", name="Clip", place="A1-01"))
        work.add(Part(code="OLD", name="Old clip", place="A1-02", active=False))
    return as_role(ws, Role.PARTS_CLERK)


def cost(work: Work, part: int) -> Decimal:
    return work.get(Part, part).cost


def test_goods_at_another_cost_move_the_average_and_goods_out_do_not(clerk: Workspace) -> None:
    with unit_of_work(clerk) as work:
        receive(work, PADS, quantity=Decimal(4), unit_cost=Decimal(20))
        assert cost(work, PADS) == Decimal(25)
        receive(work, PADS, quantity=Decimal(1), unit_cost=Decimal("25.01"))
        assert cost(work, PADS) == Decimal("25.001")  # 225.01 for nine
        to_supplier(work, PADS, quantity=Decimal(2), reason="wrong side")
        receive(work, PADS, quantity=Decimal(1))  # without a cost: at the average
        assert cost(work, PADS) == Decimal("25.001")


def test_what_comes_back_comes_at_the_cost_it_went_out_at(clerk: Workspace) -> None:
    line = next(line.id for line in _lines(clerk, in_work(clerk, "BRK")) if line.part_id == PADS)
    with unit_of_work(clerk) as work:
        issue(work, line)  # three left at 30
        receive(work, PADS, quantity=Decimal(3), unit_cost=Decimal(20))
        assert cost(work, PADS) == Decimal(25)
        assert give_back(work, line).unit_cost == Decimal(30)
        assert cost(work, PADS) == Decimal("25.714")  # 180 for seven


def test_stock_below_nothing_has_no_worth(clerk: Workspace) -> None:
    with unit_of_work(clerk) as work:
        work.get(Part, PADS).on_hand = Decimal(-2)
        receive(work, PADS, quantity=Decimal(3), unit_cost=Decimal(20))
        assert (cost(work, PADS), work.get(Part, PADS).on_hand) == (Decimal(20), Decimal(1))


def test_only_what_is_there_goes_back_to_the_supplier_and_with_a_reason(clerk: Workspace) -> None:
    with unit_of_work(clerk) as work:
        with pytest.raises(TooMuchSent) as refused:
            to_supplier(work, PADS, quantity=Decimal(5), reason="faulty")
        assert refused.value.say("en") == "Only 4 set of “Front brake pads” are in stock."
        with pytest.raises(ReasonMissing):
            to_supplier(work, PADS, quantity=Decimal(1), reason=" ")
        sent = to_supplier(work, PADS, quantity=Decimal(1), reason="faulty")
        assert (sent.kind, sent.quantity, work.get(Part, PADS).on_hand) == (
            MovementKind.TO_SUPPLIER,
            Decimal(-1),
            Decimal(3),
        )


def test_a_shelf_is_counted_by_one_act_all_of_it_or_nothing(clerk: Workspace) -> None:
    with unit_of_work(clerk) as work:
        assert shelves(work) == {"A1": ["A1-01", "A1-02", "A1-03"], "B2": ["B2-01"]}
        clip, oil = on_shelf(work, shelves(work)["A1"])
        assert (clip.code, oil.on_hand, oil.counted_at) == ("CLIP", Decimal(40), None)
        seen = {clip.id: Counted(Decimal(0), Decimal(0)), OIL: Counted(Decimal("38.5"), Decimal(40))}
        with pytest.raises(ReasonMissing):
            count_parts(work, seen)
        with pytest.raises(Missing):
            count_parts(work, {}, reason="x")
    with unit_of_work(clerk) as work:
        assert count_parts(work, seen, reason="Counted wrong before") == 1
        (moved,) = work.db.exec(select(StockMovement).where(StockMovement.kind == MovementKind.COUNT)).all()
        assert (moved.part_id, moved.quantity, moved.reason) == (OIL, Decimal("-1.5"), "Counted wrong before")
        assert [one.counted_at for one in on_shelf(work, ["A1-01", "A1-03"])] == [work.now, work.now]


def test_what_moved_while_it_was_counted_is_counted_once_more(clerk: Workspace) -> None:
    with unit_of_work(clerk) as work:
        receive(work, PADS, quantity=Decimal(2))
    with pytest.raises(MovedMeanwhile), unit_of_work(clerk) as work:
        count_parts(work, {OIL: Counted(Decimal(1), Decimal(40)), PADS: Counted(Decimal(4), Decimal(4))}, reason="x")
    with unit_of_work(clerk) as work:
        assert work.get(Part, OIL).on_hand == Decimal(40)
        assert count(work, PADS, counted=Decimal(6), reason="", seen=Decimal(6)) is None


def test_a_part_is_found_by_the_beginning_of_its_code_or_by_its_name(clerk: Workspace) -> None:
    with reading(clerk) as work:
        assert [one.code for one in found(work, "pad")] == ["PADS"]
        assert [one.code for one in found(work, "OIL 5w")] == ["OIL"]
        assert found(work, " ") == found(work, "100%") == []


def test_labels_say_code_name_and_place(clerk: Workspace) -> None:
    with reading(clerk) as work:
        pdf = part_labels_pdf(
            work, part_ids=[PADS, OIL], language="en", address=lambda key: f"https://x/parts?view=catalogue&part={key}"
        )
        paper = PdfReader(io.BytesIO(pdf)).pages
        text = paper[0].extract_text()
        assert len(paper) == 1
        assert all(word in text for word in ("OIL", "A1-03", "Engine oil 5W-30", "PADS", "B2-01"))
        with pytest.raises(NotFound):
            part_labels_pdf(work, part_ids=[], language="en")


def _lines(ws: Workspace, order: int) -> list[OrderLine]:
    with reading(ws) as work:
        return list(lines_of(work, order))


def test_more_decimals_than_can_be_kept_are_refused_in_words(clerk: Workspace) -> None:
    fine = Decimal("3.0006")
    tries: tuple[Callable[[Work], object], ...] = (
        lambda work: count(work, OIL, counted=fine, reason="Found"),
        lambda work: receive(work, OIL, quantity=Decimal(1), unit_cost=fine),
        lambda work: come_in(work, plan(work, part_id=OIL).id, unit_cost=fine),
    )
    for act in tries:
        with pytest.raises(NotExact), unit_of_work(clerk) as work:
            act(work)
