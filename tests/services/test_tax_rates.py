"""Several rates of tax on one order: which line bears which, and what each payer owes at each."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlmodel import select

from db.enums import Answer, LineKind, Payer, Role
from db.models import Garage, Job, OrderLine, Part, WorkOrder
from services.catalogue import estimate
from services.estimates import NOTHING, by_payer, by_rate, rates_in, together, total_of
from services.garage import AgreedOtherwise, change_garage
from services.money import coin, split_tax, spread
from services.order_lines import put_catalogue_jobs, put_charge, put_free_job
from services.refusals import NotAllowed, OutOfRange
from services.tax_settings import set_kind_rate
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import make_ready
from tests.factories import as_role
from tests.services.reception import approved, lines_of

D = Decimal
OIL = 1  # the job of tests/factories.py with a part


def test_a_line_keeps_the_rate_of_its_job_or_part_else_of_its_kind(ws: Workspace) -> None:
    order_id = make_ready(ws)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        set_kind_rate(work, LineKind.LABOUR, D("9.5"))
        set_kind_rate(work, LineKind.FEE, D(0))
        set_kind_rate(work, LineKind.OUTSIDE, D(5))
        set_kind_rate(work, LineKind.OUTSIDE, None)
    with unit_of_work(ws) as work:
        for part in work.db.exec(select(Part)):
            part.tax_percent = D(5)
        order = work.get(WorkOrder, order_id)
        [job] = put_catalogue_jobs(work, order, [OIL])
        free = put_free_job(work, order, title="Look", minutes=30)
        for kind in (LineKind.FEE, LineKind.OUTSIDE):
            put_charge(work, free, kind, title="x", price=D(10))
        rows = work.db.exec(select(OrderLine).where(OrderLine.order_job_id >= job.id).order_by(OrderLine.id)).all()  # type: ignore[arg-type]
        kept = {(row.kind, row.tax_percent) for row in rows}
        assert kept == {
            (LineKind.LABOUR, D("9.5")),
            (LineKind.PART, D(5)),
            (LineKind.FEE, D(0)),
            (LineKind.OUTSIDE, None),
        }
        work.db.get_one(Job, OIL).tax_percent = D(13)
        [again] = put_catalogue_jobs(work, order, [OIL])
        labour = select(OrderLine).where(OrderLine.order_job_id == again.id, OrderLine.kind == LineKind.LABOUR)
        assert work.db.exec(labour).one().tax_percent == D(13)


def test_an_offer_is_told_with_the_tax_of_each_line(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        work.garage.tax_included = False
        before = estimate(work, [OIL]).price
        for part in work.db.exec(select(Part)):
            part.tax_percent = D(0)
    with reading(ws) as work:
        offered = estimate(work, [OIL])
        parts = sum((part.price * part.quantity for one in offered.offered for part in one.parts), D(0))
        assert parts > 0
        assert before - offered.price == (parts * D("0.2")).quantize(D("0.01"))


def test_only_the_manager_sets_a_rate_and_only_a_rate(ws: Workspace) -> None:
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        set_kind_rate(work, LineKind.PART, D(5))
    for wrong in (D(-1), D("100.001"), D("1e9")):
        with pytest.raises(OutOfRange), unit_of_work(as_role(ws, Role.MANAGER)) as work:
            set_kind_rate(work, LineKind.PART, wrong)


@settings(max_examples=80, deadline=None)
@given(
    weights=some.lists(some.integers(0, 10**6), max_size=8),
    part=some.integers(0, 100),
    currency=some.sampled_from(["JPY", "KWD", "GBP"]),
)
def test_a_sum_is_spread_to_the_coin_and_no_part_is_over_its_weight(
    weights: list[int], part: int, currency: str
) -> None:
    smallest = coin(currency)
    sums = [weight * smallest for weight in weights]
    amount = (sum(weights) * part // 100) * smallest
    parts = spread(amount, sums, currency)
    assert sum(parts, D(0)) == amount
    assert all(0 <= one <= most and one % smallest == 0 for one, most in zip(parts, sums, strict=True))


_rate = some.sampled_from([None, "0", "5", "9", "13", "7.7"])
_row = some.tuples(
    some.integers(0, 10**6), some.sampled_from(Payer), some.integers(1, 100), _rate, some.sampled_from(Answer)
)


@settings(max_examples=120, deadline=None)
@given(rows=some.lists(_row, max_size=8), excess=some.integers(0, 10**6), included=some.booleans(),
       currency=some.sampled_from(["JPY", "KWD", "GBP", "CNY"]))  # fmt: skip
def test_shares_at_every_rate_add_up_and_the_excess_only_moves(
    rows: list[tuple[Any, ...]], excess: int, included: bool, currency: str
) -> None:
    garage = Garage(name="G", zone="UTC", currency=currency, language="en", tax_percent=D(20), tax_included=included)
    smallest = coin(currency)
    lines = [
        OrderLine(order_id=1, order_job_id=1, kind=LineKind.FEE, title="x", unit_price=price * smallest, payer=payer,
                  payer_percent=percent, tax_percent=None if rate is None else D(rate), answer=answer)
        for price, payer, percent, rate, answer in rows
    ]  # fmt: skip
    charged = [line for line in lines if line.answer != Answer.DECLINED]
    plain, moved = by_rate(lines, garage), by_rate(lines, garage, excess * smallest)
    before = sum((total_of(line, currency) for line in charged), D(0))
    whole = together(one for rates in plain.values() for one in rates.values())
    assert before == (whole.total if included else whole.net)
    for payer, rates in plain.items():
        for rate, one in rates.items():  # the tax is the rule's on that payer's own sum at that rate
            base = one.total if included else one.net
            assert (one.net, one.tax) == split_tax(base, rate, included, currency), payer
    assert rates_in(plain.values()) == rates_in(moved.values())
    for rates in moved.values():
        for one in rates.values():
            assert one.net + one.tax == one.total
            assert min(one.net, one.tax, one.total) >= 0
            assert all(amount % smallest == 0 for amount in (one.net, one.tax, one.total))
    insurer = by_payer(lines, garage).get(Payer.INSURER, NOTHING).total
    due = by_payer(lines, garage, excess * smallest)
    gone = insurer - due.get(Payer.INSURER, NOTHING).total
    assert gone == min(excess * smallest, insurer)
    assert due.get(Payer.CUSTOMER, NOTHING).total == by_payer(lines, garage).get(Payer.CUSTOMER, NOTHING).total + gone


def test_another_tax_of_the_garage_leaves_what_was_agreed_alone(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        order = approved(work)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        _settings(work, D(25), included=True)
    with pytest.raises(AgreedOtherwise), unit_of_work(as_role(ws, Role.MANAGER)) as work:
        _settings(work, D(25), included=False)
    with reading(ws) as work:
        assert {one.tax_percent for one in lines_of(work, order)} == {D(20)}


def _settings(work: Work, tax: Decimal, *, included: bool) -> None:
    change_garage(work, name="G", address="A", phone="01233 555010", language="en", tax_percent=tax, tax_included=included,
                  labour_rate=D(60))  # fmt: skip
