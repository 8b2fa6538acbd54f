"""The lists of the follow-up screen."""

from datetime import timedelta

from sqlalchemy import event
from sqlmodel import select

from db.enums import FollowUpStatus, Role
from db.models import FollowUp, OrderJob, WorkOrder
from services.calls import call_record, complaint_record, next_call, open_calls, open_complaints
from services.follow_ups import complain, miss, reach
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import ready_order
from tests.factories import MONDAY_9, as_role


def _call(work: Work, plate: str, hours: int) -> int:
    order = ready_order(
        work, plate=plate, delivered_at=MONDAY_9 - timedelta(days=2), promised_at=MONDAY_9 - timedelta(days=3)
    )
    return work.add(
        FollowUp(order_id=order.id, customer_id=order.customer_id, due_at=MONDAY_9 + timedelta(hours=hours))
    ).id


def test_the_longest_due_call_comes_first_and_finished_ones_are_gone(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        later, first, done = _call(work, "LATER 1", 2), _call(work, "FIRST 1", -5), _call(work, "DONE 01", -9)
        work.get(FollowUp, done).status = FollowUpStatus.SATISFIED
    with reading(ws) as work:
        cards = open_calls(work)
        assert [card.follow_up.id for card in cards] == [first, later]
        following = next_call(cards, work.now)
        assert following is not None
        assert following.vehicle.plate == "FIRST 1"
        assert next_call(cards[1:], work.now) is None


def test_a_call_knows_its_tries_and_what_was_promised_before(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        key = _call(work, "AB12 CDE", 0)
    with unit_of_work(as_role(ws, Role.FOLLOW_UP)) as work:
        miss(work, key)
        reach(work, key)
        complaint = complain(work, key, words="Late").id
    with reading(ws) as work:
        record = call_record(work, key)
        assert record is not None
        assert (record.card.tries, len(record.attempts), record.complaint_id) == (2, 2, complaint)
        assert [visit.jobs for visit in record.visits] == [["Oil service"]]
        assert record.visits[0].order.promised_at == MONDAY_9 - timedelta(days=3)
        [listed] = open_complaints(work)
        assert (listed.customer.name, listed.responsible) == ("Grace Field", "")
        assert call_record(work, 999) is None
        assert complaint_record(work, -1) is None
        found = complaint_record(work, complaint)
        assert found is not None
        assert found.complaint.text == "Late"


def test_the_number_of_queries_does_not_grow_with_the_calls(ws: Workspace) -> None:
    seen: list[str] = []

    def queries() -> int:
        seen.clear()
        with reading(ws) as work:
            open_calls(work)
            open_complaints(work)
        return len(seen)

    event.listen(ws.engine, "before_cursor_execute", lambda *call: seen.append(call[2]))
    with unit_of_work(ws) as work:
        _call(work, "FIRST 1", 0)
    few = queries()
    with unit_of_work(ws) as work:
        for number in range(12):
            _call(work, f"CAR {number:04}", 0)
        assert len(work.db.exec(select(OrderJob)).all()) == len(work.db.exec(select(WorkOrder)).all()) == 13
    assert queries() == few > 0
