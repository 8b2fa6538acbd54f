"""The store on the screen: slips at the counter, a technician's request, a shelf counted."""

from decimal import Decimal

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import Role
from db.enums_workshop import RequisitionStatus
from db.models import Part, Requisition, StockMovement
from services.consents import Signature
from services.requisitions import ask, hand_out
from services.stock import receive
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.pages.conftest import App
from tests.services.test_files import picture
from tests.shop import in_work, staff_id

OIL, PADS = 1, 2


def texts(at: AppTest) -> str:
    assert not at.exception
    return "\n".join(one.value for one in (*at.markdown, *at.caption))


def statuses(ws: Workspace) -> list[RequisitionStatus]:
    with reading(ws) as work:
        return [row.status for row in work.db.exec(select(Requisition).order_by(Requisition.id))]  # type: ignore[arg-type]


@pytest.fixture
def slips(garage: Workspace) -> Workspace:
    """Three cars: one slip to pick, one that waits for stock, one given out."""
    with unit_of_work(garage) as work:
        work.get(Part, OIL).place, work.get(Part, PADS).place, work.get(Part, PADS).on_hand = "A1-03", "B*2", Decimal(0)
    for plate, job in (("OIL 1", "SVC"), ("PADS 1", "BRK"), ("OUT 1", "SVC")):
        order = in_work(garage, job, plate=plate)
        with unit_of_work(as_role(garage, Role.TECHNICIAN)) as work:
            slip = ask(work, order).id
    with unit_of_work(as_role(garage, Role.PARTS_CLERK)) as work:
        drawn = Signature(picture(300, 100, "PNG"), [[[1, 2, 3], [94, 5, 6]]])
        hand_out(work, slip, taken_by_id=staff_id(work, "Tia Technician"), signature=drawn)
    return garage


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_clerk_sees_what_to_pick_what_waits_and_what_went_out(app: App, slips: Workspace, language: str) -> None:
    at = app("parts", Role.PARTS_CLERK, language, view="counter")
    said = texts(at)
    english = ("To pick", "Waits for stock", "Ready at the counter", "Issued today", "1 set missing")
    chinese = ("待拣", "等待到货", "今日已发", "缺 1 set")
    for words in english if language == "en" else chinese:
        assert words in said
    assert "**A1\\-03** · **4\\.5 l** Engine oil 5W\\-30" in said
    assert "B\\*2" in said
    assert at.button(key="slip_pick_2").disabled
    at.button(key="slip_buy_2").click().run()
    assert ("To order" if language == "en" else "待订购") in texts(at)
    assert "slip_buy_2" not in {one.key for one in at.button}
    at.button(key="slip_pick_1").click().run()
    assert statuses(slips) == [RequisitionStatus.PICKED, RequisitionStatus.ASKED, RequisitionStatus.ISSUED]
    at.button(key="slip_hand_out_1").click().run()
    assert at.button_group(key="slip_who_1").value == staff_of(slips, "Tom Technician")


def staff_of(ws: Workspace, name: str) -> int:
    with reading(ws) as work:
        return staff_id(work, name)


def test_a_technician_asks_for_all_parts_with_one_tap(app: App, garage: Workspace) -> None:
    order = in_work(garage, "SVC", "BRK")
    at = app("workshop", Role.TECHNICIAN, order=str(order))
    at.session_state[f"step:{order}"] = "ask_parts"
    at.run()
    at.button(key=f"ask_parts_{order}").click().run()
    assert not at.exception
    assert statuses(garage) == [RequisitionStatus.ASKED]
    with reading(garage) as work:
        assert len(work.db.exec(select(Requisition)).all()) == 1


def test_a_shelf_is_counted_and_what_moved_meanwhile_is_asked_again(app: App, slips: Workspace) -> None:
    at = app("parts", Role.PARTS_CLERK, view="count")
    assert "listed: 35\\.5 l" in texts(at)
    at.number_input(key=f"counted_{OIL}").set_value(30).run()
    with unit_of_work(as_role(slips, Role.PARTS_CLERK)) as work:
        receive(work, OIL, quantity=Decimal(5))
    at.button_group(key="count_reason").set_value("Broken").run()
    at.button(key="count_keep").click().run()
    assert [error.value for error in at.error] == [
        "“Engine oil 5W\\-30” moved while you counted\\: 40\\.5 l should lie there now\\. Count it once more\\."
    ]
    assert "moved meanwhile: count again" in texts(at)
    assert at.number_input(key=f"counted_{OIL}").value == 30
    at.button(key=f"count_ok_{OIL}").click().run()
    at.button(key="count_keep").click().run()
    assert not at.error
    with reading(slips) as work:
        last = work.db.exec(select(StockMovement).order_by(StockMovement.id.desc())).first()  # type: ignore[attr-defined]
        assert last is not None
        assert (last.quantity, last.reason, work.get(Part, OIL).on_hand) == (Decimal("-10.5"), "Broken", Decimal(30))
