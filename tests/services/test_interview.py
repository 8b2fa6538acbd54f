"""The diagnosis interview: answers from the booking, changed by taps; dismantling only up to a sum."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from db.enums import Answer, AppointmentStatus, ConsentMethod, Role, Skill
from db.models import Appointment, OrderLine, StaffSkill, WorkOrder
from services import consents, dismantling, inspections, interview, orders, promises
from services.arrivals import arrive
from services.refusals import Missing, NotAllowed, OutOfRange, WrongStatus
from services.symptoms import UnknownAnswer
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role, make_car
from tests.services.reception import lines_of, received

NOISE = {"noise": {"since": ["weeks"]}}


def order_of(ws: Workspace) -> int:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        return received(work).id


def answers(ws: Workspace, order: int) -> dict[str, object] | None:
    with reading(ws) as work:
        return work.get(WorkOrder, order).answers


def test_what_was_answered_at_booking_is_there_when_the_car_arrives(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        car = make_car(work)
        booking = work.add(
            Appointment(number="B1", customer_id=car.customer_id, vehicle_id=car.id, status=AppointmentStatus.CONFIRMED,
                        concern="It squeaks", answers=NOISE, starts_at=MONDAY_9 + timedelta(minutes=30), created_at=work.now)
        )  # fmt: skip
        order = arrive(work, booking.id).id
    assert answers(ws, order) == NOISE
    assert answers(ws, order_of_walk_in(ws)) is None


def order_of_walk_in(ws: Workspace) -> int:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        return received(work, plate="WA1 KIN").id


def test_each_tap_is_written_and_leaves_the_others_answers(ws: Workspace) -> None:
    order = order_of(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as one:
        interview.name_symptom(one, order, "noise", named=True)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as one:
        interview.set_answer(one, order, symptom="noise", question="since", codes=["weeks"])
    with unit_of_work(as_role(ws, Role.MANAGER)) as other:
        interview.set_answer(other, order, symptom="noise", question="often", codes=["worse", "always"])
        interview.name_symptom(other, order, "brakes", named=True)
    assert answers(ws, order) == {"noise": {"since": ["weeks"], "often": ["always", "worse"]}, "brakes": {}}
    with unit_of_work(as_role(ws, Role.ADVISOR)) as one:
        interview.set_answer(one, order, symptom="noise", question="often", codes=[])
        interview.name_symptom(one, order, "brakes", named=False)
    assert answers(ws, order) == NOISE


def test_answers_nobody_offered_are_refused(ws: Workspace) -> None:
    order = order_of(ws)
    for question, codes in (("since", ["tomorrow"]), ("since", ["weeks", "days"]), ("colour", ["red"])):
        with pytest.raises(UnknownAnswer), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
            interview.set_answer(work, order, symptom="noise", question=question, codes=codes)
    with pytest.raises(UnknownAnswer), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        interview.name_symptom(work, order, "humour", named=True)
    assert answers(ws, order) is None


def test_the_interview_is_the_advisors_and_ends_with_reception(ws: Workspace) -> None:
    order = order_of(ws)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        interview.name_symptom(work, order, "noise", named=True)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        orders.cancel(work, order, reason="customer left")
    with pytest.raises(WrongStatus), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        interview.name_symptom(work, order, "noise", named=True)


@pytest.mark.parametrize(
    ("concern", "complaint"), [("Oil service", False), ("Squeals when braking", True), ("异响", True)]
)
def test_a_routine_visit_has_no_complaint(ws: Workspace, concern: str, complaint: bool) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order = orders.set_concern(work, received(work).id, concern=concern)
        assert interview.has_complaint(order) == complaint
        interview.name_symptom(work, order.id, "smell", named=True)
        assert interview.has_complaint(order)


def test_dismantling_is_a_job_without_price_up_to_a_sum_that_the_customer_is_asked_about(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order = received(work).id
        job = dismantling.propose_dismantling(work, order, up_to=Decimal(150), what=" gearbox ")
        (line,) = work.db.exec(select(OrderLine).where(OrderLine.order_job_id == job.id))
        assert (job.title, job.dismantling, job.skill) == ("Dismantling for diagnosis: gearbox", True, Skill.DIAGNOSIS)
        assert (line.unpriced, line.up_to, line.unit_price, line.answer) == (
            True,
            Decimal(150),
            Decimal(0),
            Answer.PENDING,
        )


@pytest.mark.parametrize(("up_to", "refusal"), [(None, Missing), (Decimal(0), Missing), (Decimal(-5), OutOfRange)])
def test_dismantling_without_a_limit_is_refused(ws: Workspace, up_to: Decimal | None, refusal: type[Exception]) -> None:
    order = order_of(ws)
    with pytest.raises(refusal), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        dismantling.propose_dismantling(work, order, up_to=up_to)


def test_the_same_is_taken_apart_once(ws: Workspace) -> None:
    order = order_of(ws)
    for refused in (False, True):
        try:
            with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
                dismantling.propose_dismantling(work, order, up_to=Decimal(90))
        except dismantling.DismantlingThere:
            assert refused
        else:
            assert not refused


def test_who_has_nobody_for_diagnosis_takes_cars_apart_all_the_same(ws: Workspace) -> None:
    order = order_of(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        for held in work.db.exec(select(StaffSkill).where(StaffSkill.skill == Skill.DIAGNOSIS)):
            work.db.delete(held)
        assert dismantling.propose_dismantling(work, order, up_to=Decimal(90)).skill == Skill.SERVICE


def test_more_than_the_limit_is_asked_anew(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order = received(work).id
        job = dismantling.propose_dismantling(work, order, up_to=Decimal(150))
        inspections.record(work, order, covers=True, odometer_km=41000, fuel_eighths=4)
        promises.set_promise(work, order, promised_at=MONDAY_9 + timedelta(hours=6))
        orders.request_approval(work, order)
        said = dict.fromkeys((line.id for line in lines_of(work, work.get(WorkOrder, order))), Answer.AGREED)
        consents.approve(work, order, answers=said, method=ConsentMethod.PHONE, person="Grace Field")
        line = next(line for line in lines_of(work, work.get(WorkOrder, order)) if line.order_job_id == job.id)
        assert orders.price_line(work, order, line_id=line.id, unit_price=Decimal(150)).answer == Answer.AGREED
        assert orders.price_line(work, order, line_id=line.id, unit_price=Decimal(151)).answer == Answer.PENDING
