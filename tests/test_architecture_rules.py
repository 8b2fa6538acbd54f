"""Each architecture rule finds what it should find, and lets the rest pass."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.architecture import catalogues, rules
from tests.architecture.catalogues import Entry
from tests.architecture.source import Source, parse

Rule = Callable[[Source], Iterator[str]]

BROKEN = [
    (rules.wrong_imports, "db/models/car.py", "from services.money import Money"),
    (rules.wrong_imports, "services/booking.py", "import streamlit as st"),
    (rules.wrong_imports, "services/booking.py", "def f() -> None:\n    from ui.text import t"),
    (rules.wrong_imports, "web/routes.py", "import ui.text"),
    (rules.wrong_imports, "ui/cards.py", "from pages import today"),
    (rules.too_long, "pages/today.py", "x = 1\n" * 121),
    (rules.too_long, "services/booking.py", "x = 1\n" * 251),
    (rules.helpers_in_pages, "pages/today.py", "if True:\n    def helper() -> None: ..."),
    (rules.helpers_in_pages, "pages/today.py", "class Row: ..."),
    (rules.clock_reads, "services/booking.py", "from datetime import datetime\nx = datetime.now(UTC)"),
    (rules.clock_reads, "pages/today.py", "import datetime\nx = datetime.date.today()"),
    (rules.clock_reads, "db/models/car.py", "made = Field(default_factory=datetime.utcnow)"),
    (rules.global_language, "services/booking.py", "from gettext import gettext as say"),
    (rules.global_language, "ui/cards.py", "_ = translator.gettext"),
    (rules.global_language, "ui/cards.py", 'st.title(_("Today"))'),
    (rules.shadows_python, "ui/calendar.py", ""),
]
KEPT = [
    (rules.wrong_imports, "services/booking.py", "from db.models import Car\nfrom services import money"),
    (rules.wrong_imports, "ui/cards.py", "import streamlit as st\nfrom services import booking"),
    (rules.wrong_imports, "web/routes.py", "from starlette.routing import Route"),
    (rules.too_long, "pages/today.py", "x = 1\n" * 120),
    (rules.too_long, "db/migrations/versions/0001_start.py", "x = 1\n" * 400),
    (rules.helpers_in_pages, "ui/cards.py", "def helper() -> None: ..."),
    (rules.clock_reads, "services/workspace.py", "x = datetime.now(UTC)"),
    (rules.clock_reads, "services/booking.py", "x = work.now\ny = func.now()\nz = datetime(2026, 3, 2)"),
    (rules.global_language, "services/booking.py", "first, _ = pair\nfor _ in range(3): pass"),
    (rules.shadows_python, "ui/bay_calendar.py", ""),
    (rules.shadows_python, "services/calendar.py", ""),
]


@pytest.mark.parametrize(("rule", "path", "text"), BROKEN)
def test_a_broken_rule_is_found(rule: Rule, path: str, text: str) -> None:
    assert len(list(rule(parse(path, text)))) == 1


@pytest.mark.parametrize(("rule", "path", "text"), KEPT)
def test_good_code_passes(rule: Rule, path: str, text: str) -> None:
    assert list(rule(parse(path, text))) == []


def test_texts_are_found_in_calls() -> None:
    source = parse("ui/x.py", 't("a")\nui.t("b" if x else "c")\nN_("d" "e")\ntranslate(lang, "f")\nt(name)\nprint("g")')
    assert sorted(catalogues.used_in_calls(source)) == ["a", "b", "c", "de", "f"]


def test_texts_are_found_in_refusals_and_their_descendants_in_any_file() -> None:
    first = parse("services/a.py", 'class Refusal(Exception):\n    """No."""\nclass Taken(Refusal):\n    """Taken."""')
    second = parse(
        "services/b.py", 'class Late(a.Taken):\n    """Late by {n}."""\nclass Other(Exception):\n    """Bug."""'
    )
    assert sorted(catalogues.used_as_refusals([second, first])) == ["Late by {n}.", "No.", "Taken."]


def test_texts_are_found_in_templates() -> None:
    template = '<h1>{{ t("Who\'s there?") }}</h1>{{ t(\'PIN\') }} {{ start("no") }}'
    assert sorted(catalogues.used_in_template("x.html", template)) == ["PIN", "Who's there?"]


def test_texts_are_found_in_labels_of_enums() -> None:
    class Kind(StrEnum):
        LIFT = "lift"

        @property
        def label(self) -> str:
            return "Lift"

    assert catalogues.used_as_labels(SimpleNamespace(Kind=Kind, other=3)) == {"Lift": "Kind.LIFT"}


def test_a_complete_catalogue_has_no_complaints() -> None:
    known = [Entry("Late by {n}", "晚了 {n}", "a.po"), Entry("Yes", "是", "a.po"), Entry("Yes", "是", "b.po")]
    assert list(catalogues.complaints({"Late by {n}": "x", "Yes": "y"}, known)) == []


@pytest.mark.parametrize(
    ("known", "complaint"),
    [
        ([], "x: no translation of 'Yes {n}'"),
        ([Entry("Yes {n}", "", "a.po")], "x: no translation of 'Yes {n}'"),
        ([Entry("Yes {n}", "是", "a.po")], "a.po: other placeholders than the source: 'Yes {n}'"),
        ([Entry("Yes {n}", "是 {n}", "a.po"), Entry("No", "否", "a.po")], "a.po: not used anywhere: 'No'"),
        (
            [Entry("Yes {n}", "是 {n}", "a.po"), Entry("Yes {n}", "对 {n}", "b.po")],
            "two translations of 'Yes {n}': ['对 {n}', '是 {n}']",
        ),
    ],
)
def test_an_incomplete_catalogue_is_named(known: list[Entry], complaint: str) -> None:
    assert list(catalogues.complaints({"Yes {n}": "x"}, known)) == [complaint]


def test_a_fuzzy_translation_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text('msgid "Yes"\nmsgstr "是"\n\n#, fuzzy\nmsgid "No"\nmsgstr "否"\n', encoding="utf-8")
    assert [(e.text, e.translation) for e in catalogues.entries(tmp_path)] == [("Yes", "是"), ("No", "")]
