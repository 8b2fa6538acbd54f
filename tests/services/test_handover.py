"""The car is shown point by point, handed over, closed, and by the manager opened again."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import select

from db.enums import Answer, FollowUpStatus, LineKind, OrderStatus, Payer, Role, Urgency
from db.enums_reception import HandedPaper
from db.models import (
    ClosingDay,
    Customer,
    Event,
    ExitPass,
    FollowUp,
    Guarantee,
    Handover,
    Job,
    OrderJob,
    Recommendation,
    Vehicle,
    WorkOrder,
)
from services import handover
from services.demo.drawing import signature
from services.exit_passes import pass_out
from services.free_services import first_free, set_free_service
from services.guarantees import covered, of_order, set_term
from services.handover import NotAllShown, close, deliver
from services.handover_points import open_points, points_of
from services.handover_safety import SafetyNotSigned, left_undone, to_sign
from services.next_service import NotAhead, next_service
from services.order_moves import ORDERS
from services.order_refusals import CustomerNotTold, MoneyOwed
from services.payments import payments, reverse
from services.refusals import NotAllowed, NotNow, ReasonMissing, Refusal, WrongStatus
from services.validate import NotInList
from services.work import Work, reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.at_delivery import billed, delivered, make_ready, paid, put_line, use_currency
from tests.factories import MONDAY_9, as_role

TYRE = (LineKind.PART, "Tyre", "2", "80", Payer.CUSTOMER, Answer.DECLINED)


@pytest.fixture
def desk(ws: Workspace) -> Workspace:
    """The garage with the service advisor acting."""
    return as_role(ws, Role.ADVISOR)


def _order(ws: Workspace, order_id: int) -> WorkOrder:
    with reading(ws) as work:
        return work.get(WorkOrder, order_id)


def _row(ws: Workspace, order_id: int) -> Handover:
    with reading(ws) as work:
        return work.db.exec(select(Handover).where(Handover.order_id == order_id)).one()


def _passed(ws: Workspace, order_id: int) -> None:
    """Paid, with the exit pass."""
    paid(ws, order_id)
    with unit_of_work(ws) as work:
        pass_out(work, order_id)


def _open(work: Work, order_id: int) -> set[str]:
    facts = facts_of(work, ORDERS, order_id)
    return {point.key for point in open_points(facts, work.db.get(Handover, order_id))}


def _job(work: Work, order_id: int) -> OrderJob:
    return work.db.exec(select(OrderJob).where(OrderJob.order_id == order_id)).one()


def test_each_tap_is_kept_with_who_and_when_and_the_first_one_begins(desk: Workspace) -> None:
    order_id = make_ready(desk, old_parts=True, papers=[HandedPaper.LICENCE.value])
    billed(desk, order_id)
    with unit_of_work(desk) as work:
        facts = facts_of(work, ORDERS, order_id)
        step = ORDERS.next_step(facts, facts.order.status)
        job = f"job_{_job(work, order_id).id}"
        assert step is not None
        assert step.action == "pay"  # the statement was issued beforehand
        assert [point.key for point in points_of(facts)] == [
            job, "old_parts", "equipment", "next", "key", "paper_licence", "card"]  # fmt: skip
        handover.show(work, order_id, job, "old_parts")
        handover.reached(work, order_id, "things")
    with unit_of_work(as_role(desk.at(MONDAY_9 + timedelta(minutes=9)), Role.MANAGER)) as work:
        handover.show(work, order_id, job, "key")
        handover.show(work, order_id, "old_parts", shown=False)
    row = _row(desk, order_id)
    with reading(desk) as work:
        assert _open(work, order_id) == {"old_parts", "equipment", "next", "paper_licence", "card"}
        begun = work.db.exec(select(Event).where(Event.action == "show_car")).all()
    assert (row.moment, row.points[job], len(begun)) == ("things", {"at": MONDAY_9.isoformat(), "by": desk.by.id}, 1)
    assert row.points["key"]["at"] == (MONDAY_9 + timedelta(minutes=9)).isoformat()


def test_a_point_this_car_has_not_is_refused_and_a_car_that_left_is_not_shown(desk: Workspace) -> None:
    order_id = make_ready(desk)
    _passed(desk, order_id)
    with pytest.raises(NotInList), unit_of_work(desk) as work:
        handover.show(work, order_id, "old_parts")
    with pytest.raises(NotAllowed), unit_of_work(as_role(desk, Role.CASHIER)) as work:
        handover.show(work, order_id, "key")
    with unit_of_work(desk) as work:
        deliver(work, order_id)
    with pytest.raises(WrongStatus), unit_of_work(desk) as work:
        handover.show(work, order_id, "key")


def test_what_was_not_shown_is_named_and_the_car_stays(desk: Workspace) -> None:
    order_id = make_ready(desk, old_parts=True)
    _passed(desk, order_id)
    with reading(desk) as work:
        keys = {point.key for point in points_of(facts_of(work, ORDERS, order_id))}
    with pytest.raises(NotAllShown) as refused, unit_of_work(desk) as work:
        deliver(work, order_id, done=keys - {"old_parts", "key"})
    assert refused.value.say("en") == "Not shown or given back yet: Old parts, Key."
    with unit_of_work(desk) as work:
        handover.taken_by(work, order_id, name=" Tom  Field ")
        deliver(work, order_id, call_when="after 17:30", signature=signature())
    order, row = _order(desk, order_id), _row(desk, order_id)
    assert (order.status, order.delivered_at, row.ended_at) == (OrderStatus.DELIVERED, MONDAY_9, MONDAY_9)
    assert (row.taken_by, bool(row.signature_id)) == ("Tom Field", True)
    with reading(desk) as work:
        assert work.db.exec(select(ExitPass)).one().used_at is None  # the gate takes it
        assert work.get(Customer, order.customer_id).call_when == "after 17:30"
    with pytest.raises(WrongStatus), unit_of_work(desk) as work:
        deliver(work, order_id)


def test_a_car_whose_customer_was_not_told_is_neither_shown_nor_handed_over(desk: Workspace) -> None:
    order_id = make_ready(desk)
    _passed(desk, order_id)
    with unit_of_work(desk) as work:
        work.get(WorkOrder, order_id).told_at = None
    for act in (deliver, handover.begin):
        with pytest.raises(CustomerNotTold), unit_of_work(desk) as work:
            act(work, order_id)


def test_money_given_back_after_the_exit_pass_keeps_the_car_here(desk: Workspace) -> None:
    order_id = make_ready(desk)
    _passed(desk, order_id)
    with unit_of_work(as_role(desk, Role.CASHIER)) as work:
        reverse(work, payments(work, order_id)[0].id, reason="Card was declined after all")
    with pytest.raises(Refusal), unit_of_work(desk) as work:
        deliver(work, order_id)


def test_declined_safety_work_is_signed_for_or_it_is_kept_why_not(desk: Workspace) -> None:
    order_id = make_ready(desk)
    _passed(desk, order_id)
    with unit_of_work(desk) as work:
        job = OrderJob(order_id=order_id, title="Front tyres", minutes=30, safety=True, reason="1.2 mm left")
        line = put_line(work, order_id, TYRE, asked=False)
        line.order_job_id = work.add(job).id
        work.add(Recommendation(vehicle_id=_order(desk, order_id).vehicle_id, order_id=order_id, text="Brake hoses",
                                urgency=Urgency.NOW, safety=True, at=work.now))  # fmt: skip
    with pytest.raises(SafetyNotSigned) as refused, unit_of_work(desk) as work:
        deliver(work, order_id)
    assert refused.value.say("en").endswith(": Front tyres, Brake hoses.")
    with pytest.raises(ReasonMissing), unit_of_work(desk) as work:
        handover.safety_not_signed(work, order_id, reason=" ")
    with unit_of_work(desk) as work:
        handover.safety_not_signed(work, order_id, reason="In a hurry")
    assert _row(desk, order_id).points["unsigned"]["why"] == "In a hurry"
    with unit_of_work(desk) as work:
        handover.sign_safety(work, order_id, signature=signature())
        facts = facts_of(work, ORDERS, order_id)
        assert to_sign(left_undone(work, facts), work.db.get(Handover, order_id)) == []
    with pytest.raises(NotNow), unit_of_work(desk) as work:
        handover.sign_safety(work, order_id, signature=signature())
    with unit_of_work(desk) as work:
        deliver(work, order_id)


def test_the_next_service_is_reckoned_told_and_corrected_and_closing_writes_what_was_told(desk: Workspace) -> None:
    order_id = make_ready(desk)
    _passed(desk, order_id)
    with unit_of_work(desk) as work:
        car = work.db.exec(select(Vehicle)).one()
        car.odometer_km, car.odometer_on = 21250, date(2025, 11, 23)  # 20,000 km in a year
        work.db.add(car)
    with reading(desk) as work:
        found = next_service(work, facts_of(work, ORDERS, order_id), None)
    assert (found.on, found.km, found.year_km) == (date(2027, 11, 23), 56250, 20000)
    assert found.expected == date(2027, 8, 24)  # before the date: the kilometres decide
    for on, km in ((MONDAY_9.date(), None), (None, 41250)):
        with pytest.raises(NotAhead), unit_of_work(desk) as work:
            handover.correct_next(work, order_id, on=on, km=km, reason="Hard use")
    with unit_of_work(desk) as work:
        handover.correct_next(work, order_id, on=date(2027, 5, 23), km=51250, reason="Hard use")
        deliver(work, order_id)
        close(work, order_id)
        car = work.db.exec(select(Vehicle)).one()
    assert (car.next_service_on, car.next_service_km, car.last_service_on) == (
        date(2027, 5, 23),
        51250,
        MONDAY_9.date(),
    )


def test_closing_updates_the_car_its_service_and_the_follow_up_call_in_one_act(desk: Workspace) -> None:
    order_id = make_ready(desk)
    delivered(desk, order_id)
    with unit_of_work(desk) as work:
        customer = work.get(Customer, work.get(WorkOrder, order_id).customer_id)
        customer.call_when = "evenings after 18:15"
        work.db.add(customer)
    with unit_of_work(desk.at(MONDAY_9 + timedelta(days=1))) as work:
        close(work, order_id)
    with reading(desk) as work:
        order = work.get(WorkOrder, order_id)
        car = work.get(Vehicle, order.vehicle_id)
        call = work.db.exec(select(FollowUp)).one()
    assert (order.status, order.closed_at) == (OrderStatus.CLOSED, MONDAY_9 + timedelta(days=1))
    assert (car.odometer_km, car.odometer_on, car.last_service_on) == (41250, date(2026, 11, 23), date(2026, 11, 23))
    assert (car.next_service_on, car.next_service_km) == (date(2027, 11, 23), 56250)
    due = datetime(2026, 11, 26, 18, 15, tzinfo=UTC)
    assert (call.order_id, call.status, call.due_at) == (order_id, FollowUpStatus.DUE, due)


def test_the_call_is_never_later_than_the_garage_allows_and_not_on_a_closed_day(desk: Workspace) -> None:
    order_id = make_ready(desk)
    delivered(desk, order_id)
    with unit_of_work(desk) as work:
        work.add(ClosingDay(day=date(2026, 11, 26)))
        close(work, order_id)
        assert work.db.exec(select(FollowUp.due_at)).one() == datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


def test_a_repair_without_an_interval_leaves_the_next_service_alone(desk: Workspace) -> None:
    order_id = make_ready(desk)
    with unit_of_work(desk) as work:
        _job(work, order_id).job_id = work.db.exec(select(Job.id).where(Job.code == "BRK")).one()
        car = work.db.exec(select(Vehicle)).one()
        car.next_service_on, car.last_service_on = date(2027, 3, 1), date(2026, 3, 1)
    delivered(desk, order_id)
    with unit_of_work(desk) as work:
        close(work, order_id)
        car = work.db.exec(select(Vehicle)).one()
    assert (car.next_service_on, car.last_service_on, car.odometer_km) == (date(2027, 3, 1), date(2026, 3, 1), 41250)


def test_an_order_closed_late_writes_over_nothing_a_later_visit_left(desk: Workspace) -> None:
    order_id = make_ready(desk)
    delivered(desk, order_id)
    later = (44000, date(2026, 12, 1), date(2026, 12, 2), date(2027, 12, 2))
    with unit_of_work(desk) as work:
        car = work.db.exec(select(Vehicle)).one()
        car.odometer_km, car.odometer_on, car.last_service_on, car.next_service_on = later
        close(work, order_id)
    with reading(desk) as work:
        car = work.db.exec(select(Vehicle)).one()
    assert (car.odometer_km, car.odometer_on, car.last_service_on, car.next_service_on) == later


def test_an_order_with_money_given_back_is_not_closed(desk: Workspace) -> None:
    order_id = make_ready(desk)
    delivered(desk, order_id)
    with unit_of_work(as_role(desk, Role.CASHIER)) as work:
        reverse(work, payments(work, order_id)[0].id, reason="Cheque bounced")
    with pytest.raises(MoneyOwed), unit_of_work(desk) as work:
        close(work, order_id)


def test_only_the_manager_opens_a_closed_order_again_and_closing_it_again_doubles_nothing(desk: Workspace) -> None:
    manager = as_role(desk, Role.MANAGER)
    with unit_of_work(manager) as work:
        set_term(work, "", days=365, km=20000)
    order_id = make_ready(desk)
    delivered(desk, order_id)
    with unit_of_work(desk) as work:
        close(work, order_id)
    with pytest.raises(NotAllowed), unit_of_work(desk) as work:
        handover.reopen(work, order_id, reason="The rebate was forgotten")
    with pytest.raises(ReasonMissing), unit_of_work(manager) as work:
        handover.reopen(work, order_id, reason=" ")
    use_currency(desk, "GBP", included=False)
    with pytest.raises(handover.TaxTurned), unit_of_work(manager) as work:
        handover.reopen(work, order_id, reason="The rebate was forgotten")
    use_currency(desk, "GBP", included=True)
    with unit_of_work(manager) as work:
        handover.reopen(work, order_id, reason="The rebate was forgotten")
    order = _order(desk, order_id)
    assert (order.status, order.closed_at) == (OrderStatus.DELIVERED, None)
    with unit_of_work(desk) as work:  # the car's file is corrected meanwhile
        car = work.db.exec(select(Vehicle)).one()
        car.odometer_km, car.next_service_on = 41900, date(2027, 5, 1)
    with unit_of_work(desk.at(MONDAY_9 + timedelta(hours=1))) as work:
        close(work, order_id)
    with reading(desk) as work:
        car = work.db.exec(select(Vehicle)).one()
        assert (car.odometer_km, car.next_service_on) == (41900, date(2027, 5, 1))
        assert len(work.db.exec(select(FollowUp)).all()) == len(work.db.exec(select(Guarantee)).all()) == 1
        said = work.db.exec(select(Event.details, Event.by_id).where(Event.action == "reopen")).one()
        assert said == ({"reason": "The rebate was forgotten"}, manager.by.id)


def test_what_is_promised_on_the_work_holds_at_the_next_visit_until_its_day_or_its_kilometres(desk: Workspace) -> None:
    with unit_of_work(as_role(desk, Role.MANAGER)) as work:
        group = work.get(Job, 1).group
        set_term(work, "", days=365, km=20000)
        set_term(work, group, days=90, km=5000)
    order_id = make_ready(desk)
    delivered(desk, order_id)
    with unit_of_work(desk) as work:
        made = of_order(work, order_id)
        assert [(row.title, row.until, row.until_km) for row in made] == [("Oil service", date(2027, 2, 21), 46250)]
        work.get(WorkOrder, order_id).status = OrderStatus.CLOSED
        car, first = work.db.exec(select(Vehicle)).one(), work.get(WorkOrder, order_id)
        again = work.add(WorkOrder(number="W2", customer_id=car.customer_id, vehicle_id=car.id, arrived_at=work.now))
        work.add(OrderJob(order_id=again.id, title="oil SERVICE", minutes=60))
        facts = facts_of(work, ORDERS, again.id)
        assert [(one.number, one.guarantee.id) for one in covered(work, facts, 46250)] == [(first.number, made[0].id)]
        assert covered(work, facts, 46251) == []
    with reading(desk.at(MONDAY_9 + timedelta(days=91))) as work:
        assert covered(work, facts_of(work, ORDERS, again.id), None) == []
    with unit_of_work(as_role(desk, Role.MANAGER)) as work:
        set_term(work, group, days=None, km=None)
        set_term(work, "", days=None, km=None)
        assert [row.until for row in of_order(work, order_id)] == [date(2027, 2, 21)]  # promised stays promised


def test_the_first_service_is_free_for_a_young_car_of_that_make_only(desk: Workspace) -> None:
    with unit_of_work(as_role(desk, Role.MANAGER)) as work:
        set_free_service(work, "Ford", months=6, km=7500)
        car = Vehicle(customer_id=1, plate="NEW 1", make="FORD", first_registered=date(2026, 8, 1))
        assert first_free(work, car, 7501) is None
        assert (
            first_free(work, Vehicle(customer_id=1, plate="X", make="Skoda", first_registered=car.first_registered), 1)
            is None
        )
        found = first_free(work, car, 7500)
        assert found is not None
        assert (found.until, found.km) == (date(2027, 2, 1), 7500)
        car.first_registered = date(2026, 5, 1)
        assert first_free(work, car, 100) is None
    with pytest.raises(NotAllowed), unit_of_work(desk) as work:
        set_free_service(work, "Ford", months=None, km=None)


def test_two_tablets_show_at_once_and_no_tap_is_lost(desk: Workspace) -> None:
    order_id = make_ready(desk, old_parts=True)
    billed(desk, order_id)
    gate, failed = Barrier(2), []

    def tap(keys: tuple[str, ...]) -> None:
        gate.wait()
        for key in keys:
            try:
                with unit_of_work(desk) as work:
                    handover.show(work, order_id, key)
            except Exception as error:  # told below
                failed.append(repr(error))

    tablets = [Thread(target=tap, args=(keys,)) for keys in (("old_parts", "key"), ("equipment", "next", "card"))]
    for tablet in tablets:
        tablet.start()
    for tablet in tablets:
        tablet.join(30)
    assert (failed, set(_row(desk, order_id).points)) == ([], {"old_parts", "key", "equipment", "next", "card"})
