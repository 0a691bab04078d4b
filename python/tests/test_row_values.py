"""How values of rows become columns: the exact Python types decide."""

from __future__ import annotations

import math
import unittest
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from unittest.mock import patch
from zoneinfo import ZoneInfo, available_timezones

import pytz
from decoding import Column, columns_of
from recording_host import RecordingHost

from cahier.datasets import dataset_payload
from onelogic.odpf.common import ODDataset


def column(*values: object) -> Column:
    """Encode one column and read it back."""
    dataset = ODDataset([[value] for value in values], ["c"])
    (only,) = columns_of(dataset_payload(dataset, RecordingHost().keep))
    return only


class ColumnsOfOneKind(unittest.TestCase):
    def test_integers_of_64_bits(self) -> None:
        smallest, largest = -(2**63), 2**63 - 1
        self.assertEqual(column(smallest, None, largest), ("c", "int64", [smallest, None, largest]))

    def test_integers_that_need_the_64th_bit(self) -> None:
        self.assertEqual(column(0, None, 2**64 - 1), ("c", "uint64", [0, None, 2**64 - 1]))

    def test_integers_beyond_64_bits_are_decimal_text(self) -> None:
        self.assertEqual(column(2**64, None, -1), ("c", "integer", [2**64, None, -1]))
        self.assertEqual(column(2**63, -1), ("c", "integer", [2**63, -1]))
        self.assertEqual(column(-(2**63) - 1, 0), ("c", "integer", [-(2**63) - 1, 0]))

    def test_floats_with_their_infinities(self) -> None:
        self.assertEqual(
            column(1.5, None, math.inf, -0.0), ("c", "float64", [1.5, None, math.inf, -0.0])
        )

    def test_nan_stays_a_number_in_a_column_of_numbers(self) -> None:
        name, kind, (number, missing, whole) = column(math.nan, None, 1)
        self.assertEqual((name, kind, missing, whole), ("c", "float64", None, 1.0))
        self.assertTrue(isinstance(number, float) and math.isnan(number))

    def test_nan_is_a_missing_value_in_any_other_column(self) -> None:
        self.assertEqual(column("a", math.nan), ("c", "string", ["a", None]))
        self.assertEqual(column(True, math.nan), ("c", "bool", [True, None]))
        self.assertEqual(
            column("a", 1.5, math.nan), ("c", "mixed(string, float64, null)", ["a", 1.5, None])
        )

    def test_truth_values(self) -> None:
        values = [True, False, None, True] * 5
        self.assertEqual(column(*values), ("c", "bool", values))

    def test_texts(self) -> None:
        ascii_texts = ["a", "", None, "bcd"]
        self.assertEqual(column(*ascii_texts), ("c", "string", ascii_texts))
        other_texts = ["é", "", None, "😀x"]
        self.assertEqual(column(*other_texts), ("c", "string", other_texts))

    def test_dates_as_days(self) -> None:
        self.assertEqual(
            column(date(1970, 1, 2), None, date(1969, 12, 31)), ("c", "date", [1, None, -1])
        )

    def test_nothing_but_missing_values(self) -> None:
        self.assertEqual(column(None, None), ("c", "null", [None, None]))

    def test_no_values(self) -> None:
        self.assertEqual(column(), ("c", "null", []))


