"""What must hold of all money at every moment, judged from the rows alone; the sums are reckoned here anew, not by the services."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel.numbers import get_currency_precision
from sqlmodel import col, select

from db.enums import Answer, Payer, PaymentMethod
from db.models import (
    CashDrawer,
    Consent,
    ConsentItem,
    DrawerEntry,
    Garage,
    InsuranceClaim,
    OrderLine,
    Payment,
    Statement,
    StatementLine,
    StatementShare,
)
from services.work import Work

D = Decimal
HUNDRED = D(100)
Key = tuple[Payer, Decimal]  # who pays, and the rate of tax


@dataclass(frozen=True)
class Issued:
    """A statement with its lines and what each payer owes of it."""

    head: Statement
    lines: Sequence[StatementLine]
    shares: Sequence[StatementShare]


def all_hold(work: Work, order_ids: Iterable[int] | None = None) -> None:
    """Every condition, for these orders or for all of them."""
    wanted = None if order_ids is None else set(order_ids)
    issued = _issued(work, wanted)
    for one in issued.values():
        _adds_up(one, work.garage)
    for order_id in {one.head.order_id for one in issued.values()}:
        mine = [one for one in issued.values() if one.head.order_id == order_id]
        _one_stands(mine)
        _as_the_rule_says(work, order_id, mine)
        _within_consent(work, order_id, mine)
    _numbers_without_gaps(work)
    _payments_hold(work, wanted, issued)
    _drawers_hold(work)


def _issued(work: Work, wanted: set[int] | None) -> dict[int, Issued]:
    query = select(Statement).order_by(col(Statement.id))
    heads = [one for one in work.db.exec(query) if wanted is None or one.order_id in wanted]
    lines, shares = defaultdict[int, list[StatementLine]](list), defaultdict[int, list[StatementShare]](list)
    keys = [one.id for one in heads]
    for line in work.db.exec(select(StatementLine).where(col(StatementLine.statement_id).in_(keys))):
        lines[line.statement_id].append(line)
    for share in work.db.exec(select(StatementShare).where(col(StatementShare.statement_id).in_(keys))):
        shares[share.statement_id].append(share)
    return {one.id: Issued(one, lines[one.id], shares[one.id]) for one in heads}


def _adds_up(one: Issued, garage: Garage) -> None:
    """Shares add up to the statement, lines to its sum, and every sum is whole coins."""
    head = one.head
    for name in ("net", "tax", "total"):
        assert _sum(getattr(share, name) for share in one.shares) == getattr(head, name)
    assert head.net + head.tax == head.total
    assert head.customer_share == _sum(share.total for share in one.shares if share.payer == Payer.CUSTOMER)
    assert _sum(line.total for line in one.lines) == (head.total if garage.tax_included else head.net)
    for share in one.shares:
        assert share.net + share.tax == share.total
        for amount in (share.net, share.tax, share.total):
            assert whole(amount, head.currency)
            assert amount * (-1 if head.reverses_id else 1) >= 0
    assert all(whole(line.total, head.currency) and whole(line.discount, head.currency) for line in one.lines)


def _one_stands(mine: Sequence[Issued]) -> None:
    """A credit note is its statement, negated; each statement is taken back once at most, and one at most stands."""
    heads = {one.head.id: one for one in mine}
    taken_back = [one.head.reverses_id for one in mine if one.head.reverses_id]
    assert len(taken_back) == len(set(taken_back))
    for note in mine:
        if note.head.reverses_id:
            assert _sums(note, -1) == _sums(heads[note.head.reverses_id], 1)
    assert sum(1 for one in mine if not one.head.reverses_id and one.head.id not in taken_back) <= 1


def _sums(one: Issued, sign: int) -> list[Any]:
    head = one.head
    shares = sorted((s.payer, s.tax_percent, s.net * sign, s.tax * sign, s.total * sign) for s in one.shares)
    lines = sorted((line.title, line.line_id or 0, line.total * sign) for line in one.lines)
    return [head.net * sign, head.tax * sign, head.total * sign, head.customer_share * sign, shares, lines]


def _as_the_rule_says(work: Work, order_id: int, mine: Sequence[Issued]) -> None:
    """Tax is that of each payer's own sum at each rate, half up; the excess moves from the insurer to the customer alone."""
    back = {one.head.reverses_id for one in mine}
    for one in mine:
        if one.head.reverses_id:
            continue
        plain = reckoned(one.lines, work.garage, one.head)
        stands = one.head.id not in back
        claim = work.db.exec(select(InsuranceClaim).where(InsuranceClaim.order_id == order_id)).first()
        if claim is None or not any(payer == Payer.INSURER for payer, _ in plain):
            assert {(s.payer, s.tax_percent): (s.net, s.tax) for s in one.shares if s.total} == {
                key: sums for key, sums in plain.items() if sum(sums)
            }
        elif stands:
            _excess_moved(one, plain, claim.excess)


