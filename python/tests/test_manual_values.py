"""What "Manual TI" makes of a column of values: the representation asked for, or the best fit."""

from __future__ import annotations

import unittest
from datetime import UTC, date, datetime, timedelta, timezone
from math import inf, nan
from typing import TYPE_CHECKING

from cahier.manual_values import Fit, Misfit, fitted
from onelogic.odpf.values import NanosecondDatetime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cahier._wire import Representation
    from onelogic.odpf.values import Value

BERLIN = timezone(timedelta(hours=1))
NOON = datetime(2024, 2, 29, 12)
NOON_UTC = datetime(2024, 2, 29, 12, tzinfo=UTC)


class FittedCase(unittest.TestCase):
    """Says of values what becomes of them, to the type of each."""

    def assert_fit(
        self, asked: Representation, values: Sequence[Value], expected: Fit | Sequence[Value]
    ) -> None:
        """Compare a fit; a list stands for one in what was asked."""
        if not isinstance(expected, Fit):
            assert asked != "numeric"
            expected = Fit(list(expected), asked, None)
        fit = fitted(list(values), asked)
        self.assertEqual(repr(fit), repr(expected))


class Integers(FittedCase):
    def test_are_kept_at_any_size(self) -> None:
        self.assert_fit("int", [1, -(10**30), None], [1, -(10**30), None])

    def test_are_made_of_truth_values_and_whole_floats(self) -> None:
        self.assert_fit("int", [True, False, 2.0, -0.0, 1e20], [1, 0, 2, 0, 10**20])

    def test_are_made_of_texts_of_digits(self) -> None:
        self.assert_fit(
            "int",
            [" 12 ", "+3", "-4", "007", "1.0", "2.", "9" * 25],
            [12, 3, -4, 7, 1, 2, int("9" * 25)],
        )

    def test_leave_what_is_missing_missing(self) -> None:
        self.assert_fit(
            "int", [None, nan, "", "  ", "NaN", "None", "<NA>", "NaT", 1], [None] * 8 + [1]
        )

    def test_are_doubles_where_one_has_a_fraction(self) -> None:
        self.assert_fit("int", [1, 2.5], Fit([1.0, 2.5], "double", Misfit(2, 2.5)))
        self.assert_fit("int", ["1", "2.5"], Fit([1.0, 2.5], "double", Misfit(2, "2.5")))
        self.assert_fit("int", ["1e3"], Fit([1000.0], "double", Misfit(1, "1e3")))
        self.assert_fit("int", [1, inf], Fit([1.0, inf], "double", Misfit(2, inf)))

    def test_are_texts_where_a_double_would_lose_digits(self) -> None:
        self.assert_fit(
            "int",
            [0.5, 2**53 + 1],
            Fit(["0.5", "9007199254740993"], "string", Misfit(2, 2**53 + 1)),
        )

    def test_are_texts_where_one_value_is_no_number(self) -> None:
        self.assert_fit("int", [1, "x"], Fit(["1", "x"], "string", Misfit(2, "x")))
        for text in ("1,000", "1_000", "0x10", "١٢", "1 2", "--1", "1e", "infinite", "True"):
            self.assert_fit("int", [text], Fit([text], "string", Misfit(1, text)))
        self.assert_fit("int", [NOON], Fit(["2024-02-29T12:00:00"], "string", Misfit(1, NOON)))

    def test_with_more_digits_than_python_reads_are_texts(self) -> None:
        long = "9" * 5_000
        self.assert_fit("int", [long], Fit([long], "string", Misfit(1, long)))


class Doubles(FittedCase):
    def test_are_kept_with_nan(self) -> None:
        self.assert_fit("double", [0.5, nan, -inf, None], [0.5, nan, -inf, None])

    def test_are_made_of_integers_that_they_hold(self) -> None:
        self.assert_fit("double", [True, 2, 2**60, None], [1.0, 2.0, float(2**60), None])

    def test_are_made_of_texts_of_numbers(self) -> None:
        self.assert_fit(
            "double",
            [" 1.50 ", ".5", "-1.e-3", "1E3", "7", "inf", "-Infinity", "", "nan"],
            [1.5, 0.5, -0.001, 1000.0, 7.0, inf, -inf, None, None],
        )

    def test_are_texts_where_digits_would_be_lost(self) -> None:
        self.assert_fit(
            "double", [2**53 + 1], Fit(["9007199254740993"], "string", Misfit(1, 2**53 + 1))
        )
        self.assert_fit(
            "double",
            ["1", "9007199254740993"],
            Fit(["1", "9007199254740993"], "string", Misfit(2, "9007199254740993")),
        )
        self.assert_fit("double", [10**400], Fit(["1" + "0" * 400], "string", Misfit(1, 10**400)))
        self.assert_fit("double", ["1e400"], Fit(["1e400"], "string", Misfit(1, "1e400")))


