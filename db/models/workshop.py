"""The workshop: what the technician found, what slipped, what is recommended for later, corrected clocks."""

from datetime import date, datetime

from sqlmodel import Field

from db.base import Base
from db.enums import Channel, Urgency
from db.enums_workshop import AdviceEnd, DelayAnswer, DelayReason, SymptomSeen
from db.models.columns import instant, key, one_of, ref


class Verification(Base, table=True):
    """The technician takes the car over: what differs from the check-in sheet, the symptom, the road test."""

    id: int = key()
    order_id: int = Field(foreign_key="work_order.id", unique=True)
    differences: str = Field(default="", max_length=1000)
    symptom: SymptomSeen | None = one_of(SymptomSeen, optional=True)
    note: str = Field(default="", max_length=1000)
    road_from_km: int | None = None
    road_to_km: int | None = None
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)
    version: int = 1


class ClockCorrection(Base, table=True):
    """A clock set right afterwards, with what stood before and why. Append-only."""

    id: int = key()
    clock_id: int = ref("clock_entry.id")
    started_was: datetime = instant()
    ended_was: datetime | None = instant(optional=True)
    started_at: datetime = instant()
    ended_at: datetime | None = instant(optional=True)
    reason: str = Field(max_length=200)
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)


class Delay(Base, table=True):
    """Work that takes longer, as the workshop reported it, and what the customer said to the new time.

    `minutes` more than promised; `agreed_at`: the time promised after the talk.
    """

    id: int = key()
    order_id: int = ref("work_order.id")
    reason: DelayReason = one_of(DelayReason)
    minutes: int
    note: str = Field(default="", max_length=300)
    promised_was: datetime | None = instant(optional=True)
    proposed_at: datetime = instant()
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)
    told_at: datetime | None = instant(optional=True)
    told_by_id: int | None = ref("staff.id", optional=True, index=False)
    channel: Channel | None = one_of(Channel, optional=True)
    person: str = Field(default="", max_length=120)
    answer: DelayAnswer | None = one_of(DelayAnswer, optional=True)
    answer_note: str = Field(default="", max_length=500)
    agreed_at: datetime | None = instant(optional=True)


class Recommendation(Base, table=True):
    """What the workshop advises for later. It follows the car until it is done, declined or no longer needed."""

    id: int = key()
    vehicle_id: int = ref("vehicle.id")
    order_id: int = ref("work_order.id")
    job_id: int | None = ref("job.id", optional=True, index=False)
    text: str = Field(max_length=300)
    urgency: Urgency = one_of(Urgency, Urgency.LATER)
    safety: bool = False
    due_on: date | None = None
    due_km: int | None = None
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)
    ended: AdviceEnd | None = one_of(AdviceEnd, optional=True)
    ended_at: datetime | None = instant(optional=True)
    ended_order_id: int | None = ref("work_order.id", optional=True, index=False)
    ended_by_id: int | None = ref("staff.id", optional=True, index=False)


class CaseText(Base, table=True):
    """The words by which a finished order is found: complaint, cause, correction, cut so that Chinese is searched like English."""

    order_id: int = Field(primary_key=True, foreign_key="work_order.id")
    tokens: str
