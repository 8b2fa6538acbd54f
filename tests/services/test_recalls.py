"""Open recalls at reception: told at each visit, accepted with their job, declined with a reason, done when the car leaves."""

import pytest
from sqlmodel import col, select

from db.enums import Answer, ConsentMethod, LineKind, Payer, Role
from db.enums_desk import CampaignKind
from db.enums_reception import Cover
from db.models import CampaignAnswer, CampaignCar, OrderJob, OrderLine, WorkOrder
from services import orders
from services.arrivals import greet, walk_in
from services.consents import answer_lines
from services.due_work import visit_over
from services.orders import WasAnswered
from services.recalls import RecallNotOpen, accept, decline, declined, recalls_of, unanswered
from services.refusals import NotNow, ReasonMissing, WrongStatus
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import as_name, as_role, make_campaign
from tests.services.reception import approved, estimated, received


@pytest.fixture
def desk(ws: Workspace) -> Workspace:
    return as_role(ws, Role.ADVISOR)


def jobs_of(work: Work, order: WorkOrder) -> list[OrderJob]:
    return list(work.db.exec(select(OrderJob).where(OrderJob.order_id == order.id).order_by(col(OrderJob.id))))


def payers(work: Work, job: OrderJob) -> set[Payer]:
    return {line.payer for line in work.db.exec(select(OrderLine).where(OrderLine.order_job_id == job.id))}


def next_visit(work: Work, order: WorkOrder) -> WorkOrder:
    orders.cancel(work, order.id, reason="came back another day")
    return greet(work, walk_in(work, vehicle_id=order.vehicle_id, concern="Service", jobs=(1,)).id)


def test_an_accepted_recall_puts_its_job_on_the_order_and_the_maker_pays(desk: Workspace) -> None:
    with unit_of_work(desk) as work:
        recall = make_campaign(work, job_id=2)
        order = received(work)
        assert [one.id for one in unanswered(work, order.id)] == [recall.id]
        answer = accept(work, order.id, campaign_id=recall.id)
        job = jobs_of(work, order)[-1]
        assert (job.job_id, job.cover, job.cover_reason, payers(work, job)) == (
            2,
            Cover.INSIDE,
            "R1 Airbag",
            {Payer.WARRANTY},
        )
        assert (answer.order_job_id, answer.by_id) == (job.id, 1)
        assert unanswered(work, order.id) == []
        with pytest.raises(NotNow):
            accept(work, order.id, campaign_id=recall.id)


def test_a_job_booked_already_is_taken_for_it_and_left_when_the_customer_changes_their_mind(desk: Workspace) -> None:
    with unit_of_work(desk) as work:
        recall = make_campaign(work, job_id=1)
        order = received(work)
        assert accept(work, order.id, campaign_id=recall.id).order_job_id is None
        (job,) = jobs_of(work, order)
        assert payers(work, job) == {Payer.WARRANTY}
        decline(work, order.id, campaign_id=recall.id, reason="No time today")
        (job,) = jobs_of(work, order)
        assert (job.cover, payers(work, job)) == (None, {Payer.CUSTOMER})


def test_one_without_a_job_comes_as_free_work_and_goes_again_with_a_no(desk: Workspace) -> None:
    with unit_of_work(desk) as work:
        recall = make_campaign(work)
        offer = make_campaign(work, code="C1", kind=CampaignKind.CAMPAIGN, title="Winter check")
        order = received(work)
        for one in (recall, offer):
            accept(work, order.id, campaign_id=one.id)
        free, check = jobs_of(work, order)[1:]
        assert (free.title, payers(work, free), payers(work, check)) == (
            "R1 Airbag",
            {Payer.WARRANTY},
            {Payer.CUSTOMER},
        )
        unpriced = dict(work.db.exec(select(OrderLine.order_job_id, OrderLine.unpriced)).all())
        assert (unpriced[free.id], unpriced[check.id]) == (False, True)
        decline(work, order.id, campaign_id=recall.id, reason="Sees no need")
        assert [job.id for job in jobs_of(work, order)[1:]] == [check.id]
        accept(work, order.id, campaign_id=recall.id)
        orders.remove_job(work, order.id, order_job_id=jobs_of(work, order)[-1].id)
        accept(work, order.id, campaign_id=recall.id)  # taken off on the estimate, and wanted after all
        assert [job.title for job in jobs_of(work, order)] == ["Oil service", "C1 Winter check", "R1 Airbag"]


