"""Power cuts: kill -9 in the middle of writes, start again; nothing acknowledged is lost and no order is half moved."""

import http.client
import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode, urlsplit

from sqlmodel import select

from db.engine import make_engine
from db.enums import ConsentMethod
from db.models import Attachment, Consent, ConsentItem, Event, Payment, SignInSession, WorkOrder
from services.files import read
from services.order_facts import OrderFacts
from services.order_moves import ORDERS
from services.work import Work, reading
from services.workspace import Workspace
from tests.browser.components_driver import ROOT
from tests.browser.garage import PIN, put_garage, running
from tests.factories import make_garage
from tests.services.order_conditions import all_hold, clocks_never_overlap

ROUNDS = 3
Said = dict[str, int | str]


def test_nothing_acknowledged_is_lost_when_the_program_is_killed(database_url: str, tmp_path: Path) -> None:
    engine, chance = make_engine(database_url), random.Random(7)
    ws = Workspace(make_garage(engine, tmp_path).engine, tmp_path)
    said: list[Said] = []
    for _ in range(ROUNDS):
        said += _write_until_killed(database_url, tmp_path, chance.randint(20, 40), chance.random() / 50)
        with reading(ws) as work:
            _acknowledged_is_there(work, said)
            _nothing_is_half_done(work, tmp_path)
    assert {"approve", "pay", "close"} <= {
        str(one["action"]) for one in said
    }  # it came all the way, and on after each cut
    engine.dispose()


def _write_until_killed(url: str, data_dir: Path, acts: int, then: float) -> list[Said]:
    """Let two tablets work until so many acts were acknowledged, and cut the power a moment later."""
    command = [sys.executable, "-m", "tests.kill_writer", url, str(data_dir)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    lines = [process.stdout.readline() for _ in range(acts)]
    time.sleep(then)
    process.kill()
    rest, errors = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGKILL, errors
    assert errors == ""
    return [json.loads(line) for line in [*lines, *rest.splitlines()]]


def _acknowledged_is_there(work: Work, said: list[Said]) -> None:
    kept = {event.id: (event.subject_id, event.action) for event in work.db.exec(select(Event))}
    for one in said:
        assert kept[int(one["event"])] == (one["order"], one["action"])


def _nothing_is_half_done(work: Work, data_dir: Path) -> None:
    """Judged from the rows alone: statuses and events, consents and what they are about, payments, pictures on disk."""
    orders = work.db.exec(select(WorkOrder)).all()
    for facts in ORDERS.load(work, list(orders)).values():
        all_hold(work, facts)
        _acts_left_their_rows(work, facts)
    clocks_never_overlap(work)
    for picture in work.db.exec(select(Attachment)):
        assert read(data_dir, picture.sha256).startswith(b"\x89PNG")


def _acts_left_their_rows(work: Work, facts: OrderFacts) -> None:
    mine = (Event.subject == "work_order", Event.subject_id == facts.order.id)
    acts = Counter(event.action for event in work.db.exec(select(Event).where(*mine)))
    consents = work.db.exec(select(Consent).where(Consent.order_id == facts.order.id)).all()
    assert len(consents) == acts["approve"]
    for consent in consents:
        items = work.db.exec(select(ConsentItem).where(ConsentItem.consent_id == consent.id)).all()
        assert len(items) == len(facts.lines)
        assert sum(item.total for item in items) == consent.total
        assert (consent.method, bool(consent.signature_id)) == (ConsentMethod.SIGNED, True)
    assert len(work.db.exec(select(Payment).where(Payment.order_id == facts.order.id)).all()) == acts["pay"]
    assert (facts.billed is not None) == bool(acts["bill"])
    assert (facts.exit_pass is not None) == bool(acts["pass_out"])
    assert len(facts.checks) == sum(acts[name] for name in ("pass_self", "pass_team", "pass_final", "check_delivery"))


def test_a_killed_server_starts_again_with_everyone_signed_in(tmp_path: Path) -> None:
    ws = put_garage(tmp_path)
    with running(tmp_path, ws) as house:
        cookies: list[str] = []
        tablets = [Thread(target=_keep_signing_in, args=(house.base, staff, cookies)) for staff in (1, 2, 3)]
        for tablet in tablets:
            tablet.start()
        while len(cookies) < 8:
            time.sleep(0.01)
        house.process.kill()
        for tablet in tablets:
            tablet.join(20)
    with running(tmp_path, ws) as house:
        assert len(house.rows(SignInSession)) >= len(cookies)
        for cookie in cookies:
            assert _ask(house.base, "GET", "/today", cookie)[0] == 200
        assert _ask(house.base, "GET", "/today", "service_lane=nobody")[0] == 303


def _keep_signing_in(base: str, staff: int, cookies: list[str]) -> None:
    """Until nobody answers any more; every cookie handed out is a promise."""
    while True:
        try:
            status, cookie = _ask(base, "POST", "/sign-in", body=urlencode({"staff": staff, "pin": PIN}))
        except (OSError, http.client.HTTPException):
            return
        assert status == 303
        cookies.append(cookie)


def _ask(base: str, method: str, path: str, cookie: str = "", body: str = "") -> tuple[int, str]:
    """The status and the cookie of an answer."""
    place = urlsplit(base)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=20)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, (answer.getheader("Set-Cookie") or "").split(";")[0]
