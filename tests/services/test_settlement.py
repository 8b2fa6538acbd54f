"""The statement."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.enums import Answer, LineKind, Payer, Role
from db.models import Garage, OrderLine, WorkOrder
from services.differences import MoreThanAgreed
from services.estimates import by_payer, total_of
from services.money import coin, to_coin
from services.order_loading import load_orders
from services.order_refusals import ConsentMissing, DeliveryCheckMissing
from services.refusals import NotAllowed, NotNow, ReasonMissing
from services.settlement import (
    AlreadyCredited,
    agreed_lines,
    bill,
    credit_note,
    owed,
    reckon,
    standing,
    statement_lines,
    statements,
)
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import SERVICE, billed, make_ready, put_line, ready_order, use_currency
from tests.factories import as_role

D = Decimal
EXTRA = (LineKind.PART, "Wiper blades", "1", "20", Payer.CUSTOMER, Answer.AGREED)


def test_the_statement_charges_the_agreed_lines_with_tax_in_the_price(ws: Workspace) -> None:
    order_id = make_ready(ws, (*SERVICE, (LineKind.PART, "Cabin filter", "1", "18", Payer.CUSTOMER, Answer.DECLINED)))
    billed(ws, order_id)
    with reading(ws) as work:
        [statement] = statements(work, order_id)
        assert (statement.number, statement.total, statement.tax, statement.net) == (
            "S2026-00001",
            D("102.75"),
            D("17.13"),
            D("85.62"),
        )
        assert [(line.title, line.total) for line in statement_lines(work, statement.id)] == [
            ("Oil service", D(60)), ("Engine oil 5W-30", D("42.75")),
        ]  # fmt: skip
        assert owed(work, order_id) == D("102.75")


def test_tax_on_top_is_added_to_what_the_customer_owes(ws: Workspace) -> None:
    use_currency(ws, "GBP", "20", included=False)
    order_id = make_ready(ws)
    billed(ws, order_id)
    with reading(ws) as work:
        [statement] = statements(work, order_id)
        assert (statement.net, statement.tax, statement.total) == (D("102.75"), D("20.55"), D("123.30"))
        assert owed(work, order_id) == D("123.30")


@pytest.mark.parametrize(
    ("currency", "price", "net", "tax", "total"),
    [("JPY", "9999", "9090", "909", "9999"), ("KWD", "12.345", "11.223", "1.122", "12.345"),
     ("GBP", "10.05", "9.14", "0.91", "10.05"), ("CNY", "88.88", "80.80", "8.08", "88.88")],
)  # fmt: skip
def test_every_currency_is_exact_to_its_coin(
    ws: Workspace, currency: str, price: str, net: str, tax: str, total: str
) -> None:
    use_currency(ws, currency, "10")
    order_id = make_ready(ws, ((LineKind.LABOUR, "Diagnosis", "1", price, Payer.CUSTOMER, Answer.AGREED),))
    billed(ws, order_id)
    with reading(ws) as work:
        [statement] = statements(work, order_id)
        assert (statement.net, statement.tax, statement.total) == (D(net), D(tax), D(total))


def test_the_customer_owes_only_their_own_share(ws: Workspace) -> None:
    lines = (*SERVICE, (LineKind.PART, "Alternator", "1", "240", Payer.WARRANTY, Answer.AGREED))
    order_id = make_ready(ws, lines)
    billed(ws, order_id)
    with reading(ws) as work:
        [statement] = statements(work, order_id)
        assert (statement.total, statement.customer_share) == (D("342.75"), D("102.75"))
        assert owed(work, order_id) == D("102.75")


def test_a_price_raised_after_the_customer_agreed_is_refused(ws: Workspace) -> None:
    order_id = make_ready(ws)
    with unit_of_work(ws) as work:
        line = load_orders(work, [work.get(WorkOrder, order_id)])[order_id].lines[0]
        line.unit_price = D("75")
        work.db.add(line)
    with pytest.raises(MoreThanAgreed) as refused:
        billed(ws, order_id)
    assert (
        refused.value.say("en")
        == "“Oil service” comes to £75.00, but the customer agreed to £60.00. Ask the customer first."
    )
    with reading(ws) as work:
        assert statements(work, order_id) == []


def test_a_price_lowered_after_the_customer_agreed_is_charged_lower(ws: Workspace) -> None:
    order_id = make_ready(ws)
    with unit_of_work(ws) as work:
        line = load_orders(work, [work.get(WorkOrder, order_id)])[order_id].lines[0]
        line.discount = D("10")
        work.db.add(line)
    billed(ws, order_id)
    with reading(ws) as work:
        assert owed(work, order_id) == D("92.75")


def test_a_line_nobody_asked_about_is_never_charged(ws: Workspace) -> None:
    order_id = make_ready(ws)
    with unit_of_work(ws) as work:
        put_line(work, order_id, EXTRA, asked=False)
    with pytest.raises(ConsentMissing):
        billed(ws, order_id)


def test_no_statement_before_the_delivery_check(ws: Workspace) -> None:
    order_id = make_ready(ws)
    with pytest.raises(DeliveryCheckMissing), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        bill(work, order_id)


def test_a_second_statement_is_refused_and_a_technician_issues_none(ws: Workspace) -> None:
    order_id = make_ready(ws)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        bill(work, order_id)
    billed(ws, order_id)
    with pytest.raises(NotNow), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        bill(work, order_id)


def test_statement_numbers_have_no_gap_even_when_an_act_is_taken_back(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        first, second = ready_order(work).id, ready_order(work, plate="XY99 ZZZ").id
        put_line(work, first, EXTRA, asked=False)
    with pytest.raises(ConsentMissing):
        billed(ws, first)
    billed(ws, second)
    with reading(ws) as work:
        assert [s.number for s in statements(work, second)] == ["S2026-00001"]


def test_a_credit_note_takes_the_whole_statement_back_and_a_new_one_can_be_issued(ws: Workspace) -> None:
    order_id = make_ready(ws)
    billed(ws, order_id)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        note = credit_note(work, statements(work, order_id)[0].id, reason="Wrong customer on it")
        assert (note.number, note.total, note.customer_share) == ("S2026-00002", D("-102.75"), D("-102.75"))
        assert sum(line.total for line in statement_lines(work, note.id)) == D("-102.75")
        assert standing(statements(work, order_id)) is None
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        again = bill(work, order_id)
        found = standing(statements(work, order_id))
        assert found is not None
        assert found.number == again.number == "S2026-00003"


def test_a_credit_note_needs_a_manager_a_reason_and_happens_once(ws: Workspace) -> None:
    order_id = make_ready(ws)
    billed(ws, order_id)
    with reading(ws) as work:
        statement_id = statements(work, order_id)[0].id
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        credit_note(work, statement_id, reason="Because")
    manager = as_role(ws, Role.MANAGER)
    with pytest.raises(ReasonMissing), unit_of_work(manager) as work:
        credit_note(work, statement_id, reason="  ")
    with unit_of_work(manager) as work:
        credit_note(work, statement_id, reason="Wrong")
        bill(work, order_id)
    with pytest.raises(AlreadyCredited), unit_of_work(manager) as work:
        credit_note(work, statement_id, reason="Wrong")


_sums = st.decimals(0, 9999, places=3, allow_nan=False)
_lines = st.lists(
    st.tuples(st.decimals("0.001", 99, places=3), _sums, st.sampled_from(Payer), st.sampled_from(Answer)), max_size=12
)


@given(rows=_lines, currency=st.sampled_from(["JPY", "KWD", "GBP", "CNY"]), tax=st.sampled_from(["0", "5", "6", "13", "20", "7.7"]),
       included=st.booleans())  # fmt: skip
def test_shares_add_up_and_tax_follows_the_rule_to_the_coin(
    rows: list[tuple[D, D, Payer, Answer]], currency: str, tax: str, included: bool
) -> None:
    garage = Garage(name="G", zone="UTC", currency=currency, language="en", tax_percent=D(tax), tax_included=included)
    lines = [
        OrderLine(order_id=1, order_job_id=1, kind=LineKind.PART, title="x", quantity=q, unit_price=to_coin(p, currency),
                  payer=who, answer=a)
        for q, p, who, a in rows
    ]  # fmt: skip
    charged = agreed_lines(lines)
    sums, shares = reckon(charged, garage), by_payer(charged, garage)
    assert sums.total == sum((s.total for s in shares.values()), D(0)) == sums.net + sums.tax
    before = sum((total_of(line, currency) for line in charged), D(0))
    assert before == (sums.total if included else sums.net)
    for payer, share in shares.items():
        own = sum((total_of(line, currency) for line in charged if line.payer == payer), D(0))
        exact = own * D(tax) / (100 + D(tax)) if included else own * D(tax) / 100
        assert abs(share.tax - exact) <= coin(currency) / 2
        assert share.tax % coin(currency) == 0
        assert share.total % coin(currency) == 0
