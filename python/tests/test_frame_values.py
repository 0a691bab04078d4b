"""How the columns of a pandas DataFrame become column buffers."""

from __future__ import annotations

import unittest
from datetime import date, datetime
from decimal import Decimal
from unittest.mock import patch

import numpy
import pandas
from decoding import Column, columns_of
from recording_host import RecordingHost

from cahier.datasets import dataset_payload
from cahier.secrets_mask import SecretsMask
from onelogic.odpf.common import ODDataset


def columns(frame: pandas.DataFrame) -> list[Column]:
    """Encode a frame and read it back."""
    return columns_of(dataset_payload(frame, RecordingHost().keep))


def column(values: object, dtype: object = None) -> Column:
    """Encode a frame of one column and read it back."""
    (only,) = columns(pandas.DataFrame({"c": pandas.Series(values, dtype=dtype)}))
    return only


class Numbers(unittest.TestCase):
    def test_integers_of_any_width_have_64_bits(self) -> None:
        for dtype in ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"):
            self.assertEqual(column([1, 0, 100], dtype), ("c", "int64", [1, 0, 100]), dtype)

    def test_unsigned_integers_stay_so_only_where_they_have_to(self) -> None:
        self.assertEqual(column([2**63 - 1, 2**63], "uint64"), ("c", "uint64", [2**63 - 1, 2**63]))

    def test_floats_of_any_width_have_64_bits(self) -> None:
        for dtype in ("float16", "float32", "float64"):
            self.assertEqual(column([0.5, -2.0], dtype), ("c", "float64", [0.5, -2.0]), dtype)

    def test_nan_stays_a_number(self) -> None:
        _, kind, (first, second) = column([numpy.nan, 1.0], "float64")
        self.assertEqual((kind, second), ("float64", 1.0))
        self.assertTrue(first != first)  # noqa: PLR0124

    def test_truth_values(self) -> None:
        values = [True, False, True] * 5
        self.assertEqual(column(values, "bool"), ("c", "bool", values))

    def test_nullable_ones_have_nulls(self) -> None:
        for dtype, kind, values in (
            ("Int8", "int64", [1, None, -3]),
            ("Int64", "int64", [2**62 + 1, None, 3]),
            ("UInt64", "uint64", [2**64 - 1, None, 3]),
            ("Float32", "float64", [0.5, None, 3.0]),
            ("boolean", "bool", [True, None, False]),
        ):
            self.assertEqual(column(values, dtype), ("c", kind, values), dtype)

    def test_sparse_ones_are_spread_out(self) -> None:
        sparse = pandas.arrays.SparseArray([0, 0, 7])
        self.assertEqual(column(sparse), ("c", "int64", [0, 0, 7]))
        with_nan = dataset_payload(
            pandas.DataFrame({"c": pandas.arrays.SparseArray([0.5, numpy.nan])}),
            RecordingHost().keep,
        )
        self.assertEqual(with_nan["columns"][0]["nullCount"], 0)

    def test_big_endian_ones_are_turned_round(self) -> None:
        self.assertEqual(column(numpy.array([1, 2], ">i4")), ("c", "int64", [1, 2]))
        self.assertEqual(column(numpy.array([2**63], ">u8")), ("c", "uint64", [2**63]))
        self.assertEqual(column(numpy.array([1, 2], ">f8")), ("c", "float64", [1.0, 2.0]))

    def test_columns_that_lie_across_memory(self) -> None:
        frame = pandas.DataFrame(numpy.arange(6).reshape(3, 2)[::2], columns=["a", "b"])
        self.assertEqual(columns(frame), [("a", "int64", [0, 4]), ("b", "int64", [1, 5])])


class Datetimes(unittest.TestCase):
    def test_keep_the_unit_of_pandas(self) -> None:
        moments = pandas.Series(["1970-01-01T00:00:01", None], dtype="datetime64[ns]")
        self.assertEqual(column(moments), ("c", "datetime ns", [1_000_000_000, None]))

    @unittest.skipIf(pandas.__version__ < "2", "pandas before 2 counts in nanoseconds alone")
    def test_keep_coarser_units_too(self) -> None:
        for unit, count in (("s", 1), ("ms", 1_000), ("us", 1_000_000)):
            moments = pandas.Series(["1970-01-01T00:00:01", None], dtype=f"datetime64[{unit}]")
            self.assertEqual(column(moments), ("c", f"datetime {unit}", [count, None]))

    def test_with_a_zone_count_in_utc(self) -> None:
        for zone in ("Europe/Berlin", "UTC", "+02:00"):
            moments = pandas.Series(pandas.to_datetime([0, None], utc=True)).dt.tz_convert(zone)
            self.assertEqual(column(moments), ("c", f"datetime ns {zone}", [0, None]))

    def test_objects_count_in_microseconds_unless_one_has_nanoseconds(self) -> None:
        plain, exact = pandas.Timestamp(1_000), pandas.Timestamp(1_001)
        self.assertEqual(column([plain, pandas.NaT], object), ("c", "datetime us", [1, None]))
        self.assertEqual(column([plain, exact], object), ("c", "datetime ns", [1_000, 1_001]))

    def test_objects_with_nanoseconds_do_not_stand_beside_distant_years(self) -> None:
        with self.assertRaises(ValueError) as caught:
            column([pandas.Timestamp(1), datetime(9999, 1, 1)], object)
        self.assertEqual(
            str(caught.exception),
            'Column "c", row 2: 9999-01-01 00:00:00 cannot stand beside datetimes with '
            "nanoseconds, which reach from 1677 to 2262. "
            'Round those to microseconds, for example with .round("us").',
        )


