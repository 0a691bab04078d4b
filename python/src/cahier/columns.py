"""Turns the values of one column into buffers; the exact Python types decide which."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, cast

from cahier import column_buffers
from cahier.column_buffers import Cells, column_payload
from cahier.value_kinds import FLOAT, INT, NULL, Kind, kind_of, kinds_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from cahier._wire import ColumnPayload
    from cahier.host import Keep
    from onelogic.odpf.values import Value

_MAXIMUM_CHILDREN = 127
_ENCODERS: dict[str, Callable[[Cells[Any], Keep], ColumnPayload]] = {
    "null": column_buffers.null_column,
    "bool": column_buffers.bool_column,
    "int": column_buffers.integer_column,
    "float": column_buffers.float_column,
    "string": column_buffers.string_column,
    "date": column_buffers.date_column,
    "datetime": column_buffers.datetime_column,
}


def column_from_values(
    name: str, values: list[Value], keep: Keep, unfilled: str = "null"
) -> ColumnPayload:
    """Encode a column of supported values.

    Values of one kind (nulls aside) share its buffers. Integers beside floats become floats where
    each of them is exactly one. Any other blend is a mixed column. NaN stays a number in a column
    of numbers; in any other it marks a missing value, as pandas has it. A column without a single
    value is of the type `unfilled`: null, bool, int, float, string, date or datetime.

    Raises:
        ValueError: a value that cannot be encoded; column and row are named.
    """
    kinds = kinds_of(values)
    if FLOAT in kinds and not kinds <= {FLOAT, INT}:
        values = [None if value != value else value for value in values]  # noqa: PLR0124 - NaN
        kinds = kinds_of(values)
    cells = Cells(name, range(1, len(values) + 1), values)
    column = _encode(cells, kinds, keep) if kinds else _ENCODERS[unfilled](cells, keep)
    column["name"] = name
    return column


def _encode(cells: Cells[Value], kinds: set[Kind], keep: Keep) -> ColumnPayload:
    if kinds == {INT, FLOAT} and all(map(_is_exact_float, cells.values)):
        kinds = {FLOAT}
    if len(kinds) > 1:
        return _mixed_column(cells, keep)
    kind = next(iter(kinds), NULL)
    return _ENCODERS[kind.base](cells, keep)


def _is_exact_float(value: Value) -> bool:
    try:
        return not isinstance(value, int) or int(float(value)) == value
    except OverflowError:
        return False


def _mixed_column(cells: Cells[Value], keep: Keep) -> ColumnPayload:
    """Encode a dense union: a child for each kind, in the order in which the kinds appear."""
    children: dict[Kind, Cells[Value]] = {}
    numbers: dict[Kind, int] = {}
    child_numbers = array("b")
    places = array("i")
    for row, value in zip(cells.rows, cells.values, strict=True):
        kind = kind_of(value)
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
        children=[_ENCODERS[kind.base](child, keep) for kind, child in children.items()],
    )
