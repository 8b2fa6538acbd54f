"""The customer wants none of what was offered: the visit ends without work, and what was declined follows the car."""

from db.models import Vehicle, WorkOrder
from services import orders
from services.i18n import N_, translate
from services.work import Work


def nothing_wanted(work: Work, order: WorkOrder) -> WorkOrder:
    """End the visit of an order whose every line was declined. Refuses like `orders.cancel`."""
    work.get(Vehicle, order.vehicle_id).reckoned = False  # what is due for it has changed
    return orders.cancel(work, order.id, reason=translate(work.garage.language, N_("The customer wants none of it")))
