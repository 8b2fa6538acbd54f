"""Today, for everyone, in both languages."""

import pytest

from db.enums import Role
from tests.pages.conftest import App


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.WARRANTY_CLERK, Role.TRAINER)])
def test_today_opens_for_every_role(app: App, role: Role, language: str) -> None:
    at = app("today", role, language)
    assert not at.exception
    assert [m.value for m in at.metric] == ["0", "0", "0", "0", "0"]
    assert at.metric[0].label == {"en": "Expected", "zh_CN": "待到店"}[language]
