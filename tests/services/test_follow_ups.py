"""The call after delivery, and the complaint it may open."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from db.enums import ComplaintKind, ComplaintStatus, FollowUpStatus, Role
from db.models import Complaint, Customer, FollowUp, FollowUpAnswer
from services import complaints
from services.care_moves import QUESTIONS, AnswerMissing, AnswersMissing, BadAnswer, NobodyResponsible, PlanMissing
from services.follow_ups import NoSuchQuestion, answer, answers, attempts, complain, miss, reach, satisfied
from services.handover import close
from services.refusals import InThePast, Missing, NotAllowed, NotFound, OutOfRange, TooLong, WrongStatus
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import delivered, make_ready
from tests.factories import MONDAY_9, as_role

GOOD = dict.fromkeys(QUESTIONS, 5)


@pytest.fixture
def clerk(ws: Workspace) -> Workspace:
    """The follow-up clerk; one call (id 1) is due for a closed order."""
    order_id = make_ready(ws)
    delivered(ws, order_id)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        close(work, order_id)
    return as_role(ws, Role.FOLLOW_UP)


def _call(ws: Workspace) -> FollowUp:
    with reading(ws) as work:
        return work.get(FollowUp, 1)


def test_a_satisfied_customer_ends_the_call(clerk: Workspace) -> None:
    with unit_of_work(clerk) as work:
        reach(work, 1)
        answer(work, 1, scores=GOOD, recommend=10, comment="Lovely people")
        satisfied(work, 1)
    call = _call(clerk)
    assert (call.status, call.recommend, call.comment, call.finished_at) == (
        FollowUpStatus.SATISFIED,
        10,
        "Lovely people",
        MONDAY_9,
    )
    with reading(clerk) as work:
        assert answers(work, 1) == GOOD
        assert [a.reached for a in attempts(work, 1)] == [True]


def test_nobody_answers_the_try_is_kept_and_the_call_is_due_again_at_the_time_they_like(clerk: Workspace) -> None:
    with unit_of_work(clerk) as work:
        customer = work.db.exec(select(Customer)).one()
        customer.call_when = "16:00"
        work.db.add(customer)
        miss(work, 1, note="Rang out")
    assert (_call(clerk).status, _call(clerk).due_at) == (
        FollowUpStatus.NOT_REACHED,
        datetime(2026, 11, 24, 16, tzinfo=UTC),
    )
    with unit_of_work(clerk) as work:
        miss(work, 1, again_at=MONDAY_9 + timedelta(hours=1))
    with unit_of_work(clerk) as work:
        reach(work, 1)
        assert [a.reached for a in attempts(work, 1)] == [False, False, True]
    assert _call(clerk).status == FollowUpStatus.REACHED


def test_calling_again_in_the_past_is_refused_and_no_try_is_left(clerk: Workspace) -> None:
    with pytest.raises(InThePast), unit_of_work(clerk) as work:
        miss(work, 1, again_at=MONDAY_9)
    with reading(clerk) as work:
        assert attempts(work, 1) == []


def test_questions_not_asked_yet_keep_the_call_open(clerk: Workspace) -> None:
    with unit_of_work(clerk) as work:
        reach(work, 1)
        answer(work, 1, scores={"quality": 5, "attitude": None}, recommend=9)
    with pytest.raises(AnswersMissing), unit_of_work(clerk) as work:
        satisfied(work, 1)


@pytest.mark.parametrize(("scores", "recommend"), [(GOOD | {"price": 2}, 9), (GOOD, 6), (GOOD | {"quality": 1}, 0)])
def test_a_bad_answer_cannot_be_closed_as_satisfied(clerk: Workspace, scores: dict[str, int], recommend: int) -> None:
    with unit_of_work(clerk) as work:
        reach(work, 1)
        answer(work, 1, scores=scores, recommend=recommend)
    with pytest.raises(BadAnswer), unit_of_work(clerk) as work:
        satisfied(work, 1)
    with unit_of_work(clerk) as work:
        complaint = complain(work, 1, words="The knocking is back", kind=ComplaintKind.REPAIR)
        assert (complaint.order_id, complaint.follow_up_id, complaint.status) == (1, 1, ComplaintStatus.RECEIVED)
    assert _call(clerk).status == FollowUpStatus.COMPLAINT


def test_the_middle_of_the_scale_is_no_complaint(clerk: Workspace) -> None:
    with unit_of_work(clerk) as work:
        reach(work, 1)
        answer(work, 1, scores=dict.fromkeys(QUESTIONS, 3), recommend=7)
        satisfied(work, 1)
    assert _call(clerk).status == FollowUpStatus.SATISFIED


def test_an_answer_changed_while_the_customer_speaks_replaces_the_first(clerk: Workspace) -> None:
    with unit_of_work(clerk) as work:
        reach(work, 1)
        answer(work, 1, scores={"quality": 2})
        answer(work, 1, scores={"quality": 4})
        assert [row.score for row in work.db.exec(select(FollowUpAnswer))] == [4]


def test_wrong_answers_are_refused(clerk: Workspace) -> None:
    with unit_of_work(clerk) as work:
        reach(work, 1)
    for scores, recommend, comment, refusal in (
        ({"quality": 6}, None, None, OutOfRange),
        ({"quality": 0}, None, None, OutOfRange),
        ({"taste": 3}, None, None, NoSuchQuestion),
        ({}, 11, None, OutOfRange),
        ({}, None, "x" * 2001, TooLong),
    ):
        with pytest.raises(refusal), unit_of_work(clerk) as work:
            answer(work, 1, scores=scores, recommend=recommend, comment=comment)


def test_answers_belong_to_a_call_that_was_reached(clerk: Workspace) -> None:
    with pytest.raises(WrongStatus), unit_of_work(clerk) as work:
        answer(work, 1, scores=GOOD)
    with pytest.raises(NotAllowed), unit_of_work(as_role(clerk, Role.TECHNICIAN)) as work:
        reach(work, 1)


def test_a_complaint_without_words_is_refused(clerk: Workspace) -> None:
    with unit_of_work(clerk) as work:
        reach(work, 1)
    with pytest.raises(Missing), unit_of_work(clerk) as work:
        complain(work, 1, words="  ")
    assert _call(clerk).status == FollowUpStatus.REACHED


@pytest.fixture
def complaint_id(clerk: Workspace) -> int:
    """A complaint just received."""
    with unit_of_work(clerk) as work:
        reach(work, 1)
        return complain(work, 1, words="Promised for eleven, ready at two").id


def test_a_complaint_goes_from_receipt_to_closing_and_the_customer_is_called_again(
    clerk: Workspace, complaint_id: int
) -> None:
    due = MONDAY_9 + timedelta(days=2)
    with unit_of_work(clerk) as work:
        complaints.classify(work, complaint_id, kind=ComplaintKind.TIME, responsible_id=1, due_at=due)
    with unit_of_work(clerk) as work:
        complaints.plan(work, complaint_id, what="Call at every slip")
        complaints.handle(work, complaint_id, what="Talked it over with the team")
        complaints.answer(work, complaint_id, what="Told them what changes")
        complaints.close(work, complaint_id)
    with reading(clerk) as work:
        found = work.get(Complaint, complaint_id)
        calls = work.db.exec(select(FollowUp).order_by(col(FollowUp.id))).all()
    assert (found.status, found.kind, found.responsible_id, found.due_at) == (
        ComplaintStatus.CLOSED,
        ComplaintKind.TIME,
        1,
        due,
    )
    assert (found.plan, found.handling, found.answer) == (
        "Call at every slip", "Talked it over with the team", "Told them what changes",
    )  # fmt: skip
    assert [(c.status, c.order_id) for c in calls] == [(FollowUpStatus.COMPLAINT, 1), (FollowUpStatus.DUE, 1)]
    assert calls[1].due_at == datetime(2026, 11, 24, 10, tzinfo=UTC)


def test_no_stage_of_a_complaint_can_be_left_empty(clerk: Workspace, complaint_id: int) -> None:
    with pytest.raises(NobodyResponsible), unit_of_work(clerk) as work:
        complaints.classify(work, complaint_id, kind=None, responsible_id=1, due_at=None)
    with pytest.raises(NotFound), unit_of_work(clerk) as work:
        complaints.classify(work, complaint_id, kind=ComplaintKind.TIME, responsible_id=99, due_at=None)
    with pytest.raises(InThePast), unit_of_work(clerk) as work:
        complaints.classify(work, complaint_id, kind=ComplaintKind.TIME, responsible_id=1, due_at=MONDAY_9)
    with unit_of_work(clerk) as work:
        complaints.classify(work, complaint_id, kind=ComplaintKind.TIME, responsible_id=1, due_at=None)
    with pytest.raises(PlanMissing), unit_of_work(clerk) as work:
        complaints.plan(work, complaint_id, what=" ")
    with unit_of_work(clerk) as work:
        complaints.plan(work, complaint_id, what="Polish it out")
    with pytest.raises(Missing), unit_of_work(clerk) as work:
        complaints.handle(work, complaint_id, what="")
    with unit_of_work(clerk) as work:
        complaints.handle(work, complaint_id, what="Polished")
    with pytest.raises(AnswerMissing), unit_of_work(clerk) as work:
        complaints.answer(work, complaint_id, what="")
    with pytest.raises(WrongStatus), unit_of_work(clerk) as work:
        complaints.close(work, complaint_id)


def test_a_technician_handles_no_complaint(clerk: Workspace, complaint_id: int) -> None:
    technician = as_role(clerk, Role.TECHNICIAN)
    with pytest.raises(NotAllowed), unit_of_work(technician) as work:
        complaints.classify(work, complaint_id, kind=ComplaintKind.TIME, responsible_id=1, due_at=None)
    with pytest.raises(NotAllowed), unit_of_work(technician) as work:
        complaints.receive(work, customer_id=1, words="Loud")
