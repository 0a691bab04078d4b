"""Reads column buffers back, so that tests can say what a table shows."""

from __future__ import annotations

import struct
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cahier._wire import ColumnPayload, DatasetPayload, OutputPayload

_NUMBER_FORMATS = {"int64": "q", "uint64": "Q", "float64": "d", "date": "i", "datetime": "q"}


def dataset_of(output: OutputPayload) -> DatasetPayload:
    """Give the dataset of an output, which has to be one."""
    value = output["value"]
    assert value["kind"] == "dataset", value
    return value["dataset"]


class Column(NamedTuple):
    """A column as it can be read: datetimes and dates as counts since 1970."""

    name: str
    type: str
    values: list[object]


def columns_of(dataset: DatasetPayload) -> list[Column]:
    """Read a dataset; every column has to be as long as it."""
    assert all(column["length"] == dataset["rowCount"] for column in dataset["columns"])
    return [
        Column(column["name"], type_of(column), values_of(column)) for column in dataset["columns"]
    ]


def type_of(column: ColumnPayload) -> str:
    """Name the type with unit and zone, and with the children of a mixed one."""
    if column["type"] == "datetime":
        return " ".join(filter(None, ("datetime", column["timeUnit"], column["timeZone"])))
    children = ", ".join(map(type_of, column["children"]))
    return f"{column['type']}({children})" if children else column["type"]


def values_of(column: ColumnPayload) -> list[object]:
    """Read the values, with None for nulls; the count of nulls has to be true."""
    length = column["length"]
    if column["type"] == "null":
        assert column["nullCount"] == length
        return [None] * length
    values = _VALUE_READERS.get(column["type"], _numbers)(column)
    assert len(values) == length
    validity = column["validity"]
    present = [True] * length if validity is None else _bits(_bytes(validity), length)
    assert present.count(False) == column["nullCount"]
    return [value if is_valid else None for value, is_valid in zip(values, present, strict=True)]


def _numbers(column: ColumnPayload) -> Sequence[object]:
    code = _NUMBER_FORMATS[column["type"]]
    return struct.unpack(f"<{column['length']}{code}", _bytes(column["values"]))


def _bools(column: ColumnPayload) -> Sequence[object]:
    return _bits(_bytes(column["values"]), column["length"])


def _strings(column: ColumnPayload) -> Sequence[object]:
    offsets = struct.unpack(f"<{column['length'] + 1}i", _bytes(column["offsets"]))
    text = _bytes(column["values"])
    assert offsets[-1] == len(text)
    return [text[start:end].decode() for start, end in pairwise(offsets)]


def _integers(column: ColumnPayload) -> Sequence[object]:
    return [int(text) if isinstance(text, str) and text else None for text in _strings(column)]


def _members(column: ColumnPayload) -> Sequence[object]:
    children = [values_of(child) for child in column["children"]]
    numbers = struct.unpack(f"<{column['length']}b", _bytes(column["values"]))
    places = struct.unpack(f"<{column['length']}i", _bytes(column["offsets"]))
    return [children[number][place] for number, place in zip(numbers, places, strict=True)]


def _bits(bitmap: bytes, length: int) -> list[bool]:
    assert len(bitmap) == (length + 7) // 8
    return [bool(bitmap[place // 8] >> place % 8 & 1) for place in range(length)]


def _bytes(token: object) -> bytes:
    assert isinstance(token, bytes)
    return token


_VALUE_READERS = {
    "bool": _bools,
    "string": _strings,
    "integer": _integers,
    "mixed": _members,
}
