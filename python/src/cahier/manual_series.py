"""Gives a column of a DataFrame the representation asked for; import it where pandas is loaded.

The rules are those of `manual_values`. Columns of numbers are looked at as a whole, and those that
are as asked are read where they lie.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy
import pandas

from cahier.columns import column_from_values
from cahier.frame_columns import (
    WIDEST_FLOAT,
    column_from_series,
    is_number_series,
    values_of_series,
)
from cahier.manual_values import BASES, Misfit, fitted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cahier._wire import ColumnPayload, Representation
    from cahier.hiding import TextMask
    from cahier.host import Keep
    from cahier.manual_values import Given

_INT64_END = 2.0**63


class FittedColumn(NamedTuple):
    """A column as it is stored, and why it is no better representation than it is."""

    column: ColumnPayload
    given: Given
    misfit: Misfit | None


def fitted_series(
    name: str,
    series: pandas.Series,
    keep: Keep,
    asked: Representation,
    mask: TextMask | None = None,
) -> FittedColumn:
    """Encode a series in the representation, or in the best one that takes all values.

    A mask hides secrets in texts.

    Raises:
        TypeError, ValueError: as `column_from_series` does.
    """
    if isinstance(series.dtype, pandas.SparseDtype):
        return fitted_series(name, series.sparse.to_dense(), keep, asked, mask)
    if is_number_series(series):
        numbers = _fitted_numbers(series, asked)
        if numbers is not None:
            whole, given, misfit = numbers
            return FittedColumn(column_from_series(name, whole, keep), given, misfit)
    elif asked == "datetime" and pandas.api.types.is_datetime64_any_dtype(series.dtype):
        return FittedColumn(column_from_series(name, series, keep), "datetime", None)
    converted, given, misfit = fitted(values_of_series(name, series, mask), asked)
    column = column_from_values(name, converted, keep, BASES[given])
    return FittedColumn(column, given, misfit)


def _fitted_numbers(
    series: pandas.Series, asked: Representation
) -> tuple[pandas.Series, Given, Misfit | None] | None:
    """Give numbers as such; None where they have to be looked at one by one."""
    if asked in ("string", "datetime") or series.dtype.itemsize > WIDEST_FLOAT:
        return None
    kind = series.dtype.kind
    if asked == "double":
        doubles = _as_doubles(series)
        return None if doubles is None else (doubles, "double", None)
    if kind != "f":
        return _as_integers(series), "int", None
    numbers = series.to_numpy(dtype="float64", na_value=numpy.nan)
    fits = numpy.isnan(numbers) | (numpy.isfinite(numbers) & (numpy.trunc(numbers) == numbers))
    if not fits.all():
        place = int(fits.argmin())
        return series, "double", Misfit(place + 1, float(numbers[place]))
    if (numpy.abs(numbers) >= _INT64_END).any():
        return None
    return _integers(numbers), "int", None


def _integers(numbers: NDArray[Any]) -> pandas.Series:
    """Give whole numbers within 64 bits as such, and NaN as missing."""
    missing = numpy.isnan(numbers)
    if not missing.any():
        return pandas.Series(numbers.astype("int64"))
    whole = numpy.where(missing, 0, numbers).astype("int64")
    return pandas.Series(pandas.arrays.IntegerArray(whole, missing))


def _as_integers(series: pandas.Series) -> pandas.Series:
    """Give truth values as 1 and 0, and integers as they are."""
    if series.dtype.kind != "b":
        return series
    missing = series.isna().to_numpy()
    whole = series.to_numpy(dtype="bool", na_value=False).astype("int64")
    return pandas.Series(pandas.arrays.IntegerArray(whole, missing))


def _as_doubles(series: pandas.Series) -> pandas.Series | None:
    """Give numbers as doubles; None where one of them is none."""
    kind = series.dtype.kind
    if kind == "f":
        return series
    missing = series.isna().to_numpy()
    wide = {"b": "bool", "i": "int64", "u": "uint64"}[kind]
    numbers = series.to_numpy(dtype=wide, na_value=0)
    doubles = numbers.astype("float64")
    if kind != "b":
        end = _INT64_END if kind == "i" else 2 * _INT64_END
        is_within = doubles < end
        back = numpy.where(is_within, doubles, 0).astype(wide)
        if not (is_within & (back == numbers)).all():
            return None
    return pandas.Series(pandas.arrays.FloatingArray(doubles, missing))
