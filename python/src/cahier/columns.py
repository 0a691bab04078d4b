"""Turns the values of one column into buffers; the exact Python types decide which."""

from __future__ import annotations

from array import array
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from cahier import column_buffers
from cahier.column_buffers import Cells, column_payload
from cahier.value_kinds import DIGITS, FLOAT, INT, LOCAL, UTC, Base, Kind, kind_of, kinds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cahier._wire import ColumnPayload
    from cahier.host import Keep
    from onelogic.odpf.values import Value

_MAXIMUM_CHILDREN = 127
_ENCODERS: dict[str, Callable[[Cells[Any], Keep], ColumnPayload]] = {
    "null": column_buffers.null_column,
    "bool": column_buffers.bool_column,
    "int": column_buffers.integer_column,
    "digits": column_buffers.digits_column,
    "float": column_buffers.float_column,
    "string": column_buffers.string_column,
    "date": column_buffers.date_column,
}


def column_from_values(
    name: str, values: list[Value], keep: Keep, base: Base = "null"
) -> ColumnPayload:
    """Encode a column of supported values.

    Values of one kind (nulls aside) share its buffers. Integers beside floats become floats where
    each of them is exactly one. Any other blend is a mixed column. NaN stays a number in a column
    of numbers; in any other it marks a missing value, as pandas has it.

    `base` is what a schema says the column holds; null where none does. A column without a single
    value is of it. Where it is datetime, those of several zones are of UTC; where it is float, so
    is every number. Datetimes without a zone beside those of UTC, and floats beside the digits of
    whole numbers that are none, are mixed columns with the same two parts in every dataset.

    Raises:
        ValueError: a value that cannot be encoded; column and row are named.
    """
    kinds = kinds_of(values)
    if FLOAT in kinds and not kinds <= {FLOAT, INT}:
        values = [None if value != value else value for value in values]  # noqa: PLR0124 - NaN
        kinds = kinds_of(values)
    cells = Cells(name, range(1, len(values) + 1), values)
    column = _encode(cells, kinds or {Kind(base)}, keep, base)
    column["name"] = name
    return column


def _encode(cells: Cells[Value], kinds: set[Kind], keep: Keep, base: Base) -> ColumnPayload:
    if INT in kinds and (base == "float" or FLOAT in kinds) and kinds <= {INT, FLOAT}:
        if all(map(is_exact_float, cells.values)):
            return _encode_kind(cells, FLOAT, keep)
        if base == "float":
            return _mixed_column(cells, keep, _number_kind, (FLOAT, DIGITS))
    if base == "datetime" and len(kinds) > 1:
        kinds = {LOCAL if kind.zone is None else UTC for kind in kinds}
        if len(kinds) > 1:
            return _mixed_column(cells, keep, _moment_kind, (LOCAL, UTC))
    if len(kinds) > 1:
        return _mixed_column(cells, keep, kind_of)
    return _encode_kind(cells, next(iter(kinds)), keep)


def _encode_kind(cells: Cells[Any], kind: Kind, keep: Keep) -> ColumnPayload:
    if kind.base == "datetime":
        return column_buffers.datetime_column(cells, kind.zone, keep)
    return _ENCODERS[kind.base](cells, keep)


def _moment_kind(value: Value) -> Kind:
    return UTC if isinstance(value, datetime) and value.tzinfo is not None else LOCAL


def _number_kind(value: Value) -> Kind:
    return FLOAT if is_exact_float(value) else DIGITS


def is_exact_float(value: Value) -> bool:
    """Whether it is no integer, or one that a float holds without loss."""
    try:
        return not isinstance(value, int) or int(float(value)) == value
    except OverflowError:
        return False


def _mixed_column(
    cells: Cells[Value], keep: Keep, read_kind: Callable[[Value], Kind], first: Iterable[Kind] = ()
) -> ColumnPayload:
    """Encode a dense union: a child for each kind, in the order in which the kinds appear.

    Those of `first` stand before the others, whether they appear or not.
    """
    children: dict[Kind, Cells[Value]] = {kind: Cells(cells.column, [], []) for kind in first}
    numbers = {kind: number for number, kind in enumerate(children)}
    child_numbers = array("b")
    places = array("i")
    for row, value in zip(cells.rows, cells.values, strict=True):
        kind = read_kind(value)
        if kind not in children:
            if len(children) == _MAXIMUM_CHILDREN:
                message = (
                    f'Column "{cells.column}", row {row}: the column has more than '
                    f"{_MAXIMUM_CHILDREN} kinds of values. Bring its datetimes to one time zone."
                )
                raise ValueError(message)
            numbers[kind] = len(children)
            children[kind] = Cells(cells.column, [], [])
        child = children[kind]
        child_numbers.append(numbers[kind])
        places.append(len(child.values))
        cast("list[int]", child.rows).append(row)
        child.values.append(value)
    return column_payload(
        "mixed",
        len(cells.values),
        values=keep(child_numbers),
        offsets=keep(places),
        children=[_encode_kind(child, kind, keep) for kind, child in children.items()],
    )
