"""Reads the payload of a dataset as rows, a dict each, with nothing but the standard library."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cahier.json_values import any_integers
from cahier.rules import RuleError
from cahier.time_zones import EPOCH, EPOCH_ORDINAL, UTC_EPOCH, find_zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cahier._wire import ColumnPayload, DatasetPayload

# Each unit of time in microseconds, as a fraction.
_MICROSECONDS = {"s": (1_000_000, 1), "ms": (1_000, 1), "us": (1, 1), "ns": (1, 1_000)}
_FORMATS = {"int64": "q", "uint64": "Q", "float64": "d"}
# So many rows are Python objects at a time: a row of ten takes a kilobyte.
_CHUNK_ROWS = 10_000


def rows_of_dataset(dataset: DatasetPayload) -> Iterator[dict[str, Any]]:
    """Give the rows in order; of columns with one name the last wins.

    Datetimes are of the standard library, exact to the microsecond; nanoseconds are cut off. They
    are in UTC where their zone is not known.

    Raises:
        RuleError: a date or datetime that Python does not have; column and row are named.
    """
    names = [column["name"] for column in dataset["columns"]]
    readers = [_named_reader(column) for column in dataset["columns"]]
    count = dataset["rowCount"]
    for start in range(0, count, _CHUNK_ROWS):
        end = min(start + _CHUNK_ROWS, count)
        columns = [read(start, end) for read in readers]
        rows = zip(*columns, strict=True) if columns else [()] * (end - start)
        for values in rows:
            yield dict(zip(names, values, strict=True))


class _OutOfRangeError(Exception):
    """A date that Python does not have, at a place in its column, from 0."""

    def __init__(self, place: int, kind: str) -> None:
        super().__init__()
        self.place = place
        self.kind = kind

    def rule_error(self, name: str) -> RuleError:
        return RuleError(
            f'Column "{name}", row {self.place + 1:,}: the {self.kind} lies outside of the years 1 '
            "to 9999, which are those of Python. Remove the row, or make the column text or "
            "numbers, in the cell that the rows come from."
        )


def _named_reader(column: ColumnPayload) -> Callable[[int, int], list[Any]]:
    """Give what reads the values, and names the column where one cannot be read."""
    try:
        read = _reader(column)
    except _OutOfRangeError as error:
        raise error.rule_error(column["name"]) from None

    def read_named(start: int, end: int) -> list[Any]:
        try:
            return read(start, end)
        except _OutOfRangeError as error:
            raise error.rule_error(column["name"]) from None

    return read_named


def _reader(column: ColumnPayload) -> Callable[[int, int], list[Any]]:
    """Give what reads the values from one row to another, None for a null."""
    read = _READERS[column["type"]](column)
    if column["validity"] is None:
        return read
    is_valid = _bits(column["validity"])

    def read_with_nulls(start: int, end: int) -> list[Any]:
        return [
            value if valid else None
            for value, valid in zip(read(start, end), is_valid(start, end), strict=True)
        ]

    return read_with_nulls


def _nulls(_column: ColumnPayload) -> Callable[[int, int], list[Any]]:
    return lambda start, end: [None] * (end - start)


def _bools(column: ColumnPayload) -> Callable[[int, int], list[Any]]:
    return _bits(column["values"])


def _numbers(column: ColumnPayload) -> Callable[[int, int], list[Any]]:
    numbers = _view(column["values"], _FORMATS[column["type"]])
    return lambda start, end: numbers[start:end].tolist()


def _texts(column: ColumnPayload) -> Callable[[int, int], list[Any]]:
    content = _view(column["values"], "B")
    offsets = _view(column["offsets"], "i")

    def read(start: int, end: int) -> list[Any]:
        places = offsets[start : end + 1].tolist()
        first = places[0]
        part = bytes(content[first : places[-1]])
        if part.isascii():
            text = part.decode()
            return [text[one - first : other - first] for one, other in pairwise(places)]
        return [part[one - first : other - first].decode() for one, other in pairwise(places)]

    return read


def _integers(column: ColumnPayload) -> Callable[[int, int], list[Any]]:
    read_texts = _texts(column)

    def read(start: int, end: int) -> list[Any]:
        with any_integers():
            return [int(text or "0") for text in read_texts(start, end)]

    return read


def _dates(column: ColumnPayload) -> Callable[[int, int], list[Any]]:
    days = _view(column["values"], "i")
    return _in_range(
        column, days, lambda some: [date.fromordinal(day + EPOCH_ORDINAL) for day in some]
    )


def _datetimes(column: ColumnPayload) -> Callable[[int, int], list[Any]]:
    counts = _view(column["values"], "q")
    factor, divisor = _MICROSECONDS[column["timeUnit"] or "us"]
    zone = None if column["timeZone"] is None else find_zone(column["timeZone"]) or UTC

    def read(some: list[int]) -> list[date]:
        spans = [timedelta(microseconds=count * factor // divisor) for count in some]
        if zone is None:
            return [EPOCH + span for span in spans]
        return [(UTC_EPOCH + span).astimezone(zone) for span in spans]

    return _in_range(column, counts, read)


def _in_range(
    column: ColumnPayload, counts: memoryview, convert: Callable[[list[int]], list[date]]
) -> Callable[[int, int], list[Any]]:
    """Give what reads dates out of their counts; that of a null may be any number."""
    is_valid = None if column["validity"] is None else _bits(column["validity"])

    def convert_one(place: int) -> date | None:
        if is_valid is not None and not is_valid(place, place + 1)[0]:
            return None
        try:
            return convert([counts[place]])[0]
        except (OverflowError, ValueError):
            raise _OutOfRangeError(place, column["type"]) from None

    def read(start: int, end: int) -> list[Any]:
        try:
            return convert(counts[start:end].tolist())
        except (OverflowError, ValueError):
            return [*map(convert_one, range(start, end))]

    return read


def _members(column: ColumnPayload) -> Callable[[int, int], list[Any]]:
    """Read a dense union: each value from its place in the child that has it."""
    numbers = _view(column["values"], "b")
    places = _view(column["offsets"], "i")
    children: list[list[Any]] = []
    for number, child in enumerate(column["children"]):
        try:
            children.append(_reader(child)(0, child["length"]))
        except _OutOfRangeError as error:
            pairs = [*zip(numbers.tolist(), places.tolist(), strict=True)]
            raise _OutOfRangeError(pairs.index((number, error.place)), error.kind) from None
    return lambda start, end: [
        children[number][place]
        for number, place in zip(
            numbers[start:end].tolist(), places[start:end].tolist(), strict=True
        )
    ]


def _bits(bitmap: object) -> Callable[[int, int], list[bool]]:
    packed = _view(bitmap, "B")
    return lambda start, end: [
        bool(packed[place >> 3] >> (place & 7) & 1) for place in range(start, end)
    ]


def _view(token: object, code: str) -> memoryview:
    """Look at a buffer as numbers; bytes, or a memoryview from the page."""
    return memoryview(b"" if token is None else token).cast("B").cast(code)  # type: ignore[arg-type] # buffers both


_READERS: dict[str, Callable[[ColumnPayload], Callable[[int, int], list[Any]]]] = {
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
