"""Damage marked on the outline of the car, with its photos. What one visit marked is known at the next ones."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import col, select

from db.enums import DamageKind
from db.models import Attachment, DamageMark, WorkOrder
from services.files import attach_photo
from services.i18n import N_
from services.order_moves import ORDERS
from services.refusals import NotFound, Refusal
from services.validate import text, within
from services.work import Work
from services.workflow import advance

VIEWS = ("left", "right", "top", "front", "rear")
WHOLE = 1000  # a place on the outline, in thousandths of its width and height
MOST_MARKS = 60
MOST_PHOTOS = 30


class TooManyMarks(Refusal):
    """At most {most} marks on one car. Describe the rest in the note."""


class TooManyPhotos(Refusal):
    """At most {most} photos of one car."""


class ViewUnknown(Refusal):
    """Mark the damage on the outline of the car."""


def mark(work: Work, order_id: int, *, view: str, x: int, y: int, kind: DamageKind, note: str = "") -> DamageMark:
    """Mark damage on a view of the outline, `x` and `y` in thousandths of its width and height."""
    advance(work, ORDERS, order_id, "edit", damage=kind.value, view=view)
    if view not in VIEWS:
        raise ViewUnknown
    within(x, N_("Place on the outline"), 0, WHOLE)
    within(y, N_("Place on the outline"), 0, WHOLE)
    if len(marks(work, order_id)) >= MOST_MARKS:
        raise TooManyMarks(most=MOST_MARKS)
    note = text(note, N_("Note"), 200, needed=False)
    return work.add(DamageMark(order_id=order_id, view=view, x=x, y=y, kind=kind, note=note, at=work.now))


def change_mark(
    work: Work,
    order_id: int,
    *,
    mark_id: int,
    kind: DamageKind | None = None,
    note: str | None = None,
) -> DamageMark:
    """Another kind or note for a mark; None leaves it."""
    found = _mark(work, order_id, mark_id)
    advance(work, ORDERS, order_id, "edit", damage=(kind or found.kind).value, view=found.view)
    found.kind = kind or found.kind
    found.note = found.note if note is None else text(note, N_("Note"), 200, needed=False)
    return work.add(found)


def unmark(work: Work, order_id: int, *, mark_id: int) -> DamageMark:
    """Take a mark back. It stays in the records with the time of its removal."""
    found = _mark(work, order_id, mark_id)
    advance(work, ORDERS, order_id, "edit", removed=found.kind.value, view=found.view)
    found.removed_at = work.now
    return work.add(found)


def marks(work: Work, order_id: int) -> list[DamageMark]:
    """The marks that stand, in the order they were made."""
    standing = select(DamageMark).where(DamageMark.order_id == order_id, col(DamageMark.removed_at).is_(None))
    return list(work.db.exec(standing.order_by(col(DamageMark.id))))


def known_marks(work: Work, order: WorkOrder, *, gone_now: bool = False) -> list[DamageMark]:
    """The newest marks of the car's earlier visits that are still there; with `gone_now` those this visit found gone too."""
    known = select(DamageMark).join(WorkOrder, col(WorkOrder.id) == col(DamageMark.order_id))
    known = known.where(WorkOrder.vehicle_id == order.vehicle_id, col(WorkOrder.id) < order.id)
    later = col(DamageMark.gone_order_id) >= order.id if gone_now else col(DamageMark.gone_order_id) > order.id
    there = col(DamageMark.gone_order_id).is_(None) | later
    known = known.where(col(DamageMark.removed_at).is_(None), there)
    return list(work.db.exec(known.order_by(col(DamageMark.id).desc()).limit(MOST_MARKS)))[::-1]


def found_gone(work: Work, order_id: int, *, mark_id: int, gone: bool = True) -> DamageMark:
    """Damage of an earlier visit is not there any more; with `gone` False it is, after all. That visit's sheet stays as it was.

    Refuses with NotFound a mark of this visit, of another car, or one found gone before.
    """
    found = work.get(DamageMark, mark_id)
    order: WorkOrder = advance(work, ORDERS, order_id, "edit", damage=found.kind.value, view=found.view, gone=gone)
    if found.id not in [mark.id for mark in known_marks(work, order, gone_now=True)]:
        raise NotFound
    found.gone_order_id = order_id if gone else None
    return work.add(found)


def add_photo(work: Work, order_id: int, *, data: bytes, mark_id: int | None = None) -> Attachment:
    """Keep a photo of the car, or of a mark. Refuses pictures like `photos.prepare_photo`, and with TooManyPhotos."""
    mark = None if mark_id is None else _mark(work, order_id, mark_id)
    order: WorkOrder = advance(work, ORDERS, order_id, "edit", photo=mark_id or 0)
    mine = (Attachment.subject == order.__tablename__, Attachment.subject_id == order_id, Attachment.kind == "photo")
    if not mark and work.db.exec(select(func.count()).where(*mine)).one() >= MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    row = attach_photo(work, mark or order, data)
    if mark:
        mark.attachment_id = row.id
        work.db.add(mark)
    return row


def photos(work: Work, of: Sequence[DamageMark]) -> dict[int, Attachment]:
    """The photos of marks, by their id."""
    ids = [mark.attachment_id for mark in of if mark.attachment_id]
    return {row.id: row for row in work.db.exec(select(Attachment).where(col(Attachment.id).in_(ids)))}


def _mark(work: Work, order_id: int, key: int) -> DamageMark:
    found = work.get(DamageMark, key)
    if found.order_id != order_id or found.removed_at:
        raise NotFound
    return found
