"""Open recalls and campaigns of a car that is being received: told at each visit, accepted or declined with a reason."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, or_
from sqlmodel import col, select

from db.enums import Payer
from db.enums_desk import CampaignKind
from db.enums_reception import Cover
from db.models import Campaign, CampaignAnswer, CampaignCar, OrderJob, WorkOrder
from services import orders
from services.campaigns import mark_done, open_campaigns_for
from services.i18n import N_
from services.order_moves import ORDERS
from services.refusals import NotNow, Refusal
from services.validate import reason_given
from services.work import Work
from services.workflow import advance

REASONS = (N_("No time today"), N_("Wants it at the dealer's"), N_("Parts not there"), N_("Sees no need"))
TITLE = 160  # characters
_ANSWERED = select(CampaignAnswer.campaign_id).where(col(CampaignAnswer.order_id) == bindparam("order"))
_MEANT: Any = (
    select(Campaign.id)
    .where(or_(col(Campaign.job_id).in_(bindparam("jobs", expanding=True)), col(Campaign.id).in_(_ANSWERED)))
    .limit(1)
)


class RecallNotOpen(Refusal):
    """This recall is not open for the car any more."""


@dataclass(frozen=True)
class OpenRecall:
    """A recall or campaign with what was said to it: `answer` at this visit, `before` the newest no of an earlier one."""

    campaign: Campaign
    answer: CampaignAnswer | None
    before: CampaignAnswer | None

    @property
    def recall(self) -> bool:
        """Whether the maker calls the car back, and pays."""
        return self.campaign.kind == CampaignKind.RECALL


def recalls_of(work: Work, order_id: int) -> list[OpenRecall]:
    """What is open for the car of an order, recalls first. A fixed number of queries. Raises NotFound."""
    order = work.get(WorkOrder, order_id)
    found = open_campaigns_for(work, order.vehicle_id)
    here, before = _answers(work, order, [one.id for one in found])
    return [OpenRecall(one, here.get(one.id), before.get(one.id)) for one in found]


def unanswered(work: Work, order_id: int) -> list[Campaign]:
    """Those to which the customer has not said yes or no at this visit."""
    return [one.campaign for one in recalls_of(work, order_id) if one.answer is None]


def declined(work: Work, order_id: int) -> list[tuple[Campaign, CampaignAnswer]]:
    """The recalls and campaigns the customer declined at this visit, whatever became of them since: for the papers."""
    query = select(Campaign, CampaignAnswer).join(CampaignAnswer, col(CampaignAnswer.campaign_id) == col(Campaign.id))
    rows = work.db.exec(query.where(CampaignAnswer.order_id == order_id).order_by(col(CampaignAnswer.id)))
    last = {campaign.id: (campaign, answer) for campaign, answer in rows}
    return [(campaign, answer) for campaign, answer in last.values() if not answer.accepted]


def accept(work: Work, order_id: int, *, campaign_id: int) -> CampaignAnswer:
    """The customer says yes: its job comes on the order unless it is there already. The maker pays for a recall.

    Refuses with NotNow when that was said already, RecallNotOpen, and once the order is no longer being changed.
    """
    order: WorkOrder = advance(work, ORDERS, order_id, "edit", recall=campaign_id)
    one = _open(work, order, campaign_id)
    there = _job_there(work, order, one)
    if one.answer and one.answer.accepted and there:
        raise NotNow
    job = there or _put_job(work, order, one)
    if one.recall:
        _maker_pays(work, job, one.campaign)
    return _said(work, order, one.campaign, accepted=True, order_job_id=None if there else job.id)


def decline(work: Work, order_id: int, *, campaign_id: int, reason: str) -> CampaignAnswer:
    """The customer says no, for a reason; it is told again at the next visit. A job put on the order for it goes off again.

    Refuses with ReasonMissing, NotNow when that was said already for this reason, RecallNotOpen, and WasAnswered when the
    customer has signed for the job: it is declined there.
    """
    reason = reason_given(reason)
    order: WorkOrder = advance(work, ORDERS, order_id, "answer_recall", recall=campaign_id, reason=reason)
    one = _open(work, order, campaign_id)
    if one.answer and not one.answer.accepted and one.answer.reason == reason:
        raise NotNow
    if one.answer and one.answer.accepted:
        _take_off(work, order, one)
    return _said(work, order, one.campaign, accepted=False, reason=reason)


def carried_out(work: Work, order: WorkOrder, done: Iterable[OrderJob]) -> list[CampaignCar]:
    """At the end of a visit: the campaigns whose job was done are done for the car, but those the customer declined. One query
    where no campaign is meant."""
    done = list(done)
    jobs, own = {job.job_id for job in done} - {None}, {(job.id, job.title) for job in done}
    if work.db.execute(_MEANT, {"jobs": list(jobs), "order": order.id}).first() is None:
        return []
    return [
        mark_done(work, one.campaign.id, order.vehicle_id, order.id)
        for one in recalls_of(work, order.id)
        if _was_done(one, jobs, own)
    ]


def _was_done(one: OpenRecall, jobs: Collection[int | None], own: Collection[tuple[int, str]]) -> bool:
    if one.answer and not one.answer.accepted:
        return False
    return one.campaign.job_id in jobs or bool(one.answer and (one.answer.order_job_id, _title(one.campaign)) in own)


def _answers(
    work: Work, order: WorkOrder, campaigns: Sequence[int]
) -> tuple[dict[int, CampaignAnswer], dict[int, CampaignAnswer]]:
    """The newest answer of this visit, and the newest no before it, by campaign."""
    if not campaigns:
        return {}, {}
    query = select(CampaignAnswer).join(WorkOrder, col(WorkOrder.id) == col(CampaignAnswer.order_id))
    query = query.where(WorkOrder.vehicle_id == order.vehicle_id, col(CampaignAnswer.campaign_id).in_(campaigns))
    rows = work.db.exec(query.order_by(col(CampaignAnswer.id))).all()
    here = {row.campaign_id: row for row in rows if row.order_id == order.id}
    return here, {row.campaign_id: row for row in rows if row.order_id < order.id and not row.accepted}


def _open(work: Work, order: WorkOrder, campaign_id: int) -> OpenRecall:
    found = next((one for one in recalls_of(work, order.id) if one.campaign.id == campaign_id), None)
    if found is None:
        raise RecallNotOpen
    return found


def _job_there(work: Work, order: WorkOrder, one: OpenRecall) -> OrderJob | None:
    """The job of the campaign on the order: the one a yes put there, or the same of the catalogue. The number of a job taken
    off may be another job's by now, so its title is asked too."""
    number = one.answer.order_job_id if one.answer else None
    own = (col(OrderJob.id) == (number or 0)) & (col(OrderJob.title) == _title(one.campaign))
    same = or_(own, col(OrderJob.job_id) == one.campaign.job_id) if one.campaign.job_id else own
    mine = select(OrderJob).where(OrderJob.order_id == order.id, same)
    return work.db.exec(mine.order_by(col(OrderJob.id))).first()


