"""What a claim says, corrected until it is handed in: failure, cause, odometer, part, of whom it is asked; and its photos."""

from collections.abc import Callable
from typing import Any

from sqlmodel import col, select

from db.models import Attachment, OrderLine, PayerClaim
from services.claim_moves import CLAIMS
from services.claims import someone_else
from services.files import attach_photo, attachments
from services.i18n import N_
from services.refusals import Refusal
from services.validate import line, text, whole
from services.work import Work
from services.workflow import advance

MOST_KM = 9_999_999
MOST_PHOTOS = 12
WORDS = 500  # of failure and cause
_OF_JOB, _OF_VISIT = ("failure", "cause"), ("odometer_km", "payer_name")


class TooManyClaimPhotos(Refusal):
    """A claim has at most {most} photos."""


def set_field(work: Work, claim_id: int, field: str, value: Any, *, was: Any) -> PayerClaim:
    """Correct one field of a claim that was not handed in, and of those that go with it as long as they said the same. `was` is
    what the tablet showed before.

    Refuses with WrongStatus once it was handed in, Stale when somebody wrote another value meanwhile, TooLong, NotANumber and
    OutOfRange.
    """
    claim: PayerClaim = advance(work, CLAIMS, claim_id, "edit", what=_LABELS[field])
    clean, now = _CLEAN[field](value), getattr(claim, field)
    if now == clean:
        return claim
    if now != was:
        raise someone_else(work, claim)
    for other in (claim, *_same(work, claim, field, now)):
        if other is not claim:
            advance(work, CLAIMS, other.id, "edit", what=_LABELS[field])
        setattr(other, field, clean)
        work.db.add(other)
    work.db.flush()
    return claim


def _same(work: Work, claim: PayerClaim, field: str, now: Any) -> list[PayerClaim]:
    """The claims that are corrected together with it: of the same job, or for what the whole car says of the same visit, not handed
    in yet, and saying the same so far."""
    if claim.line_id is None or field not in (*_OF_JOB, *_OF_VISIT):
        return []
    open_ = (PayerClaim.order_id == claim.order_id, PayerClaim.payer == claim.payer, PayerClaim.id != claim.id,
             col(PayerClaim.status).in_(CLAIMS.move("edit").before))  # fmt: skip
    rows = select(PayerClaim, OrderLine.order_job_id).join(OrderLine, col(OrderLine.id) == col(PayerClaim.line_id))
    found = work.db.exec(rows.where(*open_).order_by(col(PayerClaim.id))).all()
    job = work.get(OrderLine, claim.line_id).order_job_id
    return [row for row, of in found if getattr(row, field) == now and (field in _OF_VISIT or of == job)]


def photograph(work: Work, claim_id: int, data: bytes) -> Attachment:
    """A photo for a claim that was not handed in. Refuses with TooManyClaimPhotos, and like `photos.prepare_photo`."""
    claim: PayerClaim = advance(work, CLAIMS, claim_id, "edit", what=N_("Photos"))
    if len(attachments(work, claim)) >= MOST_PHOTOS:
        raise TooManyClaimPhotos(most=MOST_PHOTOS)
    return attach_photo(work, claim, data)


def _odometer(value: Any) -> int | None:
    return None if value in (None, "") else whole(value, _LABELS["odometer_km"], 0, MOST_KM)


_LABELS = {
    "part_code": N_("Part number"),
    "failure": N_("What failed"),
    "cause": N_("Cause"),
    "payer_name": N_("Asked of"),
    "reference": N_("Their reference"),
    "odometer_km": N_("Odometer"),
}
_CLEAN: dict[str, Callable[[Any], Any]] = {
    "part_code": lambda value: line(value, _LABELS["part_code"], 60, needed=False),
    "failure": lambda value: text(value, _LABELS["failure"], WORDS, needed=False),
    "cause": lambda value: text(value, _LABELS["cause"], WORDS, needed=False),
    "payer_name": lambda value: line(value, _LABELS["payer_name"], 120, needed=False),
    "reference": lambda value: line(value, _LABELS["reference"], 60, needed=False),
    "odometer_km": _odometer,
}
