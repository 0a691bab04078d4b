"""The settings of matplotlib as Statements have them: none imports a module or runs a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

_BACKEND = "backend"
_PLAIN_NAME = re.compile(r"[\w-]+")
# matplotlib computes texts of these: they are expressions of Python.
_COMPUTED = frozenset({"axes.prop_cycle"})


def check_setting(key: str, value: object, what: str) -> None:
    """Look at one setting; `what` says what it is of.

    Raises:
        ValueError: it names a module to draw by, or is an expression.
    """
    if key == _BACKEND and not (type(value) is str and _PLAIN_NAME.fullmatch(value)):
        message = f'{what}["{key}"] of a Statement is one of the names that matplotlib has.'
        raise ValueError(message)
    if key in _COMPUTED and isinstance(value, str):
        message = (
            f'{what}["{key}"] of a Statement is no text: write '
            'matplotlib.cycler(color=["red", "green"]).'
        )
        raise ValueError(message)


def checked_settings(settings: Mapping[str, Any], what: str) -> dict[str, Any]:
    """Give the settings as a dict of its own, which nothing can change behind this look.

    Raises:
        ValueError: as above.
    """
    checked = {_text(key): value for key, value in dict(settings).items()}
    for key, value in checked.items():
        check_setting(key, value, what)
    return checked


def styles_of(library: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Give the styles that matplotlib has; what is changed in them is changed nowhere else."""
    return {name: {**settings} for name, settings in library.items()}


def _text(key: object) -> str:
    # A text of a class of its own could be another one at the second look.
    if not isinstance(key, str):
        message = f"names of settings are texts, not of type {type(key).__name__}"
        raise TypeError(message)
    return str.__str__(key)


def settings_of(params: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Give what stands for `rcParams`, whose own methods can write around every look."""

    class Settings(MutableMapping[str, Any]):
        """Reads and writes the settings."""

        # As if the Statement had made it, so that the guard does not remember it with its data.
        __module__ = "__main__"
        __slots__ = ()

        def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - any setting
            return params[key]

        def __setitem__(self, key: str, value: object) -> None:
            name = _text(key)
            check_setting(name, value, "rcParams")
            params[name] = value

        def __delitem__(self, key: str) -> None:
            del params[key]

        def __iter__(self) -> Iterator[str]:
            return iter(params)

        def __len__(self) -> int:
            return len(params)

        def __or__(self, other: Mapping[str, Any]) -> dict[str, Any]:
            return {**params, **other}

        def __ior__(self, other: Mapping[str, Any]) -> Settings:
            self.update(other)
            return self

        def __repr__(self) -> str:
            return repr(params)

        def copy(self) -> dict[str, Any]:
            """Give the settings of now."""
            return {**params}

        def find_all(self, pattern: str) -> dict[str, Any]:
            """Give those whose names have the pattern."""
            return {key: params[key] for key in params if re.search(pattern, key)}

    return Settings()