class Datetimes(unittest.TestCase):
    def test_without_a_zone_count_local_time(self) -> None:
        self.assertEqual(
            column(datetime(1970, 1, 1, 0, 0, 1, 5), None, datetime.min),
            ("c", "datetime us", [1_000_005, None, -62_135_596_800_000_000]),
        )

    def test_with_a_zone_count_in_utc_and_keep_the_name_of_the_zone(self) -> None:
        berlin = "Europe/Berlin"
        named = [ZoneInfo(berlin)] if berlin in available_timezones() else []
        for zone, name in (
            *((zone, berlin) for zone in (*named, pytz.timezone(berlin))),
            (UTC, "UTC"),
            (pytz.utc, "UTC"),
            (timezone(timedelta(hours=2)), "+02:00"),
            (timezone(timedelta(hours=-3, minutes=-30)), "-03:30"),
            (timezone(timedelta(seconds=1172)), "UTC"),
            (_NamelessZone(), "UTC"),
        ):
            summer = datetime(2024, 7, 1, 12, tzinfo=zone)
            winter = datetime(2024, 1, 1, 12, tzinfo=zone)
            counts = [round(moment.timestamp()) * 1_000_000 for moment in (summer, winter)]
            self.assertEqual(column(summer, winter), ("c", f"datetime us {name}", counts))

    def test_of_different_zones_are_different_kinds(self) -> None:
        moments = [
            datetime(1970, 1, 1, tzinfo=UTC),
            datetime(1970, 1, 1, 2, tzinfo=timezone(timedelta(hours=2))),
            datetime(1970, 1, 1, 0, 0, 1),
            datetime(1970, 1, 1, 0, 0, 2, tzinfo=timezone.utc),  # noqa: UP017
        ]
        self.assertEqual(
            column(*moments),
            (
                "c",
                "mixed(datetime us UTC, datetime us +02:00, datetime us)",
                [0, 0, 1_000_000, 2_000_000],
            ),
        )

    def test_are_not_dates(self) -> None:
        self.assertEqual(
            column(date(1970, 1, 2), datetime(1970, 1, 1)),
            ("c", "mixed(date, datetime us)", [1, 0]),
        )


class _NamelessZone(tzinfo):
    """Summer time without a name."""

    def utcoffset(self, moment: datetime | None, /) -> timedelta | None:
        return None if moment is None else timedelta(hours=2 if moment.month == 7 else 1)

    def dst(self, _moment: datetime | None, /) -> timedelta | None:
        return None

    def tzname(self, _moment: datetime | None, /) -> str | None:
        return None


class BlendsOfKinds(unittest.TestCase):
    def test_integers_beside_floats_become_floats_where_each_is_exactly_one(self) -> None:
        self.assertEqual(
            column(1, 0.5, None, 2**60), ("c", "float64", [1.0, 0.5, None, float(2**60)])
        )

    def test_other_integers_beside_floats_stay_integers(self) -> None:
        self.assertEqual(column(2**53 + 1, 0.5), ("c", "mixed(int64, float64)", [2**53 + 1, 0.5]))
        self.assertEqual(column(10**400, 0.5), ("c", "mixed(integer, float64)", [10**400, 0.5]))

    def test_have_a_child_for_each_kind_in_the_order_of_appearance(self) -> None:
        values = ["a", 1, None, True, 2.5, "b", 2, None]
        self.assertEqual(
            column(*values), ("c", "mixed(string, int64, null, bool, float64)", values)
        )

    def test_have_127_kinds_at_the_most(self) -> None:
        zones = [timezone(timedelta(minutes=minutes)) for minutes in range(1, 129)]
        with self.assertRaises(ValueError) as caught:
            column(*(datetime(2024, 1, 1, tzinfo=zone) for zone in zones))
        self.assertEqual(
            str(caught.exception),
            'Column "c", row 128: the column has more than 127 kinds of values. '
            "Bring its datetimes to one time zone.",
        )


class ValuesThatCannotBeEncoded(unittest.TestCase):
    def assert_refused(self, message: str, *values: object) -> None:
        with self.assertRaises(ValueError) as caught:
            column(*values)
        self.assertEqual(str(caught.exception), message)

    def test_halves_of_surrogate_pairs(self) -> None:
        problem = (
            "the text holds half of a surrogate pair, which is no character. "
            'Repair it, for example with text.encode("utf-8", "replace").decode().'
        )
        self.assert_refused(f'Column "c", row 3: {problem}', "a", None, "\ud83d")
        self.assert_refused(f'Column "c", row 4: {problem}', 1, "a", 2, "\ud83d")

    def test_integers_with_more_digits_than_python_writes(self) -> None:
        self.assert_refused(
            'Column "c", row 2: the integer has too many digits. '
            "Store it as text, such as hex(value).",
            1,
            10**5000,
        )

    def test_more_text_than_offsets_of_32_bits_reach(self) -> None:
        with patch("cahier.column_buffers.MAXIMUM_TEXT_BYTES", 5):
            self.assertEqual(column("abc", "de"), ("c", "string", ["abc", "de"]))
            self.assert_refused(
                'Column "c" holds 6 bytes of text, and a column takes 5. '
                "Split it into several columns or datasets.",
                "é",
                "abcd",
            )
