"""The first service of a new car is free where its maker pays for it: within months of first registration, or up to some km."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from db.models import Event, FreeService, Vehicle
from services import permissions as may
from services.due_dates import months_on
from services.i18n import N_
from services.measures import MOST_KM
from services.term_rows import put_limits
from services.validate import line, within
from services.work import Work

MOST_MONTHS = 60


@dataclass(frozen=True)
class StillFree:
    """Until which day, and up to how many km, the first service is free; at least one of them is said."""

    until: date | None
    km: int | None


def set_free_service(work: Work, make: str, *, months: int | None, km: int | None) -> Event:
    """What a make gives its new cars; neither months nor km: nothing. Refuses with NotAllowed, Missing, TooLong, OutOfRange."""
    work.needs(*may.MANAGES)
    make = line(make, N_("Make"), 60)
    if months is not None:
        within(months, N_("Months"), 1, MOST_MONTHS)
    if km is not None:
        within(km, N_("Kilometres"), 1, MOST_KM)
    put_limits(work, _of_make(work, make), lambda: FreeService(make=make), months=months, km=km)
    return work.event(work.garage, "free_service", make=make, months=months, km=km)


def free_services(work: Work) -> list[FreeService]:
    """What the makes give, by name."""
    return list(work.db.exec(select(FreeService).order_by(col(FreeService.make))))


def first_free(work: Work, car: Vehicle, km: int | None) -> StillFree | None:
    """What the car may still have, at `km` on its odometer; None for a make that gives nothing, a car that was serviced, is too old
    or has gone too far. One query."""
    if car.last_service_on is not None or not car.make:
        return None
    row = _of_make(work, car.make)
    if row is None:
        return None
    until = months_on(car.first_registered, row.months) if row.months and car.first_registered else None
    if row.months and until is None:
        return None  # nobody knows how old it is
    if until is not None and until < work.local(work.now).date():
        return None
    return None if row.km is not None and (km or 0) > row.km else StillFree(until, row.km)


def _of_make(work: Work, make: str) -> FreeService | None:
    wanted = make.strip().casefold()
    return next((row for row in free_services(work) if row.make.casefold() == wanted), None)
