"""The eve of the next open day: what is picked, what is missing, and when that is somebody's trouble."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event
from sqlmodel import select

from db.enums import AppointmentStatus, Role
from db.enums_desk import PurchaseStatus
from db.models import Appointment, AppointmentJob, ClosingDay, Part, PartReservation, Reservation
from services.booking import move
from services.booking_changes import cancel
from services.booking_papers import stay_words
from services.day_bookings import planned
from services.picking import NothingToPick, left_over, pick, put_away, put_back
from services.preparation import lacking, overdue, preparation
from services.purchases import plan
from services.refusals import NotAllowed, NotNow
from services.today import today
from services.work import last_event, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role, make_car

TUESDAY_8 = datetime(2026, 11, 24, 8, tzinfo=UTC)
OIL, PADS = 1, 2


def booked(
    ws: Workspace, plate: str, *, at: datetime = TUESDAY_8, jobs: Sequence[int] = (1,), kept: Sequence[tuple[int, str]] = (),
    placed: bool = True,
) -> int:  # fmt: skip
    """A confirmed booking with its place and the parts kept for it."""
    with unit_of_work(ws) as work:
        car = make_car(work, f"Driver of {plate}", plate)
        row = work.add(
            Appointment(number=f"B-{plate}", customer_id=car.customer_id, vehicle_id=car.id, advisor_id=1, concern="Noise",
                        status=AppointmentStatus.CONFIRMED, starts_at=at, minutes=60, created_at=MONDAY_9)
        )  # fmt: skip
        for job in jobs:
            work.add(AppointmentJob(appointment_id=row.id, job_id=job, minutes=60, price=Decimal(60)))
        for place in ({"bay_id": 1}, {"staff_id": 3}) if placed else ():
            work.add(Reservation(appointment_id=row.id, starts_at=at, ends_at=at + timedelta(minutes=60), **place))
        for part, quantity in kept:
            work.add(
                PartReservation(part_id=part, appointment_id=row.id, quantity=Decimal(quantity), created_at=work.now)
            )
        return row.id


def test_the_next_open_day_is_listed_in_time_order_with_what_is_prepared(ws: Workspace) -> None:
    second = booked(ws, "B2", at=TUESDAY_8 + timedelta(hours=2), jobs=(2,), placed=False)
    first = booked(ws, "A1", kept=[(OIL, "4.5")])
    booked(ws, "C3", at=TUESDAY_8 + timedelta(days=1))
    with reading(ws) as work:
        found = preparation(work)
        assert stay_words(work, found.bookings[0].stays[0]) == "08:00–09:00 · Lift 1 · Tom Technician"
    assert found.day == date(2026, 11, 24)
    assert found.due_at == datetime(2026, 11, 23, 18, tzinfo=UTC)
    assert [one.row.id for one in found.bookings] == [first, second]
    assert [lacking(one) for one in found.bookings] == [
        ["parts to pick"],
        ["no bay or technician", "part missing, not ordered"],
    ]
    (oil,) = found.bookings[0].parts
    assert (oil.part.name, oil.needed, oil.kept, oil.missing) == (
        "Engine oil 5W-30",
        Decimal("4.5"),
        Decimal("4.5"),
        Decimal(0),
    )
    (pads,) = found.bookings[1].parts
    assert (pads.part.id, pads.missing) == (PADS, Decimal(1))


def test_closed_days_are_passed_over(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        work.add(ClosingDay(day=date(2026, 11, 24)))
    with reading(ws) as work:
        assert preparation(work).day == date(2026, 11, 25)
    with reading(ws.at(MONDAY_9 + timedelta(days=4))) as work:  # Friday
        assert preparation(work).day == date(2026, 11, 30)


def test_the_parts_clerk_picks_with_one_tap_and_may_undo_it(ws: Workspace) -> None:
    key = booked(ws, "A1", jobs=(1, 2), kept=[(OIL, "4.5"), (PADS, "1")])
    with unit_of_work(as_role(ws, Role.PARTS_CLERK)) as work:
        assert pick(work, key) == 2
    with reading(ws) as work:
        one = planned(work, key)
        happened = last_event(work, one.row)
        assert happened is not None
        assert (happened.action, happened.details) == (
            "picked",
            {
                "parts": "4.5 l Engine oil 5W-30, 1 set Front brake pads",
                "ready": ["4.5 l Engine oil 5W-30", "1 set Front brake pads"],
            },
        )
        assert one.ready
        assert {kept.picked_by for kept in one.parts} == {"Pat Parts"}
        assert {kept.picked_at for kept in one.parts} == {MONDAY_9}
        assert work.get(Part, OIL).on_hand == 40  # it leaves the stock only with its order
    with pytest.raises(NothingToPick), unit_of_work(as_role(ws, Role.PARTS_CLERK)) as work:
        pick(work, key)
    with unit_of_work(as_role(ws, Role.PARTS_CLERK)) as work:
        assert put_back(work, key) == 2
    with reading(ws) as work:
        assert len(planned(work, key).to_pick) == 2
    with pytest.raises(NotNow), unit_of_work(as_role(ws, Role.PARTS_CLERK)) as work:
        put_back(work, key)


def test_a_booking_moved_to_another_time_is_picked_and_labelled_anew(ws: Workspace) -> None:
    key = booked(ws, "A1", kept=[(OIL, "4.5")])
    with unit_of_work(as_role(ws, Role.PARTS_CLERK)) as work:
        pick(work, key)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        move(work, key, starts_at=TUESDAY_8, bay_id=2)
    with reading(ws) as work:
        assert planned(work, key).ready
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        move(work, key, starts_at=TUESDAY_8 + timedelta(days=1))
    with reading(ws) as work:
        one = planned(work, key)
        happened = last_event(work, one.row)
    assert [kept.kept for kept in one.to_pick] == [Decimal("4.5")]
    assert happened is not None
    assert happened.action == "pick_anew"


def test_parts_of_a_booking_that_is_off_are_listed_until_they_are_put_back(ws: Workspace) -> None:
    keys = [booked(ws, plate, kept=[(OIL, "4.5")], placed=False) for plate in ("PICKED", "NOT PICKED", "UNDONE")]
    with unit_of_work(as_role(ws, Role.PARTS_CLERK)) as work:
        pick(work, keys[0])
        pick(work, keys[2])
        put_back(work, keys[2])
        assert left_over(work) == []
    for key in keys:
        with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
            cancel(work, key, reason="Sold")
    with unit_of_work(as_role(ws, Role.PARTS_CLERK)) as work:
        (left,) = left_over(work)
        assert (left.plate, left.parts) == ("PICKED", "4.5 l Engine oil 5W-30")
        put_away(work, keys[0])
        assert left_over(work) == []
    for key in keys[:2]:
        with pytest.raises(NotNow), unit_of_work(as_role(ws, Role.PARTS_CLERK)) as work:
            put_away(work, key)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        put_away(work, keys[0])


def test_what_was_picked_little_by_little_is_listed_whole(ws: Workspace) -> None:
    key = booked(ws, "A1", jobs=(1, 2), kept=[(OIL, "4.5")], placed=False)
    with unit_of_work(as_role(ws, Role.PARTS_CLERK)) as work:
        pick(work, key)
        work.add(PartReservation(part_id=PADS, appointment_id=key, quantity=Decimal(1), created_at=work.now))
        pick(work, key)
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        cancel(work, key, reason="Sold")
    with reading(ws) as work:
        (left,) = left_over(work)
    assert left.parts == "4.5 l Engine oil 5W-30, 1 set Front brake pads"


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.SUPERVISOR, Role.TECHNICIAN, Role.FOLLOW_UP])
def test_nobody_else_picks(ws: Workspace, role: Role) -> None:
    key = booked(ws, "A1", kept=[(OIL, "4.5")])
    for verb in (pick, put_back):
        with pytest.raises(NotAllowed), unit_of_work(as_role(ws, role)) as work:
            verb(work, key)


@pytest.mark.parametrize("status", [AppointmentStatus.CANCELLED, AppointmentStatus.ARRIVED, AppointmentStatus.NO_SHOW])
def test_nothing_is_picked_for_a_booking_that_is_over(ws: Workspace, status: AppointmentStatus) -> None:
    key = booked(ws, "A1", kept=[(OIL, "4.5")])
    with unit_of_work(ws) as work:
        work.get(Appointment, key).status = status
    with pytest.raises(NotNow), unit_of_work(as_role(ws, Role.PARTS_CLERK)) as work:
        pick(work, key)


def test_what_is_kept_is_picked_although_something_is_missing(ws: Workspace) -> None:
    key = booked(ws, "A1", jobs=(1, 2), kept=[(OIL, "4.5")])
    with unit_of_work(as_role(ws, Role.PARTS_CLERK)) as work:
        assert pick(work, key) == 1
        plan(work, part_id=PADS, appointment_id=key)
    with reading(ws) as work:
        one = planned(work, key)
    assert not one.ready
    assert [kept.bought for kept in one.short] == [PurchaseStatus.PLANNED]
    assert lacking(one) == ["part on its way"]


def test_a_booking_that_waits_for_a_part_is_not_ready_although_all_of_the_catalogue_is_picked(ws: Workspace) -> None:
    key = booked(ws, "A1", jobs=(3,))
    with unit_of_work(ws) as work:
        work.get(Appointment, key).status = AppointmentStatus.WAITING_PARTS
    with reading(ws) as work:
        one = planned(work, key)
    assert not one.ready
    assert lacking(one) == ["Waiting for parts"]


def test_a_booking_without_parts_is_ready_with_its_place(ws: Workspace) -> None:
    key = booked(ws, "A1", jobs=(3,))
    with reading(ws) as work:
        assert planned(work, key).ready


@pytest.mark.parametrize(("minutes", "there"), [(-91, False), (-90, True), (-1, True), (120, True)])
def test_it_is_trouble_from_90_minutes_before_closing(ws: Workspace, minutes: int, there: bool) -> None:
    booked(ws, "A1", kept=[(OIL, "4.5")])
    closing = datetime(2026, 11, 23, 18, tzinfo=UTC)
    with reading(ws.at(closing + timedelta(minutes=minutes))) as work:
        assert (overdue(work) is not None) == there
        troubles = [one for one in today(work).troubles if one.query == ("view", "tomorrow")]
    assert [one.name for one in troubles] == (["A1"] if there else [])


def test_the_trouble_names_the_day_the_cars_and_what_they_lack(ws: Workspace) -> None:
    for number in range(4):
        booked(ws, f"A{number}", at=TUESDAY_8 + timedelta(hours=number), kept=[(OIL, "4.5")])
    booked(ws, "R9", at=TUESDAY_8 + timedelta(hours=5), jobs=(3,))
    with reading(ws.at(datetime(2026, 11, 23, 17, tzinfo=UTC))) as work:
        (trouble,) = (one for one in today(work).troubles if one.query == ("view", "tomorrow"))
    assert (trouble.name, trouble.owner) == ("A0, A1, A2 …", "Parts clerk")
    (what, params), *lacks = trouble.reasons
    assert what == "{day}: {n} of {all} bookings not ready"
    assert (params["n"], params["all"]) == (4, 5)
    assert [params["day"].say(lang) for lang in ("en", "zh_CN")] == ["Tuesday 24 November", "11月24日星期二"]  # type: ignore[attr-defined]
    assert [words for words, _ in lacks] == ["parts to pick"]


def test_everything_ready_is_no_trouble(ws: Workspace) -> None:
    key = booked(ws, "A1", kept=[(OIL, "4.5")])
    with unit_of_work(as_role(ws, Role.PARTS_CLERK)) as work:
        pick(work, key)
    with reading(ws.at(datetime(2026, 11, 23, 17, tzinfo=UTC))) as work:
        assert overdue(work) is None


def test_a_part_not_kept_any_more_leaves_the_list(ws: Workspace) -> None:
    key = booked(ws, "A1", jobs=(3,), kept=[(OIL, "4.5")])
    with unit_of_work(ws) as work:
        for row in work.db.exec(select(PartReservation)):
            work.db.delete(row)
    with reading(ws) as work:
        assert planned(work, key).parts == ()


def test_thirty_bookings_need_no_more_queries_than_three(ws: Workspace) -> None:
    counts = []
    for first, last in ((0, 3), (3, 30)):
        for number in range(first, last):
            booked(ws, f"N{number}", at=TUESDAY_8 + timedelta(minutes=number), kept=[(OIL, "1")], placed=False)
        seen: list[str] = []

        def note(_c: object, _cur: object, statement: str, *_: object, seen: list[str] = seen) -> None:
            seen.append(statement)

        event.listen(ws.engine, "before_cursor_execute", note)
        with reading(ws) as work:
            assert len(preparation(work).bookings) == last
        event.remove(ws.engine, "before_cursor_execute", note)
        counts.append(len(seen))
    assert counts[0] == counts[1]
