"""Packages of jobs: what is offered, what the manager may write, what a new garage begins with."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine, event
from sqlmodel import select

from db.enums import Role
from db.models import Job, JobPackage, JobPackageItem
from services.packages import MOST_JOBS, PackageNameTaken, TooManyJobs, all_packages, packages, put_package
from services.refusals import Missing, NotAllowed, NotFound, TooLong
from services.setup import set_up_garage
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.services.test_setup import GOOD, empty

__all__ = ["empty"]
OIL, PADS, BATTERY = 1, 2, 3


@pytest.fixture
def manager(ws: Workspace) -> Workspace:
    return as_role(ws, Role.MANAGER)


def test_a_package_is_offered_with_its_time_and_price(manager: Workspace) -> None:
    with unit_of_work(manager) as work:
        put_package(work, None, name="  Service  A ", job_ids=[PADS, OIL, PADS])
        (package,) = packages(work)
        assert (package.name, package.job_ids, package.minutes) == ("Service A", [PADS, OIL], 150)
        assert package.price == Decimal("240.75")


def test_jobs_no_longer_offered_fall_out_and_a_package_without_any_too(manager: Workspace) -> None:
    with unit_of_work(manager) as work:
        put_package(work, None, name="A", job_ids=[OIL, BATTERY])
        put_package(work, None, name="B", job_ids=[BATTERY])
        put_package(work, None, name="C", job_ids=[OIL], active=False)
        work.get(Job, BATTERY).active = False
        work.db.flush()
        assert [(one.name, one.job_ids) for one in packages(work)] == [("A", [OIL])]
        assert [(row.name, jobs) for row, jobs in all_packages(work)] == [
            ("A", [OIL, BATTERY]),
            ("B", [BATTERY]),
            ("C", [OIL]),
        ]


def test_a_package_is_changed_and_keeps_the_order_of_its_jobs(manager: Workspace) -> None:
    with unit_of_work(manager) as work:
        key = put_package(work, None, name="A", job_ids=[OIL, PADS]).id
    with unit_of_work(manager) as work:
        put_package(work, key, name="A", job_ids=[BATTERY, OIL], active=False)
        assert [(row.name, row.active, jobs) for row, jobs in all_packages(work)] == [("A", False, [BATTERY, OIL])]
        assert len(work.db.exec(select(JobPackageItem)).all()) == 2


def test_what_cannot_be_a_package_is_refused(manager: Workspace) -> None:
    with unit_of_work(manager) as work:
        put_package(work, None, name="A", job_ids=[OIL])
        with pytest.raises(PackageNameTaken):
            put_package(work, None, name="A", job_ids=[OIL])
        with pytest.raises(Missing):
            put_package(work, None, name=" ", job_ids=[OIL])
        with pytest.raises(Missing):
            put_package(work, None, name="B", job_ids=[])
        with pytest.raises(TooLong):
            put_package(work, None, name="x" * 121, job_ids=[OIL])
        with pytest.raises(TooManyJobs):
            put_package(work, None, name="B", job_ids=range(1, MOST_JOBS + 2))
        with pytest.raises(NotFound):
            put_package(work, None, name="B", job_ids=[OIL, 99])
        with pytest.raises(NotFound):
            put_package(work, 99, name="B", job_ids=[OIL])


def test_only_the_manager_writes_packages(ws: Workspace) -> None:
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        put_package(work, None, name="A", job_ids=[OIL])


def test_reading_packages_asks_four_queries_however_many_there_are(manager: Workspace, engine: Engine) -> None:
    counted = []
    for number in range(5):
        with unit_of_work(manager) as work:
            put_package(work, None, name=f"P{number}", job_ids=[OIL, PADS])
    with reading(manager) as work:
        assert work.garage.id
        event.listen(engine, "before_cursor_execute", lambda *_: counted.append(1))
        assert len(packages(work)) == 5
    assert len(counted) == 4


@pytest.mark.parametrize(("language", "names"), [("en", "Service A"), ("zh_CN", "A 级保养")])
def test_a_new_garage_begins_with_packages_of_the_jobs_it_can_do(empty: Workspace, language: str, names: str) -> None:
    with unit_of_work(empty) as work:
        set_up_garage(work, replace(GOOD, language=language, bays=[("Lift", "lift"), ("Quick", "quick")]))
    with reading(empty) as work:
        found = packages(work)
        assert any(one.name.startswith(names) for one in found)
        assert all(len(one.job_ids) > 1 for one in found)
        assert len(work.db.exec(select(JobPackage)).all()) == len(found)
