"""Turns a Statement into an async function in which every attribute is read through a guard."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING, NamedTuple

from cahier.cell_places import mend_compiler_error
from cahier.source_depth import room_for_trees
from cahier.statement_check import find_problems, parse_statement, to_syntax_error, too_deep
from cahier.statement_guard import (
    change_in_place,
    changeable,
    guarded_builtins,
    import_module,
    import_name,
    import_package,
    is_guarded,
    read_attribute,
    read_guarded_attribute,
    read_super_method,
)
from cahier.statement_language import is_forbidden_attribute
from cahier.statement_nodes import global_names, is_waiting, own_variables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType

    from cahier.cell import Cell
    from cahier.statement_nodes import Problem

_FUNCTION = "Statement"
_GIVEN_NAMES = ("INPUT_DATA", "DATA_CHECKPOINT", "log", "sleep")
# No source can spell these names, so none can be hidden by a Statement's own.
_READ = ".read_attribute"
_READ_GUARDED = ".read_guarded_attribute"
_IMPORT_NAME = ".import_name"
_IMPORT_MODULE = ".import_module"
_IMPORT_PACKAGE = ".import_package"
_CHANGE = ".change_in_place"
_CHANGEABLE = ".changeable"
_READ_SUPER = ".read_super_method"
# The functions of the module `operator` for each operator with an equals sign behind it.
_OPERATORS = {
    "Add": "iadd",
    "Sub": "isub",
    "Mult": "imul",
    "MatMult": "imatmul",
    "Div": "itruediv",
    "FloorDiv": "ifloordiv",
    "Mod": "imod",
    "Pow": "ipow",
    "LShift": "ilshift",
    "RShift": "irshift",
    "BitOr": "ior",
    "BitXor": "ixor",
    "BitAnd": "iand",
}


class CompiledStatement(NamedTuple):
    """The code that makes the function `Statement` in a module's names.

    `is_waiting` says whether its body awaits, `parameters` which of the names of the processor the
    function is to be called with, `warnings` what looks like a mistake in it.
    """

    code: CodeType
    is_waiting: bool
    parameters: tuple[str, ...]
    warnings: list[Problem]


def compile_statement(cell: Cell) -> CompiledStatement:
    """Compile the body that a cell is; lines and columns stay those of the cell.

    Raises:
        SyntaxError: it cannot be; the line is always one of the cell.
    """
    try:
        with room_for_trees():
            return _compiled(cell)
    except (ValueError, MemoryError, RecursionError, OverflowError):
        raise too_deep(cell) from None


def _compiled(cell: Cell) -> CompiledStatement:
    tree = parse_statement(cell)
    problems = find_problems(tree)
    for problem in problems:
        if problem.kind == "SyntaxError":
            raise to_syntax_error(problem, cell)
    waits = is_waiting(tree)
    parameters = _parameters(tree)
    module = _wrap(_Guarding().visit(tree).body, parameters)
    try:
        code: CodeType = compile(module, cell.filename, "exec", dont_inherit=True)
    except SyntaxError as error:
        mend_compiler_error(error, cell)
        raise
    told = [each for each in problems if each.kind == "warning"]
    return CompiledStatement(code, waits, parameters, told)


def statement_names() -> dict[str, object]:
    """Give the names that the code of a Statement needs beside those of the processor."""
    return {
        "__builtins__": guarded_builtins(),
        "__name__": "__main__",
        _READ: read_attribute,
        _READ_GUARDED: read_guarded_attribute,
        _IMPORT_NAME: import_name,
        _IMPORT_MODULE: import_module,
        _IMPORT_PACKAGE: import_package,
        _CHANGE: change_in_place,
        _CHANGEABLE: changeable,
        _READ_SUPER: read_super_method,
    }


def _parameters(tree: ast.Module) -> tuple[str, ...]:
    """Give the names of the processor that can be assigned: all but those declared global.

    One that only a function in it declares so is that of the body, unless the body assigns it.
    """
    shared = global_names(ast.walk(tree)) - own_variables(tree)
    return tuple(name for name in _GIVEN_NAMES if name not in shared)


def _wrap(body: list[ast.stmt], parameters: Sequence[str]) -> ast.Module:
    """Make the body that of an async function, which returns None where it is empty."""
    named = [ast.arg(name) for name in parameters]
    function = ast.AsyncFunctionDef(
        name=_FUNCTION,
        args=ast.arguments(posonlyargs=[], args=named, kwonlyargs=[], kw_defaults=[], defaults=[]),
        body=body or [ast.Pass()],
        decorator_list=[],
    )
    return ast.fix_missing_locations(ast.Module([function], []))


class _Guarding(ast.NodeTransformer):
    """Has attributes read, and names of modules imported, by functions of the guard."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load):
            node.value = _call(_CHANGEABLE, [node.value, ast.Constant(node.attr)], node)
            return node
        if is_forbidden_attribute(node.attr):
            # The checker lets them stand only behind super().
            reader = _READ_SUPER
        else:
            reader = _READ_GUARDED if is_guarded(node.attr) else _READ
        return _call(reader, [node.value, ast.Constant(node.attr)], node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        if not isinstance(node.target, ast.Attribute):
            self.generic_visit(node)
            return node
        # The checker lets a name alone stand before the dot: it is read twice.
        target = node.target
        arguments = [
            ast.Constant(_OPERATORS[type(node.op).__name__]),
            self.visit(copy.deepcopy(target.value)),
            ast.Constant(target.attr),
            self.visit(node.value),
        ]
        changed = ast.Assign([self.visit(target)], _call(_CHANGE, arguments, node))
        return ast.copy_location(changed, node)

    def visit_MatchClass(self, node: ast.MatchClass) -> ast.MatchClass:
        # Its class is a name: nothing is read of it.
        node.patterns = [self.visit(pattern) for pattern in node.patterns]
        return node

    def visit_Import(self, node: ast.Import) -> list[ast.stmt]:
        return [
            _assign(
                alias.asname or alias.name.partition(".")[0],
                _call(
                    _IMPORT_MODULE if alias.asname else _IMPORT_PACKAGE,
                    [ast.Constant(alias.name)],
                    node,
                ),
            )
            for alias in node.names
        ]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> list[ast.stmt]:
        module = "." * node.level + (node.module or "")
        return [
            _assign(
                alias.asname or alias.name,
                _call(_IMPORT_NAME, [ast.Constant(module), ast.Constant(alias.name)], node),
            )
            for alias in node.names
        ]


def _assign(name: str, value: ast.expr) -> ast.stmt:
    target = ast.copy_location(ast.Name(name, ast.Store()), value)
    return ast.copy_location(ast.Assign([target], value), value)


def _call(function: str, arguments: list[ast.expr], place: ast.AST) -> ast.Call:
    name = ast.copy_location(ast.Name(function, ast.Load()), place)
    call = ast.Call(name, [_placed(argument, place) for argument in arguments], [])
    return ast.copy_location(call, place)


def _placed(node: ast.expr, place: ast.AST) -> ast.expr:
    return node if hasattr(node, "lineno") else ast.copy_location(node, place)
