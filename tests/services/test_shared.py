"""What every tablet reads alike: read once, and anew after any write."""

from contextlib import suppress

from sqlalchemy import text

from db.enums import Role
from db.models import Staff
from services.boards import order_cards
from services.clocks import start
from services.shared import shared
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.shop import in_work


def _seen(ws: Workspace, made: list[int]) -> int:
    def make() -> int:
        made.append(len(made) + 1)
        return made[-1]

    with reading(ws) as work:
        return shared(work, "seen", make)


def test_it_is_read_anew_after_every_write_and_only_then(ws: Workspace) -> None:
    made: list[int] = []
    assert [_seen(ws, made), _seen(ws, made)] == [1, 1]
    with unit_of_work(ws) as work:
        work.garage.grace_minutes = 20
        assert shared(work, "seen", lambda: 99) == 99  # who writes reads for themselves
    assert [_seen(ws, made), _seen(ws, made)] == [2, 2]
    with ws.engine.begin() as other:  # another program on the same database
        other.execute(
            text(
                "INSERT INTO event (subject, subject_id, action, before, after, details, at)"
                " VALUES ('garage', 1, 'changed', '', '', '{}', '2026-11-23 09:00:00')"
            )
        )
    assert _seen(ws, made) == 3


def test_what_failed_to_be_written_changes_nothing(ws: Workspace) -> None:
    made: list[int] = []
    _seen(ws, made)
    with suppress(KeyError), unit_of_work(ws) as work:
        work.garage.grace_minutes = 20
        raise KeyError
    assert _seen(ws, made) == 1


def test_everyone_sees_the_same_cars_as_themselves(ws: Workspace) -> None:
    """The rows are read once; whose clock it is that runs differs from person to person."""
    key = in_work(ws)
    tom, lea = as_role(ws, Role.TECHNICIAN), as_role(ws, Role.TEAM_LEADER)
    with unit_of_work(tom) as work:
        start(work, key)
    seen = []
    for one in (tom, lea, tom):
        with reading(one) as work:
            (card,) = order_cards(work)
            seen.append((card.facts.clocks_mine, card.technician))
    assert seen == [(True, "Tom Technician"), (False, "Tom Technician"), (True, "Tom Technician")]
    with unit_of_work(ws) as work:
        next_name = work.get(Staff, tom.by.id)
        next_name.name = "Thomas"
        work.db.add(next_name)
    with reading(lea) as work:
        assert order_cards(work)[0].technician == "Thomas"
