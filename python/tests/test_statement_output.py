"""What a Statement returns becomes a table of its output schema."""

import unittest
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import count

from decoding import columns_of
from recording_host import RecordingHost

from cahier.checkpoints import checkpoint_of, value_of_checkpoint
from cahier.json_values import NoJsonError
from cahier.row_schema import Field, FieldType
from cahier.rules import RuleError
from cahier.statement_output import StatementOutput

FIELDS = [
    Field("text", "string", is_nullable=True),
    Field("whole", "integer", is_nullable=True),
    Field("number", "number", is_nullable=True),
    Field("truth", "boolean", is_nullable=True),
    Field("moment", "datetime", is_nullable=True),
    Field("day", "date", is_nullable=True),
    Field("item", "object", is_nullable=True),
    Field("items", "array", is_nullable=True),
]
FILLED: dict[str, object] = {
    "text": "a",
    "whole": 1,
    "number": 2,
    "truth": True,
    "moment": datetime(2026, 1, 2, 3),
    "day": date(2026, 1, 2),
    "item": {"a": 1},
    "items": [1],
}
TYPES = ["string", "int64", "float64", "bool", "datetime", "date", "string", "string"]


def types_of(*rows: dict[str, object]) -> list[str]:
    """Give the types of the columns that these rows become."""
    output = StatementOutput(FIELDS)
    output.take(list(rows))
    return [column["type"] for column in output.dataset(lambda buffer: buffer)["columns"]]


def column_of(kind: FieldType, *values: object) -> tuple[str, list[object]]:
    """Give the type and the values of the column that one field becomes."""
    output = StatementOutput([Field("it", kind, is_nullable=True)])
    output.take([{"it": value} for value in values])
    (column,) = columns_of(output.dataset(RecordingHost().keep))
    return column.type, column.values


class Endless(unittest.TestCase):
    def test_values_are_refused(self) -> None:
        circle: list[object] = []
        circle.append(circle)
        doubled: object = 1
        for _ in range(200):
            doubled = [doubled, doubled]
        for value in (circle, doubled):
            output = StatementOutput([Field("items", "array", is_nullable=False)])
            output.take([{"items": value}])
            with self.assertRaises(RuleError) as raised:
                output.dataset(lambda buffer: buffer)
            self.assertEqual(
                str(raised.exception),
                'The field "items" cannot be stored: a value has more than 5,000,000 parts or 900 '
                "levels. Is it contained in itself?",
            )

    def test_columns_of_texts_are_refused_before_they_are_written(self) -> None:
        output = StatementOutput([Field("text", "string", is_nullable=False)])
        output.take([{"text": "x" * 10**7}] * 10**5)
        with self.assertRaises(RuleError) as raised:
            output.dataset(lambda buffer: buffer)
        self.assertIn('Column "text" holds 1,000,000,000,000 bytes', str(raised.exception))

    def test_ways_to_walk_through_rows_are_not_taken(self) -> None:
        class Rows(list[object]):
            def __iter__(self) -> Iterator[object]:
                return count()

        class Row(dict[str, object]):
            def keys(self) -> Iterator[str]:  # type: ignore[override] # that is the point
                return map(str, count())

            def __iter__(self) -> Iterator[str]:
                return map(str, count())

        output = StatementOutput([Field("id", "integer", is_nullable=False)])
        self.assertEqual(output.take(Rows([Row(id=1), {"id": 2}])), 2)
        self.assertEqual(output.last("id"), 2)
        with self.assertRaises(RuleError) as raised:
            output.take([{"id": 3}, Row(id=count())])
        self.assertEqual(
            str(raised.exception),
            'The output does not fit. Output row 4 has a wrong value in the field "id": '
            "expected integer, got itertools.count count(0).",
        )
        with self.assertRaises(RuleError) as raised:
            output.take([{"id": n} for n in range(3)] + [count()])
        self.assertIn("Output row 6 is no object, but of type", str(raised.exception))


