"""The walk-around: every tap on the sheet, two people at it at once, and who declines it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from db.enums import OrderStatus, Role
from db.enums_reception import Condition, Equipment, Valuable, WarningLight
from db.models import Attachment, Inspection, WorkOrder
from services import inspections, orders, promises
from services.arrivals import greet, walk_in
from services.consents import Signature
from services.demo.drawing import signature
from services.files import TooLittleInk
from services.order_moves import ORDERS
from services.order_refusals import DeclineNotSigned, InspectionMissing, NotGreeted
from services.refusals import Missing, NotNow, OutOfRange, TooLong, WrongStatus
from services.validate import NotInList
from services.work import Work, reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role, make_car
from tests.services.reception import estimated, received
from tests.services.test_files import picture


@pytest.fixture
def work(ws: Workspace) -> Iterator[Work]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        yield work


def next_step(work: Work, order: WorkOrder) -> str:
    """What is to be done next with the car."""
    step = ORDERS.next_step(facts_of(work, ORDERS, order.id), order.status)
    assert step
    return step.action


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
    assert next_step(work, order) == "check_in"
    inspections.record(work, order.id, covers=True, odometer_km=41000)
    assert next_step(work, order) == "check_in"
    inspections.record(work, order.id, fuel_eighths=3)
    assert next_step(work, order) == "estimate"


def test_what_is_not_tapped_stays(work: Work) -> None:
    order = received(work)
    first = inspections.record(work, order.id, odometer_km=41000, valuables="Umbrella")
    again = inspections.record(work, order.id, covers=True)
    assert (again.id, again.odometer_km, again.valuables, again.covers) == (first.id, 41000, "Umbrella", True)


def test_two_advisors_at_one_sheet_both_keep_what_they_tapped(ws: Workspace) -> None:
    desk = as_role(ws, Role.ADVISOR)
    with unit_of_work(desk) as work:
        key = received(work).id
    taps: list[inspections.Seen] = [
        {"covers": True},
        {"lights": {WarningLight.ENGINE: True}},
        {"lights": {WarningLight.TYRES: True}},
        {"stays": {Valuable.KEYS: True}},
        {"stays": {Valuable.PHONE: True}},
        {"places": {"boot": Condition.WORN}},
        {"places": {"interior": Condition.CLEAN}},
        {"equipment": {Equipment.VEST: False}},
        {"equipment": {Equipment.TOOLS: True}},
        {"fuel_eighths": 4},
        {"odometer_km": 41_000},
    ]

    def tap(seen: inspections.Seen) -> None:
        with unit_of_work(desk) as work:
            inspections.record(work, key, **seen)

    with ThreadPoolExecutor(4) as advisors:
        list(advisors.map(tap, taps))
    with reading(ws) as work:
        sheet = work.db.exec(select(Inspection)).one()
    assert (sheet.covers, sheet.fuel_eighths, sheet.odometer_km) == (True, 4, 41_000)
    assert (sheet.lights, sheet.stays) == (["engine", "tyres"], ["phone", "keys"])
    assert sheet.places == {"boot": "worn", "interior": "clean"}
    assert sheet.equipment == {"vest": False, "tools": True}


def test_lamps_go_on_and_off_and_none_on_is_an_answer(work: Work) -> None:
    order = received(work)
    assert inspections.record(work, order.id, covers=True).lights is None
    assert inspections.record(work, order.id, lights={}).lights == []
    lit = {WarningLight.OIL: True, WarningLight.ENGINE: True}
    assert inspections.record(work, order.id, lights=lit).lights == ["engine", "oil"]
    assert inspections.record(work, order.id, lights={WarningLight.ENGINE: False}).lights == ["oil"]


def test_the_rest_in_order_leaves_what_was_noted(work: Work) -> None:
    order = received(work)
    inspections.record(
        work,
        order.id,
        lights={WarningLight.ABS: True},
        places={"boot": Condition.DAMAGED},
        equipment={Equipment.VEST: False},
    )
    sheet = inspections.rest_in_order(work, order.id)
    assert (sheet.lights, sheet.places) == (["abs"], {"boot": "damaged", "interior": "clean"})
    assert sheet.equipment == {one.value: one != Equipment.VEST for one in inspections.USUAL}


def test_all_in_order_can_be_the_first_tap_and_knows_what_the_car_has(work: Work) -> None:
    first = received(work)
    inspections.record(work, first.id, equipment={Equipment.CABLE: True, Equipment.MATS: True, Equipment.VEST: False})
    first.status = OrderStatus.CLOSED
    again = greet(work, walk_in(work, vehicle_id=first.vehicle_id, concern="Noise").id)
    sheet = inspections.rest_in_order(work, again.id)
    assert sheet.lights == []
    assert sheet.equipment == {"cable": True, "mats": True}


def test_there_is_no_such_place_in_the_car(work: Work) -> None:
    with pytest.raises(NotInList):
        inspections.record(work, received(work).id, places={"roof": Condition.CLEAN})


@pytest.mark.parametrize("km", [-1, 3_000_001, 9_999_999])
def test_impossible_readings_are_refused(work: Work, km: int) -> None:
    with pytest.raises(OutOfRange):
        inspections.record(work, received(work).id, odometer_km=km)


@pytest.mark.parametrize("fuel", [-1, 9])
def test_a_tank_has_eight_eighths(work: Work, fuel: int) -> None:
    with pytest.raises(OutOfRange):
        inspections.record(work, received(work).id, fuel_eighths=fuel)


def test_an_emptied_reading_is_refused(work: Work) -> None:
    order = received(work)
    with pytest.raises(Missing):
        inspections.record(work, order.id, odometer_km=None)
    with pytest.raises(Missing):
        inspections.record(work, order.id, fuel_eighths=None)


def test_a_lower_odometer_needs_a_reason(work: Work) -> None:
    order = received(work)
    with pytest.raises(inspections.OdometerLower) as refused:
        inspections.record(work, order.id, odometer_km=39999)
    assert refused.value.say("en") == "The last reading was 40000 km. Give the reason why it is lower now."
    sheet = inspections.record(work, order.id, odometer_km=39999, odometer_reason="New instrument")
    assert (sheet.odometer_km, sheet.odometer_reason) == (39999, "New instrument")
    with pytest.raises(inspections.OdometerLower):
        inspections.record(work, order.id, odometer_reason=" ")
    assert inspections.record(work, order.id, odometer_km=40_000).odometer_reason == ""


def test_long_texts_are_refused_not_cut(work: Work) -> None:
    with pytest.raises(TooLong):
        inspections.record(work, received(work).id, valuables="x" * 501)


def test_the_customer_is_greeted_first(work: Work) -> None:
    order = walk_in(work, vehicle_id=make_car(work).id, concern="Noise")
    with pytest.raises(NotGreeted):
        inspections.record(work, order.id, covers=True)


def test_the_sheet_is_closed_once_the_customer_is_asked(work: Work) -> None:
    order = estimated(work)
    with pytest.raises(WrongStatus):
        inspections.record(work, order.id, covers=True)


@pytest.mark.parametrize("seen", [{"covers": True}, {"odometer_km": 41_000}, {"fuel_eighths": 0}])
def test_the_estimate_waits_for_odometer_and_fuel(work: Work, seen: inspections.Seen) -> None:
    order = received(work)
    inspections.record(work, order.id, **seen)
    promises.set_promise(work, order.id, promised_at=MONDAY_9 + timedelta(hours=6))
    with pytest.raises(InspectionMissing):
        orders.request_approval(work, order.id)
    with pytest.raises(InspectionMissing):
        inspections.whole(work, order.id)


def test_who_declines_the_walk_around_signs_for_it_before_the_estimate(work: Work) -> None:
    order = received(work)
    with pytest.raises(NotNow):
        inspections.sign_declined(work, order.id, signature=signature())
    inspections.record(work, order.id, odometer_km=41_000, fuel_eighths=4, declined=True)
    promises.set_promise(work, order.id, promised_at=MONDAY_9 + timedelta(hours=6))
    with pytest.raises(DeclineNotSigned):
        orders.request_approval(work, order.id)
    with pytest.raises(DeclineNotSigned):
        inspections.whole(work, order.id)
    sheet = inspections.sign_declined(work, order.id, signature=signature())
    drawn = work.get(Attachment, sheet.signature_id)
    assert (drawn.subject, drawn.subject_id, drawn.kind) == ("inspection", sheet.id, "signature")
    with pytest.raises(NotNow):
        inspections.sign_declined(work, order.id, signature=signature())
    assert inspections.whole(work, order.id) == sheet
    assert orders.request_approval(work, order.id).status == OrderStatus.AWAITING_APPROVAL


def test_who_takes_part_after_all_has_signed_nothing(work: Work) -> None:
    order = received(work)
    inspections.record(work, order.id, declined=True)
    inspections.sign_declined(work, order.id, signature=signature())
    inspections.record(work, order.id, declined=False)
    assert inspections.record(work, order.id, declined=True).signature_id is None


def test_a_dot_is_no_signature_for_a_declined_walk_around(work: Work) -> None:
    order = received(work)
    inspections.record(work, order.id, declined=True)
    dot = Signature(picture(300, 100, "PNG"), [[[10, 10, 1], [11, 10, 2]]])
    with pytest.raises(TooLittleInk):
        inspections.sign_declined(work, order.id, signature=dot)
