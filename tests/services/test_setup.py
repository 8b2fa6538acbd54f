"""The first run of an empty database."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from db.enums import Role
from db.models import Bay, Garage, Staff, StaffRole
from services.normalize import BadPhone
from services.opening import NoHours, week
from services.pins import BadPin
from services.refusals import EndBeforeStart, Missing, TooLong
from services.setup import AlreadySetUp, NewGarage, currencies, is_set_up, set_up_garage, zones
from services.sign_in import sign_in
from services.validate import BadTime, NotInList
from services.work import reading, unit_of_work
from services.workspace import Workspace

GOOD = NewGarage(
    name="Mill Lane Garage",
    address="1 Mill Lane, London",
    phone="020 7946 0958",
    zone="Europe/London",
    currency="GBP",
    language="en",
    hours={0: ("08:00", "18:00"), 5: ("9", "13:00"), 6: ("", "")},
    bays=[("Lift 1", "lift"), ("", "lift"), ("Pit", "diagnosis")],
    manager="Max Manager",
    pin="4711",
)


@pytest.fixture
def empty(engine: Engine, tmp_path: Path) -> Workspace:
    """A database without a garage."""
    return Workspace(engine, tmp_path)


def test_a_garage_is_set_up_and_its_manager_can_sign_in(empty: Workspace) -> None:
    with reading(empty) as work:
        assert not is_set_up(work)
    with unit_of_work(empty) as work:
        manager = set_up_garage(work, GOOD)
    assert sign_in(empty, manager.id, "4711")
    with reading(empty) as work:
        garage = work.db.exec(select(Garage)).one()
        assert (garage.name, garage.country, garage.currency, garage.demo) == ("Mill Lane Garage", "GB", "GBP", False)
        assert garage.phone == "020 7946 0958"
        assert week(work) == {0: (480, 1080), 5: (540, 780)}
        assert [(bay.name, bay.kind.value) for bay in work.db.exec(select(Bay).order_by(col(Bay.position)))] == [
            ("Lift 1", "lift"),
            ("Pit", "diagnosis"),
        ]
        assert work.db.exec(select(StaffRole.role)).all() == [Role.MANAGER]


def test_a_chinese_garage_reads_chinese_phones(empty: Workspace) -> None:
    chinese = replace(
        GOOD, name="大通汽修", zone="Asia/Shanghai", currency="CNY", language="zh_CN", phone="021-6888 1234"
    )
    with unit_of_work(empty) as work:
        set_up_garage(work, chinese)
    with reading(empty) as work:
        assert work.garage.country == "CN"


def test_a_second_set_up_is_refused(empty: Workspace) -> None:
    with unit_of_work(empty) as work:
        set_up_garage(work, GOOD)
    with pytest.raises(AlreadySetUp), unit_of_work(empty) as work:
        set_up_garage(work, replace(GOOD, name="Another"))


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"name": "  "}, Missing),
        ({"name": "x" * 121}, TooLong),
        ({"address": ""}, Missing),
        ({"phone": "call us"}, BadPhone),
        ({"zone": "Mars/Olympus"}, NotInList),
        ({"zone": ""}, Missing),
        ({"currency": "DOGE"}, NotInList),
        ({"language": "tlh"}, NotInList),
        ({"hours": {}}, NoHours),
        ({"hours": {0: ("18:00", "08:00")}}, EndBeforeStart),
        ({"hours": {0: ("08:00", "")}}, BadTime),
        ({"bays": []}, Missing),
        ({"bays": [("Lift", "rocket")]}, NotInList),
        ({"bays": [("x" * 41, "lift")]}, TooLong),
        ({"manager": ""}, Missing),
        ({"pin": "abcd"}, BadPin),
        ({"pin": "123"}, BadPin),
        ({"pin": ""}, Missing),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_kept(
    empty: Workspace, wrong: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal), unit_of_work(empty) as work:
        set_up_garage(work, replace(GOOD, **wrong))  # type: ignore[arg-type]
    with reading(empty) as work:
        assert not is_set_up(work)
        assert work.db.exec(select(Staff)).all() == []
        assert work.db.exec(select(Bay)).all() == []


def test_every_time_zone_has_a_country_and_every_currency_a_name() -> None:
    assert zones()["Asia/Shanghai"] == "CN"
    assert zones()["Europe/London"] == "GB"
    assert {len(country) for country in zones().values()} == {2}
    assert currencies("zh_CN")["CNY"] == "人民币"
    assert {"GBP", "EUR", "JPY", "KWD"} <= currencies("en").keys()
