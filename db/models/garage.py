"""The garage itself: settings, hours, closing days, bays."""

from datetime import date
from decimal import Decimal

from sqlmodel import Field

from db.base import Base
from db.enums import BayKind
from db.models.columns import exact, key, one_of


class Garage(Base, table=True):
    """One row: who the garage is and how it works. Minutes and days are whole numbers; percentages have three decimals."""

    id: int = key()
    name: str = Field(max_length=120)
    address: str = Field(default="", max_length=300)
    phone: str = Field(default="", max_length=40)
    country: str = Field(default="CN", max_length=2)
    zone: str = Field(max_length=60)
    currency: str = Field(max_length=3)
    language: str = Field(max_length=10)
    tax_percent: Decimal = exact()
    tax_included: bool = True
    labour_rate: Decimal = exact()
    book_days_ahead: int = 7
    same_day_booking: bool = False
    grace_minutes: int = 15
    greeting_seconds: int = 60
    follow_up_days: int = 3
    own_work_checks: bool = Field(default=False, description="lets one person check their own work (garages of three)")
    demo: bool = False


class OpeningHours(Base, table=True):
    """When the garage is open on a weekday (0 = Monday), in minutes after midnight. No row: closed."""

    weekday: int = Field(primary_key=True)
    opens: int
    closes: int


class ClosingDay(Base, table=True):
    """A day on which the garage is closed against the weekly hours."""

    day: date = Field(primary_key=True)
    reason: str = Field(default="", max_length=120)


class Bay(Base, table=True):
    """A place where one car at a time can be worked on."""

    id: int = key()
    name: str = Field(max_length=40)
    kind: BayKind = one_of(BayKind)
    position: int = 0
    active: bool = True
