"""Checks rows and column names, and turns rows into columns."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING

from onelogic.odpf.values import supported_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onelogic.odpf.values import Value


def check_column_names(columns: object) -> list[str]:
    """Give the names of the columns as a list.

    Raises:
        TypeError: they are missing, are no list, or one is not a text.
        ValueError: one is empty or there twice.
    """
    if not isinstance(columns, (list, tuple)):
        found = "they are missing" if columns is None else f"got {type(columns).__name__}"
        message = (
            "ODDataset(rows, columns) needs the column names as a list, "
            f'such as ["id", "name"]; {found}.'
        )
        raise TypeError(message)
    for number, name in enumerate(columns, start=1):
        if not isinstance(name, str):
            message = f"Column name {number} is of type {type(name).__name__}: names are texts."
            raise TypeError(message)
        if not name:
            message = f"Column name {number} is empty: give every column a name."
            raise ValueError(message)
    for name, count in Counter(columns).items():
        if count > 1:
            message = f'The column name "{name}" is there {count} times: names are unique.'
            raise ValueError(message)
    return [str(name) for name in columns]


def columns_from_rows(rows: Sequence[object], names: list[str]) -> dict[str, list[Value]]:
    """Give the values of each column, in the order of the rows.

    Raises:
        ValueError: a row is no list, or has not one value a column; the first such row is named.
        TypeError: a value is of no supported type.
    """
    checked = _checked_rows(rows, len(names))
    return {
        name: supported_values(name, list(map(itemgetter(position), checked)))
        for position, name in enumerate(names)
    }


def _checked_rows(rows: Sequence[object], width: int) -> list[Sequence[object]]:
    checked: list[Sequence[object]] = []
    expected = "a list with one value for each of the columns"
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, (list, tuple)):
            message = (
                f"Row {number} is of type {type(row).__name__}: {expected} ({width}) is expected."
            )
            raise ValueError(message)  # noqa: TRY004 - a bad row is a ValueError, whatever is bad in it
        if len(row) != width:
            message = f"Row {number} has {_values(len(row))}: {expected} ({width}) is expected."
            raise ValueError(message)
        checked.append(row)
    return checked


def _values(count: int) -> str:
    return "1 value" if count == 1 else f"{count} values"
