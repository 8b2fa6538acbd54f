"""Free times are exactly those at which a bay of the right kind and a person with the skill are both free."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, delete, select

from db.enums import BayKind, Skill
from db.models import Absence, Bay, ClosingDay, OpeningHours, Reservation, Shift, StaffSkill
from services import capacity_refusals as no
from services.capacity import Capacity, capacity
from services.free_time import Need, Wish
from services.refusals import SlotTaken
from services.slots import Window, each, runs
from services.work import Work, unit_of_work
from services.workspace import Workspace

TUESDAY = date(2026, 11, 24)
SERVICE = Need(BayKind.LIFT, Skill.SERVICE, 60)
BRAKES = Need(BayKind.LIFT, Skill.BRAKES, 90)
BATTERY = Need(BayKind.QUICK, Skill.ELECTRICS, 15)
TOM, TIA, LEA = 3, 4, 5
LIFT_1, LIFT_2, QUICK = 1, 2, 3


def at(hour: int, minute: int = 0, day: date = TUESDAY) -> datetime:
    """In winter London's clock is UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def times(free: Capacity, *needs: Need) -> list[str]:
    """The free times of a day as people say them."""
    return [f"{moment.astimezone(free.window.zone):%H:%M}" for moment in free.free_times(free.legs(needs))]


def every_quarter(first: str, last: str) -> list[str]:
    """All quarters from `first` to `last`, both included."""
    start, end = (int(text[:2]) * 60 + int(text[3:]) for text in (first, last))
    return [f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(start, end + 1, 15)]


def take(work: Work, starts: datetime, ends: datetime, *, bay: int | None = None, person: int | None = None) -> None:
    work.add(Reservation(bay_id=bay, staff_id=person, starts_at=starts, ends_at=ends))


def away(work: Work, person: int, starts: datetime, ends: datetime) -> None:
    work.add(Absence(staff_id=person, starts_at=starts, ends_at=ends))


