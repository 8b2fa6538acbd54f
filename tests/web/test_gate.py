"""Only a live session comes through the gate."""

from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from db.models import SignInSession
from services.sign_in import LASTS
from services.staff import set_active
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9
from tests.web.conftest import TOM, make_client


def _session(ws: Workspace) -> str:
    with reading(ws) as work:
        return str(work.db.exec(select(SignInSession.id)).one())


def test_an_anonymous_page_leads_to_sign_in_and_back_to_itself(client: TestClient) -> None:
    answer = client.get("/today?order=12&x=a b")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Ftoday%3Forder%3D12%26x%3Da%2520b"


@pytest.mark.parametrize(
    "path", ["/media/a.png", "/_stcore/upload_file/1", "/_stcore/host-config", "/component/x/index.html"]
)
def test_files_and_streamlits_own_addresses_are_refused(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 401


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_is_written_without_a_session(client: TestClient, method: str) -> None:
    assert client.request(method, "/_stcore/upload_file/1").status_code == 401
    assert client.request(method, "/today").status_code == 401


def test_the_websocket_is_refused(client: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect("/_stcore/stream"):
        pass
    assert refused.value.code == 1008


def test_health_needs_no_session(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})


def test_a_session_opens_pages_files_and_websocket_and_is_named_to_streamlit(
    tom: TestClient, garage: Workspace
) -> None:
    sid = [_session(garage)]
    assert tom.get("/today").json() == {"path": "/today", "sid": sid}
    assert tom.get("/media/a.png").json()["sid"] == sid
    with tom.websocket_connect("/_stcore/stream") as socket:
        assert socket.receive_json() == {"sid": sid}


@pytest.mark.parametrize(
    "name", ["X-Service-Lane-Sid", "x-service-lane-SID", "X_Service_Lane_Sid", "X-Service-Lane-Role"]
)
def test_a_header_of_the_clients_own_is_dropped(tom: TestClient, garage: Workspace, name: str) -> None:
    assert tom.get("/today", headers={name: "999"}).json()["sid"] == [_session(garage)]
    tom.cookies.clear()
    assert tom.get("/today", headers={name: "1"}).status_code == 303
    with pytest.raises(WebSocketDisconnect), tom.websocket_connect("/_stcore/stream", headers={name: "1"}):
        pass


@pytest.mark.parametrize("cookie", ["service_lane=", "service_lane=guess", "service_lane", "=;;;", "service_lane=\xff"])
def test_a_made_up_cookie_opens_nothing(client: TestClient, cookie: str) -> None:
    assert client.get("/today", headers={b"cookie": cookie.encode("latin-1")}).status_code == 303


def test_other_programs_strange_cookies_do_no_harm(tom: TestClient) -> None:
    token = tom.cookies["service_lane"]
    assert tom.get("/today", headers={"cookie": f'a[b]="x; {{"y": 1}}; service_lane={token}'}).status_code == 200


def test_the_session_is_over_at_its_end(tom: TestClient, garage: Workspace) -> None:
    later = make_client(garage.at(MONDAY_9 + LASTS - timedelta(seconds=1)))
    later.cookies = tom.cookies
    assert later.get("/today").status_code == 200
    over = make_client(garage.at(MONDAY_9 + LASTS))
    over.cookies = tom.cookies
    assert over.get("/today").status_code == 303


def test_an_ended_row_refuses_the_very_next_request(tom: TestClient, garage: Workspace) -> None:
    assert tom.get("/today").status_code == 200
    with unit_of_work(garage) as work:
        work.get(SignInSession, int(_session(garage))).ended_at = work.now
    assert tom.get("/today").status_code == 303
    assert tom.get("/media/a.png").status_code == 401


def test_somebody_who_left_does_not_come_in_with_the_old_cookie(tom: TestClient, garage: Workspace) -> None:
    with unit_of_work(garage) as work:
        set_active(work, int(TOM), active=False)
    assert tom.get("/today").status_code == 303


@pytest.mark.parametrize("path", ["/today", "/sign-in", "/healthz", "/media/a.png"])
def test_every_answer_says_what_the_page_may_do(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["x-content-type-options"] == "nosniff"
    assert (
        "object-src 'none'" in headers["content-security-policy"]
        or "default-src 'none'" in headers["content-security-policy"]
    )
    assert "unsafe-eval" not in client.get("/sign-in").headers["content-security-policy"]


def test_before_there_is_a_garage_everything_leads_to_the_first_run(untouched: TestClient) -> None:
    for path in ("/", "/today", "/sign-in", "/media/a.png"):
        answer = untouched.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/setup")
    assert untouched.get("/setup").status_code == 200
    assert untouched.get("/healthz").status_code == 200
    with pytest.raises(WebSocketDisconnect), untouched.websocket_connect("/_stcore/stream"):
        pass


def test_once_there_is_a_garage_the_first_run_is_gone(client: TestClient) -> None:
    for method in ("GET", "POST"):
        answer = client.request(method, "/setup")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.post("/setup/demo").headers["location"] == "/"
