"""Parts drawn on slips: asked for, picked, given out against a signature; what is short, withdrawn, or asked twice."""

import io
from decimal import Decimal

import pytest
from pypdf import PdfReader
from sqlmodel import select

from db.enums import Answer, MovementKind, OrderStatus, Role
from db.enums_workshop import RequisitionStatus
from db.models import (
    Appointment,
    OrderLine,
    Part,
    PartReservation,
    Requisition,
    RequisitionLine,
    StockMovement,
    WorkOrder,
)
from services import orders, purchases
from services.consents import Signature
from services.counter import issued_today, open_slips, slips_of
from services.job_parts import job_parts
from services.kept_parts import keep_for_order
from services.order_moves import ORDERS
from services.order_parts import plan_all_missing
from services.part_reservations import reserved
from services.refusals import Missing, NotAllowed, NotFound, NotNow, WrongStatus
from services.requisition_moves import NotInWorkshop
from services.requisitions import (
    AlreadyAsked,
    NothingThere,
    NotSigned,
    TooMuchAsked,
    ask,
    hand_out,
    left_to_ask,
    pick,
    put_back,
    withdraw,
)
from services.slip_paper import slip_pdf
from services.stock import KeptForBookings, count, give_back, issue, receive
from services.work import Work, reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.desk import counted
from tests.factories import as_role
from tests.services.at_once import DONE, at_once
from tests.services.test_files import picture
from tests.shop import in_work, lines_of, make_order, staff_id

OIL, PADS = 1, 2  # parts: 40 l, 4 sets; an oil service needs 4.5 l, brakes need one set
CLERK, TECHNICIAN, ADVISOR = Role.PARTS_CLERK, Role.TECHNICIAN, Role.ADVISOR
SIGNED = Signature(picture(300, 100, "PNG"), [[[1, 2, 3], [94, 5, 6]]])
IN_OWN_NAME = "Tom Technician"


def line_of_part(work: Work, order: int, part: int) -> OrderLine:
    return next(line for line in lines_of(work, order) if line.part_id == part)


def asked(ws: Workspace, order: int) -> int:
    with unit_of_work(as_role(ws, TECHNICIAN)) as work:
        return ask(work, order).id


def give_out(work: Work, slip: int, reason: str = "") -> Requisition:
    return hand_out(work, slip, taken_by_id=staff_id(work, IN_OWN_NAME), signature=SIGNED, reason=reason)


def on_shelf(ws: Workspace, part: int, quantity: str) -> None:
    with unit_of_work(ws) as work:
        work.get(Part, part).on_hand = Decimal(quantity)


def test_parts_are_asked_for_picked_and_given_out_against_a_signature(ws: Workspace) -> None:
    order = in_work(ws, "SVC", "BRK")
    slip = asked(ws, order)
    with unit_of_work(as_role(ws, CLERK)) as work:
        (waiting,) = open_slips(work)
        assert [(one.part.code, one.due) for one in waiting.slip.lines] == [
            ("OIL", Decimal("4.5")),
            ("PADS", Decimal(1)),
        ]
        assert (waiting.can_pick, waiting.short, waiting.car.plate) == (True, False, "AB12 CDE")
        pick(work, slip)
        put_back(work, slip)
        assert pick(work, slip).status == RequisitionStatus.PICKED
    with unit_of_work(as_role(ws, CLERK)) as work:
        row = give_out(work, slip)
        assert (row.status, row.taken_by_id) == (RequisitionStatus.ISSUED, staff_id(work, IN_OWN_NAME))
        assert row.signature_id is not None
    with reading(ws) as work:
        assert (work.get(Part, OIL).on_hand, work.get(Part, PADS).on_hand) == (Decimal("35.5"), Decimal(3))
        moved = work.db.exec(select(StockMovement).where(StockMovement.kind == MovementKind.ISSUE)).all()
        assert {one.requisition_id for one in moved} == {slip}
        assert facts_of(work, ORDERS, order).parts_due == []
        assert (open_slips(work), [one.taken_by for one in issued_today(work)]) == ([], [IN_OWN_NAME])
        assert reserved(work, [OIL, PADS]) == {}


def test_what_is_asked_for_is_kept_and_nobody_else_gets_it(ws: Workspace) -> None:
    on_shelf(ws, PADS, "1")
    mine, other = in_work(ws, "BRK"), in_work(ws, "BRK", plate="X 2")
    slip = asked(ws, mine)
    with unit_of_work(as_role(ws, CLERK)) as work:
        with pytest.raises(KeptForBookings) as refused:
            issue(work, line_of_part(work, other, PADS).id)
        assert "kept for other cars" in refused.value.say("en")
    late = asked(ws, other)
    with pytest.raises(NothingThere), unit_of_work(as_role(ws, CLERK)) as work:
        pick(work, late)
    with unit_of_work(as_role(ws, CLERK)) as work:
        assert [one.can_pick for one in open_slips(work)] == [True, False]
        give_out(work, slip)


