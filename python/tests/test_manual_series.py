"""What "Manual TI" makes of the columns of a DataFrame, which it looks at as a whole if it can."""

from __future__ import annotations

import unittest
from random import Random
from typing import TYPE_CHECKING, Any

import numpy
import pandas
from decoding import Column, columns_of
from manual_columns import ASKED, random_column
from recording_host import RecordingHost

from cahier.columns import column_from_values
from cahier.manual_series import fitted_series
from cahier.manual_values import BASES, Misfit, fitted
from onelogic.odpf.values import UnsupportedValueError, supported_values

if TYPE_CHECKING:
    from cahier._wire import ColumnPayload, Representation

_SERIES = 400
_SHARE_MISSING = 0.2
_NUMBER_DTYPES = ("int8", "int64", "uint64", "float32", "float64", "bool")
_NULLABLE_DTYPES = ("Int64", "UInt64", "Float64", "boolean")


def read(column: ColumnPayload) -> Column:
    """Read a column back."""
    return columns_of({"rowCount": column["length"], "columns": [column]})[0]


def fit(values: object, asked: Representation, dtype: object = None) -> tuple[str, Any, Any, Any]:
    """Encode a series and give its type, its values, what was given and why."""
    series = values if isinstance(values, pandas.Series) else pandas.Series(values, dtype=dtype)
    column, given, misfit = fitted_series("c", series, RecordingHost().keep, asked)
    _, kind, shown = read(column)
    return kind, shown, given, misfit


class Numbers(unittest.TestCase):
    def test_of_floats_are_integers_where_all_are_whole(self) -> None:
        self.assertEqual(fit([1.0, -2.0], "int"), ("int64", [1, -2], "int", None))
        self.assertEqual(fit([1.0, numpy.nan], "numeric"), ("int64", [1, None], "int", None))
        self.assertEqual(fit([1.0, None], "int", "Float32"), ("int64", [1, None], "int", None))

    def test_of_floats_stay_so_where_one_is_not_whole(self) -> None:
        for value in (2.5, numpy.inf):
            self.assertEqual(
                fit([1.0, value], "int"), ("float64", [1.0, value], "double", Misfit(2, value))
            )

    def test_beyond_64_bits_are_exact(self) -> None:
        self.assertEqual(fit([2.0**63], "int"), ("uint64", [2**63], "int", None))
        self.assertEqual(fit([-(2.0**63)], "int"), ("int64", [-(2**63)], "int", None))
        self.assertEqual(fit([1e25, None], "int"), ("integer", [int(1e25), None], "int", None))

    def test_of_integers_are_doubles_where_those_hold_them(self) -> None:
        self.assertEqual(fit([1, 2**60], "double"), ("float64", [1.0, 2.0**60], "double", None))
        self.assertEqual(
            fit([1, None], "double", "Int64"), ("float64", [1.0, None], "double", None)
        )
        for dtype, value in (
            ("int64", 2**53 + 1),
            ("int64", 2**63 - 1),
            ("int64", -(2**53) - 1),
            ("uint64", 2**64 - 1),
        ):
            self.assertEqual(
                fit([1, value], "double", dtype),
                ("string", ["1", str(value)], "string", Misfit(2, value)),
            )

    def test_of_truth_values_are_1_and_0(self) -> None:
        self.assertEqual(fit([True, False], "int"), ("int64", [1, 0], "int", None))
        self.assertEqual(
            fit([True, None], "double", "boolean"), ("float64", [1.0, None], "double", None)
        )

    def test_become_texts_as_python_writes_them(self) -> None:
        self.assertEqual(fit([1.0, numpy.nan], "string"), ("string", ["1.0", None], "string", None))
        self.assertEqual(fit([7], "datetime"), ("string", ["7"], "string", Misfit(1, 7)))

    def test_of_sparse_columns_are_spread_out(self) -> None:
        sparse = pandas.Series(pandas.arrays.SparseArray([0.0, 7.0]))
        self.assertEqual(fit(sparse, "int"), ("int64", [0, 7], "int", None))

    @unittest.skipIf(
        numpy.dtype("longdouble").itemsize == 8,
        "a long double is as wide as a double here",
    )
    def test_wider_than_a_float_are_refused(self) -> None:
        for asked in ASKED:
            with self.assertRaises(UnsupportedValueError):
                fit(numpy.array([1], "longdouble"), asked)


