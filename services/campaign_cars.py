"""Which cars in the files recalls and campaigns are for: the list to call."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from db.enums_desk import OutreachReason
from db.models import Campaign, CampaignCar, CampaignRange, CarDue, Vehicle
from services.campaign_keys import WHOLE, CarKeys, folded, model_year, unchecked
from services.campaign_ranges import Filed, by_key, filed_for
from services.campaigns import REASONS
from services.work import Work

_AT_ONCE = 1000
_CARS: Any = sa_select(Vehicle.id, Vehicle.vin, Vehicle.make, Vehicle.model, Vehicle.first_registered)  # type: ignore[call-overload]

_RANGES: Any = sa_select(CampaignRange.__table__)  # type: ignore[attr-defined]  # plain columns: there may be 100,000 of them


def find_cars(work: Work, campaigns: Sequence[Campaign]) -> int:
    """Put the cars of campaigns on the list to call, or off it; returns how many entries there are now.

    Every car in the files is read once, however many campaigns.
    """
    for some in _batches(campaigns):
        mine = col(CarDue.about).in_([str(one.id) for one in some])
        work.db.execute(delete(CarDue).where(col(CarDue.reason).in_(REASONS), mine))
    running = {one.id: one for one in campaigns if one.active}
    rows = [_due(running[key], car) for key, car in _pairs(work, list(running))]
    for some_rows in _batches(rows):
        work.db.execute(insert(CarDue), list(some_rows))
    return len(rows)


def _pairs(work: Work, keys: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each campaign with each car it is for and was not carried out on."""
    if not keys:
        return
    ranges: list[Any] = []
    done: dict[int, set[int]] = defaultdict(set)
    for some in _batches(keys):
        ranges += work.db.execute(_RANGES.where(col(CampaignRange.campaign_id).in_(some)))
        for row in work.db.exec(select(CampaignCar).where(col(CampaignCar.campaign_id).in_(some))):
            done[row.vehicle_id].add(row.campaign_id)
    filed = by_key(ranges)
    near = _may_concern(filed)
    for car, vin, make, model, on in work.db.execute(_CARS):
        if not near(vin or "", make):
            continue
        meant = CarKeys(vin or "", folded(make), folded(model), model_year(vin or "", on), on)
        yield from ((key, car) for key in {one.campaign_id for one in filed_for(filed, meant)} - done[car])


def _may_concern(filed: Filed) -> Callable[[str, str], bool]:
    """A quick no for the many cars that nothing is for, by VIN and make."""
    vins = {key for key, _, _ in filed if key}
    lengths = sorted({len(key) for key in vins} - {WHOLE})
    makes = {make for key, make, _ in filed if not key}

    def near(vin: str, make: str) -> bool:
        if vin in vins or "" in makes or (makes and folded(make) in makes):
            return True
        bare = unchecked(vin)
        return any(bare[:length] in vins for length in lengths)

    return near


def _due(campaign: Campaign, car: int) -> dict[str, Any]:
    return {"vehicle_id": car, "reason": OutreachReason(campaign.kind.value), "about": str(campaign.id),
            "due_on": campaign.starts_on, "until": campaign.ends_on, "what": campaign.title}  # fmt: skip


def _batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE))
