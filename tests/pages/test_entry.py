"""The frame of every screen."""

from db.enums import Role
from db.models import SignInSession
from services.work import unit_of_work
from services.workspace import Workspace
from tests.pages.conftest import App


def test_a_dead_session_is_sent_to_sign_in(app: App) -> None:
    at = app("today", Role.ADVISOR)
    at.user = {"sid": "999"}
    at.run()
    assert not at.exception
    assert not at.button


def test_after_a_sign_out_elsewhere_the_next_run_leaves(app: App, garage: Workspace) -> None:
    at = app("today", Role.ADVISOR)
    assert at.metric
    with unit_of_work(garage) as work:
        work.get(SignInSession, int(at.user["sid"])).ended_at = work.now
    at.run()
    assert not at.exception
    assert not at.metric
