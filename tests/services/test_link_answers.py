"""The customer answers about extra work alone, on the private page."""

from datetime import timedelta
from decimal import Decimal

import pytest

from db.enums import Answer, ConsentMethod, Role
from db.models import Consent, WorkOrder
from services.clocks import start
from services.consents import AlreadyAnswered, NoAnswer, answer_extra, consents
from services.extra_work import propose
from services.link_answers import ChangedMeanwhile, NothingAnswered, answer_by_link, asked_of_customer
from services.order_links import end_order_link, order_link
from services.order_moves import ORDERS
from services.refusals import Missing, NotFound, Refusal
from services.safety_warnings import NotWarned
from services.work import reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_name, as_role
from tests.shop import in_work, lines_of, order_of

NOON = MONDAY_9 + timedelta(hours=3)
YES, NO = Answer.AGREED, Answer.DECLINED


def asked(ws: Workspace, *, safety: bool = False) -> tuple[int, str, int]:
    """A car with brake pads found: the order, its link, the proposed job."""
    order = in_work(ws)
    with unit_of_work(as_name(ws, "Tom Technician")) as work:
        job = propose(work, order, job_id=2, reason="worn", safety=safety).id
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        return order, order_link(work, order).token, job


def say(ws: Workspace, order: int, token: str, answer: Answer = YES, **more: object) -> Consent:
    usual: dict[str, object] = {"person": "Grace Field", "version": order_of(ws, order).estimate_version,
                                "shown_at": NOON, "language": "zh_CN"}  # fmt: skip
    with unit_of_work(ws) as work:
        waiting = [line.id for line in lines_of(work, order) if line.answer == Answer.PENDING]
        return answer_by_link(work, token, answers=dict.fromkeys(waiting, answer), **usual | more)  # type: ignore[arg-type]


def test_the_yes_is_kept_with_name_and_way_and_the_technician_can_begin(ws: Workspace) -> None:
    order, token, job = asked(ws)
    consent = say(ws, order, token)
    assert (consent.method, consent.person, consent.by_id, consent.language, consent.total) == (
        ConsentMethod.LINK, "Grace Field", None, "zh_CN", Decimal(138),
    )  # fmt: skip
    with unit_of_work(as_name(ws, "Tom Technician")) as work:
        assert start(work, order, job_id=job).order_job_id == job


def test_line_by_line(ws: Workspace) -> None:
    order, token, _ = asked(ws)
    with unit_of_work(ws) as work:
        labour, part = (line.id for line in lines_of(work, order) if line.answer == Answer.PENDING)
        answer_by_link(work, token, answers={labour: YES, part: NO}, person="Grace", version=1, shown_at=NOON)
        [(_, items)] = consents(work, order)
        assert [(item.line_id, item.answer) for item in items] == [(labour, YES), (part, NO)]


def test_the_promise_is_the_time_that_was_shown_and_only_with_a_yes(ws: Workspace) -> None:
    order, token, _ = asked(ws)
    with unit_of_work(ws) as work:
        work.get(WorkOrder, order).promised_at = MONDAY_9 + timedelta(hours=2)
    with pytest.raises(ChangedMeanwhile):
        say(ws, order, token, shown_at=None)  # the page said that the old time holds
    with pytest.raises(ChangedMeanwhile):
        say(ws, order, token, shown_at=NOON - timedelta(minutes=30))
    say(ws, order, token, shown_at=NOON)
    assert order_of(ws, order).promised_at == NOON


def test_a_no_moves_no_promise(ws: Workspace) -> None:
    order, token, _ = asked(ws)
    before = order_of(ws, order).promised_at
    say(ws, order, token, NO, shown_at=NOON + timedelta(hours=4))
    assert order_of(ws, order).promised_at == before


def test_safety_work_is_declined_only_with_the_warning_read(ws: Workspace) -> None:
    order, token, job = asked(ws, safety=True)
    with pytest.raises(NotWarned):
        say(ws, order, token, NO)
    assert say(ws, order, token, NO, warned={job}).warned == [
        "不做“Front brake pads”，车辆可能不安全。此情况已说明，客户仍选择不做。"
    ]


def test_customer_and_advisor_at_once_one_wins(ws: Workspace) -> None:
    order, token, _ = asked(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        waiting = {line.id: NO for line in lines_of(work, order) if line.answer == Answer.PENDING}
        answer_extra(work, order, answers=waiting, method=ConsentMethod.PHONE, person="Grace Field")
    with pytest.raises(Refusal), unit_of_work(ws) as work:
        answer_by_link(work, token, answers=dict.fromkeys(waiting, YES), person="Grace", version=1, shown_at=NOON)
    with reading(ws) as work:
        assert [line.answer for line in lines_of(work, order)][-2:] == [NO, NO]


def test_another_estimate_a_blank_name_no_answer_and_an_ended_link(ws: Workspace) -> None:
    order, token, _ = asked(ws)
    with pytest.raises(ChangedMeanwhile):
        say(ws, order, token, version=0)
    with pytest.raises(Missing):
        say(ws, order, token, person=" ")
    with pytest.raises(NoAnswer):
        say(ws, order, token, Answer.PENDING)
    with pytest.raises(NothingAnswered), unit_of_work(ws) as work:
        answer_by_link(work, token, answers={}, person="Grace", version=1)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        end_order_link(work, order)
    with pytest.raises(NotFound):
        say(ws, order, token)


def test_nobody_of_the_garage_answers_in_the_customers_name(ws: Workspace) -> None:
    order, _, _ = asked(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        waiting = {line.id: YES for line in lines_of(work, order) if line.answer == Answer.PENDING}
        with pytest.raises(NoAnswer):
            answer_extra(work, order, answers=waiting, method=ConsentMethod.LINK, person="Grace Field")


def test_what_is_asked_is_known_only_while_the_car_is_worked_on(ws: Workspace) -> None:
    order, token, job = asked(ws)
    with reading(ws) as work:
        assert [one.id for one in asked_of_customer(facts_of(work, ORDERS, order))] == [job]
    say(ws, order, token)
    with reading(ws) as work:
        assert asked_of_customer(facts_of(work, ORDERS, order)) == []
    with pytest.raises(Refusal):
        say(ws, order, token)


def test_a_line_is_answered_once(ws: Workspace) -> None:
    order, token, _ = asked(ws)
    with unit_of_work(as_name(ws, "Tom Technician")) as work:
        propose(work, order, job_id=3, reason="weak")
    with unit_of_work(ws) as work:
        first = next(line.id for line in lines_of(work, order) if line.answer == Answer.PENDING)
        answer_by_link(work, token, answers={first: NO}, person="Grace", version=2)
    with pytest.raises(AlreadyAnswered), unit_of_work(ws) as work:
        answer_by_link(work, token, answers={first: YES}, person="Grace", version=2, shown_at=NOON)
