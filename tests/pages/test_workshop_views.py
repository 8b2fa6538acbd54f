"""The workshop by person, by bay and as a day plan; the late cars alone."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from db.enums import Role
from db.models import WorkOrder
from services.clocks import start
from services.work import unit_of_work
from services.workshop import dispatch
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_name
from tests.pages.conftest import App
from tests.shop import in_work, make_order

VIEW, TOM = "workshop_view", "Tom Technician"


def words(at: AppTest) -> str:
    return "\n".join(str(e.value) for e in (*at.markdown, *at.caption, *at.info))


def show(at: AppTest, view: str) -> str:
    at.segmented_control(key=VIEW).set_value(view).run()
    assert not at.exception
    return words(at)


@pytest.mark.parametrize(
    ("language", "nobody", "left", "late"),
    [("en", "Unassigned", "1 h", "Late"), ("zh_CN", "未派给人", "1 小时", "已超时")],
)
def test_every_view_in_both_languages(
    app: App, garage: Workspace, language: str, nobody: str, left: str, late: str
) -> None:
    make_order(garage, plate="WAITS 1")
    with unit_of_work(garage) as work:
        order = dispatch(work, make_order(garage, plate="RUNS 2"), staff_id=3, bay_id=1).id
        work.get(WorkOrder, order).promised_at = MONDAY_9 + timedelta(
            minutes=60
        )  # an hour of work, and the checks after it
    with unit_of_work(as_name(garage, TOM)) as work:
        start(work, order)
    at = app("workshop", Role.SUPERVISOR, language)
    seen = show(at, "people")
    assert f"**{nobody}** :gray-badge[1]" in seen
    assert f"**{TOM}** :gray-badge[1] :gray[{left}]" in seen
    assert "**Lift 1** :gray-badge[1]" in show(at, "bays")
    assert late in show(at, "plan")


def test_the_late_cars_alone_and_all_again_by_one_tap_each(app: App, garage: Workspace) -> None:
    late, _ = in_work(garage, plate="LATE 1"), in_work(garage, plate="FINE 2", given_to="Tia Technician")
    with unit_of_work(garage) as work:
        work.get(WorkOrder, late).promised_at = MONDAY_9 + timedelta(minutes=30)
    at = app("workshop", Role.SUPERVISOR)
    assert at.button(key="only_late").label == ":red-badge[:material/alarm: 1 · Late]"
    at.button(key="only_late").click().run()
    assert "LATE 1" in words(at)
    assert "FINE 2" not in words(at)
    at.button(key="only_late").click().run()
    assert "FINE 2" in words(at)
