"""Making and changing recalls and campaigns, and finding the cars they are for."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import col, select

from db.enums_desk import CampaignKind
from db.models import Campaign, CampaignRange, Job, Staff, Vehicle
from services import permissions as may
from services import validate
from services.campaign_cars import find_cars
from services.campaign_ranges import put_own_ranges
from services.catalogue_edit import CodeTaken
from services.i18n import N_
from services.normalize import vin as clean_vin
from services.refusals import EndBeforeStart, Missing, Refusal, Stale
from services.work import Work, last_event

MOST_VINS = 20_000


class NoCarsNamed(Refusal):
    """Say which cars it is for: a make, when they were registered, or a list of VINs."""


class VinsTooMany(Refusal):
    """At most {most} VINs in one campaign."""


@dataclass(frozen=True)
class CampaignTyped:
    """A campaign as typed. `vins` as pasted: divided by anything that is no part of a VIN."""

    code: str
    kind: CampaignKind
    title: str
    starts_on: date | None
    text: str = ""
    make: str = ""
    model: str = ""
    registered_from: date | None = None
    registered_to: date | None = None
    vins: list[str] = field(default_factory=list)
    job_id: int | None = None
    ends_on: date | None = None
    active: bool = True


def put_campaign(work: Work, campaign_id: int | None, typed: CampaignTyped, version: int | None = None) -> Campaign:
    """Change a campaign, or make one (`campaign_id` None), and put its cars on the list to call.

    Refuses with NotAllowed, Missing, TooLong, EndBeforeStart (either span), NoCarsNamed, VinsTooMany, CodeTaken, and Stale when
    `version` is not the newest. VINs that no car has are kept: the car may still come.
    """
    work.needs(*may.RUNS_CAMPAIGNS)
    row = _fresh(work, campaign_id, version) if campaign_id else None
    columns = _columns(work, typed, campaign_id)
    if row is None:
        row = work.add(Campaign(created_at=work.now, **columns))
    else:
        for name, value in columns.items():
            setattr(row, name, value)
        work.add(row)
    work.event(row, "changed" if campaign_id else "added", code=row.code, title=row.title)
    put_own_ranges(work, row)
    find_cars(work, [row])
    return row


def split_vins(pasted: str) -> list[str]:
    """The VINs in a pasted text, one after the other, each once."""
    words = "".join(char if char.isalnum() else " " for char in pasted).split()
    return list(dict.fromkeys(filter(None, map(clean_vin, words))))


def known_makes(work: Work) -> list[str]:
    """The makes of the cars in the files, to choose from."""
    makes = select(Vehicle.make).where(Vehicle.make != "").distinct().order_by(Vehicle.make)
    return list(work.db.exec(makes))


def _columns(work: Work, typed: CampaignTyped, own: int | None) -> dict[str, Any]:
    code = validate.line(typed.code, N_("Code"), 40)
    if work.db.exec(select(Campaign.id).where(Campaign.code == code, Campaign.id != (own or 0))).first():
        raise CodeTaken(code=code)
    title = validate.line(typed.title, N_("What it is about"), 160)
    if typed.starts_on is None:
        raise Missing(field=N_("Begins on"))
    _forward(typed.starts_on, typed.ends_on)
    _forward(typed.registered_from, typed.registered_to)
    vins = [validate.text(one, N_("VIN"), 17) for one in typed.vins]
    if len(vins) > MOST_VINS:
        raise VinsTooMany(most=MOST_VINS)
    make = validate.line(typed.make, N_("Make"), 60, needed=False)
    if not (make or vins or typed.registered_from or typed.registered_to or _listed(work, own)):
        raise NoCarsNamed
    return {
        "code": code, "kind": CampaignKind(typed.kind), "title": title, "make": make, "vins": vins, "active": typed.active,
        "text": validate.text(typed.text, N_("Text"), 2000, needed=False),
        "model": validate.line(typed.model, N_("Model"), 80, needed=False),
        "registered_from": typed.registered_from, "registered_to": typed.registered_to,
        "job_id": work.get(Job, typed.job_id).id if typed.job_id else None,
        "starts_on": typed.starts_on, "ends_on": typed.ends_on,
    }  # fmt: skip


def _listed(work: Work, key: int | None) -> bool:
    """Whether a list names cars for it."""
    mine = select(CampaignRange.id).where(CampaignRange.campaign_id == key, ~col(CampaignRange.own))
    return key is not None and work.db.exec(mine).first() is not None


def _forward(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise EndBeforeStart


def _fresh(work: Work, key: int, version: int | None) -> Campaign:
    row = work.lock(Campaign, key)
    if version is not None and row.version != version:
        event = last_event(work, row)
        who = work.db.get(Staff, event.by_id) if event and event.by_id else None
        at = work.local(event.at if event else work.now).strftime("%H:%M")
        raise Stale(name=who.name if who else N_("Someone"), at=at)
    return row
