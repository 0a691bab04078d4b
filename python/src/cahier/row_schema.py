"""Checks rows against a data schema, all at once, and says what is wrong with the first."""

from __future__ import annotations

import sys
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from cahier.bounded_text import bounded_text
from onelogic.odpf.values import type_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

FieldType = Literal["string", "integer", "number", "boolean", "datetime", "date", "object", "array"]
Side = Literal["input", "output"]

_LONGEST_VALUE = 80
_PART_ROWS = 1_000


class Field(NamedTuple):
    """A field of a data schema."""

    name: str
    type: FieldType
    is_nullable: bool


def find_row_problem(
    rows: Sequence[object], fields: Sequence[Field], side: Side, first_row: int = 1
) -> str | None:
    """Say what is wrong with the first row that does not fit; None where all do.

    Rows count from `first_row`. `side` says whose rows they are.
    """
    if _fit(rows, fields):
        return None
    # Of the parts only the one that does not fit is looked at row by row.
    for start in range(0, len(rows), _PART_ROWS):
        part = rows[start : start + _PART_ROWS]
        if not _fit(part, fields):
            return _first_problem(part, fields, side, first_row + start)
    return None


def _first_problem(
    rows: Sequence[object], fields: Sequence[Field], side: Side, first_row: int
) -> str | None:
    for number, row in enumerate(rows, first_row):
        problem = _row_problem(row, fields, f"the {side} schema")
        if problem is not None:
            return f"{side.capitalize()} row {number:,} {problem}"
    return None


def _fit(rows: Sequence[Any], fields: Sequence[Field]) -> bool:
    """Whether all rows fit, looking at each type of each field once."""
    names = {field.name for field in fields}
    if not all(issubclass(type(row), dict) and row.keys() == names for row in rows):
        return False
    return all(_allows(field, {type(row[field.name]) for row in rows}) for field in fields)


def _allows(field: Field, types: Iterable[type]) -> bool:
    is_of = _TYPES[field.type]
    return all(is_of(kind) or (field.is_nullable and is_null_type(kind)) for kind in types)


def _row_problem(row: Any, fields: Sequence[Field], what: str) -> str | None:  # noqa: ANN401 - any value
    if not issubclass(type(row), dict):
        return f"is no object, but of type {type_name(type(row))}: {_short(row)}."
    for field in fields:
        if field.name not in row:
            return f'lacks the field "{field.name}" of {what}.'
        value = row[field.name]
        if not _allows(field, [type(value)]):
            expected = f"{field.type} or null" if field.is_nullable else field.type
            return (
                f'has a wrong value in the field "{field.name}": expected {expected}, '
                f"got {_kind_name(value)}."
            )
    for name in row:
        if all(field.name != name for field in fields):
            return f"has the field {_short(name)}, which {what} does not have."
    return None


def _kind_name(value: object) -> str:
    return "null" if value is None else f"{type_name(type(value))} {_short(value)}"


def _short(value: object) -> str:
    return bounded_text(value, _LONGEST_VALUE)


def is_null_type(kind: type) -> bool:
    """Whether values of this type stand for none: None, and NaT and NA of pandas."""
    return kind is type(None) or kind.__name__ in ("NaTType", "NAType")


def _is_string(kind: type) -> bool:
    return issubclass(kind, str)


def _is_integer(kind: type) -> bool:
    return (issubclass(kind, int) and kind is not bool) or _is_numpy(kind, "integer")


def _is_number(kind: type) -> bool:
    return _is_integer(kind) or issubclass(kind, float | Decimal) or _is_numpy(kind, "floating")


def _is_boolean(kind: type) -> bool:
    return kind is bool or _is_numpy(kind, "bool_")


def _is_datetime(kind: type) -> bool:
    return issubclass(kind, datetime) and not is_null_type(kind)


def _is_date(kind: type) -> bool:
    return issubclass(kind, date) and not issubclass(kind, datetime)


def _is_object(kind: type) -> bool:
    return issubclass(kind, dict)


def _is_array(kind: type) -> bool:
    return issubclass(kind, list | tuple)


def _is_numpy(kind: type, name: str) -> bool:
    """Whether it is a scalar of numpy; where numpy is not loaded there are none."""
    numpy: Any = sys.modules.get("numpy")
    return numpy is not None and issubclass(kind, getattr(numpy, name))


_TYPES: dict[FieldType, Callable[[type], bool]] = {
    "string": _is_string,
    "integer": _is_integer,
    "number": _is_number,
    "boolean": _is_boolean,
    "datetime": _is_datetime,
    "date": _is_date,
    "object": _is_object,
    "array": _is_array,
}
