"""The agreement with the customer, from the wishes to the workshop, on one tablet and on two."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import Answer, ConsentMethod, OrderStatus, PaymentMethod, Role
from db.enums_reception import HandedPaper, Stay
from db.models import Consent, OrderJob, OrderLine, WorkOrder
from services import begun_answers, handing, orders
from services.alternative_moves import offer_another
from services.visit_wishes import wish
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role
from tests.pages.conftest import App
from tests.services.reception import approved, estimated, lines_of, received

BOTH = pytest.mark.parametrize("language", ["en", "zh_CN"])


def at_desk(garage: Workspace, make: Any, **more: Any) -> int:
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        order: WorkOrder = make(work, **more)
        return order.id


def order_of(garage: Workspace, key: int) -> WorkOrder:
    with reading(garage) as work:
        return work.get(WorkOrder, key)


def tap(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click()
    return at.run()


def go(at: AppTest, where: str) -> AppTest:
    return tap(at, next(str(button.key) for button in at.button if str(button.key).startswith(where)))


def text(at: AppTest) -> str:
    assert not at.exception
    return "\n".join(one.value for one in (*at.markdown, *at.caption))


def errors(at: AppTest) -> list[str]:
    return [error.value for error in at.error]


@BOTH
def test_every_wish_is_a_tap_and_written_at_once(app: App, garage: Workspace, language: str) -> None:
    key = at_desk(garage, received)
    at = app("reception", Role.ADVISOR, language, order=key, step="promise")
    at.pills(key=f"stay_{key}").set_value(Stay.TAXI).run()
    at.toggle(key=f"wash_{key}").set_value(True).run()
    at.pills(key=f"payment_method_{key}").set_value(PaymentMethod.CARD).run()
    at.pills(key=f"ask_over_{key}").set_value(Decimal(200)).run()
    assert not at.exception
    order = order_of(garage, key)
    assert (order.stay, order.wash, order.payment_method, order.ask_over) == (
        Stay.TAXI, True, PaymentMethod.CARD, Decimal(200),
    )  # fmt: skip
    at.pills(key=f"ask_over_{key}").set_value(Decimal(-1)).run()
    at.number_input(key=f"ask_other_{key}").set_value(350.0).run()
    assert order_of(garage, key).ask_over == Decimal(350)


@BOTH
def test_all_agreed_by_one_tap_and_by_phone_goes_to_the_hand_over(app: App, garage: Workspace, language: str) -> None:
    key = at_desk(garage, estimated)
    at = app("reception", Role.ADVISOR, language, order=key)
    tap(at, f"all_{key}")
    at.segmented_control(key=f"consent_{key}").set_value(ConsentMethod.PHONE).run()
    go(at, "next_agree")
    assert errors(at) == []
    assert order_of(garage, key).status == OrderStatus.AWAITING_DISPATCH
    for digit in "17":
        tap(at, f"tag_{key}_{digit}")
    at.pills(key=f"papers_{key}").set_value([HandedPaper.LICENCE]).run()
    go(at, "next_hand_over")
    order = order_of(garage, key)
    assert (order.key_tag, order.papers, order.handed_at) == ("17", ["licence"], MONDAY_9)


def test_without_a_tag_the_car_stays_at_reception(app: App, garage: Workspace) -> None:
    key = at_desk(garage, approved)
    at = app("reception", Role.ADVISOR, order=key)
    go(at, "next_hand_over")
    assert errors(at) == ["The key has no tag yet\\."]
    for digit in ("1", "2", "<", "C", "9"):
        tap(at, f"tag_{key}_{digit}")
    assert order_of(garage, key).key_tag == "9"


def test_a_taken_tag_is_seen_while_it_is_tapped(app: App, garage: Workspace) -> None:
    first, key = at_desk(garage, approved), at_desk(garage, approved, plate="XY99 ZZZ")
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        handing.set_tag(work, first, "4")
        handing.hand_over(work, first)
    at = tap(app("reception", Role.ADVISOR, order=key), f"tag_{key}_4")
    assert "on the key of AB12 CDE" in text(at)
    go(at, "next_hand_over")
    assert errors(at) == ["Key tag 4 is on the key of AB12 CDE\\."]


def test_what_was_tapped_is_there_after_a_reload(app: App, garage: Workspace) -> None:
    key = at_desk(garage, estimated, jobs=(1, 2))
    at = app("reception", Role.ADVISOR, order=key)
    with reading(garage) as work:
        service, pads = work.db.exec(select(OrderJob).order_by(OrderJob.id)).all()  # type: ignore[arg-type]
        lines = [line.id for line in lines_of(work, work.get(WorkOrder, key))]
    at.segmented_control(key=f"answer_job_{service.id}").set_value(Answer.AGREED).run()
    at.segmented_control(key=f"answer_{lines[3]}").set_value(Answer.DECLINED).run()
    other = app("reception", Role.ADVISOR, order=key, step="agree")
    assert [other.segmented_control(key=f"answer_{line}").value for line in lines] == [
        Answer.AGREED, Answer.AGREED, None, Answer.DECLINED,
    ]  # fmt: skip
    assert other.segmented_control(key=f"answer_job_{pads.id}").value is None
    assert "Jobs without an answer: 1" in text(other)


def test_the_customer_reads_it_in_their_language_and_the_tablet_turns_back(app: App, garage: Workspace) -> None:
    key = at_desk(garage, estimated)
    at = app("reception", Role.ADVISOR, order=key)
    at.segmented_control(key=f"consent_{key}").set_value(ConsentMethod.PHONE).run()
    assert "Agreement" in text(at)
    tap(at, f"turn_{key}")
    seen = text(at)
    assert "Agreement" not in seen
    assert "Ready" not in seen
    assert at.button(key=f"all_{key}").label == "全部同意"
    assert not [button for button in at.button if button.key == "full_record"]
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:  # AppTest cannot tap what is drawn in another language
        lines = [line.id for line in lines_of(work, work.get(WorkOrder, key))]
        begun_answers.answer(work, key, 1, dict.fromkeys(lines, Answer.AGREED))
    go(at, "next_agree")
    with reading(garage) as work:
        assert work.db.exec(select(Consent)).one().language == "zh_CN"
    assert at.session_state["language"] == "en"


def test_declined_safety_work_is_explained_first(app: App, garage: Workspace) -> None:
    key = at_desk(garage, estimated, jobs=(1, 2))
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        service, pads = work.db.exec(select(OrderJob).order_by(OrderJob.id)).all()  # type: ignore[arg-type]
        pads.safety = True
    at = app("reception", Role.ADVISOR, order=key)
    at.segmented_control(key=f"answer_job_{service.id}").set_value(Answer.AGREED).run()
    at.segmented_control(key=f"answer_job_{pads.id}").set_value(Answer.DECLINED).run()
    at.segmented_control(key=f"consent_{key}").set_value(ConsentMethod.PHONE).run()
    assert "Explanations to confirm: 1" in text(at)
    go(at, "next_agree")
    assert order_of(garage, key).status == OrderStatus.AWAITING_APPROVAL
    at.toggle(key=f"warned_{pads.id}").set_value(True).run()
    go(at, "next_agree")
    with reading(garage) as work:
        assert work.db.exec(select(Consent)).one().warned == [
            "Without “Front brake pads” the car may not be safe. This was explained, and it is declined all the same."
        ]


def changed(work: Work) -> WorkOrder:
    order = approved(work, jobs=(1, 2))
    orders.revise(work, order.id)
    orders.change_line(work, order.id, line_id=lines_of(work, order)[0].id, unit_price=Decimal(75))
    return orders.request_approval(work, order.id)


@BOTH
def test_a_changed_estimate_asks_for_what_changed_and_shows_it_before_and_after(
    app: App, garage: Workspace, language: str
) -> None:
    key = at_desk(garage, changed)
    at = app("reception", Role.ADVISOR, language, order=key)
    assert "£60\\.00 → £75\\.00" in text(at)
    assert len([one for one in at.segmented_control if str(one.key).startswith("answer_job_")]) == 1
    tap(at, f"all_{key}")
    at.segmented_control(key=f"consent_{key}").set_value(ConsentMethod.PHONE).run()
    go(at, "next_agree")
    assert order_of(garage, key).status == OrderStatus.AWAITING_DISPATCH


def two_ways(work: Work) -> WorkOrder:
    order = estimated(work)
    orders.revise(work, order.id)
    offer_another(work, order.id, order_job_id=lines_of(work, order)[0].order_job_id)
    return orders.request_approval(work, order.id)


def test_one_of_two_ways_is_chosen_by_a_tap(app: App, garage: Workspace) -> None:
    key = at_desk(garage, two_ways)
    at = app("reception", Role.ADVISOR, order=key)
    with reading(garage) as work:
        first, second = work.db.exec(select(OrderJob.id).order_by(OrderJob.id)).all()  # type: ignore[arg-type]
    assert "Choices to make: 1" in text(at)
    tap(at, f"choose_{second}")
    at.segmented_control(key=f"consent_{key}").set_value(ConsentMethod.PHONE).run()
    go(at, "next_agree")
    assert errors(at) == []
    with reading(garage) as work:
        said = {line.order_job_id: line.answer for line in work.db.exec(select(OrderLine))}
    assert said == {first: Answer.DECLINED, second: Answer.AGREED}


def test_the_first_of_two_tablets_keeps_the_answer_and_the_second_is_told(app: App, garage: Workspace) -> None:
    key = at_desk(garage, estimated)
    at = app("reception", Role.ADVISOR, order=key)
    tap(at, f"all_{key}")
    at.segmented_control(key=f"consent_{key}").set_value(ConsentMethod.PHONE).run()
    with unit_of_work(as_role(garage, Role.MANAGER).at(MONDAY_9 + timedelta(minutes=5))) as work:
        orders.revise(work, key)
        orders.add_job(work, key, job_id=2)
        orders.request_approval(work, key)
    go(at, "next_agree")
    assert errors(at) == [
        "Max Manager changed this at 09\\:05 while you had it open\\. Look at the new state and try again\\."
    ]
    assert order_of(garage, key).status == OrderStatus.AWAITING_APPROVAL
    with unit_of_work(as_role(garage, Role.MANAGER)) as work:
        lines = [line.id for line in lines_of(work, work.get(WorkOrder, key))]
        begun_answers.answer(work, key, 2, dict.fromkeys(lines, Answer.AGREED))
        begun_answers.how(work, key, 2, method=ConsentMethod.PHONE)
        begun_answers.give(work, key, 2)
    tap(at, f"all_{key}")
    assert [button.key for button in at.button if str(button.key).startswith("tag_")]


def test_wishes_written_on_another_tablet_do_not_spoil_the_answer(app: App, garage: Workspace) -> None:
    key = at_desk(garage, estimated)
    at = app("reception", Role.ADVISOR, order=key)
    tap(at, f"all_{key}")
    at.segmented_control(key=f"consent_{key}").set_value(ConsentMethod.PHONE).run()
    with unit_of_work(as_role(garage, Role.MANAGER)) as work:
        wish(work, key, wash=True)
        orders.reached(work, key, "agree")
    go(at, "next_agree")
    assert (errors(at), order_of(garage, key).status) == ([], OrderStatus.AWAITING_DISPATCH)


@BOTH
def test_the_workshop_sees_the_tag_accepts_and_asks_back(app: App, garage: Workspace, language: str) -> None:
    key = at_desk(garage, approved)
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        wish(work, key, requests="Mind the dog")
        handing.set_tag(work, key, "17")
        handing.hand_over(work, key)
    at = app("workshop", Role.SUPERVISOR, language)
    assert "Mind the dog" in text(at)
    tap(at, f"accept_status_{key}")
    assert order_of(garage, key).accepted_at == MONDAY_9
    tap(at, f"ask_back_status_{key}")
    at.text_input(key=f"ask_words_{key}").set_value("Which wheel?")
    tap(at, f"ask_back_{key}")
    assert errors(at) == []
    assert not at.exception
    assert ":orange-badge" in text(app("workshop", Role.SUPERVISOR, language, order=key))
