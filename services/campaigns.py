"""Recalls and campaigns: which of them are open for cars, and which of them are done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_
from sqlalchemy.orm import defer
from sqlmodel import col, select

from db.enums_desk import CampaignKind, CampaignStand, OutreachReason
from db.models import Campaign, CampaignCar, CampaignRange, CarDue, Vehicle
from services import permissions as may
from services.campaign_ranges import campaigns_of
from services.normalize import vin as clean_vin
from services.refusals import NotNow
from services.work import Work

REASONS = [OutreachReason(kind.value) for kind in CampaignKind]
# A list of 20,000 VINs is nothing to read for each car.
_BRIEF: Any = select(Campaign).options(defer(Campaign.vins))  # type: ignore[arg-type]


@dataclass(frozen=True)
class CampaignState:
    """A campaign with how many cars in the files are still to do, how many are done, and how many ranges came from a list."""

    row: Campaign
    to_do: int
    done: int
    ranges: int
    stand: CampaignStand


def open_campaigns_for(work: Work, vehicle_id: int) -> list[Campaign]:
    """The recalls and campaigns open for one car today, recalls first. Five queries, however many there are. Raises NotFound."""
    today = work.local(work.now).date()
    found = open_campaigns(work, [work.get(Vehicle, vehicle_id)])[vehicle_id]
    return sorted((one for one in found if one.starts_on <= today), key=lambda one: one.kind != CampaignKind.RECALL)


def open_campaigns(work: Work, cars: Sequence[Vehicle]) -> dict[int, list[Campaign]]:
    """The campaigns that are not over and not done yet, also those still to begin, by car. Four queries for up to a hundred cars.

    Their lists of VINs are not read.
    """
    meant = campaigns_of(work, cars, work.local(work.now).date())
    wanted = {key for keys in meant.values() for key in keys}
    if not wanted:
        return {car.id: [] for car in cars}
    rows = work.db.exec(_BRIEF.where(col(Campaign.id).in_(wanted)).order_by(Campaign.starts_on, Campaign.id)).all()
    pairs = select(CampaignCar.campaign_id, CampaignCar.vehicle_id)
    done = set(work.db.exec(pairs.where(col(CampaignCar.vehicle_id).in_([car.id for car in cars]))))
    return {car.id: [one for one in rows if one.id in meant[car.id] and (one.id, car.id) not in done] for car in cars}


def mark_done(work: Work, campaign_id: int, vehicle_id: int, order_id: int | None = None) -> CampaignCar:
    """The campaign was carried out on the car, on that order or elsewhere. Without an order only those may say so who know
    (NotAllowed). Refuses with NotNow when it was already."""
    if order_id is None:
        work.needs(*may.MARKS_CAMPAIGNS)
    campaign, car = work.get(Campaign, campaign_id), work.lock(Vehicle, vehicle_id)
    if work.db.get(CampaignCar, (campaign_id, vehicle_id)):
        raise NotNow
    row = work.add(
        CampaignCar(campaign_id=campaign.id, vehicle_id=car.id, order_id=order_id, done_at=work.now, by_id=work.by.id)
    )
    for due in work.db.exec(select(CarDue).where(CarDue.vehicle_id == car.id, CarDue.about == str(campaign.id))):
        if due.reason in REASONS:
            work.db.delete(due)
    work.event(car, "campaign_done", code=campaign.code, title=campaign.title)
    return row


def all_campaigns(work: Work, words: str = "", most: int | None = None) -> list[CampaignState]:
    """The campaigns with their cars, the newest first, those whose code or title has the words. At most four queries."""
    today = work.local(work.now).date()
    query = select(Campaign).order_by(col(Campaign.starts_on).desc(), col(Campaign.id).desc()).limit(most)
    if wanted := words.strip():
        said = (col(Campaign.code), col(Campaign.title))
        query = query.where(or_(*(column.icontains(wanted, autoescape=True) for column in said)))
    rows = work.db.exec(query).all()
    keys = [one.id for one in rows]
    mine = (col(CarDue.reason).in_(REASONS), col(CarDue.about).in_([str(key) for key in keys]))
    to_do = _counted(work, select(CarDue.about, func.count()).where(*mine).group_by(col(CarDue.about)))
    done = _counted(work, _per(CampaignCar.campaign_id, keys))
    ranges = _counted(work, _per(CampaignRange.campaign_id, keys).where(~col(CampaignRange.own)))
    return [
        CampaignState(one, to_do.get(str(one.id), 0), done.get(one.id, 0), ranges.get(one.id, 0), _stand(one, today))
        for one in rows
    ]


def unknown_vins(work: Work, vins: Iterable[str]) -> list[str]:
    """Those of the VINs that no car in the files has: a hint, no obstacle. One query."""
    typed = [clean_vin(one) for one in vins]
    known = set(work.db.exec(select(Vehicle.vin).where(col(Vehicle.vin).in_(typed))))
    return [one for one in dict.fromkeys(typed) if one and one not in known]


def _per(column: Any, keys: Sequence[int]) -> Any:
    return select(column, func.count()).where(column.in_(keys)).group_by(column)


def _counted(work: Work, query: Any) -> dict[Any, int]:
    return dict(work.db.exec(query).all())


def _stand(campaign: Campaign, today: date) -> CampaignStand:
    if not campaign.active or (campaign.ends_on is not None and campaign.ends_on < today):
        return CampaignStand.OVER
    return CampaignStand.RUNNING if campaign.starts_on <= today else CampaignStand.AHEAD
