"""A statement as it was issued, with everything that is read and printed of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlmodel import col, select

from db.enums import Payer
from db.models import Attachment, Garage, OrderLine, Statement, StatementLine, StatementShare
from services.estimates import Rates, Total, rates_in, split, taxed, together
from services.files import attachments
from services.papers import quantity_words
from services.settlement import standing, statement_lines, statement_shares, statements
from services.work import Work


@dataclass(frozen=True)
class Issued:
    """`signature` is the customer's, as drawn on the tablet; `units` are the lines' own, by the order line's id;
    `excess` is what of the insurer's lines the customer pays, tax in it."""

    statement: Statement
    lines: Sequence[StatementLine]
    shares: Sequence[StatementShare]
    signature: Attachment | None = None
    units: Mapping[int, str] = field(default_factory=dict)
    excess: Decimal = Decimal(0)

    def quantity(self, line: StatementLine) -> str:
        """How much of a line, with its unit: 4.5 l."""
        return quantity_words(line.quantity, self.units.get(line.line_id or 0, ""))

    @property
    def total(self) -> Total:
        """All of it, whoever pays."""
        return Total(self.statement.net, self.statement.tax, self.statement.total)

    @property
    def rates(self) -> Rates:
        """Net and tax at each rate; a statement from before there were several has the one."""
        found = [{one.tax_percent: Total(one.net, one.tax, one.total)} for one in self.shares]
        return rates_in(found) or {self.statement.tax_percent: self.total}

    @property
    def payers(self) -> dict[Payer, Total]:
        """What each payer owes; nothing is known of it for a statement from before shares were kept."""
        mine = {who: [s for s in self.shares if s.payer == who] for who in Payer}
        return {who: together(Total(s.net, s.tax, s.total) for s in rows) for who, rows in mine.items() if rows}


def issued(work: Work, statement: Statement) -> Issued:
    """A statement or credit note with what belongs to it. Four queries."""
    drawn = attachments(work, statement, "signature")
    lines, shares = statement_lines(work, statement.id), statement_shares(work, statement.id)
    units = select(OrderLine.id, OrderLine.unit).where(col(OrderLine.id).in_([line.line_id for line in lines]))
    excess = _excess(statement, lines, shares, work.garage)
    return Issued(statement, lines, shares, drawn[-1] if drawn else None, dict(work.db.exec(units).all()), excess)


def _excess(
    statement: Statement, lines: Sequence[StatementLine], shares: Sequence[StatementShare], garage: Garage
) -> Decimal:
    """What the insurer's part of the lines comes to, less what the insurer owes; nothing is known without kept shares."""
    theirs = [share for share in shares if share.payer == Payer.INSURER]
    rates: dict[Decimal, Decimal] = {}
    for line in lines if theirs else ():
        rate = statement.tax_percent if line.tax_percent is None else line.tax_percent
        part = split(line.total, line.payer, line.payer_percent, statement.currency).get(Payer.INSURER, Decimal(0))
        rates[rate] = rates.get(rate, Decimal(0)) + part
    whole = together(taxed(part, rate, garage) for rate, part in rates.items())
    return whole.total - sum((share.total for share in theirs), Decimal(0))


def standing_issued(work: Work, order_id: int) -> Issued | None:
    """The statement of an order that counts, if there is one."""
    found = standing(statements(work, order_id))
    return issued(work, found) if found else None


def reversals(work: Work, order_id: int) -> list[Statement]:
    """Statements of an order that were taken back, and the credit notes that did it, oldest first."""
    found = statements(work, order_id)
    gone = {one.reverses_id for one in found if one.reverses_id}
    return [one for one in found if one.reverses_id or one.id in gone]
