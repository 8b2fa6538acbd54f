"""Starts components_app.py and touches it as fingers do."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parents[2]
READY = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"


@dataclass
class Server:
    base: str
    database: Path
    process: subprocess.Popen[bytes]

    def add_event(self) -> None:
        with sqlite3.connect(self.database) as db:
            db.execute("INSERT INTO event DEFAULT VALUES")

    def touch_something_else(self) -> None:
        with sqlite3.connect(self.database) as db:
            db.execute("INSERT INTO other DEFAULT VALUES")


def start(folder: Path) -> Server:
    database = folder / "feed.db"
    with sqlite3.connect(database) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.executescript("CREATE TABLE event (id INTEGER PRIMARY KEY); CREATE TABLE other (id INTEGER PRIMARY KEY);")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tests.browser.components_server", str(port), str(database)]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stdout=log, stderr=log)
    wait_for(lambda: answers(f"http://127.0.0.1:{port}/_stcore/health"), (folder / "server.log").read_text)
    return Server(f"http://127.0.0.1:{port}", database, process)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def wait_for(what: Callable[[], bool], why: Callable[[], str], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, why()
        time.sleep(0.05)


class Tablet:
    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.touches = page.context.new_cdp_session(page)

    def open(self, query: str) -> None:
        self.page.goto(f"{self.base}/?show={query}")
        expect(self.page.get_by_text("runs=1")).to_be_visible(timeout=20_000)
        self.page.locator(READY).wait_for()

    def tap(self, key: str) -> None:
        self.page.locator(f".st-key-{key} button").tap()

    def log(self) -> list[str]:
        return self.page.locator("[data-testid=stText]").last.inner_text().split("\n")

    def expect_log(self, *lines: str) -> None:
        expect(self.page.locator("[data-testid=stText]").last).to_have_text("\n".join(lines))

    def stroke(self, *points: tuple[float, float], hold: int = 0) -> None:
        """One finger down at the first point, along the others, up at the last; `hold` milliseconds before it moves."""
        for number, (x, y) in enumerate(points):
            kind = "touchMove" if number else "touchStart"
            self.touches.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
            self.page.wait_for_timeout(16 if number else hold)
        self.touches.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def drag(self, thing: Locator, dx: float, dy: float) -> None:
        box = thing.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + 14
        self.stroke((x, y), *((x + dx * step / 8, y + dy * step / 8) for step in range(1, 9)), hold=400)
