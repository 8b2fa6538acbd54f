"""The parts of one booking: kept for it, missing, and on the purchase plan."""

from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import col, select

from db.models import Part, PartReservation, PurchaseLine
from services.purchases import lines_of, to_order
from services.work import Work


@dataclass(frozen=True)
class KeptPart:
    """A part kept for the booking; `picked`: it lies ready with its label."""

    name: str
    quantity: Decimal
    unit: str
    place: str
    picked: bool


@dataclass(frozen=True)
class BookingParts:
    """What is kept, what its jobs lack and is not on the purchase plan, what is or was to be bought."""

    kept: list[KeptPart]
    missing: list[tuple[Part, Decimal]]
    lines: list[PurchaseLine]


def booking_parts(work: Work, appointment_id: int) -> BookingParts:
    """The parts of a booking. A fixed number of queries."""
    held = select(PartReservation, Part).join(Part, col(Part.id) == col(PartReservation.part_id))
    mine = held.where(PartReservation.appointment_id == appointment_id).order_by(col(PartReservation.id))
    kept = [
        KeptPart(part.name, row.quantity, part.unit, part.place, row.picked_at is not None)
        for row, part in work.db.exec(mine)
    ]
    return BookingParts(kept, to_order(work, appointment_id), lines_of(work, appointment_id))
