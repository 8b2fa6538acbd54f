"""Full-text search over earlier cases, in Chinese and English, on both databases."""

import pytest
from sqlmodel import col, select

from db.enums import Role
from db.models import CaseText, Event, WorkOrder
from services.case_search import known_cases, latest_cases, search_cases
from services.case_texts import keep_older, keep_words
from services.case_words import terms_of, words_of
from services.cures import Cure
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.services.test_similar_cases import again, cured
from web.reckoner import keep_some_cases


def found(ws: Workspace, typed: str, symptom: str = "") -> list[Cure]:
    with reading(ws) as work:
        return search_cases(work, typed, symptom=symptom)


def titles(ws: Workspace, typed: str, symptom: str = "") -> list[str]:
    return [cure.case.title for cure in found(ws, typed, symptom)]


@pytest.fixture
def shop(ws: Workspace) -> Workspace:
    """A garage that has cured some things."""
    with unit_of_work(ws) as work:
        cases = (
            ("Squeals when braking, no pulling", "Pads glazed", "Front brake pads", "Focus"),
            ("Knocking over bumps", "Worn drop link", "Drop link", "Focus"),
            ("变速箱爬坡打滑", "离合器片磨损", "更换离合器", "朗逸"),
            ("发动机漏机油", "气门室盖垫老化", "更换气门室盖垫", "朗逸"),
            ("Engine light, code P0301", "Coil of cylinder 1 broken", "Ignition coil", "Fiesta"),
            ("Engine light, code P0420", "Catalyst worn out", "Catalyst", "Fiesta"),
        )
        for days, (concern, cause, title, model) in enumerate(cases, start=100):
            cured(work, concern, cause, days=days, job_id=None, title=title, model=model)
        _keep_all(work)
    return ws


def _keep_all(work: Work) -> None:
    for order in work.db.exec(select(WorkOrder).where(col(WorkOrder.delivered_at).is_not(None))).all():
        keep_words(work, order)


SEARCHES = {
    "brake squeal": "Front brake pads",  # no endings
    "BRAKES squealing": "Front brake pads",
    "knocks on a bump": "Drop link",
    "打滑": "更换离合器",
    "变速箱": "更换离合器",
    "漏": "更换气门室盖垫",  # a single character, inside a run
    "油": "更换气门室盖垫",  # and at its end
    "朗逸 漏油": "更换气门室盖垫",
    "P0301": "Ignition coil",
    "fiesta p0420": "Catalyst",
    "glazed": "Front brake pads",  # by what was found
}


def test_a_case_is_found_by_complaint_cause_cure_model_and_code(shop: Workspace) -> None:
    assert {typed: titles(shop, typed)[:1] for typed in SEARCHES} == {
        typed: [first] for typed, first in SEARCHES.items()
    }


def test_what_is_searched_finds_only_what_has_to_do_with_it(shop: Workspace) -> None:
    assert titles(shop, "打滑") == ["更换离合器"]
    assert titles(shop, "P0301") == ["Ignition coil"]
    assert titles(shop, "pulling") == []  # the complaint says that it does not pull
    assert titles(shop, "windscreen") == []
    assert titles(shop, "the and ' OR \" *:& |!()") == []
    assert titles(shop, "") == []


def test_an_order_is_told_its_own_model_first_and_never_itself(shop: Workspace) -> None:
    with unit_of_work(shop) as work:
        mine = cured(
            work, "Squeals when braking", "Disc rusty", days=300, job_id=None, title="Discs", model="Fiesta", plate="M"
        )
        cured(work, "Squeals when braking", "Pads oily", days=301, job_id=None, title="Pads", model="Fiesta")
        _keep_all(work)
    with reading(shop) as work:
        known = known_cases(work, work.get(WorkOrder, mine.id), mine.concern)
    assert [[cure.case.title for cure in cures] for cures in (known.same, known.others)] == [
        ["Pads"],
        ["Front brake pads"],
    ]


def test_a_kind_of_symptom_is_enough(shop: Workspace) -> None:
    assert set(titles(shop, "", "noise")) == {"Front brake pads", "Drop link"}
    assert titles(shop, "bump", "noise") == ["Drop link"]
    assert titles(shop, "P0301", "noise") == []


def test_it_tells_how_often_the_cure_held_for_90_days(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        came_back = cured(work, "Squeals when braking", "Pads", days=200)
        again(work, came_back, 150, "Brakes squeal again")
        cured(work, "Squeal from the brakes", "Pads glazed", days=120)
        cured(work, "Squeals", "Pads", days=10)
        _keep_all(work)
    (cure,) = found(ws, "brakes squeal")
    assert (cure.times, cure.held, cure.known) == (3, 1, 2)


def test_orders_of_an_older_release_get_their_words_once(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        for days in range(5):
            cured(work, f"Squeals {days}", "Pads", days=100 + days)
        nothing = cured(work, "Yearly service", "", days=99)
        nothing.delivered_at = work.now
        kept = cured(work, "Knocks", "Link", days=98)
        keep_words(work, kept)
        first = work.db.exec(select(Event.id)).all()
    with unit_of_work(ws) as work:
        below = keep_older(work, None, 4)
        assert len(work.db.exec(select(CaseText)).all()) == 5
    assert below
    assert keep_some_cases(ws, below) is None
    with reading(ws) as work:
        assert len(work.db.exec(select(CaseText)).all()) == 7
        assert work.db.exec(select(Event.id)).all() == first  # nobody did anything
        assert keep_older(work, None, 4) is None
    assert found(ws, "squeals")[0].times == 5


def test_a_car_that_leaves_is_a_case_at_once(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order = cured(work, "Squeals", "Pads", days=100)
        keep_words(work, order)
        order.concern = "Air conditioning warm"
        keep_words(work, order)  # set right afterwards
    assert found(ws, "condition")
    assert not found(ws, "squeal")
    with unit_of_work(ws) as work:
        work.db.delete(work.db.get(CaseText, order.id))
    assert not found(ws, "condition")


def test_words_are_cut_without_endings_and_in_pairs() -> None:
    assert words_of("Brakes braking BRAKE") == ["brak"]
    assert words_of("变速箱") == ["变速", "速箱", "箱"]
    assert [(term.word, term.begins) for term in terms_of("漏 异响 P0301")] == [
        ("漏", True),
        ("异响", False),
        ("p0301", False),
    ]


def test_a_kind_of_symptom_is_found_across_languages_when_no_word_is(shop: Workspace) -> None:
    assert set(titles(shop, "异响")) == {"Front brake pads", "Drop link"}


def test_the_latest_cases_are_told_when_nothing_is_asked(shop: Workspace) -> None:
    with reading(shop) as work:
        assert [cure.case.title for cure in latest_cases(work)][:2] == ["Front brake pads", "Drop link"]
