"""What fails goes back for a cause, on a job, to a person; and a check that is interrupted goes on where it was."""

from datetime import timedelta

import pytest
from sqlmodel import select

from db.enums import CheckLevel, OrderStatus, Role
from db.enums_checks import CheckPoint as P
from db.enums_workshop import CheckMark, ReworkCause
from db.models import Check, ClockEntry, Draft, Event
from services import check_draft
from services.check_marks import Said, failures, kept
from services.checks import fail_check, pass_check
from services.clocks import finish_job, start
from services.order_moves import ORDERS
from services.refusals import NotAllowed, NotFound, NotNow, TooLong
from services.rework import NobodyForRework
from services.work import unit_of_work
from services.workflow import facts_of
from services.workshop_board import board, whose_turn
from services.workspace import Workspace
from tests.factories import as_name, as_role
from tests.services.test_checks import at_check
from tests.services.test_clocks import after
from tests.services.test_files import picture
from tests.shop import in_work, make_order, order_of, staff_id

FINAL = CheckLevel.FINAL
TOM, TIA = "Tom Technician", "Tia Technician"


def two_jobs(ws: Workspace) -> tuple[int, list[int]]:
    """Oil by Tom, then brakes by Tia; at final inspection. The order and its jobs."""
    order = make_order(ws, "SVC", "BRK", status=OrderStatus.FINAL_INSPECTION, given_to=TOM)
    with unit_of_work(ws) as work:
        jobs = facts_of(work, ORDERS, order).jobs
        for hours, job, who in ((3, jobs[0], TOM), (2, jobs[1], TIA)):
            begun = work.now - timedelta(hours=hours)
            job.done_at = begun + timedelta(hours=1)
            work.add(ClockEntry(order_id=order, order_job_id=job.id, staff_id=staff_id(work, who), started_at=begun,
                                ended_at=job.done_at, end_reason="done"))  # fmt: skip
        return order, [job.id for job in jobs]


def test_rework_is_opened_for_the_named_cause_job_and_person(ws: Workspace) -> None:
    order, (oil, _) = two_jobs(ws)
    with unit_of_work(as_role(ws, Role.INSPECTOR)) as work:
        check = fail_check(work, order, level=FINAL, note="drips", cause=ReworkCause.PART, order_job_id=oil, staff_id=4)
    assert (check.cause, check.order_job_id, check.staff_id) == (ReworkCause.PART, oil, 4)
    assert order_of(ws, order).technician_id == 4
    with unit_of_work(ws) as work:
        event = work.db.exec(select(Event).where(Event.action == "fail_final")).one()
        assert event.details == {"note": "drips", "cause": "Faulty part", "job": "Oil service", "to": TIA}


def test_left_open_it_is_the_likely_cause_the_job_done_last_and_who_did_it(ws: Workspace) -> None:
    order, (_, brakes) = two_jobs(ws)
    said = {P.ROAD: Said(CheckMark.PASS), P.LOOK: Said(CheckMark.FAIL, "scratch on the sill")}
    with unit_of_work(as_role(ws, Role.INSPECTOR)) as work:
        check = fail_check(work, order, level=FINAL, items=said)  # the point says what is wrong
    assert (check.cause, check.order_job_id, check.staff_id) == (ReworkCause.DAMAGE, brakes, 4)
    assert [(one.words, one.note) for one in failures(check)] == [
        ("No new damage, inside and out", "scratch on the sill")
    ]
    assert [one.mark for one in kept(check)] == [CheckMark.PASS, None, None, CheckMark.FAIL]


def test_rework_goes_to_somebody_who_repairs_and_to_a_job_of_the_order(ws: Workspace) -> None:
    order, _ = two_jobs(ws)
    for wrong, refusal in (({"staff_id": 1}, NobodyForRework), ({"order_job_id": 999}, NotFound)):
        with pytest.raises(refusal), unit_of_work(as_role(ws, Role.INSPECTOR)) as work:
            fail_check(work, order, level=FINAL, note="drips", **wrong)  # type: ignore[arg-type]
    assert order_of(ws, order).rework_count == 0