class Texts(unittest.TestCase):
    def test_of_many_rows_are_read_back_as_they_were(self) -> None:
        words = ["", "a", "Zürich", "日本", "🦀", "two\nlines", " ", "0.10"]
        texts = [words[number % 8] + str(number % 5) * (number % 3) for number in range(150_000)]
        self.assertEqual(column(texts, object), ("c", "string", texts))
        self.assertEqual(column(texts, "string"), ("c", "string", texts))

    def test_may_hold_what_no_character_shows(self) -> None:
        texts = ["a\0b", "\0", "", "c"]
        self.assertEqual(column(texts, object), ("c", "string", texts))

    def test_that_are_missing_are_nulls_wherever_they_stand(self) -> None:
        texts: list[str | None] = [None, "a", None, "", "b", None] * 30_000
        self.assertEqual(column(texts, object), ("c", "string", texts))

    def test_beside_what_no_dataset_holds_are_refused(self) -> None:
        problem = 'Column "c", row 2: values of type decimal.Decimal are not supported'
        for value in (Decimal("1.5"), Decimal("NaN")):
            with self.assertRaisesRegex(TypeError, problem):
                column(["a", value], object)

    def test_with_half_a_character_are_refused_by_their_row(self) -> None:
        with self.assertRaisesRegex(ValueError, 'Column "c", row 3: the text holds half of a'):
            column(["a", "b", "\ud800"], object)

    def test_of_more_bytes_than_a_column_takes_are_refused(self) -> None:
        with (
            patch("cahier.column_buffers.MAXIMUM_TEXT_BYTES", 5),
            patch("cahier.frame_texts.MAXIMUM_TEXT_BYTES", 5),
            self.assertRaisesRegex(ValueError, 'Column "c" holds 6 bytes of text'),
        ):
            column(["abc", "def"], object)

    def test_are_hidden_where_they_hold_a_secret(self) -> None:
        mask = SecretsMask()
        mask.add("open sesame")
        frame = pandas.DataFrame({"c": ["say open sesame now", None, "open", " sesame"]})
        payload = dataset_payload(frame, RecordingHost().keep, mask)
        (only,) = columns_of(payload)
        self.assertEqual(only.values, ["say **** now", None, "open", " sesame"])


class OtherColumns(unittest.TestCase):
    def test_texts_with_any_kind_of_missing_value(self) -> None:
        for missing in (None, numpy.nan, pandas.NA, pandas.NaT):
            self.assertEqual(column(["é", missing], object), ("c", "string", ["é", None]))
        self.assertEqual(column(["é", None], "string"), ("c", "string", ["é", None]))

    def test_objects_go_by_their_exact_types(self) -> None:
        self.assertEqual(column([1, None, 2], object), ("c", "int64", [1, None, 2]))
        self.assertEqual(column([2**70], object), ("c", "integer", [2**70]))
        self.assertEqual(column([date(1970, 1, 2)], object), ("c", "date", [1]))
        self.assertEqual(column([1, "a"], object), ("c", "mixed(int64, string)", [1, "a"]))

    def test_scalars_of_numpy_are_plain_values(self) -> None:
        for scalar, kind, value in (
            (numpy.int8(1), "int64", 1),
            (numpy.uint64(2**64 - 1), "uint64", 2**64 - 1),
            (numpy.float32(0.5), "float64", 0.5),
            (numpy.float64(0.5), "float64", 0.5),
            (numpy.bool_(True), "bool", True),
            (numpy.str_("a"), "string", "a"),
            (numpy.datetime64("1970-01-02"), "date", 1),
            (numpy.datetime64(5, "s"), "datetime us", 5_000_000),
            (numpy.datetime64(5_001, "ns"), "datetime ns", 5_001),
            (numpy.datetime64("NaT"), "null", None),
        ):
            self.assertEqual(column([scalar], object), ("c", kind, [value]))

    def test_categories_are_their_values(self) -> None:
        self.assertEqual(
            column(["b", None, "a", "b"], "category"), ("c", "string", ["b", None, "a", "b"])
        )
        self.assertEqual(
            column(pandas.Categorical.from_codes([1, -1, 0], [10, 20])),
            ("c", "int64", [20, None, 10]),
        )

    def test_no_rows_keep_the_type(self) -> None:
        self.assertEqual(column([], "int32"), ("c", "int64", []))
        self.assertEqual(column([], "datetime64[ns]"), ("c", "datetime ns", []))
        self.assertEqual(column([], object), ("c", "null", []))


