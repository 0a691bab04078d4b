"""What a Statement returns becomes a table of its output schema."""

import unittest
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from cahier.row_schema import Field
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

    def test_give_way_to_numbers_that_do_not_fit(self) -> None:
        self.assertEqual(types_of(FILLED | {"whole": 2**70})[1], "integer")
        self.assertEqual(types_of(FILLED | {"number": 2**53 + 1})[2], "int64")

    def test_keep_the_zone_of_a_moment(self) -> None:
        output = StatementOutput(FIELDS)
        output.take([FILLED | {"moment": datetime(2026, 1, 2, tzinfo=UTC)}])
        column = output.dataset(lambda buffer: buffer)["columns"][4]
        self.assertEqual((column["type"], column["timeZone"]), ("datetime", "UTC"))


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
