"""A dataset made of rows and the names of their columns."""

import enum
import unittest
from decimal import Decimal

from onelogic.odpf.common import ODDataset


class RowsAndColumns(unittest.TestCase):
    def test_become_columns_in_the_order_of_their_names(self) -> None:
        dataset = ODDataset([[1, "one"], (2, "two")], ["number", "word"])
        self.assertEqual(dataset.content, {"number": [1, 2], "word": ["one", "two"]})

    def test_may_be_tuples(self) -> None:
        self.assertEqual(ODDataset(((1,), (2,)), ("number",)).content, {"number": [1, 2]})

    def test_may_be_none_at_all(self) -> None:
        self.assertEqual(ODDataset([], ["number"]).content, {"number": []})
        self.assertEqual(ODDataset([], []).content, {})

    def test_are_copied_so_that_later_changes_do_not_matter(self) -> None:
        rows = [[1], [2]]
        dataset = ODDataset(rows, ["number"])
        rows[0][0] = 9
        rows.append([3])
        self.assertEqual(dataset.content, {"number": [1, 2]})

    def test_take_subclasses_of_the_supported_types_as_plain_values(self) -> None:
        class Level(enum.IntEnum):
            LOW = 1

        class Word(str):
            __slots__ = ()

        content = ODDataset([[Level.LOW, Word("a")]], ["level", "word"]).content
        assert isinstance(content, dict)
        types = [type(value) for values in content.values() for value in values]
        self.assertEqual(types, [int, str])


class RefusedRows(unittest.TestCase):
    def assert_refused(
        self, kind: type[Exception], message: str, data: object, columns: object = None
    ) -> None:
        with self.assertRaises(kind) as caught:
            ODDataset(data, columns)  # type: ignore[arg-type] # that is the point
        self.assertEqual(str(caught.exception), message)

    def test_name_the_first_row_of_another_length(self) -> None:
        expected = "a list with one value for each of the columns (2) is expected."
        self.assert_refused(
            ValueError,
            f"Row 3 has 1 value: {expected}",
            [[1, 2], [3, 4], [5], [6, 7, 8]],
            ["a", "b"],
        )
        self.assert_refused(ValueError, f"Row 1 has 3 values: {expected}", [[1, 2, 3]], ["a", "b"])

    def test_name_the_first_row_that_is_no_list(self) -> None:
        self.assert_refused(
            ValueError,
            "Row 2 is of type dict: a list with one value for each of the columns (1) is expected.",
            [[1], {"a": 2}],
            ["a"],
        )

    def test_name_column_row_and_type_of_a_value_that_is_not_supported(self) -> None:
        remedy = "Convert them to int, float, str, bool, datetime, date or None."
        self.assert_refused(
            TypeError,
            f'Column "price", row 2: values of type decimal.Decimal are not supported. {remedy}',
            [[1, 1], [2, Decimal(2)]],
            ["id", "price"],
        )
        self.assert_refused(
            TypeError,
            f'Column "id", row 1: values of type list are not supported. {remedy}',
            [[[1]]],
            ["id"],
        )

    def test_are_no_other_kind_of_object(self) -> None:
        remedy = "Pass rows as a list of lists with the column names, or make a DataFrame first."
        for data, name in (
            ({"a": [1]}, "dict"),
            (iter([[1]]), "list_iterator"),
            (None, "NoneType"),
        ):
            self.assert_refused(
                TypeError,
                f"ODDataset takes a list of rows or a pandas DataFrame, not {name}. {remedy}",
                data,
                ["a"],
            )


class RefusedColumnNames(unittest.TestCase):
    def assert_refused(self, kind: type[Exception], message: str, columns: object) -> None:
        with self.assertRaises(kind) as caught:
            ODDataset([[1, 2]], columns)  # type: ignore[arg-type] # that is the point
        self.assertEqual(str(caught.exception), message)

    def test_are_missing_or_no_list(self) -> None:
        start = 'ODDataset(rows, columns) needs the column names as a list, such as ["id", "name"]'
        self.assert_refused(TypeError, f"{start}; they are missing.", None)
        self.assert_refused(TypeError, f"{start}; got str.", "ab")

    def test_are_no_text(self) -> None:
        self.assert_refused(TypeError, "Column name 2 is of type int: names are texts.", ["a", 1])

    def test_are_empty(self) -> None:
        self.assert_refused(
            ValueError, "Column name 2 is empty: give every column a name.", ["a", ""]
        )

    def test_are_there_twice(self) -> None:
        self.assert_refused(
            ValueError, 'The column name "a" is there 2 times: names are unique.', ["a", "a"]
        )

    def test_are_too_few(self) -> None:
        self.assert_refused(
            ValueError,
            "Row 1 has 2 values: a list with one value for each of the columns (1) is expected.",
            ["a"],
        )