def test_nothing_is_asked_for_twice_and_never_more_than_is_due(ws: Workspace) -> None:
    order = in_work(ws, "SVC", "BRK")
    with unit_of_work(as_role(ws, TECHNICIAN)) as work:
        oil, pads = (line_of_part(work, order, part).id for part in (OIL, PADS))
        ask(work, order, {oil: Decimal(2)})
        with pytest.raises(TooMuchAsked) as refused:
            ask(work, order, {oil: Decimal(3)})
        assert refused.value.say("en") == "Of “Engine oil 5W-30” 2.5 l is still to be asked for."
        assert left_to_ask(work, facts_of(work, ORDERS, order)) == {oil: Decimal("2.5"), pads: Decimal(1)}
        with pytest.raises(NotFound):
            ask(work, order, {lines_of(work, order)[0].id: Decimal(1)})  # labour
        ask(work, order)
        with pytest.raises(AlreadyAsked):
            ask(work, order)


def test_what_the_customer_has_not_agreed_to_cannot_be_asked_for_or_given_out(ws: Workspace) -> None:
    order = in_work(ws, "SVC", "BRK")
    with unit_of_work(ws) as work:
        line_of_part(work, order, PADS).answer = Answer.PENDING
    slip = asked(ws, order)
    with unit_of_work(ws) as work:
        assert [row.line_id for row in work.db.exec(select(RequisitionLine))] == [line_of_part(work, order, OIL).id]
        line_of_part(work, order, OIL).answer = Answer.DECLINED
    with pytest.raises(NothingThere), unit_of_work(as_role(ws, CLERK)) as work:
        give_out(work, slip)


def test_what_is_not_there_goes_on_a_slip_of_its_own_and_comes_first_when_it_arrives(ws: Workspace) -> None:
    on_shelf(ws, OIL, "3")
    order = in_work(ws, "SVC")
    slip = asked(ws, order)
    with unit_of_work(as_role(ws, CLERK)) as work:
        (waiting,) = open_slips(work)
        assert (waiting.can_pick, waiting.short) == (True, True)
        give_out(work, slip)
        (rest,) = open_slips(work)
        assert [(one.row.quantity, one.due) for one in rest.slip.lines] == [(Decimal("1.5"), Decimal("1.5"))]
        assert (rest.can_pick, rest.asked_by) == (False, waiting.asked_by)
        receive(work, OIL, quantity=Decimal(10))
        assert reserved(work, [OIL]) == {OIL: Decimal("1.5")}
        give_out(work, rest.slip.row.id)
        assert work.get(Part, OIL).on_hand == Decimal("8.5")


def test_with_a_reason_all_goes_out_whatever_the_stock_says(ws: Workspace) -> None:
    on_shelf(ws, OIL, "1")
    slip = asked(ws, in_work(ws, "SVC"))
    with unit_of_work(as_role(ws, CLERK)) as work:
        give_out(work, slip, "from the drum that came this morning")
        assert work.get(Part, OIL).on_hand == Decimal("-3.5")
        assert open_slips(work) == []


def test_without_signature_or_by_somebody_unknown_nothing_goes_out(ws: Workspace) -> None:
    slip = asked(ws, in_work(ws))
    with pytest.raises(NotSigned), unit_of_work(as_role(ws, CLERK)) as work:
        hand_out(work, slip, taken_by_id=staff_id(work, IN_OWN_NAME), signature=None)
    for nobody, refusal in ((0, Missing), (999, NotFound)):
        with pytest.raises(refusal), unit_of_work(as_role(ws, CLERK)) as work:
            hand_out(work, slip, taken_by_id=nobody, signature=SIGNED)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, TECHNICIAN)) as work:
        give_out(work, slip)
    with reading(ws) as work:
        assert work.get(Part, OIL).on_hand == Decimal(40)


def test_two_clerks_with_one_slip_one_gives_out_and_the_other_is_told(ws: Workspace) -> None:
    slip = asked(ws, in_work(ws))
    clerk = as_role(ws, CLERK)
    told = at_once([(clerk, lambda work: give_out(work, slip))] * 2)
    assert sorted(told) == sorted([DONE, "This was already changed by someone else: it is now “Issued”."])
    with reading(ws) as work:
        assert work.get(Part, OIL).on_hand == Decimal("35.5")


def test_two_technicians_ask_for_the_same_car_once(ws: Workspace) -> None:
    order, tablet = in_work(ws), as_role(ws, TECHNICIAN)
    told = at_once([(tablet, lambda work: ask(work, order))] * 2)
    assert sorted(told) == sorted([DONE, "The store has already been asked for these parts."])


def test_a_withdrawn_slip_is_out_of_the_way_and_can_be_asked_anew(ws: Workspace) -> None:
    order = in_work(ws)
    slip = asked(ws, order)
    with unit_of_work(as_role(ws, TECHNICIAN)) as work:
        withdraw(work, slip)
        assert (open_slips(work), slips_of(work, order)) == ([], [])
        ask(work, order)
    with pytest.raises(WrongStatus), unit_of_work(as_role(ws, CLERK)) as work:
        pick(work, slip)


