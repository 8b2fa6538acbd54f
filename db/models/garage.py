"""The garage itself: settings, hours, closing days, bays."""

from datetime import date
from decimal import Decimal

from sqlmodel import Field

from db.base import Base
from db.enums import BayKind
from db.models.columns import exact, key, later, later_words, one_of


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
    buffer_minutes: int = later(0, "between two cars in one bay")
    walk_in_percent: int = later(0, "share of the bays' day kept for cars without a booking")
    keeps_holidays: bool = later(False, "closed on public holidays, open on make-up working days")
    warranty_near_days: int = later(0, "so shortly after a warranty's end the warranty clerk decides")
    clocks_beside: bool = later(False, "one person may run several clocks at once")
    warranty_near_km: int = later(0, "so few km past a warranty's limit the warranty clerk decides")
    tax_number: str = later_words(40)
    bank: str = later_words(200)
    busy_hours: str = later_words(100)
    claim_days: int = later(30, "after the work, to hand in a claim to who pays for it")
    remind_days: int = later(14, "between two reminders of money owed")


class OpeningHours(Base, table=True):
    """When the garage is open on a weekday (0 = Monday), in minutes after midnight. No row: closed."""

    weekday: int = Field(primary_key=True)
    opens: int
    closes: int


class ClosingDay(Base, table=True):
    """A day that does not follow the weekly hours: closed, or (`open`) open although it is a holiday, with hours of its own."""

    day: date = Field(primary_key=True)
    reason: str = Field(default="", max_length=120)
    open: bool = later(False)
    opens: int | None = None
    closes: int | None = None


class DayLimit(Base, table=True):
    """At most so many bookings a day for jobs of one group."""

    group: str = Field(primary_key=True, max_length=60)
    most: int


class Bay(Base, table=True):
    """A place where one car at a time can be worked on."""

    id: int = key()
    name: str = Field(max_length=40)
    kind: BayKind = one_of(BayKind)
    position: int = 0
    active: bool = True
