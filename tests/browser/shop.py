"""What the people in the workshop do with a tablet, each step checked on the screen and in the database."""

from playwright.sync_api import expect

from db.enums import CheckLevel, OrderStatus
from db.enums_workshop import RequisitionStatus
from db.models import (
    Bay,
    Check,
    ClockEntry,
    OrderJob,
    OrderLine,
    Part,
    Requisition,
    Reservation,
    Verification,
    WorkOrder,
)
from tests.browser.tablet import Tablet


def dispatch(tablet: Tablet, order_id: int, *, to: str, bay: str) -> None:
    """The supervisor gives the car to a person and a bay."""
    tablet.sign_in("Sam Supervisor", "/workshop")
    tablet.tap(f"dispatch_status_{order_id}")
    tablet.press(f"dispatch_staff_{order_id}", to)
    tablet.press(f"dispatch_bay_{order_id}", bay)
    tablet.tap(f"dispatch_{order_id}")
    tablet.sees("In work")
    house, order = tablet.house, tablet.house.one(WorkOrder, id=order_id)
    assert (order.status, house.who(order.technician_id)) == (OrderStatus.IN_WORK, to)
    assert house.one(Bay, id=order.bay_id).name == bay
    held = house.rows(Reservation, order_id=order_id)
    assert {row.staff_id for row in held} == {order.technician_id, None}
    assert {row.bay_id for row in held} == {order.bay_id, None}


def draw_parts(tablet: Tablet, order_id: int, *, by: str) -> None:
    """The technician asks the store, the clerk picks and hands out against a signature; the stock falls by as much."""
    house = tablet.house
    wanted = {line.part_id: line for line in house.rows(OrderLine, order_id=order_id) if line.part_id}
    before = {key: house.one(Part, id=key).on_hand for key in wanted}
    tablet.sign_in(by, "/workshop")
    tablet.tap(f"big_ask_parts_{order_id}")
    tablet.tap(f"ask_parts_{order_id}")
    slip = house.one(Requisition, order_id=order_id)
    tablet.sign_in("Pat Parts", "/parts")
    tablet.tap(f"slip_pick_{slip.id}")
    tablet.tap(f"slip_hand_out_{slip.id}")
    tablet.draw(f"slip_sign_{slip.id}")
    slip = house.one(Requisition, id=slip.id)
    assert (slip.status, house.who(slip.taken_by_id)) == (RequisitionStatus.ISSUED, by)
    assert slip.signature_id
    for key, line in wanted.items():
        assert house.one(OrderLine, id=line.id).issued == line.quantity
        assert house.one(Part, id=key).on_hand == before[key] - line.quantity


def take_over(tablet: Tablet, order_id: int, *, by: str) -> None:
    """The technician has the car as the sheet says: one tap, and one on what the form shows."""
    tablet.sign_in(by, "/workshop")
    tablet.tap(f"big_verify_{order_id}")
    tablet.tap(f"verify_{order_id}")
    assert tablet.house.who(tablet.house.one(Verification, order_id=order_id).by_id) == by


def work(tablet: Tablet, order_id: int, *, by: str, done: str) -> None:
    """The technician starts and finishes job after job, until the car goes to the self-check by itself."""
    house = tablet.house
    for job in house.rows(OrderJob, order_id=order_id):
        if job.done_at and house.one(WorkOrder, id=order_id).status != OrderStatus.REWORK:
            continue
        tablet.sign_in(by, "/workshop")
        tablet.tap(f"big_start_{job.id}")
        clocks = house.rows(ClockEntry, order_id=order_id, ended_at=None)
        assert [house.who(clock.staff_id) for clock in clocks] == [by]
        tablet.tap(f"big_diagnose_{order_id}")
        tablet.press(f"cause_taps_{job.id}", tablet.say("Worn out"))
        tablet.type(f"correction_{job.id}", done)
        tablet.tap(f"diagnose_{order_id}")
        tablet.tap("back")
        tablet.tap(f"big_finish_{job.id}")
        assert house.rows(ClockEntry, order_id=order_id, ended_at=None) == []
        assert house.one(OrderJob, id=job.id).correction == done
    assert all(job.done_at for job in house.rows(OrderJob, order_id=order_id))
    assert house.one(WorkOrder, id=order_id).status == OrderStatus.SELF_CHECK


def passes(tablet: Tablet, order_id: int, level: CheckLevel, *, by: str, then: OrderStatus, view: str = "mine") -> None:
    """Everything in order at this check, said by this person; where the car stands then."""
    _open_check(tablet, order_id, level, by, view)
    tablet.tap(f"all_{level}_{order_id}")
    tablet.tap(f"pass_{level}_{order_id}")
    check = tablet.house.rows(Check, order_id=order_id, level=level)[-1]
    assert (check.passed, tablet.house.who(check.by_id), check.own_work) == (True, by, False)
    _stands(tablet, order_id, then)


def fails(tablet: Tablet, order_id: int, level: CheckLevel, *, by: str, note: str) -> None:
    """The car goes back to rework with a word about what is wrong, and that is counted."""
    before = tablet.house.one(WorkOrder, id=order_id).rework_count
    _open_check(tablet, order_id, level, by)
    tablet.tap(f"fail_{level}_{order_id}")
    tablet.tap(f"fail_{level}_{order_id}")
    expect(tablet.page.get_by_role("alert").first).to_be_visible()  # nobody has said what is wrong
    assert tablet.house.one(WorkOrder, id=order_id).rework_count == before
    tablet.type(f"check_note_{order_id}", note)
    tablet.tap(f"fail_{level}_{order_id}")
    check = tablet.house.rows(Check, order_id=order_id, level=level)[-1]
    assert (check.passed, check.note, tablet.house.who(check.by_id)) == (False, note, by)
    assert tablet.house.one(WorkOrder, id=order_id).rework_count == before + 1
    _stands(tablet, order_id, OrderStatus.REWORK)


def wash(tablet: Tablet, order_id: int, *, by: str, place: str) -> None:
    """Washed and parked."""
    tablet.sign_in(by, f"/workshop?order={order_id}")
    tablet.type(f"wash_place_{order_id}", place)
    tablet.tap(f"washed_{order_id}")
    assert tablet.house.one(WorkOrder, id=order_id).place == place
    _stands(tablet, order_id, OrderStatus.READY)


def _open_check(tablet: Tablet, order_id: int, level: CheckLevel, by: str, view: str = "mine") -> None:
    tablet.sign_in(by, "/workshop")
    own = level == CheckLevel.SELF  # on one of the own cars, which are drawn large
    tablet.tap(f"big_pass_{level}_{order_id}" if own else f"pass_{level}_{view}_{order_id}")


def _stands(tablet: Tablet, order_id: int, status: OrderStatus) -> None:
    tablet.sees(status.label)
    order = tablet.house.one(WorkOrder, id=order_id)
    assert (order.status, tablet.house.last_event(order).after) == (status, status)