class DerivedValues(unittest.TestCase):
    def test_are_stored_as_what_they_are_derived_from(self) -> None:
        class Text(str):
            __slots__ = ()

        class Whole(int):
            pass

        class Number(float):
            pass

        derived = {"text": Text("a"), "whole": Whole(1), "number": Number(2)}
        self.assertEqual(types_of(FILLED | derived), TYPES)
        self.assertEqual(types_of(FILLED | {"number": Decimal("1.5")}), TYPES)

    def test_decimals_are_numbers_and_lose_no_digit_unnoticed(self) -> None:
        for text, number, is_rounded in (
            ("0.1", 0.1, False),
            ("-0", 0.0, False),
            ("1E+3", 1000, False),
            ("9007199254740993", 2**53 + 1, False),
            ("1E+400", 10**400, False),
            ("-Infinity", -float("inf"), False),
            ("0.12345678901234567890", 0.12345678901234568, True),
            ("12345678901234567890.5", 12345678901234567890.5, True),
            ("1E-400", 0.0, True),
        ):
            with self.subTest(text):
                output = StatementOutput([Field("n", "number", is_nullable=False)])
                output.take([{"n": 0.5}, {"n": Decimal(text)}])
                (column,) = columns_of(output.dataset(RecordingHost().keep))
                self.assertEqual(column[2][1], number)
                self.assertEqual(output.rounded_rows, {"n": 2} if is_rounded else {})
                found = checkpoint_of(Decimal(text))
                assert found is not None
                self.assertEqual(value_of_checkpoint(found), number)
        output = StatementOutput([Field("n", "number", is_nullable=False)])
        output.take([{"n": Decimal("sNaN")}, {"n": Decimal("NaN")}])
        (column,) = columns_of(output.dataset(RecordingHost().keep))
        self.assertEqual([*map(str, column[2])], ["nan", "nan"])
        self.assertIsNone(checkpoint_of(Decimal("sNaN")))

    def test_decimals_that_are_too_long_are_named(self) -> None:
        output = StatementOutput([Field("n", "number", is_nullable=False)])
        output.take([{"n": Decimal(1)}, {"n": Decimal("1E+999999")}])
        message = 'The field "n" cannot be stored: Output row 2: the Decimal has more than 4,300'
        with self.assertRaisesRegex(RuleError, message):
            output.dataset(RecordingHost().keep)
        with self.assertRaisesRegex(NoJsonError, "the Decimal has more than 4,300 digits"):
            checkpoint_of(Decimal("1E+999999"))


class ColumnTypes(unittest.TestCase):
    def test_are_those_of_the_schema_whatever_the_rows_hold(self) -> None:
        empty = dict.fromkeys(FILLED)
        self.assertEqual(types_of(FILLED), TYPES)
        self.assertEqual(types_of(empty), TYPES)
        self.assertEqual(types_of(empty, FILLED), TYPES)
        self.assertEqual(types_of(), TYPES)
        self.assertEqual(types_of(FILLED | {"number": 0.5}, FILLED), TYPES)

    def test_of_whole_numbers_are_the_smallest_that_holds_them(self) -> None:
        """Rows that are added to those before take one that holds both: see widen-column.ts."""
        for values, kind in (
            ((-(2**63), 2**63 - 1), "int64"),
            ((0, 2**64 - 1), "uint64"),
            ((-1, 2**63), "integer"),
            ((2**64,), "integer"),
            ((None,), "int64"),
            ((None, 2**63), "uint64"),
        ):
            rows = [FILLED | {"whole": value} for value in values]
            self.assertEqual(types_of(*rows)[1], kind)

    def test_of_numbers_are_floats_however_large_where_those_hold_them(self) -> None:
        large = [2**53 + 2, -(2**70), 10**22]
        self.assertEqual(column_of("number", *large), ("float64", [*map(float, large)]))

    def test_of_numbers_that_no_float_holds_are_floats_and_digits_in_this_order(self) -> None:
        columns: list[list[object]] = [[2**53 + 1], [None, 2**53 + 1, 1, 0.5], [10**400, None]]
        for values in columns:
            self.assertEqual(column_of("number", *values), ("mixed(float64, integer)", values))

    def test_keep_the_zone_of_a_moment(self) -> None:
        winter, summer = (timezone(timedelta(hours=hours)) for hours in (1, 2))
        for zone, name in ((None, ""), (UTC, " UTC"), (winter, " +01:00")):
            moment = datetime(1970, 1, 1, tzinfo=zone)
            type_name, values = column_of("datetime", moment, None, moment)
            self.assertEqual((type_name, values[1:]), (f"datetime us{name}", [None, values[0]]))
        begin = datetime(1970, 1, 1, 1, tzinfo=winter)
        moments = [begin, None, begin.astimezone(summer)]
        self.assertEqual(column_of("datetime", *moments), ("datetime us UTC", [0, None, 0]))

    def test_of_moments_with_and_without_a_zone_are_of_both(self) -> None:
        zones = [timezone(timedelta(hours=hours)) for hours in range(3)]
        moments = [datetime(1970, 1, 1, tzinfo=zone) for zone in zones]
        self.assertEqual(
            column_of("datetime", *moments, None, datetime(1970, 1, 1)),
            (
                "mixed(datetime us, datetime us UTC)",
                [0, -3_600_000_000, -7_200_000_000, None, 0],
            ),
        )


class Rows(unittest.TestCase):
    def test_that_fail_the_schema_are_named_first_middle_and_last(self) -> None:
        rows = [{"id": number} for number in range(1, 101)]
        for place in (1, 50, 100):
            bad: list[object] = [*rows]
            bad[place - 1] = {"id": str(place)}
            output = StatementOutput([Field("id", "integer", is_nullable=False)])
            with self.assertRaises(RuleError) as raised:
                output.take(bad)
            self.assertEqual(
                str(raised.exception),
                f'The output does not fit. Output row {place} has a wrong value in the field "id": '
                f"expected integer, got str '{place}'.",
            )

    def test_are_counted_over_all_that_was_returned(self) -> None:
        output = StatementOutput([Field("id", "integer", is_nullable=False)])
        output.take([{"id": 1}, {"id": 2}])
        with self.assertRaises(RuleError) as raised:
            output.take([{"id": None}])
        self.assertIn("Output row 3 ", str(raised.exception))
