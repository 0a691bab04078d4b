"""Datasets that come back from the page as pandas DataFrames."""

from __future__ import annotations

import unittest
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import numpy
import pandas
import pytz

from cahier.datasets import dataset_payload
from cahier.frame_reading import frame_from_dataset
from onelogic.odpf.common import ODDataset

if TYPE_CHECKING:
    from collections.abc import Sequence


def keep(buffer: Any) -> bytes:  # noqa: ANN401 - any buffer
    """Keep a buffer as bytes."""
    return memoryview(buffer).tobytes()


def read_back(data: object) -> pandas.DataFrame:
    """Write a dataset and read it."""
    return frame_from_dataset(dataset_payload(data, keep))


def column(*values: object) -> pandas.Series:
    """Write the values as a column of rows and read it."""
    return read_back(ODDataset([[value] for value in values], ["a"]))["a"]


class Columns(unittest.TestCase):
    def assert_read(self, series: pandas.Series, dtype: str, values: Sequence[object]) -> None:
        self.assertEqual((str(series.dtype), series.tolist()), (dtype, list(values)))

    def test_of_numbers_have_their_types(self) -> None:
        self.assert_read(column(1, -(2**63)), "int64", [1, -(2**63)])
        self.assert_read(column(2**64 - 1, 0), "uint64", [2**64 - 1, 0])
        self.assert_read(column(0.5, 1), "float64", [0.5, 1.0])
        self.assert_read(column(True, False), "bool", [True, False])

    def test_of_numbers_beside_nulls_stay_exact(self) -> None:
        self.assert_read(column(2**62 + 1, None), "Int64", [2**62 + 1, pandas.NA])
        self.assert_read(column(2**64 - 1, None), "UInt64", [2**64 - 1, pandas.NA])
        self.assert_read(column(True, None), "boolean", [True, pandas.NA])

    def test_of_texts_are_cut_where_each_ends(self) -> None:
        columns: list[list[object]] = [
            ["Zürich", "", "日本", "a\n", "🦀"],
            ["", "", ""],
            ["only one"],
            ["a\0b", "\0", "", "c"],
            ["a", None, "", "b"],
        ]
        for texts in columns:
            self.assert_read(column(*texts), "object", texts)

    def test_of_floats_tell_nan_from_null_where_there_are_both(self) -> None:
        plain = column(0.5, None)
        self.assertEqual((str(plain.dtype), plain.isna().tolist()), ("float64", [False, True]))
        both = column(0.5, float("nan"), None)
        self.assertEqual((str(both.dtype), both.isna().tolist()[2]), ("Float64", True))
        array: Any = both.array
        self.assertTrue(numpy.isnan(array._data[1]))  # noqa: SLF001 - nowhere else to be seen
        self.assertFalse(array._mask[1])  # noqa: SLF001 - as above

    def test_of_objects_are_those_of_python(self) -> None:
        columns: list[list[object]] = [
            ["grün 😀", None, ""],
            ["plain", "", "a"],
            [10**30, None, -1],
            [date(2024, 2, 29), None, date(1, 1, 1)],
            [None, None],
            ["one", 2, None, True, 2.5, date(2024, 1, 1)],
        ]
        for values in columns:
            self.assert_read(column(*values), "object", values)

    def test_of_datetimes_have_their_zone(self) -> None:
        moment = datetime(2024, 2, 29, 12, 30, 15, 123456)
        for given in (
            moment,
            moment.replace(tzinfo=UTC),
            pytz.timezone("Europe/Berlin").localize(moment),
            moment.replace(tzinfo=timezone(timedelta(hours=-3))),
        ):
            series = column(given, None)
            self.assertEqual(series.dtype.kind, "M")
            self.assertEqual(series[0].to_pydatetime(), given)
            self.assertEqual(series[0].utcoffset(), given.utcoffset())
            self.assertIs(series[1], pandas.NaT)

    def test_of_datetimes_beyond_nanoseconds_stay_exact(self) -> None:
        for moment in (datetime(1, 1, 1), datetime(9999, 1, 1, tzinfo=UTC)):
            self.assertEqual(column(moment)[0], moment)

    def test_of_blended_datetimes_have_each_its_zone(self) -> None:
        moments = [datetime(2024, 1, 1), datetime(2024, 1, 1, tzinfo=UTC), None]
        self.assertEqual(column(*moments).tolist(), moments)

    def test_of_nanoseconds_keep_them(self) -> None:
        stamps = pandas.DataFrame({"a": pandas.to_datetime([1, 10**18 + 7], unit="ns")})
        self.assertEqual(read_back(stamps)["a"].tolist(), stamps["a"].tolist())


class Frames(unittest.TestCase):
    def test_are_what_they_were(self) -> None:
        frame = pandas.DataFrame(
            {
                "i": [1, 2],
                "f": [0.5, float("nan")],
                "b": [True, False],
                "s": ["a", "é"],
                "t": pandas.to_datetime(["2024-01-01", None]),
                "n": pandas.array([1, None], dtype="Int64"),
            }
        )
        pandas.testing.assert_frame_equal(read_back(frame), frame)

    def test_may_be_changed(self) -> None:
        frame = read_back(pandas.DataFrame({"a": [1, 2], "b": [1.5, 2.5]}))
        frame.loc[0, "a"] = 5
        frame["b"] *= 2
        self.assertEqual(frame.to_numpy().tolist(), [[5, 3.0], [2, 5.0]])

    def test_of_numbers_of_one_type_are_one_block(self) -> None:
        frame = pandas.DataFrame({"a": [1.5, 2.5], "b": [0.0, float("nan")]})
        read = read_back(frame)
        pandas.testing.assert_frame_equal(read, frame)
        (block,) = read._mgr.blocks  # noqa: SLF001 - nowhere else to be seen
        self.assertTrue(block.values.flags["C_CONTIGUOUS"])
        read.loc[0, "b"] = 4
        self.assertEqual(read.to_numpy().tolist()[0], [1.5, 4.0])

    def test_may_repeat_names_and_be_empty(self) -> None:
        frame = pandas.DataFrame([[1, 2]], columns=["a", "a"])
        self.assertEqual(list(read_back(frame).columns), ["a", "a"])
        self.assertEqual(read_back(frame.iloc[:0]).shape, (0, 2))
        self.assertEqual(read_back(pandas.DataFrame(index=range(3))).shape, (3, 0))
