"""The rows of a statement as it is issued, and of the credit note that takes it back."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from db.enums import Payer
from db.models import Customer, OrderLine, Statement, StatementLine, StatementShare, WorkOrder
from services.differences import Compared
from services.estimates import by_rate, together
from services.numbers import yearly_number
from services.tax_rates import rate_of
from services.work import Work

SERIES = "S"  # statements are S2026-00042, credit notes among them


def write_statement(work: Work, order_id: int, compared: Sequence[Compared], excess: Decimal) -> Statement:
    """The statement over these lines, its lines, and what each payer owes at each rate of tax."""
    garage = work.garage
    shares = by_rate([one.line for one in compared], garage, excess)
    sums = together(one for rates in shares.values() for one in rates.values())
    statement = work.add(
        Statement(
            number=yearly_number(work, SERIES),
            order_id=order_id,
            net=sums.net,
            tax=sums.tax,
            total=sums.total,
            customer_share=together(shares.get(Payer.CUSTOMER, {}).values()).total,
            tax_percent=garage.tax_percent,
            currency=garage.currency,
            at=work.now,
            by_id=work.by.id,
            issued_for=issued_for(work, order_id),
        )
    )
    work.db.add_all(_billed(one, statement, rate_of(one.line, garage)) for one in compared)
    work.db.add_all(
        StatementShare(
            statement_id=statement.id, payer=payer, tax_percent=rate, net=one.net, tax=one.tax, total=one.total
        )
        for payer, rates in shares.items()
        for rate, one in rates.items()
    )
    work.db.flush()
    return statement


def write_reversal(
    work: Work,
    statement: Statement,
    lines: Iterable[StatementLine],
    shares: Iterable[StatementShare],
    reason: str,
) -> Statement:
    """The same rows once more with every sum negated, under the next number."""
    note = work.add(
        Statement(
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
            issued_for=statement.issued_for or issued_for(work, statement.order_id),
        )
    )
    work.db.add_all(_negated_line(line, note.id) for line in lines)
    work.db.add_all(_negated_share(share, note.id) for share in shares)
    work.db.flush()
    return note


def issued_for(work: Work, order_id: int) -> dict[str, str]:
    """Whom a statement issued now is for, and the advice on it: kept with it, whatever becomes of the customer's file."""
    order = work.get(WorkOrder, order_id)
    customer = work.get(Customer, order.customer_id)
    return {
        "name": customer.name,
        "address": customer.address,
        "tax_number": customer.tax_number,
        "advice": order.advice,
    }


def _billed(one: Compared, statement: Statement, rate: Decimal) -> StatementLine:
    line: OrderLine = one.line
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
        total=one.charged,
        tax_percent=rate,
        agreed=one.agreed,
        difference=one.difference,
        difference_words=one.words,
    )


def _negated_line(line: StatementLine, note_id: int) -> StatementLine:
    values = line.model_dump(exclude={"id"})
    values.update(statement_id=note_id, quantity=-line.quantity, discount=-line.discount, total=-line.total)
    return StatementLine(**values)


def _negated_share(share: StatementShare, note_id: int) -> StatementShare:
    values = share.model_dump(exclude={"id"})
    values.update(statement_id=note_id, net=-share.net, tax=-share.tax, total=-share.total)
    return StatementShare(**values)
