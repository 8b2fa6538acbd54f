"""Extra work found on the car."""

from datetime import timedelta
from decimal import Decimal

import pytest

from db.enums import Answer, ConsentMethod, LineKind, OrderStatus, Role, Urgency
from db.enums_reception import OrderTaskKind
from db.models import WorkOrder
from services import clocks, job_photos, order_tasks, outside_work, stock
from services.clocks import JobNotAgreed, start
from services.consents import answer_extra
from services.extra_work import TooManyPhotos, propose
from services.order_moves import ORDERS
from services.promise_proposals import with_extra
from services.refusals import Missing, NotAllowed, OutOfRange, Refusal, TooLong, WrongStatus
from services.work import reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_name, as_role
from tests.services.test_files import picture
from tests.shop import in_work, job_id, lines_of, make_order, order_of

TOM = "Tom Technician"


def found_pads(ws: Workspace, order: int) -> int:
    with unit_of_work(as_name(ws, TOM)) as work:
        return propose(work, order, job_id=job_id(work, "BRK"), reason="pads at 2 mm", urgency=Urgency.NOW).id


def test_a_catalogue_job_is_proposed_with_its_parts_and_waits_for_the_customer(ws: Workspace) -> None:
    order = in_work(ws)
    extra = found_pads(ws, order)
    with reading(ws) as work:
        facts = facts_of(work, ORDERS, order)
        job = facts.jobs[-1]
        assert (job.id, job.extra, job.reason, job.urgency, job.minutes) == (
            extra,
            True,
            "pads at 2 mm",
            Urgency.NOW,
            90,
        )
        assert [(line.title, line.answer) for line in facts.pending] == [("Front brake pads", Answer.PENDING)] * 2
        assert facts.order.status == OrderStatus.IN_WORK


def test_work_without_a_catalogue_entry_has_a_title_minutes_and_a_price(ws: Workspace) -> None:
    order = in_work(ws)
    with unit_of_work(as_name(ws, TOM)) as work:
        job = propose(work, order, title="Weld exhaust bracket", reason="broken", minutes=40, price=Decimal(55))
    with reading(ws) as work:
        line = lines_of(work, order)[-1]
        assert (job.title, job.minutes, line.unit_price, line.answer) == (
            "Weld exhaust bracket",
            40,
            Decimal(55),
            Answer.PENDING,
        )


def test_extra_work_starts_after_the_customers_yes_and_never_after_a_no(ws: Workspace) -> None:
    order = in_work(ws)
    agreed, declined = found_pads(ws, order), found_pads(ws, order)
    with pytest.raises(JobNotAgreed), unit_of_work(as_name(ws, TOM)) as work:
        start(work, order, job_id=agreed)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        answers = {
            line.id: Answer.AGREED if line.order_job_id == agreed else Answer.DECLINED
            for line in lines_of(work, order)
            if line.order_job_id in (agreed, declined)
        }
        answer_extra(work, order, answers=answers, method=ConsentMethod.PHONE, person="Grace Field")
    with pytest.raises(JobNotAgreed), unit_of_work(as_name(ws, TOM)) as work:
        start(work, order, job_id=declined)
    with unit_of_work(as_name(ws, TOM)) as work:
        assert start(work, order, job_id=agreed).order_job_id == agreed


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"title": "Wipers", "reason": "", "minutes": 5, "price": Decimal(5)}, Missing),
        ({"title": "", "reason": "worn", "minutes": 5, "price": Decimal(5)}, Missing),
        ({"title": "Wipers", "reason": "worn", "price": Decimal(5)}, Missing),
        ({"title": "Wipers", "reason": "worn", "minutes": 5}, Missing),
        ({"title": "Wipers", "reason": "worn", "minutes": 5, "price": Decimal(-1)}, OutOfRange),
        ({"title": "Wipers", "reason": "worn", "minutes": -5, "price": Decimal(1)}, OutOfRange),
        ({"title": "W" * 161, "reason": "worn", "minutes": 5, "price": Decimal(1)}, TooLong),
        ({"title": "Wipers", "reason": "w" * 501, "minutes": 5, "price": Decimal(1)}, TooLong),
    ],
)
def test_what_is_missing_or_out_of_range_is_said_and_nothing_is_written(
    ws: Workspace, typed: dict[str, object], refusal: type[Refusal]
) -> None:
    order = in_work(ws)
    with pytest.raises(refusal), unit_of_work(as_name(ws, TOM)) as work:
        propose(work, order, **typed)  # type: ignore[arg-type]
    with reading(ws) as work:
        assert len(facts_of(work, ORDERS, order).jobs) == 1


def test_extra_work_belongs_to_a_car_in_work_and_to_the_workshop_or_the_advisor(ws: Workspace) -> None:
    waiting = make_order(ws, plate="W 1")
    with pytest.raises(WrongStatus):
        found_pads(ws, waiting)
    order = in_work(ws, plate="W 2")
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        propose(work, order, job_id=1, reason="worn")


