"""One visit with everything its papers and the customer's page tell, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import col, select

from db.models import (
    Appointment,
    Attachment,
    Campaign,
    CampaignAnswer,
    Consent,
    ConsentItem,
    Customer,
    DamageMark,
    InsuranceClaim,
    Vehicle,
    WorkOrder,
)
from services.consents import consents
from services.damage_marks import known_marks, marks
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.people import names
from services.recalls import declined
from services.work import Work
from services.workflow import facts_of


@dataclass(frozen=True)
class Visit:
    """A car in the shop: who, what was seen, what was asked and answered. `recalls` are those the customer declined."""

    facts: OrderFacts
    car: Vehicle
    customer: Customer
    people: dict[int, str]
    marks: list[DamageMark]
    known: list[DamageMark]
    consents: list[tuple[Consent, list[ConsentItem]]]
    signatures: dict[int, Attachment]
    claim: InsuranceClaim | None
    recalls: list[tuple[Campaign, CampaignAnswer]]
    booking: Appointment | None

    @property
    def order(self) -> WorkOrder:
        """The work order."""
        return self.facts.order

    @property
    def advisor(self) -> str:
        """Who looks after the car."""
        return self.people.get(self.order.advisor_id or 0, "")

    @property
    def walked(self) -> bool:
        """Whether somebody went around the car with the customer; a health check or a declined walk-around is not that."""
        sheet = self.facts.inspection
        return sheet is not None and not sheet.declined and sheet.odometer_km is not None

    @property
    def excess(self) -> Decimal:
        """What of an insurer's part the customer pays."""
        return self.claim.excess if self.claim else Decimal(0)


def visit(work: Work, order_id: int) -> Visit:
    """Everything about one visit. Refuses with NotFound."""
    facts = facts_of(work, ORDERS, order_id)
    order = work.get(WorkOrder, facts.order.id)
    given = consents(work, order.id)
    sheet = facts.inspection
    drawn = [consent.signature_id for consent, _ in given] + [sheet.signature_id if sheet else None]
    return Visit(
        facts,
        work.get(Vehicle, order.vehicle_id),
        work.get(Customer, order.customer_id),
        names(work),
        marks(work, order.id),
        known_marks(work, order),
        given,
        _pictures(work, [key for key in drawn if key]),
        work.db.exec(select(InsuranceClaim).where(InsuranceClaim.order_id == order.id)).first(),
        declined(work, order.id),
        work.db.get(Appointment, order.appointment_id) if order.appointment_id else None,
    )


def _pictures(work: Work, keys: Sequence[int]) -> dict[int, Attachment]:
    return {row.id: row for row in work.db.exec(select(Attachment).where(col(Attachment.id).in_(keys)))}
