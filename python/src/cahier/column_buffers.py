"""Encodes values of one kind into Arrow buffers, with nothing but the standard library."""

from __future__ import annotations

from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, Generic, NamedTuple, NoReturn, TypeVar

from cahier.bitmaps import pack_bits, validity_of
from cahier.time_zones import (
    EPOCH_ORDINAL,
    microseconds_since_epoch,
    nanosecond_of,
    nanoseconds_since_epoch,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from cahier._wire import ColumnPayload, ColumnType, TimeUnit, Token
    from cahier.host import Keep

_V = TypeVar("_V")
_INT64 = range(-(2**63), 2**63)
_UINT64 = range(2**64)
MAXIMUM_TEXT_BYTES = 2**31 - 1


class Cells(NamedTuple, Generic[_V]):
    """Values of one column, None where missing, and the row (from 1) of each for messages."""

    column: str
    rows: Sequence[int]
    values: list[_V]

    def fail(self, place: int, problem: str) -> NoReturn:
        """Raise a ValueError that names the column and the row of the value at this place."""
        message = f'Column "{self.column}", row {self.rows[place]}: {problem}'
        raise ValueError(message)


def column_payload(  # noqa: PLR0913 - one for each field that not all columns have
    kind: ColumnType,
    length: int,
    nulls: tuple[int, Token | None] = (0, None),
    *,
    values: Token | None = None,
    offsets: Token | None = None,
    time_unit: TimeUnit | None = None,
    time_zone: str | None = None,
    children: Sequence[ColumnPayload] = (),
) -> ColumnPayload:
    """Make a column without a name; `nulls` are their count and the kept bitmap."""
    null_count, validity = nulls
    return {
        "name": "",
        "type": kind,
        "length": length,
        "nullCount": null_count,
        "validity": validity,
        "values": values,
        "offsets": offsets,
        "timeUnit": time_unit,
        "timeZone": time_zone,
        "children": list(children),
    }


def null_column(cells: Cells[None], _keep: Keep) -> ColumnPayload:
    """Encode a column in which every value is missing."""
    length = len(cells.values)
    return column_payload("null", length, (length, None))


def bool_column(cells: Cells[bool | None], keep: Keep) -> ColumnPayload:
    """Encode truth values as a bitmap."""
    bits = pack_bits(bytes(map(bool, cells.values)))
    return column_payload("bool", len(cells.values), _nulls(cells, keep), values=keep(bits))


def float_column(cells: Cells[float | None], keep: Keep) -> ColumnPayload:
    """Encode floats; integers among them have to be exact as floats."""
    numbers = array("d", _filled(cells.values, 0.0))
    return column_payload("float64", len(numbers), _nulls(cells, keep), values=keep(numbers))


def integer_column(cells: Cells[int | None], keep: Keep) -> ColumnPayload:
    """Encode integers: 64 bits with a sign, else without one, else decimal text."""
    numbers = _filled(cells.values, 0)
    smallest, largest = min(numbers, default=0), max(numbers, default=0)
    if smallest in _INT64 and largest in _INT64:
        values = keep(array("q", numbers))
        return column_payload("int64", len(numbers), _nulls(cells, keep), values=values)
    if smallest in _UINT64 and largest in _UINT64:
        values = keep(array("Q", numbers))
        return column_payload("uint64", len(numbers), _nulls(cells, keep), values=values)
    return digits_column(cells, keep)


def digits_column(cells: Cells[int | None], keep: Keep) -> ColumnPayload:
    """Encode integers of any size as decimal text."""
    texts = [None if value is None else _decimal(cells, n) for n, value in enumerate(cells.values)]
    return _text_column("integer", Cells(cells.column, cells.rows, texts), keep)


def string_column(cells: Cells[str | None], keep: Keep) -> ColumnPayload:
    """Encode texts as UTF-8."""
    return _text_column("string", cells, keep)


def date_column(cells: Cells[date | None], keep: Keep) -> ColumnPayload:
    """Encode dates as days since 1970."""
    days = array("i", (0 if d is None else d.toordinal() - EPOCH_ORDINAL for d in cells.values))
    return column_payload("date", len(days), _nulls(cells, keep), values=keep(days))


def datetime_column(cells: Cells[datetime | None], zone: str | None, keep: Keep) -> ColumnPayload:
    """Encode datetimes in microseconds, or in nanoseconds where one carries any.

    Either all have a zone, and count from 1970 in UTC, to be shown in `zone`; or none has one.
    """
    moments = [moment for moment in cells.values if moment is not None]
    is_fine = any(map(nanosecond_of, moments))
    count = nanoseconds_since_epoch if is_fine else microseconds_since_epoch
    counts = array("q")
    for place, moment in enumerate(cells.values):
        try:
            counts.append(0 if moment is None else count(moment))
        except OverflowError:
            cells.fail(
                place,
                f"{moment} cannot stand beside datetimes with nanoseconds, which reach from 1677 "
                'to 2262. Round those to microseconds, for example with .round("us").',
            )
    return column_payload(
        "datetime",
        len(counts),
        _nulls(cells, keep),
        values=keep(counts),
        time_unit="ns" if is_fine else "us",
        time_zone=zone,
    )


def _text_column(kind: ColumnType, cells: Cells[str | None], keep: Keep) -> ColumnPayload:
    texts = _filled(cells.values, "")
    # A text that stands in many rows is there once, and would be copied for each of them.
    _check_size(cells, sum(map(len, texts)))
    joined = "".join(texts)
    if joined.isascii():
        lengths = map(len, texts)
        encoded = joined.encode()
    else:
        parts = _encoded(cells, texts)
        lengths = map(len, parts)
        encoded = b"".join(parts)
    _check_size(cells, len(encoded))
    offsets = keep(array("i", accumulate(lengths, initial=0)))
    return column_payload(
        kind, len(texts), _nulls(cells, keep), values=keep(encoded), offsets=offsets
    )


def _check_size(cells: Cells[str | None], count: int) -> None:
    if count > MAXIMUM_TEXT_BYTES:
        message = (
            f'Column "{cells.column}" holds {count:,} bytes of text, and a column takes '
            f"{MAXIMUM_TEXT_BYTES:,}. Split it into several columns or datasets."
        )
        raise ValueError(message)


def _encoded(cells: Cells[str | None], texts: list[str]) -> list[bytes]:
    parts: list[bytes] = []
    for place, text in enumerate(texts):
        try:
            parts.append(text.encode())
        except UnicodeEncodeError:
            cells.fail(
                place,
                "the text holds half of a surrogate pair, which is no character. "
                'Repair it, for example with text.encode("utf-8", "replace").decode().',
            )
    return parts


def _decimal(cells: Cells[int | None], place: int) -> str:
    try:
        return str(cells.values[place])
    except ValueError:
        cells.fail(place, "the integer has too many digits. Store it as text, such as hex(value).")


def _filled(values: list[_V | None], blank: _V) -> list[_V]:
    return [blank if value is None else value for value in values]


def _nulls(cells: Cells[_V], keep: Keep) -> tuple[int, Token | None]:
    null_count, validity = validity_of(cells.values)
    return null_count, None if validity is None else keep(validity)