def tasks(ws: Workspace, order: int) -> list[tuple[OrderTaskKind, str, bool]]:
    with reading(ws) as work:
        return [(task.kind, task.answer, task.done_at is None) for task in order_tasks.tasks_of(work, order)]


def test_the_advisor_is_asked_to_ask_and_the_customers_word_closes_that(ws: Workspace) -> None:
    order = in_work(ws)
    extra = found_pads(ws, order)
    assert tasks(ws, order) == [(OrderTaskKind.EXTRA, "", True)]
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        answers = {line.id: Answer.DECLINED for line in lines_of(work, order) if line.order_job_id == extra}
        answer_extra(work, order, answers=answers, method=ConsentMethod.PHONE, person="Grace Field")
    assert tasks(ws, order) == [(OrderTaskKind.EXTRA, "Declined", False)]


def test_nothing_of_it_can_begin_before_the_answer_whoever_tries(ws: Workspace) -> None:
    order = in_work(ws)
    extra = found_pads(ws, order)
    with unit_of_work(as_name(ws, TOM)) as work:
        weld = propose(work, order, title="Weld", reason="cracked", minutes=20, price=Decimal(80), outside=True,
                       supplier="Smith", cost=Decimal(50)).id  # fmt: skip
    with reading(ws) as work:
        part = next(line.id for line in lines_of(work, order) if line.order_job_id == extra and line.part_id)
        away = next(line for line in lines_of(work, order) if line.order_job_id == weld)
        assert (away.kind, away.unit_price, away.supplier, away.cost) == (
            LineKind.OUTSIDE,
            Decimal(80),
            "Smith",
            Decimal(50),
        )
    for who, verb in (
        (TOM, lambda work: start(work, order, job_id=extra)),
        ("Sam Supervisor", lambda work: start(work, order, job_id=extra)),
        ("Pat Parts", lambda work: stock.issue(work, part)),
        (TOM, lambda work: outside_work.send_out(work, order, line_id=away.id)),
        (TOM, lambda work: clocks.finish(work, order)),
    ):
        with pytest.raises(Refusal), unit_of_work(as_name(ws, who)) as work:
            verb(work)
    with reading(ws) as work:
        facts = facts_of(work, ORDERS, order)
        assert not facts.clocks
        assert {line.issued for line in facts.lines} == {0}
        assert away.sent_at is None


def test_photos_are_taken_first_and_kept_with_the_job(ws: Workspace) -> None:
    order, tom = in_work(ws), as_name(ws, TOM)
    with unit_of_work(tom) as work:
        first, second = (job_photos.stage(work, order, picture(60, side, "JPEG")) for side in (40, 50))
        assert job_photos.stage(work, order, picture(60, 40, "JPEG")) == first
        assert job_photos.staged(work, order) == [first, second]
        job_photos.unstage(work, order, first)
    with unit_of_work(tom) as work:
        job = propose(work, order, job_id=2, reason="worn", photos=job_photos.take_staged(work, order))
        assert job_photos.staged(work, order) == []
    with reading(ws) as work:
        [row] = job_photos.photos_of(work, [job.id])[job.id]
        assert (row.sha256, row.media_type) == (second, "image/jpeg")
    with pytest.raises(TooManyPhotos), unit_of_work(tom) as work:
        propose(work, order, job_id=2, reason="worn", photos=[picture(60, 40, "JPEG")] * 9)


def test_the_promise_moves_with_the_customers_yes_and_not_before(ws: Workspace) -> None:
    order = in_work(ws)
    with unit_of_work(ws) as work:
        work.get(WorkOrder, order).promised_at = MONDAY_9 + timedelta(hours=2)
    extra = found_pads(ws, order)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        facts = facts_of(work, ORDERS, order)
        new = with_extra(work, facts, [facts.jobs[-1]])
        assert new == MONDAY_9 + timedelta(hours=3)  # an hour, ninety minutes of brakes and the checks
        assert with_extra(work, facts, []) is None
        assert facts.order.promised_at == MONDAY_9 + timedelta(hours=2)
        answers = {line.id: Answer.AGREED for line in facts.lines if line.order_job_id == extra}
        answer_extra(work, order, answers=answers, method=ConsentMethod.PHONE, person="Grace Field", promised_at=new)
    assert order_of(ws, order).promised_at == new


def test_who_declines_is_promised_what_stood(ws: Workspace) -> None:
    order = in_work(ws)
    extra, before = found_pads(ws, order), order_of(ws, order).promised_at
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        answers = {line.id: Answer.DECLINED for line in lines_of(work, order) if line.order_job_id == extra}
        later = MONDAY_9 + timedelta(hours=8)
        answer_extra(work, order, answers=answers, method=ConsentMethod.PHONE, person="Grace Field", promised_at=later)
    assert order_of(ws, order).promised_at == before
