"""What people typed must not be read as markdown or HTML: every argument that Streamlit would read is judged."""

import ast
from collections.abc import Iterator

from tests.architecture.safety import Judge, Knowledge
from tests.architecture.source import Source, name_of
from tests.architecture.streamlit_calls import EVERY_ARGUMENT, MARKDOWN, WITH_FORMAT

CHECKED = {"ui", "pages"}
MAKERS_OF_SAFE = {"ui/text.py", "ui/when.py"}  # escaping itself; dates and times, which nobody types


def unsafe_text(source: Source, knowledge: Knowledge) -> Iterator[str]:
    """Complaints about one file of ui/ or pages/."""
    if source.folder not in CHECKED:
        return
    judge = Judge(source, knowledge)
    imported = _modules(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module == "streamlit":
            yield f"{source.where(node)} import streamlit as st, so that its calls can be checked"
        if isinstance(node, ast.Call):
            yield from _promises(source, node, judge)
            if isinstance(node.func, ast.Attribute) and _root(node.func) not in imported:
                yield from _arguments(source, node, judge)


def _modules(tree: ast.Module) -> set[str]:
    """Names of imported modules other than Streamlit: their `write` and `title` are not Streamlit's."""
    aliases = [a for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom) for a in n.names]
    return {(a.asname or a.name).split(".")[0] for a in aliases if a.name != "streamlit"}


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _arguments(source: Source, node: ast.Call, judge: Judge) -> Iterator[str]:
    call = name_of(node.func)
    for name, value in _read_as_markdown(call, node):
        formatted = _keyword(node, "format_func") if name == "options" and call in WITH_FORMAT else None
        if not (judge.formats(formatted) if formatted is not None else judge.safe(value)):
            yield f"{source.where(value)} {call}({name}=…) may show typed text as markdown: use t(…) or md(…)"
    if call == "html" and node.args and not judge.literal(node.args[0]):
        yield f"{source.where(node)} html(…) of something that is not written out here"
    allowed = _keyword(node, "unsafe_allow_html")
    if allowed is not None and not (isinstance(allowed, ast.Constant) and allowed.value is False):
        yield f"{source.where(node)} unsafe_allow_html"


def _read_as_markdown(call: str, node: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    positions = MARKDOWN.get(call, {})
    for name, position in positions.items():
        if position < len(node.args):
            yield name, node.args[position]
    if call in EVERY_ARGUMENT:
        yield from (("argument", argument) for argument in node.args)
    for keyword in node.keywords:
        if keyword.arg in positions or (keyword.arg == "help" and call != "add_argument"):
            yield keyword.arg, keyword.value


def _promises(source: Source, node: ast.Call, judge: Judge) -> Iterator[str]:
    """Safe(…), cast(Safe, …) and t(…) are trusted above, so what goes in is judged here."""
    call = name_of(node.func)
    if source.path in MAKERS_OF_SAFE or not node.args:
        return
    first = node.args[0]
    if call == "Safe" and not judge.safe(first):
        yield f"{source.where(node)} Safe(…) of text that is not safe"
    if call == "cast" and "Safe" in ast.unparse(first):
        yield f"{source.where(node)} cast to Safe"
    if call == "t" and isinstance(node.func, ast.Name) and not judge.own_text(first):
        yield f"{source.where(node)} t(…) of something that may not be the program's own text; use md(…)"


def _keyword(node: ast.Call, name: str) -> ast.expr | None:
    return next((keyword.value for keyword in node.keywords if keyword.arg == name), None)
