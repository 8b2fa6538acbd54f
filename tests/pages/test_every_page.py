"""Every screen, in both languages, as each role: it opens for those it is for, and stays closed to the others."""

import pytest
from streamlit.testing.v1 import AppTest

from services.i18n import translate
from services.permissions import PAGES, may_open
from services.work import unit_of_work
from services.workspace import Person, Workspace
from tests.factories import STAFF, make_car
from tests.pages.conftest import App
from ui.menu import DAILY, MORE

HELD = sorted({role for roles, _ in STAFF.values() for role in roles})


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_screen_opens_for_exactly_those_it_is_for(app: App, garage: Workspace, page: str, language: str) -> None:
    with unit_of_work(garage) as work:
        make_car(work)
    for role in HELD:
        at = app(page, role, language)
        assert not at.exception, (page, role)
        assert _is_open(at, page, language) == may_open(Person(1, "", frozenset({role})), page), (page, role)


def _is_open(at: AppTest, page: str, language: str) -> bool:
    if page == "today":
        return bool(at.metric)
    title, _ = {**DAILY, **MORE}[page]
    return f"### {translate(language, title)}" in [line.value for line in at.markdown]
