"""Takes the rows that a Statement returns, checks them, and gathers them as columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cahier.columns import column_from_values
from cahier.json_values import NoJsonError, json_text
from cahier.row_schema import Field, find_row_problem, is_null_type
from cahier.rules import RuleError
from onelogic.odpf.values import type_name

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cahier._wire import DatasetPayload
    from cahier.host import Keep

_ENDING = 'End the statement with "return items", where items is a list of objects.'
_NESTED = ("object", "array")
# The type of a column that holds nothing but nulls: it stays what it is when values come.
_UNFILLED = {
    "string": "string",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "datetime": "datetime",
    "date": "date",
    "object": "string",
    "array": "string",
}
# Whole numbers up to it are floats without loss.
_LARGEST_EXACT = 2**53


class StatementOutput:
    """The rows so far; whatever is taken has been checked against the output schema."""

    def __init__(self, fields: Sequence[Field]) -> None:
        """Start without rows."""
        self._fields = fields
        self._columns: dict[str, list[Any]] = {field.name: [] for field in fields}
        self._count = 0
        # Rows of these names and types, in this order, fit: most rows are like those before.
        self._known: set[tuple[tuple[str, ...], tuple[type, ...]]] = set()

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    def take(self, returned: object) -> int:
        """Take what the statement returned, and say how many rows that are.

        Raises:
            RuleError: it is no list of objects, or one does not fit the schema.
        """
        rows = _list_of(returned)
        if not self._are_known(rows):
            problem = find_row_problem(rows, self._fields, "output", self._count + 1)
            if problem is not None:
                message = f"The output does not fit. {problem}"
                raise RuleError(message)
            self._known.update(map(_shape, rows))
        for name, values in self._columns.items():
            values += [row[name] for row in rows]
        self._count += len(rows)
        return len(rows)

    @property
    def columns(self) -> Collection[str]:
        """The names of the fields."""
        return self._columns.keys()

    def last(self, column: str) -> object:
        """Give the value of the last row; None where there are no rows."""
        return self._columns[column][-1] if self._count else None

    def dataset(self, keep: Keep) -> DatasetPayload:
        """Give all rows as a table; objects and arrays are JSON texts in it.

        Raises:
            RuleError: a value that cannot be stored; column and row are named.
        """
        columns = []
        for field in self._fields:
            values = self._columns[field.name]
            try:
                if field.type in _NESTED:
                    values = [None if value is None else json_text(value) for value in values]
                plain = [*map(_number if field.type == "number" else _plain, values)]
                columns.append(column_from_values(field.name, plain, keep, _UNFILLED[field.type]))
            except (ValueError, NoJsonError) as error:
                message = f'The field "{field.name}" cannot be stored: {error}'
                raise RuleError(message) from None
        return {"rowCount": self._count, "columns": columns}

    def _are_known(self, rows: list[Any]) -> bool:
        return len(rows) == 1 and type(rows[0]) is dict and _shape(rows[0]) in self._known


def _shape(row: dict[str, object]) -> tuple[tuple[str, ...], tuple[type, ...]]:
    return tuple(row), tuple(map(type, row.values()))


def _list_of(returned: object) -> list[Any]:
    if isinstance(returned, list):
        return returned
    if returned is None:
        message = f"The statement returned nothing. {_ENDING}"
    elif isinstance(returned, dict):
        message = 'The statement returned an object, not a list of objects: "return [item]".'
    else:
        name = type_name(type(returned))
        hint = ""
        if name == "coroutine":
            hint = 'Write "return await" before it. '
        elif hasattr(returned, "__aiter__"):
            hint = 'Write "return [item async for item in items]". '
        elif hasattr(returned, "__iter__") and not isinstance(returned, (str, bytes)):
            hint = 'Write "return list(items)". '
        message = f"The statement returned a value of type {name}. {hint}{_ENDING}"
    raise RuleError(message)


def _number(value: Any) -> Any:  # noqa: ANN401 - a number, or None
    """Give a float where that loses nothing, so that the column is of one type in every run."""
    number = _plain(value)
    return float(number) if type(number) is int and abs(number) <= _LARGEST_EXACT else number


def _plain(value: Any) -> Any:  # noqa: ANN401 - a value of a row
    """Give the value of Python behind a scalar of numpy, and None for a moment that is none."""
    if value is None or type(value) in (int, str, float, bool):
        return value
    if hasattr(value, "dtype") and hasattr(value, "item"):
        return value.item()
    return None if is_null_type(type(value)) else value
