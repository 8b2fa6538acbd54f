"""Judging booking: every indicator from rows and events, exactly, for a span of the garage's own days."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event as sa_event
from sqlmodel import select

from db.enums import AppointmentStatus, Channel, MessageState, Role, UnmetReason
from db.enums_desk import TaskKind, TaskOutcome
from db.models import Appointment, Event, Garage, Message, OpeningHours, TaskResult, Vehicle
from services.arrivals import arrive, walk_in
from services.bay_load import bay_load
from services.booking import book, move
from services.booking_changes import cancel, no_show, tried, wish_not_met
from services.booking_indicators import judge_booking, load_indicator
from services.indicators import Indicator, Span
from services.refusals import EndBeforeStart, OutOfRange
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role, make_car

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
TUESDAY_10 = datetime(2026, 11, 24, 10, tzinfo=UTC)
WEEK = Span(MONDAY, MONDAY + timedelta(days=6))


def do(ws: Workspace, act: Callable[[Work], object], at: datetime = MONDAY_9, role: Role = Role.ADVISOR) -> None:
    with unit_of_work(as_role(ws, role).at(at)) as work:
        act(work)


def stranger(work: Work) -> int:
    """A car nobody knew, with a plate of its own."""
    return make_car(work, plate=f"X{len(work.db.exec(select(Vehicle.id)).all())}").id


def booked(ws: Workspace, plate: str, starts_at: datetime = TUESDAY_10, at: datetime = MONDAY_9, **more: object) -> int:
    with unit_of_work(as_role(ws, Role.SUPERVISOR).at(at)) as work:
        car = make_car(work, plate=plate)
        return book(work, car.id, concern="Oil", job_ids=[1], starts_at=starts_at, **more).id  # type: ignore[arg-type]


def judged(ws: Workspace, span: Span = WEEK, at: datetime = MONDAY_9) -> dict[str, Indicator]:
    with reading(ws.at(at)) as work:
        return {one.key: one for one in judge_booking(work, span)}


def figure(one: Indicator) -> tuple[float | None, int, int]:
    return one.value, one.numerator, one.denominator


def test_with_nothing_there_is_no_figure_and_never_nought_per_cent(ws: Workspace) -> None:
    for one in judged(ws).values():
        assert (one.value, one.denominator, one.rows) == (None, 0, ()), one.key
        assert one.formula


def test_success_counts_bookings_over_everyone_who_asked_and_keeps_the_reasons(ws: Workspace) -> None:
    booked(ws, "A1")
    booked(ws, "A2")
    do(ws, lambda work: cancel(work, 2, reason="Sold"))
    for reason, note in ((UnmetReason.PRICE, "Too dear"), (UnmetReason.TIME, "")):
        do(ws, lambda work, r=reason, n=note: wish_not_met(work, stranger(work), concern="x", job_ids=[],  # type: ignore[misc]
                                                           wish=None, unmet=r, note=n))  # fmt: skip
    found = judged(ws)
    assert figure(found["success"]) == (0.5, 2, 4)
    assert figure(found["unmet"]) == (2, 2, 4)
    reasons = [row.words for row in found["unmet"].rows if row.counts]
    assert reasons == [(UnmetReason.PRICE.label, "Too dear"), (UnmetReason.TIME.label,)]


def test_a_request_not_answered_yet_is_neither_made_nor_lost(ws: Workspace) -> None:
    booked(ws, "A1")
    do(ws, lambda work: setattr(work.get(Appointment, 1), "status", AppointmentStatus.REQUESTED))
    assert figure(judged(ws)["success"]) == (None, 0, 0)


def test_lead_time_runs_to_the_time_agreed_first_and_moves_are_counted_once(ws: Workspace) -> None:
    booked(ws, "A1")
    booked(ws, "A2", TUESDAY_10 + timedelta(hours=4))
    booked(ws, "A3", MONDAY_9 + timedelta(days=3))
    for hours in (1, 3):
        later = TUESDAY_10 + timedelta(hours=hours)
        do(ws, lambda work, at=later: move(work, 1, starts_at=at), at=MONDAY_9 + timedelta(hours=hours))  # type: ignore[misc]
    found = judged(ws)
    assert sorted(row.minutes or 0 for row in found["lead"].rows) == [25 * 60, 29 * 60, 72 * 60]
    assert (found["lead"].value, found["lead_mean"].value) == (29 * 60, (25 + 29 + 72) * 60 / 3)
    assert figure(found["moved"]) == (1 / 3, 1, 3)
    assert [(row.other, row.at) for row in found["moved"].rows if row.counts] == [
        (TUESDAY_10, TUESDAY_10 + timedelta(hours=3))
    ]


def test_a_change_of_bay_alone_is_no_move(ws: Workspace) -> None:
    booked(ws, "A1")
    do(ws, lambda work: move(work, 1, starts_at=TUESDAY_10, bay_id=2))
    assert figure(judged(ws)["moved"]) == (0, 0, 1)


def test_a_wish_is_met_when_the_first_time_agreed_is_the_one_wished(ws: Workspace) -> None:
    booked(ws, "A1", wished_at=TUESDAY_10)
    booked(ws, "A2", TUESDAY_10 + timedelta(hours=1), wished_at=TUESDAY_10)
    booked(ws, "A3")
    do(ws, lambda work: move(work, 1, starts_at=TUESDAY_10 + timedelta(hours=4)))
    assert figure(judged(ws)["as_asked"]) == (0.5, 1, 2)


def test_exceptions_name_the_rule_and_the_reason(ws: Workspace) -> None:
    booked(ws, "A1")
    booked(ws, "A2", MONDAY_9 + timedelta(hours=5), override_reason="Towed in")
    found = judged(ws)["overrides"]
    assert figure(found) == (0.5, 1, 2)
    assert [row.words for row in found.rows if row.counts] == [("Same day", "Towed in")]


def test_show_up_leaves_out_cancelled_ones_and_those_whose_time_is_still_to_come(ws: Workspace) -> None:
    for number, hour in enumerate((9, 10, 11, 14, 16), 1):
        booked(ws, f"A{number}", TUESDAY_10.replace(hour=hour))
    do(ws, lambda work: cancel(work, 1, reason="Ill"))
    do(ws, lambda work: arrive(work, 2), at=TUESDAY_10)
    late = TUESDAY_10 + timedelta(hours=4, minutes=40)
    do(ws, lambda work: tried(work, 3), at=late)
    do(ws, lambda work: no_show(work, 3), at=late)
    found = judged(ws, at=late)  # the fourth should have come, the fifth is still to come
    assert figure(found["show_up"]) == (1 / 3, 1, 3)
    assert figure(found["no_shows"]) == (1, 1, 3)
    assert figure(found["cancelled"]) == (0.2, 1, 5)
    assert [row.words for row in found["cancelled"].rows if row.counts] == [("Ill",)]
    assert [row.key for row in found["show_up"].rows if not row.counts] == [3, 4]


def test_came_with_a_booking_is_over_all_cars_that_came(ws: Workspace) -> None:
    booked(ws, "A1")
    do(ws, lambda work: arrive(work, 1), at=TUESDAY_10)
    for _ in range(3):
        do(
            ws,
            lambda work: walk_in(work, vehicle_id=stranger(work), concern="x", jobs=[], waits=False),
            at=TUESDAY_10,
        )
    assert figure(judged(ws, at=TUESDAY_10)["booked"]) == (0.25, 1, 4)


def test_who_began_is_told_with_the_way_it_came(ws: Workspace) -> None:
    booked(ws, "A1", channel=Channel.WECHAT, garage_called=True)
    booked(ws, "A2")
    found = judged(ws)["called"]
    assert figure(found) == (0.5, 1, 2)
    assert [row.words for row in found.rows] == [(Channel.WECHAT.label,), (Channel.PHONE.label,)]


def result(ws: Workspace, key: int, kind: TaskKind, outcome: TaskOutcome, at: datetime, about: datetime) -> None:
    do(ws, lambda work: work.add(TaskResult(appointment_id=key, kind=kind, outcome=outcome, about_at=about, at=at)))


def test_stock_must_be_answered_within_five_minutes(ws: Workspace) -> None:
    for number in range(1, 5):
        booked(ws, f"A{number}", TUESDAY_10 + timedelta(hours=number // 3), stock_question="Towbar?")
    for key, minutes in ((1, 5), (2, 6)):
        result(ws, key, TaskKind.STOCK, TaskOutcome.IN_STOCK, MONDAY_9 + timedelta(minutes=minutes), TUESDAY_10)
    assert figure(judged(ws, at=MONDAY_9 + timedelta(minutes=4))["stock"]) == (
        0.5,
        1,
        2,
    )  # two may still be answered in time
    found = judged(ws, at=MONDAY_9 + timedelta(hours=1))["stock"]
    assert figure(found) == (0.25, 1, 4)
    assert [row.minutes for row in found.rows] == [5, 6, None, None]


def test_a_reminder_counts_by_call_or_message_and_only_for_the_time_that_stands(ws: Workspace) -> None:
    for number in range(1, 5):
        booked(ws, f"A{number}", TUESDAY_10 + timedelta(hours=number // 3))
    booked(ws, "A5", MONDAY_9 + timedelta(hours=5), override_reason="Same day: nobody to remind")
    told = MONDAY_9 + timedelta(hours=2)
    result(ws, 1, TaskKind.REMIND, TaskOutcome.DONE, told, TUESDAY_10)
    result(ws, 2, TaskKind.REMIND, TaskOutcome.NOT_REACHED, told, TUESDAY_10)
    result(ws, 3, TaskKind.REMIND, TaskOutcome.DONE, told, TUESDAY_10 - timedelta(hours=1))
    do(ws, lambda work: work.add(
        Message(customer_id=1, channel=Channel.SMS, address="x", text="x", kind="remind", subject="appointment", subject_id=4,
                state=MessageState.SENT, created_at=told, due_at=told, sent_at=told)
    ))  # fmt: skip
    found = judged(ws, at=TUESDAY_10 + timedelta(days=1))["reminded"]
    assert figure(found) == (0.5, 2, 4)
    assert [row.key for row in found.rows if row.counts] == [1, 4]


def test_the_days_are_the_garages_own(ws: Workspace) -> None:
    do(ws, lambda work: setattr(work.db.exec(select(Garage)).one(), "zone", "Asia/Shanghai"), role=Role.MANAGER)
    before_midnight = datetime(2026, 11, 23, 15, 59, tzinfo=UTC)
    with unit_of_work(ws) as work:
        car = make_car(work)
        for number, at in enumerate((before_midnight, before_midnight + timedelta(minutes=1)), 1):
            work.add(Appointment(number=f"N{number}", customer_id=car.customer_id, vehicle_id=car.id, created_at=at,
                                 status=AppointmentStatus.CONFIRMED))  # fmt: skip
    for day, only in ((MONDAY, "N1"), (TUESDAY, "N2")):
        assert [row.number for row in judged(ws, Span(day, day))["success"].rows] == [only]


def test_load_is_the_share_of_open_bay_time_by_hour_and_day(ws: Workspace) -> None:
    booked(ws, "A1")
    booked(ws, "A2", TUESDAY_10 + timedelta(minutes=30))
    with reading(ws) as work:
        load = bay_load(work, WEEK)
    assert (load.taken, load.open) == (8, 5 * 3 * 40)  # quarters: five days of ten hours in three bays
    assert (load.cells[1, 10], load.cells[1, 11], load.cells[1, 12]) == ((6, 12), (2, 12), (0, 12))
    assert (5, 10) not in load.cells
    assert [(row.minutes, row.words) for row in load.rows[:3]] == [(0, ("0%",)), (120, ("7%",)), (0, ("0%",))]
    assert figure(load_indicator(load)) == (8 / 600, 120, 9000)


def test_an_hour_twice_at_the_end_of_summer_time_is_counted_twice(ws: Workspace) -> None:
    do(ws, lambda work: work.add(OpeningHours(weekday=6, opens=0, closes=180)), role=Role.MANAGER)
    with reading(ws) as work:
        load = bay_load(work, Span(date(2026, 10, 25), date(2026, 10, 25)))
    assert (load.cells[6, 0], load.cells[6, 1], load.cells[6, 2]) == ((0, 12), (0, 24), (0, 12))


@pytest.mark.parametrize(
    ("span", "before"),
    [
        (Span(TUESDAY, TUESDAY), Span(MONDAY, MONDAY)),
        (Span(date(2026, 11, 17), MONDAY), Span(date(2026, 11, 10), date(2026, 11, 16))),
        (Span(date(2026, 11, 1), MONDAY), Span(date(2026, 10, 1), date(2026, 10, 23))),
        (Span(date(2026, 2, 1), date(2026, 2, 28)), Span(date(2026, 1, 1), date(2026, 1, 31))),
        (Span(date(2024, 3, 1), date(2024, 3, 30)), Span(date(2024, 2, 1), date(2024, 2, 29))),
        (Span(date(2024, 2, 29), date(2024, 2, 29)), Span(date(2024, 2, 28), date(2024, 2, 28))),
        (Span(date(2026, 1, 1), date(2026, 2, 28)), Span(date(2025, 11, 3), date(2025, 12, 31))),
    ],
)
def test_a_span_is_compared_with_as_much_before(span: Span, before: Span) -> None:
    assert span.before() == before


def test_a_span_runs_forward_and_is_no_longer_than_a_leap_year(ws: Workspace) -> None:
    assert Span.of(date(2024, 1, 1), date(2024, 12, 31)).days == 366
    with pytest.raises(EndBeforeStart):
        Span.of(TUESDAY, MONDAY)
    with pytest.raises(OutOfRange):
        Span.of(date(2024, 1, 1), date(2025, 1, 1))


def test_every_query_goes_through_an_index_and_their_number_is_fixed(ws: Workspace) -> None:
    booked(ws, "A1")
    asked: list[tuple[str, object]] = []
    listen = lambda _c, _cur, statement, parameters, *_: asked.append((statement, parameters))  # noqa: E731
    sa_event.listen(ws.engine, "before_cursor_execute", listen)
    judged(ws)
    few = sum(statement.startswith("SELECT") for statement, _ in asked)
    for number in range(2, 6):
        booked(ws, f"A{number}", TUESDAY_10 + timedelta(days=number - 2))
    asked.clear()
    judged(ws)
    sa_event.remove(ws.engine, "before_cursor_execute", listen)
    asked = [one for one in asked if one[0].startswith("SELECT")]
    assert len(asked) == few == 10  # the garage's settings too
    if ws.engine.dialect.name == "sqlite":
        with ws.engine.connect() as connection:
            for statement, parameters in asked[1:]:
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()  # type: ignore[arg-type]
                assert not [row[3] for row in plan if row[3].startswith("SCAN")], statement


def test_nothing_is_written(ws: Workspace) -> None:
    booked(ws, "A1")
    with reading(ws) as work:
        before = work.db.exec(select(Event.id)).all()
    judged(ws)
    with reading(ws) as work:
        assert work.db.exec(select(Event.id)).all() == before
