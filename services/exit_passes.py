"""Leave to drive out: issued when nothing is owed, or on the manager's credit; used once, when the car is handed over."""

from sqlmodel import select

from db.models import ExitPass
from services.numbers import daily_number
from services.order_moves import ORDERS
from services.order_refusals import ExitPassMissing
from services.refusals import Refusal
from services.settlement import agreed_lines, standing, statement_lines, statements
from services.work import Work
from services.workflow import advance, facts_of

SERIES = "X"  # exit passes are X261122-07


class StatementOutdated(Refusal):
    """Work was agreed after statement {number} was issued. Credit it and issue a new one."""


class PassUsed(Refusal):
    """Exit pass {number} was already used."""


def pass_out(work: Work, order_id: int) -> ExitPass:
    """Issue the exit pass. Refuses with MoneyOwed while something is owed without credit, and with StatementOutdated
    when the statement leaves agreed work out.
    """
    advance(work, ORDERS, order_id, "pass_out")
    _all_billed(work, order_id)
    number = daily_number(work, SERIES)
    return work.add(ExitPass(order_id=order_id, number=number, at=work.now, by_id=work.by.id))


def of_order(work: Work, order_id: int) -> ExitPass | None:
    """The exit pass of an order, if one was issued."""
    return work.db.exec(select(ExitPass).where(ExitPass.order_id == order_id)).first()


def use(work: Work, order_id: int) -> ExitPass:
    """The car drives out on its pass, now. Refuses with ExitPassMissing, PassUsed."""
    found = of_order(work, order_id)
    if found is None:
        raise ExitPassMissing
    if found.used_at:
        raise PassUsed(number=found.number)
    found.used_at = work.now
    return work.add(found)


def _all_billed(work: Work, order_id: int) -> None:
    statement = standing(statements(work, order_id))
    billed = {line.line_id for line in statement_lines(work, statement.id)} if statement else set()
    agreed = agreed_lines(facts_of(work, ORDERS, order_id).lines)
    if statement and any(line.id not in billed for line in agreed):
        raise StatementOutdated(number=statement.number)