class Numerics(FittedCase):
    def test_are_integers_where_all_are_whole(self) -> None:
        self.assert_fit("numeric", [1.0, "2", True, None], Fit([1, 2, 1, None], "int", None))

    def test_are_doubles_else(self) -> None:
        self.assert_fit("numeric", [1, "2.5"], Fit([1.0, 2.5], "double", Misfit(2, "2.5")))

    def test_are_texts_where_one_is_no_number(self) -> None:
        self.assert_fit("numeric", [1, "x"], Fit(["1", "x"], "string", Misfit(2, "x")))


class Datetimes(FittedCase):
    def test_are_kept_with_their_zones_or_without(self) -> None:
        other = NOON_UTC.astimezone(BERLIN)
        self.assert_fit("datetime", [NOON, None], [NOON, None])
        self.assert_fit("datetime", [NOON_UTC, other], [NOON_UTC, other])

    def test_are_made_of_dates(self) -> None:
        midnight = datetime(2024, 2, 29)
        self.assert_fit("datetime", [date(2024, 2, 29), NOON], [midnight, NOON])

    def test_are_made_of_texts_of_iso_8601(self) -> None:
        self.assert_fit(
            "datetime",
            ["2024-02-29", " 2024-02-29 12:00 ", "2024-02-29T12:00:00", "", "NaT", nan],
            [datetime(2024, 2, 29), NOON, NOON, None, None, None],
        )
        self.assert_fit(
            "datetime",
            ["2024-02-29T12:00:00Z", "2024-02-29 13:00:00.5+01:00", "2024-02-29T13:00+0100"],
            [
                NOON_UTC,
                datetime(2024, 2, 29, 13, 0, 0, 500_000, BERLIN),
                NOON_UTC.astimezone(BERLIN),
            ],
        )

    def test_keep_the_nanoseconds_of_texts(self) -> None:
        for fraction, nanosecond in (("123456789", 789), ("1234567", 700), ("123456001", 1)):
            text = f"2024-02-29T12:00:00.{fraction}"
            (moment,) = fitted([text.replace(".", ",")], "datetime").values
            assert isinstance(moment, NanosecondDatetime)
            self.assertEqual((moment.microsecond, moment.nanosecond), (123_456, nanosecond))
            self.assertEqual(fitted([moment, None], "string").values, [f"{text:0<29}", None])

    def test_are_texts_where_one_value_is_none(self) -> None:
        cases: tuple[tuple[Value, str], ...] = (
            (5, "5"),
            (1.5, "1.5"),
            (True, "True"),
            ("29.2.2024", "29.2.2024"),
            ("2023-02-29", "2023-02-29"),
            ("2024-02-29T24:00", "2024-02-29T24:00"),
            ("20240229", "20240229"),
            ("0000-01-01", "0000-01-01"),
        )
        for value, text in cases:
            self.assert_fit(
                "datetime",
                [date(2024, 2, 29), value],
                Fit(["2024-02-29", text], "string", Misfit(2, value)),
            )

    def test_are_texts_where_only_some_have_a_zone(self) -> None:
        self.assert_fit(
            "datetime",
            [None, NOON_UTC, NOON],
            Fit(
                [None, "2024-02-29T12:00:00+00:00", "2024-02-29T12:00:00"],
                "string",
                Misfit(3, NOON),
            ),
        )

    def test_are_texts_where_no_unit_reaches_all(self) -> None:
        fine = NanosecondDatetime(2024, 2, 29)
        fine.nanosecond = 1
        distant = datetime(9999, 1, 1)
        self.assertEqual(
            fitted([fine, distant], "datetime"),
            Fit(
                ["2024-02-29T00:00:00.000000001", "9999-01-01T00:00:00"],
                "string",
                Misfit(2, distant),
            ),
        )


class Texts(FittedCase):
    def test_are_kept_as_they_are(self) -> None:
        self.assert_fit("string", [" 1 ", "", "nan", None], [" 1 ", "", "nan", None])

    def test_are_made_of_everything(self) -> None:
        self.assert_fit(
            "string",
            [1, 10**30, 2.0, 1e300, inf, True, NOON, date(2024, 2, 29), nan, None],
            [
                *("1", "1" + "0" * 30, "2.0", "1e+300", "inf", "True"),
                *("2024-02-29T12:00:00", "2024-02-29", None, None),
            ],
        )

    def test_are_made_of_integers_of_any_length(self) -> None:
        (text,) = fitted([10**5_000], "string").values
        self.assertEqual(text, "1" + "0" * 5_000)


class ColumnsWithoutAValue(FittedCase):
    def test_convert_whole_to_anything(self) -> None:
        missing: list[Value] = [None, None]
        exactly: tuple[Representation, ...] = ("int", "double", "datetime", "string")
        for asked in exactly:
            self.assert_fit(asked, missing, missing)
            self.assert_fit(asked, [], [])
        self.assert_fit("numeric", missing, Fit(missing, "int", None))
