"""The frame of every screen."""

from db.enums import Role
from tests.pages.conftest import App


def test_a_dead_session_is_sent_to_sign_in(app: App) -> None:
    at = app("today", Role.ADVISOR)
    at.user = {"sid": "999"}
    at.run()
    assert not at.exception
    assert not at.button
