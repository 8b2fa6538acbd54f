"""Whether an expression can only be text that markdown cannot hurt: constants, t(…), md(…) and what is built of them."""

import ast
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from tests.architecture.bindings import UNKNOWN, bound_in, safe_annotation
from tests.architecture.source import Source, name_of

ESCAPING = {"t", "md"}
NUMERIC = {"len", "int", "float", "round", "abs", "sum", "bool"}
KEEPING = {"list", "tuple", "sorted", "reversed", "set", "Safe"}
NUMBER_FORMAT = re.compile(r"[-+ 0-9,_]*(\.\d+)?[defgn%]|,")
PROGRAM_WORDS = {"color", "icon"}  # fields nobody types into, as long as no table has a column of that name
INPUTS = {"text_input", "text_area", "chat_input"}


@dataclass(frozen=True)
class Knowledge:
    """What the whole project says by its annotations: safe functions by full name ("ui.when.clock"), and by bare name
    where all of that name are safe; safe fields by bare name; the columns of the tables, where people's text is.
    """

    functions: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()


def learn(sources: Iterable[Source]) -> Knowledge:
    """Read the annotations of the whole project."""
    functions: dict[str, bool] = {}
    fields: dict[str, bool] = {}
    columns: set[str] = set()
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for name in (node.name, f"{source.module}.{node.name}"):
                    functions[name] = functions.get(name, True) and safe_annotation(node.returns)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                fields[node.target.id] = fields.get(node.target.id, True) and safe_annotation(node.annotation)
                if source.path.startswith("db/models/"):
                    columns.add(node.target.id)
    safe_fields = {name for name, safe in fields.items() if safe} | PROGRAM_WORDS - columns
    safe_functions = frozenset(name for name, safe in functions.items() if safe)
    return Knowledge(safe_functions, frozenset(safe_fields), frozenset(columns))


