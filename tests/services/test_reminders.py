"""Reminders by message: queued for their moment, dropped when the time no longer stands, and the desk's task takes over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from db.enums import AppointmentStatus as S
from db.enums import Channel, MessageState, Role
from db.enums_desk import TaskKind as K
from db.enums_desk import TaskOutcome
from db.models import Appointment, Customer, Message
from services.appointment_moves import TimePassed
from services.arrivals import arrive
from services.booking import book, confirm, move
from services.booking_changes import agree, cancel, no_show, tried, wait_parts
from services.desk_tasks import settle
from services.messages import mark_by_hand, outbox
from services.reminders import remind
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.desk import booking, consent, kinds_at, put_booking
from tests.factories import MONDAY_9, as_role, make_car

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FRIDAY_14 = datetime(2026, 11, 27, 14, tzinfo=UTC)
THURSDAY_10 = datetime(2026, 11, 26, 10, tzinfo=UTC)
WEDNESDAY_10 = THURSDAY_10 - DAY
GATEWAY = "json://localhost/{phone}"


@pytest.fixture
def advisor(ws: Workspace) -> Workspace:
    return as_role(ws, Role.ADVISOR)


def reminders(ws: Workspace, *states: MessageState) -> list[tuple[str, datetime]]:
    """Those in these states (to send), by their moment."""
    with reading(ws) as work:
        rows = work.db.exec(select(Message).where(col(Message.kind).startswith("remind")).order_by(col(Message.due_at)))
        return [(one.kind, one.due_at) for one in rows if one.state in (states or (MessageState.QUEUED,))]


def booked(advisor: Workspace, at: datetime = FRIDAY_14, *channels: Channel) -> int:
    with unit_of_work(advisor) as work:
        car = make_car(work)
        for channel in channels or (Channel.SMS,):
            consent(work, car.customer_id, channel)
        return book(work, car.id, concern="Squeaks", job_ids=[1], starts_at=at).id


def test_a_booking_four_days_ahead_is_reminded_of_three_times(advisor: Workspace) -> None:
    booked(advisor)
    assert reminders(advisor) == [
        ("remind_early", WEDNESDAY_10), ("remind", THURSDAY_10), ("remind_soon", FRIDAY_14 - 2 * HOUR)
    ]  # fmt: skip


def test_three_days_ahead_is_not_long_ahead_and_moments_past_are_left_out(advisor: Workspace) -> None:
    booked(advisor, FRIDAY_14 - DAY)
    assert [kind for kind, _ in reminders(advisor)] == ["remind", "remind_soon"]
    with unit_of_work(advisor.at(MONDAY_9 + HOUR)) as work:
        row = put_booking(work, MONDAY_9 + DAY, plate="LATER")
        consent(work, row.customer_id)
        remind(work, row)
    assert reminders(advisor)[0] == ("remind_soon", MONDAY_9 + DAY - 2 * HOUR)  # 10:00 today is now


def test_nobody_is_woken_by_a_reminder(advisor: Workspace) -> None:
    booked(advisor, datetime(2026, 11, 25, 8, tzinfo=UTC))
    assert reminders(advisor)[-1] == ("remind_soon", datetime(2026, 11, 25, 7, tzinfo=UTC))


def test_ten_oclock_is_on_the_wall_across_summer_time(ws: Workspace) -> None:
    saturday = datetime(2026, 3, 28, 12, tzinfo=UTC)
    with unit_of_work(ws.at(saturday)) as work:
        row = put_booking(work, datetime(2026, 3, 30, 13, tzinfo=UTC))
        consent(work, row.customer_id)
        remind(work, row)
    assert reminders(ws) == [
        ("remind", datetime(2026, 3, 29, 9, tzinfo=UTC)), ("remind_soon", datetime(2026, 3, 30, 11, tzinfo=UTC))
    ]  # fmt: skip


def test_without_consent_to_a_written_channel_nothing_is_queued_and_the_desk_calls(advisor: Workspace) -> None:
    booked(advisor, FRIDAY_14, Channel.PHONE)
    assert reminders(advisor) == []
    assert kinds_at(advisor, THURSDAY_10) == [K.REMIND]


def test_it_is_said_in_the_customers_language(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        car = make_car(work)
        work.get(Customer, car.customer_id).language = "zh_CN"
        consent(work, car.customer_id)
        book(work, car.id, concern="Squeaks", job_ids=[1], starts_at=FRIDAY_14)
        texts = [one.text for one in work.db.exec(select(Message).where(Message.kind == "remind"))]
    assert texts[0].startswith("Test Garage：提醒您11月27日星期五 14:00到店，预约号B261123-01。")


def test_a_moved_booking_drops_its_reminders_and_gets_new_ones(advisor: Workspace) -> None:
    key = booked(advisor)
    with unit_of_work(advisor) as work:
        move(work, key, starts_at=FRIDAY_14 - 2 * DAY)
    assert len(reminders(advisor, MessageState.DROPPED)) == 3
    assert reminders(advisor) == [
        ("remind", WEDNESDAY_10 - DAY), ("remind_soon", FRIDAY_14 - 2 * DAY - 2 * HOUR)
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["cancel", "no_show", "arrive", "wait"])
def test_what_no_longer_stands_is_not_reminded_of(advisor: Workspace, end: str) -> None:
    key = booked(advisor)
    late = advisor.at(FRIDAY_14 + HOUR)
    with unit_of_work(late) as work:
        if end == "cancel":
            cancel(work, key, reason="Sold")
        elif end == "arrive":
            arrive(work, key)
        elif end == "wait":
            wait_parts(work, key, part="Mirror")
        else:
            tried(work, key)
            no_show(work, key)
    assert reminders(advisor) == []
    assert len(reminders(advisor, MessageState.DROPPED)) == 3


def test_a_message_that_goes_by_itself_spares_the_desk_the_call(
    advisor: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_URLS", GATEWAY)
    booked(advisor)
    assert kinds_at(advisor, WEDNESDAY_10) == kinds_at(advisor, THURSDAY_10) == []


def test_one_that_did_not_go_in_time_or_failed_is_the_desks(
    advisor: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_URLS", GATEWAY)
    booked(advisor)
    assert kinds_at(advisor, THURSDAY_10 + timedelta(minutes=29)) == []
    assert kinds_at(advisor, THURSDAY_10 + timedelta(minutes=30)) == [K.REMIND]
    with unit_of_work(advisor) as work:
        work.db.exec(select(Message).where(Message.kind == "remind")).one().state = MessageState.FAILED
    assert kinds_at(advisor, THURSDAY_10) == [K.REMIND]


def test_a_sandbox_sends_nothing_so_its_desk_calls(advisor: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_URLS", GATEWAY)
    booked(advisor)
    assert kinds_at(replace(advisor, sandbox="class"), THURSDAY_10) == [K.REMIND]


def test_without_a_gateway_told_by_phone_settles_the_message_and_sent_by_hand_the_task(advisor: Workspace) -> None:
    key = booked(advisor)
    assert kinds_at(advisor, THURSDAY_10) == [K.REMIND]
    with unit_of_work(advisor.at(WEDNESDAY_10)) as work:
        settle(work, key, K.REMIND_EARLY, TaskOutcome.DONE)
    assert reminders(advisor, MessageState.BY_HAND) == [("remind_early", WEDNESDAY_10)]
    with unit_of_work(advisor.at(THURSDAY_10)) as work:
        [message] = [one for one in outbox(work) if one.due_at == THURSDAY_10]
        mark_by_hand(work, message.id)
    assert kinds_at(advisor, THURSDAY_10) == []


def test_a_reminder_of_the_old_time_does_not_count_for_the_new_one(advisor: Workspace) -> None:
    key = booked(advisor)
    with unit_of_work(advisor) as work:
        work.db.exec(select(Message).where(Message.kind == "remind")).one().state = MessageState.SENT
    assert kinds_at(advisor, THURSDAY_10) == []
    with unit_of_work(advisor.at(MONDAY_9 + HOUR)) as work:
        move(work, key, starts_at=FRIDAY_14 + HOUR)
    assert kinds_at(advisor, THURSDAY_10) == [K.REMIND]


def test_a_booking_that_waits_is_not_reminded_of(ws: Workspace) -> None:
    key = booking(ws, FRIDAY_14, S.WAITING_PARTS)
    with unit_of_work(ws) as work:
        row = work.get(Appointment, key)
        consent(work, row.customer_id)
        remind(work, row)
    assert reminders(ws) == []


def told_to_go(ws: Workspace) -> list[str]:
    """The kinds of messages about a booking that still go out now."""
    with reading(ws) as work:
        queued = work.db.exec(select(Message).where(Message.state == MessageState.QUEUED).order_by(col(Message.id)))
        return [one.kind for one in queued if one.due_at <= work.now]


def test_only_the_newest_word_on_the_time_still_goes_out(advisor: Workspace) -> None:
    """Tried again after a failure, an older one would come last and say the old time."""
    key = booked(advisor)
    with unit_of_work(advisor) as work:
        move(work, key, starts_at=FRIDAY_14 - DAY)
    assert told_to_go(advisor) == ["booking_confirmed"]  # of the new time: the first one was not heard
    with unit_of_work(advisor) as work:
        first, again = work.db.exec(
            select(Message).where(Message.kind == "booking_confirmed").order_by(col(Message.id))
        )
        assert (first.state, "Thursday 26 November" in again.text) == (MessageState.DROPPED, True)
        again.state = MessageState.SENT
    for days in (2, 3):
        with unit_of_work(advisor) as work:
            move(work, key, starts_at=FRIDAY_14 - days * DAY)
        assert told_to_go(advisor) == ["booking_moved"]


def test_a_cancelled_booking_is_not_confirmed_any_more(advisor: Workspace) -> None:
    key = booked(advisor)
    with unit_of_work(advisor) as work:
        cancel(work, key, reason="Sold")
    assert told_to_go(advisor) == ["booking_cancelled"]


def test_a_time_agreed_when_the_part_is_in_is_one_message_with_reminders_of_that_time(advisor: Workspace) -> None:
    key = booked(advisor)
    with unit_of_work(advisor) as work:
        wait_parts(work, key, part="Mirror")
        agree(work, key, starts_at=FRIDAY_14 - 2 * DAY)
        sent = {
            one.kind
            for one in work.db.exec(select(Message).where(Message.state == MessageState.QUEUED))
            if one.due_at == work.now
        }
        assert (work.get(Appointment, key).status, sent) == (S.CONFIRMED, {"booking_confirmed"})
    assert [at.day for _, at in reminders(advisor)] == [24, 25]


def test_a_time_that_has_passed_cannot_be_confirmed(advisor: Workspace) -> None:
    key = booked(advisor)
    with unit_of_work(advisor) as work:
        wait_parts(work, key, part="Mirror")
    with pytest.raises(TimePassed), unit_of_work(advisor.at(FRIDAY_14 + HOUR)) as work:
        confirm(work, key)
