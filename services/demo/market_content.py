"""The market the garage lives in: car models, pools of names and addresses, shapes of phones and plates."""

from dataclasses import dataclass

from db.enums import Channel
from services.demo.garage_content import Fuel


@dataclass(frozen=True)
class Model:
    """A car model of the market: how common it is, years of sale, the first three characters of its VIN."""

    make: str
    model: str
    weight: int
    first_year: int
    last_year: int
    fuel: Fuel
    wmi: str


@dataclass(frozen=True)
class PlateArea:
    """The beginning of a plate and how often it is seen here."""

    area: str
    weight: int


@dataclass(frozen=True)
class Market:
    """Pools to make customers from. Phones are a prefix and `phone_digits` digits, counted from `phone_from`;
    `km_per_year` is least, most and most common."""

    name_format: str
    address_format: str
    email_domain: str
    phone_prefixes: tuple[str, ...]
    phone_digits: int
    phone_from: int
    warranty_years: int
    km_per_year: tuple[int, ...]
    channels: tuple[Channel, ...]
    surnames: tuple[str, ...]
    given_names: tuple[str, ...]
    companies: tuple[str, ...]
    streets: tuple[str, ...]
    colours: tuple[str, ...]
    plate_areas: tuple[PlateArea, ...]
