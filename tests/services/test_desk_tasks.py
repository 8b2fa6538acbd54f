"""What a booking desk must not forget: each task at its minute, gone once settled, and once only."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from db.enums import AppointmentStatus as S
from db.enums import Role, UnmetReason
from db.enums_desk import ReturnKind, TaskKind, TaskOutcome
from db.enums_desk import TaskKind as K
from db.enums_desk import TaskOutcome as Out
from db.models import Appointment, ContactAttempt, PurchaseLine, TaskResult
from services.booking_changes import no_show, tried
from services.desk_tasks import AlreadyNoted, TaskGone, settle, tasks
from services.refusals import NotAllowed, NotNow, TooLong
from services.work import last_event, reading, unit_of_work
from services.workspace import Workspace
from tests.desk import booking, counted, kinds_at, tasks_at
from tests.factories import MONDAY_9, as_name, as_role

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TUESDAY_14 = datetime(2026, 11, 24, 14, tzinfo=UTC)
FRIDAY_14 = datetime(2026, 11, 27, 14, tzinfo=UTC)


def tap(
    ws: Workspace,
    key: int,
    kind: TaskKind,
    outcome: TaskOutcome,
    at: datetime,
    role: Role = Role.ADVISOR,
    note: str = "",
) -> None:
    with unit_of_work(as_role(ws, role).at(at)) as work:
        settle(work, key, kind, outcome, note)


def test_a_confirmed_booking_of_tomorrow_is_reminded_of_from_the_morning_on(ws: Workspace) -> None:
    booking(ws, TUESDAY_14)
    assert kinds_at(ws, MONDAY_9 - HOUR * 2 - MINUTE) == []
    assert kinds_at(ws, MONDAY_9 - HOUR * 2) == [K.REMIND]
    [task] = tasks_at(ws, MONDAY_9)
    assert (task.due_at, task.advisor, task.customer.phone) == (MONDAY_9 + HOUR, "Ada Advisor", "+447700900123")
    assert kinds_at(ws, TUESDAY_14 - HOUR - MINUTE) == [K.REMIND]


def test_on_the_day_they_are_called_greeted_and_missed_each_at_its_minute(ws: Workspace) -> None:
    key = booking(ws, TUESDAY_14)
    tap(ws, key, K.REMIND, Out.DONE, MONDAY_9)
    assert kinds_at(ws, TUESDAY_14 - 61 * MINUTE) == []
    assert kinds_at(ws, TUESDAY_14 - 60 * MINUTE) == [K.CONFIRM_ARRIVAL]
    assert kinds_at(ws, TUESDAY_14 - 16 * MINUTE) == [K.CONFIRM_ARRIVAL]
    assert kinds_at(ws, TUESDAY_14 - 15 * MINUTE) == [K.CONFIRM_ARRIVAL, K.GREET]
    [asks, greets] = tasks_at(ws, TUESDAY_14 - 6 * MINUTE)
    assert (asks.due_at, greets.due_at) == (TUESDAY_14 - 30 * MINUTE, TUESDAY_14 - 5 * MINUTE)
    assert kinds_at(ws, TUESDAY_14 - 5 * MINUTE) == [K.GREET]
    assert kinds_at(ws, TUESDAY_14 + 14 * MINUTE) == [K.GREET]
    assert kinds_at(ws, TUESDAY_14 + 15 * MINUTE) == [K.MISSING]


def test_only_who_booked_more_than_three_days_ahead_is_reminded_twice(ws: Workspace) -> None:
    booking(ws, FRIDAY_14)  # made on Monday, four days ahead
    booking(ws, FRIDAY_14 - DAY, number="B-THU")  # three days ahead
    wednesday_10 = MONDAY_9 + 2 * DAY + HOUR
    early = [task for task in tasks_at(ws, wednesday_10) if task.kind == K.REMIND_EARLY]
    assert [(task.row.starts_at, task.due_at) for task in early] == [(FRIDAY_14, wednesday_10)]
    thursday = [task.kind for task in tasks_at(ws, wednesday_10 + DAY) if task.row.starts_at == FRIDAY_14]
    assert thursday == [K.REMIND]


def test_a_booking_after_a_closed_weekend_is_reminded_of_on_friday(ws: Workspace) -> None:
    booking(ws, MONDAY_9 + 7 * DAY)
    friday_10 = MONDAY_9 + 4 * DAY + HOUR
    assert [(task.kind, task.due_at) for task in tasks_at(ws, friday_10)] == [(K.REMIND, friday_10)]


def test_who_agreed_on_the_time_after_the_reminder_was_due_needs_none(ws: Workspace) -> None:
    booking(ws.at(MONDAY_9 + 2 * HOUR), TUESDAY_14)
    assert kinds_at(ws, MONDAY_9 + 2 * HOUR) == []


def test_a_morning_is_ten_on_the_wall_on_both_sides_of_summer_time(ws: Workspace) -> None:
    """Clocks go forward on Sunday 29 March 2026 and back on Sunday 25 October 2026."""
    for day, ten in (
        (date_utc(2026, 3, 31), 9),
        (date_utc(2026, 3, 27), 10),
        (date_utc(2026, 10, 27), 10),
        (date_utc(2026, 10, 23), 9),
    ):
        key = booking(ws.at(day - 3 * DAY), day.replace(hour=13), number=f"B{day:%m%d}")
        due = [task.due_at for task in tasks_at(ws, day - DAY + 12 * HOUR) if task.row.id == key]
        assert due == [(day - DAY).replace(hour=ten)]


def date_utc(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


def test_moved_bookings_are_reminded_of_anew(ws: Workspace) -> None:
    key = booking(ws, TUESDAY_14)
    tap(ws, key, K.REMIND, Out.DONE, MONDAY_9)
    with unit_of_work(ws) as work:
        row = work.lock(Appointment, key)
        row.starts_at = TUESDAY_14 + DAY
        work.event(row, "move", was=TUESDAY_14.isoformat(), now=row.starts_at.isoformat())
    assert kinds_at(ws, MONDAY_9 + DAY) == [K.REMIND]


def test_another_bay_at_the_same_time_changes_no_reminder(ws: Workspace) -> None:
    key = booking(ws, TUESDAY_14)
    with unit_of_work(ws.at(MONDAY_9 + 3 * HOUR)) as work:
        work.event(work.get(Appointment, key), "move", was=TUESDAY_14.isoformat(), now=TUESDAY_14.isoformat())
    assert kinds_at(ws, MONDAY_9 + 4 * HOUR) == [K.REMIND]


def test_not_reached_comes_back_later_with_the_number_of_tries(ws: Workspace) -> None:
    key = booking(ws, TUESDAY_14)
    tap(ws, key, K.REMIND, Out.NOT_REACHED, MONDAY_9 + HOUR)
    assert kinds_at(ws, MONDAY_9 + 3 * HOUR - MINUTE) == []
    [task] = tasks_at(ws, MONDAY_9 + 3 * HOUR)
    assert (task.kind, task.tries, task.due_at) == (K.REMIND, 1, MONDAY_9 + 3 * HOUR)


def test_stock_is_answered_within_five_minutes_by_the_store(ws: Workspace) -> None:
    key = booking(ws, FRIDAY_14 + 7 * DAY, stock_question="Front brake pads: 1 set")
    [task] = tasks_at(ws, MONDAY_9)
    assert (task.kind, task.role, task.due_at, task.words) == (
        K.STOCK, Role.PARTS_CLERK, MONDAY_9 + 5 * MINUTE, ("Front brake pads: 1 set",)
    )  # fmt: skip
    tap(ws, key, K.STOCK, Out.IN_STOCK, MONDAY_9, Role.PARTS_CLERK)
    assert kinds_at(ws, MONDAY_9 + HOUR) == []


def test_what_the_store_must_order_puts_a_line_on_the_plan_and_the_booking_waits(ws: Workspace) -> None:
    key = booking(ws, FRIDAY_14, stock_question="Left mirror glass")
    tap(ws, key, K.STOCK, Out.ORDER, MONDAY_9, Role.PARTS_CLERK)
    with reading(ws) as work:
        row = work.get(Appointment, key)
        line = work.db.exec(select(PurchaseLine)).one()
        assert (row.status, row.reason) == (S.WAITING_PARTS, "Left mirror glass")
        assert (line.what, line.appointment_id, line.part_id) == ("Left mirror glass", key, None)
    assert kinds_at(ws, MONDAY_9 + HOUR) == []
    assert kinds_at(ws, FRIDAY_14 - DAY) == [K.PART_LATE]


def test_what_cannot_be_had_is_told_to_the_customer(ws: Workspace) -> None:
    key = booking(ws, FRIDAY_14 + 7 * DAY, stock_question="Left mirror glass")
    tap(ws, key, K.STOCK, Out.NO, MONDAY_9 + 2 * MINUTE, Role.PARTS_CLERK, "no longer made")
    [task] = tasks_at(ws, MONDAY_9 + 3 * MINUTE)
    assert (task.kind, task.due_at, task.role, task.is_of(as_role(ws, Role.ADVISOR).by)) == (
        K.TELL, MONDAY_9 + 2 * MINUTE, None, True
    )  # fmt: skip
    tap(ws, key, K.TELL, Out.DONE, MONDAY_9 + 4 * MINUTE)
    assert kinds_at(ws, MONDAY_9 + HOUR) == []


def test_stock_asked_again_is_answered_again(ws: Workspace) -> None:
    key = booking(ws, FRIDAY_14 + 7 * DAY, stock_question="Pads")
    tap(ws, key, K.STOCK, Out.IN_STOCK, MONDAY_9)
    with unit_of_work(ws.at(MONDAY_9 + HOUR)) as work:
        work.event(work.get(Appointment, key), "part_taken", part="Pads")
    assert [(task.kind, task.due_at) for task in tasks_at(ws, MONDAY_9 + HOUR)] == [
        (K.STOCK, MONDAY_9 + HOUR + 5 * MINUTE)
    ]


def test_a_car_that_comes_back_is_the_managers_to_see(ws: Workspace) -> None:
    key = booking(ws, FRIDAY_14 + 7 * DAY, returns=ReturnKind.REWORK)
    [task] = tasks_at(ws, MONDAY_9)
    assert (task.kind, task.role, task.words) == (K.REPORT, Role.MANAGER, (ReturnKind.REWORK.label, "Squeaks"))
    with pytest.raises(NotAllowed):
        tap(ws, key, K.REPORT, Out.DONE, MONDAY_9, Role.ADVISOR)
    tap(ws, key, K.REPORT, Out.DONE, MONDAY_9, Role.MANAGER)
    assert kinds_at(ws, MONDAY_9) == []


def test_who_has_not_come_is_a_no_show_only_after_a_try_and_then_offered_a_new_time(ws: Workspace) -> None:
    key = booking(ws, TUESDAY_14)
    late = TUESDAY_14 + 15 * MINUTE
    tap(ws, key, K.MISSING, Out.NOT_REACHED, late)
    [task] = tasks_at(ws, late)
    assert (task.kind, task.tries) == (K.MISSING, 1)
    with unit_of_work(as_role(ws, Role.ADVISOR).at(late)) as work:
        assert work.db.exec(select(ContactAttempt.appointment_id)).one() == key
        no_show(work, key)
    wednesday_10 = MONDAY_9 + 2 * DAY + HOUR
    assert [(task.kind, task.due_at) for task in tasks_at(ws, late)] == [(K.REBOOK, wednesday_10)]
    tap(ws, key, K.REBOOK, Out.NO, wednesday_10)
    assert kinds_at(ws, wednesday_10) == []


def test_a_try_noted_on_the_record_counts_for_the_task(ws: Workspace) -> None:
    key = booking(ws, TUESDAY_14)
    late = TUESDAY_14 + 15 * MINUTE
    with unit_of_work(as_role(ws, Role.ADVISOR).at(late)) as work:
        tried(work, key)
    assert [(task.kind, task.tries) for task in tasks_at(ws, late)] == [(K.MISSING, 1)]


def test_who_says_to_be_on_the_way_is_missed_again_a_quarter_of_an_hour_later(ws: Workspace) -> None:
    key = booking(ws, TUESDAY_14)
    late = TUESDAY_14 + 15 * MINUTE
    tap(ws, key, K.MISSING, Out.DONE, late)
    assert kinds_at(ws, late + 14 * MINUTE) == []
    assert kinds_at(ws, late + 15 * MINUTE) == [K.MISSING]


def test_a_car_booked_again_needs_no_new_offer(ws: Workspace) -> None:
    key = booking(ws, MONDAY_9 - DAY, S.NO_SHOW)
    assert kinds_at(ws, MONDAY_9) == [K.REBOOK]
    with unit_of_work(ws) as work:
        old = work.get(Appointment, key)
        work.add(Appointment(number="B2", customer_id=old.customer_id, vehicle_id=old.vehicle_id, status=S.CONFIRMED,
                             starts_at=FRIDAY_14, created_at=work.now))  # fmt: skip
    assert kinds_at(ws, MONDAY_9) == []


def test_the_manager_decides_on_a_wish_and_the_advisor_carries_it_out(ws: Workspace) -> None:
    key = booking(ws, TUESDAY_14, S.UNMET, unmet_reason=UnmetReason.NO_PLACE, reason="wanted before noon")
    [task] = tasks_at(ws, MONDAY_9)
    assert (task.kind, task.role) == (K.DECIDE, Role.MANAGER)
    assert task.words == (UnmetReason.NO_PLACE.label, "wanted before noon", "Squeaks")
    tap(ws, key, K.DECIDE, Out.DONE, MONDAY_9, Role.MANAGER, "open on Saturday for them")
    [task] = tasks_at(ws, MONDAY_9)
    assert (task.kind, task.role, task.due_at, task.words[-1]) == (
        K.OFFER, None, MONDAY_9 + 2 * HOUR, "open on Saturday for them"
    )  # fmt: skip
    tap(ws, key, K.OFFER, Out.NO, MONDAY_9 + MINUTE)
    assert kinds_at(ws, MONDAY_9 + DAY) == []


def test_no_shows_and_wishes_of_long_ago_ask_for_nothing(ws: Workspace) -> None:
    booking(ws, MONDAY_9 - 31 * DAY, S.NO_SHOW)
    booking(ws, MONDAY_9 - 31 * DAY, S.UNMET, number="B-WISH", created_at=MONDAY_9 - 31 * DAY)
    assert kinds_at(ws, MONDAY_9) == []


def test_the_second_tablet_learns_who_was_faster(ws: Workspace) -> None:
    key = booking(ws, TUESDAY_14)
    tap(ws, key, K.REMIND, Out.DONE, MONDAY_9)
    with pytest.raises(AlreadyNoted) as refused, unit_of_work(as_name(ws, "Flo Follow")) as work:
        settle(work, key, K.REMIND, Out.DONE)
    assert refused.value.say("en") == "Ada Advisor has just noted this: Told."
    with reading(ws) as work:
        assert len(work.db.exec(select(TaskResult)).all()) == 1


def test_the_same_not_reached_from_two_tablets_is_one_try(ws: Workspace) -> None:
    key = booking(ws, TUESDAY_14)
    late = TUESDAY_14 + 20 * MINUTE
    tap(ws, key, K.MISSING, Out.NOT_REACHED, late)
    with pytest.raises(AlreadyNoted):
        tap(ws, key, K.MISSING, Out.NOT_REACHED, late + MINUTE, Role.FOLLOW_UP)
    tap(ws, key, K.MISSING, Out.NOT_REACHED, late + 10 * MINUTE)


def test_a_task_of_a_booking_that_is_over_is_refused(ws: Workspace) -> None:
    key = booking(ws, TUESDAY_14, S.CANCELLED)
    with pytest.raises(TaskGone) as refused:
        tap(ws, key, K.REMIND, Out.DONE, MONDAY_9)
    assert "Cancelled" in refused.value.say("en")


def test_a_result_the_task_cannot_have_and_a_note_too_long_are_refused(ws: Workspace) -> None:
    key = booking(ws, TUESDAY_14)
    with pytest.raises(NotNow):
        tap(ws, key, K.REMIND, Out.IN_STOCK, MONDAY_9)
    with pytest.raises(TooLong):
        tap(ws, key, K.REMIND, Out.DONE, MONDAY_9, note="x" * 501)
    with pytest.raises(NotAllowed):
        tap(ws, key, K.REMIND, Out.DONE, MONDAY_9, Role.PARTS_CLERK)


def test_what_came_of_a_task_is_in_the_history(ws: Workspace) -> None:
    key = booking(ws, TUESDAY_14)
    tap(ws, key, K.REMIND, Out.DONE, MONDAY_9, note="will be early")
    with reading(ws) as work:
        event = last_event(work, work.get(Appointment, key))
        assert event is not None
        assert (event.action, event.details) == (
            "task", {"task": "Remind of tomorrow", "result": "Told", "note": "will be early"}
        )  # fmt: skip


def test_tasks_belong_to_the_advisor_of_the_booking_or_to_any_when_there_is_none(ws: Workspace) -> None:
    booking(ws, TUESDAY_14)
    booking(ws, TUESDAY_14 + HOUR, advisor_id=None)
    mine, anyones = tasks_at(ws, MONDAY_9)
    ada, flo = as_role(ws, Role.ADVISOR).by, as_role(ws, Role.FOLLOW_UP).by
    assert (mine.is_of(ada), anyones.is_of(ada), mine.is_of(flo), anyones.is_of(flo)) == (True, True, False, False)


def test_the_number_of_queries_does_not_grow(ws: Workspace) -> None:
    counts = []
    for number in range(4):
        booking(ws, TUESDAY_14 + number * MINUTE, stock_question="Pads")
        if number in (0, 3):
            with counted(ws) as seen, reading(ws) as work:
                assert len(tasks(work)) == 2 * (number + 1)
            counts.append(len(seen))
    assert counts == [11, 11]
