"""Versions of an estimate: what changed after the customer answered is asked again, and only that."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from db.enums import Answer, ConsentMethod, LineKind, OrderStatus, Payer, Role
from db.models import OrderJob, OrderLine, WorkOrder
from services import consents, orders
from services.alternative_moves import offer_another
from services.alternatives import OneWayOnly
from services.estimate_versions import before_after, last_items
from services.line_changes import give_discount
from services.refusals import NotNow
from services.safety_warnings import NotWarned
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.services.reception import approved, estimated, lines_of

YES, NO = Answer.AGREED, Answer.DECLINED
BY_PHONE = {"method": ConsentMethod.PHONE, "person": "Grace Field"}


@pytest.fixture
def work(ws: Workspace) -> Iterator[Work]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        yield work


def say(work: Work, order: WorkOrder, *answers: Answer, **more: object) -> None:
    asked = [line.id for line in lines_of(work, order) if line.answer == Answer.PENDING]
    given = dict(zip(asked, answers, strict=True))
    consents.approve(work, order.id, answers=given, **BY_PHONE, **more)  # type: ignore[arg-type]


def asked_again(work: Work, order: WorkOrder) -> list[tuple[str, Decimal, Decimal]]:
    found = before_after(lines_of(work, order), last_items(work, order.id))
    return [(line.title, item.unit_price, line.unit_price) for line, item in found]


def test_a_version_counts_only_what_changed(work: Work) -> None:
    order = estimated(work)
    assert order.estimate_version == 1
    orders.revise(work, order.id)
    assert orders.request_approval(work, order.id).estimate_version == 1
    orders.revise(work, order.id)
    orders.change_line(work, order.id, line_id=lines_of(work, order)[0].id, unit_price=Decimal(70))
    assert orders.request_approval(work, order.id).estimate_version == 2


def test_after_consent_only_the_changed_line_is_asked_again_with_what_was_agreed_before(work: Work) -> None:
    order = approved(work, jobs=(1, 2))
    orders.revise(work, order.id)
    orders.change_line(work, order.id, line_id=lines_of(work, order)[0].id, unit_price=Decimal(75))
    orders.request_approval(work, order.id)
    assert (order.status, order.estimate_version) == (OrderStatus.AWAITING_APPROVAL, 2)
    assert asked_again(work, order) == [("Oil service", Decimal(60), Decimal(75))]
    say(work, order, YES)
    given = consents.consents(work, order.id)
    assert [(consent.version, len(items), consent.total) for consent, items in given] == [
        (1, 4, Decimal("240.75")), (2, 1, Decimal(75)),
    ]  # fmt: skip
    assert order.status == OrderStatus.AWAITING_DISPATCH


def test_nothing_changed_goes_back_to_the_workshop_without_a_word(work: Work) -> None:
    order = approved(work)
    line = lines_of(work, order)[0].id
    orders.revise(work, order.id)
    for price in (75, 60):
        orders.change_line(work, order.id, line_id=line, unit_price=Decimal(price))
    orders.request_approval(work, order.id)
    assert (order.status, order.estimate_version) == (OrderStatus.AWAITING_DISPATCH, 1)
    assert len(consents.consents(work, order.id)) == 1


def test_a_new_payer_is_a_change_too(work: Work) -> None:
    order = approved(work)
    orders.revise(work, order.id)
    orders.change_line(work, order.id, line_id=lines_of(work, order)[0].id, payer=Payer.WARRANTY, payer_percent=50)
    orders.request_approval(work, order.id)
    say(work, order, YES)
    [_, (consent, [item])] = consents.consents(work, order.id)
    assert (consent.total, item.payer, item.payer_percent) == (Decimal(30), Payer.WARRANTY, 50)


def test_a_payer_changed_while_the_customer_reads_is_another_version(work: Work) -> None:
    order = estimated(work)
    job = lines_of(work, order)[0].order_job_id
    orders.set_payer(work, order.id, order_job_id=job, payer=Payer.GOODWILL)
    assert order.estimate_version == 2


def test_safety_work_is_declined_only_after_a_warning_which_is_kept(work: Work) -> None:
    order = estimated(work, jobs=(1, 2))
    brakes = work.get(OrderJob, lines_of(work, order)[2].order_job_id)
    brakes.safety = True
    with pytest.raises(NotWarned) as refused:
        say(work, order, YES, YES, NO, NO)
    assert refused.value.params == {"job": "Front brake pads"}
    assert [line.answer for line in lines_of(work, order)] == [Answer.PENDING] * 4
    say(work, order, YES, YES, NO, NO, warned={brakes.id}, language="zh_CN")
    [(consent, _)] = consents.consents(work, order.id)
    assert consent.language == "zh_CN"
    assert consent.warned == ["不做“Front brake pads”，车辆可能不安全。此情况已说明，客户仍选择不做。"]


def test_a_part_of_a_safety_job_can_be_declined_without_it(work: Work) -> None:
    order = estimated(work, jobs=(1, 2))
    work.get(OrderJob, lines_of(work, order)[2].order_job_id).safety = True
    say(work, order, YES, YES, YES, NO)
    assert order.status == OrderStatus.AWAITING_DISPATCH


def test_one_of_several_ways_is_agreed_and_the_others_go_without_a_warning(work: Work) -> None:
    order = approved(work)
    orders.revise(work, order.id)
    job = work.get(OrderJob, lines_of(work, order)[0].order_job_id)
    other = offer_another(work, order.id, order_job_id=job.id)
    job.safety = other.safety = True
    orders.request_approval(work, order.id)
    ways = {line.id: line.order_job_id for line in lines_of(work, order)}
    with pytest.raises(OneWayOnly):
        consents.approve(work, order.id, answers=dict.fromkeys(ways, YES), **BY_PHONE)  # type: ignore[arg-type]
    mine = {line: YES for line, of in ways.items() if of == other.id}
    consents.approve(work, order.id, answers=mine, **BY_PHONE)  # type: ignore[arg-type]
    assert {of: line.answer for line in lines_of(work, order) for of in [line.order_job_id]} == {
        job.id: NO,
        other.id: YES,
    }


def two_ways(work: Work) -> tuple[WorkOrder, int, int]:
    """Brake pads in two ways, the first one agreed, taken back to reception."""
    order = estimated(work, jobs=(2,))
    orders.revise(work, order.id)
    first = lines_of(work, order)[0].order_job_id
    second = offer_another(work, order.id, order_job_id=first).id
    orders.request_approval(work, order.id)
    choose(work, order, first)
    orders.revise(work, order.id)
    return order, first, second


def choose(work: Work, order: WorkOrder, job: int) -> None:
    mine = {line.id: YES for line in lines_of(work, order) if line.order_job_id == job}
    consents.approve(work, order.id, answers=mine, **BY_PHONE)  # type: ignore[arg-type]


CHANGES: dict[str, Callable[[Work, WorkOrder, OrderLine], object]] = {
    "price": lambda work, order, line: orders.change_line(work, order.id, line_id=line.id, unit_price=Decimal(91)),
    "discount": lambda work, order, line: give_discount(work, order.id, line_id=line.id, percent=5),
    "part": lambda work, order, line: orders.add_part(
        work, order.id, order_job_id=line.order_job_id, part_id=1, quantity=Decimal(1)
    ),
    "fee": lambda work, order, line: orders.add_charge(
        work, order.id, order_job_id=line.order_job_id, kind=LineKind.FEE, title="Disposal", price=Decimal(4)
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_one_way_opens_the_whole_choice_again(work: Work, change: str) -> None:
    order, _, second = two_ways(work)
    CHANGES[change](work, order, next(line for line in lines_of(work, order) if line.order_job_id == second))
    orders.request_approval(work, order.id)
    assert {line.answer for line in lines_of(work, order)} == {Answer.PENDING}
    choose(work, order, second)
    assert order.status == OrderStatus.AWAITING_DISPATCH


def test_a_job_declined_earlier_is_asked_about_again_and_nothing_else(work: Work) -> None:
    order = estimated(work, jobs=(1, 2))
    say(work, order, YES, YES, NO, NO)
    orders.revise(work, order.id)
    brakes = lines_of(work, order)[2].order_job_id
    orders.ask_again(work, order.id, order_job_id=brakes)
    with pytest.raises(NotNow):
        orders.ask_again(work, order.id, order_job_id=brakes)
    orders.request_approval(work, order.id)
    assert [line.answer for line in lines_of(work, order)] == [YES, YES, Answer.PENDING, Answer.PENDING]
    say(work, order, YES, YES)
    assert order.status == OrderStatus.AWAITING_DISPATCH


def test_a_job_agreed_to_or_a_choice_made_is_asked_about_again_though_nothing_changed(work: Work) -> None:
    order, _, second = two_ways(work)
    orders.ask_again(work, order.id, order_job_id=second)
    orders.request_approval(work, order.id)
    choose(work, order, second)
    orders.revise(work, order.id)
    orders.request_approval(work, order.id)
    assert order.status == OrderStatus.AWAITING_DISPATCH  # asked once, not for ever
