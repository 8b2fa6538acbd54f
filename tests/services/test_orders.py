"""Jobs, lines and wishes at reception."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlmodel import select

from db.enums import Answer, ConsentMethod, LineKind, OrderStatus, Payer, Role
from db.models import Job, OrderJob, OrderLine, Reservation, WorkOrder
from services import orders
from services.arrivals import walk_in
from services.consents import answer_lines
from services.discount_limits import DiscountTooHigh
from services.order_lines import NotExact, NotOffered
from services.order_refusals import InspectionMissing, NotGreeted
from services.refusals import Missing, NotAllowed, NotFound, OutOfRange, ReasonMissing, TooLong, WrongStatus
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role, make_car
from tests.services.reception import estimated, lines_of, received


@pytest.fixture
def work(ws: Workspace) -> Iterator[Work]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        yield work


def test_a_catalogue_job_brings_its_parts(work: Work) -> None:
    order = received(work, jobs=())
    job = orders.add_job(work, order.id, job_id=2)
    assert (job.title, job.minutes, job.extra) == ("Front brake pads", 90, False)
    assert [(line.kind, line.unit_price, line.answer) for line in lines_of(work, order)] == [
        (LineKind.LABOUR, Decimal(90), Answer.PENDING),
        (LineKind.PART, Decimal(48), Answer.PENDING),
    ]


def test_a_job_in_free_words_has_its_own_time_and_price(work: Work) -> None:
    order = received(work, jobs=())
    orders.add_job(work, order.id, title=" Find the squeak ", minutes=30, price=Decimal("25.50"))
    [line] = lines_of(work, order)
    assert (line.title, line.unit_price, line.kind) == ("Find the squeak", Decimal("25.5"), LineKind.LABOUR)


def test_free_words_are_judged(work: Work) -> None:
    order = received(work, jobs=())
    with pytest.raises(Missing):
        orders.add_job(work, order.id, title=" ", minutes=30, price=Decimal(1))
    with pytest.raises(TooLong):
        orders.add_job(work, order.id, title="x" * 161, minutes=30, price=Decimal(1))
    with pytest.raises(OutOfRange):
        orders.add_job(work, order.id, title="Squeak", minutes=-1, price=Decimal(1))
    with pytest.raises(OutOfRange):
        orders.add_job(work, order.id, title="Squeak", minutes=30, price=Decimal(-1))
    with pytest.raises(NotExact) as refused:
        orders.add_job(work, order.id, title="Squeak", minutes=30, price=Decimal("1.005"))
    assert refused.value.say("en") == "Price: at most 2 decimals."


def test_a_job_no_longer_offered_is_refused(work: Work) -> None:
    order = received(work, jobs=())
    work.get(Job, 2).active = False
    with pytest.raises(NotOffered):
        orders.add_job(work, order.id, job_id=2)


def test_a_part_goes_under_a_job(work: Work) -> None:
    order = received(work)
    job = work.db.exec(select(OrderJob)).one()
    line = orders.add_part(work, order.id, order_job_id=job.id, part_id=2, quantity=Decimal(2))
    assert (line.title, line.quantity, line.unit_price, line.order_job_id) == (
        "Front brake pads",
        Decimal(2),
        Decimal(48),
        job.id,
    )


def test_a_part_cannot_go_under_another_cars_job(work: Work) -> None:
    order, other = received(work), received(work, plate="XY99 ZZZ")
    job = work.db.exec(select(OrderJob).where(OrderJob.order_id == other.id)).one()
    with pytest.raises(NotFound):
        orders.add_part(work, order.id, order_job_id=job.id, part_id=2, quantity=Decimal(2))


def test_a_job_never_asked_about_goes_with_its_lines(work: Work) -> None:
    order = received(work)
    job = work.db.exec(select(OrderJob)).one()
    orders.remove_job(work, order.id, order_job_id=job.id)
    assert (work.db.exec(select(OrderJob)).all(), lines_of(work, order)) == ([], [])


def test_the_last_line_takes_its_job_along(work: Work) -> None:
    order = received(work)
    labour, oil = lines_of(work, order)
    orders.remove_line(work, order.id, line_id=oil.id)
    assert len(work.db.exec(select(OrderJob)).all()) == 1
    orders.remove_line(work, order.id, line_id=labour.id)
    assert work.db.exec(select(OrderJob)).all() == []


def test_a_line_the_customer_spoke_about_stays(work: Work) -> None:
    order = received(work)
    labour = lines_of(work, order)[0]
    answer_lines(work, order, answers={labour.id: Answer.AGREED}, method=ConsentMethod.PHONE, person="Grace")
    with pytest.raises(orders.WasAnswered):
        orders.remove_line(work, order.id, line_id=labour.id)
    with pytest.raises(orders.WasAnswered):
        orders.remove_job(work, order.id, order_job_id=labour.order_job_id)


def test_a_changed_line_must_be_answered_again(work: Work) -> None:
    order = received(work)
    labour = lines_of(work, order)[0]
    answer_lines(work, order, answers={labour.id: Answer.AGREED}, method=ConsentMethod.PHONE, person="Grace")
    changed = orders.change_line(work, order.id, line_id=labour.id, unit_price=Decimal(70), payer=Payer.WARRANTY)
    assert (changed.unit_price, changed.payer, changed.answer) == (Decimal(70), Payer.WARRANTY, Answer.PENDING)


def test_quantities_and_discounts_have_limits(work: Work) -> None:
    order = received(work)
    oil = lines_of(work, order)[1]
    assert orders.change_line(work, order.id, line_id=oil.id, quantity=Decimal("5.125")).quantity == Decimal("5.125")
    for quantity in (Decimal(0), Decimal(-1), Decimal(10001)):
        with pytest.raises(OutOfRange):
            orders.change_line(work, order.id, line_id=oil.id, quantity=quantity)
    with pytest.raises(NotExact):
        orders.change_line(work, order.id, line_id=oil.id, quantity=Decimal("0.0005"))
    with pytest.raises(DiscountTooHigh):
        orders.change_line(work, order.id, line_id=oil.id, quantity=Decimal(1), discount=Decimal("9.51"))


def test_nothing_changes_once_the_customer_is_asked(work: Work) -> None:
    order = estimated(work)
    with pytest.raises(WrongStatus):
        orders.add_job(work, order.id, job_id=2)
    orders.revise(work, order.id)
    assert orders.add_job(work, order.id, job_id=2).order_id == order.id


def test_the_concern_is_not_blank(work: Work) -> None:
    order = received(work)
    assert orders.set_concern(work, order.id, concern="Rattles too").concern == "Rattles too"
    with pytest.raises(Missing):
        orders.set_concern(work, order.id, concern=" ")


def test_asking_for_approval_says_what_is_missing(work: Work) -> None:
    car = make_car(work)
    order = walk_in(work, vehicle_id=car.id, concern="Noise")
    with pytest.raises(NotGreeted):
        orders.request_approval(work, order.id)
    with pytest.raises(NotGreeted):
        orders.add_job(work, order.id, job_id=1)
    greeted = received(work, plate="XY99 ZZZ")
    with pytest.raises(InspectionMissing):
        orders.request_approval(work, greeted.id)


def test_cancelling_needs_a_reason_and_frees_the_place(work: Work) -> None:
    order = received(work)
    work.add(Reservation(order_id=order.id, bay_id=1, starts_at=MONDAY_9, ends_at=MONDAY_9.replace(hour=11)))
    with pytest.raises(ReasonMissing):
        orders.cancel(work, order.id, reason=" ")
    orders.cancel(work, order.id, reason="Too dear")
    assert (order.status, order.reason) == (OrderStatus.CANCELLED, "Too dear")
    assert work.db.exec(select(Reservation)).all() == []


def test_a_technician_cannot_change_prices(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        order = received(work)
        line = lines_of(work, order)[0]
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        orders.change_line(work, order.id, line_id=line.id, unit_price=Decimal(1))
    with unit_of_work(ws) as work:
        assert work.get(OrderLine, line.id).unit_price == 60
        assert work.get(WorkOrder, order.id).status == OrderStatus.RECEPTION
