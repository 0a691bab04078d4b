"""Tables that `context.preview` shows."""

from __future__ import annotations

from typing import Any

from decoding import columns_of
from preview_cases import PreviewTest
from recording_host import previews_of
from scriptlets import log_entries, run_main


class Tables(PreviewTest):
    def table(self, source: str) -> tuple[list[Any], int, bool]:
        """Give the columns, the count of rows and whether it is shortened."""
        events = run_main(f"import pandas as pd\n{source}")
        (one,) = previews_of(events)
        table = one["content"]
        assert table["type"] == "table", table
        return columns_of(table["table"]), table["rowCount"], table["isShortened"]

    def test_of_pandas_are_whole(self) -> None:
        frame = "frame = pd.DataFrame({'a': range(2_000)})\n"
        for payload in ("frame", "{'type': 'table', 'data': frame}"):
            columns, count, is_shortened = self.table(f"{frame}context.preview({payload})")
            self.assertEqual(
                (columns, count, is_shortened),
                ([("a", "int64", list(range(2_000)))], 2_000, False),
            )

    def test_of_pandas_have_an_index_that_is_not_the_default_one(self) -> None:
        for index, names in (
            ("pd.Index(['x', 'y'])", ["index", "a"]),
            ("pd.Index([1, 0], name='a')", ["a", "a"]),
            ("pd.RangeIndex(1, 3)", ["index", "a"]),
            ("pd.MultiIndex.from_tuples([(1, 2), (3, 4)])", ["level_0", "level_1", "a"]),
            ("None", ["a"]),
        ):
            columns, _, _ = self.table(
                f"context.preview(pd.DataFrame({{'a': [1, 2]}}, index={index}))"
            )
            self.assertEqual([column.name for column in columns], names)

    def test_of_pandas_show_what_no_dataset_holds_as_text(self) -> None:
        columns, _, _ = self.table(
            "import decimal\n"
            "context.preview(pd.DataFrame({'a': [[1], {'b': 2}, None],\n"
            "    'd': [decimal.Decimal('1.5'), 2, 'x'], 't': pd.to_timedelta([1, 2, 3], 'D'),\n"
            "    ('l', 'm'): pd.period_range('2024', periods=3, freq='Y')}))"
        )
        self.assertEqual(
            [column[2] for column in columns][:2],
            [["[1]", '{"b": 2}', None], ["1.5", 2, "x"]],
        )
        self.assertEqual((columns[3].name, columns[3].values), ("l / m", ["2024", "2025", "2026"]))

    def test_of_a_series_have_one_column(self) -> None:
        columns, _, _ = self.table("context.preview(pd.Series([1, 2], name='s'))")
        self.assertEqual(columns, [("s", "int64", [1, 2])])

    def test_of_plain_rows_have_their_true_count(self) -> None:
        data = "{'columns': ['a', 2], 'rows': [[1, 'x'], [None, True]], 'row_count': 500}"
        columns, count, is_shortened = self.table(
            f"context.preview({{'type': 'table', 'data': {data}}})"
        )
        self.assertEqual(
            (columns, count, is_shortened),
            (
                [("a", "int64", [1, None]), ("2", "mixed(string, bool)", ["x", True])],
                500,
                False,
            ),
        )

    def test_of_other_libraries_are_shortened_beyond_ten_rows(self) -> None:
        library = (
            "import json\n"
            "class Table:\n"
            "    def __init__(self, values): self.values = values\n"
            "    shape = property(lambda self: (len(self.values), 1))\n"
            "    def head(self, count): return Table(self.values[:count])\n"
            "    def tail(self, count): return Table(self.values[-count:])\n"
            "    def to_json(self, orient):\n"
            "        rows = [[value] for value in self.values]\n"
            "        return json.dumps({'columns': ['n'], 'data': rows})\n"
        )
        ten = self.table(f"{library}context.preview(Table(list(range(10))))")
        self.assertEqual(ten, ([("n", "int64", list(range(10)))], 10, False))
        eleven = self.table(f"{library}context.preview(Table(list(range(11))))")
        values = [0, 1, 2, 3, 4, "...", 6, 7, 8, 9, 10]
        self.assertEqual(eleven, ([("n", "mixed(int64, string)", values)], 11, True))

    def test_that_are_none_say_why(self) -> None:
        for data, reason in (
            (
                "5",
                (
                    'its data is a DataFrame, or {"columns": [...], "rows": [[...], ...], '
                    '"row_count": n}, and this is of type int'
                ),
            ),
            ("{'columns': 1, 'rows': []}", '"columns" and "rows" are lists'),
            (
                "{'columns': ['a'], 'rows': [[1], [1, 2]]}",
                "row 2 is a list of 1 values, one a column; got 2 values",
            ),
        ):
            self.assert_warned(
                f"{{'type': 'table', 'data': {data}}}",
                f"A preview of type table is not shown: {reason}.",
            )

    def test_that_break_are_a_warning(self) -> None:
        events = run_main(
            "class Table:\n"
            "    shape = (20, 1)\n"
            "    def head(self, n): return 1 / 0\n"
            "    tail = to_json = head\n"
            "context.preview(Table())\nreturn {'output': 1}"
        )
        self.assertEqual(
            log_entries(events),
            [
                (
                    "warning",
                    "A preview of type table is not shown: ZeroDivisionError: division by zero\n",
                )
            ],
        )
