"""Recalls and campaigns: which cars they are for, which of them are done, and making them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from db.enums_desk import CampaignKind, CampaignStand
from db.models import Campaign, CampaignCar, CarDue, Vehicle
from services import permissions as may
from services.normalize import vin as clean_vin
from services.refusals import NotNow
from services.work import Work


@dataclass(frozen=True)
class CampaignState:
    """A campaign with how many cars in the files are still to do, and how many are done."""

    row: Campaign
    to_do: int
    done: int
    stand: CampaignStand


def open_campaigns_for(work: Work, vehicle_id: int) -> list[Campaign]:
    """The recalls and campaigns open for one car today, recalls first. Three queries. Raises NotFound."""
    today = work.local(work.now).date()
    found = open_campaigns(work, [work.get(Vehicle, vehicle_id)])[vehicle_id]
    return sorted((one for one in found if one.starts_on <= today), key=lambda one: one.kind != CampaignKind.RECALL)


def open_campaigns(work: Work, cars: Sequence[Vehicle]) -> dict[int, list[Campaign]]:
    """The campaigns that are not over and not done yet, also those still to begin, by car. Two queries."""
    running = [one for one in _standing(work) if any(fits(one, car) for car in cars)]
    pairs = select(CampaignCar.campaign_id, CampaignCar.vehicle_id)
    mine = col(CampaignCar.vehicle_id).in_([car.id for car in cars])
    done = set(work.db.exec(pairs.where(mine)).all()) if running else set()
    return {car.id: [one for one in running if (one.id, car.id) not in done and fits(one, car)] for car in cars}


def fits(campaign: Campaign, car: Vehicle) -> bool:
    """Whether a campaign is for a car: its VIN is listed, or make, model (its beginning) and first registration fit, those of
    them that are given.

    A car without a registration date is not taken for one of a span.
    """
    if car.vin and car.vin in campaign.vins:
        return True
    if not (campaign.make or campaign.registered_from or campaign.registered_to):
        return False
    if campaign.make and campaign.make.casefold() != car.make.strip().casefold():
        return False
    return car.model.strip().casefold().startswith(campaign.model.casefold()) and _registered(campaign, car)


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
        if due.reason.value == campaign.kind.value:
            work.db.delete(due)
    work.event(car, "campaign_done", code=campaign.code, title=campaign.title)
    return row


def all_campaigns(work: Work) -> list[CampaignState]:
    """Every campaign with its cars, the newest first. Three queries."""
    today = work.local(work.now).date()
    to_do = select(CarDue.about, func.count()).where(col(CarDue.reason).in_([kind.value for kind in CampaignKind]))
    waiting = dict(work.db.exec(to_do.group_by(col(CarDue.about))).all())
    done = dict(
        work.db.exec(select(CampaignCar.campaign_id, func.count()).group_by(col(CampaignCar.campaign_id))).all()
    )
    rows = work.db.exec(select(Campaign).order_by(col(Campaign.starts_on).desc(), col(Campaign.id).desc()))
    return [CampaignState(one, waiting.get(str(one.id), 0), done.get(one.id, 0), _stand(one, today)) for one in rows]


def unknown_vins(work: Work, vins: Iterable[str]) -> list[str]:
    """Those of the VINs that no car in the files has: a hint, no obstacle. One query."""
    typed = [clean_vin(one) for one in vins]
    known = set(work.db.exec(select(Vehicle.vin).where(col(Vehicle.vin).in_(typed))))
    return [one for one in dict.fromkeys(typed) if one and one not in known]


def _standing(work: Work) -> list[Campaign]:
    today = work.local(work.now).date()
    not_over = col(Campaign.ends_on).is_(None) | (col(Campaign.ends_on) >= today)
    return list(work.db.exec(select(Campaign).where(col(Campaign.active), not_over).order_by(col(Campaign.starts_on))))


def _registered(campaign: Campaign, car: Vehicle) -> bool:
    first, last, on = campaign.registered_from, campaign.registered_to, car.first_registered
    if first is None and last is None:
        return True
    return on is not None and (first is None or first <= on) and (last is None or on <= last)


def _stand(campaign: Campaign, today: date) -> CampaignStand:
    if not campaign.active or (campaign.ends_on is not None and campaign.ends_on < today):
        return CampaignStand.OVER
    return CampaignStand.RUNNING if campaign.starts_on <= today else CampaignStand.AHEAD
