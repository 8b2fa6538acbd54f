"""What a car and a range of cars are looked up by, and whether one fits the other. Pure calculation.

A range with VINs is filed under what these have in common (`vin_key`), so a car finds it by the beginnings of its own VIN.
"""

from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from db.models import CampaignRange, Vehicle

WHOLE = 17  # characters of a VIN
MAKER = 3  # the first of them say who made the car: a range of VINs has these in common
_CHECK = 8  # the place of the check digit, which has no order: "from … to" leaves it out
_YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789"  # the tenth character, from 1980 on, again every thirty years
_YEAR_AT, _FIRST_YEAR, _TURN = 9, 1980, 30
# Where the tenth character is the model year by law: North America, China, Korea and a few more. Elsewhere it may be anything.
_DATED = frozenset("12345LK")
_AROUND = 2  # a model year begins in the autumn before, and a car may stand unsold for a year


@dataclass(frozen=True)
class CarKeys:
    """A car as recalls see it. `year` is its model year, None when nothing tells."""

    vin: str
    make: str
    model: str
    year: int | None
    registered: date | None

    @property
    def vin_keys(self) -> list[str]:
        """What ranges with its VIN in them may be filed under."""
        if len(self.vin) < MAKER:
            return []
        bare = unchecked(self.vin)
        return [self.vin, *(bare[:length] for length in range(MAKER, len(bare) + 1))]

    @property
    def model_keys(self) -> list[str]:
        """The beginnings of its model, the blank one among them."""
        return [self.model[:length] for length in range(len(self.model) + 1)]


def keys_of(car: Vehicle) -> CarKeys:
    """What a car is looked up by."""
    vin = car.vin or ""
    year = model_year(vin, car.first_registered)
    return CarKeys(vin, folded(car.make), folded(car.model), year, car.first_registered)


def folded(words: str) -> str:
    """Make or model as they are compared."""
    return " ".join(words.casefold().split())


def unchecked(vin: str) -> str:
    """A VIN without its check digit."""
    return vin[:_CHECK] + vin[_CHECK + 1 :]


def vin_key(first: str, last: str) -> str:
    """What all VINs from `first` to `last` have in common; blank when they are not of one maker."""
    if first == last:
        return first
    pairs = zip(unchecked(first), unchecked(last), strict=False)
    common = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return common if len(common) >= MAKER else ""


def model_year(vin: str, registered: date | None) -> int | None:
    """The model year: of the VIN where that says it and the registration does not speak against it, else of the registration."""
    coded = _coded(vin, registered.year if registered else None)
    if coded is not None and (registered is None or abs(coded - registered.year) <= _AROUND):
        return coded
    return registered.year if registered else None


def fits(wanted: CampaignRange, car: CarKeys) -> bool:
    """Whether a range is for a car. A range that asks nothing is for none; what a car does not tell, it does not fit."""
    if not (wanted.vin_from or wanted.make_key or wanted.registered_from or wanted.registered_to):
        return False
    if wanted.vin_from and not _between(wanted.vin_from, wanted.vin_to, car.vin):
        return False
    if wanted.make_key and wanted.make_key != car.make:
        return False
    in_years = _within(car.year, wanted.year_from, wanted.year_to)
    return car.model.startswith(wanted.model_key) and in_years and _registered(wanted, car.registered)


def _between(first: str, last: str, vin: str) -> bool:
    if first == last:
        return vin == first
    return len(vin) == len(first) and unchecked(first) <= unchecked(vin) <= unchecked(last)


def _within(value: int | None, least: int | None, most: int | None) -> bool:
    if least is None and most is None:
        return True
    return value is not None and (least is None or least <= value) and (most is None or value <= most)


def _registered(wanted: CampaignRange, on: date | None) -> bool:
    first, last = wanted.registered_from, wanted.registered_to
    if first is None and last is None:
        return True
    return on is not None and (first is None or first <= on) and (last is None or on <= last)


def _coded(vin: str, near: int | None) -> int | None:
    """The year the tenth character stands for: the nearest to another one; without one a letter means 2010 to 2030."""
    if len(vin) != WHOLE or vin[0] not in _DATED or vin[_YEAR_AT] not in _YEARS:
        return None
    first = _FIRST_YEAR + _YEARS.index(vin[_YEAR_AT])
    if near is None:
        return first + _TURN if vin[_YEAR_AT].isalpha() else first
    return min((first, first + _TURN, first + 2 * _TURN), key=lambda year: abs(year - near))
