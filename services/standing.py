"""What the customer agreed to beforehand: extra work up to a sum may be done without asking again."""

from collections.abc import Sequence
from decimal import Decimal

from sqlmodel import col, select

from db.enums import Answer, ConsentMethod
from db.models import Consent, OrderJob, OrderLine, WorkOrder
from services.consent_rows import Said, write_answers
from services.estimates import customer_pays
from services.i18n import N_, translate
from services.money import Sum
from services.work import Work

BY = N_("Agreed beforehand, with consent {number} of {at}: up to {sum} without asking. So far {used}.")


def agree_beforehand(work: Work, order: WorkOrder, job: OrderJob) -> Consent | None:
    """Agree to extra work at once when the customer allowed it; None when they have to be asked.

    Allowed is what, together with everything so agreed on this visit before, stays within the limit of the newest consent a
    person gave (and within the order's, if that was lowered since). The customer is always asked about work that concerns
    safety, because what is wrong with the car has to be explained to them whatever it costs; about dismantling; about one of
    several ways to do a job; and about anything without a price.
    """
    given = work.db.exec(select(Consent).where(Consent.order_id == order.id).order_by(col(Consent.id))).all()
    asked = [consent for consent in given if consent.method != ConsentMethod.BEFOREHAND and consent.version > 0]
    lines = work.db.exec(select(OrderLine).where(OrderLine.order_job_id == job.id).order_by(col(OrderLine.id))).all()
    if not asked or not lines or job.safety or job.dismantling or job.alternative is not None:
        return None
    first, used = asked[-1], _used(given) + _price(work, lines)
    limit = min(first.ask_over or Decimal(0), order.ask_over or Decimal(0))
    if not limit or used > limit or any(line.unpriced for line in lines):
        return None
    said = Said(ConsentMethod.BEFOREHAND, first.person, note=_note(work, first, limit, used), language=first.language)
    return write_answers(work, order, lines, {line.id: Answer.AGREED for line in lines}, said)


def _used(given: Sequence[Consent]) -> Decimal:
    return sum((c.total for c in given if c.method == ConsentMethod.BEFOREHAND), Decimal(0))


def _price(work: Work, lines: Sequence[OrderLine]) -> Decimal:
    return customer_pays(lines, work.garage).total


def _note(work: Work, first: Consent, limit: Decimal, used: Decimal) -> str:
    """In the garage's language, for whoever reads the evidence."""
    currency, at = work.garage.currency, work.local(first.at).strftime("%Y-%m-%d %H:%M")
    sums = {"sum": Sum(limit, currency), "used": Sum(used, currency)}
    return translate(work.garage.language, BY, number=first.id, at=at, **sums)
