"""The workshop's checklists: for every car and for a kind of work, standard and own."""

import pytest
from sqlmodel import select

from db.enums import CheckLevel, OrderStatus, Role, Skill
from db.enums_checks import CheckPoint as P
from db.enums_reception import HealthGroup, TemplateKind
from db.enums_workshop import CheckMark
from db.models import CheckTemplate, CheckTemplateItem
from services.check_lists import LastPoint, add_point, change_point, lists, new_list, use_list, use_point
from services.check_marks import ItemsFailed, ItemsOpen, PhotoMissing, Said
from services.checks import pass_check, points_for
from services.health_templates import TemplateNameTaken, put_standard_checks, template_name, templates
from services.order_moves import ORDERS
from services.refusals import NotAllowed, NotFound
from services.work import Work, reading, unit_of_work
from services.workflow import facts_of
from services.workspace import Workspace
from tests.factories import as_role
from tests.services.test_checks import at_check
from tests.shop import make_order, order_of

SELF, FINAL = CheckLevel.SELF, CheckLevel.FINAL


@pytest.fixture
def shop(ws: Workspace) -> Workspace:
    """The garage with the checklists of the program."""
    with unit_of_work(ws) as work:
        put_standard_checks(work)
    return ws


def keys(ws: Workspace, order: int, level: CheckLevel) -> list[str]:
    with reading(ws) as work:
        return [point.key for point in points_for(work, facts_of(work, ORDERS, order), level)]


def every_car(work: Work, kind: TemplateKind) -> CheckTemplate:
    return next(row for row in lists(work, kind) if row.skill is None)


def test_a_car_is_checked_by_the_points_for_every_car_and_for_its_work_each_once(shop: Workspace) -> None:
    oil, brakes = make_order(shop, "SVC"), make_order(shop, "SVC", "BRK", plate="BRAKES 1")
    assert keys(shop, oil, SELF) == [P.DONE, P.TIGHT, P.FLUIDS, P.TOOLS, P.OIL, P.RESET]
    assert keys(shop, brakes, SELF) == [*keys(shop, oil, SELF), P.WHEELS, P.CALIPERS, P.PEDAL]
    with unit_of_work(as_role(shop, Role.MANAGER)) as work:
        own = new_list(work, kind=TemplateKind.SELF, name="Brake jobs", skill=Skill.BRAKES)
        work.add(CheckTemplateItem(template_id=own.id, group=HealthGroup.OTHER, point=P.WHEELS, position=0))
    assert keys(shop, brakes, SELF).count(P.WHEELS) == 1


def test_a_garage_without_lists_checks_by_the_programs_own_points(ws: Workspace) -> None:
    assert keys(ws, make_order(ws), FINAL) == [P.ROAD, P.SAFETY, P.ORDER, P.LOOK]


def test_an_older_garage_gets_the_lists_it_lacks_and_keeps_its_own(shop: Workspace) -> None:
    with unit_of_work(shop) as work:
        for row in templates(work, kind=TemplateKind.TEAM)[1:]:
            row.active = False
        for item in work.db.exec(select(CheckTemplateItem).join(CheckTemplate).where(CheckTemplate.kind == "final")):
            work.db.delete(item)
        work.db.flush()
        for row in templates(work, kind=TemplateKind.FINAL):
            work.db.delete(row)
    for _ in range(2):
        with unit_of_work(shop) as work:
            put_standard_checks(work)
            assert [template_name(row) for row in lists(work, TemplateKind.FINAL)][:2] == [
                "Every car",
                "Routine service",
            ]
            assert len(templates(work, active=True, kind=TemplateKind.TEAM)) == 1
            assert len(templates(work)) == 3


def test_the_manager_writes_lists_and_points_of_the_garages_own(shop: Workspace) -> None:
    order = at_check(shop, FINAL)
    with unit_of_work(as_role(shop, Role.MANAGER)) as work:
        own = new_list(work, kind=TemplateKind.FINAL, name="Oil jobs", skill=Skill.SERVICE)
        point = add_point(work, own.id, title="Sticker <b>on</b> the door", photo=True)
        change_point(work, point.id, safety=True, photo=True, title="Sticker on the door")
        with pytest.raises(TemplateNameTaken):
            new_list(work, kind=TemplateKind.FINAL, name="所有车辆", skill=None)
        with pytest.raises(NotFound):
            new_list(work, kind=TemplateKind.HEALTH, name="Mine", skill=None)
    with reading(shop) as work:
        last = points_for(work, facts_of(work, ORDERS, order), FINAL)[-1]
    assert (last.words, last.safety, last.photo) == ("Sticker on the door", True, True)
    passed = dict.fromkeys(keys(shop, order, FINAL), CheckMark.PASS)
    with pytest.raises(PhotoMissing, match="Sticker"), unit_of_work(as_role(shop, Role.INSPECTOR)) as work:
        pass_check(work, order, level=FINAL, items=passed)
    with unit_of_work(as_role(shop, Role.INSPECTOR)) as work:
        pass_check(work, order, level=FINAL, items=passed | {last.key: CheckMark.NOT_APPLICABLE})


def test_every_check_keeps_a_point_for_every_car(shop: Workspace) -> None:
    with unit_of_work(as_role(shop, Role.MANAGER)) as work:
        row = every_car(work, TemplateKind.TEAM)
        items = work.db.exec(select(CheckTemplateItem).where(CheckTemplateItem.template_id == row.id)).all()
        for item in items[1:]:
            use_point(work, item.id, active=False)
        with pytest.raises(LastPoint):
            use_point(work, items[0].id, active=False)
    with pytest.raises(LastPoint), unit_of_work(as_role(shop, Role.MANAGER)) as work:
        use_list(work, every_car(work, TemplateKind.TEAM).id, active=False)
    with pytest.raises(NotAllowed), unit_of_work(as_role(shop, Role.SUPERVISOR)) as work:
        use_list(work, every_car(work, TemplateKind.SELF).id, active=False)
    with pytest.raises(NotFound), unit_of_work(as_role(shop, Role.MANAGER)) as work:
        use_list(work, templates(work)[0].id, active=False)  # a list of the health check


def test_each_point_is_in_order_or_does_not_apply_and_a_failed_one_stands_in_the_way(shop: Workspace) -> None:
    order = at_check(shop, FINAL)
    said = dict.fromkeys(keys(shop, order, FINAL), CheckMark.PASS) | {P.ROAD: Said(CheckMark.FAIL, "pulls left")}
    with pytest.raises(ItemsFailed) as refused, unit_of_work(as_role(shop, Role.INSPECTOR)) as work:
        pass_check(work, order, level=FINAL, items=said)
    assert refused.value.say("en") == "Not in order: Road test or function test passed. Send the car back to rework."
    with pytest.raises(ItemsOpen), unit_of_work(as_role(shop, Role.INSPECTOR)) as work:
        pass_check(work, order, level=FINAL, items={P.ROAD: CheckMark.PASS})
    assert order_of(shop, order).status == OrderStatus.FINAL_INSPECTION
