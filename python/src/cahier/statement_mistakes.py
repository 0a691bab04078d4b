"""Finds what looks like a mistake in the source of a Statement, though it breaks no rule."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

from cahier.statement_nodes import (
    Problem,
    bound_names,
    own_nodes,
    own_variables,
    problem_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeGuard

_NOTHING = 'This Statement returns nothing. End it with "return items", a list of objects.'
_OBJECT = 'This Statement returns an object, not a list of objects: write "return [item]".'
_GENERATOR = 'This Statement returns a generator, not a list: write "return [… for …]".'
_CHECKPOINT = "DATA_CHECKPOINT"
_OWN = (
    "DATA_CHECKPOINT is a variable of {} alone here, which has no value before it is assigned: "
    "give it another name. To change the one of the Statement, write nonlocal DATA_CHECKPOINT "
    "first."
)
_OTHER = (
    "This is another DATA_CHECKPOINT than the one that the Statement assigns: write nonlocal "
    "instead of global."
)
_UNREAD = (
    "DATA_CHECKPOINT is assigned and never read. What the next run gets is the value of the "
    "checkpoint column in the last row that is returned."
)
_WAITING_GENERATOR = 'This Statement returns a generator: write "return [… async for …]".'


def find_mistakes(tree: ast.Module) -> Iterator[Problem]:
    """Give warnings, in no order."""
    yield from _unawaited(tree)
    yield from _returned(tree)
    yield from _checkpoints(tree)


def unawaited_message(name: str) -> str:
    """Say that the result of an async function is of no use as it is."""
    return f'{name}() only begins once it is awaited: write "await {name}(…)".'


def _checkpoints(tree: ast.Module) -> Iterator[Problem]:
    """Give what assigns a checkpoint that is not that of the Statement, or one that nothing reads.

    What is kept for the next run is the value of the last output row alone.
    """
    nodes = [*ast.walk(tree)]
    is_assigned = _CHECKPOINT in own_variables(tree)
    for function in nodes:
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _own_checkpoints(function, is_assigned=is_assigned)
    is_changed = any(
        isinstance(node, ast.AugAssign) and _is_checkpoint(node.target) for node in nodes
    )
    is_read = any(_is_checkpoint(node) and isinstance(node.ctx, ast.Load) for node in nodes)
    if is_assigned and not is_changed and not is_read:
        yield problem_at(next(filter(_is_checkpoint, own_nodes(tree))), "warning", _UNREAD)


def _own_checkpoints(
    function: ast.FunctionDef | ast.AsyncFunctionDef, *, is_assigned: bool
) -> Iterator[Problem]:
    body = ast.Module(function.body, [])
    parameters = {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}
    if _CHECKPOINT in own_variables(body) - parameters:
        places = (node for node in own_nodes(body) if _is_checkpoint(node))
        first = next(node for node in places if not isinstance(node.ctx, ast.Load))
        yield problem_at(first, "warning", _OWN.format(function.name))
    for node in own_nodes(body):
        if isinstance(node, ast.Global) and _CHECKPOINT in node.names and is_assigned:
            yield problem_at(node, "warning", _OTHER)


def _is_checkpoint(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and node.id == _CHECKPOINT


def _unawaited(tree: ast.Module) -> Iterator[Problem]:
    """Give the calls of `sleep`, and of functions that are async here, whose result is dropped."""
    names = _coroutine_names(tree)
    used = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    own = {*own_nodes(tree)}
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Call(func=ast.Name(id=name))):
                is_dropped = True
            case ast.Return(value=ast.Call(func=ast.Name(id=name))):
                is_dropped = node in own
            case ast.Assign(targets=[ast.Name(id=to)], value=ast.Call(func=ast.Name(id=name))):
                is_dropped = to not in used
            case _:
                continue
        if is_dropped and name in names:
            yield problem_at(node, "warning", unawaited_message(name))


def _coroutine_names(tree: ast.Module) -> set[str]:
    """Give the names that are those of async functions wherever they stand.

    A name that the source gives to something else too, be it in another scope, is none of them.
    """
    counts = Counter(bound_names(tree))
    methods = {
        node
        for holder in ast.walk(tree)
        if isinstance(holder, ast.ClassDef)
        for node in _functions_of(holder)
    }
    own = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncFunctionDef)
        and counts[node.name] == 1
        and node not in methods
        and not node.decorator_list
        and not _is_generator(node)
    }
    return own if "sleep" in counts else own | {"sleep"}


def _functions_of(holder: ast.AST) -> Iterator[ast.AST]:
    """Give the functions that are made in a body, also below its branches."""
    for child in ast.iter_child_nodes(holder):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
        elif not isinstance(child, ast.ClassDef | ast.Lambda):
            yield from _functions_of(child)


def _is_generator(function: ast.AsyncFunctionDef) -> bool:
    body = ast.Module(function.body, [])
    return any(isinstance(node, ast.Yield | ast.YieldFrom) for node in own_nodes(body))


def _returned(tree: ast.Module) -> Iterator[Problem]:
    """Give the returns of what is no list of objects, and the end where there is none."""
    returns = [node for node in own_nodes(tree) if isinstance(node, ast.Return)]
    for node in returns:
        match node.value:
            case None | ast.Constant(value=None):
                yield problem_at(node, "warning", _NOTHING)
            case ast.Dict() | ast.DictComp():
                yield problem_at(node, "warning", _OBJECT)
            case ast.GeneratorExp(generators=generators):
                is_waiting = any(each.is_async for each in generators)
                message = _WAITING_GENERATOR if is_waiting else _GENERATOR
                yield problem_at(node, "warning", message)
    if tree.body and not returns and _is_passed(tree.body):
        yield problem_at(tree.body[-1], "warning", _NOTHING)


def _is_passed(body: Sequence[ast.stmt]) -> bool:
    """Whether what comes behind these statements may be reached; in doubt it may."""
    return not any(_ends(each) for each in body)


def _ends(node: ast.stmt) -> bool:
    match node:
        case ast.Raise() | ast.Return():
            return True
        case ast.If(body=body, orelse=other):
            return bool(other) and not _is_passed(body) and not _is_passed(other)
        case ast.With(body=body) | ast.AsyncWith(body=body):
            return not _is_passed(body)
        case ast.While(test=ast.Constant(value=True | 1)):
            return not any(isinstance(each, ast.Break) for each in ast.walk(node))
        case ast.Try(body=body, handlers=handlers, orelse=other, finalbody=final):
            parts = [[*body, *other], *(handler.body for handler in handlers)]
            return not _is_passed(final) or not any(_is_passed(part) for part in parts)
    return False
