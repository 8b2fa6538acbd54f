"""The statement: what the agreed work comes to, who pays which share of it, issued under a number without gaps."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sqlmodel import col, select

from db.enums import Answer, Payer
from db.models import Consent, ConsentItem, Garage, OrderLine, Statement, StatementLine
from services.claim_flow import make_claims, take_claims_back
from services.estimates import Total, by_payer, customer_pays, shares_of, split, total_of
from services.money import Sum
from services.numbers import yearly_number
from services.order_moves import ORDERS
from services.order_refusals import ConsentMissing
from services.refusals import Refusal
from services.validate import reason_given
from services.work import Work
from services.workflow import advance, facts_of

SERIES = "S"  # statements are S2026-00042, credit notes among them


class MoreThanAgreed(Refusal):
    """“{title}” comes to {sum}, but the customer agreed to {agreed}. Ask the customer first."""


class AlreadyCredited(Refusal):
    """This statement was already credited."""


def bill(work: Work, order_id: int) -> Statement:
    """Issue the statement over the agreed lines.

    Refuses with ConsentMissing for a line nobody asked about, MoreThanAgreed for one that costs more than the answer it got.
    """
    advance(work, ORDERS, order_id, "bill")
    facts = facts_of(work, ORDERS, order_id)
    lines = agreed_lines(facts.lines)
    _within_consent(lines, _said(work, order_id), work.garage.currency)
    statement = work.add(_statement(work, order_id, lines, facts.excess))
    work.db.add_all(_billed(line, statement) for line in lines)
    work.db.flush()
    make_claims(work, statement)
    return statement


def credit_note(work: Work, statement_id: int, *, reason: str) -> Statement:
    """Take a statement back whole, for a reason; both stay. Refuses with AlreadyCredited, ReasonMissing."""
    statement = work.get(Statement, statement_id)
    reason = reason_given(reason)
    advance(work, ORDERS, statement.order_id, "credit_note", reason=reason, statement=statement.number)
    if statement.reverses_id or _is_credited(work, statement):
        raise AlreadyCredited
    note = work.add(_reversal(work, statement, reason))
    work.db.add_all(_negated(line, note.id) for line in statement_lines(work, statement.id))
    work.db.flush()
    take_claims_back(work, note)
    return note


def reckon(lines: Iterable[OrderLine], garage: Garage) -> Total:
    """What the lines come to. Each payer's tax is reckoned on that payer's own sum, so the shares add up to the coin."""
    shares = list(by_payer(lines, garage).values())
    net, tax = sum((s.net for s in shares), Decimal(0)), sum((s.tax for s in shares), Decimal(0))
    return Total(net, tax, net + tax)


def shares(lines: Iterable[OrderLine], garage: Garage, excess: Decimal = Decimal(0)) -> dict[Payer, Decimal]:
    """Who pays how much of the lines, tax in it, the excess with the customer; payers of nothing are not named."""
    return {payer: total.total for payer, total in by_payer(lines, garage, excess).items()}


def agreed_lines(lines: Iterable[OrderLine]) -> list[OrderLine]:
    """The lines the customer said yes to: only these are ever charged."""
    return [line for line in lines if line.answer == Answer.AGREED]


def agreed(work: Work, order_id: int) -> dict[int, Decimal]:
    """What each line may come to as the customer last agreed, by line id; tax as the prices have it.

    A line agreed without a price and without a limit is not named.
    """
    limits = {key: _most(item) for key, item in _said(work, order_id).items()}
    return {key: most for key, most in limits.items() if most is not None}


def owed(work: Work, order_id: int) -> Decimal:
    """What the customer still owes on the order; nothing before a statement is issued."""
    return facts_of(work, ORDERS, order_id).owed


def statements(work: Work, order_id: int) -> list[Statement]:
    """Statements and credit notes of an order, oldest first."""
    return list(work.db.exec(select(Statement).where(Statement.order_id == order_id).order_by(col(Statement.id))))


def standing(issued: Sequence[Statement]) -> Statement | None:
    """The statement that counts: not a credit note, not taken back."""
    taken_back = {s.reverses_id for s in issued}
    return next((s for s in reversed(issued) if s.reverses_id is None and s.id not in taken_back), None)


def statement_lines(work: Work, statement_id: int) -> list[StatementLine]:
    """The lines of a statement as billed."""
    query = select(StatementLine).where(StatementLine.statement_id == statement_id)
    return list(work.db.exec(query.order_by(col(StatementLine.id))))


def _within_consent(lines: Iterable[OrderLine], said: Mapping[int, ConsentItem], currency: str) -> None:
    """The customer pays for no line that was not agreed, and no more of it than was agreed."""
    for line in lines:
        item = said.get(line.id)
        if item is None:
            raise ConsentMissing(lines=line.title)
        charged = shares_of(line, currency).get(Payer.CUSTOMER, Decimal(0))
        payer, percent = (item.payer, item.payer_percent) if item.payer else (line.payer, line.payer_percent)
        limit = split(_most(item) or Decimal(0), payer, percent, currency).get(Payer.CUSTOMER, Decimal(0))
        if charged > limit:
            raise MoreThanAgreed(title=line.title, sum=Sum(charged, currency), agreed=Sum(limit, currency))


def _said(work: Work, order_id: int) -> dict[int, ConsentItem]:
    """The last word on each line that was a yes."""
    query = select(ConsentItem).join(Consent, col(Consent.id) == col(ConsentItem.consent_id))
    items = work.db.exec(query.where(Consent.order_id == order_id).order_by(col(ConsentItem.id)))
    last = {item.line_id: item for item in items}
    return {key: item for key, item in last.items() if item.answer == Answer.AGREED}


def _most(item: ConsentItem) -> Decimal | None:
    return item.up_to if item.unpriced else item.total


def _statement(work: Work, order_id: int, lines: Sequence[OrderLine], excess: Decimal) -> Statement:
    garage, sums = work.garage, reckon(lines, work.garage)
    share = customer_pays(lines, garage, excess).total
    return Statement(
        number=yearly_number(work, SERIES),
        order_id=order_id,
        net=sums.net,
        tax=sums.tax,
        total=sums.total,
        customer_share=share,
        tax_percent=garage.tax_percent,
        currency=garage.currency,
        at=work.now,
        by_id=work.by.id,
    )


def _billed(line: OrderLine, statement: Statement) -> StatementLine:
    return StatementLine(
        statement_id=statement.id,
        line_id=line.id,
        kind=line.kind,
        title=line.title,
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount=line.discount,
        payer=line.payer,
        payer_percent=line.payer_percent,
        total=total_of(line, statement.currency),
    )


def _is_credited(work: Work, statement: Statement) -> bool:
    return work.db.exec(select(Statement.id).where(Statement.reverses_id == statement.id)).first() is not None


def _reversal(work: Work, statement: Statement, reason: str) -> Statement:
    return Statement(
        number=yearly_number(work, SERIES),
        order_id=statement.order_id,
        reverses_id=statement.id,
        net=-statement.net,
        tax=-statement.tax,
        total=-statement.total,
        customer_share=-statement.customer_share,
        tax_percent=statement.tax_percent,
        currency=statement.currency,
        reason=reason,
        at=work.now,
        by_id=work.by.id,
    )


def _negated(line: StatementLine, note_id: int) -> StatementLine:
    values = line.model_dump(exclude={"id"})
    values.update(statement_id=note_id, quantity=-line.quantity, discount=-line.discount, total=-line.total)
    return StatementLine(**values)
