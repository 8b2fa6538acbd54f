"""What must hold of statements and credit notes, judged from their rows alone; every sum is reckoned here anew."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel.numbers import get_currency_precision
from sqlmodel import col, select

from db.enums import Answer, Payer
from db.models import (
    Consent,
    ConsentItem,
    Garage,
    InsuranceClaim,
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


def issued_on(work: Work, wanted: set[int] | None) -> dict[int, Issued]:
    """The statements and credit notes of these orders, or of all, by id."""
    query = select(Statement).order_by(col(Statement.id))
    heads = [one for one in work.db.exec(query) if wanted is None or one.order_id in wanted]
    lines, shares = defaultdict[int, list[StatementLine]](list), defaultdict[int, list[StatementShare]](list)
    keys = [one.id for one in heads]
    for line in work.db.exec(select(StatementLine).where(col(StatementLine.statement_id).in_(keys))):
        lines[line.statement_id].append(line)
    for share in work.db.exec(select(StatementShare).where(col(StatementShare.statement_id).in_(keys))):
        shares[share.statement_id].append(share)
    return {one.id: Issued(one, lines[one.id], shares[one.id]) for one in heads}


def statements_hold(work: Work, issued: dict[int, Issued]) -> None:
    """Every condition of these statements."""
    for one in issued.values():
        _adds_up(one, work.garage)
    for order_id in {one.head.order_id for one in issued.values()}:
        mine = [one for one in issued.values() if one.head.order_id == order_id]
        _one_stands(mine)
        _as_the_rule_says(work, order_id, mine)
        _within_consent(work, order_id, mine)


def _adds_up(one: Issued, garage: Garage) -> None:
    """Shares add up to the statement, lines to its sum, and every sum is whole coins."""
    head = one.head
    for name in ("net", "tax", "total"):
        assert total(getattr(share, name) for share in one.shares) == getattr(head, name)
    assert head.net + head.tax == head.total
    assert head.customer_share == total(share.total for share in one.shares if share.payer == Payer.CUSTOMER)
    assert total(line.total for line in one.lines) == (head.total if garage.tax_included else head.net)
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
    insured = total(net + tax for (payer, _), (net, tax) in plain.items() if payer == Payer.INSURER)
    moved = min(excess, insured)
    for payer, change in (
        (Payer.CUSTOMER, moved),
        (Payer.INSURER, -moved),
        (Payer.WARRANTY, D(0)),
        (Payer.GOODWILL, D(0)),
    ):
        before = total(net + tax for (who, _), (net, tax) in plain.items() if who == payer)
        assert total(share.total for share in one.shares if share.payer == payer) == before + change
    for rate in {share.tax_percent for share in one.shares}:
        tax = total(sums[1] for (_, at), sums in plain.items() if at == rate)
        assert total(share.tax for share in one.shares if share.tax_percent == rate) == tax


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


def coins(amount: Decimal, currency: str) -> Decimal:
    """Half up to the coin."""
    return amount.quantize(D(1).scaleb(-get_currency_precision(currency)), ROUND_HALF_UP)


def whole(amount: Decimal, currency: str) -> bool:
    """Whether a sum can be paid in coins."""
    return coins(amount, currency) == amount


def total(amounts: Iterable[Decimal]) -> Decimal:
    """All of them together."""
    return sum(amounts, D(0))