def test_an_hour_fits_before_and_after_the_break_of_everyone(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        expected = every_quarter("08:00", "11:00") + every_quarter("13:00", "17:00")
        assert times(capacity(work, TUESDAY), SERVICE) == expected


def test_a_taken_bay_leaves_the_other_one_free(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        take(work, at(8), at(18), bay=LIFT_1)
        take(work, at(8), at(12), bay=LIFT_2)
        assert times(capacity(work, TUESDAY), SERVICE) == every_quarter("13:00", "17:00")


def test_two_free_bays_need_two_free_people(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        for person in (TOM, TIA):
            take(work, at(8), at(18), person=person)
        away(work, LEA, at(8), at(15))
        assert times(capacity(work, TUESDAY), SERVICE) == every_quarter("15:00", "17:00")


def test_bay_and_person_must_be_free_at_the_same_time(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        for bay in (LIFT_1, LIFT_2):
            take(work, at(8), at(12), bay=bay)
        for person in (TOM, TIA, LEA):
            take(work, at(14), at(18), person=person)
        assert times(capacity(work, TUESDAY), SERVICE) == ["13:00"]


def test_only_people_with_the_skill_count(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        away(work, TOM, at(0), at(23))
        away(work, LEA, at(0), at(14))
        assert times(capacity(work, TUESDAY), BRAKES) == every_quarter("14:00", "16:30")


def test_an_absence_that_began_before_and_ends_within_the_hour_takes_the_whole_quarter(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        for person in (TOM, TIA, LEA):
            away(work, person, at(9) - timedelta(days=9), at(16, 5))
        assert times(capacity(work, TUESDAY), SERVICE) == every_quarter("16:15", "17:00")


def test_a_closing_day_and_a_day_without_hours_have_no_free_time(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        work.add(ClosingDay(day=TUESDAY, reason="Stocktaking"))
        assert times(capacity(work, TUESDAY), SERVICE) == []
        assert times(capacity(work, TUESDAY + timedelta(days=4)), SERVICE) == []
        assert times(capacity(work, TUESDAY + timedelta(days=1)), SERVICE) != []


def test_nothing_is_free_in_the_past(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        today = capacity(work, date(2026, 11, 23))
        assert times(today, SERVICE)[0] == "09:00"
    with unit_of_work(ws.at(at(9, 1))) as work:
        assert times(capacity(work, TUESDAY), SERVICE)[0] == "09:15"


def test_a_job_longer_than_half_a_day_goes_on_after_the_break_and_holds_its_place_over_it(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        free = capacity(work, TUESDAY)
        legs = free.legs([Need(BayKind.LIFT, Skill.SERVICE, 6 * 60)])
        assert times(free, Need(BayKind.LIFT, Skill.SERVICE, 6 * 60)) == every_quarter("08:00", "11:00")
        (stay,) = free.place(legs, at(9))
        assert (stay.starts_at, stay.ends_at) == (at(9), at(16))


def test_a_job_longer_than_every_shift_is_refused(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        free = capacity(work, TUESDAY)
        legs = free.legs([Need(BayKind.LIFT, Skill.SERVICE, 10 * 60)])
        assert free.free_times(legs) == []
        with pytest.raises(no.TooLarge) as refused:
            free.check_length(legs)
        assert refused.value.say("en").startswith("These jobs take 10 hours")


def test_jobs_in_two_kinds_of_bays_follow_each_other(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        take(work, at(8), at(17), bay=QUICK)
        free = capacity(work, TUESDAY)
        assert times(free, SERVICE, BATTERY) == every_quarter("16:00", "16:45")
        lift, quick = free.place(free.legs([SERVICE, BATTERY]), at(16, 30))
        assert (lift.bay_id, lift.starts_at, lift.ends_at) == (LIFT_1, at(16, 30), at(17, 30))
        assert (quick.bay_id, quick.staff_ids, quick.starts_at, quick.ends_at) == (
            QUICK,
            (TIA,),
            at(17, 30),
            at(17, 45),
        )


def test_jobs_nobody_can_do_alone_are_split_between_two_people(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        free = capacity(work, TUESDAY)
        electrics = Need(BayKind.LIFT, Skill.ELECTRICS, 30)
        legs = free.legs([BRAKES, electrics])
        assert [(sorted(leg.skills), leg.minutes) for leg in legs] == [(["brakes"], 90), (["electrics"], 30)]
        assert [stay.staff_ids for stay in free.place(legs, at(8))] == [(TOM,), (TIA,)]


def test_a_skill_nobody_has_and_a_bay_that_is_missing_are_refused_by_name(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        free = capacity(work, TUESDAY)
        with pytest.raises(no.NobodySkilled) as refused:
            free.legs([Need(BayKind.LIFT, Skill.BODY, 60)])
        assert refused.value.say("en") == "Nobody here has the skill for this: Body and paint."
        with pytest.raises(no.NoSuchBay):
            free.legs([Need(BayKind.ALIGNMENT, Skill.SERVICE, 60)])


def test_a_reservation_from_days_before_still_counts(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        take(work, at(8) - timedelta(days=20), at(10), bay=LIFT_1)
        take(work, at(8) - timedelta(days=30), at(12), bay=LIFT_2)
        take(work, at(8) - timedelta(days=40), at(8) - timedelta(days=39), bay=LIFT_2)
        assert times(capacity(work, TUESDAY), SERVICE)[:2] == ["10:00", "10:15"]


@pytest.mark.parametrize(
    ("day", "quarters", "first"),
    [
        (date(2027, 3, 28), 92, datetime(2027, 3, 28, 7, tzinfo=UTC)),
        (date(2026, 10, 25), 100, datetime(2026, 10, 25, 8, tzinfo=UTC)),
    ],
)
def test_on_a_day_of_clock_change_opening_hours_stay_the_wall_clocks(
    ws: Workspace, day: date, quarters: int, first: datetime
) -> None:
    with unit_of_work(ws.at(datetime(2026, 10, 1, tzinfo=UTC))) as work:
        work.add(OpeningHours(weekday=6, opens=480, closes=1080))
        work.add(Shift(staff_id=TOM, weekday=6, starts=480, ends=1080, break_starts=720, break_ends=780))
        free = capacity(work, day)
        assert free.window.size == quarters
        assert free.free_times(free.legs([SERVICE]))[0] == first
        assert times(free, SERVICE) == every_quarter("08:00", "11:00") + every_quarter("13:00", "17:00")


def test_a_shift_over_the_hour_that_is_skipped_is_an_hour_shorter(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        window = Window.of(date(2027, 3, 28), 1, work.zone)
        assert window.hours(0, 0, 180).bit_count() == 8
        assert Window.of(date(2026, 10, 25), 1, work.zone).hours(0, 0, 180).bit_count() == 16


def test_the_person_with_the_fewest_skills_is_taken_first(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        work.db.exec(
            delete(StaffSkill).where(col(StaffSkill.staff_id) == TIA, col(StaffSkill.skill) == Skill.ELECTRICS)
        )
        free = capacity(work, TUESDAY)
        (stay,) = free.place(free.legs([SERVICE]), at(8))
        assert stay.staff_ids == (TIA,)


@pytest.mark.parametrize(
    ("moment", "bay", "person", "refusal", "sentence"),
    [
        (at(7), None, None, no.GarageClosed, "The garage is closed at that time."),
        (at(17, 15), None, None, no.GarageClosed, "The garage is closed at that time."),
        (at(9, 10), None, None, no.OffGrid, "Times begin on the quarter of an hour: 9:00, 9:15, 9:30, 9:45."),
        (at(9), QUICK, None, no.WrongBay, "Quick does not fit: the job needs another kind of bay (Lift)."),
        (at(9), LIFT_1, 2, no.LacksSkill, "Sam Supervisor does not have the skill for this: Routine service."),
        (at(9), LIFT_2, None, no.BayTaken, "Lift 2 is taken at that time. Please choose another."),
        (at(9), None, TIA, no.PersonTaken, "Tia Technician has another car at that time. Please choose another."),
        (at(11, 30), None, TOM, no.NotAtWork,
         "Tom Technician is not at work for the whole of that time (shift, break or absence)."),
    ],
)  # fmt: skip
def test_every_refusal_says_what_stands_in_the_way(
    ws: Workspace, moment: datetime, bay: int | None, person: int | None, refusal: type[Exception], sentence: str
) -> None:
    with unit_of_work(ws) as work:
        take(work, at(8), at(10), bay=LIFT_2)
        take(work, at(8), at(10), person=TIA)
        free = capacity(work, TUESDAY)
        with pytest.raises(refusal) as refused:
            free.place(free.legs([SERVICE]), moment, Wish(bay, person))
        assert refused.value.say("en") == sentence  # type: ignore[attr-defined]


def test_a_closed_day_gives_its_reason(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        work.add(ClosingDay(day=TUESDAY, reason="Stocktaking"))
        free = capacity(work, TUESDAY)
        with pytest.raises(no.ClosedDay) as refused:
            free.place(free.legs([SERVICE]), at(9))
        assert refused.value.say("en") == "The garage is closed on that day: Stocktaking."


def test_when_all_bays_are_taken_the_time_is_taken(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        for bay in (LIFT_1, LIFT_2):
            take(work, at(8), at(10), bay=bay)
        free = capacity(work, TUESDAY)
        with pytest.raises(SlotTaken):
            free.place(free.legs([SERVICE]), at(9))


def test_the_load_of_a_day_is_the_share_of_bay_time_taken(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        take(work, at(8), at(14), bay=LIFT_1)
        free = capacity(work, TUESDAY, 7)
        assert list(free.load().items())[:2] == [(TUESDAY, 6 / 30), (TUESDAY + timedelta(days=1), 0.0)]
        assert len(free.load()) == 5  # Saturday and Sunday are closed


def test_a_bay_out_of_use_is_not_offered(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        for bay in work.db.exec(select(Bay).where(Bay.kind == BayKind.LIFT)):
            bay.active = False
            work.db.add(bay)
        work.db.flush()
        with pytest.raises(no.NoSuchBay):
            capacity(work, TUESDAY).legs([SERVICE])


def test_runs_and_each_read_bits() -> None:
    assert list(each(runs(0b0111011101, 3))) == [2, 6]
    assert runs(0b1111, 5) == 0
