"""Small rules over one file each: who may import whom, lengths, pages without helpers, one clock, no global language."""

import ast
import sys
from collections.abc import Iterator

from tests.architecture.source import Source, name_of

MAX_PAGE_LINES = 120
MAX_FILE_LINES = 250

FORBIDDEN = {
    "db": {"services", "ui", "pages", "web", "streamlit", "benchmarks", "tests"},
    "services": {"streamlit", "streamlit_calendar", "ui", "pages", "web", "benchmarks", "tests"},
    "web": {"streamlit", "streamlit_calendar", "ui", "pages", "benchmarks", "tests"},
    "ui": {"pages", "benchmarks", "tests"},
    "pages": {"pages", "benchmarks", "tests"},
    "Home.py": {"pages", "benchmarks", "tests"},
}
CLOCK = "services/workspace.py"
CLOCK_READS = {"now", "utcnow", "today"}
CLOCK_OWNERS = {"datetime", "date", "dt"}


def wrong_imports(source: Source) -> Iterator[str]:
    """Imports against the direction db → services → ui → pages, with web beside ui."""
    forbidden = FORBIDDEN.get(source.folder, set())
    for node in ast.walk(source.tree):
        for module in _imported(node):
            if module.split(".")[0] in forbidden:
                yield f"{source.where(node)} {source.folder} must not import {module}"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""] if node.level == 0 else []
    return []


def too_long(source: Source) -> Iterator[str]:
    """Pages over 120 lines, other files over 250 (migrations may be longer)."""
    lines = source.text.count("\n")
    most = MAX_PAGE_LINES if source.folder == "pages" else MAX_FILE_LINES
    if lines > most and not source.path.startswith("db/migrations/"):
        yield f"{source.path} has {lines} lines; at most {most}"


def helpers_in_pages(source: Source) -> Iterator[str]:
    """Functions and classes in a page: they belong to ui or services."""
    if source.folder != "pages":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield f"{source.where(node)} a page defines {node.name}"


def clock_reads(source: Source) -> Iterator[str]:
    """Reading the machine's clock anywhere but in the workspace: sandboxes and tests have their own time."""
    if source.path == CLOCK or source.folder in {"benchmarks", "tools"}:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCK_READS and name_of(node.value) in CLOCK_OWNERS:
            yield f"{source.where(node)} reads the clock with {name_of(node.value)}.{node.attr}; use the workspace's"


def global_language(source: Source) -> Iterator[str]:
    """gettext's global `_`: it would leak one person's language to the next."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and _brings_gettext(node):
            yield f"{source.where(node)} imports gettext; use t(...)"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            yield f"{source.where(node)} calls _(...); use t(...)"
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "_" for t in node.targets):
            yield f"{source.where(node)} assigns to _"


def _brings_gettext(node: ast.Import | ast.ImportFrom) -> bool:
    return "gettext" in _imported(node) or any("_" in {alias.name, alias.asname} for alias in node.names)


def shadows_python(source: Source) -> Iterator[str]:
    """Modules of ui named like one of Python's: Streamlit puts ui/ first on the search path, so they would hide it."""
    name = source.module.rpartition(".")[2]
    if source.folder == "ui" and name in sys.stdlib_module_names:
        yield f"{source.path} hides Python's own module {name}"


RULES = (wrong_imports, too_long, helpers_in_pages, clock_reads, global_language, shadows_python)