def test_outside_the_workshop_nothing_is_given_out_and_the_end_of_the_visit_withdraws_all(ws: Workspace) -> None:
    order = make_order(ws, "BRK")
    slip = asked(ws, order)
    with unit_of_work(ws) as work:
        work.get(WorkOrder, order).status = OrderStatus.AWAITING_APPROVAL
    with pytest.raises(NotInWorkshop), unit_of_work(as_role(ws, CLERK)) as work:
        give_out(work, slip)
    with unit_of_work(as_role(ws, ADVISOR)) as work:
        assert reserved(work, [PADS]) == {PADS: Decimal(1)}
        orders.cancel(work, order, reason="the customer takes the car home")
        assert work.get(Requisition, slip).status == RequisitionStatus.CANCELLED
        assert reserved(work, [PADS]) == {}


def test_bought_for_a_car_that_was_never_booked_it_is_kept_when_it_arrives(ws: Workspace) -> None:
    on_shelf(ws, PADS, "0")
    order, other = in_work(ws, "BRK"), in_work(ws, "BRK", plate="X 2")
    asked(ws, order)
    with unit_of_work(as_role(ws, CLERK)) as work:
        assert [part.part.id for part in open_slips(work)[0].to_buy] == [PADS]
        assert plan_all_missing(work, order) == 1
        with pytest.raises(NotNow):
            plan_all_missing(work, order)
        line = open_slips(work)[0].buying[PADS]
        assert (open_slips(work)[0].to_buy, line.quantity, line.order_id) == ([], Decimal(1), order)
        purchases.order(work, line.id)
        (one,) = job_parts(work, facts_of(work, ORDERS, order)).popitem()[1]
        assert (one.stand.missing, one.buying, one.kept) == (Decimal(1), line.status, False)
        purchases.come_in(work, line.id)
        (one,) = job_parts(work, facts_of(work, ORDERS, order)).popitem()[1]
        assert (one.stand.missing, one.kept, one.slip) == (Decimal(0), True, RequisitionStatus.ASKED)
        with pytest.raises(KeptForBookings):
            issue(work, line_of_part(work, other, PADS).id)


def test_a_car_that_needs_less_lets_the_rest_go_and_one_that_brings_back_does_not_keep_it(ws: Workspace) -> None:
    order = in_work(ws, "BRK", "SVC")
    with unit_of_work(ws) as work:
        keep_for_order(work, work.lock(WorkOrder, order))
        assert reserved(work, [OIL, PADS]) == {OIL: Decimal("4.5"), PADS: Decimal(1)}
        assert reserved(work, [OIL, PADS], order_id=order) == {}
        line_of_part(work, order, PADS).answer = Answer.DECLINED
        line_of_part(work, order, OIL).quantity = Decimal(2)
        keep_for_order(work, work.lock(WorkOrder, order))
        assert reserved(work, [OIL, PADS]) == {OIL: Decimal(2)}
    with unit_of_work(as_role(ws, CLERK)) as work:
        issue(work, line_of_part(work, order, OIL).id)
        give_back(work, line_of_part(work, order, OIL).id, quantity=Decimal(1))
        assert reserved(work, [OIL]) == {}


def test_when_less_lies_there_bookings_lose_it_before_the_cars_that_are_here(ws: Workspace) -> None:
    order = in_work(ws, "BRK")
    with unit_of_work(ws) as work:
        keep_for_order(work, work.lock(WorkOrder, order))
        car = work.get(WorkOrder, order)
        booking = work.add(
            Appointment(
                number="B1", customer_id=car.customer_id, vehicle_id=car.vehicle_id, concern="x", created_at=work.now
            )
        )
        work.add(PartReservation(part_id=PADS, appointment_id=booking.id, quantity=Decimal(3), created_at=work.now))
    with unit_of_work(as_role(ws, CLERK)) as work:
        count(work, PADS, counted=Decimal(2), reason="broken")
        kept = {row.order_id: row.quantity for row in work.db.exec(select(PartReservation))}
        assert kept == {order: Decimal(1), None: Decimal(1)}
        count(work, PADS, counted=Decimal(0), reason="broken")
        assert reserved(work, [PADS]) == {}


def test_the_slip_on_paper_says_place_quantity_and_who_took_it(ws: Workspace) -> None:
    slip = asked(ws, in_work(ws, "SVC"))
    with unit_of_work(as_role(ws, CLERK)) as work:
        give_out(work, slip)
    with reading(ws) as work:
        for language, said in (("en", ("Parts slip", "Taken by", "4.5 l")), ("zh_CN", ("领料单", "领料人", "4.5 l"))):
            pdf = slip_pdf(work, requisition_id=slip, language=language, code="x")
            paper = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
            assert [word for word in (*said, "AB12 CDE", IN_OWN_NAME, "Engine oil 5W-30") if word not in paper] == []


def test_the_counter_asks_as_often_for_many_slips_as_for_one(ws: Workspace) -> None:
    asked(ws, in_work(ws))
    with counted(ws) as one, reading(ws) as work:
        open_slips(work)
    for number in range(4):
        asked(ws, in_work(ws, "SVC", "BRK", plate=f"P {number}"))
    with counted(ws) as five, reading(ws) as work:
        assert len(open_slips(work)) == 5
    assert len(five) == len(one) <= 8
