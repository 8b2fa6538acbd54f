"""Answers tapped and not yet given for good."""

from decimal import Decimal

import pytest
from sqlmodel import select

from db.enums import Answer, ConsentMethod, OrderStatus, Role
from db.models import ConsentItem, Draft, WorkOrder
from services import begun_answers, orders
from services.alternative_moves import offer_another
from services.begun_answers import Begun
from services.consents import Signature, approve
from services.declined_work import declined_for_car
from services.files import SignatureUnreadable
from services.order_refusals import ConsentMissing
from services.refusals import NotAllowed, Refusal, Stale, WrongStatus
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.services.checking import jobs_of
from tests.services.reception import estimated, lines_of
from tests.services.test_files import picture

YES, NO = Answer.AGREED, Answer.DECLINED


def asked(ws: Workspace) -> tuple[int, list[int]]:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order = estimated(work)
        return order.id, [line.id for line in lines_of(work, order)]


def kept(ws: Workspace, order_id: int, role: Role = Role.ADVISOR) -> Begun:
    with reading(as_role(ws, role)) as work:
        return begun_answers.begun(work, work.get(WorkOrder, order_id))


def test_every_tap_is_there_after_a_reload_and_on_the_persons_other_tablet(ws: Workspace) -> None:
    order_id, (labour, oil) = asked(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        begun_answers.answer(work, order_id, 1, {labour: YES, oil: NO})
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        begun_answers.answer(work, order_id, 1, {oil: None})
        begun_answers.warn(work, order_id, 1, 7, True)
        begun_answers.how(work, order_id, 1, method=ConsentMethod.PHONE, person="Her brother", language="zh_CN")
    assert kept(ws, order_id) == Begun({labour: YES}, {7}, ConsentMethod.PHONE, "Her brother", "", "zh_CN")
    assert kept(ws, order_id, Role.MANAGER) == Begun()


def test_another_version_of_the_estimate_forgets_them(ws: Workspace) -> None:
    order_id, (labour, oil) = asked(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        begun_answers.answer(work, order_id, 1, {labour: YES, oil: YES})
        orders.revise(work, order_id)
        orders.add_job(work, order_id, job_id=2)
        orders.request_approval(work, order_id)
    assert kept(ws, order_id) == Begun()
    with pytest.raises(Stale), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        begun_answers.answer(work, order_id, 1, {labour: YES})


def test_given_for_good_the_draft_is_gone_and_the_other_tablet_is_told(ws: Workspace) -> None:
    order_id, lines = asked(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        begun_answers.answer(work, order_id, 1, dict.fromkeys(lines, YES))
        begun_answers.how(work, order_id, 1, method=ConsentMethod.MESSAGE, note="WeChat")
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        begun_answers.answer(work, order_id, 1, dict.fromkeys(lines, NO))
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        consent = begun_answers.give(work, order_id, 1)
        assert (consent.person, consent.note, consent.method) == ("Grace Field", "WeChat", ConsentMethod.MESSAGE)
        assert work.db.exec(select(Draft)).all() == []
    with pytest.raises(WrongStatus), unit_of_work(as_role(ws, Role.MANAGER)) as work:
        begun_answers.answer(work, order_id, 1, dict.fromkeys(lines, NO))


def test_a_signature_that_is_none_leaves_every_answer(ws: Workspace) -> None:
    order_id, lines = asked(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        begun_answers.answer(work, order_id, 1, dict.fromkeys(lines, YES))
    with pytest.raises(Refusal) as refused, unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        begun_answers.give(work, order_id, 1, Signature(picture(300, 100, "PNG"), [[[1, 2, 3]]]))
    assert isinstance(refused.value, SignatureUnreadable)
    assert kept(ws, order_id).answers == dict.fromkeys(lines, YES)
    with reading(ws) as work:
        assert work.get(WorkOrder, order_id).status == OrderStatus.AWAITING_APPROVAL


def test_only_reception_taps_answers(ws: Workspace) -> None:
    order_id, lines = asked(ws)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        begun_answers.answer(work, order_id, 1, {lines[0]: YES})


def test_who_wants_nothing_signs_for_it_and_the_visit_ends(ws: Workspace) -> None:
    order_id, lines = asked(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        begun_answers.answer(work, order_id, 1, dict.fromkeys(lines, NO))
        begun_answers.how(work, order_id, 1, method=ConsentMethod.PHONE)
        consent = begun_answers.give(work, order_id, 1)
    with reading(ws) as work:
        order = work.get(WorkOrder, order_id)
        assert (order.status, order.reason) == (OrderStatus.CANCELLED, "The customer wants none of it")
        assert {item.answer for item in work.db.exec(select(ConsentItem))} == {NO}
        assert (consent.total, work.db.exec(select(Draft)).all()) == (Decimal(0), [])
        (declined,) = declined_for_car(work, order.vehicle_id)
        assert declined.order_id == order_id  # it follows the car


def test_a_visit_does_not_end_by_an_answer_that_is_missing(ws: Workspace) -> None:
    order_id, (labour, _) = asked(ws)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        begun_answers.answer(work, order_id, 1, {labour: NO})
        begun_answers.how(work, order_id, 1, method=ConsentMethod.PHONE)
    with pytest.raises(ConsentMissing), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        begun_answers.give(work, order_id, 1)
    with reading(ws) as work:
        assert work.get(WorkOrder, order_id).status == OrderStatus.AWAITING_APPROVAL


def test_of_several_ways_all_declined_the_danger_is_explained_once(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order = estimated(work)
        orders.revise(work, order.id)
        first = jobs_of(work, order.id)[0]
        first.safety = True
        offer_another(work, order.id, order_job_id=first.id)
        orders.request_approval(work, order.id)
        answers = {line.id: NO for line in lines_of(work, order)}
        consent = approve(
            work, order.id, answers=answers, method=ConsentMethod.PHONE, person="Grace", warned=[first.id]
        )
        assert len(jobs_of(work, order.id)) == 2
        assert len(consent.warned or []) == 1
