"""The customer's private page of a visit: in both languages, with its papers, and nothing of the garage's inner matters."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from pypdf import PdfReader
from sqlmodel import select
from starlette.testclient import TestClient

from db.enums import OrderStatus, Role
from db.enums_desk import LinkPurpose
from db.models import OrderLine, WorkOrder
from services.links import give
from services.order_links import KEPT, end_order_link, order_link
from services.work import unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role
from tests.services.paper_orders import PIERCED, bare, everything
from tests.web.conftest import make_client

PAGES = ("", "/work-order.pdf", "/check-in.pdf")


@pytest.fixture
def path(garage: Workspace) -> str:
    """The address of the full order's page."""
    return _path(garage, everything)


def _path(ws: Workspace, make: object) -> str:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        return f"/order/{order_link(work, make(work).id).token}"  # type: ignore[operator]


def _text(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("We are receiving your car", "Ready by", "You pay", "We call you on +44", "Scratch", "Not wanted", "中文")),
     ("zh_CN", ("正在接待您的车辆", "预计交车", "您应付", "划痕", "客户不做的项目", "English"))],
)  # fmt: skip
def test_the_page_is_read_in_both_languages(
    client: TestClient, path: str, language: str, said: tuple[str, ...]
) -> None:
    answer = client.get(path, params={"lang": language})
    assert answer.status_code == 200
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert answer.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    missing = [words for words in (*said, "粤B12345", "£186.75", PIERCED, "£150.00") if words not in answer.text]
    assert not missing


def test_without_a_wish_it_is_the_customers_language(client: TestClient, garage: Workspace, path: str) -> None:
    assert '<html lang="en">' in client.get(path, headers={"accept-language": "zh-CN"}).text
    assert '<html lang="en">' in client.get(path, params={"lang": "xx"}).text


def test_nothing_of_the_garages_inner_matters(client: TestClient, garage: Workspace, path: str) -> None:
    with unit_of_work(garage) as work:
        for line in work.db.exec(select(OrderLine)):
            line.cost, line.supplier = Decimal("12.34"), "Secret Supplies"
        work.db.exec(select(WorkOrder).where(WorkOrder.number != "W250101-01")).one().advice = "Inner note"
    text = client.get(path).text + _text(client.get(path + "/work-order.pdf").content)
    assert not [word for word in ("12.34", "Secret Supplies", "SecretSupplies", "Inner note") if word in text]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(
    ("paper", "titles"), [("work-order", ("Workorder", "任务委托书")), ("check-in", ("Check-insheet", "接车检查单"))]
)
def test_both_papers_come_with_it(
    client: TestClient, path: str, paper: str, titles: tuple[str, str], language: str
) -> None:
    answer = client.get(f"{path}/{paper}.pdf", params={"lang": language})
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert titles[language == "zh_CN"] in _text(answer.content)
    assert client.get(f"{path}/{paper}.pdf", params={"lang": language}).content == answer.content


def test_a_changed_order_is_printed_anew(client: TestClient, garage: Workspace, path: str) -> None:
    before = client.get(path + "/work-order.pdf").content
    with unit_of_work(garage) as work:
        work.db.exec(select(WorkOrder).where(WorkOrder.number != "W250101-01")).one().requests = "Fold the seats back"
    after = client.get(path + "/work-order.pdf").content
    assert "Foldtheseatsback" not in _text(before)
    assert "Foldtheseatsback" in _text(after)


def test_an_order_with_nothing_has_a_page(client: TestClient, garage: Workspace) -> None:
    path = _path(garage, bare)
    assert [client.get(path + part).status_code for part in PAGES] == [200] * 3


def test_it_ends_ninety_days_after_the_visit(garage: Workspace, path: str) -> None:
    with unit_of_work(garage) as work:
        order = work.db.exec(select(WorkOrder).where(WorkOrder.number != "W250101-01")).one()
        order.status, order.closed_at = OrderStatus.CLOSED, MONDAY_9
    for after, status in ((KEPT - timedelta(seconds=1), 200), (KEPT, 404)):
        with make_client(garage.at(MONDAY_9 + after)) as later:
            assert {later.get(path + part).status_code for part in PAGES} == {status}


def test_ended_and_wrong_links_open_nothing(client: TestClient, garage: Workspace, path: str) -> None:
    with unit_of_work(garage) as work:
        other = give(work, LinkPurpose.WELCOME).token
        empty = give(work, LinkPurpose.ORDER, 4711).token
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        order = work.db.exec(select(WorkOrder).where(WorkOrder.number != "W250101-01")).one()
        assert order_link(work, order.id).token in path
        assert end_order_link(work, order.id) == 1
    answers = [client.get(address + part) for address in (path, f"/order/{other}", f"/order/{empty}") for part in PAGES]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


@pytest.mark.parametrize("path", ["/order", "/order/", "/order/a/b", "/order/a/work-order.pdf/b", "/order/a/costs.pdf"])
def test_nothing_beside_is_let_through(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers.get("location", "")[:8]) == (303, "/sign-in")
