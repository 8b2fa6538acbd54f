"""Makes the customers' cars: the same for the same seed and day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from services.demo.content import Content
from services.demo.customers import DemoCustomer
from services.demo.garage_content import Fuel
from services.demo.market_content import Model
from services.demo.plates import make_plate
from services.demo.vins import make_vin

_OLDEST = 14  # years; older cars do not come to this garage
_YOUNGEST = 60  # days
_FLEET = 8  # how much likelier a firm has another car than a person


@dataclass(frozen=True)
class DemoCar:
    """A car; `owner` is the place in the list of customers, `odometer_km` the reading on `odometer_on`."""

    owner: int
    plate: str
    vin: str
    make: str
    model: str
    fuel: Fuel
    colour: str
    first_registered: date
    warranty_until: date
    odometer_km: int
    odometer_on: date
    km_per_year: int

    def km_on(self, day: date) -> int:
        """What the odometer showed, or will show, on `day`; never less than 0."""
        return max(0, self.odometer_km + (day - self.odometer_on).days * self.km_per_year // 365)


def make_cars(
    content: Content, rng: Random, customers: Sequence[DemoCustomer], n: int, *, today: date
) -> list[DemoCar]:
    """`n` cars with different plates and VINs: one for each customer first, the rest mostly for firms."""
    plates: set[str] = set()
    vins: set[str] = set()
    return [_car(content, rng, owner, today, plates, vins) for owner in _owners(rng, customers, n)]


def _owners(rng: Random, customers: Sequence[DemoCustomer], n: int) -> list[int]:
    everyone = range(len(customers))
    weights = [_FLEET if customer.company else 1 for customer in customers]
    return [*everyone[:n], *rng.choices(everyone, weights, k=max(0, n - len(customers)))]


def _car(content: Content, rng: Random, owner: int, today: date, plates: set[str], vins: set[str]) -> DemoCar:
    market, country = content.market, content.garage.country
    (model,) = rng.choices(content.models, [model.weight for model in content.models])
    registered = _registered(model, rng, today)
    per_year = round(rng.triangular(*market.km_per_year))
    return DemoCar(
        owner=owner,
        plate=_fresh(lambda: make_plate(country, market, rng, registered=registered, fuel=model.fuel), plates),
        vin=_fresh(lambda: make_vin(model.wmi, registered.year, rng), vins),
        make=model.make,
        model=model.model,
        fuel=model.fuel,
        colour=rng.choice(market.colours),
        first_registered=registered,
        warranty_until=_years_later(registered, market.warranty_years),
        odometer_km=20 + (today - registered).days * per_year // 365,
        odometer_on=today,
        km_per_year=per_year,
    )


def _registered(model: Model, rng: Random, today: date) -> date:
    """A day on which this model was sold, at most `_OLDEST` years ago where the years of sale allow."""
    last = min(today - timedelta(days=_YOUNGEST), date(model.last_year, 12, 31))
    first = max(date(today.year - _OLDEST, 1, 1), date(model.first_year, 1, 1))
    return last - timedelta(days=rng.randint(0, max(0, (last - first).days)))


def _years_later(day: date, years: int) -> date:
    # The last day of February stands for the 29th where a year has none.
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _fresh(make: Callable[[], str], seen: set[str]) -> str:
    while (value := make()) in seen:
        continue
    seen.add(value)
    return value
