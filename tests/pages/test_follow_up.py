"""The follow-up screen: calls in order, the questions, complaints stage by stage."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import ComplaintKind, ComplaintStatus, FollowUpStatus, Role
from db.models import Complaint, Customer, FollowUp, WorkOrder
from services.care_moves import QUESTIONS
from services.follow_ups import answers, attempts, complain, reach
from services.handover import close
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import delivered, make_ready
from tests.factories import MONDAY_9, as_role
from tests.pages.conftest import App


def words(at: AppTest) -> str:
    """Everything written on the screen, without the escapes of markdown."""
    return "\n".join(
        str(e.value)
        for e in (*at.markdown, *at.caption, *at.header, *at.subheader, *at.info, *at.warning, *at.error, *at.text)
    ).replace("\\", "")


def tap(at: AppTest, key: str) -> AppTest:
    return at.button(key=key).click().run()


@pytest.fixture
def called(garage: Workspace) -> Workspace:
    """A closed order whose follow-up call (id 1) is due now."""
    order_id = make_ready(garage, promised_at=MONDAY_9)
    delivered(garage, order_id)
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        close(work, order_id)
        call = work.db.exec(select(FollowUp)).one()
        call.due_at = work.now
        work.db.add(call)
    return garage


@pytest.fixture
def complained(called: Workspace) -> Workspace:
    """The same with a complaint (id 1) out of the call."""
    with unit_of_work(as_role(called, Role.FOLLOW_UP)) as work:
        reach(work, 1)
        complain(work, 1, words="**Grease** on the ![seat](http://x)")
    return called


def _call(ws: Workspace) -> FollowUp:
    with reading(ws) as work:
        return work.get(FollowUp, 1)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("role", [Role.FOLLOW_UP, Role.ADVISOR, Role.MANAGER])
def test_the_calls_due_and_complaints_are_listed(app: App, complained: Workspace, role: Role, language: str) -> None:
    with unit_of_work(complained) as work:
        order = work.db.exec(select(WorkOrder)).one()
        work.add(FollowUp(order_id=order.id, customer_id=order.customer_id, due_at=work.now))
    at = app("follow_up", role, language)
    assert not at.exception
    for said in (
        "Grace Field",
        "+44 7700 900123",
        {"en": "To call today · 1", "zh_CN": "今天要打的电话 · 1"}[language],
    ):
        assert said in words(at)
    assert "**Grease** on the ![seat]" in words(at)
    assert "![seat](http://x)" not in "".join(m.value for m in at.markdown)


@pytest.mark.parametrize("role", [Role.TECHNICIAN, Role.CASHIER])
def test_who_does_not_call_does_not_see_it(app: App, called: Workspace, role: Role) -> None:
    assert "+44 7700 900123" not in words(app("follow_up", role))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_call_is_opened_reached_answered_and_closed(app: App, called: Workspace, language: str) -> None:
    at = app("follow_up", Role.FOLLOW_UP, language)
    tap(at, "call_1")
    assert at.query_params["follow_up"] == "1"
    assert "+44 7700 900123" in words(at)
    assert "W261123-2CDE" in words(at)
    tap(at, "reach_1")
    for question in QUESTIONS:
        at.segmented_control(key=f"{question}_1").set_value(5).run()
    assert at.button(key="satisfied_1").disabled
    at.pills(key="recommend_1").set_value(10).run()
    at.text_area(key="comment_1").set_value("Lovely").run()
    tap(at, "satisfied_1")
    assert not at.exception
    call = _call(called)
    assert (call.status, call.recommend, call.comment) == (FollowUpStatus.SATISFIED, 10, "Lovely")
    with reading(called) as work:
        assert answers(work, 1) == dict.fromkeys(QUESTIONS, 5)


def test_not_reached_is_noted_and_the_call_waits_for_later(app: App, called: Workspace) -> None:
    at = app("follow_up", Role.FOLLOW_UP, follow_up=1)
    at.text_input(key="miss_note_1").set_value("Mailbox").run()
    tap(at, "miss_1")
    assert _call(called).status == FollowUpStatus.NOT_REACHED
    assert _call(called).due_at > MONDAY_9
    with reading(called) as work:
        assert [a.note for a in attempts(work, 1)] == ["Mailbox"]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_bad_answer_closes_the_way_to_satisfied_and_opens_a_complaint(
    app: App, called: Workspace, language: str
) -> None:
    at = app("follow_up", Role.FOLLOW_UP, language, follow_up=1)
    tap(at, "reach_1")
    at.segmented_control(key="quality_1").set_value(1).run()
    assert at.button(key="satisfied_1").disabled
    assert {"en": "open a complaint", "zh_CN": "登记投诉"}[language] in words(at)
    tap(at, "complain_1")
    assert len(at.error) == 1
    at.pills(key="kind_1").set_value(ComplaintKind.REPAIR).run()
    at.text_area(key="wrong_words_1").set_value("It knocks again").run()
    tap(at, "complain_1")
    assert _call(called).status == FollowUpStatus.COMPLAINT
    tap(at, "to_complaint")
    assert "It knocks again" in words(at)
    with reading(called) as work:
        found = work.db.exec(select(Complaint)).one()
        assert (found.kind, found.order_id) == (ComplaintKind.REPAIR, 1)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_complaint_is_led_to_its_end(app: App, complained: Workspace, language: str) -> None:
    at = app("follow_up", Role.FOLLOW_UP, language, complaint=1)
    tap(at, "classify_1")
    assert len(at.error) == 1
    at.pills(key="kind_1").set_value(ComplaintKind.SERVICE).run()
    at.selectbox(key="who_1").set_value(1).run()
    tap(at, "classify_1")
    for action, said in (("plan", "Clean it"), ("handle", "Cleaned"), ("answer", "Showed them")):
        at.text_area(key=f"{action}_words_1").set_value(said).run()
        tap(at, f"{action}_1")
        assert said in words(at)
    tap(at, "close_1")
    assert not at.exception
    with reading(complained) as work:
        found = work.get(Complaint, 1)
        assert (found.status, found.kind, found.responsible_id) == (ComplaintStatus.CLOSED, ComplaintKind.SERVICE, 1)
        assert len(work.db.exec(select(FollowUp)).all()) == 2


def test_answers_given_before_are_there_when_the_call_is_taken_up_again(app: App, called: Workspace) -> None:
    at = app("follow_up", Role.FOLLOW_UP, follow_up=1)
    tap(at, "reach_1")
    at.segmented_control(key="price_1").set_value(4).run()
    again = app("follow_up", Role.ADVISOR, "zh_CN", follow_up=1)
    assert again.segmented_control(key="price_1").value == 4


@pytest.mark.parametrize("name", ["follow_up", "complaint", "order"])
@pytest.mark.parametrize("address", ["999999", "abc", "-3"])
def test_an_address_that_leads_nowhere_is_a_sentence(app: App, called: Workspace, name: str, address: str) -> None:
    at = app("follow_up", Role.FOLLOW_UP, **{name: address})
    assert not at.exception
    assert len(at.warning) == 1
    with reading(called) as work:
        assert work.db.exec(select(Customer)).one().name == "Grace Field"


def test_nobody_to_call_says_what_makes_a_call(app: App, garage: Workspace) -> None:
    assert "A call is planned when an order is closed." in words(app("follow_up", Role.FOLLOW_UP))
