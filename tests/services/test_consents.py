"""The customer's word: what was asked, what was answered, and the order that goes to dispatch with it."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from db.enums import Answer, ConsentMethod, OrderStatus, Payer, Role
from db.models import Attachment, OrderLine, WorkOrder
from services import consents, orders
from services.consents import Signature
from services.order_refusals import ConsentMissing
from services.refusals import Missing, NotAllowed, NotFound, Stale, WrongStatus
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role
from tests.services.reception import approved, estimated, lines_of, received
from tests.services.test_files import picture

SIGNED = Signature(picture(300, 100, "PNG"), [[[1, 2, 3], [94, 5, 6]]])
YES, NO = Answer.AGREED, Answer.DECLINED


@pytest.fixture
def work(ws: Workspace) -> Iterator[Work]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        yield work


def every(work: Work, order: WorkOrder, answer: Answer) -> dict[int, Answer]:
    return {line.id: answer for line in lines_of(work, order)}


def test_a_signed_answer_sends_the_order_to_dispatch(work: Work) -> None:
    order = estimated(work)
    consent = consents.approve(
        work,
        order.id,
        answers=every(work, order, YES),
        method=ConsentMethod.SIGNED,
        person="Grace Field",
        signature=SIGNED,
    )
    assert order.status == OrderStatus.AWAITING_DISPATCH
    assert (consent.total, consent.person, consent.by_id) == (Decimal("102.75"), "Grace Field", work.by.id)
    assert work.get(Attachment, consent.signature_id).strokes == [[[1, 2, 3], [94, 5, 6]]]
    assert [line.answer for line in lines_of(work, order)] == [YES, YES]


def test_the_words_and_sums_of_that_moment_are_kept(work: Work) -> None:
    order = estimated(work, jobs=(1, 2))
    answers = every(work, order, YES) | {line.id: NO for line in lines_of(work, order)[2:]}
    consents.approve(
        work, order.id, answers=answers, method=ConsentMethod.PHONE, person="Grace Field", note="from work"
    )
    [(consent, items)] = consents.consents(work, order.id)
    assert (consent.total, consent.note, consent.signature_id) == (Decimal("102.75"), "from work", None)
    assert [(item.title, item.answer, item.quantity, item.total) for item in items] == [
        ("Oil service", YES, 1, 60),
        ("Engine oil 5W-30", YES, Decimal("4.5"), Decimal("42.75")),
        ("Front brake pads", NO, 1, 90),
        ("Front brake pads", NO, 1, 48),
    ]


def test_what_somebody_else_pays_is_not_in_the_customers_sum(work: Work) -> None:
    order = estimated(work)
    orders.revise(work, order.id)
    orders.change_line(work, order.id, line_id=lines_of(work, order)[0].id, payer=Payer.WARRANTY)
    orders.request_approval(work, order.id)
    consent = consents.approve(
        work, order.id, answers=every(work, order, YES), method=ConsentMethod.PHONE, person="Grace"
    )
    assert consent.total == Decimal("42.75")


def test_signed_here_needs_a_signature(work: Work) -> None:
    order = estimated(work)
    with pytest.raises(consents.SignatureMissing):
        consents.approve(
            work, order.id, answers=every(work, order, YES), method=ConsentMethod.SIGNED, person="Grace Field"
        )


def test_somebody_must_have_answered(work: Work) -> None:
    order = estimated(work)
    with pytest.raises(Missing):
        consents.approve(work, order.id, answers=every(work, order, YES), method=ConsentMethod.PHONE, person=" ")
    with pytest.raises(consents.NoAnswer):
        consents.approve(work, order.id, answers={}, method=ConsentMethod.PHONE, person="Grace")


def test_half_an_answer_moves_nothing_and_writes_nothing(ws: Workspace) -> None:
    desk = as_role(ws, Role.ADVISOR)
    with unit_of_work(desk) as work:
        order = estimated(work)
        first = lines_of(work, order)[0]
    with pytest.raises(ConsentMissing) as refused, unit_of_work(desk) as work:
        consents.approve(work, order.id, answers={first.id: YES}, method=ConsentMethod.PHONE, person="Grace")
    assert refused.value.say("en") == "The customer has not answered about: Engine oil 5W-30."
    with unit_of_work(desk) as work:
        assert work.get(OrderLine, first.id).answer == Answer.PENDING
        assert consents.consents(work, order.id) == []


def test_no_to_everything_ends_the_visit(work: Work) -> None:
    order = estimated(work)
    consents.approve(work, order.id, answers=every(work, order, NO), method=ConsentMethod.PHONE, person="Grace")
    assert order.status == OrderStatus.CANCELLED


def test_no_to_everything_ends_no_visit_that_nobody_was_asked_about(work: Work) -> None:
    order = received(work)
    with pytest.raises(WrongStatus):
        consents.approve(work, order.id, answers=every(work, order, NO), method=ConsentMethod.PHONE, person="Grace")


def test_the_customer_signs_what_they_saw(ws: Workspace) -> None:
    desk = as_role(ws, Role.ADVISOR)
    with unit_of_work(desk) as work:
        order = estimated(work)
        seen, answers = order.version, every(work, order, YES)
    with unit_of_work(as_role(ws, Role.MANAGER).at(MONDAY_9 + timedelta(minutes=5))) as work:
        orders.revise(work, order.id)
        orders.change_line(work, order.id, line_id=min(answers), unit_price=Decimal(99))
        orders.request_approval(work, order.id)
    with pytest.raises(Stale) as refused, unit_of_work(desk) as work:
        consents.approve(work, order.id, answers=answers, method=ConsentMethod.PHONE, person="Grace", version=seen)
    assert refused.value.params == {"name": "Max Manager", "at": "09:05"}


def test_an_order_is_approved_once(work: Work) -> None:
    order = approved(work)
    with pytest.raises(consents.AlreadyAnswered):
        consents.approve(work, order.id, answers=every(work, order, YES), method=ConsentMethod.PHONE, person="Grace")


def test_another_orders_line_is_not_found(work: Work) -> None:
    order, other = estimated(work), estimated(work, plate="XY99 ZZZ")
    with pytest.raises(NotFound):
        consents.approve(work, order.id, answers=every(work, other, YES), method=ConsentMethod.PHONE, person="Grace")


def test_extra_work_is_answered_where_the_car_stands(work: Work) -> None:
    order = approved(work)
    order.status = OrderStatus.IN_WORK
    line = work.add(OrderLine(order_id=order.id, order_job_id=lines_of(work, order)[0].order_job_id, kind="fee",  # type: ignore[arg-type]
                              title="Bulb", unit_price=Decimal(8)))  # fmt: skip
    consent = consents.answer_extra(
        work, order.id, answers={line.id: NO}, method=ConsentMethod.MESSAGE, person="Grace Field"
    )
    assert (order.status, line.answer, consent.total) == (OrderStatus.IN_WORK, NO, Decimal(0))


def test_only_reception_records_answers(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        order = estimated(work)
        answers = every(work, order, YES)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        consents.approve(work, order.id, answers=answers, method=ConsentMethod.PHONE, person="Grace")


def test_reception_first(work: Work) -> None:
    order = estimated(work)
    answers = every(work, order, YES)
    orders.revise(work, order.id)
    with pytest.raises(WrongStatus):
        consents.approve(work, order.id, answers=answers, method=ConsentMethod.PHONE, person="Grace")
