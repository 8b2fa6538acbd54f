"""Work that takes longer: reported by the workshop, told by the advisor, promised anew only with the customer's word."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from db.enums import Answer, Channel, ConsentMethod, OrderStatus, Role
from db.enums_reception import OrderTaskKind
from db.enums_workshop import DelayAnswer, DelayReason
from db.models import Delay, OrderTask, WorkOrder
from services import delays, order_tasks
from services.clocks import start
from services.consents import answer_extra
from services.extra_work import propose
from services.order_moves import ORDERS
from services.promise_proposals import with_extra
from services.promises import PromiseTooEarly, WordMissing, set_promise
from services.refusals import InThePast, Missing, NotAllowed, NotNow, OutOfRange, Refusal, WrongStatus
from services.work import unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_name, as_role
from tests.shop import in_work, lines_of, make_order, order_of

TOM = "Tom Technician"
NOON = MONDAY_9 + timedelta(hours=3)  # what tests/shop.py promises


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def reported(ws: Workspace, order: int, minutes: int = 30, who: str = TOM, **more: object) -> Delay:
    with unit_of_work(as_name(ws, who)) as work:
        return delays.report(work, order, reason=DelayReason.HARDER, minutes=minutes, **more)  # type: ignore[arg-type]


def said(ws: Workspace, delay: int, answer: DelayAnswer = DelayAnswer.AGREES, **more: object) -> Delay:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        return delays.answer(work, delay, answer=answer, channel=Channel.PHONE, person="Grace Field", **more)  # type: ignore[arg-type]


def open_kinds(ws: Workspace, role: Role) -> list[tuple[OrderTaskKind, str]]:
    with unit_of_work(as_role(ws, role)) as work:
        return [(task.kind, task.asked) for task, _, _ in order_tasks.open_tasks(work, work.by)]


def test_a_delay_is_the_advisors_task_with_a_new_time_and_promises_nothing_yet(ws: Workspace) -> None:
    order = in_work(ws)
    delay = reported(ws, order)
    assert (delay.promised_was, delay.proposed_at, delay.minutes) == (NOON, at(12, 30), 30)
    assert open_kinds(ws, Role.ADVISOR) == [(OrderTaskKind.DELAY, "Harder than planned")]
    assert order_of(ws, order).promised_at == NOON


def test_no_later_time_is_promised_past_a_delay_that_is_still_to_be_told(ws: Workspace) -> None:
    order = make_order(ws)
    delay = reported(ws, order)
    with pytest.raises(WordMissing), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        set_promise(work, order, promised_at=at(16))  # the answer to the delay would take it back to half past twelve
    said(ws, delay.id, agreed_at=at(16))
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        assert set_promise(work, order, promised_at=at(17)).promised_at == at(17)


@pytest.mark.parametrize(
    ("minutes", "proposed"),
    [(7 * 60, at(9, 0, 24)), (5, at(12, 15))],  # the garage closes at 18:00 and opens at 8:00
)
def test_the_new_time_counts_opening_hours_to_the_quarter_hour(ws: Workspace, minutes: int, proposed: datetime) -> None:
    assert reported(ws, in_work(ws), minutes).proposed_at == proposed


def test_it_is_never_before_the_work_that_is_left_can_be_done(ws: Workspace) -> None:
    order = in_work(ws, "SVC", "BRK", "BRK")  # four hours of work and the checks, promised in three
    assert reported(ws, order, 15).proposed_at == at(13, 30)


def test_the_customers_yes_moves_the_promise_and_is_kept(ws: Workspace) -> None:
    order = in_work(ws)
    delay = said(ws, reported(ws, order).id, note="collects it after work")
    assert (delay.answer, delay.agreed_at, delay.told_at, delay.person) == (
        DelayAnswer.AGREES,
        at(12, 30),
        MONDAY_9,
        "Grace Field",
    )
    assert (order_of(ws, order).promised_at, open_kinds(ws, Role.ADVISOR)) == (at(12, 30), [])


def test_who_needs_it_sooner_is_promised_nothing_and_the_supervisor_plans_anew(ws: Workspace) -> None:
    order = in_work(ws)
    said(ws, reported(ws, order).id, DelayAnswer.SOONER)
    assert order_of(ws, order).promised_at == NOON
    assert open_kinds(ws, Role.SUPERVISOR) == [(OrderTaskKind.REPLAN, "Needs it sooner")]
    said(ws, reported(ws, order, 60).id, DelayAnswer.FETCHES)
    assert open_kinds(ws, Role.SUPERVISOR) == [(OrderTaskKind.REPLAN, "Collects it as it is")]


def test_not_reached_leaves_the_task_open_and_can_be_tried_again(ws: Workspace) -> None:
    order = in_work(ws)
    delay = said(ws, reported(ws, order).id, DelayAnswer.NOT_REACHED)
    assert (delay.told_at, len(open_kinds(ws, Role.ADVISOR))) == (None, 1)
    assert said(ws, delay.id).agreed_at == at(12, 30)


def test_an_earlier_time_than_can_be_held_needs_a_reason(ws: Workspace) -> None:
    order = in_work(ws)
    delay = reported(ws, order, 60)
    with pytest.raises(PromiseTooEarly):
        said(ws, delay.id, agreed_at=at(12, 30))
    with pytest.raises(InThePast):
        said(ws, delay.id, agreed_at=at(8), note="two people")
    said(ws, delay.id, DelayAnswer.SOONER, agreed_at=at(12, 30), note="two people")
    assert order_of(ws, order).promised_at == at(12, 30)


def test_two_who_report_or_tell_at_once_one_wins_and_the_other_is_told(ws: Workspace) -> None:
    order = in_work(ws)
    first = reported(ws, order)
    with pytest.raises(delays.DelayReported) as refused:
        reported(ws, order, 60, "Tia Technician")
    assert refused.value.say("en") == (
        "Tom Technician has already reported a delay of 30 min. The customer is being told."
    )
    longer = reported(ws, order, 60, "Tia Technician", instead_of=first.id)
    with pytest.raises(NotNow):
        said(ws, first.id)
    said(ws, longer.id)
    with pytest.raises(delays.CustomerTold) as told:
        said(ws, longer.id, DelayAnswer.SOONER)
    assert told.value.say("zh_CN").count("Ada Advisor") == 1
    with unit_of_work(ws) as work:
        words = [task.answer for task in order_tasks.tasks_of(work, order)]
    assert words == ["Harder than planned", "Agrees to the new time"]


def test_a_later_promise_needs_the_customers_word_once_work_has_begun(ws: Workspace) -> None:
    order = in_work(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        set_promise(work, order, promised_at=NOON - timedelta(minutes=30))
        with pytest.raises(WordMissing):
            set_promise(work, order, promised_at=NOON)


@pytest.mark.parametrize(("minutes", "refusal"), [(4, OutOfRange), (20161, OutOfRange)])
def test_a_delay_has_a_length(ws: Workspace, minutes: int, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        reported(ws, in_work(ws), minutes)


def test_only_of_a_car_in_the_workshop_and_only_by_those_who_know(ws: Workspace) -> None:
    with pytest.raises(WrongStatus):
        reported(ws, make_order(ws, status=OrderStatus.READY))
    order = in_work(ws, plate="W 2")
    with pytest.raises(NotAllowed):
        reported(ws, order, who="Cass Cashier")
    delay = reported(ws, order)
    with pytest.raises(NotAllowed), unit_of_work(as_name(ws, TOM)) as work:
        delays.answer(work, delay.id, answer=DelayAnswer.AGREES, channel=Channel.PHONE, person="Grace")
    with pytest.raises(Missing), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        delays.answer(work, delay.id, answer=DelayAnswer.AGREES, channel=Channel.PHONE, person=" ")


def test_the_task_is_answered_by_the_customers_word_alone_and_ends_when_the_car_is_ready(ws: Workspace) -> None:
    order = in_work(ws)
    delay = reported(ws, order)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        [task] = [one for one in order_tasks.tasks_of(work, order) if one.kind == OrderTaskKind.DELAY]
        with pytest.raises(order_tasks.NoteTheAnswer):
            order_tasks.answer(work, task.id, "yes")
        work.get(WorkOrder, order).status = OrderStatus.READY
    assert open_kinds(ws, Role.ADVISOR) == []
    with pytest.raises(NotNow):
        said(ws, delay.id)


def test_the_clock_goes_on_while_the_customer_is_told(ws: Workspace) -> None:
    order = in_work(ws)
    reported(ws, order)
    with unit_of_work(as_name(ws, TOM)) as work:
        assert start(work, order).ended_at is None
        assert work.get(OrderTask, 1).done_at is None


def test_a_yes_to_extra_work_until_later_answers_the_delay_too(ws: Workspace) -> None:
    order = in_work(ws)
    reported(ws, order, 60)
    with unit_of_work(as_name(ws, TOM)) as work:
        job = propose(work, order, title="Weld", reason="cracked", minutes=30, price=Decimal(40))
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        new = with_extra(work, facts_of(work, ORDERS, order), [job])
        assert new == at(13, 30)  # after the delay, though the standard times end sooner
        answers = {line.id: Answer.AGREED for line in lines_of(work, order) if line.order_job_id == job.id}
        answer_extra(work, order, answers=answers, method=ConsentMethod.MESSAGE, person="Grace", promised_at=new)
        [delay] = delays.delays(work, order)
        assert (delay.answer, delay.agreed_at, delay.channel) == (DelayAnswer.AGREES, new, Channel.SMS)
    assert open_kinds(ws, Role.ADVISOR) == []
