"""Which texts the source shows to people, and whether every one has a translation."""

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from string import Formatter

from babel.messages.pofile import read_po

from tests.architecture.source import Source, name_of

TEXT_ARGUMENT = {"t": 0, "plain": 0, "N_": 0, "translate": 1}  # which argument of the call is the English text
TEMPLATE_TEXT = re.compile(r"""\bt\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")

Uses = dict[str, str]  # English text → a place where it is used


@dataclass(frozen=True)
class Entry:
    """One translation in one catalogue file."""

    text: str
    translation: str
    file: str


def texts(node: ast.expr) -> Iterator[str]:
    """The constant texts an argument can be: a literal, or both sides of a choice between literals."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)


def used_in_calls(source: Source) -> Uses:
    """Every text in t("…"), N_("…") and translate(language, "…")."""
    uses: Uses = {}
    for node in ast.walk(source.tree):
        position = TEXT_ARGUMENT.get(name_of(node.func)) if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and position is not None and len(node.args) > position:
            uses.update(dict.fromkeys(texts(node.args[position]), source.where(node)))
    return uses


def used_as_refusals(sources: Iterable[Source]) -> Uses:
    """The docstring of Refusal and of every class that descends from it, found by names."""
    classes = [(s, n) for s in sources for n in ast.walk(s.tree) if isinstance(n, ast.ClassDef)]
    family = {"Refusal"}
    while grown := {n.name for _s, n in classes if {name_of(b) for b in n.bases} & family} - family:
        family |= grown
    members = [(s, n) for s, n in classes if n.name in family]
    return {inspect.cleandoc(ast.get_docstring(n) or ""): s.where(n) for s, n in members}


def used_in_template(path: str, text: str) -> Uses:
    """Every t("…") of a Jinja template."""
    return {(double or single).replace("\\", ""): path for double, single in TEMPLATE_TEXT.findall(text)}


def used_as_labels(module: object) -> Uses:
    """The label of every member of the enums in a module."""
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Enum)]
    labels = {f"{kind.__name__}.{member.name}": getattr(member, "label", None) for kind in kinds for member in kind}
    return {label: place for place, label in labels.items() if isinstance(label, str)}


def entries(folder: Path) -> list[Entry]:
    """All translations of one language's files; entries marked fuzzy count as untranslated."""
    found = []
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, abort_invalid=True):
                if message.id:
                    translation = "" if message.fuzzy else str(message.string)
                    found.append(Entry(str(message.id), translation, path.name))
    return found


def placeholders(text: str) -> set[str]:
    """The names in {braces}."""
    return {name for _text, name, _format, _conversion in Formatter().parse(text) if name is not None}


def complaints(uses: Uses, known: list[Entry]) -> Iterator[str]:
    """What is missing, empty, contradictory, unused, or has other placeholders than its source."""
    by_text: dict[str, set[str]] = {}
    for entry in known:
        by_text.setdefault(entry.text, set()).add(entry.translation)
        if entry.translation and placeholders(entry.text) != placeholders(entry.translation):
            yield f"{entry.file}: other placeholders than the source: {entry.text!r}"
        if entry.text not in uses:
            yield f"{entry.file}: not used anywhere: {entry.text!r}"
    for text, translations in by_text.items():
        if len(translations) > 1:
            yield f"two translations of {text!r}: {sorted(translations)}"
    for text, place in uses.items():
        if not any(by_text.get(text, ())):
            yield f"{place}: no translation of {text!r}"
