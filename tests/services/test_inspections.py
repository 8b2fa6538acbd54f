"""The walk-around and the damage marks."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from db.enums import DamageKind, OrderStatus, Role
from services import inspections
from services.arrivals import walk_in
from services.files import attachments
from services.order_moves import ORDERS
from services.order_refusals import NotGreeted
from services.refusals import Missing, NotFound, OutOfRange, TooLong, WrongStatus
from services.work import Work, last_event, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role, make_car
from tests.services.reception import estimated, received
from tests.services.test_files import picture


@pytest.fixture
def work(ws: Workspace) -> Iterator[Work]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        yield work


def test_the_walk_around_is_written_down(work: Work) -> None:
    order = received(work)
    sheet = inspections.record(
        work, order.id, covers=True, odometer_km=41000, fuel_eighths=3, valuables="Umbrella", note="Tyre low"
    )
    assert (sheet.covers, sheet.odometer_km, sheet.fuel_eighths, sheet.declined) == (True, 41000, 3, False)
    assert (sheet.valuables, sheet.note, sheet.by_id, sheet.at) == ("Umbrella", "Tyre low", work.by.id, MONDAY_9)
    assert inspections.of_order(work, order.id) == sheet


def test_check_in_is_the_next_step_until_it_is_done(work: Work) -> None:
    order = received(work)
    step = ORDERS.next_step(facts_of(work, ORDERS, order.id), order.status)
    assert step
    assert step.action == "check_in"
    inspections.record(work, order.id, covers=True, odometer_km=41000, fuel_eighths=3)
    step = ORDERS.next_step(facts_of(work, ORDERS, order.id), order.status)
    assert step
    assert step.action == "estimate"


def test_writing_it_down_again_changes_the_same_sheet(work: Work) -> None:
    order = received(work)
    first = inspections.record(work, order.id, covers=False, odometer_km=41000, fuel_eighths=3)
    again = inspections.record(work, order.id, covers=True, odometer_km=41001, fuel_eighths=8, declined=True)
    assert (again.id, again.odometer_km, again.declined) == (first.id, 41001, True)
    event = last_event(work, order)
    assert event
    assert event.action == "edit"


@pytest.mark.parametrize("km", [-1, 3_000_001])
def test_impossible_readings_are_refused(work: Work, km: int) -> None:
    with pytest.raises(OutOfRange):
        inspections.record(work, received(work).id, covers=True, odometer_km=km, fuel_eighths=3)


@pytest.mark.parametrize("fuel", [-1, 9])
def test_a_tank_has_eight_eighths(work: Work, fuel: int) -> None:
    with pytest.raises(OutOfRange):
        inspections.record(work, received(work).id, covers=True, odometer_km=41000, fuel_eighths=fuel)


def test_odometer_and_fuel_are_needed(work: Work) -> None:
    order = received(work)
    with pytest.raises(Missing):
        inspections.record(work, order.id, covers=True, odometer_km=None, fuel_eighths=3)
    with pytest.raises(Missing):
        inspections.record(work, order.id, covers=True, odometer_km=41000, fuel_eighths=None)


def test_a_lower_odometer_needs_a_reason(work: Work) -> None:
    order = received(work)
    with pytest.raises(inspections.OdometerLower) as refused:
        inspections.record(work, order.id, covers=True, odometer_km=39999, fuel_eighths=3)
    assert refused.value.say("en") == "The last reading was 40000 km. Give the reason why it is lower now."
    sheet = inspections.record(
        work, order.id, covers=True, odometer_km=39999, fuel_eighths=3, odometer_reason="New instrument"
    )
    assert (sheet.odometer_km, sheet.odometer_reason) == (39999, "New instrument")


def test_long_texts_are_refused_not_cut(work: Work) -> None:
    order = received(work)
    with pytest.raises(TooLong):
        inspections.record(work, order.id, covers=True, odometer_km=41000, fuel_eighths=3, valuables="x" * 501)


def test_the_customer_is_greeted_first(work: Work) -> None:
    order = walk_in(work, vehicle_id=make_car(work).id, concern="Noise")
    with pytest.raises(NotGreeted):
        inspections.record(work, order.id, covers=True, odometer_km=41000, fuel_eighths=3)


def test_the_sheet_is_closed_once_the_customer_is_asked(work: Work) -> None:
    order = estimated(work)
    with pytest.raises(WrongStatus):
        inspections.record(work, order.id, covers=True, odometer_km=41000, fuel_eighths=3)


def test_damage_is_marked_and_taken_back(ws: Workspace) -> None:
    desk = as_role(ws, Role.ADVISOR)
    with unit_of_work(desk) as work:
        order = received(work)
        dent = inspections.mark(work, order.id, view="left", x=250, y=1000, kind=DamageKind.DENT, note="door")
        scratch = inspections.mark(work, order.id, view="top", x=0, y=500, kind=DamageKind.SCRATCH)
    with unit_of_work(desk.at(MONDAY_9 + timedelta(minutes=1))) as work:
        inspections.unmark(work, order.id, mark_id=dent.id)
        assert [mark.id for mark in inspections.marks(work, order.id)] == [scratch.id]
        with pytest.raises(NotFound):
            inspections.unmark(work, order.id, mark_id=dent.id)


def test_a_mark_can_become_another_kind(work: Work) -> None:
    order = received(work)
    mark = inspections.mark(work, order.id, view="left", x=250, y=300, kind=DamageKind.DENT)
    inspections.change_mark(work, order.id, mark_id=mark.id, kind=DamageKind.RUST, note="sill")
    assert [(m.kind, m.note, m.x) for m in inspections.marks(work, order.id)] == [(DamageKind.RUST, "sill", 250)]


def test_marks_lie_on_the_car(work: Work) -> None:
    order = received(work)
    with pytest.raises(inspections.ViewUnknown):
        inspections.mark(work, order.id, view="below", x=1, y=1, kind=DamageKind.DENT)
    with pytest.raises(OutOfRange):
        inspections.mark(work, order.id, view="left", x=1001, y=1, kind=DamageKind.DENT)


def test_another_cars_mark_is_not_found(work: Work) -> None:
    order, other = received(work), received(work, plate="XY99 ZZZ")
    mark = inspections.mark(work, other.id, view="left", x=1, y=1, kind=DamageKind.DENT)
    with pytest.raises(NotFound):
        inspections.unmark(work, order.id, mark_id=mark.id)


def test_damage_of_the_last_visit_is_known(work: Work) -> None:
    first = received(work)
    mark = inspections.mark(work, first.id, view="left", x=1, y=1, kind=DamageKind.DENT)
    assert inspections.known_marks(work, first) == []
    first.status = OrderStatus.CLOSED
    again = walk_in(work, vehicle_id=first.vehicle_id, concern="Noise")
    assert [known.id for known in inspections.known_marks(work, again)] == [mark.id]


def test_photos_belong_to_the_car_or_to_a_mark(work: Work) -> None:
    order = received(work)
    mark = inspections.mark(work, order.id, view="left", x=1, y=1, kind=DamageKind.DENT)
    of_mark = inspections.add_photo(work, order.id, data=picture(20, 10), mark_id=mark.id)
    of_car = inspections.add_photo(work, order.id, data=picture(30, 10))
    assert (mark.attachment_id, of_mark.subject) == (of_mark.id, "damage_mark")
    assert inspections.photos(work, [mark]) == {of_mark.id: of_mark}
    assert attachments(work, order) == [of_car]
