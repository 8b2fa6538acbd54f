"""The cars recalls and campaigns are for, as rows: written from the form, and looked up for cars by what these are filed under."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, delete, insert, or_
from sqlalchemy import select as sa_select
from sqlmodel import col

from db.models import Campaign, CampaignRange, Vehicle
from services.campaign_keys import CarKeys, fits, folded, keys_of, vin_key
from services.work import Work

_BLANK: dict[str, Any] = {
    "own": False, "make_key": "", "model_key": "", "year_from": None, "year_to": None, "registered_from": None,
    "registered_to": None, "vin_key": "", "vin_from": "", "vin_to": "",
}  # fmt: skip

_AT_ONCE = 100  # cars; each brings up to a hundred values into a statement, which may hold 32,000


def _any(name: str) -> Any:
    return bindparam(name, expanding=True)


# Built once. Both halves are looked up in one index; what it finds is a handful of rows, judged again one by one.
_BY_VIN = col(CampaignRange.vin_key).in_(_any("vins"))
_BY_MODEL = and_(
    col(CampaignRange.vin_key) == "",
    col(CampaignRange.make_key).in_(_any("makes")),
    col(CampaignRange.model_key).in_(_any("models")),
)
_STANDING = and_(
    col(Campaign.active), or_(col(Campaign.ends_on).is_(None), col(Campaign.ends_on) >= bindparam("today"))
)
_OF_STANDING: Any = (
    sa_select(CampaignRange).join(Campaign, col(Campaign.id) == col(CampaignRange.campaign_id)).where(_STANDING)
)
_CANDIDATES = (_OF_STANDING.where(_BY_VIN), _OF_STANDING.where(_BY_MODEL))


def campaigns_of(work: Work, cars: Sequence[Vehicle], today: date) -> dict[int, set[int]]:
    """The ids of the campaigns not over today that are for each car, by the car's id. Two look-ups for every hundred cars,
    however many campaigns there are."""
    found: dict[int, set[int]] = {}
    for at in range(0, len(cars), _AT_ONCE):
        found |= _looked_up(work, {car.id: keys_of(car) for car in cars[at : at + _AT_ONCE]}, today)
    return found


def _looked_up(work: Work, known: dict[int, CarKeys], today: date) -> dict[int, set[int]]:
    vins = {key for car in known.values() for key in car.vin_keys}
    makes = {"", *(car.make for car in known.values())}
    models = {key for car in known.values() for key in car.model_keys}
    values = {"vins": list(vins), "makes": list(makes), "models": list(models), "today": today}
    ranges = [one for query in _CANDIDATES for one in work.db.execute(query, values).scalars()]
    filed = by_key(ranges)
    return {key: {one.campaign_id for one in filed_for(filed, car)} for key, car in known.items()}


Filed = dict[tuple[str, str, str], list[CampaignRange]]


def by_key(ranges: Iterable[CampaignRange]) -> Filed:
    """Ranges by what they are filed under: VINs, or make and model."""
    filed: Filed = defaultdict(list)
    for one in ranges:
        filed[(one.vin_key, "", "") if one.vin_key else ("", one.make_key, one.model_key)].append(one)
    return filed


def filed_for(filed: Filed, car: CarKeys) -> list[CampaignRange]:
    """Those of the ranges that are for a car."""
    places = [(key, "", "") for key in car.vin_keys]
    places += [("", make, model) for make in {"", car.make} for model in car.model_keys]
    return [one for place in places for one in filed.get(place, ()) if fits(one, car)]


def put_own_ranges(work: Work, campaign: Campaign) -> None:
    """Write anew which cars a campaign's form names: make, model and registration, and each VIN listed."""
    work.db.execute(delete(CampaignRange).where(col(CampaignRange.campaign_id) == campaign.id, col(CampaignRange.own)))
    if rows := own_ranges(campaign):
        work.db.execute(insert(CampaignRange), [dict(row, campaign_id=campaign.id, own=True) for row in rows])


def own_ranges(campaign: Campaign) -> list[dict[str, Any]]:
    """The columns of those rows."""
    rows = [range_row(vin_from=vin, vin_to=vin) for vin in campaign.vins]
    if campaign.make or campaign.registered_from or campaign.registered_to:
        rows.append(range_row(make=campaign.make, model=campaign.model, registered_from=campaign.registered_from,
                              registered_to=campaign.registered_to))  # fmt: skip
    return rows


def range_row(
    *, make: str = "", model: str = "", vin_from: str = "", vin_to: str = "", **columns: Any
) -> dict[str, Any]:
    """The columns of one range, with what it is filed under."""
    vin_to = vin_to or vin_from
    keys = {"make_key": folded(make), "model_key": folded(model), "vin_key": vin_key(vin_from, vin_to)}
    return _BLANK | columns | keys | {"vin_from": vin_from, "vin_to": vin_to}
