"""The guided hand-over on the screen: six moments, each tap kept, in either language."""

from sqlmodel import select

from db.enums import Channel, OrderStatus, PaymentMethod, Role
from db.models import Customer, FollowUp, Handover, WorkOrder
from services.delivery import check_delivery, tell
from services.handover import close
from services.handover_points import MOMENTS, points_of
from services.order_moves import ORDERS
from services.work import reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.at_delivery import EVERYTHING, delivered, make_ready
from tests.factories import as_role
from tests.pages.conftest import App
from tests.pages.test_delivery import tap, words


def _told(ws: Workspace, order_id: int) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        check_delivery(work, order_id, items=EVERYTHING)
        tell(work, order_id, channel=Channel.PHONE)


def test_a_car_is_shown_paid_and_given_back_screen_by_screen(app: App, garage: Workspace) -> None:
    key = make_ready(garage, old_parts=True)
    _told(garage, key)
    with reading(garage) as work:
        points = points_of(facts_of(work, ORDERS, key))
    at = app("delivery", Role.ADVISOR, "zh_CN", order=key)
    tap(at, f"show_car_{key}")
    for moment in MOMENTS[:-1]:
        assert at.query_params["moment"] in (moment, [moment])
        mine = [point.key for point in points if point.moment == moment]
        if mine:
            tap(at, f"all_{moment}_{key}" if len(mine) > 1 else f"shown_{key}_{mine[0]}")
        if moment == "money":
            tap(at, f"bill_{key}")
            at.pills(key=f"pay_method_{key}").set_value(PaymentMethod.CARD).run()
            tap(at, f"pay_{key}")
            tap(at, f"pass_out_{key}")
        tap(at, f"handover_next_{moment}")
    assert "钥匙" in at.button(key=f"to_back_check_box_outline_blank_0_{key}").label
    tap(at, f"all_back_{key}")
    at.pills(key=f"suits_{key}").set_value("Evening").run()
    at.segmented_control(key=f"out_signs_{key}").set_value(False).run()
    tap(at, f"deliver_{key}")
    tap(at, f"close_{key}")
    assert not at.exception
    with reading(garage) as work:
        assert work.get(WorkOrder, key).status == OrderStatus.CLOSED
        assert work.db.exec(select(FollowUp)).one().order_id == key
        assert work.db.exec(select(Customer.call_when)).one() == "晚上"
        row = work.db.exec(select(Handover)).one()
        assert (set(row.points), row.moment) == ({point.key for point in points}, "back")


def test_the_manager_opens_a_closed_order_again_with_a_reason(app: App, garage: Workspace) -> None:
    key = make_ready(garage)
    delivered(garage, key)
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        close(work, key)
    at = app("delivery", Role.MANAGER, order=key)
    at.session_state[f"step:{key}"] = "reopen"
    at.run()
    tap(at, f"reopen_{key}")
    assert at.error[0].value == "Please give a reason\\."
    at.text_input(key=f"reopen_reason_{key}").set_value("The rebate was forgotten").run()
    tap(at, f"reopen_{key}")
    with reading(garage) as work:
        assert work.get(WorkOrder, key).status == OrderStatus.DELIVERED


def test_the_manager_sets_how_long_the_garage_answers_for_its_work(app: App, garage: Workspace) -> None:
    at = app("settings", Role.MANAGER, section="workshop")
    at.segmented_control(key="workshop_part").set_value("promises").run()
    at.number_input(key="guarantee_days").set_value(365).run()
    at.number_input(key="guarantee_km").set_value(20_000).run()
    tap(at, "guarantee_save")
    assert "365 days or 20,000 km" in words(at)
    at.segmented_control(key="workshop_part").set_value("first_free").run()
    at.text_input(key="free_make").set_value("Ford").run()
    at.number_input(key="free_months").set_value(6).run()
    tap(at, "free_save")
    assert "6 months" in words(at)
    assert not at.exception