class OtherColumns(unittest.TestCase):
    def test_of_datetimes_stay_as_pandas_counts_them(self) -> None:
        moments = pandas.Series(pandas.to_datetime(["1970-01-01 00:00:01", None], utc=True))
        kind, values, given, misfit = fit(moments, "datetime")
        self.assertEqual((kind[-3:], given, misfit), ("UTC", "datetime", None))
        self.assertEqual((values[0] % 10, values[1]), (0, None))

    def test_of_datetimes_are_no_numbers(self) -> None:
        moments = pandas.Series([pandas.Timestamp("2024-02-29 12:00", tz="UTC"), pandas.NaT])
        numbers: tuple[Representation, ...] = ("int", "double", "numeric")
        for asked in numbers:
            kind, values, given, misfit = fit(moments, asked)
            self.assertEqual(
                (kind, values, given), ("string", ["2024-02-29T12:00:00+00:00", None], "string")
            )
            self.assertEqual((misfit.row, str(misfit.value)), (1, "2024-02-29 12:00:00+00:00"))

    def test_of_categories_go_by_their_values(self) -> None:
        sizes = pandas.Series(["2", "1", None], dtype="category")
        self.assertEqual(fit(sizes, "int"), ("int64", [2, 1, None], "int", None))

    def test_of_texts_of_pandas(self) -> None:
        self.assertEqual(fit(["2", None], "int", "string"), ("int64", [2, None], "int", None))

    def test_without_a_value_are_what_was_asked(self) -> None:
        kinds: dict[Representation, str] = {"int": "int64", "string": "string", "numeric": "int64"}
        for dtype in ("float64", "Int64", "object", "string", "datetime64[ns]"):
            for asked, kind in kinds.items():
                self.assertEqual(fit([None, None], asked, dtype)[:2], (kind, [None, None]), dtype)
            self.assertEqual(fit([None], "datetime", dtype)[0].split()[0], "datetime", dtype)

    def test_of_no_supported_dtype_are_refused(self) -> None:
        for series in (
            pandas.Series(pandas.period_range("2024", periods=1, freq="Y")),
            pandas.Series(pandas.to_timedelta([1])),
            pandas.Series([1j]),
            pandas.Series([object()]),
        ):
            for asked in ASKED:
                with self.assertRaises(UnsupportedValueError):
                    fit(series, asked)


class Memory(unittest.TestCase):
    def test_columns_that_are_as_asked_are_read_where_they_lie(self) -> None:
        cases: tuple[tuple[Any, Representation], ...] = (
            ([1, 2], "int"),
            ([1, 2], "numeric"),
            ([0.5, 1.0], "double"),
            ([0.5, 1.0], "numeric"),
            (pandas.to_datetime(["2024-02-29", "2024-03-01"]), "datetime"),
        )
        for values, asked in cases:
            series = pandas.Series(values)
            kept: list[Any] = []
            fitted_series("c", series, kept.append, asked)
            self.assertEqual(
                [numpy.shares_memory(buffer, series.to_numpy()) for buffer in kept], [True], asked
            )


class RandomSeries(unittest.TestCase):
    """Whatever way is taken, a column becomes what its values would become one by one."""

    def test_of_numbers(self) -> None:
        for seed in range(_SERIES):
            random = Random(seed)  # noqa: S311 - no secret
            dtype = random.choice(_NUMBER_DTYPES + _NULLABLE_DTYPES)
            self.assert_as_values(_numbers(random, dtype), seed)

    def test_of_objects(self) -> None:
        for seed in range(_SERIES):
            values = random_column(Random(seed))  # noqa: S311 - no secret
            self.assert_as_values(pandas.Series(values, dtype=object), seed)

    def assert_as_values(self, series: pandas.Series, seed: int) -> None:
        """Compare the two ways."""
        keep = RecordingHost().keep
        for asked in ASKED:
            objects = supported_values("c", series.to_numpy(dtype=object).tolist())
            values, given, misfit = fitted(objects, asked)
            by_values = read(column_from_values("c", values, keep, BASES[given]))
            found = fitted_series("c", series, keep, asked)
            with self.subTest(seed=seed, asked=asked, dtype=str(series.dtype)):
                self.assertEqual(
                    repr((read(found.column), found.given, found.misfit)),
                    repr((by_values, given, misfit)),
                )


def _numbers(random: Random, dtype: str) -> pandas.Series:
    count = random.randrange(6)
    plain = numpy.dtype(dtype.lower().replace("boolean", "bool"))
    kind = plain.kind
    pools: dict[str, list[Any]] = {
        "b": [True, False],
        "i": [0, 1, -7, 100],
        "u": [0, 1, 200, 2**53 + 1, 2**64 - 1],
        "f": [0.0, 1.0, -3.0, 2.0**40, 0.5, numpy.nan],
    }
    pool = pools[kind]
    if dtype in ("int64", "Int64"):
        pool += [2**53, 2**53 + 1, 2**63 - 1, -(2**63)]
    if dtype == "uint64":
        pool = pool[: random.randrange(1, 5)]
    if kind == "f":
        pool = random.choice([pool[:4], pool, [*pool, numpy.inf], [*pool[:4], 2.0**63]])
    numbers = pandas.Series(
        numpy.array([random.choice(pool) for _ in range(count)], dtype=plain), dtype=dtype
    )
    if dtype in _NULLABLE_DTYPES:
        numbers[[random.random() < _SHARE_MISSING for _ in range(count)]] = pandas.NA
    return numbers
