"""Customers, what they allow us to send, and their cars."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from db.base import Base
from db.enums import Channel
from db.enums_reception import BodyType
from db.models.columns import exact, instant, key, later, later_words, one_of, ref


class Customer(Base, table=True):
    """A person or firm. `phone` is E.164; `name_keys` holds lower-case names and pinyin (full and initials), space-separated."""

    id: int = key()
    name: str = Field(max_length=120, index=True)
    name_keys: str = Field(default="", max_length=300)
    phone: str | None = Field(default=None, max_length=20, index=True)
    email: str | None = Field(default=None, max_length=200)
    language: str | None = Field(default=None, max_length=10)
    note: str = Field(default="", max_length=2000)
    incomplete: bool = False
    call_when: str = Field(default="", max_length=120)
    no_calls: bool = later(False, "wants no calls that the garage makes first")
    address: str = later_words(300)
    tax_number: str = later_words(40)
    account_limit: Decimal | None = exact(optional=True)
    account_days: int | None = Field(default=None, description="to pay what is owed on account")
    created_at: datetime = instant()
    version: int = 1


class ContactConsent(Base, table=True):
    """What the customer allowed or forbade per channel; the newest row of a channel counts."""

    id: int = key()
    customer_id: int = ref("customer.id")
    channel: Channel = one_of(Channel)
    allowed: bool
    at: datetime = instant()
    by_id: int | None = ref("staff.id", optional=True)


class Vehicle(Base, table=True):
    """A car. `plate_key` and `vin` are normalised for look-up; odometer in km; `visited_at` is the
    newest arrival, kept by the database itself (db/search_ddl.py)."""

    __table_args__ = (
        UniqueConstraint("plate_key"),
        Index("ix_vehicle_make_model", "make", "model"),
        Index(
            "ix_vehicle_not_reckoned", "id", sqlite_where=text("NOT reckoned"), postgresql_where=text("NOT reckoned")
        ),
    )

    id: int = key()
    customer_id: int = ref("customer.id")
    plate: str = Field(max_length=20)
    plate_key: str | None = Field(default=None, max_length=20)
    vin: str | None = Field(default=None, max_length=17, index=True)
    make: str = Field(default="", max_length=60)
    model: str = Field(default="", max_length=80)
    first_registered: date | None = None
    odometer_km: int | None = None
    odometer_on: date | None = None
    last_service_on: date | None = None
    next_service_on: date | None = None
    next_service_km: int | None = None
    warranty_until: date | None = None
    inspection_until: date | None = Field(default=None, index=True)
    insurance_until: date | None = Field(default=None, index=True)
    visited_at: datetime | None = instant(optional=True)
    reckoned: bool = later(False, "what is due for it (CarDue) follows from the file as it is")
    note: str = Field(default="", max_length=2000)
    created_at: datetime = instant()
    version: int = 1
    body: BodyType | None = one_of(BodyType, optional=True)


class SearchLine(Base, table=True):
    """What a car is found by: `keys` has names of its customer, plate, phone and VIN in lower case, each after a space.
    Kept by the database itself (db/search_ddl.py)."""

    # The newest visitors first: a search that fits many of them ends after the first ones. SQLite walks through it;
    # PostgreSQL reads all lines in as little time.
    __table_args__ = (Index("ix_search_line_newest", "visited_at", "customer_id", "vehicle_id", "keys"),)

    id: int = key()
    customer_id: int = ref("customer.id")
    vehicle_id: int | None = ref("vehicle.id", optional=True)
    visited_at: datetime | None = instant(optional=True)
    keys: str = Field(max_length=450)
