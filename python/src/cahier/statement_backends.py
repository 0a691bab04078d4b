"""What Statements get in place of functions that draw by a module whose name they are given."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from typing import Any

from cahier.statement_settings import check_setting, checked_settings

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
        return function(
            *(_chosen(value, name) for value in values),
            **{key: _chosen(value, name) for key, value in named.items()},
        )

    return choose


def _chosen(value: object, name: str) -> object:
    """Give a name, settings, or a list of them as they have been looked at."""
    if isinstance(value, (list, tuple)):
        return [_chosen(each, name) for each in [*value]]
    if isinstance(value, Mapping):
        return checked_settings(value, name)
    if isinstance(value, str):
        text = str.__str__(value)
        if not _PLAIN_NAME.fullmatch(text):
            message = f"{name}() of a Statement takes the names that matplotlib has."
            raise ValueError(message)
        return text
    if value is None or isinstance(value, bool):
        return value
    message = f"{name}() of a Statement takes names, dicts of settings, or a list of them."
    raise TypeError(message)


def _with_settings(function: _Function, name: str) -> _Function:
    """Let `rc_context` have settings, and no file of them."""

    def with_settings(rc: Any = None, fname: object = None) -> object:  # noqa: ANN401 - what matplotlib takes
        if fname is not None:
            message = f"{name}() of a Statement reads no file: leave fname out."
            raise ValueError(message)
        return function(None if rc is None else checked_settings(rc, name))

    return with_settings


def _setting_groups(function: _Function, name: str) -> _Function:
    """Let `rc` have the settings of groups; the texts of some are expressions."""

    def set_groups(group: object, **settings: object) -> object:
        groups = [group] if isinstance(group, str) else group
        if not isinstance(groups, (list, tuple)):
            message = f"{name}() of a Statement takes the name of a group, or a list of names."
            raise TypeError(message)
        names = [str(each) for each in groups]
        for key, value in settings.items():
            for each in names:
                check_setting(f"{each}.{key}", value, name)
        return function(names, **settings)

    return set_groups


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
    "rc_context": (("matplotlib",), _with_settings),
    "rc": (("matplotlib",), _setting_groups),
}
