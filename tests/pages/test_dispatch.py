"""The supervisor's view to dispatch from."""

from datetime import timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import OrderStatus, Role
from db.models import Reservation
from services.work import reading
from services.workspace import Workspace
from tests.factories import MONDAY_9
from tests.floor import booking, hold
from tests.pages.conftest import App
from tests.shop import in_work, make_order, order_of

TEN = MONDAY_9 + timedelta(hours=1)


def board(app: App, language: str = "en") -> AppTest:
    at = app("workshop", Role.SUPERVISOR, language)
    return at.segmented_control(key="workshop_view").set_value("dispatch").run()


def words(at: AppTest) -> str:
    return "\n".join(str(e.value) for e in (*at.markdown, *at.caption, *at.info, *at.warning, *at.error))


def test_who_and_where_and_why_accepted_for_one_and_then_for_all(app: App, garage: Workspace) -> None:
    cars = [make_order(garage, plate=plate) for plate in ("A 1", "B 2", "C 3")]
    at = board(app)
    assert "**Lea Leader · Lift 1 · 09:00 – 10:00**" in words(at)
    assert "Lea Leader: knows this work" in words(at)
    at.button(key=f"accept_{cars[0]}").click().run()
    assert order_of(garage, cars[0]).status == OrderStatus.IN_WORK
    at.button(key="dispatch_all").click().run()
    assert {order_of(garage, car).status for car in cars} == {OrderStatus.IN_WORK}
    assert "No car waits to be given out." in words(at)


def test_the_supervisor_decides_otherwise_in_the_same_place(app: App, garage: Workspace) -> None:
    car = make_order(garage)
    at = board(app)
    at.button(key=f"otherwise_{car}").click().run()
    at.pills(key=f"dispatch_staff_{car}").set_value(4).run()
    at.pills(key=f"dispatch_bay_{car}").set_value(2).run()
    at.button(key=f"dispatch_{car}").click().run()
    given = order_of(garage, car)
    assert (given.technician_id, given.bay_id) == (4, 2)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Booked 10:00: waits 30 min"), ("zh_CN", "预约 10:00：要等 30 分钟")],
)
def test_what_will_break_is_shown_before_and_moved_by_one_tap(
    app: App, garage: Workspace, language: str, said: str
) -> None:
    order, coming = in_work(garage, "BRK", plate="LONG 1"), booking(garage, TEN, "Tom Technician", "Lift 1")
    hold(garage, "Tom Technician", "Lift 1", MONDAY_9 - timedelta(hours=1), 75, order)
    at = board(app, language)
    assert not at.exception
    assert said in words(at)
    at.button(key=f"push_{order}").click().run()
    assert said not in words(at)
    with reading(garage) as work:
        rows = work.db.exec(select(Reservation).where(Reservation.appointment_id == coming)).all()
        assert {(row.staff_id, row.bay_id, row.starts_at) for row in rows} == {(5, None, TEN), (None, 2, TEN)}


def test_only_who_dispatches_is_offered_the_view(app: App, garage: Workspace) -> None:
    make_order(garage)
    for role, offered in ((Role.MANAGER, True), (Role.TECHNICIAN, False), (Role.ADVISOR, False)):
        assert ("Dispatch" in app("workshop", role).segmented_control(key="workshop_view").options) is offered
