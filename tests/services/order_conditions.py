"""What must hold of an order at every moment, whatever was done (design.md, Status), judged from the rows alone."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from operator import le, lt

from sqlmodel import col, select

from db.enums import Answer, CheckLevel, OrderStatus, Payer
from db.enums_reception import OrderTaskKind
from db.models import Check, ClockEntry, ConsentItem, Event, OrderLine, OrderTask, Part, StockMovement, WorkOrder
from db.models import Consent as Said
from services.estimates import shares_of, split, total_of
from services.order_facts import OrderFacts
from services.work import Work

LEFT = (OrderStatus.DELIVERED, OrderStatus.CLOSED)
REWORK_ACTS = ("fail_self", "fail_team", "fail_final", "send_back")
CAN_RUN = (OrderStatus.IN_WORK, OrderStatus.REWORK)


def all_hold(work: Work, facts: OrderFacts) -> None:
    """Every condition, for one order."""
    consent_came_before_work(work, facts)
    every_agreed_line_is_in_a_consent(work, facts)
    handed_over_before_it_was_given_out(work, facts.order)
    delivered_only_after_inspection_by_another(work, facts)
    left_only_with_a_pass(facts)
    every_rework_is_counted(work, facts)
    clocks_run_only_where_work_is_done(facts)
    events_tell_the_status(work, facts.order)


def consent_came_before_work(work: Work, facts: OrderFacts) -> None:
    """No work before the customer's consent to those very lines: same words, same price, earlier or at the same moment. What was
    agreed to without a price may have got one since, and wait for the answer to it."""
    said: dict[int, list[tuple[ConsentItem, Said]]] = defaultdict(list)
    for item, consent in _answers(work, facts.order.id):
        said[item.line_id].append((item, consent))
    for clock in facts.clocks:
        lines = [line for line in facts.lines if line.order_job_id == clock.order_job_id]
        then = {line.id: _answer_at(said[line.id], clock.started_at) for line in lines}
        assert any(item and item.answer == Answer.AGREED for item in then.values())
        for line in lines:
            given = then[line.id]
            if line.answer != Answer.DECLINED:
                assert given is not None
                assert given.answer == Answer.AGREED
                assert given.title == line.title
                assert line.quantity <= given.quantity  # less may be charged than was agreed
                assert given.unpriced or (given.unit_price == line.unit_price and line.answer == Answer.AGREED)


def _answer_at(answers: list[tuple[ConsentItem, Said]], moment: datetime) -> ConsentItem | None:
    """The last answer on a line up to then."""
    return next((item for item, consent in reversed(answers) if consent.at <= moment), None)


def every_agreed_line_is_in_a_consent(work: Work, facts: OrderFacts) -> None:
    """What was agreed was agreed at that sum, in a version that was put to the customer, with that payer; or the customer pays
    less of it now, or its price came later and keeps to the limit."""
    said = _said(work, facts.order.id)
    for line in facts.lines:
        if line.answer != Answer.AGREED:
            continue
        item, consent = said[line.id]
        assert item.answer == Answer.AGREED
        assert 1 <= consent.version <= facts.order.estimate_version
        now, then = shares_of(line, facts.currency), _shares(item, facts.currency)
        priced_later = item.unpriced and item.up_to is not None and total_of(line, facts.currency) <= item.up_to
        paid_less = now.get(Payer.CUSTOMER, 0) <= then.get(Payer.CUSTOMER, 0)
        assert now == then or priced_later or paid_less


def _shares(item: ConsentItem, currency: str) -> dict[Payer, Decimal]:
    return split(item.total, item.payer, item.payer_percent, currency)


def handed_over_before_it_was_given_out(work: Work, order: WorkOrder) -> None:
    """No dispatch without a hand-over before it, and none while the workshop waited for an answer."""
    events = _events(work, order.id)
    given = [event for event in events if event.action == "dispatch"]
    handed = [event for event in events if event.action == "hand_over"]
    asked = (OrderTask.order_id == order.id, OrderTask.kind == OrderTaskKind.QUESTION)
    questions = work.db.exec(select(OrderTask).where(*asked)).all()
    for event in given:
        assert any(one.id < event.id for one in handed)
        assert order.handed_at
        assert order.accepted_at
        assert all(task.done_at and task.done_at <= event.at for task in questions)


def _said(work: Work, order_id: int) -> dict[int, tuple[ConsentItem, Said]]:
    """The newest answer on each line."""
    return {item.line_id: (item, consent) for item, consent in _answers(work, order_id)}


def _answers(work: Work, order_id: int) -> list[tuple[ConsentItem, Said]]:
    """Every answer of the customer, the oldest first."""
    query = select(ConsentItem, Said).join(Said, col(Said.id) == col(ConsentItem.consent_id))
    return list(work.db.exec(query.where(Said.order_id == order_id).order_by(col(ConsentItem.id))))


def delivered_only_after_inspection_by_another(work: Work, facts: OrderFacts) -> None:
    """No car out of the shop without a passed final inspection after the last work, by someone who did none of it."""
    if facts.order.status not in LEFT:
        return
    query = (
        select(Check).where(Check.order_id == facts.order.id, Check.level == CheckLevel.FINAL).order_by(col(Check.id))
    )
    last = work.db.exec(query).all()[-1]
    assert last.passed
    assert last.round == facts.order.rework_count
    assert last.by_id not in {clock.staff_id for clock in facts.clocks}
    assert all(clock.ended_at and clock.ended_at <= last.at for clock in facts.clocks)


def left_only_with_a_pass(facts: OrderFacts) -> None:
    """No car out of the shop without an exit pass."""
    if facts.order.status in LEFT:
        assert facts.exit_pass


def nothing_is_owed(facts: OrderFacts) -> None:
    """Asked at the moment an exit pass appears: nothing owed, or it is on account, or the manager gave credit."""
    assert facts.exit_pass
    assert facts.billed is not None
    assert facts.owed <= 0 or facts.trusted


def every_rework_is_counted(work: Work, facts: OrderFacts) -> None:
    """The count on the order, the failed checks and the events agree."""
    failed = [check for check in facts.checks if not check.passed]
    acts = [event for event in _events(work, facts.order.id) if event.action in REWORK_ACTS]
    assert facts.order.rework_count == len(failed) == len(acts)
    for clock in facts.clocks:
        before, until = (any(sent_back(event.at, clock.started_at) for event in acts) for sent_back in (lt, le))
        assert clock.rework in (before, until)  # at the same instant either may have come first


def clocks_run_only_where_work_is_done(facts: OrderFacts) -> None:
    """No clock runs on a car that is held, checked, ready or gone."""
    assert not facts.running or facts.order.status in CAN_RUN


def events_tell_the_status(work: Work, order: WorkOrder) -> None:
    """No order is half moved: each event starts where the one before ended, and the last one ends at the order's status."""
    events = _events(work, order.id)
    for before, after in pairwise(events):
        assert after.before == before.after
    assert events[-1].after == order.status.value


