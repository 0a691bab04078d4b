"""Rows are checked against a schema by the types of their values."""

from __future__ import annotations

import unittest
from collections import OrderedDict, defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args

import numpy
import pandas

from cahier.row_schema import Field, FieldType, find_row_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

# For each type what fits it alone; of numbers the whole ones fit as well.
_FITTING: dict[FieldType, list[object]] = {
    "string": ["", "ä", numpy.str_("a")],
    "integer": [0, -(2**70), numpy.int8(1), numpy.uint64(1)],
    "number": [0.5, float("nan"), Decimal(1), numpy.float32(1)],
    "boolean": [True, False, numpy.bool_(True)],
    "datetime": [datetime(2026, 1, 2), datetime(2026, 1, 2, tzinfo=UTC), pandas.Timestamp(0)],
    "date": [date(2026, 1, 2)],
    "object": [{}, {"a": [1]}, OrderedDict(), defaultdict(int)],
    "array": [[], [1, "a"], (1,)],
}
_OTHERS: list[object] = [b"a", {1}, object(), 1j, range(2), iter([]), Ellipsis]


def problem_of(*rows: object, fields: Sequence[Field] | None = None) -> str | None:
    """Say what is wrong with rows of the fields id, an integer, and name, which may be null."""
    own = [Field("id", "integer", is_nullable=False), Field("name", "string", is_nullable=True)]
    return find_row_problem(rows, own if fields is None else fields, "output")


class Types(unittest.TestCase):
    def test_take_what_fits_them_and_nothing_else(self) -> None:
        self.assertEqual(set(_FITTING), set(get_args(FieldType)))
        for kind, fitting in _FITTING.items():
            field = Field("x", kind, is_nullable=False)
            every = [each for values in _FITTING.values() for each in values]
            for value in [*every, *_OTHERS]:
                fits = any(value is each or _is_whole(kind, value) for each in fitting)
                with self.subTest(kind=kind, value=value):
                    problem = problem_of({"x": value}, fields=[field])
                    self.assertEqual(problem is None, fits, problem)

    def test_take_none_where_a_field_may_be_null(self) -> None:
        for kind in _FITTING:
            for value in (None, pandas.NaT, pandas.NA):
                for is_nullable in (True, False):
                    field = Field("x", kind, is_nullable=is_nullable)
                    problem = problem_of({"x": value}, fields=[field])
                    self.assertEqual(problem is None, is_nullable, (kind, value))


class Rows(unittest.TestCase):
    def test_have_all_fields_in_any_order_and_no_others(self) -> None:
        of_name = 'has a wrong value in the field "name":'
        self.assertIsNone(problem_of())
        self.assertIsNone(problem_of({"id": 1, "name": "a"}, {"name": None, "id": 2}))
        for row, problem in (
            ({"name": "a"}, 'lacks the field "id" of the output schema.'),
            ({"id": 1}, 'lacks the field "name" of the output schema.'),
            ({}, 'lacks the field "id" of the output schema.'),
            (
                {"id": 1, "name": "a", 3: 4},
                "has the field 3, which the output schema does not have.",
            ),
            (
                {"id": None, "name": "a"},
                'has a wrong value in the field "id": expected integer, got null.',
            ),
            (
                {"id": 1, "name": ["a"] * 100},
                f"{of_name} expected string or null, got list {str(['a'] * 100)[:80]}….",
            ),
            ([1], "is no object, but of type list: [1]."),
            (None, "is no object, but of type NoneType: None."),
        ):
            with self.subTest(problem):
                self.assertEqual(problem_of(row), f"Output row 1 {problem}")

    def test_count_from_one_over_all_and_the_first_that_fails_is_named(self) -> None:
        good: dict[str, Any] = {"id": 1, "name": "a"}
        for place in (0, 999, 1_000, 1_234, 2_499):
            rows: list[object] = [good] * 2_500
            rows[place] = good | {"id": "x"}
            rows[-1] = good | {"id": "last"} if place < len(rows) - 1 else rows[-1]
            problem = problem_of(*rows)
            assert problem is not None
            self.assertTrue(problem.startswith(f"Output row {place + 1:,} has a wrong"), problem)
        problem = find_row_problem([{}], [Field("n", "string", is_nullable=True)], "input", 10_001)
        self.assertEqual(problem, 'Input row 10,001 lacks the field "n" of the input schema.')


def _is_whole(kind: FieldType, value: object) -> bool:
    """Whether a whole number is asked for, or a number, and this is one."""
    return kind == "number" and any(value is each for each in _FITTING["integer"])


if __name__ == "__main__":
    unittest.main()
