"""Where a finished car stands: every one has its place, and who washed it can show that."""

from sqlmodel import col, select

from db.enums import OrderStatus
from db.models import Attachment, Bay, WorkOrder
from services import permissions as may
from services.files import attach_photo
from services.i18n import N_
from services.order_moves import ORDERS
from services.refusals import NotNow
from services.validate import line
from services.work import Work
from services.workflow import advance

LOOK_BACK = 300  # orders whose places are offered again
OFFERED = 8
PHOTO = "washed"  # the kind of picture
_FINISHED = (OrderStatus.WASH, OrderStatus.READY)


def park(work: Work, order_id: int, *, place: str) -> WorkOrder:
    """A finished car stands somewhere else now. Refuses a blank place, or one over 60 characters."""
    place = line(place, N_("Parking place"), 60)
    order: WorkOrder = advance(work, ORDERS, order_id, "park", place=place)
    order.place = place
    return work.add(order)


def stands_at(work: Work, order: WorkOrder, place: str) -> None:
    """A car that is finished without a wash stands where it was put, else still in its bay."""
    bay = work.get(Bay, order.bay_id).name if order.bay_id else order.place
    order.place = line(place, N_("Parking place"), 60, needed=False) or bay
    work.db.add(order)


def add_photo(work: Work, order_id: int, data: bytes) -> Attachment:
    """Keep a photo of the finished car, several if need be. Refuses with NotNow before the wash, and pictures like
    `photos.prepare_photo`."""
    work.needs(*may.PARKS)
    order = work.lock(WorkOrder, order_id)
    if order.status not in _FINISHED:
        raise NotNow
    picture = attach_photo(work, order, data, PHOTO)
    work.note(order, "photo")
    return picture


def known_places(work: Work) -> list[str]:
    """The places cars were lately parked at, the most used first. As many rows, however long the history."""
    lately = select(WorkOrder.place).order_by(col(WorkOrder.id).desc()).limit(LOOK_BACK)
    counts: dict[str, int] = {}
    for place in work.db.exec(lately):
        counts[place] = counts.get(place, 0) + 1
    bays = set(work.db.exec(select(Bay.name)))
    found = (place for place in counts if place and place not in bays)
    return sorted(found, key=lambda place: (-counts[place], place))[:OFFERED]
