"""Finds the `main` of a Scriptlet and calls it with what it takes."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from cahier.rules import RuleError
from onelogic.odpf.values import type_name
from oocana.context import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TEMPLATE = 'def main(params, context): return {"output": None}'
_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def find_main(names: Mapping[str, object]) -> Callable[..., object]:
    """Give the function `main` among the names of a module.

    Raises:
        RuleError: there is none, or it cannot be called.
    """
    if "main" not in names:
        message = f"The cell defines no function main. Write one: {_TEMPLATE}"
        raise RuleError(message)
    main = names["main"]
    if not callable(main):
        message = (
            f"main is of type {type_name(type(main))}, and has to be a function. "
            f"Write one: {_TEMPLATE}"
        )
        raise RuleError(message)
    return main


def call_main(main: Callable[..., object], inputs: dict[str, Any], context: Context) -> object:
    """Call main with nothing, with inputs or context, or with both; an awaitable may come back.

    One parameter is the context where it is annotated `Context`, and else the inputs.

    Raises:
        RuleError: it needs more than two arguments.
    """
    parameters = _parameters(main)
    if parameters is None or len(parameters) >= _BOTH:
        if parameters is not None and any(_is_needed(each) for each in parameters[_BOTH:]):
            names = ", ".join(parameter.name for parameter in parameters)
            message = f"main({names}) needs more than two arguments. Write one: {_TEMPLATE}"
            raise RuleError(message)
        return main(inputs, context)
    if not parameters:
        return main()
    return main(context if _is_context(parameters[0].annotation) else inputs)


_BOTH = 2


def _parameters(main: Callable[..., object]) -> list[inspect.Parameter] | None:
    """Give the parameters that can be passed by position; None where any number can be."""
    try:
        parameters = list(inspect.signature(main).parameters.values())
    except (TypeError, ValueError):
        return None
    if any(parameter.kind is inspect.Parameter.VAR_POSITIONAL for parameter in parameters):
        return None
    return [parameter for parameter in parameters if parameter.kind in _POSITIONAL]


def _is_needed(parameter: inspect.Parameter) -> bool:
    return parameter.default is inspect.Parameter.empty


def _is_context(annotation: object) -> bool:
    if isinstance(annotation, str):
        return annotation.strip(" '\"").rpartition(".")[2] == "Context"
    return annotation is Context
