"""Finds what is wrong with the source of a Statement, for the editor and for jobs."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING, Literal, NamedTuple

from cahier.cell_places import mend_compiler_error
from cahier.statement_language import (
    FORBIDDEN_NAMES,
    describe_attribute_rule,
    describe_import_rule,
    is_allowed_module,
    is_forbidden_attribute,
    is_harmless_special_method,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cahier.cell import Cell

_HINTS = 'A Statement has no type hints: write "number = 1", not "number: int = 1".'
_MOST_PROBLEMS = 100
# Their patterns with a position read nothing of the value.
_MATCHED = ("bool", "bytes", "dict", "float", "int", "list", "set", "str", "tuple")


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


def parse_statement(cell: Cell) -> ast.Module:
    """Parse the body of the function that a Statement is.

    Raises:
        SyntaxError, ValueError, MemoryError, RecursionError: it cannot be.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(cell.source, cell.filename)


def find_problems(tree: ast.Module) -> list[Problem]:
    """Give what breaks a rule of the language, and what looks like a mistake, in order."""
    checker = _Checker()
    checker.visit(tree)
    problems = [*checker.problems, *_unawaited(tree), *_without_return(tree)]
    return sorted(dict.fromkeys(problems), key=lambda problem: problem[2:4])[:_MOST_PROBLEMS]


def to_syntax_error(problem: Problem, cell: Cell) -> SyntaxError:
    """Give the error that Python would raise at this place."""
    error = SyntaxError(problem.message)
    error.filename = cell.filename
    error.lineno, error.offset = problem.line, problem.column + 1
    error.end_lineno, error.end_offset = problem.end_line, problem.end_column + 1
    mend_compiler_error(error, cell)
    return error


class _Checker(ast.NodeVisitor):
    """Looks at every node; methods of a class may have the names that Python gives them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            if not is_allowed_module(alias.name):
                self._refuse(alias, describe_import_rule(alias.name), "ImportError")
            self._check_name(alias, alias.asname)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = "." * node.level + (node.module or "")
        if not is_allowed_module(module):
            self._refuse(node, describe_import_rule(module), "ImportError")
        for alias in node.names:
            if alias.name == "*":
                self._refuse(node, f"A Statement cannot import *: name what it needs of {module}.")
            self._check_attribute(alias, alias.name)
            self._check_name(alias, alias.asname)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._refuse(node, _HINTS)
        self.generic_visit(node)

    def visit_TypeAlias(self, node: ast.AST) -> None:
        self._refuse(node, _HINTS)

    def visit_arg(self, node: ast.arg) -> None:
        if node.annotation is not None:
            self._refuse(node, _HINTS)
        self._check_name(node, node.arg)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._check_function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._check_function(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._check_name(node, node.name)
        if getattr(node, "type_params", None):
            self._refuse(node, _HINTS)
        for part in (*node.bases, *node.keywords, *node.decorator_list):
            self.visit(part)
        for part in node.body:
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                self._check_function(part, is_method=True)
            else:
                self.visit(part)

    def visit_Name(self, node: ast.Name) -> None:
        self._check_name(node, node.id)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if not (_is_of_super(node) and is_harmless_special_method(node.attr)):
            self._check_attribute(node, node.attr)
        self.generic_visit(node)

    def visit_MatchClass(self, node: ast.MatchClass) -> None:
        for name in node.kwd_attrs:
            self._check_attribute(node, name)
        if node.kwd_attrs or not isinstance(node.cls, ast.Name) or node.cls.id not in _MATCHED:
            self._refuse(
                node,
                f"A Statement cannot match attributes of objects, only {', '.join(_MATCHED)} of a "
                "value. Write an if for the rest.",
            )
        self.generic_visit(node)

    def visit_MatchValue(self, node: ast.MatchValue) -> None:
        if isinstance(node.value, ast.Attribute):
            self._refuse(node, "A Statement cannot match the attribute of a name: write an if.")
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        target = node.target
        if isinstance(target, ast.Attribute) and not isinstance(target.value, ast.Name):
            self._refuse(
                node,
                f"A Statement changes an attribute in place only of a name: "
                f"give what stands before .{target.attr} a name first.",
            )
        self.generic_visit(node)

    def visit_Global(self, node: ast.Global) -> None:
        for name in node.names:
            self._check_name(node, name)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self._check_name(node, node.name)
        self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        self._check_name(node, node.name)
        self.generic_visit(node)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        self._check_name(node, node.name)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self._check_name(node, node.rest)
        self.generic_visit(node)

    def visit_keyword(self, node: ast.keyword) -> None:
        self._check_name(node, node.arg)
        self.generic_visit(node)

    def _check_function(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef, *, is_method: bool = False
    ) -> None:
        is_special = is_method and node.name.startswith("__") and node.name.endswith("__")
        if not is_special:
            self._check_name(node, node.name)
        if node.returns is not None:
            self._refuse(node.returns, _HINTS)
        if getattr(node, "type_params", None):
            self._refuse(node, _HINTS)
        for part in (*node.decorator_list, node.args, *node.body):
            self.visit(part)

    def _check_name(self, node: ast.AST, name: str | None) -> None:
        if name is None:
            return
        if name.startswith("__"):
            self._refuse(node, describe_attribute_rule(name))
        elif name in FORBIDDEN_NAMES and isinstance(node, ast.Name):
            self._refuse(node, f"A Statement cannot use {name}.")

    def _check_attribute(self, node: ast.AST, name: str) -> None:
        if is_forbidden_attribute(name):
            self._refuse(node, describe_attribute_rule(name))

    def _refuse(
        self,
        node: ast.AST,
        message: str,
        kind: Literal["SyntaxError", "ImportError"] = "SyntaxError",
    ) -> None:
        self.problems.append(_problem(node, kind, message))


def _is_of_super(node: ast.Attribute) -> bool:
    match node:
        case ast.Attribute(value=ast.Call(func=ast.Name(id="super")), ctx=ast.Load()):
            return True
    return False


def _unawaited(tree: ast.Module) -> Iterator[Problem]:
    """Give the calls of `sleep`, and of functions that are async here, whose result is dropped."""
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)}
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Call(func=ast.Name(id=name))) if name in names | {"sleep"}:
                message = f'{name}() only begins once it is awaited: write "await {name}(…)".'
                yield _problem(node, "warning", message)


def _without_return(tree: ast.Module) -> Iterator[Problem]:
    if tree.body and not any(isinstance(node, ast.Return) for node in _own_nodes(tree)):
        message = 'This Statement returns nothing. End it with "return items", a list of objects.'
        yield _problem(tree.body[-1], "warning", message)


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Give the nodes of the body itself, without those of functions and classes in it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield from (part for outer in _outer_parts(child) for part in ast.walk(outer))
        else:
            yield child
            yield from _own_nodes(child)


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


def is_waiting(tree: ast.Module) -> bool:
    """Say whether the body itself awaits anything."""
    return any(
        isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith)
        or (isinstance(node, ast.comprehension) and node.is_async)
        for node in _own_nodes(tree)
    )


def _problem(
    node: ast.AST, kind: Literal["SyntaxError", "ImportError", "warning"], message: str
) -> Problem:
    line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
    return Problem(
        kind,
        message,
        line,
        column,
        getattr(node, "end_lineno", None) or line,
        getattr(node, "end_col_offset", None) or column,
    )
