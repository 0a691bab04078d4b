"""Reads the payload of a dataset back into a pandas DataFrame; import it only where one is needed.

It is the inverse of `column_buffers` and `frame_columns`. Integers and truth values beside nulls
have the nullable types Int64, UInt64 and boolean, so that they stay exact. Floats beside nulls are
float64 with NaN, and Float64 only where NaN is among the values too. Dates, integers beyond 64 bits
and mixed values are Python objects.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy
import pandas

from cahier.column_scales import keep_scales
from cahier.json_values import any_integers

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cahier._wire import ColumnPayload, DatasetPayload, Token

_NUMBERS = {"int64": "<i8", "uint64": "<u8", "float64": "<f8"}
_NAT = numpy.iinfo("int64").min


def frame_from_dataset(dataset: DatasetPayload) -> pandas.DataFrame:
    """Give the table with a default index; names of columns may repeat. Scales are in its `attrs`.

    Numbers are copied once, out of the buffers, and never looked at one by one. A table of
    nothing else is one block of memory, which pandas takes as it is.
    """
    columns = dataset["columns"]
    block = _number_block(columns)
    index = pandas.RangeIndex(dataset["rowCount"])
    if block is None:
        series = {place: _series(column) for place, column in enumerate(columns)}
        frame = pandas.DataFrame(series, index=index)
    else:
        frame = pandas.DataFrame(block.T, index=index, copy=False)
    names: list[object] = [column["name"] for column in columns]
    frame.columns = pandas.Index(names, dtype=object)
    keep_scales(frame, columns)
    return frame


def _number_block(columns: list[ColumnPayload]) -> NDArray[Any] | None:
    """Give the values, a row for each column; None unless all are numbers of one type, not null."""
    kinds = {column["type"] for column in columns}
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind not in _NUMBERS or any(column["validity"] is not None for column in columns):
        return None
    block = numpy.empty((len(columns), columns[0]["length"]), dtype=_NUMBERS[kind])
    for row, column in zip(block, columns, strict=True):
        _fill(row, column["values"])
    return block


def _fill(row: NDArray[Any], token: Token | None) -> None:
    """Copy the bytes of numbers into their row; from the page they come without another copy."""
    copy_into = getattr(token, "copy_into", None)
    if copy_into is not None and len(row):
        copy_into(row.view("u1").data)
    else:
        row[:] = numpy.frombuffer(_buffer(token), row.dtype)


def _series(column: ColumnPayload) -> pandas.Series:
    missing = _missing(column)
    kind = column["type"]
    if kind in _NUMBERS:
        return _number_series(column, missing)
    if kind == "bool":
        flags = _bits(column["values"], column["length"])
        if missing is None:
            return pandas.Series(flags)
        return pandas.Series(pandas.arrays.BooleanArray(flags, missing))
    if kind == "datetime":
        return _datetime_series(column, missing)
    return pandas.Series(_objects(column), dtype=object)


def _number_series(column: ColumnPayload, missing: NDArray[numpy.bool_] | None) -> pandas.Series:
    numbers = numpy.frombuffer(_buffer(column["values"]), _NUMBERS[column["type"]])
    if missing is None:
        return pandas.Series(numbers)
    if column["type"] != "float64":
        return pandas.Series(pandas.arrays.IntegerArray(numbers.copy(), missing))
    if numpy.isnan(numbers[~missing]).any():
        return pandas.Series(pandas.arrays.FloatingArray(numbers.copy(), missing))
    return pandas.Series(numpy.where(missing, numpy.nan, numbers))


def _datetime_series(column: ColumnPayload, missing: NDArray[numpy.bool_] | None) -> pandas.Series:
    """Keep the unit where this version of pandas has it; else it counts in nanoseconds."""
    moments = _moments(column, missing)
    try:
        series = pandas.Series(moments)
    except pandas.errors.OutOfBoundsDatetime:
        return pandas.Series(_objects(column), dtype=object)
    zone = column["timeZone"]
    if zone is None:
        return series
    return series.dt.tz_localize("UTC").dt.tz_convert(_zone(zone))


def _moments(column: ColumnPayload, missing: NDArray[numpy.bool_] | None) -> NDArray[Any]:
    counts = numpy.frombuffer(_buffer(column["values"]), "<i8")
    if missing is not None:
        counts = numpy.where(missing, _NAT, counts)
    moments: NDArray[Any] = counts.view(f"datetime64[{column['timeUnit']}]")
    return moments


def _zone(name: str) -> object:
    """Give the zone of this name or offset; UTC where it is not known here."""
    try:
        return pandas.Timestamp(0, tz="UTC").tz_convert(name).tz
    except (KeyError, ValueError, OSError):
        # A name that is not known is a KeyError, and with pytz a subclass of it.
        return "UTC"


def _objects(column: ColumnPayload) -> NDArray[Any]:
    """Give the values as Python objects, None for a null."""
    values = _OBJECTS[column["type"]](column)
    missing = _missing(column)
    if missing is not None:
        values[missing] = None
    return values


def _nulls(column: ColumnPayload) -> NDArray[Any]:
    return numpy.full(column["length"], None, dtype=object)


def _numbers(column: ColumnPayload) -> NDArray[Any]:
    return numpy.frombuffer(_buffer(column["values"]), _NUMBERS[column["type"]]).astype(object)


def _bools(column: ColumnPayload) -> NDArray[Any]:
    return _bits(column["values"], column["length"]).astype(object)


def _texts(column: ColumnPayload) -> NDArray[Any]:
    offsets = numpy.frombuffer(_buffer(column["offsets"]), "<i4")
    texts = numpy.empty(column["length"], dtype=object)
    if not len(texts):
        return texts
    content = numpy.frombuffer(_buffer(column["values"]), "u1")[offsets[0] : offsets[-1]]
    if content.all():
        texts[:] = _split(content, offsets - offsets[0])
    else:
        whole = content.tobytes()
        pairs = pairwise((offsets - offsets[0]).tolist())
        texts[:] = [whole[start:end].decode() for start, end in pairs]
    return texts


def _split(content: NDArray[numpy.uint8], offsets: NDArray[numpy.int32]) -> list[str]:
    """Cut texts without a zero byte by putting one between each two: faster than one by one."""
    zeros = offsets[1:-1] + numpy.arange(len(offsets) - 2)
    is_text = numpy.ones(len(content) + len(zeros), dtype=bool)
    is_text[zeros] = False
    spaced = numpy.zeros(len(is_text), dtype="u1")
    spaced[is_text] = content
    return spaced.tobytes().decode().split("\0")


def _integers(column: ColumnPayload) -> NDArray[Any]:
    integers = numpy.empty(column["length"], dtype=object)
    with any_integers():
        integers[:] = [int(text or "0") for text in _texts(column)]
    return integers


def _dates(column: ColumnPayload) -> NDArray[Any]:
    days = numpy.frombuffer(_buffer(column["values"]), "<i4")
    return days.astype("datetime64[D]").astype(object)


def _datetimes(column: ColumnPayload) -> NDArray[Any]:
    """Give Timestamps where pandas can count that far, else datetimes of Python."""
    moments = _moments(column, _missing(column))
    zone = column["timeZone"]
    try:
        index = pandas.DatetimeIndex(moments)
    except pandas.errors.OutOfBoundsDatetime:
        plain = moments.astype("datetime64[us]").astype(object)
        if zone is None:
            return plain
        tz = pandas.Timestamp(0, tz="UTC").tz_convert(_zone(zone)).tz
        return numpy.array([moment and tz.fromutc(moment.replace(tzinfo=tz)) for moment in plain])
    if zone is not None:
        index = index.tz_localize("UTC").tz_convert(_zone(zone))
    objects: NDArray[Any] = index.astype(object).to_numpy(dtype=object).copy()
    return objects


def _members(column: ColumnPayload) -> NDArray[Any]:
    """Read a dense union child by child."""
    numbers = numpy.frombuffer(_buffer(column["values"]), "i1")
    places = numpy.frombuffer(_buffer(column["offsets"]), "<i4")
    values = numpy.full(column["length"], None, dtype=object)
    for number, child in enumerate(column["children"]):
        is_here = numbers == number
        values[is_here] = _objects(child)[places[is_here]]
    return values


def _missing(column: ColumnPayload) -> NDArray[numpy.bool_] | None:
    if column["validity"] is None:
        return None
    return ~_bits(column["validity"], column["length"])


def _bits(bitmap: Token | None, length: int) -> NDArray[numpy.bool_]:
    packed = numpy.frombuffer(_buffer(bitmap), "u1")
    bits = numpy.unpackbits(packed, count=length, bitorder="little")
    return bits.view(numpy.bool_)


def _buffer(token: Token | None) -> memoryview:
    """Look at bytes, or at what the page has; numpy alone would not hold on to a copy of that."""
    return memoryview(b"" if token is None else token)  # type: ignore[arg-type] # buffers all


_OBJECTS: dict[str, Callable[[ColumnPayload], NDArray[Any]]] = {
    "null": _nulls,
    "bool": _bools,
    "int64": _numbers,
    "uint64": _numbers,
    "float64": _numbers,
    "string": _texts,
    "integer": _integers,
    "date": _dates,
    "datetime": _datetimes,
    "mixed": _members,
}
