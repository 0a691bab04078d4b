"""The objects that cells have put out as variables; they outlive the jobs that made them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_variables: dict[str, object] = {}


def keep_variables(values: Mapping[str, object]) -> None:
    """Keep objects under their keys, which begin with the id of their job."""
    _variables.update(values)


def has_variable(key: str) -> bool:
    """Say whether there is an object of this key."""
    return key in _variables


def variable(key: str) -> object:
    """Give the object itself.

    Raises:
        KeyError: there is none.
    """
    return _variables[key]


def drop_other_variables(keys: Iterable[str]) -> bool:
    """Keep no objects but those of these keys, and say whether any had to go."""
    dropped = _variables.keys() - keys
    for key in dropped:
        del _variables[key]
    return bool(dropped)