class Labels(unittest.TestCase):
    def test_become_text_as_they_are(self) -> None:
        frame = pandas.DataFrame([[1, 2, 3, 4]], columns=["a", "a", "", 5])
        self.assertEqual(
            columns(frame),
            [
                ("a", "int64", [1]),
                ("a", "int64", [2]),
                ("", "int64", [3]),
                ("5", "int64", [4]),
            ],
        )

    def test_of_several_levels_are_tuples(self) -> None:
        frame = pandas.DataFrame([[1]], columns=pandas.MultiIndex.from_tuples([("a", "b")]))
        self.assertEqual(columns(frame), [("('a', 'b')", "int64", [1])])


class Index(unittest.TestCase):
    def test_is_left_out_unless_it_is_named(self) -> None:
        self.assertEqual(columns(pandas.DataFrame({"a": [1]}, index=["x"])), [("a", "int64", [1])])

    def test_leads_the_columns_where_it_is_named(self) -> None:
        frame = pandas.DataFrame({"a": [1]}, index=pandas.Index(["x"], name="a"))
        self.assertEqual(columns(frame), [("a", "string", ["x"]), ("a", "int64", [1])])

    def test_of_several_levels_gives_the_named_ones(self) -> None:
        index = pandas.MultiIndex.from_tuples([("x", 1, True)], names=["letter", None, "flag"])
        self.assertEqual(
            columns(pandas.DataFrame({"a": [1]}, index=index)),
            [("letter", "string", ["x"]), ("flag", "bool", [True]), ("a", "int64", [1])],
        )


class RefusedFrames(unittest.TestCase):
    def test_name_column_row_and_type(self) -> None:
        for values, row, name in (
            ([1, Decimal(2)], 2, "decimal.Decimal"),
            ([1, numpy.timedelta64(1, "ns")], 2, "numpy.timedelta64"),
            ([1, numpy.longdouble(1)], 2, f"numpy.{numpy.longdouble.__name__}"),
            (pandas.to_timedelta([1, 2]), 1, "timedelta64[ns]"),
            (pandas.period_range("2024", periods=1, freq="D"), 1, "pandas.Period"),
            (pandas.interval_range(0, 1), 1, "pandas.Interval"),
            (pandas.cut([1], 1), 1, "pandas.Interval"),
            (pandas.Series([1j]), 1, "complex128"),
            (pandas.Series([1], dtype="longdouble"), 1, str(numpy.dtype("longdouble"))),
        ):
            dtype = object if isinstance(values, list) else None
            with self.subTest(name), self.assertRaises(TypeError) as caught:
                column(values, dtype)
            self.assertEqual(
                str(caught.exception),
                f'Column "c", row {row}: values of type {name} are not supported. '
                "Convert them to int, float, str, bool, datetime, date or None.",
            )

    def test_are_refused_when_added_not_when_the_dataset_is_made(self) -> None:
        dataset = ODDataset(pandas.DataFrame({"c": [1j]}))
        with self.assertRaises(TypeError):
            dataset_payload(dataset, RecordingHost().keep)

    def test_take_no_names_beside_their_own(self) -> None:
        with self.assertRaises(TypeError) as caught:
            ODDataset(pandas.DataFrame({"c": [1]}), ["d"])
        self.assertEqual(
            str(caught.exception),
            "ODDataset(dataframe) takes its column names from the DataFrame. Leave out the second "
            "argument, or rename first: dataframe.set_axis(names, axis=1).",
        )

    def test_a_series_is_no_frame(self) -> None:
        with self.assertRaises(TypeError) as caught:
            dataset_payload(pandas.Series([1]), RecordingHost().keep)
        self.assertEqual(
            str(caught.exception),
            "od_output.add_data(key, data) takes an ODDataset or a pandas DataFrame, not Series. "
            "Make a dataset of rows first: ODDataset(rows, columns).",
        )


class Copying(unittest.TestCase):
    def test_numbers_are_kept_as_they_lie_in_memory(self) -> None:
        numbers = numpy.arange(3.0)
        frame = pandas.DataFrame({"c": pandas.Series(numbers, copy=False)}, copy=False)
        kept: list[object] = []
        dataset_payload(frame, kept.append)
        (only,) = kept
        self.assertTrue(numpy.shares_memory(only, numbers))
