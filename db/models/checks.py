"""What was seen, clocked and checked on a car."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, text
from sqlmodel import Field

from db.base import Base
from db.enums import CheckLevel, DamageKind
from db.enums_workshop import ReworkCause
from db.models.columns import instant, key, later, one_of, ref


class Inspection(Base, table=True):
    """The walk-around at reception. Fuel in eighths of a tank. Who declines it signs for that: `signature_id`."""

    id: int = key()
    order_id: int = Field(foreign_key="work_order.id", unique=True)
    covers: bool = False
    declined: bool = False
    odometer_km: int | None = None
    odometer_reason: str = Field(default="", max_length=200)
    fuel_eighths: int | None = None
    valuables: str = Field(default="", max_length=500)
    note: str = Field(default="", max_length=1000)
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)
    reminded: bool = later(False, "the customer was reminded of valuables")
    stays: list[str] | None = Field(default=None, sa_type=JSON, description="valuables that stay, by `Valuable`")
    lights: list[str] | None = Field(default=None, sa_type=JSON, description="lamps that are on, by `WarningLight`")
    places: dict[str, Any] | None = Field(default=None, sa_type=JSON, description="interior and boot, by `Condition`")
    equipment: dict[str, bool] | None = Field(default=None, sa_type=JSON, description="there or not, by `Equipment`")
    template_id: int | None = ref("check_template.id", optional=True, index=False)
    signature_id: int | None = ref("attachment.id", optional=True, index=False)


class DamageMark(Base, table=True):
    """Damage on the outline: `view` of the car and place in it, 0 to 1 in thousandths of its width and height.

    It is known at every later visit of the car, until one (`gone_order_id`) finds it gone.
    """

    id: int = key()
    order_id: int = ref("work_order.id")
    view: str = Field(max_length=10)
    x: int
    y: int
    kind: DamageKind = one_of(DamageKind)
    note: str = Field(default="", max_length=200)
    attachment_id: int | None = ref("attachment.id", optional=True, index=False)
    at: datetime = instant()
    removed_at: datetime | None = instant(optional=True)
    gone_order_id: int | None = ref("work_order.id", optional=True, index=False)


class ClockEntry(Base, table=True):
    """Time of one person on one job. Nobody can have two running clocks, unless the second runs `beside` the first."""

    __table_args__ = (
        Index(
            "uq_clock_entry_one_runs",
            "staff_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL AND NOT beside"),
            postgresql_where=text("ended_at IS NULL AND NOT beside"),
        ),
        CheckConstraint("ended_at IS NULL OR started_at <= ended_at", name="runs_forward"),
        Index(
            "ix_clock_entry_person", "staff_id", "ended_at"
        ),  # what runs, and the last days, however long the history
    )

    id: int = key()
    order_id: int = ref("work_order.id")
    order_job_id: int = ref("order_job.id", index=False)
    staff_id: int = ref("staff.id", index=False)
    started_at: datetime = instant(index=True)
    ended_at: datetime | None = instant(optional=True)
    end_reason: str = Field(default="", max_length=30)
    rework: bool = False
    beside: bool = later(False, "started while another clock of the person ran; only where the settings allow it")


class Check(Base, table=True):
    """One check of one level, with the checklist as it was answered. Append-only.

    A failed one names why, on which job, and who does it again: `cause`, `order_job_id`, `staff_id`.
    """

    id: int = key()
    order_id: int = ref("work_order.id")
    level: CheckLevel = one_of(CheckLevel)
    round: int = 0
    passed: bool
    items: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    note: str = Field(default="", max_length=1000)
    own_work: bool = Field(default=False, description="the checker had worked on the car; allowed only by settings")
    at: datetime = instant()
    by_id: int = ref("staff.id", index=False)
    cause: ReworkCause | None = one_of(ReworkCause, optional=True)
    order_job_id: int | None = None
    staff_id: int | None = None
