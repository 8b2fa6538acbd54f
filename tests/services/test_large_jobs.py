"""Jobs for two people, and jobs larger than a day: offered, booked, moved, received, given out in the workshop."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from db.enums import BayKind, Role, Skill
from db.models import Absence, Job, OpeningHours, OrderJob, Reservation, Shift
from services import capacity_refusals as no
from services.booking import book, move, move_stay
from services.booking_file import booking_file
from services.capacity import capacity
from services.free_time import Need
from services.offers import offers
from services.order_moves import ORDERS
from services.suggestions import suggestions
from services.work import Work, unit_of_work
from services.workflow import facts_of
from services.workshop import dispatch, reassign
from services.workspace import Workspace
from tests.factories import MONDAY_9, as_role, make_car
from tests.shop import make_order

TUESDAY = date(2026, 11, 24)
TOM, TIA, LEA = 3, 4, 5
LIFT_1, LIFT_2, QUICK = 1, 2, 3
PAIR = Need(BayKind.LIFT, Skill.SERVICE, 60, people=2)


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    """A time in November; in winter London's clock is UTC."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def job(work: Work, minutes: int, people: int = 1, skill: Skill = Skill.SERVICE, kind: BayKind = BayKind.LIFT) -> int:
    """A job of the catalogue."""
    code = f"{skill}-{kind}-{minutes}-{people}"
    return work.add(Job(code=code, name=code, minutes=minutes, bay_kind=kind, skill=skill, people=people)).id


def booked(work: Work, jobs: list[int], starts_at: datetime, plate: str = "AB12 CDE") -> int:
    return book(work, make_car(work, plate=plate).id, concern="Engine out", job_ids=jobs, starts_at=starts_at).id


def places(work: Work, **key: int) -> list[tuple[int | None, int | None, datetime, datetime]]:
    """Bay, person and span of every place held, by time, bays first."""
    ((name, value),) = key.items()
    rows = work.db.exec(select(Reservation).where(getattr(Reservation, name) == value)).all()
    found = [(row.bay_id, row.staff_id, row.starts_at, row.ends_at) for row in rows]
    return sorted(found, key=lambda one: (one[2], one[0] is None, one[1] or 0))


@pytest.fixture
def advisor(ws: Workspace) -> Workspace:
    return as_role(ws, Role.ADVISOR)