def test_the_chain_starts_again_with_the_named_job_clocked_as_rework(ws: Workspace) -> None:
    order, (oil, brakes) = two_jobs(ws)
    with unit_of_work(as_role(ws, Role.INSPECTOR)) as work:
        fail_check(work, order, level=FINAL, note="drips", order_job_id=oil)
    with unit_of_work(as_name(after(ws, 1), TIA)) as work:  # somebody helps on the other job: that is not the rework
        start(work, order, job_id=brakes)
    with unit_of_work(as_name(after(ws, 2), TIA)) as work:
        finish_job(work, order)
    assert order_of(ws, order).status == OrderStatus.REWORK
    with unit_of_work(as_name(after(ws, 3), TOM)) as work:
        clock = start(work, order)
        assert (clock.order_job_id, clock.rework) == (oil, True)
    with unit_of_work(as_name(after(ws, 4), TOM)) as work:
        finish_job(work, order)
    assert order_of(ws, order).status == OrderStatus.SELF_CHECK


def test_the_car_sent_back_comes_first_for_who_does_it_again(ws: Workspace) -> None:
    in_work(ws, plate="FIRST 1", given_to=TIA)
    order, _ = two_jobs(ws)
    in_work(ws, plate="LAST 3", given_to=TIA)
    with unit_of_work(as_role(ws, Role.INSPECTOR)) as work:
        fail_check(work, order, level=FINAL, note="drips")
    with unit_of_work(as_name(ws, TIA)) as work:
        assert whose_turn(board(work).cards, work.by)[0].id == order


def test_an_interrupted_check_goes_on_where_it_was_and_ends_with_its_decision(ws: Workspace) -> None:
    order = at_check(ws, FINAL)
    inspector = as_role(ws, Role.INSPECTOR)
    with unit_of_work(inspector) as work:
        check_draft.mark(work, order, FINAL, P.ROAD, CheckMark.NOT_APPLICABLE)
        check_draft.note(work, order, FINAL, P.ROAD, "not registered")
        taken = check_draft.add_photo(work, order, FINAL, P.LOOK, picture(40, 30)).id
        with pytest.raises(TooLong):
            check_draft.note(work, order, FINAL, P.LOOK, "x" * 301)
    with unit_of_work(inspector) as work:
        assert check_draft.rest_in_order(work, order, FINAL) == 3
        assert check_draft.rest_in_order(work, order, FINAL) == 0
        said = check_draft.begun(work, order, FINAL)
        assert check_draft.pictures_of(work, said.values())[taken].subject_id == order
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        assert check_draft.begun(work, order, FINAL) == {}  # what one person says is nobody else's word
        check_draft.mark(work, order, FINAL, P.ROAD, CheckMark.FAIL)
    with unit_of_work(inspector) as work:
        check = pass_check(work, order, level=FINAL, items=check_draft.begun(work, order, FINAL))
        assert [(one.mark, one.note, one.photo) for one in kept(check)] == [
            (CheckMark.NOT_APPLICABLE, "not registered", None),
            (CheckMark.PASS, "", None),
            (CheckMark.PASS, "", None),
            (CheckMark.PASS, "", taken),
        ]
        assert not work.db.exec(select(Draft)).all()


def test_photos_are_taken_by_who_checks_and_while_it_is_checked(ws: Workspace) -> None:
    order = at_check(ws, FINAL)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        check_draft.add_photo(work, order, FINAL, P.LOOK, picture(40, 30))
    with pytest.raises(NotNow), unit_of_work(as_name(ws, TOM)) as work:
        check_draft.add_photo(work, order, CheckLevel.SELF, P.LOOK, picture(40, 30))


def test_what_an_older_release_kept_of_a_check_is_still_read(ws: Workspace) -> None:
    old = [
        {"key": "road", "text": "Road test or function test passed", "ok": True},
        {"key": "x", "text": "Gone", "ok": False},
    ]
    found = kept(Check(order_id=1, level=FINAL, passed=False, items=old, by_id=1))
    assert [(one.words, one.mark) for one in found] == [
        ("Road test or function test passed", CheckMark.PASS),
        ("Gone", None),
    ]