def _events(work: Work, order_id: int) -> list[Event]:
    mine = (Event.subject == "work_order", Event.subject_id == order_id)
    return list(work.db.exec(select(Event).where(*mine).order_by(col(Event.id))))


def clocks_never_overlap(work: Work) -> None:
    """Nobody works on two things at the same moment."""
    by_person: dict[int, list[ClockEntry]] = defaultdict(list)
    for clock in work.db.exec(select(ClockEntry).order_by(col(ClockEntry.started_at), col(ClockEntry.id))):
        by_person[clock.staff_id].append(clock)
    for entries in by_person.values():
        for one, next_one in pairwise(entries):
            assert one.ended_at is not None
            assert one.ended_at <= next_one.started_at


def moved(work: Work) -> dict[int, Decimal]:
    """The sum of all movements of each part."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for movement in work.db.exec(select(StockMovement)):
        sums[movement.part_id] += movement.quantity
    return sums


def stock_agrees_with_its_ledger(work: Work, opening: Mapping[int, Decimal]) -> None:
    """What lies on the shelf is what lay there at first and every movement since; what cars got is on their lines."""
    sums = moved(work)
    for part in work.db.exec(select(Part)):
        assert part.on_hand == opening[part.id] + sums[part.id]
    issued: dict[int, Decimal] = defaultdict(Decimal)
    for movement in work.db.exec(select(StockMovement).where(col(StockMovement.line_id).is_not(None))):
        issued[movement.line_id or 0] -= movement.quantity
    for line in work.db.exec(select(OrderLine).where(col(OrderLine.part_id).is_not(None))):
        assert line.issued == issued[line.id]
