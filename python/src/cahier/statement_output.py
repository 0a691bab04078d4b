"""Takes the rows that a Statement returns, checks them, and gathers them as columns."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cahier.columns import column_from_values, is_exact_float
from cahier.decimals import is_rounded, number_of
from cahier.json_values import NoJsonError, json_text
from cahier.nesting import is_flat, is_written_larger
from cahier.row_schema import Field, find_row_problem, is_null_type
from cahier.rules import RuleError
from onelogic.odpf.values import type_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from cahier._wire import DatasetPayload
    from cahier.host import Keep
    from cahier.row_schema import FieldType
    from cahier.value_kinds import Base

_ENDING = 'End the statement with "return items", where items is a list of objects.'
# Of one object or array: its text is tens of megabytes.
_MOST_PARTS = 5_000_000
_MOST_LEVELS = 900
# Of all values of a column.
_MOST_CHARACTERS = 2**30
_PLAIN_TYPES = frozenset({int, str, float, bool, type(None), date, datetime})
_NESTED = ("object", "array")
# What a column of each type holds in every run, so that rows can be added to those before.
_BASES: dict[FieldType, Base] = {
    "string": "string",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "datetime": "datetime",
    "date": "date",
    "object": "string",
    "array": "string",
}


class StatementOutput:
    """The rows so far; whatever is taken has been checked against the output schema."""

    def __init__(self, fields: Sequence[Field]) -> None:
        """Start without rows."""
        self._fields = fields
        self._columns: dict[str, list[Any]] = {field.name: [] for field in fields}
        self._count = 0
        # The first row of each column whose Decimal is rounded; known with the table.
        self.rounded_rows: dict[str, int] = {}
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
                    values = _texts_of(values)
                plain = values
                if field.type == "number":
                    plain = [*map(_number, self._without_decimals(field.name))]
                elif not _PLAIN_TYPES.issuperset(map(type, values)):
                    plain = [*map(_plain, values)]
                columns.append(column_from_values(field.name, plain, keep, _BASES[field.type]))
            except (ValueError, NoJsonError) as error:
                message = f'The field "{field.name}" cannot be stored: {error}'
                raise RuleError(message) from None
        return {"rowCount": self._count, "columns": columns}

    def _without_decimals(self, column: str) -> list[Any]:
        values = self._columns[column]
        if not any(issubclass(kind, Decimal) for kind in {*map(type, values)}):
            return values
        numbers = [*values]
        for place, value in enumerate(values):
            if isinstance(value, Decimal):
                try:
                    numbers[place] = number_of(value)
                except ValueError as error:
                    message = f"Output row {place + 1:,}: {error}."
                    raise NoJsonError(message) from None
                if column not in self.rounded_rows and is_rounded(value, numbers[place]):
                    self.rounded_rows[column] = place + 1
        return numbers

    def _are_known(self, rows: list[Any]) -> bool:
        return len(rows) == 1 and type(rows[0]) is dict and _shape(rows[0]) in self._known


def _shape(row: dict[str, object]) -> tuple[tuple[str, ...], tuple[type, ...]]:
    return tuple(row), tuple(map(type, row.values()))


def _list_of(returned: object) -> list[Any]:
    if issubclass(type(returned), list):
        # A class derived from it may have ways to walk through it that never end.
        rows: list[Any] = returned if type(returned) is list else list.copy(returned)  # type: ignore[arg-type] # it is one
        if {*map(type, rows)} <= {dict}:
            return rows
        return [dict(dict.items(row)) if issubclass(type(row), dict) else row for row in rows]
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


def _texts_of(values: list[Any]) -> list[str | None]:
    texts = []
    size = 0
    for value in values:
        text = _nested(value)
        size += len(text or "")
        if size > _MOST_CHARACTERS:
            message = f"its values take more than {_MOST_CHARACTERS:,} characters as JSON"
            raise NoJsonError(message)
        texts.append(text)
    return texts


def _nested(value: object) -> str | None:
    """Give the JSON text of an object or an array.

    Raises:
        NoJsonError: there is none, or none that could be kept.
    """
    if value is None:
        return None
    if not is_flat(value) and is_written_larger(value, _MOST_PARTS, _MOST_LEVELS):
        message = (
            f"a value has more than {_MOST_PARTS:,} parts or {_MOST_LEVELS} levels. "
            "Is it contained in itself?"
        )
        raise NoJsonError(message)
    return json_text(value)


def _number(value: Any) -> Any:  # noqa: ANN401 - a number, or None
    """Give a float where that loses nothing, so that the column is of one type in every run."""
    number = _plain(value)
    return float(number) if type(number) is int and is_exact_float(number) else number


def _plain(value: Any) -> Any:  # noqa: ANN401 - a value of a row
    """Give the value of Python behind one of a class derived from it, or behind a scalar of numpy.

    A moment that is none is None.
    """
    kind = type(value)
    if value is None or kind in (int, str, float, bool):
        return value
    if hasattr(value, "dtype") and hasattr(value, "item"):
        value = value.item()
        # A number that only numpy has.
        return float(value) if hasattr(value, "dtype") else value
    # What a class has of its own is not asked.
    for base, convert in _CONVERTED.items():
        if issubclass(kind, base):
            return convert(value)
    return None if is_null_type(kind) else value


_CONVERTED: dict[type, Callable[[Any], object]] = {
    str: str.__str__,
    int: int.__int__,
    float: float.__float__,
}
