"""What was begun is kept for its person, comes back as it was, and is forgotten in time."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from db.enums import Channel, Role
from services.drafts import FORGOTTEN, finish, keep, pack, put_aside, take, unpack
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_name, as_role


@pytest.fixture
def advisor(ws: Workspace) -> Workspace:
    return as_role(ws, Role.ADVISOR)


def begin(ws: Workspace, **data: Any) -> None:
    with unit_of_work(ws) as work:
        keep(work, "booking", data)


def begun(ws: Workspace) -> dict[str, Any]:
    with reading(ws) as work:
        return take(work, "booking")


@pytest.mark.parametrize(
    "value",
    [
        None, True, 3, "曾静", ["a", 1], {"noise": {"when": ["cold"]}}, {}, date(2026, 2, 28), time(9, 15), Channel.WECHAT,
        datetime(2026, 11, 24, 10, tzinfo=UTC),
    ],
)  # fmt: skip
def test_what_is_packed_comes_back_the_same(advisor: Workspace, value: Any) -> None:
    begin(advisor, one=pack(value))
    found = unpack(begun(advisor)["one"])
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    "packed", [{"$planet": "Mars"}, {"$choice": ["Channel", "pigeon"]}, {"$choice": ["Work", "x"]}, {"$date": "soon"}]
)
def test_what_can_no_longer_be_read_says_so(packed: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpack(packed)


def test_a_draft_belongs_to_one_person_at_all_their_tablets(advisor: Workspace) -> None:
    begin(advisor, jobs=[1])
    begin(advisor, jobs=[1, 2])
    assert begun(as_role(advisor, Role.ADVISOR)) == {"jobs": [1, 2]}
    assert begun(as_name(advisor, "Max Manager")) == {}


def test_nothing_to_keep_and_a_finished_draft_leave_nothing(advisor: Workspace) -> None:
    begin(advisor, jobs=[1])
    begin(advisor)
    assert begun(advisor) == {}
    begin(advisor, jobs=[1])
    with unit_of_work(advisor) as work:
        finish(work, "booking")
    assert begun(advisor) == {}


def test_a_draft_is_forgotten_after_a_week(advisor: Workspace) -> None:
    begin(advisor, jobs=[1])
    assert begun(advisor.at(MONDAY_9 + FORGOTTEN)) == {"jobs": [1]}
    assert begun(advisor.at(MONDAY_9 + FORGOTTEN + timedelta(seconds=1))) == {}


def test_a_draft_put_aside_comes_back_when_those_begun_after_it_are_finished(advisor: Workspace) -> None:
    begin(advisor, jobs=[1])
    for other in ([2], [3]):
        with unit_of_work(advisor) as work:
            put_aside(work, "booking")
        assert begun(advisor) == {}
        begin(advisor, jobs=other)
    with unit_of_work(advisor) as work:
        finish(work, "booking")
    assert begun(advisor) == {"jobs": [1]}
