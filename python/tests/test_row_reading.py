"""Datasets become rows again as they were, whatever types their columns are of."""

from __future__ import annotations

import unittest
from array import array
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from cahier.datasets import dataset_payload
from cahier.row_reading import rows_of_dataset
from cahier.rules import RuleError
from onelogic.odpf.common import ODDataset

if TYPE_CHECKING:
    from cahier._wire import DatasetPayload, TimeUnit

_EAST = timezone(timedelta(hours=-3, minutes=-30))


def payload_of(*values: object) -> DatasetPayload:
    """Give a dataset of one column "c"."""
    return dataset_payload(ODDataset([[value] for value in values], ["c"]), lambda buffer: buffer)


def again(*values: object) -> list[object]:
    """Give the values of one column as a Statement gets them."""
    return [row["c"] for row in rows_of_dataset(payload_of(*values))]


class Values(unittest.TestCase):
    def test_come_back_with_their_types(self) -> None:
        columns: tuple[list[object], ...] = (
            [],
            [None, None],
            [True, None, False] * 5,
            [1, None, -(2**63), 2**63 - 1],
            [2**64 - 1, None, 0],
            [2**70, None, -1],
            [10**4_000],
            [0.5, None, float("inf")],
            ["a", None, "", "ä😀"],
            ["only ASCII", "b"],
            [date(1, 1, 1), None, date(9999, 12, 31)],
            [datetime(1, 1, 1), None, datetime(9999, 12, 31, 23, 59, 59, 999_999)],
            [datetime(2026, 1, 2, tzinfo=UTC), None],
            [datetime(2026, 1, 2, tzinfo=_EAST)],
            [1, "a", None, True, 0.5, date(2026, 1, 2), datetime(2026, 1, 2)],
        )
        for values in columns:
            with self.subTest(types={*map(type, values)}):
                read = again(*values)
                self.assertTrue(read == values)
                self.assertEqual([*map(type, read)], [*map(type, values)])

    @unittest.skipUnless("Europe/Berlin" in available_timezones(), "there are no time zones")
    def test_keep_their_time_zones(self) -> None:
        moment = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/Berlin"))
        (read,) = again(moment)
        self.assertEqual((read, str(read)), (moment, "2026-07-01 12:00:00+02:00"))

    def test_are_in_utc_where_their_zone_is_not_known(self) -> None:
        dataset = payload_of(datetime(2026, 7, 1, tzinfo=UTC))
        for name in ("Nowhere/Town", "+99:00", "../etc", ""):
            dataset["columns"][0]["timeZone"] = name
            (row,) = rows_of_dataset(dataset)
            self.assertEqual(row, {"c": datetime(2026, 7, 1, tzinfo=UTC)})

    def test_are_counted_in_the_unit_of_their_column(self) -> None:
        moment = datetime(2026, 3, 31, 18, 0, 5)
        before = datetime(1969, 12, 31, 23, 59, 58)
        units: tuple[tuple[TimeUnit, int], ...] = (
            ("s", 1),
            ("ms", 1_000),
            ("us", 1_000_000),
            ("ns", 1_000_000_000),
        )
        for unit, a_second in units:
            for zone in (None, "UTC", "+02:00"):
                with self.subTest(unit=unit, zone=zone):
                    dataset = payload_of(moment, before, None)
                    (column,) = dataset["columns"]
                    counts = array("q", [1_774_980_005 * a_second, -2 * a_second, 0])
                    column["timeUnit"], column["timeZone"], column["values"] = unit, zone, counts
                    read = [row["c"] for row in rows_of_dataset(dataset)]
                    tzinfo = None if zone is None else UTC
                    expected = [each.replace(tzinfo=tzinfo) for each in (moment, before)]
                    self.assertEqual(read, [*expected, None])

    def test_lose_what_is_finer_than_a_microsecond(self) -> None:
        dataset = payload_of(datetime(1970, 1, 1, microsecond=5))
        dataset["columns"][0]["timeUnit"] = "ns"
        (row,) = rows_of_dataset(dataset)
        self.assertEqual(row, {"c": datetime(1970, 1, 1)})

    def test_that_python_has_no_date_for_are_named_and_those_of_nulls_do_not_matter(self) -> None:
        far = 10**12
        counts: tuple[tuple[TimeUnit, str | None, int], ...] = (
            ("s", None, far),
            ("ms", "UTC", -(2**63)),
            ("us", None, 2**63 - 1),
            ("s", "UTC", -(2**63)),
            ("us", "+01:00", 253_402_300_799_999_999),
        )
        for unit, zone, count in counts:
            dataset = payload_of(datetime(1970, 1, 1), None, datetime(1970, 1, 1))
            (column,) = dataset["columns"]
            column["timeUnit"], column["timeZone"] = unit, zone
            column["values"] = array("q", [0, count, 0]).tobytes()
            with self.subTest(unit=unit, count=count):
                values = [row["c"] for row in rows_of_dataset(dataset)]
                self.assertIsNone(values[1])
                self.assertEqual(values[2].replace(tzinfo=None).year, 1970)
                column["values"] = array("q", [0, 0, count]).tobytes()
                rows = 'Column "c", row 3: the datetime lies outside of the years 1 to 9999'
                with self.assertRaisesRegex(RuleError, rows):
                    [*rows_of_dataset(dataset)]

    def test_that_python_has_no_date_for_are_named_in_mixed_columns_too(self) -> None:
        dataset = payload_of(1, date(2026, 1, 1), "a", date(2026, 1, 2))
        child = dataset["columns"][0]["children"][1]
        child["values"] = array("i", [0, 3_000_000]).tobytes()
        with self.assertRaisesRegex(RuleError, 'Column "c", row 4: the date lies outside'):
            [*rows_of_dataset(dataset)]


class Rows(unittest.TestCase):
    def test_are_as_many_as_the_dataset_has_over_all_parts(self) -> None:
        count = 10_000
        for rows in (0, 1, count - 1, count, count + 1, 2 * count + 7):
            read = again(*range(rows))
            self.assertEqual(read, list(range(rows)))

    def test_are_made_as_they_are_asked_for(self) -> None:
        rows = rows_of_dataset(payload_of(*range(3)))
        self.assertEqual(next(rows), {"c": 0})
        self.assertEqual([*rows], [{"c": 1}, {"c": 2}])

    def test_have_their_fields_in_order_and_the_last_of_one_name(self) -> None:
        dataset = dataset_payload(ODDataset([[1, 2, 3]], ["b", "a", "c"]), lambda buffer: buffer)
        dataset["columns"][2]["name"] = "b"
        self.assertEqual(
            [[*row.items()] for row in rows_of_dataset(dataset)], [[("b", 3), ("a", 2)]]
        )

    def test_without_columns_are_empty_objects(self) -> None:
        self.assertEqual([*rows_of_dataset({"rowCount": 2, "columns": []})], [{}, {}])


if __name__ == "__main__":
    unittest.main()
