"""One claim with everything around it: what the workshop found, photos, old parts, and the money that came in."""

from dataclasses import dataclass

from sqlmodel import col, select

from db.enums import Payer
from db.models import (
    Attachment,
    ClaimReceipt,
    Customer,
    OldPart,
    OrderJob,
    OrderLine,
    PayerClaim,
    StatementLine,
    Vehicle,
    WorkOrder,
)
from services.claim_agreement import paper_photos
from services.claim_facts import ClaimFacts
from services.claim_moves import CLAIMS
from services.files import attachments
from services.job_photos import photos_of
from services.work import Work
from services.workflow import facts_of


@dataclass(frozen=True)
class ClaimFile:
    """What a claim's record and its paper show. `photos` are its own and those of an insurer's papers, `job_photos` those the
    workshop took of the jobs; `others`: further claims of the same visit."""

    facts: ClaimFacts
    order: WorkOrder
    car: Vehicle
    customer: Customer
    line: OrderLine | None
    job: OrderJob | None
    photos: list[Attachment]
    job_photos: list[Attachment]
    old_parts: list[OldPart]
    receipts: list[ClaimReceipt]
    others: list[PayerClaim]

    @property
    def claim(self) -> PayerClaim:
        """The claim itself."""
        return self.facts.claim


def claim_file(work: Work, claim_id: int) -> ClaimFile:
    """Read it. A fixed number of queries. Raises NotFound."""
    claim = work.get(PayerClaim, claim_id)
    order = work.get(WorkOrder, claim.order_id)
    line = work.db.get(OrderLine, claim.line_id) if claim.line_id else None
    job = work.db.get(OrderJob, line.order_job_id) if line else None
    theirs = select(OldPart).where(OldPart.order_id == order.id).order_by(col(OldPart.id))
    came = select(ClaimReceipt).where(ClaimReceipt.claim_id == claim.id).order_by(col(ClaimReceipt.id))
    mine = select(PayerClaim).where(PayerClaim.order_id == order.id, PayerClaim.id != claim.id)
    facts, jobs = facts_of(work, CLAIMS, claim.id), _jobs(work, claim, job)
    taken = photos_of(work, jobs)
    papers = paper_photos(work, facts.insurance) if facts.insurance else []
    return ClaimFile(
        facts=facts,
        order=order,
        car=work.get(Vehicle, order.vehicle_id),
        customer=work.get(Customer, order.customer_id),
        line=line,
        job=job,
        photos=[*attachments(work, claim), *papers],
        job_photos=[one for key in jobs for one in taken.get(key, [])],
        old_parts=[row for row in work.db.exec(theirs) if row.claim_id == claim.id],
        receipts=list(work.db.exec(came)),
        others=list(work.db.exec(mine.order_by(col(PayerClaim.id)))),
    )


def _jobs(work: Work, claim: PayerClaim, job: OrderJob | None) -> list[int]:
    """The job of the line; of an insurer's claim every job of which it pays."""
    if claim.payer != Payer.INSURER:
        return [job.id] if job else []
    theirs = (OrderLine.order_id == claim.order_id, OrderLine.payer == Payer.INSURER)
    return sorted(set(work.db.exec(select(OrderLine.order_job_id).where(*theirs))))


def billed(work: Work, claim: PayerClaim) -> StatementLine | None:
    """The line as the newest statement charged it; None for a claim on a whole order."""
    if claim.line_id is None:
        return None
    mine = select(StatementLine).where(StatementLine.line_id == claim.line_id, StatementLine.quantity > 0)
    return work.db.exec(mine.order_by(col(StatementLine.id).desc()).limit(1)).first()
