"""Which cars a part fits: by make, model and years of building. A part that names no car fits any."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from db.models import Part, PartFit, Vehicle
from services import permissions as may
from services import validate
from services.campaign_keys import folded, model_year
from services.i18n import N_
from services.refusals import EndBeforeStart, NotFound, Refusal
from services.work import Work

FIRST_YEAR = 1950
_YEARS_AHEAD = 2


class FitKnown(Refusal):
    """That the part fits this car was said already."""


@dataclass(frozen=True)
class Car:
    """A car as parts are looked up for it; `year` is when it was built, None when nobody knows."""

    make: str
    model: str = ""
    year: int | None = None


def car_of(vehicle: Vehicle) -> Car:
    """A customer's car."""
    return Car(vehicle.make, vehicle.model, model_year(vehicle.vin or "", vehicle.first_registered))


def add_fit(
    work: Work, part_id: int, *, make: str, model: str = "", year_from: int | None = None, year_to: int | None = None
) -> PartFit:
    """Say that a part fits a car: without a model all of the make, without years all years. Both years are included.

    Refuses with Missing, TooLong, OutOfRange, EndBeforeStart, FitKnown.
    """
    work.needs(*may.ISSUES_PARTS)
    work.lock(Part, part_id)
    row = PartFit(part_id=part_id, make=validate.line(make, N_("Make"), 60),
                  model=validate.line(model, N_("Model"), 60, needed=False), year_from=year_from, year_to=year_to)  # fmt: skip
    for year, field in ((year_from, N_("From year")), (year_to, N_("To year"))):
        if year is not None:
            validate.within(year, field, FIRST_YEAR, latest_year(work))
    if year_from and year_to and year_to < year_from:
        raise EndBeforeStart
    if any(_same(row, other) for other in fits_of(work, [part_id]).get(part_id, [])):
        raise FitKnown
    return work.add(row)


def drop_fit(work: Work, fit_id: int) -> None:
    """The part does not fit that car. Refuses with NotFound when that was said already."""
    work.needs(*may.ISSUES_PARTS)
    row = work.db.get(PartFit, fit_id)
    if row is None:
        raise NotFound
    work.db.delete(row)
    work.db.flush()


def fits_of(work: Work, part_ids: Collection[int]) -> dict[int, list[PartFit]]:
    """The cars each part names, by make and model. One query; parts that name none are left out."""
    found: dict[int, list[PartFit]] = {}
    order = (col(PartFit.make), col(PartFit.model), col(PartFit.year_from))
    for row in work.db.exec(select(PartFit).where(col(PartFit.part_id).in_(part_ids)).order_by(*order)):
        found.setdefault(row.part_id, []).append(row)
    return found


def fits(named: Sequence[PartFit], car: Car) -> bool | None:
    """Whether a part that names these cars fits this one; None when it names none, so that nobody knows."""
    return any(_fits(row, car) for row in named) if named else None


def makes_and_models(work: Work) -> dict[str, list[str]]:
    """The makes and models of our customers' cars, to choose from. One query."""
    query = select(Vehicle.make, Vehicle.model).where(Vehicle.make != "").distinct()
    found: dict[str, list[str]] = {}
    for make, model in work.db.exec(query.order_by(Vehicle.make, Vehicle.model)):
        found.setdefault(make, [])
        if model:
            found[make].append(model)
    return found


def spellings(make: str) -> set[str]:
    """How a make may be written in the catalogue: an index is looked up by its exact letters."""
    name = " ".join(make.split())
    return {name, name.lower(), name.upper(), name.title(), name.capitalize()}


def latest_year(work: Work) -> int:
    """The last year of building that can be named today."""
    today: date = work.local(work.now).date()
    return today.year + _YEARS_AHEAD


def _fits(row: PartFit, car: Car) -> bool:
    if folded(row.make) != folded(car.make) or not folded(car.model).startswith(folded(row.model)):
        return False
    if car.year is None:
        return True
    return (row.year_from or FIRST_YEAR) <= car.year <= (row.year_to or car.year)


def _same(one: PartFit, other: PartFit) -> bool:
    return (folded(one.make), folded(one.model), one.year_from, one.year_to) == (
        folded(other.make), folded(other.model), other.year_from, other.year_to
    )  # fmt: skip