def _excess_moved(one: Issued, plain: dict[Key, tuple[Decimal, Decimal]], excess: Decimal) -> None:
    insured = _sum(net + tax for (payer, _), (net, tax) in plain.items() if payer == Payer.INSURER)
    moved = min(excess, insured)
    for payer, change in (
        (Payer.CUSTOMER, moved),
        (Payer.INSURER, -moved),
        (Payer.WARRANTY, D(0)),
        (Payer.GOODWILL, D(0)),
    ):
        before = _sum(net + tax for (who, _), (net, tax) in plain.items() if who == payer)
        assert _sum(share.total for share in one.shares if share.payer == payer) == before + change
    for rate in {share.tax_percent for share in one.shares}:
        tax = _sum(sums[1] for (_, at), sums in plain.items() if at == rate)
        assert _sum(share.tax for share in one.shares if share.tax_percent == rate) == tax


def reckoned(lines: Iterable[StatementLine], garage: Garage, head: Statement) -> dict[Key, tuple[Decimal, Decimal]]:
    """Net and tax of each payer at each rate, from the lines as billed."""
    sums = defaultdict[Key, Decimal](Decimal)
    for line in lines:
        rate = head.tax_percent if line.tax_percent is None else line.tax_percent
        theirs = line.total
        if line.payer != Payer.CUSTOMER:
            theirs = coins(line.total * line.payer_percent / HUNDRED, head.currency)
            if line.payer_percent < HUNDRED:
                sums[Payer.CUSTOMER, rate] += line.total - theirs
        sums[line.payer, rate] += theirs
    return {key: _taxed(amount, key[1], garage, head.currency) for key, amount in sums.items()}


def _taxed(amount: Decimal, rate: Decimal, garage: Garage, currency: str) -> tuple[Decimal, Decimal]:
    if garage.tax_included:
        tax = coins(amount * rate / (HUNDRED + rate), currency)
        return amount - tax, tax
    return amount, coins(amount * rate / HUNDRED, currency)


def _within_consent(work: Work, order_id: int, mine: Sequence[Issued]) -> None:
    """Every line billed was agreed to, and the customer pays no more of it than was said."""
    query = select(ConsentItem).join(Consent, col(Consent.id) == col(ConsentItem.consent_id))
    said = defaultdict[int, list[ConsentItem]](list)
    for item in work.db.exec(query.where(Consent.order_id == order_id).order_by(col(ConsentItem.id))):
        said[item.line_id].append(item)
    for one in mine:
        for line in one.lines if one.head.reverses_id is None else ():
            if line.line_id is None:
                continue
            items = [item for item in said[line.line_id] if item.answer == Answer.AGREED]
            assert items
            assert any(_pays(line, one.head.currency) <= _agreed(item, line, one.head.currency) for item in items)


def _pays(line: StatementLine, currency: str) -> Decimal:
    if line.payer == Payer.CUSTOMER:
        return line.total
    return line.total - coins(line.total * line.payer_percent / HUNDRED, currency)


