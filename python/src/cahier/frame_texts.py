"""Turns a pandas column of texts into buffers without a step of Python for each text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy
import pandas

from cahier.column_buffers import MAXIMUM_TEXT_BYTES, column_payload

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cahier._wire import ColumnPayload
    from cahier.hiding import TextMask
    from cahier.host import Keep

_SEPARATOR = "\0"
_TEXTS_AT_ONCE = 65_536
_MISSING_TYPES = {type(None), float, type(pandas.NA), type(pandas.NaT)}


class _Part(NamedTuple):
    """Some texts as UTF-8 without anything between them, and where each of them ends in it."""

    values: NDArray[numpy.uint8]
    ends: NDArray[numpy.int64]


def text_column(
    objects: NDArray[numpy.object_], keep: Keep, mask: TextMask | None
) -> ColumnPayload | None:
    """Encode a column of texts and missing values; None where it is another one.

    It is another one as well where something in it has to be looked at text by text: a secret that
    the mask hides, a character that is none, or more bytes than a column takes.
    """
    missing = pandas.isna(objects)
    null_count = int(missing.sum())
    # What else says of itself that it is not there is told by name where values are looked at.
    if null_count == len(objects) or not set(map(type, objects[missing])) <= _MISSING_TYPES:
        return None
    if null_count:
        objects = objects.copy()
        objects[missing] = ""
    parts: list[_Part] = []
    byte_size = 0
    for start in range(0, len(objects), _TEXTS_AT_ONCE):
        part = _encode(objects[start : start + _TEXTS_AT_ONCE].tolist(), mask)
        if part is None:
            return None
        parts.append(part._replace(ends=part.ends + byte_size))
        byte_size += len(part.values)
        if byte_size > MAXIMUM_TEXT_BYTES:
            return None
    ends = numpy.concatenate([part.ends for part in parts])
    nulls = (null_count, keep(numpy.packbits(~missing, bitorder="little")) if null_count else None)
    return column_payload(
        "string",
        len(objects),
        nulls,
        values=keep(numpy.concatenate([part.values for part in parts])),
        offsets=keep(numpy.concatenate([[0], ends]).astype("<i4")),
    )


def _encode(objects: list[object], mask: TextMask | None) -> _Part | None:
    """Find the texts by what stands between them, which none of them may hold."""
    try:
        joined = _SEPARATOR.join(objects)  # type: ignore[arg-type] # told by the error
        encoded = numpy.frombuffer(joined.encode(), dtype="uint8")
    except (TypeError, UnicodeEncodeError):
        return None
    if mask is not None and mask.may_be_in([joined]):
        return None
    is_separator = encoded == ord(_SEPARATOR)
    separators = numpy.flatnonzero(is_separator)
    if len(separators) != len(objects) - 1:
        return None
    ends = numpy.append(separators, len(encoded)) - numpy.arange(len(objects))
    return _Part(encoded[~is_separator], ends.astype("int64"))
