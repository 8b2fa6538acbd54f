"""The customer of a ready car chooses on the private page when to come."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from db.enums import Channel, Role
from db.models import WorkOrder
from services.delivery import attempts, check_delivery, tell
from services.order_links import order_link
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import EVERYTHING, make_ready
from tests.factories import MONDAY_9, as_role
from tests.web.conftest import make_client


@pytest.fixture
def client(ws: Workspace) -> Iterator[TestClient]:
    """A customer's browser."""
    with make_client(ws) as browser:
        yield browser


def test_a_time_is_chosen_once_and_can_be_chosen_anew(client: TestClient, ws: Workspace) -> None:
    order_id, at = make_ready(ws), MONDAY_9 + timedelta(hours=1)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        path = f"/order/{order_link(work, order_id).token}"
    assert "pick-up" not in client.get(path).text
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        check_delivery(work, order_id, items=EVERYTHING)
        tell(work, order_id, channel=Channel.PHONE)
    text = client.get(path, params={"lang": "zh_CN"}).text
    assert [words for words in ("您何时来取车", "2026年11月23日 星期一", at.isoformat()) if words not in text] == []
    form = {"pick_up": "1", "lang": "en"}
    assert "choose an answer" in client.post(path, data=form).text
    assert client.post(path, data=form | {"at": "2026-11-23T03:00:00+00:00"}).status_code == 422  # the garage is closed
    assert (
        client.post(path, data=form | {"at": at.isoformat()}, headers={"sec-fetch-site": "cross-site"}).status_code
        == 200
    )
    kept = client.post(path, data=form | {"at": at.isoformat()})
    assert kept.status_code == 303
    text = client.get(kept.headers["location"]).text
    assert [words for words in ("Thank you. We expect you then.", "23 November 2026 10:00") if words not in text] == []
    again = client.post(path, data=form | {"at": at.isoformat()})
    assert (again.status_code, "This has changed meanwhile" in again.text) == (422, True)
    with reading(ws) as work:
        assert work.get(WorkOrder, order_id).pick_up_at == at
        assert [one.channel for one in attempts(work, order_id)] == [Channel.PHONE, Channel.WEB]
