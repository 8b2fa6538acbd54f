"""The time clock."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import select

from db.enums import Answer, CheckLevel, HoldReason, OrderStatus, Role
from db.models import ClockEntry, OrderJob, Reservation
from services.checks import fail_check
from services.clocks import (
    ClockElsewhere,
    ClockTwice,
    JobDone,
    JobNotAgreed,
    NoClock,
    OthersOnJob,
    WrongReason,
    clocked,
    finish,
    finish_job,
    hold,
    pause,
    resume,
    start,
)
from services.extra_work import propose
from services.order_moves import ORDERS
from services.order_refusals import ConsentMissing, NobodyAssigned, NothingAgreed
from services.refusals import NotAllowed, NotFound, NotNow, Refusal, TooLong, WrongStatus
from services.work import reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_name, as_role
from tests.shop import in_work, job_id, lines_of, make_order, order_of

TOM, TIA, SAM = "Tom Technician", "Tia Technician", "Sam Supervisor"


def after(ws: Workspace, minutes: int) -> Workspace:
    return ws.at(MONDAY_9 + timedelta(minutes=minutes))


def clock_in(ws: Workspace, order: int, name: str = TOM, job: int | None = None) -> ClockEntry:
    with unit_of_work(as_name(ws, name)) as work:
        return start(work, order, job_id=job)


def finish_as(ws: Workspace, order: int, name: str = TOM, job: int | None = None, **texts: str) -> OrderJob:
    with unit_of_work(as_name(ws, name)) as work:
        return finish_job(work, order, job_id=job, **texts)


def jobs_of(ws: Workspace, order: int) -> list[int]:
    with reading(ws) as work:
        return [job.id for job in facts_of(work, ORDERS, order).jobs]


def clocks(ws: Workspace, order: int) -> list[tuple[int, bool, str]]:
    """Who, still running, why ended."""
    with reading(ws) as work:
        return [(c.staff_id, c.ended_at is None, c.end_reason) for c in facts_of(work, ORDERS, order).clocks]


def test_a_clock_starts_on_the_first_job_to_do_and_pauses_with_a_reason(ws: Workspace) -> None:
    order = in_work(ws, "SVC", "BRK")
    assert clock_in(ws, order).order_job_id == jobs_of(ws, order)[0]
    with unit_of_work(as_name(after(ws, 25), TOM)) as work:
        pause(work, order, reason=HoldReason.BREAK)
    assert clocks(ws, order) == [(3, False, "break")]
    assert order_of(ws, order).status == OrderStatus.IN_WORK
    with reading(ws) as work:
        assert clocked(facts_of(work, ORDERS, order).clocks, work.now) == {(jobs_of(ws, order)[0], 3): 25}


def test_a_chosen_job_is_clocked(ws: Workspace) -> None:
    order = in_work(ws, "SVC", "BRK")
    second = jobs_of(ws, order)[1]
    assert clock_in(ws, order, job=second).order_job_id == second


def test_a_person_has_one_running_clock_and_reads_on_which_car(ws: Workspace) -> None:
    clock_in(ws, in_work(ws, plate="FIRST 1"))
    other = in_work(ws, plate="OTHER 2")
    with pytest.raises(ClockElsewhere) as refused:
        clock_in(ws, other)
    assert refused.value.say("en") == "Your clock is still running on FIRST 1. Pause or finish there first."


def test_a_second_start_on_the_same_car_is_refused(ws: Workspace) -> None:
    order = in_work(ws)
    clock_in(ws, order)
    with pytest.raises(NotNow):
        clock_in(ws, order)


def test_two_tablets_starting_two_cars_for_one_person_at_once_start_one_clock(ws: Workspace) -> None:
    orders, ready, said = [in_work(ws, plate="A 1"), in_work(ws, plate="B 2")], Barrier(2), list[object]()

    def tablet(order: int) -> None:
        ready.wait()
        try:
            said.append(clock_in(ws, order).id)
        except Refusal as refusal:
            said.append(type(refusal))

    threads = [Thread(target=tablet, args=(order,)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([s for s in said if isinstance(s, int)]) == 1
    assert next(s for s in said if not isinstance(s, int)) in (ClockElsewhere, ClockTwice)
    with reading(ws) as work:
        assert len(work.db.exec(select(ClockEntry)).all()) == 1


@pytest.mark.parametrize("answer", [Answer.PENDING, Answer.DECLINED])
def test_a_job_the_customer_has_not_agreed_to_cannot_be_started(ws: Workspace, answer: Answer) -> None:
    order = in_work(ws, "SVC", "BRK")
    second = jobs_of(ws, order)[1]
    with unit_of_work(ws) as work:
        for line in lines_of(work, order):
            if line.order_job_id == second:
                line.answer = answer
    with pytest.raises(JobNotAgreed):
        clock_in(ws, order, job=second)
    assert clocks(ws, order) == []


def test_no_clock_starts_when_nothing_is_agreed_nobody_assigned_or_the_job_is_of_another_car(ws: Workspace) -> None:
    with pytest.raises((NothingAgreed, NotNow)):
        clock_in(ws, make_order(ws, status=OrderStatus.IN_WORK, given_to=TOM, answer=Answer.PENDING))
    with pytest.raises(NobodyAssigned):
        clock_in(ws, make_order(ws, status=OrderStatus.IN_WORK, plate="NO 1"))
    other = jobs_of(ws, in_work(ws, plate="OTHER 2"))[0]
    with pytest.raises(NotFound):
        clock_in(ws, in_work(ws, plate="MINE 3"), job=other)


def test_the_last_finished_job_takes_the_car_to_the_self_check_and_frees_the_rest_of_its_place(ws: Workspace) -> None:
    order = in_work(ws, "SVC", "BRK")
    with unit_of_work(ws) as work:
        end = MONDAY_9 + timedelta(minutes=150)
        work.add(Reservation(order_id=order, bay_id=1, starts_at=MONDAY_9, ends_at=end))
    clock_in(ws, order)
    done = finish_as(after(ws, 40), order, cause="Worn", correction="Renewed")
    assert (done.cause, done.correction, done.done_at) == ("Worn", "Renewed", MONDAY_9 + timedelta(minutes=40))
    assert order_of(ws, order).status == OrderStatus.IN_WORK
    clock_in(after(ws, 40), order)
    finish_as(after(ws, 90), order)
    assert order_of(ws, order).status == OrderStatus.SELF_CHECK
    assert clocks(ws, order) == [(3, False, "done"), (3, False, "done")]
    with reading(ws) as work:
        assert work.db.exec(select(Reservation.ends_at)).one() == MONDAY_9 + timedelta(minutes=90)


def test_a_car_with_unanswered_extra_work_stays_in_work_when_all_agreed_jobs_are_done(ws: Workspace) -> None:
    order = in_work(ws, "SVC", "BRK")
    second = jobs_of(ws, order)[1]
    with unit_of_work(ws) as work:
        for line in lines_of(work, order):
            line.answer = Answer.PENDING if line.order_job_id == second else Answer.AGREED
    clock_in(ws, order)
    finish_as(ws, order)
    assert order_of(ws, order).status == OrderStatus.IN_WORK


def test_a_finished_job_cannot_be_started_again(ws: Workspace) -> None:
    order = in_work(ws, "SVC", "BRK")
    first = jobs_of(ws, order)[0]
    clock_in(ws, order)
    finish_as(ws, order)
    with pytest.raises(JobDone):
        clock_in(ws, order, job=first)


def test_who_has_no_clock_here_cannot_finish_or_pause_but_a_supervisor_can(ws: Workspace) -> None:
    order = in_work(ws)
    clock_in(ws, order)
    with pytest.raises(NoClock):
        finish_as(ws, order, TIA)
    with pytest.raises(NoClock), unit_of_work(as_name(ws, TIA)) as work:
        pause(work, order, reason=HoldReason.BREAK)
    with unit_of_work(as_name(ws, SAM)) as work:
        pause(work, order, reason=HoldReason.TOOL)
    clock_in(ws, order)
    finish_as(ws, order, SAM)
    assert clocks(ws, order) == [(3, False, "tool"), (3, False, "done")]
    assert order_of(ws, order).status == OrderStatus.SELF_CHECK


def test_a_job_two_people_work_on_is_finished_by_the_last_of_them(ws: Workspace) -> None:
    order = in_work(ws)
    clock_in(ws, order)
    clock_in(ws, order, TIA)
    with pytest.raises(OthersOnJob) as refused:
        finish_as(ws, order)
    assert TIA in refused.value.say("en")
    with unit_of_work(as_name(ws, TOM)) as work:
        pause(work, order, reason=HoldReason.BREAK)
    finish_as(ws, order, TIA)
    assert clocks(ws, order) == [(3, False, "break"), (4, False, "done")]


def test_putting_a_car_on_hold_ends_all_clocks_and_resuming_leaves_them_ended(ws: Workspace) -> None:
    order = in_work(ws)
    clock_in(ws, order)
    clock_in(ws, order, TIA)
    with unit_of_work(as_name(ws, TOM)) as work:
        hold(work, order, reason=HoldReason.PARTS, note="due 14:00")
    held = order_of(ws, order)
    assert (held.status, held.hold_reason) == (OrderStatus.ON_HOLD, HoldReason.PARTS)
    assert clocks(ws, order) == [(3, False, "parts"), (4, False, "parts")]
    with unit_of_work(as_name(ws, TOM)) as work:
        resume(work, order)
    again = order_of(ws, order)
    assert (again.status, again.hold_reason) == (OrderStatus.IN_WORK, None)


def test_a_car_stopped_for_an_answer_stays_until_it_came_but_a_part_lets_agreed_work_go_on(ws: Workspace) -> None:
    for reason, plate in ((HoldReason.APPROVAL, "A 1"), (HoldReason.PARTS, "B 2")):
        order = in_work(ws, "SVC", "BRK", plate=plate)
        with unit_of_work(as_name(ws, TOM)) as work:
            lines_of(work, order)[-1].answer = Answer.PENDING
            hold(work, order, reason=reason)
        if reason == HoldReason.APPROVAL:
            with pytest.raises(ConsentMissing), unit_of_work(as_name(ws, TOM)) as work:
                resume(work, order)
        else:
            with unit_of_work(as_name(ws, TOM)) as work:
                resume(work, order)
            assert order_of(ws, order).status == OrderStatus.IN_WORK


def test_a_break_is_no_reason_to_hold_and_a_part_none_to_pause(ws: Workspace) -> None:
    order = in_work(ws)
    clock_in(ws, order)
    with pytest.raises(WrongReason), unit_of_work(as_name(ws, TOM)) as work:
        hold(work, order, reason=HoldReason.BREAK)
    with pytest.raises(WrongReason), unit_of_work(as_name(ws, TOM)) as work:
        pause(work, order, reason=HoldReason.PARTS)
    with pytest.raises(TooLong), unit_of_work(as_name(ws, TOM)) as work:
        hold(work, order, reason=HoldReason.PARTS, note="x" * 301)


def test_work_after_a_failed_check_is_clocked_as_rework_and_ends_in_the_self_check(ws: Workspace) -> None:
    order = in_work(ws)
    clock_in(ws, order)
    finish_as(ws, order)
    with unit_of_work(as_name(ws, TOM)) as work:
        fail_check(work, order, level=CheckLevel.SELF, note="drain plug drips")
    assert clock_in(after(ws, 5), order).rework
    finish_as(after(ws, 15), order)
    assert order_of(ws, order).status == OrderStatus.SELF_CHECK
    with reading(ws) as work:
        assert [c.rework for c in facts_of(work, ORDERS, order).clocks] == [False, True]


def test_rework_cannot_be_called_done_before_somebody_worked_on_it_and_goes_on_after_a_break(ws: Workspace) -> None:
    order = in_work(ws)
    clock_in(ws, order)
    finish_as(ws, order)
    with unit_of_work(as_name(after(ws, 1), TOM)) as work:
        fail_check(work, order, level=CheckLevel.SELF, note="drain plug drips")
    with pytest.raises(NotNow), unit_of_work(as_name(after(ws, 2), TOM)) as work:
        finish(work, order)
    clock_in(after(ws, 2), order)
    with unit_of_work(as_name(after(ws, 3), TOM)) as work:
        pause(work, order, reason=HoldReason.BREAK)
    assert clock_in(after(ws, 4), order).rework


def test_finished_rework_waits_only_for_the_answer_about_extra_work(ws: Workspace) -> None:
    order = in_work(ws)
    clock_in(ws, order)
    finish_as(ws, order)
    with unit_of_work(as_name(after(ws, 1), TOM)) as work:
        fail_check(work, order, level=CheckLevel.SELF, note="drain plug drips")
        propose(work, order, job_id=job_id(work, "BRK"), reason="worn")
    clock_in(after(ws, 2), order)
    finish_as(after(ws, 3), order)
    with unit_of_work(ws) as work:
        facts = facts_of(work, ORDERS, order)
        step = ORDERS.next_step(facts, facts.order.status)
        assert step is not None
        assert step.action == "finish"
        assert [type(blocker) for blocker in step.blockers(facts)] == [ConsentMissing]
        for line in facts.pending:
            line.answer = Answer.DECLINED
    with unit_of_work(as_name(after(ws, 4), TOM)) as work:
        assert finish(work, order).status == OrderStatus.SELF_CHECK


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.INSPECTOR, Role.PARTS_CLERK, Role.CASHIER, Role.FOLLOW_UP])
def test_only_the_workshop_clocks(ws: Workspace, role: Role) -> None:
    order = in_work(ws)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, role)) as work:
        start(work, order)


def test_the_program_itself_has_no_clock(ws: Workspace) -> None:
    order = in_work(ws)
    with pytest.raises(NotAllowed), unit_of_work(ws) as work:
        start(work, order)


def test_a_car_on_hold_cannot_be_started(ws: Workspace) -> None:
    with pytest.raises(WrongStatus):
        clock_in(ws, make_order(ws, status=OrderStatus.ON_HOLD, given_to=TOM))