def _agreed(item: ConsentItem, line: StatementLine, currency: str) -> Decimal:
    most = (item.up_to or D(0)) if item.unpriced else item.total
    payer, percent = (item.payer, item.payer_percent) if item.payer else (line.payer, line.payer_percent)
    return most if payer == Payer.CUSTOMER else most - coins(most * percent / HUNDRED, currency)


def _numbers_without_gaps(work: Work) -> None:
    """Statements, receipts and closings each count from one; payments made in one act share their number."""
    _counted(work.db.exec(select(Statement.number).order_by(col(Statement.id))).all())
    _counted(dict.fromkeys(work.db.exec(select(Payment.number).where(Payment.number != "").order_by(col(Payment.id)))))
    closed = select(CashDrawer.closing).where(col(CashDrawer.closing).is_not(None)).order_by(col(CashDrawer.closed_at))
    _counted([number or "" for number in work.db.exec(closed.order_by(col(CashDrawer.id)))])


def _counted(numbers: Iterable[str]) -> None:
    found = list(numbers)
    assert [int(number.split("-")[1]) for number in found] == list(range(1, len(found) + 1))


def _payments_hold(work: Work, wanted: set[int] | None, issued: dict[int, Issued]) -> None:
    """What came in is whole coins, each mistake taken back once and whole; no order holds less than nothing."""
    rows = [one for one in work.db.exec(select(Payment)) if wanted is None or one.order_id in wanted]
    by_id, held = {one.id: one for one in rows}, defaultdict[int, Decimal](Decimal)
    reversed_ids = [one.reverses_id for one in rows if one.reverses_id]
    assert len(reversed_ids) == len(set(reversed_ids))
    for one in rows:
        held[one.order_id] += one.amount
        assert one.amount != 0
        assert whole(one.amount, work.garage.currency)
        assert one.change == (one.tendered - one.amount if one.tendered is not None else 0)
        assert one.change >= 0
        if one.reverses_id:
            assert (one.amount, one.method) == (-by_id[one.reverses_id].amount, by_id[one.reverses_id].method)
    assert all(amount >= 0 for amount in held.values())


def _drawers_hold(work: Work) -> None:
    """Every payment stands in one drawer with its sum; what a drawer should hold is the sum of its movements in cash."""
    entries = work.db.exec(select(DrawerEntry)).all()
    booked = {one.payment_id: one for one in entries if one.payment_id}
    payments = work.db.exec(select(Payment)).all()
    assert set(booked) == {one.id for one in payments}
    for one in payments:
        assert (booked[one.id].amount, booked[one.id].method) == (one.amount, one.method)
    cash = defaultdict[int, Decimal](Decimal)
    for entry in entries:
        if entry.method == PaymentMethod.CASH:
            cash[entry.drawer_id] += entry.amount
    drawers = work.db.exec(select(CashDrawer)).all()
    for drawer in drawers:
        if drawer.closed_at:
            assert drawer.expected == cash[drawer.id]
            assert drawer.counted is not None
            assert drawer.counted == drawer.expected or drawer.difference_reason
    assert sum(1 for drawer in drawers if drawer.closed_at is None) <= 1
    known = {drawer.id: drawer for drawer in drawers}
    for entry in entries:
        closed = known[entry.drawer_id].closed_at
        assert closed is None or entry.at <= closed


def agreed_lines_stand(work: Work, order_id: int) -> None:
    """No line is charged less than nothing, whatever was given away."""
    for line in work.db.exec(select(OrderLine).where(OrderLine.order_id == order_id)):
        assert 0 <= line.discount <= line.quantity * line.unit_price


def coins(amount: Decimal, currency: str) -> Decimal:
    """Half up to the coin."""
    return amount.quantize(D(1).scaleb(-get_currency_precision(currency)), ROUND_HALF_UP)


def whole(amount: Decimal, currency: str) -> bool:
    """Whether a sum can be paid in coins."""
    return coins(amount, currency) == amount


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, D(0))
