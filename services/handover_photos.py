"""Photos that show a customer what was done: how the car came, what was found, and how it leaves."""

from dataclasses import dataclass

from sqlalchemy import and_, or_
from sqlmodel import col, select

from db.models import Attachment, DamageMark, OrderJob, WorkOrder
from services.files import attach_photo
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.parking import PHOTO as WASHED
from services.refusals import NotNow
from services.work import Work

PHOTO = "handed_over"  # the kind of picture
MOST = 8  # of each side, the newest


@dataclass(frozen=True)
class BeforeAfter:
    """How the car came and what was found on it; how it leaves. The oldest first."""

    before: list[Attachment]
    after: list[Attachment]


def before_after(work: Work, facts: OrderFacts) -> BeforeAfter:
    """The photos of a visit, at most eight a side. One query."""
    order = facts.order
    jobs = [job.id for job in facts.agreed_jobs]
    marks = select(DamageMark.id).where(DamageMark.order_id == order.id, col(DamageMark.removed_at).is_(None))
    mine = and_(
        col(Attachment.subject) == WorkOrder.__tablename__,
        col(Attachment.subject_id) == order.id,
        col(Attachment.kind).in_(("photo", WASHED, PHOTO)),
    )
    found = and_(
        col(Attachment.kind) == "photo",
        or_(
            and_(col(Attachment.subject) == OrderJob.__tablename__, col(Attachment.subject_id).in_(jobs)),
            and_(col(Attachment.subject) == DamageMark.__tablename__, col(Attachment.subject_id).in_(marks)),
        ),
    )
    rows = work.db.exec(select(Attachment).where(or_(mine, found)).order_by(col(Attachment.id))).all()
    late = [row for row in rows if row.kind in (WASHED, PHOTO)]
    return BeforeAfter([row for row in rows if row.kind == "photo"][-MOST:], late[-MOST:])


def add_photo(work: Work, order_id: int, data: bytes) -> Attachment:
    """Keep a photo of the car as it leaves. Refuses with NotAllowed, NotNow once it has left, and pictures like
    `photos.prepare_photo`."""
    move = ORDERS.move("show_car")
    work.needs(*move.roles)
    order = work.lock(WorkOrder, order_id)
    if order.status not in move.before:
        raise NotNow
    picture = attach_photo(work, order, data, PHOTO)
    work.note(order, "photo")
    return picture