def test_a_job_for_two_takes_one_bay_and_two_people_with_the_skill(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        key = booked(work, [job(work, 60, people=2)], at(9))
        assert places(work, appointment_id=key) == [
            (LIFT_1, None, at(9), at(10)), (None, TOM, at(9), at(10)), (None, TIA, at(9), at(10)),
        ]  # fmt: skip
        file = booking_file(work, key)
        assert file
        assert [(stay.bay, stay.person) for stay in file.stays] == [("Lift 1", "Tom Technician, Tia Technician")]


def test_two_of_three_people_are_not_free_twice_at_the_same_time(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        work.add(Absence(staff_id=LEA, starts_at=at(13), ends_at=at(14)))
        work.add(Reservation(staff_id=TOM, starts_at=at(8), ends_at=at(9)))
        work.add(Reservation(staff_id=TIA, starts_at=at(9), ends_at=at(10)))
        free = capacity(work, TUESDAY)
        found = free.free_times(free.legs([PAIR]))
        assert found[0] == at(8)  # Tia with Lea
        assert at(8, 15) not in found
        assert at(9) in found  # Tom with Lea
        assert at(13) in found  # Tom with Tia


def test_two_people_are_needed_who_have_the_skill(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        with pytest.raises(no.OnlyOneSkilled) as refused:
            capacity(work, TUESDAY).legs([Need(BayKind.LIFT, Skill.ELECTRICS, 60, people=2)])
        assert refused.value.say("en") == "This takes two people, and only one here has the skill: Electrics."


def test_a_dragged_job_for_two_keeps_the_other_person(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        key = booked(work, [job(work, 60, people=2)], at(9))
        toms = work.db.exec(select(Reservation).where(Reservation.staff_id == TOM)).one()
        move_stay(work, toms.id, starts_at=at(9), staff_id=LEA)
        assert [row[1] for row in places(work, appointment_id=key)] == [None, TIA, LEA]


def test_jobs_for_one_and_for_two_follow_each_other(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        key = booked(work, [job(work, 60, people=2), job(work, 30, kind=BayKind.QUICK)], at(9))
        assert [(row[0], row[2], row[3]) for row in places(work, appointment_id=key) if row[0]] == [
            (LIFT_1, at(9), at(10)), (QUICK, at(10), at(10, 30)),
        ]  # fmt: skip


def test_a_job_longer_than_a_day_goes_on_the_next_working_days_in_the_same_bay(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        key = booked(work, [job(work, 20 * 60)], at(13, day=26))  # Thursday: 5 h, Friday 9 h, Monday 6 h
        assert places(work, appointment_id=key) == [
            (LIFT_1, None, at(13, day=26), at(18, day=26)), (None, TOM, at(13, day=26), at(18, day=26)),
            (LIFT_1, None, at(8, day=27), at(18, day=27)), (None, TOM, at(8, day=27), at(18, day=27)),
            (LIFT_1, None, at(8, day=30), at(15, day=30)), (None, TOM, at(8, day=30), at(15, day=30)),
        ]  # fmt: skip


def test_where_bay_or_person_is_taken_the_next_day_others_go_on(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        work.add(Reservation(bay_id=LIFT_1, starts_at=at(8, day=25), ends_at=at(18, day=25)))
        work.add(Absence(staff_id=TOM, starts_at=at(0, day=25), ends_at=at(0, day=26)))
        key = booked(work, [job(work, 12 * 60)], at(8))
        assert [row[:2] for row in places(work, appointment_id=key)] == [
            (LIFT_1, None), (None, TOM), (LIFT_2, None), (None, TIA),
        ]  # fmt: skip


def test_a_large_job_is_offered_with_the_day_it_is_ready(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        found = offers(work, [Need(BayKind.LIFT, Skill.SERVICE, 12 * 60)], at(8))
        assert (found[0].starts_at, found[0].ends_at) == (at(8), at(11, day=25))
        key = booked(work, [job(work, 12 * 60)], found[0].starts_at)
        assert max(row[3] for row in places(work, appointment_id=key)) == found[0].ends_at


def test_jobs_of_two_kinds_of_bay_that_fit_no_day_together_go_on_the_next_day(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        key = booked(work, [job(work, 8 * 60), job(work, 4 * 60, kind=BayKind.QUICK)], at(8))
        assert [(row[0], row[2], row[3]) for row in places(work, appointment_id=key) if row[0]] == [
            (LIFT_1, at(8), at(17)), (QUICK, at(17), at(18)), (QUICK, at(8, day=25), at(11, day=25)),
        ]  # fmt: skip


def test_a_dragged_part_of_a_large_job_goes_where_it_is_put(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        key = booked(work, [job(work, 12 * 60)], at(8))
        second = next(r for r in work.db.exec(select(Reservation)) if r.bay_id and r.starts_at == at(8, day=25))
        move_stay(work, second.id, starts_at=second.starts_at, bay_id=LIFT_2)
        assert [row[0] for row in places(work, appointment_id=key) if row[0]] == [LIFT_1, LIFT_2]
        move(work, key, starts_at=at(8, day=26))
        assert {row[2].day for row in places(work, appointment_id=key)} == {26, 27}


def test_a_large_job_is_refused_where_it_cannot_begin(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        large = job(work, 12 * 60)
        for starts, why in ((at(7), no.GarageClosed), (at(12), no.NobodyAtWork), (at(8, day=28), no.GarageClosed)):
            with pytest.raises(why):
                booked(work, [large], starts, plate=f"P{starts:%d%H}")


def test_a_car_given_out_keeps_the_days_planned_after_today(ws: Workspace) -> None:
    order = make_order(ws, "SVC")
    with unit_of_work(ws) as work:
        for day in (23, 24):
            work.add(Reservation(order_id=order, bay_id=LIFT_1, starts_at=at(10, day=day), ends_at=at(18, day=day)))
            work.add(Reservation(order_id=order, staff_id=TOM, starts_at=at(10, day=day), ends_at=at(18, day=day)))
    with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        work.db.exec(select(OrderJob)).one().minutes = 15 * 60
        dispatch(work, order, staff_id=TIA, bay_id=LIFT_2)
        assert places(work, order_id=order) == [
            (LIFT_2, None, at(10, day=23), at(18, day=23)), (None, TIA, at(10, day=23), at(18, day=23)),
            (LIFT_1, None, at(10), at(18)), (None, TOM, at(10), at(18)),
        ]  # fmt: skip
        reassign(work, order, staff_id=LEA, bay_id=LIFT_2)
        assert [row[:2] for row in places(work, order_id=order)][2:] == [(LIFT_1, None), (None, TOM)]


def test_a_large_walk_in_is_held_until_closing_and_not_over_tomorrows_bookings(ws: Workspace) -> None:
    order = make_order(ws, "SVC")
    with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        work.db.exec(select(OrderJob)).one().minutes = 20 * 60
        dispatch(work, order, staff_id=TOM, bay_id=LIFT_1)
        assert {row[3] for row in places(work, order_id=order)} == {at(18, day=23)}


@pytest.mark.parametrize(("chosen", "team"), [(TOM, {TOM, TIA}), (LEA, {LEA, TIA})])
def test_who_was_planned_to_help_comes_along(ws: Workspace, chosen: int, team: set[int]) -> None:
    order = make_order(ws, "SVC")
    with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        for place in ({"bay_id": LIFT_1}, {"staff_id": TOM}, {"staff_id": TIA}):
            work.add(Reservation(order_id=order, starts_at=at(10, day=23), ends_at=at(11, day=23), **place))
        dispatch(work, order, staff_id=chosen, bay_id=LIFT_1)
        assert {row[1] for row in places(work, order_id=order) if row[1]} == team


def test_who_was_planned_to_help_and_has_another_car_by_then_does_not(ws: Workspace) -> None:
    order = make_order(ws, "SVC")
    with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        for place in ({"bay_id": LIFT_1}, {"staff_id": TOM}, {"staff_id": TIA}):
            work.add(Reservation(order_id=order, starts_at=at(10, day=23), ends_at=at(11, day=23), **place))
        work.add(Reservation(staff_id=TIA, starts_at=at(13, day=23), ends_at=at(14, day=23)))
        dispatch(work, order, staff_id=TOM, bay_id=LIFT_1, starts_at=at(13, 30, day=23))
        assert {row[1] for row in places(work, order_id=order) if row[1]} == {TOM}


def test_one_long_day_a_week_does_not_keep_large_jobs_from_the_others(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        work.add(OpeningHours(weekday=6, opens=480, closes=22 * 60))
        work.add(Shift(staff_id=TOM, weekday=6, starts=480, ends=22 * 60))
        large = [Need(BayKind.LIFT, Skill.SERVICE, 12 * 60)]
        assert {offer.starts_at.day for offer in offers(work, large, at(8))} == {29}  # the Sunday takes it in one go
        work.add(Absence(staff_id=TOM, starts_at=at(8, day=29), ends_at=at(18, day=29)))
        assert offers(work, large, at(8))[0].starts_at == at(8)


def test_a_short_day_a_week_does_not_tear_a_job_apart(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        work.add(OpeningHours(weekday=5, opens=480, closes=720))
        for staff_id in (TOM, TIA, LEA):
            work.add(Shift(staff_id=staff_id, weekday=5, starts=480, ends=720))
        with pytest.raises(no.GarageClosed):
            booked(work, [job(work, 6 * 60)], at(8, day=28))
        assert booked(work, [job(work, 3 * 60)], at(8, day=28), plate="AB13 CDE")


def test_a_large_walk_in_can_begin_now_although_the_bay_is_booked_tomorrow(ws: Workspace) -> None:
    order = make_order(ws, "SVC")
    with unit_of_work(as_role(ws, Role.SUPERVISOR)) as work:
        work.db.exec(select(OrderJob)).one().minutes = 40 * 60
        work.add(Reservation(bay_id=LIFT_1, starts_at=at(9), ends_at=at(11)))
        found = suggestions(work, facts_of(work, ORDERS, order))
        assert found.minutes == 9 * 60  # until closing
        assert found.first_free(TOM, LIFT_1) == MONDAY_9
        dispatch(work, order, staff_id=TOM, bay_id=LIFT_1)
        assert {row[3] for row in places(work, order_id=order)} == {at(18, day=23)}
