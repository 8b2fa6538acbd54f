"""The store's screen: a part found and changed, what is missing planned, ordered and taken in, a price list brought in."""

from decimal import Decimal

import pytest
from sqlmodel import select

from db.enums import Role
from db.enums_desk import PurchaseStatus
from db.models import Part, PurchaseLine
from services.suppliers import SupplierTyped, put_source, put_supplier
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.pages.conftest import App

D = Decimal
PADS = 2
LIST = b"Part number,Description,Net price,RRP\nPADS,Pads,31,52\nWB-1,Wiper blade,4,9.90\n,Nothing,1,2\n"


@pytest.fixture
def short(garage: Workspace) -> Workspace:
    """Nobody has brake pads, and one supplier sells them."""
    with unit_of_work(garage) as work:
        pads = work.get(Part, PADS)
        pads.on_hand, pads.minimum = D(0), D(2)
        factors = put_supplier(work, None, SupplierTyped("Motor Factors")).id
        put_source(work, PADS, factors, code="MF-77", cost=D(31), preferred=True)
    return garage


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_section_of_a_part_opens_and_its_data_are_changed(app: App, short: Workspace, language: str) -> None:
    at = app("parts", Role.PARTS_CLERK, language, part=PADS)
    for name in ("fits", "sources", "moved", "prices", "data"):
        at.segmented_control(key="part_section").set_value(name).run()
        assert not at.exception, name
    key = next(field.key for field in at.text_input if field.key and field.key.endswith("_place"))
    at.text_input(key=key).set_value("B7")
    at.button[-1].click().run()
    with reading(short) as work:
        assert work.get(Part, PADS).place == "B7"


def test_what_is_missing_is_planned_ordered_and_taken_in_by_a_tap_each(app: App, short: Workspace) -> None:
    at = app("parts", Role.PARTS_CLERK, view="buy")
    at.button(key="plan_all").click().run()
    at.segmented_control(key="buy_step").set_value("order").run()
    at.button(key="order_from_1").click().run()
    assert not at.exception
    assert at.segmented_control(key="buy_step").value == "coming"
    at.button(key="all_in_1").click().run()
    again = app("parts", Role.PARTS_CLERK, part=PADS)
    again.segmented_control(key="part_section").set_value("moved").run()
    again.text_input(key="send_back_reason").set_value("Wrong side")
    again.button(key="send_back").click().run()
    with reading(short) as work:
        line = work.db.exec(select(PurchaseLine)).one()
        assert (line.status, line.supplier, work.get(Part, PADS).on_hand) == (
            PurchaseStatus.ARRIVED,
            "Motor Factors",
            D(1),
        )


def test_a_price_list_is_looked_at_and_brought_in(app: App, short: Workspace) -> None:
    at = app("parts", Role.PARTS_CLERK, view="list")
    at.file_uploader(key="price_file").set_value(("list.csv", LIST, "text/csv")).run()
    at.selectbox(key="price_supplier").set_value("Motor Factors").run()
    at.segmented_control(key="price_adds").set_value(True).run()
    assert [metric.value for metric in at.metric] == ["1", "1", "0", "0", "1"]
    at.button(key="price_go").click().run()
    assert not at.exception
    with reading(short) as work:
        assert {part.code: part.price for part in work.db.exec(select(Part))}["WB-1"] == D("9.90")
