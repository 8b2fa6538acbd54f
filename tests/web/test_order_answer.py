"""The customer reads about extra work on the private page and answers it there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from db.enums import Answer, Channel, ConsentMethod, Role, Urgency
from db.enums_workshop import DelayAnswer, DelayReason
from db.models import Attachment, Consent, Delay, OrderLine, WorkOrder
from services.delays import report
from services.extra_work import propose
from services.order_links import order_link
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_name, as_role
from tests.services.test_files import picture
from tests.shop import in_work, lines_of, order_of
from tests.web.conftest import make_client


@dataclass
class Found:
    """Brake pads found on a car in work: safety, with a photo."""

    order: int
    path: str
    job: int
    labour: int
    part: int

    def form(self, **more: str) -> dict[str, str]:
        usual = {"version": "1", "shown_at": "2026-11-23T12:00:00+00:00", "lang": "en", "person": "Grace Field"}
        return usual | more


@pytest.fixture
def client(ws: Workspace) -> Iterator[TestClient]:
    """A customer's browser."""
    with make_client(ws) as browser:
        yield browser


@pytest.fixture
def found(ws: Workspace) -> Found:
    order = in_work(ws)
    with unit_of_work(as_name(ws, "Tom Technician")) as work:
        work.get(WorkOrder, order).promised_at = MONDAY_9 + timedelta(hours=2)
        job = propose(work, order, job_id=2, reason="worn to <b>2 mm</b>", urgency=Urgency.NOW, safety=True,
                      photos=[picture(60, 40, "JPEG")])  # fmt: skip
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        token = order_link(work, order).token
        labour, part = (line.id for line in lines_of(work, order) if line.order_job_id == job.id)
    return Found(order, f"/order/{token}", job.id, labour, part)


def answers(ws: Workspace, found: Found) -> list[Answer]:
    with reading(ws) as work:
        return [work.get(OrderLine, key).answer for key in (found.labour, found.part)]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("We need your answer", "Now", "1 h 30 min", "Without this work the car may not be safe.", "I agree",
             "Ready by, with all of it", "23 November 2026 12:00", "Answer line by line")),
     ("zh_CN", ("我们等您的答复", "1 小时 30 分", "不做此项，车辆可能不安全。", "同意", "2026年11月23日 12:00"))],
)  # fmt: skip
def test_what_was_found_is_read_in_both_languages(
    client: TestClient, found: Found, language: str, said: tuple[str, ...]
) -> None:
    text = client.get(found.path, params={"lang": language}).text
    assert [words for words in (*said, "worn to &lt;b&gt;2 mm&lt;/b&gt;", "£138.00") if words not in text] == []
    assert "£240.75" not in text  # "You pay" counts what is agreed alone


def test_the_photo_opens_with_this_link_alone(client: TestClient, ws: Workspace, found: Found) -> None:
    with reading(ws) as work:
        key = work.db.exec(select(Attachment.id)).one()
    answer = client.get(f"{found.path}/photo/{key}.jpg")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    other = in_work(ws, plate="W 2")
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        token = order_link(work, other).token
    assert {client.get(f"/order/{one}/photo/{n}.jpg").status_code for one, n in ((token, key), ("x", key))} == {404}
    assert client.get(f"{found.path}/photo/{key + 1}.jpg").status_code == 404


def test_one_tap_agrees_to_everything_and_moves_the_promise(client: TestClient, ws: Workspace, found: Found) -> None:
    answer = client.post(found.path, data=found.form(everything="1"))
    assert (answer.status_code, answer.headers["location"]) == (303, f"{found.path}?answered=1&lang=en")
    assert answers(ws, found) == [Answer.AGREED] * 2
    with reading(ws) as work:
        consent = work.db.exec(select(Consent)).one()
        assert (consent.method, consent.person) == (ConsentMethod.LINK, "Grace Field")
    assert order_of(ws, found.order).promised_at == MONDAY_9 + timedelta(hours=3)
    text = client.get(answer.headers["location"]).text
    assert "Thank you. The workshop has your answer." in text
    assert "I agree" not in text


