"""The project's own Python files, parsed once."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("db", "services", "ui", "web", "pages", "benchmarks", "tools")


@dataclass(frozen=True)
class Source:
    """One file: its path inside the project and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def folder(self) -> str:
        """The top folder, or the file's own name for files beside the Makefile."""
        return self.path.split("/")[0]

    @property
    def module(self) -> str:
        """The name it is imported by."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def where(self, node: ast.AST) -> str:
        """`file:line`, to jump to."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


def parse(path: str, text: str) -> Source:
    """A source from its text."""
    return Source(path, text, ast.parse(text, filename=path))


@cache
def project() -> tuple[Source, ...]:
    """Every Python file of the application (not of the tests)."""
    return tuple(parse(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in _files())


def _files() -> Iterator[Path]:
    yield from ROOT.glob("*.py")
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def name_of(function: ast.expr) -> str:
    """The last part of a called name: `st.button` and `button` are both "button"."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
