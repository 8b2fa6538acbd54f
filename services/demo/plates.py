"""Number plates as the market writes them."""

from collections.abc import Callable
from datetime import date
from random import Random

from services.demo.garage_content import Fuel
from services.demo.market_content import Market

_BRITISH = "ABCDEFGHJKLMNOPRSTUVWXYZ"  # no I and Q
_CHINESE = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I and O
_DIGITS = "0123456789"


def british(area: str, rng: Random, registered: date, fuel: Fuel) -> str:
    """`AB12 CDE`: the two digits tell the half year of first registration (from March 12, from September 62)."""
    region = area + rng.choice(_BRITISH.replace("Z", ""))
    return f"{region}{_half_year(registered):02d} {''.join(rng.choices(_BRITISH, k=3))}"


def _half_year(registered: date) -> int:
    year = registered.year % 100
    if registered.month < 3:
        return year + 49
    return year if registered.month < 9 else year + 50


def chinese(area: str, rng: Random, registered: date, fuel: Fuel) -> str:
    """`粤B·12345`, or for new-energy cars six places that begin with D (electric) or F (plug-in): `粤B·D81206`."""
    if fuel in (Fuel.EV, Fuel.PLUG_IN):
        mark = "D" if fuel is Fuel.EV else "F"
        second = rng.choice(_DIGITS if rng.random() < 0.6 else _CHINESE)
        return f"{area}·{mark}{second}{''.join(rng.choices(_DIGITS, k=4))}"
    return f"{area}·{_five(rng)}"


def _five(rng: Random) -> str:
    """Five places with no more than two letters."""
    places = rng.choices(_DIGITS, k=5)
    for place in rng.sample(range(5), rng.choices((0, 1, 2), (2, 5, 3))[0]):
        places[place] = rng.choice(_CHINESE)
    return "".join(places)


_SHAPES: dict[str, Callable[[str, Random, date, Fuel], str]] = {"GB": british, "CN": chinese}


def make_plate(country: str, market: Market, rng: Random, *, registered: date, fuel: Fuel) -> str:
    """A plate for a car first registered on that day. Raises KeyError for a country without a demo garage."""
    (found,) = rng.choices(market.plate_areas, [area.weight for area in market.plate_areas])
    return _SHAPES[country](found.area, rng, registered, fuel)