def _put_job(work: Work, order: WorkOrder, one: OpenRecall) -> OrderJob:
    """One without a job of the catalogue costs the customer nothing when the maker pays; else it is priced by what it takes."""
    if one.campaign.job_id:
        return orders.add_job(work, order.id, job_id=one.campaign.job_id)
    price = Decimal(0) if one.recall else None
    return orders.add_job(work, order.id, title=_title(one.campaign), price=price, unpriced=not one.recall)


def _title(campaign: Campaign) -> str:
    """What its job is called when the catalogue has none."""
    return f"{campaign.code} {campaign.title}"[:TITLE].strip()


def _maker_pays(work: Work, job: OrderJob, campaign: Campaign) -> None:
    job.cover, job.cover_reason = Cover.INSIDE, f"{campaign.code} {campaign.title}"
    work.add(job)
    orders.set_payer(work, job.order_id, order_job_id=job.id, payer=Payer.WARRANTY)


def _take_off(work: Work, order: WorkOrder, one: OpenRecall) -> None:
    """The job goes with the yes that put it there; one that was there before stays, and the customer pays again."""
    job = _job_there(work, order, one)
    if job and one.answer and job.id == one.answer.order_job_id:
        orders.remove_job(work, order.id, order_job_id=job.id)
    elif job and one.recall:
        job.cover, job.cover_reason = None, ""
        work.add(job)
        orders.set_payer(work, order.id, order_job_id=job.id, payer=Payer.CUSTOMER)


def _said(
    work: Work,
    order: WorkOrder,
    campaign: Campaign,
    *,
    accepted: bool,
    reason: str = "",
    order_job_id: int | None = None,
) -> CampaignAnswer:
    return work.add(
        CampaignAnswer(order_id=order.id, campaign_id=campaign.id, accepted=accepted, reason=reason, order_job_id=order_job_id,
                       at=work.now, by_id=work.by.id)
    )  # fmt: skip
