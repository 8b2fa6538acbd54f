"""The first run: from an empty database to a garage with a manager."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from babel.core import get_global
from babel.numbers import get_currency_name, get_territory_currencies
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from db.enums import BayKind, Role
from db.models import Garage, Staff
from services import validate
from services.bays import add_bay
from services.busy_hours import USUAL
from services.catalogue_edit import put_common_jobs
from services.garage import callable_phone
from services.health_templates import put_standard_checks
from services.i18n import LANGUAGES, N_
from services.opening import set_hours
from services.packages import put_common_packages
from services.refusals import Missing, Refusal
from services.staff import add_person
from services.work import Work

MOST_BAYS = 30
_GARAGE_ID = 1  # one row: the second of two set-ups at once meets it and is refused


class AlreadySetUp(Refusal):
    """This garage is already set up."""


class PinsDiffer(Refusal):
    """The two PINs differ. Type the same one twice."""


@dataclass(frozen=True)
class NewGarage:
    """What the first-run page asks. `hours` by weekday (0 = Monday) as typed, "" and "" for a closed day."""

    name: str
    address: str
    phone: str
    zone: str
    currency: str
    language: str
    hours: Mapping[int, tuple[str, str]]
    bays: Sequence[tuple[str, str]]
    manager: str
    pin: str


def is_set_up(work: Work) -> bool:
    """Whether there is a garage."""
    return work.db.exec(select(Garage.id)).first() is not None


@cache
def zones() -> dict[str, str]:
    """The time zones people live in, each with its country."""
    places, known = get_global("zone_territories"), available_timezones()
    return {zone: country for zone, country in sorted(places.items()) if zone in known and country != "001"}


@cache
def currencies(language: str) -> dict[str, str]:
    """The currencies in use, with their names."""
    codes = {code for country in set(zones().values()) for code in get_territory_currencies(country)}
    return {code: get_currency_name(code, locale=language) for code in sorted(codes)}


def set_up_garage(work: Work, new: NewGarage, *, common_jobs: bool = True) -> Staff:
    """Make the garage, its hours, bays, common jobs with packages, checklists, and the first manager, whom it returns.

    The country follows from the time zone; without `common_jobs` the catalogue begins empty.

    Refuses with AlreadySetUp, or with what is wrong about a field (Missing, TooLong, NotInList, BadPhone, BadTime,
    EndBeforeStart, NoHours, BadPin).
    """
    if is_set_up(work):
        raise AlreadySetUp
    zone = validate.one_of(new.zone, zones(), N_("Time zone"))
    _first(
        work,
        Garage(
            id=_GARAGE_ID,
            name=validate.line(new.name, N_("Name of the garage"), 120),
            address=validate.line(new.address, N_("Address"), 300),
            phone=callable_phone(new.phone, zones()[zone]),
            country=zones()[zone],
            zone=zone,
            currency=validate.one_of(new.currency, currencies("en"), N_("Currency")),
            language=validate.one_of(new.language, LANGUAGES, N_("Language")),
            keeps_holidays=True,
            busy_hours=USUAL,
        ),
    )
    set_hours(work, hours=new.hours)
    _add_bays(work, new.bays)
    if common_jobs:
        put_common_jobs(work)
        put_common_packages(work)
    put_standard_checks(work)
    return add_person(work, name=new.manager, roles={Role.MANAGER}, pin=new.pin)


def _first(work: Work, garage: Garage) -> None:
    try:
        work.add(garage)
    except IntegrityError as error:  # another set-up, begun at the same moment, was faster
        raise AlreadySetUp from error


def _add_bays(work: Work, bays: Sequence[tuple[str, str]]) -> None:
    named = [(name, kind) for name, kind in bays if name.strip()]
    if not named:
        raise Missing(field=N_("Bays"))
    for name, kind in named[:MOST_BAYS]:
        add_bay(work, name=name, kind=BayKind(validate.one_of(kind, set(BayKind), N_("Kind of bay"))))
