"""Two people in the workshop at the same moment: one wins, the other is told in a sentence, and nothing is done twice."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from threading import Barrier

import pytest
from sqlmodel import col, select

from db.enums import Answer, ConsentMethod, HoldReason, OrderStatus, Role, Urgency
from db.enums_workshop import RequisitionStatus
from db.models import ClockEntry, Event, OrderJob, OrderLine, Part, Requisition, Reservation, StockMovement, WorkOrder
from services import clocks, extra_work, requisitions, stock, workshop
from services.consents import Signature, answer_extra
from services.order_moves import ORDERS
from services.refusals import NotNow
from services.work import Work, reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import as_name, as_role
from tests.services.at_once import DONE, Tap, at_once
from tests.services.test_files import picture
from tests.shop import bay_id, in_work, job_id, lines_of, make_order, order_of, staff_id

PADS = "Front brake pads"
SIGNED = Signature(picture(300, 100, "PNG"), [[[1, 2, 3], [94, 5, 6]]])


def test_two_supervisors_dispatch_the_same_car(ws: Workspace) -> None:
    order_id = make_order(ws)

    def give(to: str, bay: str) -> Callable[[Work], object]:
        return lambda work: workshop.dispatch(work, order_id, staff_id=staff_id(work, to), bay_id=bay_id(work, bay))

    sam, max_ = as_name(ws, "Sam Supervisor"), as_name(ws, "Max Manager")
    told = at_once([(sam, give("Tom Technician", "Lift 1")), (max_, give("Tia Technician", "Lift 2"))])
    assert sorted(told) == ["This was already changed by someone else: it is now “In work”.", DONE]
    winner = ("Tom Technician", "Lift 1") if told[0] == DONE else ("Tia Technician", "Lift 2")
    with reading(ws) as work:
        order = order_of(ws, order_id)
        assert (order.technician_id, order.bay_id) == (staff_id(work, winner[0]), bay_id(work, winner[1]))
        held = work.db.exec(select(Reservation).where(Reservation.order_id == order_id)).all()
        assert {one.staff_id for one in held} | {one.bay_id for one in held} == {
            order.technician_id,
            order.bay_id,
            None,
        }
        assert len(work.db.exec(select(Event).where(Event.action == "dispatch")).all()) == 1


def test_a_technician_finishes_while_the_advisor_adds_a_line(ws: Workspace) -> None:
    tom, ada = as_name(ws, "Tom Technician"), as_role(ws, Role.ADVISOR)
    for number in range(3):
        order_id = in_work(ws, plate=f"F{number}")
        with unit_of_work(tom) as work:
            clocks.start(work, order_id)
        told = at_once([(tom, partial(clocks.finish_job, order_id=order_id)),
                        (ada, partial(_extra, order_id=order_id))])  # fmt: skip
        assert told[0] == DONE
        with reading(ws) as work:
            extra = [line for line in lines_of(work, order_id) if line.title == PADS]
            assert not work.db.exec(select(ClockEntry).where(col(ClockEntry.ended_at).is_(None))).all()
        if told[1] == DONE:  # the new line came first: the car stays until the customer has answered
            assert order_of(ws, order_id).status == OrderStatus.IN_WORK
            assert extra
        else:  # the car was finished first: who added is told where it stands, and no line hangs on a finished car
            assert told[1] == "This was already changed by someone else: it is now “Self-check”."
            assert order_of(ws, order_id).status == OrderStatus.SELF_CHECK
            assert not extra


def _extra(work: Work, order_id: int) -> OrderJob:
    brakes = job_id(work, "BRK")
    return extra_work.propose(work, order_id, job_id=brakes, reason="Worn", urgency=Urgency.NOW)


def test_two_clerks_issue_the_same_part(ws: Workspace) -> None:
    pat, max_ = as_role(ws, Role.PARTS_CLERK), as_role(ws, Role.MANAGER)
    order_id = in_work(ws, "BRK")
    with reading(ws) as work:
        line = next(line for line in lines_of(work, order_id) if line.part_id)
    told = at_once([(clerk, partial(stock.issue, line_id=line.id)) for clerk in (pat, max_)])
    assert sorted(told) == [f"The order asks for 1 of “{PADS}”, and 1 were already issued.", DONE]
    with reading(ws) as work:
        assert work.get(OrderLine, line.id).issued == 1
        moved = work.db.exec(select(StockMovement).where(StockMovement.line_id == line.id)).all()
        assert [one.quantity for one in moved] == [Decimal(-1)]


def test_two_clerks_hand_out_the_same_slip(ws: Workspace) -> None:
    pat, max_ = as_role(ws, Role.PARTS_CLERK), as_role(ws, Role.MANAGER)
    order_id = in_work(ws, "BRK")
    with unit_of_work(as_name(ws, "Tom Technician")) as work:
        slip, tom = requisitions.ask(work, order_id).id, staff_id(work, "Tom Technician")
    told = at_once([(clerk, partial(_hand_out, slip=slip, to=tom)) for clerk in (pat, max_)])
    assert sorted(told) == ["This was already changed by someone else: it is now “Issued”.", DONE]
    with reading(ws) as work:
        assert work.db.exec(select(Part).where(Part.code == "PADS")).one().on_hand == 3
        assert [one.status for one in work.db.exec(select(Requisition))] == [RequisitionStatus.ISSUED]


def test_the_last_part_goes_to_one_of_two_cars(ws: Workspace) -> None:
    pat, max_ = as_role(ws, Role.PARTS_CLERK), as_role(ws, Role.MANAGER)
    cars = [in_work(ws, "BRK", plate=f"L{number}") for number in range(2)]
    with unit_of_work(ws) as work:
        work.db.exec(select(Part).where(Part.code == "PADS")).one().on_hand = Decimal(1)
    with reading(ws) as work:
        lines = [next(line.id for line in lines_of(work, car) if line.part_id) for car in cars]
    told = at_once([(clerk, partial(stock.issue, line_id=key)) for clerk, key in zip((pat, max_), lines, strict=True)])
    assert sorted(told) == [f"Only 0 set of “{PADS}” in stock. Give a reason to issue more.", DONE]
    with reading(ws) as work:
        assert work.db.exec(select(Part).where(Part.code == "PADS")).one().on_hand == 0


def _hand_out(work: Work, slip: int, to: int) -> Requisition:
    return requisitions.hand_out(work, slip, taken_by_id=to, signature=SIGNED)


def test_of_two_acts_that_wait_for_each_other_one_gives_way_in_words(ws: Workspace) -> None:
    if ws.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    cars, both = [in_work(ws, plate=f"D{number}") for number in range(2)], Barrier(2)

    def hold(work: Work, first: int, then: int) -> None:
        work.lock(WorkOrder, first)
        both.wait()
        work.lock(WorkOrder, then)

    told = at_once([(ws, partial(hold, first=cars[0], then=cars[1])), (ws, partial(hold, first=cars[1], then=cars[0]))])
    assert sorted(told) == ["Somebody else was changing the same at this very moment. Try once more.", DONE]


@pytest.mark.parametrize("what", ["work begins", "a job is finished", "an answer is kept"])
def test_what_was_read_before_another_tablet_wrote_decides_nothing(ws: Workspace, what: str) -> None:
    if ws.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    tom, ada, car = as_name(ws, "Tom Technician"), as_role(ws, Role.ADVISOR), in_work(ws)

    def say(work: Work, answer: Answer) -> None:
        keys = [line.id for line in lines_of(work, car) if line.title == PADS]
        answer_extra(work, car, answers=dict.fromkeys(keys, answer), method=ConsentMethod.PHONE, person="Grace Field")

    def ask_anew(work: Work) -> None:
        for line in lines_of(work, car):
            line.answer = Answer.PENDING

    with unit_of_work(tom) as work:
        if what == "a job is finished":
            clocks.start(work, car)
        _extra(work, car)
    taps: dict[str, tuple[Tap, Tap]] = {
        "work begins": ((ws, ask_anew), (tom, lambda work: clocks.start(work, car))),
        "a job is finished": (
            (tom, lambda work: clocks.pause(work, car, reason=HoldReason.BREAK)),
            (tom, lambda work: clocks.finish_job(work, car)),
        ),
        "an answer is kept": (
            (ada, lambda work: say(work, Answer.DECLINED)),
            (ada, lambda work: say(work, Answer.AGREED)),
        ),
    }
    (one, first), (other, second) = taps[what]
    with unit_of_work(other) as late:
        facts_of(late, ORDERS, car)
        with unit_of_work(one) as early:
            first(early)
        with pytest.raises(NotNow):
            second(late)
