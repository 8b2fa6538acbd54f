"""The garage calls first: campaigns and recalls, and what came of each call."""

from datetime import date, datetime

from sqlalchemy import JSON, Index
from sqlmodel import Field

from db.base import Base
from db.enums_desk import CampaignKind, OutreachReason, OutreachResult
from db.models.columns import instant, key, one_of, ref
from db.types import choice


class Campaign(Base, table=True):
    """A recall or campaign: for cars of a make and model registered in a span of time, or for the VINs listed."""

    id: int = key()
    code: str = Field(max_length=40, unique=True)
    kind: CampaignKind = one_of(CampaignKind)
    title: str = Field(max_length=160)
    text: str = Field(default="", max_length=2000)
    make: str = Field(default="", max_length=60)
    model: str = Field(default="", max_length=80)
    registered_from: date | None = None
    registered_to: date | None = None
    vins: list[str] = Field(default_factory=list, sa_type=JSON)
    job_id: int | None = ref("job.id", optional=True, index=False)
    starts_on: date
    ends_on: date | None = None
    active: bool = True
    created_at: datetime = instant()
    version: int = 1


class CampaignCar(Base, table=True):
    """A car on which a campaign was carried out."""

    campaign_id: int = Field(primary_key=True, foreign_key="campaign.id")
    vehicle_id: int = Field(primary_key=True, foreign_key="vehicle.id")
    order_id: int | None = ref("work_order.id", optional=True)
    done_at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)


class CarDue(Base, table=True):
    """Something that is or will be due for a car, reckoned from its file whenever that changes: a list of cars to call is a range
    of this. `about` names the occasion, `until` the last day it counts, `at_km` the reading that makes a service due."""

    __table_args__ = (Index("ix_car_due_reason_due_on", "reason", "due_on", "vehicle_id"),)

    vehicle_id: int = Field(primary_key=True, foreign_key="vehicle.id")
    reason: OutreachReason = Field(primary_key=True, sa_type=choice(OutreachReason))
    about: str = Field(primary_key=True, max_length=40)
    due_on: date
    until: date | None = None
    at_km: int | None = None
    what: str = Field(default="", max_length=300)


class OutreachCall(Base, table=True):
    """One call the garage made first, with its result. `about` names the occasion (a date due, a campaign), so that who said no
    is not called for the same thing again. Append-only."""

    __table_args__ = (Index("ix_outreach_call_vehicle_reason", "vehicle_id", "reason"),)

    id: int = key()
    customer_id: int = ref("customer.id")
    vehicle_id: int = ref("vehicle.id", index=False)
    reason: OutreachReason = one_of(OutreachReason)
    about: str = Field(default="", max_length=40)
    result: OutreachResult = one_of(OutreachResult)
    note: str = Field(default="", max_length=500)
    again_on: date | None = None
    appointment_id: int | None = ref("appointment.id", optional=True)
    at: datetime = instant(index=True)
    by_id: int | None = ref("staff.id", optional=True, index=False)
