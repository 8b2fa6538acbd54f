"""Taking a car over (W02): what differs from the check-in sheet, whether the symptom shows, the road test, photos."""

from collections.abc import Collection, Sequence

from sqlalchemy import func
from sqlmodel import col, select

from db.enums import Role
from db.enums_reception import OrderTaskKind
from db.enums_workshop import SymptomSeen
from db.models import Attachment, OrderJob, OrderTask, Staff, Verification, WorkOrder
from services import order_tasks
from services import permissions as may
from services.damage_marks import MOST_PHOTOS, TooManyPhotos
from services.files import attach_photo
from services.i18n import N_
from services.measures import MOST_KM
from services.order_moves import ORDERS
from services.order_tasks import tasks_of
from services.refusals import NotNow, Refusal, Stale
from services.validate import text, within
from services.work import Work
from services.workflow import advance, facts_of

LONGEST_KM = 200  # of a road test; more is a slip of the finger
TAKEN_OVER, FOUND = "taken_over", "diagnosis"  # kinds of photos: of the car as it came, of what was found on a job


class BelowCheckIn(Refusal):
    """At check-in the odometer read {km} km. The road test cannot begin below that."""


class RoadTestBegin(Refusal):
    """Note the kilometres before the road test too."""


class RoadTestLength(Refusal):
    """From {first} to {last} km: please check the kilometres of the road test."""


def verify(
    work: Work,
    order_id: int,
    *,
    differences: str = "",
    symptom: SymptomSeen | None = None,
    note: str = "",
    road_from_km: int | None = None,
    road_to_km: int | None = None,
    seen: int | None = None,
) -> Verification:
    """Take the car over, or say it anew. Kilometres as the odometer shows them; `seen` is the version that was on the screen
    (0 when there was none yet). What differs becomes a task of the advisor.

    Refuses with Stale (somebody else was faster), BelowCheckIn, RoadTestBegin, RoadTestLength, TooLong, OutOfRange.
    """
    order: WorkOrder = advance(work, ORDERS, order_id, "verify")
    row = of_order(work, order_id)
    _still(work, row, seen)
    sheet = facts_of(work, ORDERS, order_id).inspection
    _road_test(sheet.odometer_km if sheet else None, road_from_km, road_to_km)
    row = row or Verification(order_id=order.id, at=work.now)
    told = row.differences
    row.differences = text(differences, N_("Differences"), 1000, needed=False)
    row.note = text(note, N_("Note"), 1000, needed=False)
    row.symptom, row.road_from_km, row.road_to_km = symptom, road_from_km, road_to_km
    row.at, row.by_id = work.now, work.by.id
    if row.differences and row.differences != told:
        _tell_advisor(work, order_id, row.differences)
    return work.add(row)


def of_order(work: Work, order_id: int) -> Verification | None:
    """How the car was taken over; None when nobody has yet."""
    return work.db.exec(select(Verification).where(Verification.order_id == order_id)).first()


def of_orders(work: Work, order_ids: Collection[int]) -> dict[int, Verification]:
    """The same of many cars in one query."""
    found = work.db.exec(select(Verification).where(col(Verification.order_id).in_(order_ids)))
    return {row.order_id: row for row in found}


def add_photo(work: Work, order_id: int, data: bytes) -> Attachment:
    """Keep a photo of the car as it came into the workshop. Refuses like `files.attach_photo`, and with TooManyPhotos."""
    work.needs(*may.REPAIRS)
    return _kept(work, work.lock(WorkOrder, order_id), data, TAKEN_OVER)


def add_finding(work: Work, job_id: int, data: bytes) -> Attachment:
    """Keep a photo of what was found on a job. Refuses the same."""
    work.needs(*may.REPAIRS)
    return _kept(work, work.lock(OrderJob, job_id), data, FOUND)


def findings(work: Work, jobs: Sequence[OrderJob]) -> dict[int, list[Attachment]]:
    """The photos of what was found, by job, in one query."""
    mine = (Attachment.subject == OrderJob.__tablename__, Attachment.kind == FOUND)
    query = select(Attachment).where(*mine, col(Attachment.subject_id).in_([job.id for job in jobs]))
    found: dict[int, list[Attachment]] = {}
    for row in work.db.exec(query.order_by(col(Attachment.id))):
        found.setdefault(row.subject_id or 0, []).append(row)
    return found


def _kept(work: Work, row: WorkOrder | OrderJob, data: bytes, kind: str) -> Attachment:
    order_id = row.id if isinstance(row, WorkOrder) else row.order_id
    if work.get(WorkOrder, order_id).status not in ORDERS.move("diagnose").before:
        raise NotNow
    mine = (Attachment.subject == row.__tablename__, Attachment.subject_id == row.id, Attachment.kind == kind)
    if work.db.exec(select(func.count()).where(*mine)).one() >= MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    return attach_photo(work, row, data, kind)


def _still(work: Work, row: Verification | None, seen: int | None) -> None:
    if seen is None or row is None or row.version == seen:
        return
    who = work.db.get(Staff, row.by_id) if row.by_id else None
    raise Stale(name=who.name if who else "", at=work.local(row.at).strftime("%H:%M"))


def _road_test(checked_in: int | None, first: int | None, last: int | None) -> None:
    for km in (first, last):
        if km is not None:
            within(km, N_("Kilometres"), 0, MOST_KM)
    if first is None:
        if last is not None:
            raise RoadTestBegin
        return
    if checked_in is not None and first < checked_in:
        raise BelowCheckIn(km=f"{checked_in:,}")
    if last is not None and not first <= last <= first + LONGEST_KM:
        raise RoadTestLength(first=f"{first:,}", last=f"{last:,}")


def _tell_advisor(work: Work, order_id: int, differences: str) -> None:
    """One open task a car: what was said anew replaces it."""
    kind = OrderTaskKind.DIFFERENCE
    waiting = (one for one in tasks_of(work, order_id) if one.kind == kind and one.done_at is None)
    task: OrderTask | None = next(waiting, None)
    if task is None:
        order_tasks.ask(work, order_id, kind, Role.ADVISOR, differences)
    else:
        task.asked = differences
        work.add(task)
