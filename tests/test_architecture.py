"""The whole project keeps its own rules. What each rule means is tested in test_architecture_rules.py."""

import importlib
from collections.abc import Callable, Iterable, Iterator

import pytest

from tests.architecture import catalogues
from tests.architecture.markdown import unsafe_text
from tests.architecture.rules import RULES
from tests.architecture.safety import learn
from tests.architecture.source import ROOT, Source, project

LOCALES = sorted(path.name for path in (ROOT / "locale").iterdir() if path.is_dir())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_file_keeps_the_rule(rule: Callable[[Source], Iterator[str]]) -> None:
    _nothing_to_say(complaint for source in project() for complaint in rule(source))


def test_no_typed_text_reaches_markdown() -> None:
    knowledge = learn(project())
    _nothing_to_say(complaint for source in project() for complaint in unsafe_text(source, knowledge))


@pytest.mark.parametrize("language", LOCALES)
def test_every_text_is_translated_once_and_every_translation_is_used(language: str) -> None:
    known = catalogues.entries(ROOT / "locale" / language)
    _nothing_to_say(catalogues.complaints(_uses(), known))


def test_chinese_is_there() -> None:
    assert "zh_CN" in LOCALES


def _nothing_to_say(complaints: Iterable[str]) -> None:
    found = sorted(complaints)
    assert not found, "\n".join(["", *found])


def _uses() -> catalogues.Uses:
    uses = catalogues.used_as_refusals(project())
    for source in project():
        uses |= catalogues.used_in_calls(source)
    for path in sorted((ROOT / "web").rglob("*.html")):
        uses |= catalogues.used_in_template(path.name, path.read_text(encoding="utf-8"))
    for name in (
        "db.enums",
        "db.enums_desk",
        "db.enums_reception",
        "db.enums_health",
        "db.enums_checks",
        "db.enums_workshop",
        "db.enums_money",
    ):
        uses |= catalogues.used_as_labels(importlib.import_module(name))
    return uses
