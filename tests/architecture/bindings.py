"""Which names a scope of Python source binds, and to what."""

import ast
from collections.abc import Iterable, Iterator

PLAIN_TYPES = {"Safe", "None", "int", "float", "bool", "Decimal", "Literal"}
PLAIN_TYPES |= {"list", "tuple", "Sequence", "Iterable", "Collection", "Iterator"}
UNKNOWN = ast.Pass()  # stands for a value we know nothing of


def bound_in(scope: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Every (name, value) a module, function or comprehension binds; not what functions inside it bind."""
    match scope:
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            for loop in scope.generators:
                yield from _unpacked(loop.target, loop.iter, looping=True)
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
            arguments = scope.args
            yield from ((a.arg, a) for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs))
            yield from ((a.arg, UNKNOWN) for a in (arguments.vararg, arguments.kwarg) if a is not None)
            if not isinstance(scope, ast.Lambda):
                yield from _assigned(scope.body)
        case ast.Module():
            yield from _assigned(scope.body)


def _assigned(body: Iterable[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, UNKNOWN
                continue
            case ast.Lambda():
                continue
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from _unpacked(target, value)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=given):
                yield name, ast.arg(name, annotation) if safe_annotation(annotation) else given or UNKNOWN
            case (
                ast.AugAssign(target=ast.Name(id=name), value=value)
                | ast.NamedExpr(target=ast.Name(id=name), value=value)
            ):
                yield name, value
            case ast.For(target=target, iter=value) | ast.AsyncFor(target=target, iter=value):
                yield from _unpacked(target, value, looping=True)
            case ast.withitem(optional_vars=ast.expr() as target):
                yield from _unpacked(target, None)
        yield from _assigned(ast.iter_child_nodes(node))


def _unpacked(  # noqa: C901, one case for each form of unpacking
    target: ast.expr, value: ast.expr | None, *, looping: bool = False
) -> Iterator[tuple[str, ast.AST]]:
    """The names of an assignment or loop, each with its value; a loop's name stands for every element."""
    match target, value:
        case ast.Name(id=name), _:
            yield name, value or UNKNOWN
        case ast.Tuple(elts=names), ast.Tuple(elts=values) if not looping and len(names) == len(values):
            for name_node, part in zip(names, values, strict=True):
                yield from _unpacked(name_node, part)
        case ast.Tuple(elts=names), ast.Call(func=ast.Name(id="zip"), args=args) if len(names) == len(args):
            for name_node, part in zip(names, args, strict=True):
                yield from _unpacked(name_node, part, looping=True)
        case ast.Tuple(elts=[counter, element]), ast.Call(func=ast.Name(id="enumerate"), args=[many, *_]):
            yield from _unpacked(counter, ast.Constant(0))
            yield from _unpacked(element, many, looping=True)
        case ast.Tuple(elts=names), ast.List(elts=rows) | ast.Tuple(elts=rows) if _is_table(rows, len(names)):
            for row in rows:
                assert isinstance(row, ast.Tuple)
                for name_node, part in zip(names, row.elts, strict=True):
                    yield from _unpacked(name_node, part)
        case ast.Tuple(elts=names), _:
            for name_node in names:
                yield from _unpacked(name_node, value, looping=looping)


def _is_table(rows: list[ast.expr], width: int) -> bool:
    return bool(rows) and all(isinstance(row, ast.Tuple) and len(row.elts) == width for row in rows)


def safe_annotation(annotation: ast.expr | None) -> bool:
    """Whether a type says Safe, or a number, or a collection of these."""
    if annotation is None or isinstance(annotation, ast.Constant):
        return False
    names = {node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)}
    return bool(names) and names <= PLAIN_TYPES
