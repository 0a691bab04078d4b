"""The settings of matplotlib as Statements have them: none imports a module or runs a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, Self

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


class Settings(MutableMapping[str, Any]):
    """Stands for `rcParams`, whose own methods can write around every look."""

    # As if the Statement had made it, so that the guard does not remember it with its data.
    __module__ = "__main__"
    __slots__ = ("__params",)

    def __init__(self, params: MutableMapping[str, Any]) -> None:
        """Read and write these."""
        self.__params = params

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - any setting
        """Give a setting."""
        return self.__params[key]

    def __setitem__(self, key: str, value: object) -> None:
        """Change a setting."""
        name = _text(key)
        check_setting(name, value, "rcParams")
        self.__params[name] = value

    def __delitem__(self, key: str) -> None:
        """Have matplotlib say that it is not to be deleted."""
        del self.__params[key]

    def __iter__(self) -> Iterator[str]:
        """Give the names."""
        return iter(self.__params)

    def __len__(self) -> int:
        """Count the settings."""
        return len(self.__params)

    def __or__(self, other: Mapping[str, Any]) -> dict[str, Any]:
        """Give the settings with others."""
        return {**self.__params, **other}

    def __ior__(self, other: Mapping[str, Any]) -> Self:
        """Change settings."""
        self.update(other)
        return self

    def __repr__(self) -> str:
        """Show them as matplotlib does."""
        return repr(self.__params)

    def copy(self) -> dict[str, Any]:
        """Give the settings of now."""
        return {**self.__params}

    def find_all(self, pattern: str) -> dict[str, Any]:
        """Give those whose names have the pattern."""
        return {key: self.__params[key] for key in self.__params if re.search(pattern, key)}
