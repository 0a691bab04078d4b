"""Looks at the names by which functions of pandas look up methods."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

_Function = Callable[..., Any]
# The parameters that are names of methods, or lists or dicts of them.
_METHODS = frozenset({"func", "arg", "aggfunc"})
_MOST_DEPTH = 3
_PAIR = 2


def by_name(function: _Function, name: str, is_kept: Callable[[str], bool]) -> _Function:
    """Have a function look up methods by names that are not kept from Statements, and no others.

    The function is called `name` where it says what it refuses.
    """
    # There (label, method) can stand for a method.
    is_labelled = "GroupBy." in getattr(function, "__qualname__", "")
    checked = _Methods(name, is_kept, is_labelled=is_labelled).checked

    def called(*values: object, **named: object) -> object:
        try:
            given = inspect.signature(function).bind(*values, **named)
        except (TypeError, ValueError):
            # The function says itself what is wrong with them.
            return function(*map(checked, values), **{k: checked(v) for k, v in named.items()})
        arguments = given.arguments
        own = _METHODS & given.signature.parameters.keys()
        for each in own & arguments.keys():
            arguments[each] = checked(arguments[each])
        if all(arguments.get(each) is None for each in own):
            # Columns of the result: name=(column, method), or name=method.
            for key, each in given.kwargs.items():
                if key in given.signature.parameters:
                    continue
                is_pair = isinstance(each, tuple) and each
                found = (each[0], *map(checked, each[1:])) if is_pair else checked(each)
                arguments[_rest_of(given.signature)][key] = found
        return function(*given.args, **given.kwargs)

    return called


def _rest_of(signature: inspect.Signature) -> str:
    """Give the name of the parameter that takes all that no other does by its name."""
    kinds = {each.kind: name for name, each in signature.parameters.items()}
    return kinds[inspect.Parameter.VAR_KEYWORD]


class _Methods:
    """Looks at names of methods, for a function of this name."""

    def __init__(self, name: str, is_kept: Callable[[str], bool], *, is_labelled: bool) -> None:
        self._name = name
        self._is_kept = is_kept
        self._is_labelled = is_labelled

    def checked(self, value: Any, depth: int = 0) -> Any:  # noqa: ANN401 - whatever pandas takes
        """Give what pandas is to have instead, which is no other at its second look.

        Raises:
            ValueError: it has a name that is kept from Statements.
        """
        if isinstance(value, str):
            text = str.__str__(value)
            if self._is_kept(text):
                message = f"A Statement cannot use {text} by its name in {self._name}()."
                raise ValueError(message)
            return text
        if value is None or callable(value) or not hasattr(type(value), "__iter__"):
            return value
        if depth > _MOST_DEPTH:
            message = f"{self._name}() of a Statement takes names, lists or dicts of them."
            raise ValueError(message)
        if hasattr(value, "items"):
            return {key: self.checked(each, depth + 1) for key, each in value.items()}
        items = [*value]
        labels = items[:1] if self._is_labelled and depth and len(items) == _PAIR else []
        made = labels + [self.checked(each, depth + 1) for each in items[len(labels) :]]
        return tuple(made) if isinstance(value, tuple) else made
