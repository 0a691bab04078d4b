"""Parts of the source of a Statement, and problems at their places."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Problem(NamedTuple):
    """What is wrong, and where: lines from 1, columns in bytes from 0, the end not included.

    An `ImportError` is raised by the import itself, when it is reached, and a warning by nothing.
    """

    kind: Literal["SyntaxError", "ImportError", "warning"]
    message: str
    line: int
    column: int
    end_line: int
    end_column: int


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Give the nodes of the body itself, without those of functions and classes in it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield from (part for outer in _outer_parts(child) for part in ast.walk(outer))
        else:
            yield child
            yield from own_nodes(child)


def _outer_parts(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda,
) -> Iterator[ast.AST]:
    """Give what of a function or class is computed where it stands."""
    if isinstance(node, ast.ClassDef):
        yield from (*node.bases, *node.keywords)
    else:
        yield from (default for default in (*node.args.defaults, *node.args.kw_defaults) if default)
    if not isinstance(node, ast.Lambda):
        yield from node.decorator_list


def bound_names(tree: ast.AST) -> Iterator[str]:
    """Give the names that the source itself gives to something, each as often as it does so."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name) | ast.ExceptHandler(name=str(name)):
                yield name
            case ast.alias(name=name, asname=other):
                yield other or name.partition(".")[0]
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name
            case ast.MatchMapping(rest=str(name)):
                yield name


def global_names(nodes: Iterable[ast.AST]) -> set[str]:
    """Give the names that these nodes declare to be global."""
    return {name for node in nodes if isinstance(node, ast.Global) for name in node.names}


def own_variables(scope: ast.AST) -> set[str]:
    """Give the names that a body assigns as variables of its own, parameters aside."""
    nodes = [*own_nodes(scope)]
    shared = {
        name for node in nodes if isinstance(node, ast.Global | ast.Nonlocal) for name in node.names
    }
    return {
        node.id
        for node in nodes
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
    } - shared


def is_waiting(tree: ast.Module) -> bool:
    """Say whether the body itself awaits anything."""
    return any(
        isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith)
        or (isinstance(node, ast.comprehension) and node.is_async)
        for node in own_nodes(tree)
    )


def problem_at(
    node: ast.AST, kind: Literal["SyntaxError", "ImportError", "warning"], message: str
) -> Problem:
    """Give a problem that is where a node of the source is."""
    line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
    return Problem(
        kind,
        message,
        line,
        column,
        getattr(node, "end_lineno", None) or line,
        getattr(node, "end_col_offset", None) or column,
    )
