"""Discounts: exact to the coin, within one's limit at once, above it with somebody's yes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from db.enums import Answer, BayKind, LineKind, Payer, Role
from db.enums_money import DiscountReason, DiscountState
from db.models import Job, OrderJob, OrderLine, WorkOrder
from services.charging_less import charge_less
from services.discount_approvals import AnsweredBefore, answerable, approve, approvers, may_answer, refuse, requests
from services.discount_limits import set_limits
from services.discount_sums import MoreThanThePrice, NothingToDiscount, pays, round_sums, spread
from services.discounts import NoDiscount, StillAsked, SumChanged, ask, of_order, withdraw
from services.estimates import total_of
from services.indicators import Span
from services.line_changes import set_payer
from services.money import coin
from services.money_exceptions import money_exceptions
from services.order_facts import OrderFacts
from services.order_loading import load_orders
from services.refusals import Missing, NotAllowed, NotNow, OutOfRange, Refusal
from services.settlement import bill, credit_note, owed, statements
from services.statement_paper import statement_data
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import SERVICE, billed, make_ready, use_currency
from tests.factories import MONDAY_9, as_role
from tests.services.at_once import DONE, at_once

D = Decimal
LOYAL = DiscountReason.LOYAL


def _facts(work: Work, order_id: int) -> OrderFacts:
    return load_orders(work, [work.get(WorkOrder, order_id)])[order_id]


def _discounts(ws: Workspace, order_id: int) -> list[Decimal]:
    with reading(ws) as work:
        return [line.discount for line in _facts(work, order_id).lines]


def test_within_the_limit_it_is_given_at_once_over_the_lines_to_the_coin(ws: Workspace) -> None:
    order_id = make_ready(ws)  # 60 + 42.75
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        row = ask(work, order_id, percent=10, reason=LOYAL, seen=D("102.75"))
        assert (row.amount, row.state, row.approver_id) == (D("10.28"), DiscountState.GIVEN, work.by.id)
        assert [line.answer for line in _facts(work, order_id).lines] == [Answer.AGREED, Answer.AGREED]
    assert _discounts(ws, order_id) == [D("6.00"), D("4.28")]
    billed(ws, order_id)
    with reading(ws) as work:
        assert owed(work, order_id) == D("92.47")


def test_the_number_of_queries_does_not_grow_with_what_waits(ws: Workspace) -> None:
    seen: list[str] = []
    event.listen(ws.engine, "before_cursor_execute", lambda *call: seen.append(call[2]))

    def queries(many: int) -> int:
        seen.clear()
        with reading(as_role(ws, Role.MANAGER)) as work:
            assert len(answerable(work, requests(work))) == many
        return len(seen)

    def wait_for(plate: str) -> None:
        order_id = make_ready(ws, plate=plate)
        with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
            job = _facts(work, order_id).jobs[0]
            one = Job(code=plate, name=plate, minutes=60, price=D(1), bay_kind=next(iter(BayKind)), skill=job.skill)
            job.job_id = work.add(one).id
            ask(work, order_id, amount=D(20), reason=LOYAL)

    wait_for("AB12 CDE")
    one = queries(1)
    for plate in ("BC23 DEF", "CD34 EFG"):
        wait_for(plate)
    assert queries(3) == one > 0


def test_above_the_limit_it_waits_and_changes_nothing_until_the_manager_says_yes(ws: Workspace) -> None:
    order_id = make_ready(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        row = ask(work, order_id, amount=D(20), reason=DiscountReason.APOLOGY, note="Waited two hours")
        assert row.state == DiscountState.ASKED
        with pytest.raises(StillAsked):
            ask(work, order_id, percent=1, reason=LOYAL)
    assert _discounts(ws, order_id) == [0, 0]
    with reading(as_role(ws, Role.ADVISOR)) as work:
        [request] = requests(work)
        assert (request.before, request.after, request.percent) == (D("102.75"), D("82.75"), 20)
        assert not may_answer(work, request)
        assert [one.name for one in approvers(work, request)] == ["Max Manager"]
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        approve(work, row.id)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        assert approve(work, row.id).approver_id == work.by.id
    with pytest.raises(AnsweredBefore) as refused, unit_of_work(as_role(ws, Role.MANAGER)) as work:
        refuse(work, row.id)
    assert refused.value.say("en") == "Max Manager has already answered this: Given."
    assert sum(_discounts(ws, order_id)) == 20


def test_a_role_whose_limit_is_enough_may_approve_and_two_answers_count_once(ws: Workspace) -> None:
    order_id = make_ready(ws)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        set_limits(work, {Role.SUPERVISOR: 30})
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        row = ask(work, order_id, percent=25, reason=LOYAL)  # a cashier has no limit of their own
        assert row.state == DiscountState.ASKED
    tablets = [as_role(ws, Role.SUPERVISOR), as_role(ws, Role.MANAGER)]
    told = at_once([(one, lambda work: approve(work, row.id)) for one in tablets])
    assert told.count(DONE) == 1
    assert sum(_discounts(ws, order_id)) == D("25.69")


def test_several_discounts_together_keep_within_the_limit(ws: Workspace) -> None:
    order_id = make_ready(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        first = _facts(work, order_id).lines[0]
        assert ask(work, order_id, line_id=first.id, percent=10, reason=LOYAL).state == DiscountState.GIVEN
        assert ask(work, order_id, line_id=first.id, percent=1, reason=LOYAL).state == DiscountState.ASKED


def test_withdrawn_the_lines_cost_what_they_did(ws: Workspace) -> None:
    order_id = make_ready(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        row = ask(work, order_id, percent=10, reason=LOYAL)
        ask(work, order_id, amount=D("0.01"), reason=DiscountReason.ROUND_SUM)
        assert [one.state for one in of_order(work, order_id)] == [DiscountState.GIVEN, DiscountState.ASKED]
        withdraw(work, row.id)
        with pytest.raises(NotNow):
            withdraw(work, row.id)
    assert _discounts(ws, order_id) == [0, 0]
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        refuse(work, of_order(work, order_id)[1].id, "Not for a penny")
        assert of_order(work, order_id)[1].answer == "Not for a penny"


def test_what_is_withdrawn_later_still_stands_on_the_statement_it_was_given_with(ws: Workspace) -> None:
    order_id = make_ready(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        row = ask(work, order_id, percent=10, reason=LOYAL)
    billed(ws, order_id)
    with unit_of_work(replace(as_role(ws, Role.MANAGER), clock=lambda: MONDAY_9 + timedelta(minutes=5))) as work:
        [first] = statements(work, order_id)
        credit_note(work, first.id, reason="Wrong discount")
        withdraw(work, row.id)
        second = bill(work, order_id)
        said = [statement_data(work, one, "en")[0]["discounts"] for one in (first, second)]
    assert [len(rows) for rows in said] == [1, 0]
    assert said[0][0][-1] == "-£10.28"


def test_a_discount_was_the_customers_and_falls_away_where_somebody_else_pays(ws: Workspace) -> None:
    order_id = make_ready(ws)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        both = ask(work, order_id, percent=10, reason=LOYAL)
        labour, oil = _facts(work, order_id).lines
        oil.order_job_id = work.add(OrderJob(order_id=order_id, title="Oil", minutes=0, done_at=work.now)).id
        work.db.flush()
        set_payer(work, order_id, order_job_id=oil.order_job_id, payer=Payer.WARRANTY)
        assert [(line.discount, line.answer) for line in (labour, oil)] == [
            (D(6), Answer.AGREED),
            (D(0), Answer.AGREED),
        ]
        assert (both.amount, both.parts, both.state) == (D(6), {str(labour.id): "6.00"}, DiscountState.GIVEN)
        set_payer(work, order_id, order_job_id=labour.order_job_id, payer=Payer.GOODWILL, percent=50)
        assert (labour.discount, labour.answer, both.state) == (D(0), Answer.AGREED, DiscountState.WITHDRAWN)


def test_after_the_statement_nothing_is_given_asked_or_withdrawn(ws: Workspace) -> None:
    order_id = make_ready(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        given_ = ask(work, order_id, percent=5, reason=LOYAL)
        asked = ask(work, order_id, percent=50, reason=LOYAL)
    billed(ws, order_id)
    acts: list[Callable[[Work], object]] = [
        lambda work: ask(work, order_id, percent=1, reason=LOYAL),
        lambda work: withdraw(work, given_.id),
        lambda work: approve(work, asked.id),
    ]
    for act in acts:
        with pytest.raises(Refusal) as refused, unit_of_work(as_role(ws, Role.MANAGER)) as work:
            act(work)
        assert isinstance(refused.value, NotNow | AnsweredBefore)
    with reading(ws) as work:
        assert of_order(work, order_id)[1].state == DiscountState.WITHDRAWN
        assert requests(work) == []


def test_what_somebody_changed_meanwhile_is_looked_at_again(ws: Workspace) -> None:
    order_id = make_ready(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        ask(work, order_id, percent=5, reason=LOYAL, seen=D("102.75"))
    with pytest.raises(SumChanged) as refused, unit_of_work(as_role(ws, Role.CASHIER)) as work:
        ask(work, order_id, percent=5, reason=LOYAL, seen=D("102.75"))
    assert refused.value.say("en") == "Meanwhile the customer pays £97.61. Look again."


BAD: list[tuple[dict[str, object], type[Refusal]]] = [
    ({"percent": 0}, OutOfRange),
    ({"percent": -5}, OutOfRange),
    ({"percent": 101}, OutOfRange),
    ({"amount": D(0)}, NoDiscount),
    ({"amount": D(-1)}, NoDiscount),
    ({"amount": D("102.76")}, MoreThanThePrice),
    ({"amount": D("1e30")}, MoreThanThePrice),
    ({"amount": D("0.001")}, Refusal),
    ({"amount": D("NaN")}, Refusal),
    ({"to_pay": D("-0.01")}, OutOfRange),
    ({"to_pay": D("102.75")}, OutOfRange),
    ({}, Refusal),
    ({"percent": 5, "amount": D(5)}, Refusal),
    ({"percent": 5, "reason": DiscountReason.OTHER}, Missing),
]


def test_bad_input_is_refused_and_changes_nothing(ws: Workspace) -> None:
    order_id = make_ready(ws)
    for wish, kind in BAD:
        with pytest.raises(kind), unit_of_work(as_role(ws, Role.MANAGER)) as work:
            ask(work, order_id, **{"reason": LOYAL, **wish})  # type: ignore[arg-type]
    assert _discounts(ws, order_id) == [0, 0]
    with reading(ws) as work:
        assert of_order(work, order_id) == []


def test_only_what_the_customer_alone_pays_can_cost_less(ws: Workspace) -> None:
    order_id = make_ready(ws, ((LineKind.PART, "Alternator", "1", "240", Payer.WARRANTY, Answer.AGREED),))
    with pytest.raises(NothingToDiscount), unit_of_work(as_role(ws, Role.MANAGER)) as work:
        ask(work, order_id, percent=5, reason=LOYAL)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        ask(work, make_ready(ws, plate="XY99 ZZZ"), percent=5, reason=LOYAL)


@pytest.mark.parametrize(
    ("currency", "included", "target"),
    [
        ("GBP", True, "100"),
        ("GBP", False, "120"),
        ("JPY", True, "100"),
        ("KWD", False, "123.25"),
        ("CNY", True, "99.9"),
    ],
)
def test_a_round_sum_is_what_the_customer_pays(ws: Workspace, currency: str, included: bool, target: str) -> None:
    use_currency(ws, currency, "20", included=included)
    lines = SERVICE if currency != "JPY" else ((LineKind.LABOUR, "Oil", "3", "35", Payer.CUSTOMER, Answer.AGREED),)
    order_id = make_ready(ws, lines)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        ask(work, order_id, to_pay=D(target), reason=DiscountReason.ROUND_SUM)
        assert pays(_facts(work, order_id), work.garage) == D(target)
    billed(ws, order_id)
    with reading(ws) as work:
        assert owed(work, order_id) == D(target)


@given(
    st.lists(st.integers(1, 500_000), min_size=1, max_size=8),
    st.integers(0, 1000),
    st.sampled_from(["GBP", "JPY", "KWD"]),
)
def test_the_parts_of_a_discount_add_up_and_take_no_line_below_nothing(
    coins: list[int], per_mille: int, currency: str
) -> None:
    smallest = coin(currency)
    lines = [
        OrderLine(id=number, order_id=1, order_job_id=1, kind=LineKind.FEE, title="Fee", unit_price=amount * smallest)
        for number, amount in enumerate(coins, 1)
    ]
    amount = sum(coins) * per_mille // 1000 * smallest
    parts = spread(amount, lines, currency)
    assert sum(parts.values()) == amount
    assert all(0 < parts[line.id] <= total_of(line, currency) for line in lines if line.id in parts)
    for line in lines:  # each bears its share to within a coin
        exact = amount * line.unit_price / (sum(coins) * smallest)
        assert abs(parts.get(line.id, 0) - exact) < smallest


def test_round_sums_lie_below_and_near() -> None:
    assert round_sums(D("1023.40"), "GBP") == [D(1023), D(1020), D(1000)]
    assert round_sums(D("10275"), "JPY") == [D(10200), D(10000)]
    assert round_sums(D("12.345"), "KWD") == [D("12.3"), D("12"), D("12")][:2]
    assert round_sums(D("0.40"), "GBP") == []


def test_the_manager_finds_every_discount_with_who_and_why(ws: Workspace) -> None:
    order_id = make_ready(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        ask(work, order_id, percent=5, reason=LOYAL)
        row = ask(work, order_id, amount=D(50), reason=DiscountReason.OTHER, note="A friend")
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        refuse(work, row.id, "No")
    with unit_of_work(as_role(ws, Role.CASHIER)) as work:
        charge_less(work, order_id, line_id=_facts(work, order_id).lines[1].id, quantity=D(3))
    with reading(ws) as work:
        day = work.local(work.now).date()
        found = [
            (one.what, one.amount, one.reason, one.note, one.by) for one in money_exceptions(work, Span.of(day, day))
        ]
    assert found == [
        ("Charge less", None, "Engine oil 5W-30", "4.5 → 3", "Cass Cashier"),
        ("Discount refused", D(50), "No", "", "Max Manager"),
        ("Discount", D(50), "Other reason", "A friend", "Ada Advisor"),
        ("Discount", D("5.14"), "Loyal customer", "", "Ada Advisor"),
    ]