def test_line_by_line(client: TestClient, ws: Workspace, found: Found) -> None:
    form = found.form(**{f"job_{found.job}": "agreed", f"line_{found.part}": "declined"})
    assert client.post(found.path, data=form).status_code == 303
    assert answers(ws, found) == [Answer.AGREED, Answer.DECLINED]


def test_safety_work_is_declined_with_the_warning_read_and_nothing_typed_is_lost(
    client: TestClient, ws: Workspace, found: Found
) -> None:
    form = found.form(**{f"job_{found.job}": "declined"}, lang="zh_CN", person="陈静")
    answer = client.post(found.path, data=form)
    assert answer.status_code == 422
    assert 'value="陈静"' in answer.text
    assert 'value="declined" checked' in answer.text
    assert answers(ws, found) == [Answer.PENDING] * 2
    assert client.post(found.path, data=form | {f"warned_{found.job}": "1"}).status_code == 303
    with reading(ws) as work:
        assert len(work.db.exec(select(Consent)).one().warned or ()) == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [({"person": " "}, "Please fill in"), ({"everything": ""}, ""), ({"version": "0"}, "This has changed meanwhile"),
     ({"version": "x"}, "This has changed meanwhile"), ({"shown_at": "never"}, "This has changed meanwhile")],
)  # fmt: skip
def test_what_does_not_fit_is_said_and_nothing_is_kept(
    client: TestClient, ws: Workspace, found: Found, typed: dict[str, str], words: str
) -> None:
    form = found.form(everything="1") | typed
    if not form["everything"]:
        del form["everything"]
        words = "Please choose an answer first."
    answer = client.post(found.path, data=form)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert answers(ws, found) == [Answer.PENDING] * 2


def test_an_answer_comes_once_and_from_the_page_alone(client: TestClient, ws: Workspace, found: Found) -> None:
    form = found.form(everything="1")
    client.post(found.path, data=form, headers={"sec-fetch-site": "cross-site"})
    assert answers(ws, found) == [Answer.PENDING] * 2
    client.post(found.path, data=form)
    assert client.post(found.path, data=found.form(**{f"job_{found.job}": "declined"})).status_code == 422
    assert answers(ws, found) == [Answer.AGREED] * 2
    assert client.post("/order/unknown", data=form).status_code == 404


@pytest.mark.parametrize(("suits", "answer"), [("1", DelayAnswer.AGREES), ("0", DelayAnswer.SOONER)])
def test_a_new_time_is_answered_on_the_page_without_the_workshops_reasons(
    client: TestClient, ws: Workspace, suits: str, answer: DelayAnswer
) -> None:
    order = in_work(ws)
    with unit_of_work(as_name(ws, "Tom Technician")) as work:
        delay = report(work, order, reason=DelayReason.PEOPLE, minutes=60, note="Ben is ill").id
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        path = f"/order/{order_link(work, order).token}"
    text = client.get(path, params={"lang": "zh_CN"}).text
    assert [words for words in ("我们等您的答复", "2026年11月23日 13:00", "可以接受") if words not in text] == []
    assert not [words for words in ("Ben is ill", "Nobody free", "人手") if words in text]
    form = {"delay": str(delay), "suits": suits, "person": "Grace Field", "lang": "en"}
    assert client.post(path, data=form | {"person": ""}).status_code == 422
    assert client.post(path, data=form).status_code == 303
    with reading(ws) as work:
        kept = work.get(Delay, delay)
        assert (kept.answer, kept.channel, kept.person, kept.told_by_id) == (answer, Channel.WEB, "Grace Field", None)
    moved = answer == DelayAnswer.AGREES
    assert order_of(ws, order).promised_at == MONDAY_9 + timedelta(hours=4 if moved else 3)
    again = client.post(path, data=form)
    assert (again.status_code, "This has changed meanwhile" in again.text) == (422, True)
