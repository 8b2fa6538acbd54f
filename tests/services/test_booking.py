"""A booking from the first call to its end: made, confirmed, moved, cancelled; one place is never promised twice."""

import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from db.enums import AppointmentStatus, Channel, Role, UnmetReason
from db.models import Appointment, AppointmentJob, ClosingDay, ContactConsent, Event, Message, Reservation, Vehicle
from services import capacity_refusals as no
from services.appointment_moves import GraceRunning, NotTriedYet
from services.booking import LengthFollowsJobs, PlaceGone, book, move, move_stay
from services.booking_calendar import held
from services.booking_changes import cancel, no_show, tried, wait_parts, wish_not_met
from services.booking_file import booking_file
from services.booking_policy import SameDay, TooFarAhead
from services.capacity import capacity
from services.catalogue import estimate
from services.free_time import Need
from services.offers import offers
from services.refusals import (
    InThePast,
    Missing,
    NotAllowed,
    NotFound,
    ReasonMissing,
    Refusal,
    SlotTaken,
    TooLong,
    WrongStatus,
)
from services.work import Work, last_event, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car

TUESDAY_10 = datetime(2026, 11, 24, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
OIL, PADS, BATTERY = 1, 2, 3
TOM, TIA, LEA = 3, 4, 5
LIFT_1, LIFT_2, QUICK = 1, 2, 3


@pytest.fixture
def advisor(ws: Workspace) -> Workspace:
    return as_role(ws, Role.ADVISOR)


def car(work: Work, plate: str = "AB12 CDE") -> int:
    return make_car(work, plate=plate).id


def booked(work: Work, vehicle_id: int, at: datetime = TUESDAY_10, **wishes: Any) -> Appointment:
    asked: dict[str, Any] = {"concern": "It squeaks", "job_ids": [OIL], "starts_at": at} | wishes
    return book(work, vehicle_id, **asked)


def _oil(work: Work) -> list[Need]:
    return estimate(work, [OIL]).needs


def places(work: Work, row: Appointment) -> list[tuple[int | None, int | None, datetime, datetime]]:
    rows = work.db.exec(select(Reservation).where(Reservation.appointment_id == row.id).order_by(Reservation.id))  # type: ignore[arg-type]
    return [(held.bay_id, held.staff_id, held.starts_at, held.ends_at) for held in rows]


def test_a_booking_is_confirmed_with_bay_person_jobs_and_price(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(
            work, car(work), TUESDAY_10 - 2 * HOUR, concern="  Squeaks ", job_ids=[OIL, PADS], channel=Channel.WALK_IN
        )
        assert (row.status, row.number) == (AppointmentStatus.CONFIRMED, "B261123-01")
        assert (row.concern, row.channel, row.advisor_id) == ("Squeaks", Channel.WALK_IN, 1)
        assert (row.minutes, row.price) == (150, Decimal("240.75"))  # 60 + 4.5 × 9.50 + 90 + 48, tax included
        end = TUESDAY_10 + timedelta(minutes=30)
        assert places(work, row) == [
            (LIFT_1, None, TUESDAY_10 - 2 * HOUR, end),
            (None, TOM, TUESDAY_10 - 2 * HOUR, end),
        ]
        told = work.db.exec(select(AppointmentJob).where(AppointmentJob.appointment_id == row.id)).all()
        assert [(job.job_id, job.minutes, job.price) for job in told] == [
            (OIL, 60, Decimal("102.75")),
            (PADS, 90, Decimal(138)),
        ]


def test_jobs_that_would_run_into_everyones_break_are_refused(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work, pytest.raises(no.NobodyAtWork):
        booked(work, car(work), job_ids=[OIL, PADS])


def test_the_second_car_gets_the_other_lift_and_the_third_is_refused(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        first, second = (booked(work, car(work, plate)) for plate in ("A1", "A2"))
        assert {places(work, first)[0][0], places(work, second)[0][0]} == {LIFT_1, LIFT_2}
        third = car(work, "A3")
        with pytest.raises(SlotTaken):
            booked(work, third)


def test_two_people_take_the_last_place_and_one_gets_it(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        booked(work, car(work, "A1"))
        cars = [car(work, "A2"), car(work, "A3")]
    gate, outcome = threading.Barrier(2), dict.fromkeys(cars, "")

    def tap(vehicle_id: int) -> None:
        gate.wait()
        try:
            with unit_of_work(advisor) as work:
                booked(work, vehicle_id)
            outcome[vehicle_id] = "booked"
        except SlotTaken:
            outcome[vehicle_id] = "taken"

    threads = [threading.Thread(target=tap, args=(vehicle_id,)) for vehicle_id in cars]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome.values()) == ["booked", "taken"]
    with unit_of_work(advisor) as work:
        assert len(work.db.exec(select(Appointment)).all()) == 2
        assert len(work.db.exec(select(Reservation)).all()) == 4
        again = offers(work, _oil(work), TUESDAY_10)
        assert TUESDAY_10 not in [offer.starts_at for offer in again]
        assert len(again) >= 2


def test_without_a_wish_two_people_at_the_same_moment_both_get_a_lift(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        cars = [car(work, "A1"), car(work, "A2")]
    gate, failed = threading.Barrier(2), []

    def tap(vehicle_id: int) -> None:
        gate.wait()
        try:
            with unit_of_work(advisor) as work:
                booked(work, vehicle_id)
        except Refusal as refusal:
            failed.append(refusal)

    threads = [threading.Thread(target=tap, args=(vehicle_id,)) for vehicle_id in cars]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_the_customer_who_agreed_to_messages_gets_time_address_and_papers(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        work.garage.address = "1 Mill Lane"
        vehicle = work.get(Vehicle, car(work))
        work.add(ContactConsent(customer_id=vehicle.customer_id, channel=Channel.SMS, allowed=True, at=work.now))
        row = booked(work, vehicle.id)
        (message,) = work.db.exec(select(Message).where(Message.kind == "booking_confirmed")).all()
        assert (message.kind, message.subject, message.subject_id) == ("booking_confirmed", "appointment", row.id)
        assert message.text == (
            "Test Garage: your booking B261123-01 is on Tuesday 24 November at 10:00. Address: 1 Mill Lane "
            "https://www.openstreetmap.org/search?query=1%20Mill%20Lane "
            "Please bring the vehicle licence, the service book and the purchase invoice. Questions: "
        )


def test_nobody_is_written_to_without_having_agreed(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        booked(work, car(work))
        assert work.db.exec(select(Message)).all() == []


@pytest.mark.parametrize(
    ("wishes", "refusal"),
    [
        ({"concern": "   "}, Missing),
        ({"concern": "x" * 2001}, TooLong),
        ({"clarification": "x" * 2001}, TooLong),
        ({"job_ids": []}, Missing),
        ({"job_ids": [OIL, 99]}, NotFound),
        ({"starts_at": TUESDAY_10 - timedelta(days=2)}, InThePast),
        ({"starts_at": TUESDAY_10 - timedelta(hours=23)}, SameDay),
        ({"starts_at": TUESDAY_10 + timedelta(days=7)}, TooFarAhead),
        ({"starts_at": TUESDAY_10 + timedelta(days=4)}, no.GarageClosed),
        ({"starts_at": TUESDAY_10 + timedelta(minutes=5)}, no.OffGrid),
        ({"bay_id": QUICK}, no.WrongBay),
        ({"bay_id": 99}, NotFound),
        ({"staff_id": 1}, no.LacksSkill),
    ],
)
def test_what_cannot_be_booked_is_refused_and_leaves_nothing(
    advisor: Workspace, wishes: dict[str, Any], refusal: type[Refusal]
) -> None:
    with unit_of_work(advisor) as work:
        vehicle_id = car(work)
    with pytest.raises(refusal), unit_of_work(advisor) as work:
        booked(work, vehicle_id, **wishes)
    with unit_of_work(advisor) as work:
        assert work.db.exec(select(Appointment)).all() == []
        assert work.db.exec(select(Reservation)).all() == []


def test_an_unknown_car_is_refused(advisor: Workspace) -> None:
    with pytest.raises(NotFound), unit_of_work(advisor) as work:
        booked(work, 4711)


def test_a_closing_day_is_refused_with_its_reason(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        work.add(ClosingDay(day=TUESDAY_10.date(), reason="Stocktaking"))
        with pytest.raises(no.ClosedDay):
            booked(work, car(work))


def test_a_technician_may_not_book(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.TECHNICIAN)) as work, pytest.raises(NotAllowed):
        booked(work, car(work))


def test_the_policy_can_be_overridden_with_a_reason_by_a_supervisor_only(ws: Workspace) -> None:
    today = TUESDAY_10 - timedelta(hours=20)
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        booked(work, car(work), today, override_reason="Towed in")
    with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        row = booked(work, car(work), today, override_reason=" Towed in ")
        assert row.override_reason == "Towed in"


def test_a_moved_booking_keeps_both_times_and_frees_the_old_place(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work, car(work))
        move(work, row.id, starts_at=TUESDAY_10 + 3 * HOUR, bay_id=LIFT_2, staff_id=LEA)
        starts, ends = TUESDAY_10 + 3 * HOUR, TUESDAY_10 + 4 * HOUR
        assert row.starts_at == starts
        assert places(work, row) == [(LIFT_2, None, starts, ends), (None, LEA, starts, ends)]
        event = last_event(work, row)
        assert event is not None
        assert (event.action, event.details) == (
            "move",
            {"was": TUESDAY_10.isoformat(), "now": starts.isoformat(), "bay": "Lift 2", "person": "Lea Leader"},
        )


def test_a_booking_moved_by_a_quarter_does_not_stand_in_its_own_way(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work, car(work), bay_id=LIFT_1, staff_id=TOM)
        move(work, row.id, starts_at=TUESDAY_10 + HOUR / 4, bay_id=LIFT_1, staff_id=TOM)
        assert [place[:2] for place in places(work, row)] == [(LIFT_1, None), (None, TOM)]
        near = [offer.starts_at for offer in offers(work, _oil(work), TUESDAY_10 + HOUR / 4, without=row.id)]
        assert near[0] == TUESDAY_10 + HOUR / 4


@pytest.mark.parametrize(
    ("to", "refusal"),
    [
        ({"starts_at": TUESDAY_10, "bay_id": QUICK}, no.WrongBay),
        ({"starts_at": TUESDAY_10, "staff_id": 2}, no.LacksSkill),
        ({"starts_at": TUESDAY_10 - timedelta(days=1, hours=2)}, InThePast),
        ({"starts_at": TUESDAY_10 + timedelta(days=8)}, TooFarAhead),
        ({"starts_at": TUESDAY_10 + 10 * HOUR}, no.GarageClosed),
    ],
)
def test_a_refused_move_changes_nothing(advisor: Workspace, to: dict[str, Any], refusal: type[Refusal]) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work, car(work))
        before = places(work, row)
    with pytest.raises(refusal), unit_of_work(advisor) as work:
        move(work, row.id, **to)
    with unit_of_work(advisor) as work:
        assert places(work, row) == before
        assert work.get(Appointment, row.id).starts_at == TUESDAY_10


def test_dragging_the_second_stay_moves_the_whole_visit(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work, car(work), job_ids=[OIL, BATTERY])
        second = next(one for one in held(work, TUESDAY_10, TUESDAY_10 + 8 * HOUR) if one.bay_id == QUICK)
        assert second.starts_at == TUESDAY_10 + HOUR
        move_stay(work, second.reservation_id, starts_at=TUESDAY_10 + 4 * HOUR, bay_id=QUICK)
        assert row.starts_at == TUESDAY_10 + 3 * HOUR
        assert [(place[0], place[2]) for place in places(work, row) if place[0]] == [
            (LIFT_1, TUESDAY_10 + 3 * HOUR),
            (QUICK, TUESDAY_10 + 4 * HOUR),
        ]


def test_stretching_a_booking_and_dragging_one_that_is_gone_are_refused(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work, car(work))
        (bay, person) = held(work, TUESDAY_10, TUESDAY_10 + HOUR)
        with pytest.raises(LengthFollowsJobs):
            move_stay(work, bay.reservation_id, starts_at=TUESDAY_10, bay_id=bay.bay_id)
        cancel(work, row.id, reason="Sold")
        with pytest.raises(PlaceGone):
            move_stay(work, person.reservation_id, starts_at=TUESDAY_10 + HOUR)


def test_the_calendar_shows_bookings_with_plate_jobs_and_status(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work, car(work), job_ids=[OIL, PADS], at=TUESDAY_10 + 3 * HOUR)
        booked(work, car(work, "OTHER"), TUESDAY_10 + timedelta(days=1))
        bay, person = held(work, TUESDAY_10, TUESDAY_10 + 5 * HOUR)
        assert (bay.plate, bay.customer, bay.what, bay.status, bay.appointment_id, bay.movable) == (
            "AB12 CDE",
            "Grace Field",
            "Oil service · Front brake pads",
            AppointmentStatus.CONFIRMED,
            row.id,
            True,
        )
        assert (person.bay_id, person.staff_id) == (None, TOM)


def queries(ws: Workspace, places_shown: int) -> int:
    """How many queries the calendar of Tuesday asks."""
    asked: list[str] = []
    with unit_of_work(ws) as work:
        event.listen(work.db.connection(), "before_cursor_execute", lambda *call: asked.append(call[2]))
        assert len(held(work, TUESDAY_10 - 2 * HOUR, TUESDAY_10 + 8 * HOUR)) == places_shown
        capacity(work, TUESDAY_10.date(), 7)
    return len(asked)


def test_a_full_calendar_asks_as_many_queries_as_one_booking(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        booked(work, car(work, "Q1"))
    one = queries(advisor, 2)
    with unit_of_work(advisor) as work:
        for number, hour in enumerate((8, 9, 11, 13, 14, 15)):
            booked(work, car(work, f"Q2{number}"), TUESDAY_10 + (hour - 10) * HOUR)
    assert queries(advisor, 14) == one <= 14


def test_the_record_knows_everything_about_a_booking(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work, car(work), job_ids=[OIL, BATTERY])
    with unit_of_work(advisor) as work:
        file = booking_file(work, row.id)
        assert file is not None
        assert [job.name for job in file.jobs] == ["Oil service", "Battery test"]
        assert [(stay.bay, stay.person, stay.starts_at) for stay in file.stays] == [
            ("Lift 1", "Tom Technician", TUESDAY_10),
            ("Quick", "Tia Technician", TUESDAY_10 + HOUR),
        ]
        assert [one.action for one in file.moves] == [
            "arrive",
            "move",
            "change_jobs",
            "wait_parts",
            "tried",
            "no_show",
            "cancel",
        ]
        assert (file.advisor, file.order_id, booking_file(work, 4711)) == ("Ada Advisor", None, None)


def test_cancelling_needs_a_reason_and_frees_the_place(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work, car(work))
        with pytest.raises(ReasonMissing):
            cancel(work, row.id, reason="  ")
        with pytest.raises(TooLong):
            cancel(work, row.id, reason="x" * 301)
        cancel(work, row.id, reason="Sold the car")
        assert (row.status, row.reason, places(work, row)) == (AppointmentStatus.CANCELLED, "Sold the car", [])
    with pytest.raises(WrongStatus), unit_of_work(advisor) as work:
        move(work, row.id, starts_at=TUESDAY_10 + HOUR)


def test_a_no_show_needs_the_grace_time_and_a_try(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work, car(work))
    with pytest.raises(GraceRunning), unit_of_work(advisor.at(TUESDAY_10 + HOUR / 6)) as work:
        no_show(work, row.id)
    late = advisor.at(TUESDAY_10 + HOUR / 4)
    with pytest.raises(NotTriedYet), unit_of_work(late) as work:
        no_show(work, row.id)
    with unit_of_work(late) as work:
        tried(work, row.id, note="No answer")
        missed = no_show(work, row.id)
        assert (missed.status, places(work, missed)) == (AppointmentStatus.NO_SHOW, [])


def test_a_booking_waits_for_a_part_and_keeps_its_place(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = booked(work, car(work))
        with pytest.raises(Missing):
            wait_parts(work, row.id, part="")
        wait_parts(work, row.id, part="Front brake pads")
        assert (row.status, row.reason, len(places(work, row))) == (
            AppointmentStatus.WAITING_PARTS,
            "Front brake pads",
            2,
        )


def test_a_wish_that_cannot_be_met_is_kept_with_its_reason(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        row = wish_not_met(
            work,
            car(work),
            concern="Brakes",
            job_ids=[PADS],
            wish=TUESDAY_10,
            unmet=UnmetReason.NO_PLACE,
            note="Friday only",
        )
        assert (row.status, row.unmet_reason, row.reason) == (
            AppointmentStatus.UNMET,
            UnmetReason.NO_PLACE,
            "Friday only",
        )
        assert places(work, row) == []
        actions = work.db.exec(select(Event.action).where(Event.subject == "appointment", Event.subject_id == row.id))
        assert list(actions) == ["created", "give_up"]
