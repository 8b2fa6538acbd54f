"""The health check beside the car: grades, values, checklists, and what two tablets write on one sheet."""

from decimal import Decimal

import pytest
from sqlmodel import select

from db.enums import Role, Skill
from db.enums_health import HealthPoint, StandardCheck
from db.enums_reception import Grade, HealthGroup
from db.models import CheckTemplate, CheckTemplateItem, Event, HealthResult, Inspection, WorkOrder
from services import health, health_items
from services.health_items import Limits
from services.health_points import NothingMeasured
from services.health_sheet import words_of
from services.health_templates import put_standard_checks, templates
from services.order_lines import NotExact
from services.photos import PictureUnreadable
from services.refusals import NotAllowed, NotFound, OutOfRange, TooLong
from services.work import Work, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.services.checking import (
    ELECTRIC,
    FULL,
    SHORT,
    advisor,
    at,
    item,
    jobs_of,
    next_visit,
    proposed,
)
from tests.services.reception import received
from tests.services.test_files import picture

__all__ = ["advisor"]


def points(work: Work, template: int) -> list[str]:
    query = select(CheckTemplateItem.point).where(CheckTemplateItem.template_id == template)
    return list(work.db.exec(query))


def chosen(work: Work, order: WorkOrder) -> str:
    work.db.flush()
    template = health.board(work, order).template
    return template.standard if template else ""


def test_a_garage_comes_with_three_checklists_once(ws: Workspace) -> None:
    for _ in range(2):
        with unit_of_work(ws) as work:
            put_standard_checks(work)
    with unit_of_work(ws) as work:
        assert [row.standard for row in templates(work)] == ["full", "short", "electric"]
        full, short, electric = (set(points(work, key)) for key in (FULL, SHORT, ELECTRIC))
        assert short < full
        assert {"engine_oil", "exhaust"} & electric == set()
        assert {"hv_battery", "charge_port"} & full == set()
        assert full | electric == {point.value for point in HealthPoint}


@pytest.mark.parametrize(
    ("point", "value", "grade"),
    [
        (HealthPoint.TREAD_FL, "1.6", Grade.NOW),
        (HealthPoint.TREAD_FL, "1.7", Grade.SOON),
        (HealthPoint.TREAD_FL, "3", Grade.SOON),
        (HealthPoint.TREAD_FL, "3.1", Grade.GOOD),
        (HealthPoint.PADS_REAR, "3", Grade.NOW),
        (HealthPoint.PADS_REAR, "5", Grade.SOON),
        (HealthPoint.BATTERY, "12.5", Grade.GOOD),
        (HealthPoint.BATTERY, "11.8", Grade.NOW),
        (HealthPoint.BRAKE_FLUID, "155", Grade.NOW),
        (HealthPoint.PRESSURE_FL, "0.5", Grade.GOOD),
    ],
)
def test_a_value_grades_its_point_by_the_limits(
    advisor: Workspace, point: HealthPoint, value: str, grade: Grade
) -> None:
    with unit_of_work(advisor) as work:
        order = received(work)
        row = health.measure(work, order.id, item_id=item(work, point), value=Decimal(value))
        assert (row.grade, row.value) == (grade, Decimal(value))


