"""The feed wakes listeners for each new event, on both databases, and for nothing else."""

import asyncio
from collections.abc import AsyncIterator

from sqlalchemy import Connection, Engine, text

from web.live_feed import Feed, _Probe


def add_event(db: Connection, number: int) -> None:
    db.execute(
        text(
            "INSERT INTO event (id, subject, subject_id, action, before, after, details, at)"
            " VALUES (:id, 'order', 1, 'test', '', '', '{}', '2026-11-23 09:00:00')"
        ),
        {"id": number},
    )


def test_the_version_changes_with_an_event_and_not_with_another_write(engine: Engine) -> None:
    with _Probe(engine) as probe:
        empty = probe.version()
        with engine.begin() as db:
            db.execute(text("INSERT INTO number_series (kind, period, last) VALUES ('test', '2026', 1)"))
        assert probe.version() == empty
        with engine.begin() as db:
            add_event(db, 9)
        assert probe.version() != empty


def test_an_event_committed_behind_a_newer_one_is_noticed(engine: Engine) -> None:
    with _Probe(engine) as probe:
        with engine.begin() as db:
            add_event(db, 9)
        newer = probe.version()
        with engine.begin() as db:
            add_event(db, 8)
        assert probe.version() != newer


async def next_version(lines: AsyncIterator[str]) -> str:
    async for line in lines:
        if line.startswith("data:"):
            return line
    return ""


def test_a_listener_hears_the_version_at_once_then_each_new_one_and_the_end() -> None:
    async def listen() -> list[str]:
        feed = Feed()
        feed.publish("1-1")
        lines = feed.lines()
        heard = [await next_version(lines)]
        feed.publish("1-1")
        feed.publish("2-3")
        heard.append(await next_version(lines))
        feed.close()
        heard.append(await next_version(lines))
        return heard

    assert asyncio.run(listen()) == ["data: 1-1\n\n", "data: 2-3\n\n", ""]
