"""The unit of work: all or nothing, once and no more, and nothing lost between two people."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from db.enums import BayKind, OrderStatus, Role
from db.models import Bay, Event, Garage, Reservation, WorkOrder
from services.arrivals import walk_in
from services.order_moves import ORDERS
from services.refusals import AlreadyDone, NotAllowed, NotFound, Refusal, SlotTaken, WrongStatus
from services.work import Work, last_event, reading, unit_of_work
from services.workflow import advance
from services.workspace import Workspace, open_sandbox, wipe_sandbox
from tests.factories import as_role, make_car


def test_an_exception_leaves_nothing_behind(ws: Workspace) -> None:
    with pytest.raises(NotFound), unit_of_work(ws) as work:
        _make_a_bay_and_fail(work)
    with reading(ws) as work:
        assert "Nowhere" not in [bay.name for bay in work.db.exec(select(Bay))]


def test_the_same_tap_twice_is_refused_the_second_time(ws: Workspace) -> None:
    for expected in (True, False):
        if expected:
            with unit_of_work(ws, once="tap-1") as work:
                work.add(Bay(name="Once", kind=BayKind.LIFT))
        else:
            with pytest.raises(AlreadyDone), unit_of_work(ws, once="tap-1") as work:
                work.add(Bay(name="Twice", kind=BayKind.LIFT))
    with reading(ws) as work:
        assert [b.name for b in work.db.exec(select(Bay)) if b.name in ("Once", "Twice")] == ["Once"]


def test_a_refused_act_does_not_use_up_its_token(ws: Workspace) -> None:
    with pytest.raises(NotFound), unit_of_work(ws, once="tap-2") as work:
        work.get(Bay, 999)
    with unit_of_work(ws, once="tap-2") as work:
        assert work.get(Bay, 1).name == "Lift 1"


@pytest.mark.parametrize(("after", "length"), [(0, 60), (30, 15), (-30, 60), (-60, 200), (59, 1)])
@pytest.mark.parametrize("resource", ["bay_id", "staff_id"])
def test_the_database_refuses_overlapping_reservations(ws: Workspace, resource: str, after: int, length: int) -> None:
    with unit_of_work(ws) as work:
        _reserve(work, resource, 0, 60)
    with pytest.raises(SlotTaken), unit_of_work(ws) as work:
        _reserve(work, resource, after, length)


@pytest.mark.parametrize(("after", "length"), [(60, 30), (-30, 30), (120, 1)])
def test_reservations_that_only_touch_are_fine(ws: Workspace, after: int, length: int) -> None:
    with unit_of_work(ws) as work:
        _reserve(work, "bay_id", 0, 60)
        _reserve(work, "bay_id", after, length)
        _reserve(work, "staff_id", 0, 60)


def test_moving_a_reservation_onto_another_is_refused(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        _reserve(work, "bay_id", 0, 60)
        later = _reserve(work, "bay_id", 90, 60)
    with pytest.raises(SlotTaken), unit_of_work(ws) as work:
        work.get(Reservation, later.id).starts_at = work.now + timedelta(minutes=30)


@pytest.mark.parametrize("statement", ["UPDATE event SET action = 'x'", "DELETE FROM event"])
def test_history_cannot_be_changed(ws: Workspace, statement: str) -> None:
    with unit_of_work(ws) as work:
        work.event(work.get(Bay, 1), "changed")
    with pytest.raises(DBAPIError, match="append-only"), unit_of_work(ws) as work:
        work.db.execute(text(statement))


def test_advance_writes_the_status_and_the_event_together(ws: Workspace) -> None:
    order = _order(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        row = advance(work, ORDERS, order, "cancel", reason="gone")
        event = last_event(work, row)
    assert row.status == OrderStatus.CANCELLED
    assert event is not None
    assert (event.before, event.after, event.details) == ("reception", "cancelled", {"reason": "gone"})


def test_advance_refuses_a_role_that_may_not(ws: Workspace) -> None:
    order = _order(ws)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        advance(work, ORDERS, order, "cancel")


def test_the_second_of_two_people_is_told_what_it_is_now(ws: Workspace) -> None:
    order = _order(ws)
    advisor = as_role(ws, Role.ADVISOR)
    with unit_of_work(advisor) as work:
        advance(work, ORDERS, order, "cancel")
    with pytest.raises(WrongStatus) as caught, unit_of_work(advisor) as work:
        advance(work, ORDERS, order, "cancel")
    assert caught.value.say("en") == "This was already changed by someone else: it is now “Cancelled”."
    assert caught.value.say("zh_CN") == "已被他人更改：现在是“已取消”。"


def test_every_change_counts_the_version(ws: Workspace) -> None:
    order = _order(ws)
    with unit_of_work(ws) as work:
        work.get(WorkOrder, order).place = "Yard 3"
    with reading(ws) as work:
        assert work.get(WorkOrder, order).version == 2


def test_a_sandbox_has_its_own_data_and_clock(ws: Workspace, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = ws.data_dir.parent / sqlite_url.rsplit("/", 1)[1]
    sandbox = open_sandbox("class", prepared, ahead=timedelta(days=1))
    with unit_of_work(sandbox) as work:
        work.add(Bay(name="Sand", kind=BayKind.LIFT))
        ahead = work.now
    with reading(ws) as work:
        assert "Sand" not in [bay.name for bay in work.db.exec(select(Bay))]
    assert ahead > open_sandbox("class", prepared).clock() + timedelta(hours=23)
    wipe_sandbox("class")
    with reading(open_sandbox("class", prepared)) as work:
        assert "Sand" not in [bay.name for bay in work.db.exec(select(Bay))]


def _reserve(work: Work, resource: str, after: int, length: int) -> Reservation:
    starts = work.now + timedelta(minutes=after)
    return work.add(Reservation(**{resource: 1}, starts_at=starts, ends_at=starts + timedelta(minutes=length)))


def _make_a_bay_and_fail(work: Work) -> None:
    work.add(Bay(name="Nowhere", kind=BayKind.LIFT))
    raise NotFound


def _order(ws: Workspace) -> int:
    with unit_of_work(ws) as work:
        return walk_in(work, vehicle_id=make_car(work).id, concern="It squeaks").id


def test_events_are_written_by_whoever_acts(ws: Workspace) -> None:
    order = _order(ws)
    with reading(ws) as work:
        events = work.db.exec(select(Event).where(Event.subject == "work_order", Event.subject_id == order)).all()
    assert [(e.by_id, e.at) for e in events] == [(None, ws.clock())]


def test_a_refusal_may_name_its_details_as_it_likes() -> None:
    class Odd(Refusal):
        """{text} in {language}."""

    assert Odd(text="A word", language="Welsh").say("en") == "A word in Welsh."


def test_an_act_that_waits_to_read_the_garage_keeps_no_other_from_ending(ws: Workspace) -> None:
    begun, read = Barrier(2), list[str]()

    def wait_for_it() -> None:
        begun.wait()
        with unit_of_work(ws) as later:
            read.append(later.garage.name)

    tablet = Thread(target=wait_for_it)
    tablet.start()
    with unit_of_work(ws) as work:
        work.db.exec(select(Garage.id)).one()  # on SQLite the others wait from here on
        begun.wait()
        tablet.join(0.3)
        assert work.garage.name
    tablet.join(10)
    assert read == ["Test Garage"]
