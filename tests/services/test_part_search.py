"""Finding a part: by number with or without signs, by the supplier's number, by words, for a car; what moved of it."""

from decimal import Decimal

from db.enums import Role
from db.models import Part
from services.part_fits import Car, add_fit
from services.part_movements import movements
from services.part_search import cars_here, find_parts
from services.purchase_orders import Delivered, goods_in, order_from
from services.purchase_paper import order_words, purchase_order_pdf
from services.purchase_screen import on_the_way, to_order
from services.purchases import expect, plan
from services.stock import issue
from services.suppliers import SupplierTyped, put_source, put_supplier
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.desk import counted
from tests.factories import as_role
from tests.shop import in_work, lines_of

D = Decimal
OIL, PADS = 1, 2


def test_a_part_is_found_by_whatever_is_known_of_it(ws: Workspace) -> None:
    clerk = as_role(ws, Role.PARTS_CLERK)
    with unit_of_work(clerk) as work:
        disc = work.add(Part(code="0 986-479 124", name="制动盘 front", brand="Bosch", place="C3-01", minimum=D(2))).id
        gone = work.add(Part(code="OLD1", name="Old disc", active=False)).id
        put_source(work, PADS, put_supplier(work, None, SupplierTyped("Motor Factors")).id, code="MF/77")
        add_fit(work, disc, make="Ford", model="Focus", year_from=2015)
        add_fit(work, PADS, make="Volkswagen")
    asked = {"0986479124": [disc], "479 front": [disc], "制动盘": [disc], "bosch C3": [disc], "mf/77": [PADS],
             "front": [PADS, disc], "100%": [], "front nothing": []}  # fmt: skip
    with reading(clerk) as work:
        assert {typed: [row.part.id for row in find_parts(work, typed)] for typed in asked} == asked
        assert [row.part.id for row in find_parts(work, low=True)] == [disc]
        assert [row.part.id for row in find_parts(work, gone=True)] == [gone]
        for_focus = find_parts(work, car=Car("FORD", "Focus ST", 2018))
        assert [(row.part.id, row.fits) for row in for_focus] == [
            (disc, True),
            (OIL, False),
        ]  # pads are for another car
        with_others = find_parts(work, car=Car("Ford", "Focus", 2012), others=True)
        assert [(row.part.id, row.fits) for row in with_others] == [(OIL, False), (PADS, False), (disc, False)]
    with counted(clerk) as seen, reading(clerk) as work:
        find_parts(work, "front")
    assert len(seen) == 3, seen


def test_the_ledger_says_what_lay_there_after_each_movement_and_who_is_behind_it(ws: Workspace) -> None:
    clerk, order_id = as_role(ws, Role.PARTS_CLERK), in_work(ws, "BRK")
    with unit_of_work(clerk) as work:
        assert [car.plate for car in cars_here(work)] == ["AB12 CDE"]
        line = next(one for one in lines_of(work, order_id) if one.part_id)
        issue(work, line.id)
        bought = plan(work, part_id=PADS, quantity=D(3)).id
        expect(work, bought, supplier="Motor Factors")
        goods_in(work, {bought: Delivered()})
    with reading(clerk) as work:
        found = movements(work, PADS)
    assert [(one.movement.quantity, one.after, one.supplier, one.order_id) for one in found] == [
        (D(3), D(6), "Motor Factors", None),
        (D(-1), D(3), "", order_id),
    ]


def test_the_plan_is_worked_through_by_supplier_and_sent_as_paper_and_as_text(ws: Workspace) -> None:
    clerk = as_role(ws, Role.PARTS_CLERK)
    with unit_of_work(clerk) as work:
        factors = put_supplier(
            work, None, SupplierTyped("Motor Factors", email="sales@example.com", delivery_days=2)
        ).id
        put_source(work, PADS, factors, code="MF-77", cost=D("31.50"), preferred=True)
        pads, cloths = plan(work, part_id=PADS, quantity=D(4)), plan(work, what="Cleaning cloths")
    with reading(clerk) as work:
        told = [(one.supplier.name if one.supplier else None, len(one.lines), one.total) for one in to_order(work)]
        assert told == [("Motor Factors", 1, D("126.00")), (None, 1, D(0))]
    with unit_of_work(clerk) as work:
        expect(work, cloths.id, supplier="Motor Factors")
        order = order_from(work, factors, [pads.id, cloths.id], note="Leave at the gate")
    with reading(clerk) as work:
        (group,) = on_the_way(work)
        assert (group.order and group.order.number, len(group.lines)) == ("P2026-00001", 2)
        words = order_words(work, order.id, language="en")
        assert words.startswith(
            "Order P2026-00001 of Test Garage\n\n1. 4 set · Front brake pads · MF-77\n2. 1 · Cleaning cloths"
        )
        assert "Wednesday 25 November 2026" in words
        assert "Leave at the gate" in words
        assert purchase_order_pdf(work, order.id, language="zh_CN").startswith(b"%PDF")
