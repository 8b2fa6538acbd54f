"""Tomorrow on the screen: picked in one tap, what is missing planned in one tap, papers, and the links in the settings."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.enums import Role
from db.enums_desk import LinkPurpose
from db.models import ClosingDay, PartReservation, PrivateLink, PurchaseLine
from services.booking_changes import cancel
from services.links import link_for
from services.picking import pick
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.pages.conftest import App
from tests.services.test_preparation import OIL, PADS, TUESDAY_8, booked

SEEING = [Role.ADVISOR, Role.SUPERVISOR, Role.FOLLOW_UP, Role.PARTS_CLERK, Role.MANAGER]


def button(at: AppTest, key: str) -> None:
    at.button(key=key).click().run()
    assert not at.exception


def keys(at: AppTest) -> set[str]:
    return {one.key for one in at.button if one.key}


def texts(at: AppTest) -> str:
    return "\n".join(one.value for one in (*at.markdown, *at.caption))


def papers(at: AppTest) -> set[str]:
    return {one.key for one in at.get("download_button") if one.key}


@pytest.fixture
def eve(garage: Workspace) -> Workspace:
    """Two bookings of tomorrow: one whose oil is kept, one whose pads are missing."""
    booked(garage, "AB12 CDE", kept=[(OIL, "4.5")])
    booked(garage, "XY99 *Z*", at=TUESDAY_8 + timedelta(hours=1), jobs=(2,), placed=False)
    return garage


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("role", SEEING)
def test_everyone_at_the_desk_sees_it_in_both_languages(app: App, eve: Workspace, role: Role, language: str) -> None:
    at = app("booking", role, language, view="tomorrow")
    assert not at.exception
    text = texts(at)
    assert ("Tuesday 24 November" if language == "en" else "11月24日星期二") in text
    assert ("0 of 2 ready" if language == "en" else "已备妥 0/2") in text
    assert "XY99 \\*Z\\*" in text
    assert papers(at) == {f"paper_2026-11-24-{name}-{language}.pdf" for name in ("notice", "bays", "people", "labels")}
    assert ("pick_1" in keys(at)) == (role in (Role.PARTS_CLERK, Role.MANAGER))


def test_the_parts_clerk_picks_undoes_and_plans_a_purchase(app: App, eve: Workspace) -> None:
    at = app("booking", Role.PARTS_CLERK, view="tomorrow")
    button(at, "pick_1")
    assert "1 of 2 ready" in texts(at)
    assert "pick_1" not in keys(at)
    with reading(eve) as work:
        (kept,) = work.db.exec(select(PartReservation))
    assert kept.picked_by_id == 7
    button(at, "put_back_1")
    assert "pick_1" in keys(at)
    button(at, f"buy_2_{PADS}")
    with reading(eve) as work:
        (line,) = work.db.exec(select(PurchaseLine))
    assert (line.part_id, line.quantity, line.appointment_id) == (PADS, Decimal(1), 2)
    assert f"buy_2_{PADS}" not in keys(at)
    assert "To order" in texts(at)


def test_a_second_tablet_that_picked_first_is_told(app: App, eve: Workspace) -> None:
    first, second = (app("booking", Role.PARTS_CLERK, view="tomorrow", tablet=n) for n in (1, 2))
    button(first, "pick_1")
    button(second, "pick_1")
    assert len(second.error) == 1
    assert "pick_1" not in keys(second)


def test_parts_of_a_cancelled_booking_are_put_back(app: App, eve: Workspace) -> None:
    with unit_of_work(as_role(eve, Role.PARTS_CLERK)) as work:
        pick(work, 1)
    with unit_of_work(as_role(eve, Role.ADVISOR)) as work:
        cancel(work, 1, reason="Sold")
    at = app("booking", Role.PARTS_CLERK, view="tomorrow")
    assert "4\\.5 l Engine oil 5W\\-30" in texts(at)
    button(at, "put_away_1")
    assert "put_away_1" not in keys(at)


def test_the_record_opens_from_the_list(app: App, eve: Workspace) -> None:
    at = app("booking", Role.PARTS_CLERK, view="tomorrow")
    button(at, "open_2")
    assert at.query_params["appointment"] in ("2", ["2"])
    assert "pick_1" not in keys(at)
    assert "back" in keys(at)


def test_a_closed_day_is_passed_over_and_an_empty_one_says_so(app: App, eve: Workspace) -> None:
    with unit_of_work(eve) as work:
        work.add(ClosingDay(day=datetime(2026, 11, 24, tzinfo=UTC).date()))
    at = app("booking", Role.ADVISOR, view="tomorrow")
    assert "Wednesday 25 November" in texts(at)
    assert "Nothing is booked on this day." in texts(at)
    assert not papers(at)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_manager_gives_renews_and_ends_the_addresses(app: App, garage: Workspace, language: str) -> None:
    at = app("settings", Role.MANAGER, language, section="links")
    assert not at.exception
    tokens = []
    for _ in range(2):
        button(at, "renew_welcome")
        with reading(garage) as work:
            link = link_for(work, LinkPurpose.WELCOME)
        assert link is not None
        assert any(f"/welcome/{link.token}" in one.value for one in at.code)
        tokens.append(link.token)
    assert tokens[0] != tokens[1]
    button(at, "end_welcome")
    assert not at.code
    with reading(garage) as work:
        assert all(link.ended_at for link in work.db.exec(select(PrivateLink)))