def test_a_no_needs_a_reason_is_on_the_paper_and_is_told_again_at_the_next_visit(desk: Workspace) -> None:
    with unit_of_work(desk) as work:
        recall = make_campaign(work, job_id=2)
        order = received(work)
        with pytest.raises(ReasonMissing):
            decline(work, order.id, campaign_id=recall.id, reason=" ")
        decline(work, order.id, campaign_id=recall.id, reason="No time today")
        with pytest.raises(NotNow):
            decline(work, order.id, campaign_id=recall.id, reason="No time today")
        assert [(one.id, answer.reason) for one, answer in declined(work, order.id)] == [(recall.id, "No time today")]
        later = next_visit(work, order)
        (one,) = recalls_of(work, later.id)
        assert (one.answer, one.before and one.before.reason) == (None, "No time today")
        accept(work, later.id, campaign_id=recall.id)
        assert declined(work, later.id) == []
        assert len(declined(work, order.id)) == 1


def test_two_advisors_at_once_put_the_job_on_the_order_once(desk: Workspace) -> None:
    with unit_of_work(desk) as work:
        recall = make_campaign(work, job_id=2)
        order = received(work)
        accept(work, order.id, campaign_id=recall.id)
    with pytest.raises(NotNow), unit_of_work(as_name(desk, "Max Manager")) as work:
        accept(work, order.id, campaign_id=recall.id)
    with unit_of_work(desk) as work:
        assert len(jobs_of(work, order)) == 2
        assert len(work.db.exec(select(CampaignAnswer)).all()) == 1


def test_what_is_not_open_or_comes_too_late_is_refused(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        recall, other = make_campaign(work, job_id=2), make_campaign(work, code="R2", make="Opel")
        order = received(work)
        with pytest.raises(RecallNotOpen):
            accept(work, order.id, campaign_id=other.id)
    with unit_of_work(ws) as work:
        shown = estimated(work, plate="BB22 BBB")
        decline(work, shown.id, campaign_id=recall.id, reason="No time today")  # asked again at the agreement
        with pytest.raises(WrongStatus):
            accept(work, shown.id, campaign_id=recall.id)


def test_what_the_customer_signed_for_is_declined_there(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        recall = make_campaign(work, job_id=2)
        order = received(work)
        accept(work, order.id, campaign_id=recall.id)
        line = work.db.exec(select(OrderLine).where(OrderLine.order_job_id == jobs_of(work, order)[-1].id)).first()
        assert line
        _answered(work, order, line)
    with pytest.raises(WasAnswered), unit_of_work(ws) as work:
        decline(work, order.id, campaign_id=recall.id, reason="No time today")


def _answered(work: Work, order: WorkOrder, line: OrderLine) -> None:
    answer_lines(work, order, answers={line.id: Answer.AGREED}, method=ConsentMethod.PHONE, person="Grace Field")


@pytest.mark.parametrize(
    ("job_id", "said", "done"), [(2, True, True), (None, True, True), (1, False, False), (1, None, True)]
)
def test_closing_a_visit_marks_what_was_carried_out(
    ws: Workspace, job_id: int | None, said: bool | None, done: bool
) -> None:
    with unit_of_work(ws) as work:
        recall = make_campaign(work, job_id=job_id)
        order = received(work)
        if said:
            accept(work, order.id, campaign_id=recall.id)
        elif said is False:
            decline(work, order.id, campaign_id=recall.id, reason="No time today")
        for job in jobs_of(work, order):
            job.done_at = work.now
            work.add(job)
        visit_over(work, order, jobs_of(work, order))
        kept = work.db.exec(select(CampaignCar.order_id)).all()
        assert list(kept) == ([order.id] if done else [])


def test_work_not_done_leaves_the_recall_open(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        recall = make_campaign(work, job_id=2, ends_on=None)
        order = approved(work)
        visit_over(work, order, [])
        assert [one.campaign.id for one in recalls_of(work, order.id)] == [recall.id]


def test_a_job_that_got_the_number_of_the_one_taken_off_is_not_the_recalls(desk: Workspace) -> None:
    with unit_of_work(desk) as work:
        recall = make_campaign(work)
        order = received(work)
        answer = accept(work, order.id, campaign_id=recall.id)
        assert answer.order_job_id
        orders.remove_job(work, order.id, order_job_id=answer.order_job_id)
        other = OrderJob(id=answer.order_job_id, order_id=order.id, title="Wheel alignment")  # as SQLite numbers it
        work.add(other)
        work.add(OrderLine(order_id=order.id, order_job_id=other.id, kind=LineKind.LABOUR, title=other.title))
        decline(work, order.id, campaign_id=recall.id, reason="No time today")
        assert [job.title for job in jobs_of(work, order)] == ["Oil service", "Wheel alignment"]
        accept(work, order.id, campaign_id=recall.id)
        assert payers(work, other) == {Payer.CUSTOMER}
