"""The garage itself, its people, its catalogue: plain values of one language."""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from enum import StrEnum

from db.enums import BayKind, Role, Skill
from db.enums_reception import PartGrade


class Fuel(StrEnum):
    """What drives a car; decides which jobs fit it."""

    PETROL = "petrol"
    DIESEL = "diesel"
    HYBRID = "hybrid"
    PLUG_IN = "plug_in"
    EV = "ev"


@dataclass(frozen=True)
class Opening:
    """Local opening hours of one weekday, 0 = Monday. A weekday without one is closed."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class Bay:
    """A place for one car."""

    name: str
    kind: BayKind


@dataclass(frozen=True)
class Person:
    """Somebody who works in the garage; phone in E.164."""

    name: str
    roles: tuple[Role, ...]
    skills: tuple[Skill, ...]
    phone: str


@dataclass(frozen=True)
class Garage:
    """Who the garage is. `tax_included` says whether all prices here contain the tax; `labour_rate` is per hour."""

    name: str
    address: str
    phone: str
    country: str
    zone: str
    currency: str
    language: str
    tax_percent: Decimal
    tax_included: bool
    labour_rate: Decimal
    distance_unit: str
    hours: tuple[Opening, ...]
    bays: tuple[Bay, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True)
class PartUse:
    """How much of a part a job takes, in the part's unit."""

    code: str
    quantity: Decimal


@dataclass(frozen=True)
class Job:
    """A catalogue job. `hours` is standard labour time, `price` its labour alone; no `fuels` means every car; `by_hours`: its
    price follows from the garage's rate."""

    code: str
    name: str
    group: str
    hours: Decimal
    price: Decimal
    bay_kind: BayKind
    skill: Skill
    parts: tuple[PartUse, ...]
    every_km: int | None
    every_months: int | None
    fuels: tuple[Fuel, ...]
    safety: bool = False
    by_hours: bool = False

    @property
    def minutes(self) -> int:
        """Standard labour time in whole minutes."""
        return int(self.hours * 60)

    def fits(self, fuel: Fuel) -> bool:
        """Whether the job makes sense on a car with this drive."""
        return not self.fuels or fuel in self.fuels


@dataclass(frozen=True)
class Part:
    """A part; price and cost per unit, `stock` at opening, `minimum` where the purchase plan begins. Parts with the same
    `interchange` fit instead of each other."""

    code: str
    name: str
    brand: str
    unit: str
    price: Decimal
    cost: Decimal
    place: str
    stock: Decimal
    minimum: Decimal
    grade: PartGrade = PartGrade.BRAND
    interchange: str | None = None
