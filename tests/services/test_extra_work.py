"""Extra work found on the car."""

from decimal import Decimal

import pytest

from db.enums import Answer, ConsentMethod, OrderStatus, Role, Urgency
from services.clocks import JobNotAgreed, start
from services.consents import answer_extra
from services.extra_work import propose
from services.order_moves import ORDERS
from services.refusals import Missing, NotAllowed, OutOfRange, Refusal, TooLong, WrongStatus
from services.work import reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import as_name, as_role
from tests.shop import in_work, job_id, lines_of, make_order

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
