"""The statement: what the agreed work comes to, who pays which share of it, issued under a number without gaps."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from sqlmodel import col, select

from db.enums import Answer
from db.models import Garage, OrderLine, Statement, StatementLine, StatementShare, WorkOrder
from services import discounts
from services.balances import keep_due
from services.claim_flow import make_claims, take_claims_back
from services.differences import Compared, Said, compare, explained, last_yes, most, within_consent
from services.estimates import Total, by_payer, customer_pays, together
from services.insurer_claims import claim_from_insurer
from services.money import Sum
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.refusals import Refusal
from services.statement_rows import write_reversal, write_statement
from services.validate import reason_given
from services.work import Work
from services.workflow import advance, facts_of


class AlreadyCredited(Refusal):
    """This statement was already credited."""


class ComesToElse(Refusal):
    """Somebody changed the order: the customer pays {sum} now, not {seen}. Look at it again before you issue the statement."""


def bill(work: Work, order_id: int, *, differences: Said | None = None, seen: Decimal | None = None) -> Statement:
    """Issue the statement over the agreed lines. `differences`: why lines are charged otherwise than agreed, where they do not
    tell by themselves (`differences_of`); `seen`: what the customer pays, as the screen showed it.

    Refuses with ConsentMissing for a line nobody asked about, MoreThanAgreed for one that costs more than the answer it got,
    DifferenceUnexplained, ComesToElse when the order changed since the screen was drawn.
    """
    advance(work, ORDERS, order_id, "bill")
    facts, garage = facts_of(work, ORDERS, order_id), work.garage
    lines = agreed_lines(facts.lines)
    yes = last_yes(work, order_id)
    within_consent(lines, yes, garage.currency)
    due = customer_pays(lines, garage, facts.excess).total
    if seen is not None and seen != due:
        raise ComesToElse(sum=Sum(due, garage.currency), seen=Sum(seen, garage.currency))
    compared = explained(compare(lines, yes, garage.currency), differences or {})
    statement = write_statement(work, order_id, compared, facts.excess)
    discounts.over(work, order_id)
    keep_due(work, facts.order)
    make_claims(work, statement)
    claim_from_insurer(work, statement)
    return statement


def credit_note(work: Work, statement_id: int, *, reason: str) -> Statement:
    """Take a statement back whole, for a reason; both stay. Refuses with AlreadyCredited, ReasonMissing."""
    statement = work.get(Statement, statement_id)
    reason = reason_given(reason)
    order: WorkOrder = advance(
        work, ORDERS, statement.order_id, "credit_note", reason=reason, statement=statement.number
    )
    if statement.reverses_id or _is_credited(work, statement):
        raise AlreadyCredited
    order.on_account, order.credit_by_id, order.credit_reason, order.due_on = False, None, "", None  # were for this sum
    work.db.add(order)
    lines, owes = statement_lines(work, statement.id), statement_shares(work, statement.id)
    note = write_reversal(work, statement, lines, owes, reason)
    take_claims_back(work, note)
    keep_due(work, work.get(WorkOrder, statement.order_id))
    return note


def reckon(lines: Iterable[OrderLine], garage: Garage) -> Total:
    """What the lines come to. Each payer's tax is reckoned on that payer's own sum, so the shares add up to the coin."""
    return together(by_payer(lines, garage).values())


def agreed_lines(lines: Iterable[OrderLine]) -> list[OrderLine]:
    """The lines the customer said yes to: only these are ever charged."""
    return [line for line in lines if line.answer == Answer.AGREED]


def differences_of(work: Work, facts: OrderFacts) -> list[Compared]:
    """The lines a statement issued now would charge, each beside what was agreed. One query."""
    return compare(agreed_lines(facts.lines), last_yes(work, facts.order.id), work.garage.currency)


def agreed(work: Work, order_id: int) -> dict[int, Decimal]:
    """What each line may come to as the customer last agreed, by line id; tax as the prices have it.

    A line agreed without a price and without a limit is not named.
    """
    limits = {key: most(item) for key, item in last_yes(work, order_id).items()}
    return {key: limit for key, limit in limits.items() if limit is not None}


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


def taxed_within(work: Work, statement: Statement) -> bool:
    """Whether the prices on a statement had their tax in them."""
    return sum((line.total for line in statement_lines(work, statement.id)), Decimal(0)) == statement.total


def statement_shares(work: Work, statement_id: int) -> list[StatementShare]:
    """What each payer owes of a statement at each rate of tax; they add up to it. None for statements from before there were
    several rates."""
    query = select(StatementShare).where(StatementShare.statement_id == statement_id)
    return list(work.db.exec(query.order_by(col(StatementShare.id))))


def _is_credited(work: Work, statement: Statement) -> bool:
    return work.db.exec(select(Statement.id).where(Statement.reverses_id == statement.id)).first() is not None