def test_the_advisor_may_grade_otherwise_and_a_worse_value_still_speaks_up(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        order, tyre = received(work), item(work, HealthPoint.TREAD_FL)
        health.grade(work, order.id, item_id=tyre, grade=Grade.NOW)  # a bulge
        assert health.measure(work, order.id, item_id=tyre, value=Decimal(6)).grade == Grade.NOW
        assert health.grade(work, order.id, item_id=tyre, grade=Grade.GOOD).grade == Grade.GOOD
        assert health.measure(work, order.id, item_id=tyre, value=Decimal("1.2")).grade == Grade.NOW
        assert (
            health.measure(work, order.id, item_id=tyre, value=Decimal("5.2")).grade == Grade.GOOD
        )  # a slip of the finger
        assert health.measure(work, order.id, item_id=tyre, value=None).grade is None


def test_impossible_values_are_refused(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        order = received(work)
        tyre, horn = item(work, HealthPoint.TREAD_FL), item(work, HealthPoint.HORN)
        for value in (Decimal(-1), Decimal(21)):
            with pytest.raises(OutOfRange):
                health.measure(work, order.id, item_id=tyre, value=value)
        with pytest.raises(NotExact):
            health.measure(work, order.id, item_id=tyre, value=Decimal("1.65"))
        with pytest.raises(NothingMeasured):
            health.measure(work, order.id, item_id=horn, value=Decimal(1))
        with pytest.raises(TooLong):
            health.note(work, order.id, item_id=horn, note="x" * 201)
        with pytest.raises(NotFound):
            health.grade(work, order.id, item_id=9999, grade=Grade.GOOD)


def test_all_good_leaves_what_somebody_found(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        order = received(work)
        health.grade(work, order.id, item_id=item(work, HealthPoint.WIPERS), grade=Grade.SOON)
    with unit_of_work(advisor) as work:
        assert health.all_good(work, order.id, group=HealthGroup.OUTSIDE) == 9
        assert at(work, order.id, HealthPoint.WIPERS).grade == Grade.SOON
        assert at(work, order.id, HealthPoint.HORN).grade == Grade.GOOD
        assert at(work, order.id, HealthPoint.SPARE).grade is None
        health.all_good(work, order.id)
        board = health.board(work, work.get(WorkOrder, order.id))
        assert board.open == 0
        assert health.all_good(work, order.id) == 0
        air = at(work, order.id, HealthPoint.TREAD_FL).air
        assert air is not None
        assert air.grade is None  # nobody has measured it


def test_two_tablets_write_one_sheet(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        order = received(work)
    with unit_of_work(advisor) as one:
        health.note(one, order.id, item_id=item(one, HealthPoint.HORN), note="hoarse")
    with unit_of_work(advisor) as other:
        health.grade(other, order.id, item_id=item(other, HealthPoint.HORN), grade=Grade.SOON)
        health.grade(other, order.id, item_id=item(other, HealthPoint.MIRRORS), grade=Grade.GOOD)
    with unit_of_work(advisor) as work:
        horn = at(work, order.id, HealthPoint.HORN)
        assert (horn.note, horn.grade) == ("hoarse", Grade.SOON)
        assert len(work.db.exec(select(HealthResult)).all()) == 2


def test_values_are_known_again_on_another_checklist(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        order = received(work)
        health.measure(work, order.id, item_id=item(work, HealthPoint.BATTERY), value=Decimal("12.2"))
        health.grade(work, order.id, item_id=item(work, HealthPoint.EXHAUST), grade=Grade.SOON)
        health.choose(work, order.id, template_id=ELECTRIC)
    with unit_of_work(advisor) as work:
        board = health.board(work, work.get(WorkOrder, order.id))
        assert board.template
        assert board.template.standard == StandardCheck.ELECTRIC
        assert at(work, order.id, HealthPoint.BATTERY).item.template_id == ELECTRIC
        assert at(work, order.id, HealthPoint.BATTERY).value == "12.2 V"
        assert at(work, order.id, HealthPoint.EXHAUST).grade == Grade.SOON  # found, so it stays on the sheet
        assert len(proposed(work, order.id)) == 2
        assert work.db.exec(select(Inspection.template_id)).one() == ELECTRIC


def test_a_car_is_checked_as_last_time_and_an_electric_one_by_its_own_list(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        first = received(work)
        assert chosen(work, first) == StandardCheck.FULL
        health.grade(work, first.id, item_id=item(work, HealthPoint.BATTERY, SHORT), grade=Grade.GOOD)
        second = next_visit(work, first)
        assert chosen(work, second) == StandardCheck.SHORT
        electric = received(work, plate="EV1")
        jobs_of(work, electric.id)[0].skill = Skill.EV
        assert chosen(work, electric) == StandardCheck.ELECTRIC
        work.get(CheckTemplate, ELECTRIC).active = False
        assert chosen(work, electric) == StandardCheck.FULL
        with pytest.raises(health.TemplateOff):
            health.choose(work, electric.id, template_id=ELECTRIC)


def test_a_point_switched_off_is_asked_no_more_but_what_it_found_stays(ws: Workspace, advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        order, horn = received(work), item(work, HealthPoint.HORN)
        health.grade(work, order.id, item_id=horn, grade=Grade.SOON)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        health_items.use_item(work, horn, active=False)
        health_items.use_item(work, item(work, HealthPoint.MIRRORS), active=False)
    with unit_of_work(advisor) as work:
        health.grade(work, order.id, item_id=horn, grade=Grade.GOOD)
        with pytest.raises(health.PointOff):
            health.grade(work, order.id, item_id=item(work, HealthPoint.MIRRORS), grade=Grade.GOOD)


def test_own_points_keep_the_words_of_the_day(ws: Workspace, advisor: Workspace) -> None:
    manager = as_role(ws, Role.MANAGER)
    with unit_of_work(manager) as work:
        own = health_items.add_item(work, FULL, group=HealthGroup.OTHER, title="Tow bar", limits=Limits(safety=True))
    with unit_of_work(advisor) as work:
        order = received(work)
        health.grade(work, order.id, item_id=own.id, grade=Grade.SOON)
    with unit_of_work(manager) as work:
        health_items.change_item(work, own.id, title="Trailer coupling", limits=Limits())
    with unit_of_work(advisor) as work:
        (group,) = health.sheet(work, order.id)
        assert [(words_of(point), point.grade) for point in group.points] == [("Tow bar", Grade.SOON)]
        assert [job.title for job in proposed(work, order.id)] == ["Tow bar"]


def test_the_sheet_tells_what_was_found_and_nothing_else(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        order = received(work)
        assert health.sheet(work, order.id) == []
        assert not health.is_checked(work, order.id)
        health.measure(work, order.id, item_id=item(work, HealthPoint.PRESSURE_FL), value=Decimal("2.4"))
        health.measure(
            work, order.id, item_id=item(work, HealthPoint.TREAD_FL), value=Decimal("5.25") - Decimal("0.05")
        )
        health.grade(work, order.id, item_id=item(work, HealthPoint.HORN), grade=Grade.GOOD)
        health.note(work, order.id, item_id=item(work, HealthPoint.HORN), note=" hoarse ")
        health.add_photo(work, order.id, item_id=item(work, HealthPoint.HORN), data=picture(40, 30))
        outside, tyres = health.sheet(work, order.id)
        assert health.is_checked(work, order.id)
    assert (outside.group, tyres.group) == (HealthGroup.OUTSIDE, HealthGroup.TYRES)
    (horn,), (tyre,) = outside.points, tyres.points
    assert (words_of(horn), horn.grade, horn.note, horn.photo is not None) == ("Horn", Grade.GOOD, "hoarse", True)
    assert (words_of(tyre), tyre.grade, tyre.value) == ("Tyre front left", Grade.GOOD, "5.2 mm · 2.4 bar")


def test_a_picture_that_is_none_leaves_the_sheet_alone(advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        order, horn = received(work), item(work, HealthPoint.HORN)
    with pytest.raises(PictureUnreadable), unit_of_work(advisor) as work:
        health.add_photo(work, order.id, item_id=horn, data=b"no picture")
    with unit_of_work(advisor) as work:
        assert work.db.exec(select(HealthResult)).all() == []


def test_only_reception_checks_and_leaves_a_trace(ws: Workspace, advisor: Workspace) -> None:
    with unit_of_work(advisor) as work:
        order, horn = received(work), item(work, HealthPoint.HORN)
        health.grade(work, order.id, item_id=horn, grade=Grade.SOON)
        event = work.db.exec(select(Event).where(Event.action == "health")).one()
        assert event.details == {"point": "Horn", "grade": "Soon"}
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.CASHIER)) as work:
        health.grade(work, order.id, item_id=horn, grade=Grade.GOOD)
