"""What an insurer owes of a repair: claimed with the statement, as one sum; handed in once nothing is missing."""

from decimal import Decimal

from sqlalchemy import func
from sqlmodel import col, select

from db.enums import Answer, Payer
from db.models import Inspection, InsuranceClaim, OrderJob, OrderLine, PayerClaim, Statement, StatementShare
from services.claim_flow import SERIES, limit_on, renew, restate
from services.claim_moves import CLAIMS
from services.claim_state import all_agreed, covered
from services.claim_supplements import agreed_on_top
from services.claims import claim_of
from services.money import Sum
from services.numbers import yearly_number
from services.refusals import Refusal
from services.work import Work

NONE = Decimal(0)
TITLE = 160


class InsurerAgreedLess(Refusal):
    """The insurer's work comes to {sum}, but {agreed} was agreed. Put the rest to the insurer as more damage first."""


def claim_from_insurer(work: Work, statement: Statement) -> PayerClaim | None:
    """The claim for the insurer's part of a statement, made in the act that issues it; None where no insurer pays.

    What was taken back with an earlier statement is asked for again under its own number; what was answered keeps its answer and
    gets the new sum. Refuses with InsurerAgreedLess.
    """
    asked, before = _insured(work, statement), claim_on(work, statement.order_id)
    told = claim_of(work, statement.order_id) if asked else None
    if asked:
        _within_agreed(work, told, asked, statement.currency)
    if before is None:
        return _made(work, statement, told, asked) if asked else None
    if asked and before.status in CLAIMS.move("renew").before:
        return _named(work, renew(work, before, asked), told)
    if before.asked != asked and before.status in CLAIMS.move("restate").before:
        return restate(work, before.id, asked)
    return before


def claim_on(work: Work, order_id: int) -> PayerClaim | None:
    """The claim for the insurer's part of an order, if one was made."""
    mine = (PayerClaim.order_id == order_id, PayerClaim.payer == Payer.INSURER)
    return work.db.exec(select(PayerClaim).where(*mine)).first()


def _insured(work: Work, statement: Statement) -> Decimal:
    mine = (StatementShare.statement_id == statement.id, StatementShare.payer == Payer.INSURER)
    return work.db.exec(select(func.sum(StatementShare.total)).where(*mine)).one() or NONE


def _within_agreed(work: Work, told: InsuranceClaim | None, asked: Decimal, currency: str) -> None:
    """An insurer who agreed to a sum pays no more than that and what was agreed on top; the excess is in both."""
    if told is None or not all_agreed(told):
        return
    most, all_of_it = covered(told, agreed_on_top(work, told.id)), asked + told.excess
    if most is not None and all_of_it > most:
        raise InsurerAgreedLess(sum=Sum(all_of_it, currency), agreed=Sum(most, currency))


def _made(work: Work, statement: Statement, told: InsuranceClaim | None, asked: Decimal) -> PayerClaim:
    order_id = statement.order_id
    read = work.db.exec(select(Inspection.odometer_km).where(Inspection.order_id == order_id)).first()
    row = PayerClaim(number=yearly_number(work, SERIES), order_id=order_id, payer=Payer.INSURER, title=_title(work, order_id),
                     odometer_km=read, asked=asked, limit_on=limit_on(work), created_at=work.now)  # fmt: skip
    _named(work, row, told)
    work.event(row, "made", "", row.status.value, statement=statement.number)
    return row


def _named(work: Work, row: PayerClaim, told: InsuranceClaim | None) -> PayerClaim:
    """Of whom it is asked and under which number, as reception wrote it down."""
    if told is not None:
        row.payer_name, row.reference = told.insurer or row.payer_name, told.claim_number or row.reference
    return work.add(row)


def _title(work: Work, order_id: int) -> str:
    """The jobs it is asked for."""
    theirs = (OrderLine.order_id == order_id, OrderLine.payer == Payer.INSURER, OrderLine.answer == Answer.AGREED)
    jobs = select(OrderJob.title).join(OrderLine, col(OrderLine.order_job_id) == col(OrderJob.id)).where(*theirs)
    words = ", ".join(dict.fromkeys(work.db.exec(jobs.order_by(col(OrderJob.id)))))
    return words if len(words) <= TITLE else words[: TITLE - 1] + "…"
