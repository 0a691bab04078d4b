"""The best fit of "Manual TI", held against random columns; the seed is in the message."""

from __future__ import annotations

import unittest
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from decoding import Column, columns_of
from manual_columns import ASKED, expected, is_missing, moment_of, number_of, random_column
from recording_host import RecordingHost

from cahier.manual_types import ManualTypes, TypedColumns
from cahier.manual_values import fitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from cahier._wire import Representation
    from onelogic.odpf.values import Value

_COLUMNS = 1_500
_TYPES = {
    "int": {"int64", "uint64", "integer"},
    "double": {"float64"},
    "string": {"string"},
    "datetime": {"datetime us", "datetime us UTC", "datetime us +01:00"},
}
_READERS: dict[type, Callable[[str], object]] = {
    str: str,
    int: int,
    float: float,
    bool: {"True": True, "False": False}.get,
}
_PYTHON_TYPES = {"int": int, "double": float, "string": str, "datetime": datetime}


def columns() -> list[tuple[int, list[Value]]]:
    """Make as many columns as are looked at, each with its seed."""
    return [(seed, random_column(Random(seed))) for seed in range(_COLUMNS)]  # noqa: S311 - no secret


class BestFit(unittest.TestCase):
    def test_is_the_first_representation_that_takes_every_value(self) -> None:
        for seed, values in columns():
            for asked in ASKED:
                fit = fitted(list(values), asked)
                place = None if fit.misfit is None else fit.misfit.row - 1
                with self.subTest(seed=seed, asked=asked, values=values):
                    self.assertEqual((fit.given, place), expected(values, asked))
                    if fit.misfit is not None:
                        self.assertIs(fit.misfit.value, values[fit.misfit.row - 1])

    def test_keeps_what_every_value_means(self) -> None:
        for seed, values in columns():
            for asked in ASKED:
                fit = fitted(list(values), asked)
                for value, converted in zip(values, fit.values, strict=True):
                    with self.subTest(seed=seed, asked=asked, value=value):
                        self.assert_same(value, converted, fit.given)

    def test_is_of_one_type(self) -> None:
        for seed, values in columns():
            for asked in ASKED:
                fit = fitted(list(values), asked)
                types = {type(value) for value in fit.values if value is not None}
                with self.subTest(seed=seed, asked=asked):
                    self.assertLessEqual(types, {_PYTHON_TYPES[fit.given]})

    def test_fits_itself(self) -> None:
        for seed, values in columns():
            for asked in ASKED:
                fit = fitted(list(values), asked)
                with self.subTest(seed=seed, asked=asked):
                    again = fitted(list(fit.values), fit.given)
                    self.assertEqual(repr(again), repr(fit._replace(misfit=None)))

    def test_does_not_ask_for_the_order_of_values(self) -> None:
        for seed, values in columns():
            shuffled = Random(seed).sample(values, len(values))  # noqa: S311 - no secret
            for asked in ASKED:
                with self.subTest(seed=seed, asked=asked):
                    self.assertEqual(
                        fitted(shuffled, asked).given, fitted(list(values), asked).given
                    )

    def test_is_stored_as_one_column_of_its_type_and_told_of(self) -> None:
        for seed, values in columns():
            for asked in ASKED:
                column, warnings = stored(values, asked)
                given, place = expected(values, asked)
                with self.subTest(seed=seed, asked=asked, values=values):
                    self.assertIn(column.type, _TYPES[given])
                    self.assertEqual(len(column.values), len(values))
                    is_told = place is not None and not (asked == "numeric" and given == "double")
                    self.assertEqual(len(warnings), is_told)

    def assert_same(self, value: Value, converted: Value, given: str) -> None:
        """Compare what two values mean."""
        if is_missing(value, given):
            # NaN is a double.
            self.assertTrue(converted is None or converted != converted)  # noqa: PLR0124
        elif given == "datetime":
            self.assertEqual(converted, moment_of(value))
        elif given != "string":
            number = number_of(value)
            assert number is not None
            self.assertEqual(converted, number if given == "int" else float(number))
        else:
            assert isinstance(converted, str)
            is_moment = moment_of(value) is not None and not isinstance(value, str)
            read = moment_of(converted) if is_moment else _READERS[type(value)](converted)
            self.assertEqual(read, moment_of(value) if is_moment else value)


def stored(values: list[Value], asked: Representation) -> tuple[Column, list[str]]:
    """Encode a column of a dataset, and give what the log says of it."""
    warnings: list[str] = []
    types = ManualTypes(
        [{"column": "c", "scale": "ordinal", "representation": asked}], warnings.append
    )
    column = TypedColumns(types, "output", RecordingHost().keep).from_values("c", list(values))
    return columns_of({"rowCount": len(values), "columns": [column]})[0], warnings
