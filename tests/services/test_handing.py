"""From reception to the workshop: key tag, papers, acceptance, and the question back."""

from datetime import timedelta

import pytest

from db.enums import OrderStatus, Role
from db.enums_reception import HandedPaper
from db.models import WorkOrder
from services import handing, order_tasks, orders, workshop
from services.order_refusals import KeyTagMissing, NotHandedOver, QuestionOpen
from services.refusals import NotAllowed, NotNow, TooLong, WrongStatus
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role
from tests.services.reception import approved
from tests.shop import bay_id, staff_id


def signed(ws: Workspace, plate: str = "AB12 CDE") -> int:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        return approved(work, plate=plate).id


def handed(ws: Workspace, tag: str = "17", plate: str = "AB12 CDE") -> int:
    order_id = signed(ws, plate)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        handing.set_tag(work, order_id, tag)
        handing.hand_over(work, order_id)
    return order_id


def give_out(work: Work, order_id: int) -> WorkOrder:
    return workshop.dispatch(work, order_id, staff_id=staff_id(work, "Tom Technician"), bay_id=bay_id(work, "Lift 1"))


def test_nothing_is_given_out_before_it_was_handed_over_and_nothing_is_handed_over_without_a_tag(ws: Workspace) -> None:
    order_id = signed(ws)
    with pytest.raises(NotHandedOver), unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        give_out(work, order_id)
    with pytest.raises(KeyTagMissing), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        handing.hand_over(work, order_id)
    with unit_of_work(as_role(ws, Role.ADVISOR).at(MONDAY_9 + timedelta(minutes=9))) as work:
        handing.set_tag(work, order_id, " 17 ")
        handing.set_papers(work, order_id, [HandedPaper.WHEEL_KEY, HandedPaper.LICENCE])
        order = handing.hand_over(work, order_id)
        assert (order.key_tag, order.papers, order.handed_at) == ("17", ["licence", "wheel_key"], work.now)
    with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        assert give_out(work, order_id).accepted_at == work.now


def test_a_tag_hangs_on_one_key_until_that_car_has_left(ws: Workspace) -> None:
    first, second = handed(ws), signed(ws, "XY99 ZZZ")
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        handing.set_tag(work, second, "17")
    with pytest.raises(handing.TagTaken) as refused, unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        handing.hand_over(work, second)
    assert refused.value.say("en") == "Key tag 17 is on the key of AB12 CDE."
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        orders.cancel(work, first, reason="customer left")
        handing.hand_over(work, second)
    with pytest.raises(NotNow), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        handing.set_tag(work, first, "18")


def test_a_new_tag_for_a_car_already_handed_over_has_to_be_free(ws: Workspace) -> None:
    handed(ws, "17")
    second = handed(ws, "18", "XY99 ZZZ")
    with pytest.raises(handing.TagTaken), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        handing.set_tag(work, second, "17")
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        assert handing.set_tag(work, second, "19").key_tag == "19"
    with pytest.raises(TooLong), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        handing.set_tag(work, second, "1" * 21)


def test_the_workshop_accepts_once_and_the_desk_hands_over_once(ws: Workspace) -> None:
    order_id = handed(ws)
    with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        assert handing.accept(work, order_id).accepted_at == work.now
    with pytest.raises(NotNow), unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        handing.accept(work, order_id)
    with pytest.raises(NotNow), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        handing.hand_over(work, order_id)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        handing.ask_back(work, order_id, "Where?")


def test_a_question_holds_the_car_until_reception_answers_and_can_be_asked_again(ws: Workspace) -> None:
    order_id = handed(ws)
    desk, shop = as_role(ws, Role.ADVISOR), as_role(ws, Role.SUPERVISOR)
    with unit_of_work(shop) as work:
        task = handing.ask_back(work, order_id, "Which wheel?").id
    for verb in (give_out, handing.accept):
        with pytest.raises(QuestionOpen), unit_of_work(shop) as work:
            verb(work, order_id)
    with pytest.raises(NotNow), unit_of_work(shop) as work:
        handing.ask_back(work, order_id, "And when?")
    with unit_of_work(desk) as work:
        order_tasks.answer(work, task, "Front left")
    with unit_of_work(shop) as work:
        second = handing.ask_back(work, order_id, "And when?").id
    with unit_of_work(desk) as work:
        order_tasks.answer(work, second, "When braking")
    with unit_of_work(shop) as work:
        assert give_out(work, order_id).status == OrderStatus.IN_WORK
    with pytest.raises(WrongStatus), unit_of_work(shop) as work:
        handing.ask_back(work, order_id, "Too late?")


def test_a_changed_estimate_has_to_be_accepted_anew_but_the_key_stays(ws: Workspace) -> None:
    order_id = handed(ws)
    with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        handing.accept(work, order_id)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order = orders.revise(work, order_id)
        assert (order.status, order.accepted_at, order.key_tag) == (OrderStatus.RECEPTION, None, "17")
        assert order.handed_at is not None
