"""Recalls and campaigns: which cars they are for, made, changed, refused, done."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from db.campaign_rows import put_ranges
from db.enums import Role
from db.enums_desk import CampaignKind, CampaignStand
from db.models import Campaign, CampaignRange, CarDue, Vehicle
from services.campaign_edit import CampaignTyped, NoCarsNamed, put_campaign, split_vins
from services.campaign_keys import fits, keys_of
from services.campaign_ranges import by_key, filed_for, own_ranges, range_row
from services.campaigns import all_campaigns, mark_done, open_campaigns_for, unknown_vins
from services.catalogue_edit import CodeTaken
from services.due_work import reckon_all
from services.refusals import EndBeforeStart, Missing, NotAllowed, NotNow, Refusal, Stale, TooLong
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car

VIN = "WVWZZZ1JZXW000001"
RECALL = CampaignTyped("R-26-01", CampaignKind.RECALL, "Airbag", date(2026, 11, 1), make="Ford", job_id=2)


def cars(work: Work) -> list[int]:
    return list(work.db.exec(select(CarDue.vehicle_id).order_by(col(CarDue.vehicle_id))))


@pytest.mark.parametrize(
    ("campaign", "meant"),
    [
        ({"make": "FORD"}, True),
        ({"make": "Ford", "model": "focus"}, True),
        ({"make": "Ford", "model": "Foc"}, True),
        ({"make": "Ford", "model": "Fiesta"}, False),
        ({"make": "Opel"}, False),
        ({"registered_from": date(2024, 2, 29), "registered_to": date(2024, 2, 29)}, True),
        ({"registered_from": date(2024, 3, 1)}, False),
        ({"model": "Focus"}, False),
        ({"vins": [VIN]}, True),
        ({"vins": ["X"]}, False),
        ({"make": "Opel", "vins": [VIN]}, True),
        ({"make": "Ford", "registered_from": date(2024, 2, 29)}, True),
        ({"make": "Ford", "registered_to": date(2024, 2, 29)}, True),
        ({"make": "Ford", "registered_from": date(2024, 3, 1)}, False),
        ({"make": "Ford", "registered_to": date(2024, 2, 28)}, False),
    ],
)
def test_a_campaign_fits_by_vin_or_by_make_model_and_registration(campaign: dict[str, object], meant: bool) -> None:
    car = Vehicle(
        customer_id=1, plate="A", make="Ford", model="Focus Estate", vin=VIN, first_registered=date(2024, 2, 29)
    )
    row = Campaign(code="R", kind=CampaignKind.RECALL, title="t", starts_on=date(2026, 1, 1), **campaign)  # type: ignore[arg-type]
    ranges = [CampaignRange(campaign_id=1, **columns) for columns in own_ranges(row)]
    assert bool(filed_for(by_key(ranges), keys_of(car))) is meant


def test_without_a_registration_date_a_span_does_not_fit() -> None:
    span = CampaignRange(campaign_id=1, **range_row(make="Ford", registered_to=date(2026, 1, 1)))
    assert not fits(span, keys_of(Vehicle(customer_id=1, plate="A", make="Ford", model="Focus")))


def test_campaigns_of_older_releases_find_their_cars_after_the_upgrade(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        usual: dict[str, Any] = {
            "kind": CampaignKind.RECALL,
            "title": "t",
            "starts_on": date(2026, 1, 1),
            "created_at": work.now,
        }
        rows = [
            work.add(Campaign(code="A", make="ŠKODA", model="Octavia", registered_to=date(2020, 1, 1), **usual)),
            work.add(Campaign(code="B", vins=[VIN, VIN[:-1] + "2"], **usual)),
        ]
        put_ranges(work.db.connection())
        columns = set(CampaignRange.model_fields) - {"id"}
        kept = [
            one.model_dump(include=columns)
            for one in work.db.exec(select(CampaignRange).order_by(col(CampaignRange.id)))
        ]
        assert kept == [columns | {"campaign_id": row.id, "own": True} for row in rows for columns in own_ranges(row)]


def test_a_new_recall_puts_its_cars_on_the_list_and_a_change_takes_them_off(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        ford, opel = make_car(work), make_car(work, plate="BB22 BBB")
        opel.make = "Opel"
        work.add(opel)
        reckon_all(work)
        row = put_campaign(work, None, RECALL)
        assert cars(work) == [ford.id]
        assert [one.id for one in open_campaigns_for(work, ford.id)] == [row.id]
        assert open_campaigns_for(work, opel.id) == []
        put_campaign(work, row.id, replace(RECALL, make="Opel", kind=CampaignKind.CAMPAIGN), row.version)
        assert cars(work) == [opel.id]
        put_campaign(work, row.id, replace(RECALL, active=False))
        assert cars(work) == []
        assert open_campaigns_for(work, ford.id) == []


def test_a_car_done_is_off_the_list_and_counted(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        first, second = make_car(work), make_car(work, plate="BB22 BBB")
        reckon_all(work)
        row = put_campaign(work, None, RECALL)
        mark_done(work, row.id, first.id)
        assert cars(work) == [second.id]
        assert open_campaigns_for(work, first.id) == []
        with pytest.raises(NotNow):
            mark_done(work, row.id, first.id)
        put_campaign(work, row.id, replace(RECALL, title="Airbag again"))
        assert cars(work) == [second.id]
        (state,) = all_campaigns(work)
        assert (state.to_do, state.done, state.stand) == (1, 1, CampaignStand.RUNNING)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"code": " "}, Missing),
        ({"code": "x" * 41}, TooLong),
        ({"title": ""}, Missing),
        ({"starts_on": None}, Missing),
        ({"ends_on": date(2026, 10, 31)}, EndBeforeStart),
        ({"registered_from": date(2026, 2, 2), "registered_to": date(2026, 2, 1)}, EndBeforeStart),
        ({"make": " ", "vins": []}, NoCarsNamed),
        ({"vins": ["X" * 18]}, TooLong),
        ({"code": "TAKEN"}, CodeTaken),
    ],
)
def test_a_campaign_that_cannot_be_is_refused(ws: Workspace, wrong: dict[str, object], refusal: type[Refusal]) -> None:
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        put_campaign(work, None, replace(RECALL, code="TAKEN"))
    with pytest.raises(refusal), unit_of_work(as_role(ws, Role.MANAGER)) as work:
        put_campaign(work, None, replace(RECALL, **wrong))  # type: ignore[arg-type]


def test_an_old_version_is_refused_and_so_is_another_role(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        row = put_campaign(work, None, RECALL)
        key, version = row.id, row.version
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        put_campaign(work, key, replace(RECALL, title="Other"), version)
    with pytest.raises(Stale), unit_of_work(as_role(ws, Role.MANAGER)) as work:
        put_campaign(work, key, RECALL, version)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        put_campaign(work, key, RECALL)


def test_pasted_vins_are_split_and_unknown_ones_named_but_kept(ws: Workspace) -> None:
    pasted = split_vins(f"{VIN.lower()}, WVWZZZ1JZXW000002;\n{VIN}\tWVWZZZ1JZXW000003")
    assert pasted == [VIN, "WVWZZZ1JZXW000002", "WVWZZZ1JZXW000003"]
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        car = make_car(work)
        car.vin = VIN
        work.add(car)
        assert unknown_vins(work, pasted) == pasted[1:]
        assert put_campaign(work, None, replace(RECALL, make="", vins=pasted)).vins == pasted
