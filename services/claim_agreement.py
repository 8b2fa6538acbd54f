"""What customer, insurer and garage agreed about the damage, each by name; and how work begins without."""

from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from db.enums_reception import ClaimPaper, ClaimParty
from db.models import Attachment, InsuranceClaim, WorkOrder
from services.claim_state import ALONE, NOT_NEEDED
from services.claims import existing, someone_else
from services.files import attach_photo, attachments
from services.i18n import N_
from services.order_moves import ORDERS
from services.refusals import NotNow, Refusal
from services.validate import line, reason_given
from services.work import Work
from services.workflow import advance

_PHOTO = "claim_"  # kind of an attachment: before the name of the paper


class NotAssessed(Refusal):
    """There is no assessed sum yet that anybody could agree to."""


class NoInsurer(Refusal):
    """Write down the insurer and the claim number first."""


def agree(
    work: Work, order_id: int, *, party: ClaimParty, name: str, seen: tuple[Decimal | None, Decimal]
) -> InsuranceClaim:
    """A party agrees to the assessment, by the name of who said so. `seen`: sum and excess as they were shown.

    Refuses with NotAssessed, NoInsurer (for the insurer's word), NotNow when that party agreed before, Stale when the sums
    changed meanwhile, and a blank name.
    """
    advance(work, ORDERS, order_id, "claim", agreed=party.value)
    claim, party = existing(work, order_id), ClaimParty(party)
    if claim.assessed_sum is None:
        raise NotAssessed
    if (claim.assessed_sum, claim.excess) != seen:
        raise someone_else(work, work.get(WorkOrder, order_id))
    if party == ClaimParty.INSURER and not (claim.insurer and claim.claim_number):
        raise NoInsurer
    if party in claim.agreed:
        raise NotNow
    claim.agreed = claim.agreed | {party.value: word(work, claim, name=line(name, N_("Name"), 120))}
    return work.add(claim)


def begin_alone(work: Work, order_id: int, *, reason: str) -> InsuranceClaim:
    """The customer lets the work begin before all three agreed, and answers for it, for a reason. Refuses with ReasonMissing,
    NotNow when that was said before."""
    reason = reason_given(reason)
    advance(work, ORDERS, order_id, "claim", alone=reason)
    claim = existing(work, order_id)
    if ALONE in claim.agreed:
        raise NotNow
    claim.agreed = claim.agreed | {ALONE: _word(work, reason=reason)}
    return work.add(claim)


def set_paper(work: Work, order_id: int, *, paper: ClaimPaper, here: bool | None) -> InsuranceClaim:
    """A paper came in (True), is not needed (False), or is missing again (None)."""
    paper = ClaimPaper(paper)
    advance(work, ORDERS, order_id, "claim", paper=paper.value, here=here)
    claim = existing(work, order_id)
    others = {key: value for key, value in claim.papers.items() if key != paper}
    stands = {True: work.now.isoformat(), False: NOT_NEEDED}
    claim.papers = others if here is None else others | {paper.value: stands[here]}
    return work.add(claim)


def photograph(work: Work, order_id: int, *, paper: ClaimPaper, data: bytes) -> Attachment:
    """A photo of a paper, which thereby came in. Refuses like `photos.prepare_photo`."""
    claim = set_paper(work, order_id, paper=paper, here=True)
    return attach_photo(work, claim, data, _PHOTO + ClaimPaper(paper).value)


def photos_of(work: Work, claim: InsuranceClaim, paper: ClaimPaper) -> list[Attachment]:
    """The photos of a paper, oldest first."""
    return attachments(work, claim, _PHOTO + paper.value)


def paper_photos(work: Work, claim: InsuranceClaim) -> list[Attachment]:
    """The photos of all its papers, by paper, the oldest first. One query."""
    mine = (Attachment.subject == InsuranceClaim.__tablename__, Attachment.subject_id == claim.id)
    papers = [_PHOTO + paper.value for paper in ClaimPaper]
    query = select(Attachment).where(*mine, col(Attachment.kind).in_(papers))
    return list(work.db.exec(query.order_by(col(Attachment.kind), col(Attachment.id))))


def word(work: Work, claim: InsuranceClaim, *, name: str) -> dict[str, Any]:
    """The yes of a party by the name of who said it, to the sums as they are now."""
    return _word(work, name=name, sum=str(claim.assessed_sum), excess=str(claim.excess))


def _word(work: Work, **said: Any) -> dict[str, Any]:
    return {"at": work.now.isoformat(), "by": work.by.name, **said}
