"""The gate lets each car out once, and none that owes."""

import pytest

from db.enums import CheckLevel, PaymentMethod, Role
from services.checks import fail_check
from services.exit_passes import PassUnknown, PassUsed, at_gate, check_out, leaving, pass_number, pass_out
from services.order_refusals import FinalInspectionMissing, MoneyOwed
from services.payments import credit, pay, payments, reverse
from services.refusals import NotAllowed, Refusal
from services.settlement import owed
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import billed, make_ready, paid
from tests.factories import MONDAY_9, as_role
from tests.services.at_once import DONE, at_once

NUMBER = "X261123-01"


@pytest.fixture
def order_id(ws: Workspace) -> int:
    """A car that is paid and has its pass."""
    key = make_ready(ws)
    paid(ws, key)
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        assert pass_out(work, key).number == NUMBER
    return key


def test_a_car_leaves_once_and_the_second_scan_says_when_and_by_whom(ws: Workspace, order_id: int) -> None:
    with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        found = check_out(work, "http://garage.local:8501/gate?pass=x261123-01")
        assert (found.used_at, found.used_by_id) == (MONDAY_9, work.by.id)
    with pytest.raises(PassUsed) as refused, unit_of_work(as_role(ws, Role.CASHIER)) as work:
        check_out(work, NUMBER)
    assert refused.value.say("en") == "AB12 CDE has already left: 23 November 09:00, let out by Sam Supervisor."
    with reading(ws) as work:
        [row] = leaving(work)
        assert (row.vehicle.plate, row.let_out_by, type(row.problem)) == ("AB12 CDE", "Sam Supervisor", PassUsed)


@pytest.mark.parametrize(
    "typed",
    [NUMBER, " x261123 01", "Ｘ２６１１２３－０１", "26112301", "1", "01", "https://g/gate?pass=X261123-01&x=1"],
)
def test_a_pass_is_found_as_people_and_scanners_write_it(ws: Workspace, typed: str) -> None:
    with reading(ws) as work:
        assert pass_number(work, typed) == NUMBER


@pytest.mark.parametrize("typed", ["", "X261123-99", "x" * 400, "<script>", "0"])
def test_what_is_no_pass_lets_nobody_out(ws: Workspace, order_id: int, typed: str) -> None:
    with pytest.raises(PassUnknown), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        check_out(work, typed)


def test_money_owed_again_voids_the_pass_until_it_is_paid_or_credit_is_given(ws: Workspace, order_id: int) -> None:
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        reverse(work, payments(work, order_id)[0].id, reason="Card was declined after all")
    with pytest.raises(MoneyOwed), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        check_out(work, NUMBER)
    with reading(ws) as work:
        assert isinstance(at_gate(work, NUMBER).problem, MoneyOwed)
        assert isinstance(leaving(work)[0].problem, MoneyOwed)
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        pay(work, order_id, method=PaymentMethod.TRANSFER, amount=owed(work, order_id))
        assert check_out(work, NUMBER).used_at


def test_a_car_back_in_work_does_not_leave_on_the_pass_it_had(ws: Workspace, order_id: int) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        fail_check(work, order_id, level=CheckLevel.DELIVERY, note="The customer heard the rattle again")
    with pytest.raises(Refusal) as refused, unit_of_work(as_role(ws, Role.CASHIER)) as work:
        check_out(work, NUMBER)
    assert refused.value.say("en") == "AB12 CDE is not ready to leave: it is “Rework”."
    assert not isinstance(refused.value, FinalInspectionMissing)


def test_on_credit_a_car_leaves_and_a_technician_lets_nobody_out(ws: Workspace) -> None:
    key = make_ready(ws)
    billed(ws, key)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        credit(work, key, reason="Regular customer")
        pass_out(work, key)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        check_out(work, NUMBER)
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        assert check_out(work, NUMBER).used_at == MONDAY_9


def test_two_gates_let_a_car_out_once(ws: Workspace, order_id: int) -> None:
    gates = [as_role(ws, Role.CASHIER), as_role(ws, Role.SUPERVISOR)]
    told = at_once([(gate, lambda work: check_out(work, NUMBER)) for gate in gates])
    assert sorted("has already left" in one for one in told) == [False, True]
    assert told.count(DONE) == 1
