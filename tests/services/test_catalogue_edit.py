"""What the garage offers: made, changed, refused; and what a new garage begins with."""

from dataclasses import replace
from decimal import Decimal

import pytest

from db.enums import BayKind, Role, Skill
from db.models import Job
from services.catalogue_edit import CodeTaken, JobTyped, all_jobs, put_common_jobs, put_job
from services.refusals import Missing, NotAllowed, OutOfRange, Refusal, TooLong
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role

JOB = JobTyped("WIP", "Change wiper blades", "quick", Decimal("0.25"), Decimal("12.50"), BayKind.QUICK, Skill.SERVICE)


def test_a_manager_makes_a_job_and_changes_it(ws: Workspace) -> None:
    manager = as_role(ws, Role.MANAGER)
    with unit_of_work(manager) as work:
        key = put_job(work, None, JOB).id
    with unit_of_work(manager) as work:
        put_job(work, key, replace(JOB, hours=Decimal("0.5"), active=False, people=2))
    with reading(ws) as work:
        row = work.get(Job, key)
        assert (row.code, row.minutes, row.price, row.active, row.people) == ("WIP", 30, Decimal("12.50"), False, 2)
        assert all_jobs(work)[-1].id == key


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"code": " "}, Missing),
        ({"name": ""}, Missing),
        ({"name": "x" * 121}, TooLong),
        ({"hours": Decimal(0)}, OutOfRange),
        ({"price": Decimal(-1)}, OutOfRange),
        ({"people": 3}, OutOfRange),
        ({"code": "SVC"}, CodeTaken),
    ],
)
def test_a_job_that_cannot_be_is_refused(ws: Workspace, wrong: dict[str, object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal), unit_of_work(as_role(ws, Role.MANAGER)) as work:
        put_job(work, None, replace(JOB, **wrong))  # type: ignore[arg-type]


def test_only_a_manager_may(ws: Workspace) -> None:
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        put_job(work, None, JOB)


def test_a_new_garage_begins_with_the_jobs_its_bays_can_do(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        before = len(all_jobs(work))
        put_common_jobs(work)
        kinds = {job.bay_kind for job in all_jobs(work)}
        made = len(all_jobs(work)) - before
    assert kinds == {BayKind.LIFT, BayKind.QUICK}
    assert made > 40
