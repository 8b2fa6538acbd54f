"""People, their shifts and absences, bays and opening hours."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from db.enums import BayKind, Role, Skill
from db.models import Absence, Shift, Staff, StaffRole, StaffSkill
from services.bays import BayNameTaken, add_bay, all_bays, change_bay
from services.calendar_days import calendar_days
from services.opening import AlreadyClosed, NoHours, as_usual_on, close_on, open_on, set_hours, week
from services.pins import BadPin
from services.refusals import EndBeforeStart, InThePast, Missing, NotAllowed, TooLong
from services.shifts import (
    AlreadyAway,
    BreakOutside,
    DayTyped,
    absences_of,
    add_absence,
    remove_absence,
    set_shifts,
    shifts_of,
)
from services.staff import LastManager, StaffNameTaken, add_person, change_person, set_active, set_pin
from services.validate import BadTime
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import MONDAY_9, STAFF, as_role

MAX = list(STAFF).index("Max Manager") + 1
TOM = list(STAFF).index("Tom Technician") + 1


@pytest.fixture
def manager(ws: Workspace) -> Workspace:
    """The manager acting."""
    return as_role(ws, Role.MANAGER)


def test_a_new_person_has_roles_skills_and_works_while_the_garage_is_open(manager: Workspace) -> None:
    with unit_of_work(manager) as work:
        ned = add_person(work, name="  Ned   New ", roles={Role.TECHNICIAN}, skills={Skill.EV}, pin="0007")
    with reading(manager) as work:
        assert work.get(Staff, ned.id).name == "Ned New"
        assert "0007" not in work.get(Staff, ned.id).pin_hash
        assert work.db.exec(select(StaffRole.role).where(StaffRole.staff_id == ned.id)).all() == [Role.TECHNICIAN]
        assert work.db.exec(select(StaffSkill.skill).where(StaffSkill.staff_id == ned.id)).all() == [Skill.EV]
        assert [(s.starts, s.ends) for s in shifts_of(work, ned.id).values()] == [(480, 1080)] * 5


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"name": " "}, Missing),
        ({"name": "x" * 81}, TooLong),
        ({"name": "Tom Technician"}, StaffNameTaken),
        ({"roles": set()}, Missing),
        ({"pin": "12a4"}, BadPin),
        ({"pin": ""}, Missing),
    ],
)
def test_a_person_with_something_wrong_is_refused(
    manager: Workspace, fields: dict[str, object], refusal: type[Exception]
) -> None:
    good: dict[str, object] = {"name": "Ned New", "roles": {Role.TECHNICIAN}, "pin": "4711"}
    with pytest.raises(refusal), unit_of_work(manager) as work:
        add_person(work, **(good | fields))  # type: ignore[arg-type]
    with reading(manager) as work:
        assert len(work.db.exec(select(Staff)).all()) == len(STAFF)


def test_only_the_manager_changes_people(ws: Workspace) -> None:
    for role in set(Role) - {Role.MANAGER, Role.WARRANTY_CLERK, Role.TRAINER}:
        with pytest.raises(NotAllowed), unit_of_work(as_role(ws, role)) as work:
            set_active(work, MAX, active=False)


def test_everyone_sets_their_own_pin_but_nobody_elses(ws: Workspace) -> None:
    tom = as_role(ws, Role.TECHNICIAN)
    with unit_of_work(tom) as work:
        set_pin(work, TOM, pin="9876")
    with pytest.raises(NotAllowed), unit_of_work(tom) as work:
        set_pin(work, MAX, pin="9876")


def test_roles_and_skills_are_replaced(manager: Workspace) -> None:
    with unit_of_work(manager) as work:
        change_person(work, TOM, name="Tom T.", roles={Role.TEAM_LEADER}, skills={Skill.BODY}, language="zh_CN")
    with reading(manager) as work:
        assert (work.get(Staff, TOM).name, work.get(Staff, TOM).language) == ("Tom T.", "zh_CN")
        assert work.db.exec(select(StaffRole.role).where(StaffRole.staff_id == TOM)).all() == [Role.TEAM_LEADER]
        assert work.db.exec(select(StaffSkill.skill).where(StaffSkill.staff_id == TOM)).all() == [Skill.BODY]


def test_somebody_must_remain_manager(manager: Workspace) -> None:
    with pytest.raises(LastManager), unit_of_work(manager) as work:
        set_active(work, MAX, active=False)
    with pytest.raises(LastManager), unit_of_work(manager) as work:
        change_person(work, MAX, name="Max Manager", roles={Role.ADVISOR}, skills=set())
    with unit_of_work(manager) as work:
        add_person(work, name="Second", roles={Role.MANAGER}, pin="4711")
        set_active(work, MAX, active=False)


def test_shifts_are_replaced_with_their_break(manager: Workspace) -> None:
    with unit_of_work(manager) as work:
        set_shifts(
            work, TOM, days={0: DayTyped("7:30", "16", "12:00", "12：30"), 1: DayTyped(), 5: DayTyped("9:00", "24:00")}
        )
    with reading(manager) as work:
        rows = shifts_of(work, TOM)
    assert {day: (r.starts, r.ends, r.break_starts, r.break_ends) for day, r in rows.items()} == {
        0: (450, 960, 720, 750),
        5: (540, 1440, None, None),
    }


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        (DayTyped("18:00", "8:00"), EndBeforeStart),
        (DayTyped("8:00", ""), BadTime),
        (DayTyped("early", "late"), BadTime),
        (DayTyped("8:00", "25:00"), BadTime),
        (DayTyped("8:00", "17:00", "7:00", "8:30"), BreakOutside),
        (DayTyped("8:00", "17:00", "13:00", "12:00"), EndBeforeStart),
    ],
)
def test_a_shift_that_cannot_be_is_refused_and_the_old_ones_stay(
    manager: Workspace, typed: DayTyped, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal), unit_of_work(manager) as work:
        set_shifts(work, TOM, days={0: DayTyped("8:00", "12:00"), 2: typed})
    with reading(manager) as work:
        assert len(work.db.exec(select(Shift).where(Shift.staff_id == TOM)).all()) == 5


def test_an_absence_is_listed_until_it_is_over_and_can_be_taken_back(manager: Workspace) -> None:
    tomorrow = MONDAY_9 + timedelta(days=1)
    with unit_of_work(manager) as work:
        absence = add_absence(work, TOM, starts_at=tomorrow, ends_at=tomorrow + timedelta(days=2), reason="Course")
    with reading(manager) as work:
        assert [row.reason for row in absences_of(work, TOM)] == ["Course"]
    with reading(manager.at(tomorrow + timedelta(days=2))) as work:
        assert absences_of(work, TOM) == []
    with unit_of_work(manager) as work:
        remove_absence(work, absence.id)
        assert work.db.exec(select(Absence)).all() == []


def test_absences_that_cannot_be_are_refused(manager: Workspace) -> None:
    with unit_of_work(manager) as work:
        add_absence(work, TOM, starts_at=MONDAY_9, ends_at=MONDAY_9 + timedelta(days=1), reason="")
    for starts, ends, refusal in ((2, 1, EndBeforeStart), (-3, -2, InThePast), (0, 2, AlreadyAway)):
        with pytest.raises(refusal), unit_of_work(manager) as work:
            add_absence(
                work,
                TOM,
                starts_at=MONDAY_9 + timedelta(days=starts),
                ends_at=MONDAY_9 + timedelta(days=ends),
                reason="",
            )


def test_bays_are_added_at_the_end_renamed_and_taken_out_of_use(manager: Workspace) -> None:
    with unit_of_work(manager) as work:
        pit = add_bay(work, name="Pit", kind=BayKind.DIAGNOSIS)
        change_bay(work, 1, name="Lift A", kind=BayKind.LIFT, active=False)
    with reading(manager) as work:
        assert [(bay.name, bay.active) for bay in all_bays(work)] == [
            ("Lift 2", True),
            ("Quick", True),
            ("Pit", True),
            ("Lift A", False),
        ]
    with pytest.raises(BayNameTaken), unit_of_work(manager) as work:
        change_bay(work, pit.id, name="Quick", kind=BayKind.LIFT, active=True)


def test_the_week_is_replaced_or_stays(manager: Workspace) -> None:
    with unit_of_work(manager) as work:
        set_hours(work, hours={0: ("8:00", "17:00"), 6: ("", "")})
    for hours, refusal in (
        ({0: ("", "")}, NoHours),
        ({0: ("9:00", "9:00")}, EndBeforeStart),
        ({0: ("9:00", "noon")}, BadTime),
    ):
        with pytest.raises(refusal), unit_of_work(manager) as work:
            set_hours(work, hours=hours)
    with reading(manager) as work:
        assert week(work) == {0: (480, 1020)}


def test_closing_days_lie_ahead_and_are_taken_back(manager: Workspace) -> None:
    with unit_of_work(manager) as work:
        close_on(work, day=date(2026, 12, 25), reason="Christmas")
    with pytest.raises(AlreadyClosed), unit_of_work(manager) as work:
        close_on(work, day=date(2026, 12, 25), reason="")
    with pytest.raises(InThePast), unit_of_work(manager) as work:
        close_on(work, day=date(2026, 11, 22), reason="")
    with unit_of_work(manager) as work:
        (christmas,) = calendar_days(work, date(2026, 12, 25), 1)
        assert (christmas.open, christmas.reason) == (False, "Christmas")
        open_on(work, day=date(2026, 12, 25), hours=("9:00", "13:00"))
        assert calendar_days(work, date(2026, 12, 25), 1)[0].hours == (540, 780)
        as_usual_on(work, day=date(2026, 12, 25))
        assert calendar_days(work, date(2026, 12, 25), 1)[0].hours == (480, 1080)