@dataclass
class Judge:
    """Judges the expressions of one file."""

    source: Source
    knowledge: Knowledge
    _asking: set[tuple[int, str]] = field(default_factory=set)

    def safe(self, node: ast.expr | None) -> bool:  # noqa: C901, one case for each kind of expression
        """Whether the value, or each of its elements when it is a collection, is safe."""
        match node:
            case None | ast.Constant() | ast.Compare():
                return True
            case ast.BoolOp(op=ast.And(), values=parts):
                return self.safe(parts[-1])  # what comes before is shown only when it is empty
            case ast.JoinedStr(values=parts) | ast.BoolOp(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
                return all(self.safe(part) for part in parts)
            case ast.FormattedValue(value=value, format_spec=spec):
                return _formats_a_number(spec) or self.safe(value)
            case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
                return self.safe(left) and self.safe(right)
            case ast.UnaryOp(operand=value) | ast.Starred(value=value) | ast.NamedExpr(value=value):
                return self.safe(value)
            case ast.ListComp(elt=value) | ast.GeneratorExp(elt=value) | ast.SetComp(elt=value):
                return self.safe(value)
            case ast.Dict(keys=keys, values=values):
                return all(self.safe(part) for part in (*keys, *values))
            case ast.DictComp(key=key, value=value):
                return self.safe(key) and self.safe(value)
            case ast.Subscript(value=value):
                return self.safe(value) or self._name_holds(value, self._values_safe)
            case ast.Call():
                return self._safe_call(node)
            case ast.Attribute(attr=name):
                return name in self.knowledge.fields
            case ast.Name():
                return self._name_holds(node, self.safe)
        return False

    def formats(self, node: ast.expr) -> bool:
        """Whether a `format_func` gives safe text whatever the option is."""
        match node:
            case ast.Lambda(body=body):
                return self.safe(body)
            case ast.Attribute(value=value, attr="get" | "__getitem__"):
                return self._values_safe(value)
            case ast.Name() | ast.Attribute():
                return self._safe_function(node)
        return False

    def literal(self, node: ast.expr) -> bool:
        """Whether the value is written out in the source."""
        match node:
            case ast.Constant():
                return True
            case ast.Dict(values=values):
                return all(self.literal(value) for value in values)
            case ast.Subscript(value=value):
                return self.literal(value)
        return self._name_holds(node, self.literal)

    def own_text(self, node: ast.expr) -> bool:
        """Whether the first argument of t(…) can be the program's own text: nothing composed, typed or from a column."""
        match node:
            case ast.JoinedStr() | ast.BinOp():
                return False
            case ast.Attribute(attr=name):
                return name not in self.knowledge.columns
            case ast.IfExp(body=left, orelse=right):
                return self.own_text(left) and self.own_text(right)
            case ast.BoolOp(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
                return all(self.own_text(part) for part in parts)
            case ast.ListComp(elt=value) | ast.GeneratorExp(elt=value) | ast.Subscript(value=value):
                return self.own_text(value)
            case ast.Call(func=function):
                return name_of(function) not in INPUTS and self.own_text(function)
            case ast.Name():
                return not self._bindings(node) or self._name_holds(node, self.own_text)
        return True

    def _values_safe(self, node: ast.expr) -> bool:
        match node:
            case ast.Dict(values=values):
                return all(self.safe(value) for value in values)
            case ast.DictComp(value=value):
                return self.safe(value)
            case ast.Name():
                return self._name_holds(node, self._values_safe)
        return False

    def _safe_call(self, node: ast.Call) -> bool:
        name = name_of(node.func)
        if name == "join" and isinstance(node.func, ast.Attribute):
            return self.safe(node.func.value) and all(self.safe(argument) for argument in node.args)
        if name in KEEPING and isinstance(node.func, ast.Name):
            return all(self.safe(argument) for argument in node.args)
        return self._safe_function(node.func) or (isinstance(node.func, ast.Name) and name in NUMERIC)

    def _safe_function(self, function: ast.expr) -> bool:
        """A function of this file or an imported one by its full name; a method by its bare name."""
        name = name_of(function)
        if name in ESCAPING:
            return True
        if isinstance(function, ast.Name):
            full = self._imports.get(name, f"{self.source.module}.{name}")
        elif isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
            full = f"{self._imports[function.value.id]}.{name}" if function.value.id in self._imports else name
        else:
            full = name
        return full in self.knowledge.functions

    @cached_property
    def _imports(self) -> dict[str, str]:
        """Names this file imports, with what they stand for."""
        nodes = list(ast.walk(self.source.tree))
        whole = {a.asname or a.name: a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
        parts = [(n.module or "", a) for n in nodes if isinstance(n, ast.ImportFrom) for a in n.names]
        return whole | {alias.asname or alias.name: f"{module}.{alias.name}" for module, alias in parts}

    def _name_holds(self, node: ast.expr, test: Callable[[ast.expr], bool]) -> bool:
        """Whether everything ever put under a name passes the test; a name met again while asking counts as passed."""
        if not isinstance(node, ast.Name):
            return False
        key = (id(test.__func__ if hasattr(test, "__func__") else test), node.id)
        if key in self._asking:
            return True
        self._asking.add(key)
        try:
            found = self._bindings(node)
            if not found:
                return node.id in self.knowledge.fields
            return all(self._binding_holds(binding, test) for binding in found)
        finally:
            self._asking.discard(key)

    def _binding_holds(self, binding: ast.AST, test: Callable[[ast.expr], bool]) -> bool:
        if isinstance(binding, ast.arg):
            return test == self.own_text or (test == self.safe and safe_annotation(binding.annotation))
        if binding is UNKNOWN:
            return test == self.own_text
        return isinstance(binding, ast.expr) and test(binding)

    def _bindings(self, node: ast.Name) -> list[ast.AST]:
        """What the nearest scope around a name puts under it."""
        scope: ast.AST | None = node
        while scope is not None:
            scope = self._parents.get(scope)
            found = [value for name, value in bound_in(scope) if name == node.id] if scope is not None else []
            if found:
                return found
        return []

    @cached_property
    def _parents(self) -> dict[ast.AST, ast.AST]:
        return {child: parent for parent in ast.walk(self.source.tree) for child in ast.iter_child_nodes(parent)}


def _formats_a_number(spec: ast.expr | None) -> bool:
    match spec:
        case ast.JoinedStr(values=[ast.Constant(value=str(text))]):
            return bool(NUMBER_FORMAT.fullmatch(text))
    return False
