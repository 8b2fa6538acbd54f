"""Jobs with their standard time and price, parts, and the stock ledger."""

from datetime import datetime
from decimal import Decimal

from sqlmodel import Field

from db.base import Base
from db.enums import BayKind, MovementKind, Skill
from db.enums_reception import PartGrade
from db.models.columns import exact, instant, key, later, later_words, one_of, ref


class Job(Base, table=True):
    """A job the garage offers. `minutes` is the standard labour time, `price` its labour price."""

    id: int = key()
    code: str = Field(max_length=30, unique=True)
    name: str = Field(max_length=120)
    group: str = Field(default="", max_length=60)
    minutes: int
    price: Decimal = exact()
    bay_kind: BayKind = one_of(BayKind)
    skill: Skill = one_of(Skill)
    interval_km: int | None = None
    interval_months: int | None = None
    active: bool = True
    people: int = later(1, "how many people do it together: 1 or 2")
    by_hours: bool = later(False, "priced by its hours at the garage's rate; `price` is not used")
    safety: bool = later(False, "concerns the safety of the car")
    tax_percent: Decimal | None = exact(optional=True)


class JobPart(Base, table=True):
    """A part that goes with a job."""

    job_id: int = Field(primary_key=True, foreign_key="job.id")
    part_id: int = Field(primary_key=True, foreign_key="part.id")
    quantity: Decimal = exact(Decimal(1))


class JobPackage(Base, table=True):
    """Jobs that are booked together (service A, brakes front)."""

    id: int = key()
    name: str = Field(max_length=120, unique=True)
    active: bool = True


class JobPackageItem(Base, table=True):
    """One job of a package, in its order."""

    package_id: int = Field(primary_key=True, foreign_key="job_package.id")
    job_id: int = Field(primary_key=True, foreign_key="job.id")
    position: int = 0


class Part(Base, table=True):
    """A part. `on_hand` is the running sum of its movements and is written only together with one.

    Parts with the same `interchange` word can be fitted instead of each other.
    """

    id: int = key()
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=120)
    brand: str = Field(default="", max_length=60)
    unit: str = Field(default="", max_length=20)
    price: Decimal = exact()
    cost: Decimal = exact()
    place: str = Field(default="", max_length=40, index=True)
    minimum: Decimal = exact()
    on_hand: Decimal = exact()
    active: bool = True
    grade: PartGrade | None = one_of(PartGrade, optional=True)
    interchange: str = later_words(40)
    tax_percent: Decimal | None = exact(optional=True)


class StockMovement(Base, table=True):
    """One change of stock; `quantity` is signed. Append-only."""

    id: int = key()
    part_id: int = ref("part.id")
    kind: MovementKind = one_of(MovementKind)
    quantity: Decimal = exact()
    unit_cost: Decimal = exact()
    line_id: int | None = ref("order_line.id", optional=True)
    reason: str = Field(default="", max_length=200)
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True, index=False)
    requisition_id: int | None = None
    purchase_line_id: int | None = None
