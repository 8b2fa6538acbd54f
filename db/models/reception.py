"""Reception: checklists and what they found, what others are asked, warranty terms, accident claims."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field

from db.base import Base
from db.enums import Role, Skill
from db.enums_reception import Grade, HealthGroup, Measure, OrderTaskKind, TemplateKind
from db.models.columns import exact, instant, key, later, one_of, ref
from db.types import choice


class CheckTemplate(Base, table=True):
    """A checklist the garage works by. `standard` names one that came with the program, whose words it translates.

    One of a check of the workshop is for every car, or for those with work of that `skill`.
    """

    id: int = key()
    kind: TemplateKind = one_of(TemplateKind)
    name: str = Field(default="", max_length=80)
    standard: str = Field(default="", max_length=30)
    position: int = 0
    active: bool = True
    skill: Skill | None = one_of(Skill, optional=True)


class CheckTemplateItem(Base, table=True):
    """One point of a checklist. `point` names a standard one, whose words the program translates; own points have a `title`.

    A value at or below `now_below` (else `soon_below`) grades itself. `job_id` is proposed when it is not good.
    """

    id: int = key()
    template_id: int = ref("check_template.id")
    group: HealthGroup = one_of(HealthGroup)
    point: str = Field(default="", max_length=30)
    title: str = Field(default="", max_length=120)
    measure: Measure = one_of(Measure, Measure.NONE)
    soon_below: Decimal | None = exact(optional=True)
    now_below: Decimal | None = exact(optional=True)
    safety: bool = False
    job_id: int | None = ref("job.id", optional=True, index=False)
    position: int = 0
    active: bool = True
    photo: bool = later(False, "asks for a photo")


class HealthResult(Base, table=True):
    """What the health check of one visit found at one point; `point` and `title` as the checklist said it then."""

    __table_args__ = (UniqueConstraint("order_id", "item_id"),)

    id: int = key()
    order_id: int = ref("work_order.id", index=False)
    item_id: int = ref("check_template_item.id", index=False)
    point: str = Field(default="", max_length=30)
    title: str = Field(default="", max_length=120)
    grade: Grade | None = one_of(Grade, optional=True)
    value: Decimal | None = exact(optional=True)
    note: str = Field(default="", max_length=200)
    attachment_id: int | None = ref("attachment.id", optional=True, index=False)
    order_job_id: int | None = Field(default=None, foreign_key="order_job.id", ondelete="SET NULL", index=True)
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)


class OrderTask(Base, table=True):
    """Something a role has to do or to answer about a car in the shop."""

    __table_args__ = (
        Index(
            "ix_order_task_open", "role", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")
        ),
    )

    id: int = key()
    order_id: int = ref("work_order.id")
    order_job_id: int | None = Field(default=None, foreign_key="order_job.id", ondelete="SET NULL", index=True)
    kind: OrderTaskKind = one_of(OrderTaskKind)
    role: Role = one_of(Role)
    asked: str = Field(default="", max_length=1000)
    answer: str = Field(default="", max_length=1000)
    created_at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)
    done_at: datetime | None = instant(optional=True)
    done_by_id: int | None = ref("staff.id", optional=True, index=False)


class WarrantyTerm(Base, table=True):
    """How long a make's warranty lasts for jobs of one group; blank: every make, every other group. Months and km from first
    registration; None: without limit."""

    __table_args__ = (UniqueConstraint("make", "group"),)

    id: int = key()
    make: str = Field(default="", max_length=60)
    group: str = Field(default="", max_length=60)
    months: int | None = None
    km: int | None = None


class CampaignRange(Base, table=True):
    """Cars a recall or campaign is for: of a make and model (its beginning), of model years, registered in a span, with a VIN
    between two; what is blank is not asked.

    `vin_key` is what the VINs between have in common (services/campaign_keys.py), blank without any: a car finds its ranges by
    looking up what its own VIN, make and model begin with. `own` ones follow from the campaign's form, the others from a list.
    """

    __table_args__ = (Index("ix_campaign_range_car", "vin_key", "make_key", "model_key"),)

    id: int = key()
    campaign_id: int = ref("campaign.id")
    own: bool = False
    make_key: str = Field(default="", max_length=60)
    model_key: str = Field(default="", max_length=80)
    year_from: int | None = None
    year_to: int | None = None
    registered_from: date | None = None
    registered_to: date | None = None
    vin_key: str = Field(default="", max_length=17)
    vin_from: str = Field(default="", max_length=17)
    vin_to: str = Field(default="", max_length=17)


class CampaignAnswer(Base, table=True):
    """What the customer said to a recall or campaign at a visit. Append-only; the newest counts. `order_job_id` is the job the
    answer put on the order; it may be taken off again, so it is no reference."""

    id: int = key()
    order_id: int = ref("work_order.id")
    campaign_id: int = ref("campaign.id", index=False)
    accepted: bool
    reason: str = Field(default="", max_length=300)
    order_job_id: int | None = None
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)


class InsuranceClaim(Base, table=True):
    """An accident repair: insurer, assessment, what the three parties agreed (by party: name and time), papers (by paper: when
    it came in)."""

    id: int = key()
    order_id: int = Field(foreign_key="work_order.id", unique=True)
    insurer: str = Field(default="", max_length=120)
    policy_number: str = Field(default="", max_length=60)
    claim_number: str = Field(default="", max_length=60)
    happened_at: datetime | None = instant(optional=True)
    story: str = Field(default="", max_length=2000)
    assessor: str = Field(default="", max_length=120)
    assessor_phone: str = Field(default="", max_length=40)
    assessed_at: datetime | None = instant(optional=True)
    assessed_sum: Decimal | None = exact(optional=True)
    excess: Decimal = exact()
    agreed: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    papers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime = instant()
    version: int = 1


class ClaimSupplement(Base, table=True):
    """More damage found than was assessed, put to the insurer, with the answer."""

    id: int = key()
    claim_id: int = ref("insurance_claim.id")
    reason: str = Field(max_length=500)
    amount: Decimal = exact()
    asked_at: datetime = instant()
    answered_at: datetime | None = instant(optional=True)
    agreed_sum: Decimal | None = exact(optional=True)
    answered_by: str = Field(default="", max_length=120)
    by_id: int | None = ref("staff.id", optional=True, index=False)


class RoleLimit(Base, table=True):
    """What a role may give away: at most so many per cent of a line; a manager may always.

    Without a row nothing; while there are no rows at all, the usual (services/discount_limits.py).
    """

    role: Role = Field(primary_key=True, sa_type=choice(Role))
    discount_percent: int
