"""Turns the columns of a pandas DataFrame into buffers; import it only where pandas is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

import numpy
import pandas

from cahier.column_buffers import column_payload
from cahier.columns import column_from_values
from cahier.frame_texts import text_column
from cahier.hiding import hide_in_values
from cahier.time_zones import zone_name
from onelogic.odpf.values import UnsupportedValueError, supported_values, type_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from cahier._wire import ColumnPayload, ColumnType, TimeUnit, Token
    from cahier.hiding import TextMask
    from cahier.host import Keep
    from onelogic.odpf.values import Value

    SeriesEncoder: TypeAlias = Callable[[str, pandas.Series, TextMask | None], ColumnPayload]

WIDEST_FLOAT = 8
_LARGEST_INT64 = 2**63 - 1
_NAT = numpy.iinfo("int64").min


def columns_from_frame(
    frame: pandas.DataFrame,
    keep: Keep,
    mask: TextMask | None = None,
    encode: SeriesEncoder | None = None,
) -> list[ColumnPayload]:
    """Encode the named levels of the index, then the columns; labels become text as they are.

    A mask hides secrets in texts. `encode` stands in for `column_from_series`.

    Raises:
        TypeError: a value is of no supported type; column, row and type are named.
        ValueError: a value that cannot be encoded; column and row are named.
    """
    hide = mask or str
    return [
        encode(hide(str(label)), series, mask)
        if encode
        else column_from_series(hide(str(label)), series, keep, mask)
        for label, series in _series_of(frame)
    ]


def _series_of(frame: pandas.DataFrame) -> Iterator[tuple[object, pandas.Series]]:
    for level, name in enumerate(frame.index.names):
        if name is not None:
            yield name, pandas.Series(frame.index.get_level_values(level))
    yield from frame.items()


def column_from_series(
    name: str, series: pandas.Series, keep: Keep, mask: TextMask | None = None
) -> ColumnPayload:
    """Encode a series; numbers and datetimes are copied once, as they lie in memory."""
    dtype = series.dtype
    if isinstance(dtype, pandas.SparseDtype):
        return column_from_series(name, series.sparse.to_dense(), keep, mask)
    if isinstance(dtype, pandas.DatetimeTZDtype) or dtype.type is numpy.datetime64:
        column = _datetime_column(series, keep)
    elif is_number_series(series):
        column = _number_column(name, series, keep)
    else:
        may_be_texts = dtype.type in (numpy.object_, str)
        texts = text_column(series.to_numpy(dtype=object), keep, mask) if may_be_texts else None
        column = texts or column_from_values(name, values_of_series(name, series, mask), keep)
    column["name"] = name
    return column


def is_number_series(series: pandas.Series) -> bool:
    """Whether it holds truth values or numbers side by side, whatever library's they are."""
    dtype = series.dtype
    apart = (pandas.SparseDtype, pandas.CategoricalDtype, pandas.PeriodDtype, pandas.IntervalDtype)
    return dtype.kind in "biuf" and not isinstance(dtype, apart)


def values_of_series(name: str, series: pandas.Series, mask: TextMask | None) -> list[Value]:
    """Give the values as plain Python values; a mask hides secrets in texts.

    Raises:
        UnsupportedValueError: the first one that no dataset holds.
    """
    return supported_values(name, hide_in_values(_objects_of(name, series), mask))


def _objects_of(name: str, series: pandas.Series) -> list[object]:
    dtype = series.dtype
    if isinstance(dtype, pandas.CategoricalDtype):
        return _category_values(series)
    if isinstance(dtype, (pandas.PeriodDtype, pandas.IntervalDtype)):
        _refuse(name, type_name(series.dtype.type))
    if dtype.kind in "mc":
        _refuse(name, str(dtype))
    objects: list[object] = series.to_numpy(dtype=object).tolist()
    return objects


def _refuse(name: str, type_text: str) -> NoReturn:
    raise UnsupportedValueError(name, 1, type_text)


def _category_values(series: pandas.Series) -> list[object]:
    """Give each value's category; the code of a missing value is -1, which finds the None."""
    categories = [*series.cat.categories.to_numpy(dtype=object), None]
    return [categories[code] for code in series.cat.codes.tolist()]


def _number_column(name: str, series: pandas.Series, keep: Keep) -> ColumnPayload:
    kind = series.dtype.kind
    nulls: tuple[int, Token | None] = (0, None)
    if isinstance(series.dtype, numpy.dtype):
        numbers = series.to_numpy()
    else:
        blank = {"b": False, "f": 0.0}.get(kind, 0)
        wide = {"b": "bool", "i": "int64", "u": "uint64", "f": "float64"}[kind]
        numbers = series.to_numpy(dtype=wide, na_value=blank)
        nulls = _nulls(series.isna().to_numpy(), keep)
    if numbers.dtype.itemsize > WIDEST_FLOAT:
        _refuse(name, str(series.dtype))
    if kind == "b":
        bits = numpy.packbits(numbers, bitorder="little")
        return column_payload("bool", len(series), nulls, values=keep(bits))
    values = keep(numpy.ascontiguousarray(numbers, dtype=f"<{kind}8"))
    return column_payload(_column_type(numbers), len(series), nulls, values=values)


def _column_type(numbers: NDArray[Any]) -> ColumnType:
    """Give unsigned numbers a sign where they all have room for it."""
    if numbers.dtype.kind == "f":
        return "float64"
    return "uint64" if int(numbers.max(initial=0)) > _LARGEST_INT64 else "int64"


def _datetime_column(series: pandas.Series, keep: Keep) -> ColumnPayload:
    """Keep the unit that pandas counts in; with a zone, the counts are in UTC."""
    zone = getattr(series.dtype, "tz", None)
    moments = (series if zone is None else series.dt.tz_convert(None)).to_numpy()
    unit: TimeUnit = numpy.datetime_data(moments.dtype)[0]  # type: ignore[assignment] # pandas has no other
    counts = numpy.ascontiguousarray(moments).view("int64")
    return column_payload(
        "datetime",
        len(series),
        _nulls(counts == _NAT, keep),
        values=keep(counts),
        time_unit=unit,
        time_zone=None if zone is None else zone_name(zone),
    )


def _nulls(missing: NDArray[numpy.bool_], keep: Keep) -> tuple[int, Token | None]:
    null_count = int(missing.sum())
    if not null_count:
        return 0, None
    return null_count, keep(numpy.packbits(~missing, bitorder="little"))
