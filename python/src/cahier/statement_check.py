"""Finds what is wrong with the source of a Statement, for the editor and for jobs."""

from __future__ import annotations

import ast
import re
import warnings
from typing import TYPE_CHECKING, Literal

from cahier.cell_places import mend_compiler_error
from cahier.source_depth import check_depth
from cahier.statement_language import (
    FORBIDDEN_NAMES,
    describe_attribute_rule,
    describe_import_rule,
    describe_name_rule,
    is_allowed_module,
    is_definable_method,
    is_forbidden_attribute,
    is_harmless_special_method,
    is_kept_by_libraries,
)
from cahier.statement_mistakes import find_mistakes
from cahier.statement_nodes import Problem, bound_names, own_nodes, problem_at

if TYPE_CHECKING:
    from cahier.cell import Cell

_HINTS = 'A Statement has no type hints: write "number = 1", not "number: int = 1".'
_MOST_PROBLEMS = 100
# Halves of surrogate pairs are no characters.
_UNREADABLE = re.compile("[\0\ud800-\udfff]")
# Their patterns with a position read nothing of the value; without one, no class has any read.
_MATCHED = ("bool", "bytes", "dict", "float", "int", "list", "set", "str", "tuple")


def parse_statement(cell: Cell) -> ast.Module:
    """Parse the body of the function that a Statement is.

    Raises:
        SyntaxError: it cannot be; the line is always one of the cell.
    """
    if match := _UNREADABLE.search(cell.source):
        line = cell.source.count("\n", 0, match.start()) + 1
        message = "The source has a character that Python cannot read: remove it."
        raise _refused(message, line, cell)
    check_depth(cell.source, cell.filename)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(cell.source, cell.filename)
        except (ValueError, OverflowError, MemoryError, RecursionError):
            raise too_deep(cell) from None


def too_deep(cell: Cell) -> SyntaxError:
    """Give the error for a source that Python gives up on without a place."""
    return _refused("The source is nested too deeply: split it into several statements.", 1, cell)


def _refused(message: str, line: int, cell: Cell) -> SyntaxError:
    return to_syntax_error(Problem("SyntaxError", message, line, 0, line, 0), cell)


def find_problems(tree: ast.Module) -> list[Problem]:
    """Give what breaks a rule of the language, and what looks like a mistake, in order."""
    checker = _Checker(tree)
    checker.visit(tree)
    problems = [*checker.problems, *find_mistakes(tree)]
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

    def __init__(self, tree: ast.Module) -> None:
        self.problems: list[Problem] = []
        self._own_names = {*bound_names(tree)}
        self._body_nodes = {*own_nodes(tree)}

    def visit_Yield(self, node: ast.Yield) -> None:
        self._refuse_in_body(node)

    def visit_YieldFrom(self, node: ast.YieldFrom) -> None:
        self._refuse_in_body(node)

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
            if is_kept_by_libraries(alias.name) and not is_forbidden_attribute(alias.name):
                self._refuse(alias, describe_attribute_rule(alias.name))
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
        cls = node.cls.id if isinstance(node.cls, ast.Name) else None
        is_read = node.patterns and (cls not in _MATCHED or cls in self._own_names)
        if node.kwd_attrs or cls is None or is_read:
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
        if not (is_method and is_definable_method(node.name)):
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
        elif name in FORBIDDEN_NAMES - self._own_names and isinstance(node, ast.Name):
            self._refuse(node, describe_name_rule(name))

    def _check_attribute(self, node: ast.AST, name: str) -> None:
        if is_forbidden_attribute(name):
            self._refuse(node, describe_attribute_rule(name))

    def _refuse_in_body(self, node: ast.Yield | ast.YieldFrom) -> None:
        if node in self._body_nodes:
            self._refuse(
                node,
                "A Statement cannot yield its rows: gather them in a list, and return it at the "
                "end.",
            )
        self.generic_visit(node)

    def _refuse(
        self,
        node: ast.AST,
        message: str,
        kind: Literal["SyntaxError", "ImportError"] = "SyntaxError",
    ) -> None:
        self.problems.append(problem_at(node, kind, message))


def _is_of_super(node: ast.Attribute) -> bool:
    match node:
        case ast.Attribute(value=ast.Call(func=ast.Name(id="super")), ctx=ast.Load()):
            return True
    return False
