"""What Statements get in place of functions that draw by a module whose name they are given."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

_Function = Callable[..., Any]
_OPTION = "plotting.backend"
_PLAIN_NAME = re.compile(r"[\w-]+")


def _drawing(function: _Function, name: str) -> _Function:
    """Let a function, and those that are its attributes, draw by matplotlib alone."""
    if isinstance(function, type):
        message = f"A Statement cannot use {name} of a class, only of its values."
        raise AttributeError(message)  # noqa: TRY004 - none is to be read

    def draw(*values: object, **named: object) -> Any:  # noqa: ANN401 - whatever is drawn
        _check_backend(_backend_of(function, values, named), name)
        return function(*values, **named)

    class Drawing:
        """Draws, and has the ways to draw as attributes."""

        # As if the Statement had made it, so that the guard does not remember it with its data.
        __module__ = "__main__"
        __slots__ = ()

        def __call__(self, *values: object, **named: object) -> Any:  # noqa: ANN401 - as above
            return draw(*values, **named)

        def __getattr__(self, part: str) -> Any:  # noqa: ANN401 - any attribute
            if part.startswith("_"):
                raise AttributeError(part)
            found = getattr(function, part)
            return _drawing(found, f"{name}.{part}") if callable(found) else found

    if inspect.isroutine(function):
        return draw
    return Drawing()


def _backend_of(
    function: _Function, values: tuple[object, ...], named: dict[str, object]
) -> object:
    if "backend" in named:
        return named["backend"]
    try:
        given = inspect.signature(function).bind(*values, **named)
    except (TypeError, ValueError):
        # The function says itself what is wrong with them.
        return None
    return given.arguments.get("backend")


def _check_backend(backend: object, name: str) -> None:
    if backend is not None and not (type(backend) is str and backend == "matplotlib"):
        message = f"{name}() of a Statement draws by matplotlib alone: leave backend out."
        raise ValueError(message)


def _setting_options(function: _Function, name: str) -> _Function:
    """Let options of pandas be set, but for the module that draws."""

    def set_options(*values: object) -> object:
        for pattern, value in zip(values[::2], values[1::2], strict=False):
            if type(pattern) is not str:
                message = f"{name}() of a Statement takes names of options as texts."
                raise TypeError(message)
            if re.search(pattern, _OPTION, re.IGNORECASE):
                _check_backend(value, name)
        return function(*values)

    return set_options


def _choosing(function: _Function, name: str) -> _Function:
    """Let backends and styles be those of matplotlib itself, whose names have no dots."""

    def choose(*values: object, **named: object) -> object:
        for value in (*values, *named.values()):
            for each in value if isinstance(value, (list, tuple)) else [value]:
                if isinstance(each, str) and not _PLAIN_NAME.fullmatch(str.__str__(each)):
                    message = f"{name}() of a Statement takes the names that matplotlib has."
                    raise ValueError(message)
        return function(*values, **named)

    return choose


# Of which packages functions of these names are guarded, and how.
BACKEND_GUARDS: dict[str, tuple[tuple[str, ...], Callable[[_Function, str], _Function]]] = {
    **dict.fromkeys(
        ("plot", "hist", "boxplot", "hist_frame", "hist_series", "boxplot_frame"),
        (("pandas",), _drawing),
    ),
    "boxplot_frame_groupby": (("pandas",), _drawing),
    **dict.fromkeys(("set_option", "option_context"), (("pandas",), _setting_options)),
    **dict.fromkeys(("switch_backend", "use", "context"), (("matplotlib",), _choosing)),
    **dict.fromkeys(("savefig", "print_figure"), (("matplotlib",), _drawing)),
}
