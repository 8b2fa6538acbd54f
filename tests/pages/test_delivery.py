"""The delivery screen: from the advisor's check to the closed order, money to the coin, papers."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import Answer, Channel, CheckLevel, LineKind, OrderStatus, Payer, PaymentMethod, Role
from db.models import Check, ExitPass, Payment, Statement, WorkOrder
from services.delivery import check_delivery, tell
from services.exit_passes import pass_out
from services.settlement import owed
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import EVERYTHING, SERVICE, billed, delivered, make_ready, paid, put_line, ready_order
from tests.factories import MONDAY_9, as_role
from tests.pages.conftest import App


def words(at: AppTest) -> str:
    """Everything written on the screen, without the escapes of markdown."""
    written = (*at.markdown, *at.caption, *at.header, *at.subheader, *at.info, *at.warning, *at.error)
    return "\n".join(str(e.value) for e in written).replace("\\", "")


def tap(at: AppTest, key: str) -> AppTest:
    return at.button(key=key).click().run()


def _order(ws: Workspace, order_id: int) -> WorkOrder:
    with reading(ws) as work:
        return work.get(WorkOrder, order_id)


def _owed(ws: Workspace, order_id: int) -> Decimal:
    with reading(ws) as work:
        return owed(work, order_id)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("role", [Role.ADVISOR, Role.CASHIER, Role.INSPECTOR, Role.MANAGER])
def test_the_board_draws_for_everyone_who_works_there(app: App, garage: Workspace, role: Role, language: str) -> None:
    billed(garage, make_ready(garage))
    with unit_of_work(garage) as work:
        gone = ready_order(work, plate="GONE 01").id
    delivered(garage, gone)
    at = app("delivery", role, language)
    assert not at.exception
    assert "AB12 CDE" in words(at)
    assert "£102.75" in words(at)
    assert {"en": "Handed over today · 1", "zh_CN": "今日已交车 · 1"}[language] in words(at)


@pytest.mark.parametrize("role", [Role.TECHNICIAN, Role.FOLLOW_UP])
def test_who_does_not_deliver_does_not_see_it(app: App, garage: Workspace, role: Role) -> None:
    make_ready(garage)
    assert "AB12 CDE" not in words(app("delivery", role))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_car_goes_from_the_check_to_its_exit_pass_by_taps(app: App, garage: Workspace, language: str) -> None:
    key = make_ready(garage, old_parts=True)
    at = app("delivery", Role.ADVISOR, language, order=key)
    tap(at, f"all_delivery_{key}")
    tap(at, f"check_delivery_{key}")
    tap(at, f"tell_{key}")
    assert at.error  # a time first
    tap(at, f"first_tell_{key}_0")
    tap(at, f"tell_{key}")
    assert _order(garage, key).pick_up_at == MONDAY_9 + timedelta(minutes=30)
    at.session_state[f"step:{key}"] = "bill"
    at.run()
    assert "£102.75" in words(at)
    tap(at, f"bill_{key}")
    at.pills(key=f"pay_method_{key}").set_value(PaymentMethod.CASH).run()
    at.number_input(key=f"cash_{key}_0_102.75").set_value(110.0).run()
    assert {"en": "Change £7.25", "zh_CN": "找零 £7.25"}[language] in words(at)
    tap(at, f"pay_{key}")
    assert _owed(garage, key) == 0
    tap(at, f"pass_out_{key}")
    assert "X261123" in words(at)
    assert not at.exception


def test_what_was_not_done_is_explained_by_a_tap_before_the_check_is_passed(app: App, garage: Workspace) -> None:
    key = make_ready(garage, concern="It squeaks")
    with unit_of_work(garage) as work:
        line = put_line(work, key, (LineKind.PART, "*Filter*", "2", "4", Payer.CUSTOMER, Answer.AGREED))
        line.part_id = 1
    at = app("delivery", Role.ADVISOR, order=key)
    assert "It squeaks" in words(at)
    assert "not issued" in words(at)
    tap(at, f"all_delivery_{key}")
    tap(at, f"check_delivery_{key}")
    assert "Filter" in at.error[0].value
    at.pills(key=f"why_delivery_{key}_line_{line.id}").set_value("Not needed after all").run()
    tap(at, f"check_delivery_{key}")
    assert not at.error
    with reading(garage) as work:
        [check] = work.db.exec(select(Check).where(Check.level == CheckLevel.DELIVERY))
        assert check.items[0]["note"] == "Not needed after all"
    at.session_state[f"step:{key}"] = "send_back"
    at.run()
    at.text_area(key=f"check_note_{key}").set_value("Oil on the mat").run()
    tap(at, f"send_back_{key}")
    assert _order(garage, key).status == OrderStatus.REWORK


def test_the_time_is_agreed_anew_and_the_car_given_to_another_from_the_list(app: App, garage: Workspace) -> None:
    key = make_ready(garage)
    billed(garage, key)
    at = app("delivery", Role.ADVISOR, order=key)
    at.session_state[f"step:{key}"] = "agree_time"
    at.run()
    tap(at, f"first_agree_{key}_1")
    tap(at, f"agree_time_{key}")
    assert _order(garage, key).pick_up_at == MONDAY_9 + timedelta(hours=1)
    at = app("delivery", Role.ADVISOR)
    assert "10:00" in words(at)
    assert "Ada Advisor" in words(at)


def test_more_than_is_owed_is_refused_and_what_was_typed_stays(app: App, garage: Workspace) -> None:
    key = make_ready(garage)
    billed(garage, key)
    at = app("delivery", Role.CASHIER, order=key)
    at.pills(key=f"pay_method_{key}").set_value(PaymentMethod.CARD).run()
    at.number_input(key=f"amount_{key}_0").set_value(200.0).run()
    tap(at, f"pay_{key}")
    assert "£102" in at.error[0].value
    assert at.number_input(key=f"amount_{key}_0").value == 200.0
    assert _owed(garage, key) == Decimal("102.75")


def test_two_payments_and_the_rest_is_filled_in(app: App, garage: Workspace) -> None:
    key = make_ready(garage)
    billed(garage, key)
    at = app("delivery", Role.CASHIER, order=key)
    at.pills(key=f"pay_method_{key}").set_value(PaymentMethod.TRANSFER).run()
    at.number_input(key=f"amount_{key}_0").set_value(50.1).run()
    tap(at, f"pay_{key}")
    assert _owed(garage, key) == Decimal("52.65")
    assert at.number_input(key=f"amount_{key}_1").value == 52.65
    at.pills(key=f"pay_method_{key}").set_value(PaymentMethod.CARD).run()
    tap(at, f"pay_{key}")
    assert _owed(garage, key) == 0
    with reading(garage) as work:
        assert [p.method for p in work.db.exec(select(Payment))] == [PaymentMethod.TRANSFER, PaymentMethod.CARD]


def test_a_payment_is_reversed_with_a_reason_and_both_are_listed(app: App, garage: Workspace) -> None:
    key = make_ready(garage)
    paid(garage, key)
    at = app("delivery", Role.CASHIER, order=key)
    at.session_state[f"step:{key}"] = "reverse_payment"
    at.run()
    tap(at, f"reverse_payment_{key}")
    assert at.error[0].value == "Please give a reason\\."
    at.text_input(key=f"reverse_reason_{key}").set_value("Wrong machine").run()
    tap(at, f"reverse_payment_{key}")
    assert _owed(garage, key) == Decimal("102.75")
    assert "Wrong machine" in words(at)


def test_the_manager_gives_credit_and_the_pass_follows(app: App, garage: Workspace) -> None:
    key = make_ready(garage)
    billed(garage, key)
    at = app("delivery", Role.MANAGER, order=key)
    at.session_state[f"step:{key}"] = "credit"
    at.run()
    at.text_input(key=f"credit_reason_{key}").set_value("Pays on Friday").run()
    tap(at, f"credit_{key}")
    with unit_of_work(as_role(garage, Role.CASHIER)) as work:
        pass_out(work, key)
    with reading(garage) as work:
        assert work.db.exec(select(ExitPass)).one().order_id == key


def test_what_the_customer_did_not_agree_to_is_refused_on_screen(app: App, garage: Workspace) -> None:
    key = make_ready(garage)
    at = app("delivery", Role.ADVISOR, order=key)
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        check_delivery(work, key, items=EVERYTHING)
        tell(work, key, channel=Channel.PHONE)
    at.session_state[f"step:{key}"] = "bill"
    at.run()
    with unit_of_work(garage) as work:
        put_line(
            work, key, (LineKind.PART, "**Bulb** ![x](http://x)", "1", "4", Payer.CUSTOMER, Answer.AGREED), asked=False
        )
    tap(at, f"bill_{key}")
    assert "Bulb" in at.error[0].value
    assert "![x]" not in at.error[0].value
    with reading(garage) as work:
        assert work.db.exec(select(Statement)).all() == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_section_shows_statement_payments_and_pass(app: App, garage: Workspace, language: str) -> None:
    key = make_ready(garage, (*SERVICE, (LineKind.PART, "Alternator", "1", "240", Payer.WARRANTY, Answer.AGREED)))
    delivered(garage, key)
    at = app("delivery", Role.ADVISOR, language, order=key)
    at.session_state[f"section_{key}"] = "money"
    at.run()
    assert not at.exception
    for said in ("S2026", "X261123", "£342"):
        assert said in words(at)
    assert "Alternator" in words(at)


@pytest.mark.parametrize("address", ["999999", "abc", "-1", "1e5"])
def test_an_address_that_leads_nowhere_is_a_sentence(app: App, garage: Workspace, address: str) -> None:
    at = app("delivery", Role.ADVISOR, order=address)
    assert not at.exception
    assert len(at.warning) == 1


def test_an_amount_typed_just_before_the_tap_is_not_taken_for_change(app: App, garage: Workspace) -> None:
    key = make_ready(garage)
    billed(garage, key)
    at = app("delivery", Role.CASHIER, order=key)
    at.number_input(key=f"amount_{key}_0").set_value(20.0)
    tap(at, f"pay_{key}")
    with reading(garage) as work:
        [payment] = work.db.exec(select(Payment))
        assert (payment.method, payment.amount, payment.change) == (PaymentMethod.CASH, Decimal(20), Decimal(0))
