"""The garage's own rules for bookings: buffers between cars, the share for walk-ins, limits a day; and exceptions to them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from db.enums import BayKind, Role, Skill
from db.models import Appointment, DayLimit, Event, Reservation, Vehicle
from services import capacity_refusals as no
from services.booking import book, move
from services.booking_changes import cancel
from services.booking_policy import DayFull, KeptForWalkIns, SameDay
from services.capacity import Capacity, capacity
from services.day_limits import day_limits, set_day_limits
from services.free_time import Need
from services.offers import offers
from services.refusals import NotAllowed, OutOfRange, SlotTaken
from services.slots import dilated
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role, make_car

TUESDAY = date(2026, 11, 24)
OIL, PADS, BATTERY = 1, 2, 3
LIFT_1, LIFT_2, QUICK = 1, 2, 3
QUICK_TEST = Need(BayKind.QUICK, Skill.ELECTRICS, 15)


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def advisor(ws: Workspace) -> Workspace:
    return as_role(ws, Role.ADVISOR)


@pytest.fixture
def supervisor(ws: Workspace) -> Workspace:
    return as_role(ws, Role.SUPERVISOR)


def booked(work: Work, starts_at: datetime, jobs: tuple[int, ...] = (OIL,), **more: Any) -> Appointment:
    plate = f"P{len(work.db.exec(select(Vehicle)).all())}"
    return book(work, make_car(work, plate=plate).id, concern="Squeaks", job_ids=jobs, starts_at=starts_at, **more)


def times(free: Capacity, *needs: Need) -> list[str]:
    return [f"{moment:%H:%M}" for moment in free.free_times(free.legs(needs))]


def exceptions(work: Work) -> list[str]:
    """What the events say about exceptions, in their order."""
    return [
        row.details["override"]
        for row in work.db.exec(select(Event).order_by(col(Event.id)))
        if "override" in row.details
    ]


def test_a_buffer_lies_before_and_after_every_car_in_the_bay(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        work.garage.buffer_minutes = 20
        work.add(Reservation(bay_id=QUICK, starts_at=at(10), ends_at=at(11)))
        free = capacity(work, TUESDAY)
        found = times(free, QUICK_TEST)
        assert [one for one in found if "09:00" <= one <= "12:00"] == ["09:00", "09:15", "11:30", "11:45"]
        assert sum(bay.taken.bit_count() for bay in free.bays) == 4  # the load counts work alone
        with pytest.raises(no.BayTaken):
            booked(work, at(11, 15), (BATTERY,), bay_id=QUICK)
        assert booked(work, at(11, 30), (BATTERY,)).starts_at == at(11, 30)


def test_a_buffer_reaches_over_midnight(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        work.garage.buffer_minutes = 30
        work.add(Reservation(bay_id=QUICK, starts_at=at(7, day=23), ends_at=at(23, 45, day=23)))
        (quick,) = (bay for bay in capacity(work, TUESDAY).bays if bay.id == QUICK)
        assert (quick.taken, quick.held) == (0, 0b1)


def test_without_a_buffer_cars_follow_each_other_at_once(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        booked(work, at(9), (BATTERY,))
        assert booked(work, at(9, 15), (BATTERY,)).starts_at == at(9, 15)


@pytest.mark.parametrize(
    ("mask", "by", "found"), [(0b1000, 1, 0b11100), (0b1, 2, 0b111), (1 << 7, 5, 0b1111111111100), (5, 0, 5)]
)
def test_bits_are_dilated_to_both_sides(mask: int, by: int, found: int) -> None:
    assert dilated(mask, by) == found


def test_a_share_of_the_day_is_offered_to_nobody_and_refused(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        work.garage.walk_in_percent = 80  # one quick bay, ten hours: two of them can be booked
        work.add(Reservation(bay_id=QUICK, starts_at=at(15), ends_at=at(17)))  # no booking: does not count
        for hour in (8, 9):
            for minute in (0, 15, 30, 45):
                booked(work, at(hour, minute), (BATTERY,))
        assert TUESDAY not in {offer.starts_at.date() for offer in offers(work, [QUICK_TEST], at(10))}
        with pytest.raises(KeptForWalkIns):
            booked(work, at(10), (BATTERY,))
        assert booked(work, at(10), (OIL,)).starts_at == at(10)  # the lifts have room


def test_a_job_larger_than_what_may_be_booked_comes_alone(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        work.garage.walk_in_percent = 90  # two lifts of ten hours: two hours
        first = booked(work, at(8), (OIL, PADS))
        assert first.minutes == 150
        with pytest.raises(KeptForWalkIns):
            booked(work, at(13))
        assert move(work, first.id, starts_at=at(13)).starts_at == at(13)  # the same day is no news


def test_an_exception_is_made_by_who_may_and_kept_with_its_rules(advisor: Workspace, supervisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        work.garage.walk_in_percent = 90
        work.add(DayLimit(group="brakes", most=1))
        booked(work, at(8), (PADS,))
    with unit_of_work(advisor) as work, pytest.raises(NotAllowed):
        booked(work, at(13), (PADS,), override_reason="Regular customer")
    with unit_of_work(supervisor) as work:
        row = booked(work, at(13), (PADS,), override_reason=" Regular customer ")
        assert row.override_reason == "Regular customer"
        assert exceptions(work) == ["day_limit,walk_in"]
        other = booked(work, at(8, day=25), (PADS,))
        move(work, other.id, starts_at=at(14, 30), override_reason="Must fly")
        assert exceptions(work) == ["day_limit,walk_in", "day_limit,walk_in"]
        assert other.override_reason == "Must fly"


def test_a_group_takes_its_number_a_day_and_offers_skip_the_day(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        work.add(DayLimit(group="brakes", most=1))
        first = booked(work, at(8), (OIL, PADS))
        with pytest.raises(DayFull) as refused:
            booked(work, at(13), (PADS,))
        assert refused.value.say("en").startswith("brakes: that day has its 1 bookings.")
        assert booked(work, at(13)).starts_at == at(13)
        pads = [Need(BayKind.LIFT, Skill.BRAKES, 90, group="brakes")]
        assert TUESDAY not in {offer.starts_at.date() for offer in offers(work, pads, at(9))}
        assert offers(work, pads, at(13), without=first.id)[0].starts_at == at(13)
        assert offers(work, pads, at(13), around=TUESDAY)[0].starts_at == at(13)  # for an exception
        cancel(work, first.id, reason="Sold")
        assert booked(work, at(14, 30), (PADS,)).starts_at == at(14, 30)


def test_a_move_within_the_day_needs_no_exception_and_one_to_another_does(
    advisor: Workspace, supervisor: Workspace
) -> None:
    with unit_of_work(advisor.at(at(9, day=23))) as work:
        row = booked(work, at(10))
    with unit_of_work(advisor.at(at(8))) as work:
        assert move(work, row.id, starts_at=at(11)).starts_at == at(11)
        other = booked(work, at(10, day=25))
        with pytest.raises(SameDay):
            move(work, other.id, starts_at=at(13))
    with unit_of_work(supervisor.at(at(8))) as work:
        move(work, other.id, starts_at=at(13), override_reason="Tow truck")
        assert exceptions(work) == ["same_day"]


def test_what_is_taken_is_said_before_the_rules_of_the_day(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        work.garage.walk_in_percent = 90
        booked(work, at(8), (BATTERY,), bay_id=QUICK)
        with pytest.raises(SlotTaken):
            booked(work, at(8), (BATTERY,))


def test_limits_are_whole_numbers_of_a_day(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        set_day_limits(work, limits={"brakes": 2, "service": 30})
        assert day_limits(work) == {"brakes": 2, "service": 30}
        for most in (0, 31):
            with pytest.raises(OutOfRange):
                set_day_limits(work, limits={"brakes": most})
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work, pytest.raises(NotAllowed):
        set_day_limits(work, limits={})


def test_the_far_end_of_the_share_is_the_day_and_not_the_window(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        work.garage.walk_in_percent = 80
        for number in range(8):
            booked(work, at(8) + timedelta(minutes=15 * number), (BATTERY,))
        free = capacity(work, TUESDAY, 7)
        legs = free.legs([QUICK_TEST])
        days = {
            free.window.moment(slot).date()
            for slot in range(free.window.size)
            if free.starts(legs, share=True) >> slot & 1
        }
        assert TUESDAY not in days
        assert len(days) == 4
