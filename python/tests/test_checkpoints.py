"""Data checkpoints as texts."""

from __future__ import annotations

import datetime
import os
import time
import unittest
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch
from zoneinfo import ZoneInfo, available_timezones

from cahier.checkpoints import checkpoint_of, value_of_checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def in_local_zone(zone: str) -> Iterator[None]:
    """Have the machine be in another time zone within, where it lets itself be moved."""
    if not hasattr(time, "tzset"):
        yield
        return
    try:
        with patch.dict(os.environ, {"TZ": zone}):
            time.tzset()
            yield
    finally:
        time.tzset()


class Checkpoints(unittest.TestCase):
    def test_come_back_as_they_were(self) -> None:
        east = datetime.timezone(datetime.timedelta(hours=2))
        for value, kind, text in (
            (1, "integer", "1"),
            (2**70, "integer", "1180591620717411303424"),
            (True, "boolean", "true"),
            (1.5, "number", "1.5"),
            (" ä ", "string", " ä "),
            (datetime.date(2024, 2, 29), "date", "2024-02-29"),
            (datetime.datetime(2024, 2, 29, 12, 0, 0, 5), "datetime", "2024-02-29T12:00:00.000005"),
            (
                datetime.datetime(2024, 2, 29, tzinfo=datetime.UTC),
                "datetime",
                "2024-02-29T00:00:00+00:00[UTC]",
            ),
            (
                datetime.datetime(2024, 6, 1, tzinfo=east),
                "datetime",
                "2024-06-01T00:00:00+02:00[+02:00]",
            ),
            ([1, {"a": None}], "json", '[1, {"a": null}]'),
        ):
            checkpoint = checkpoint_of(value)
            self.assertEqual(checkpoint, {"type": kind, "text": text})
            assert checkpoint
            again = value_of_checkpoint(checkpoint)
            self.assertEqual((again, type(again)), (value, type(value)))

    @unittest.skipUnless("Europe/Berlin" in available_timezones(), "zones are not known here")
    def test_keep_the_name_of_a_zone(self) -> None:
        moment = datetime.datetime(2024, 6, 1, tzinfo=ZoneInfo("Europe/Berlin"))
        checkpoint = checkpoint_of(moment)
        text = "2024-06-01T00:00:00+02:00[Europe/Berlin]"
        self.assertEqual(checkpoint, {"type": "datetime", "text": text})
        self.assertEqual(value_of_checkpoint({"type": "datetime", "text": text}), moment)
        edited = value_of_checkpoint(
            {"type": "datetime", "text": "2024-06-01T00:00[Europe/Berlin]"}
        )
        self.assertEqual(edited, moment)

    def test_are_read_in_their_zone_where_a_person_left_out_the_offset(self) -> None:
        evening = datetime.datetime(2026, 3, 31, 18)
        east = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
        for name, zone in (
            ("UTC", datetime.UTC),
            ("utc", datetime.UTC),
            ("Etc/UTC", datetime.UTC),
            ("+05:30", east),
            ("+0530", east),
            ("-00:00", datetime.UTC),
        ):
            for text, moment in (
                (f"2026-03-31T18:00:00[{name}]", evening.replace(tzinfo=zone)),
                (f"2026-03-31T18:00:00Z[{name}]", evening.replace(tzinfo=datetime.UTC)),
            ):
                with self.subTest(text), in_local_zone("XYZ-7"):
                    read = value_of_checkpoint({"type": "datetime", "text": text})
                    assert isinstance(read, datetime.datetime)
                    self.assertEqual((read, read.tzinfo), (moment, zone))

    def test_in_a_zone_that_is_not_known_need_its_offset(self) -> None:
        text = "2026-03-31T18:00:00[Nowhere/City]"
        with self.assertRaises(ValueError) as caught:
            value_of_checkpoint({"type": "datetime", "text": text})
        self.assertEqual(
            str(caught.exception),
            f'The data checkpoint {text!r} is no datetime: the time zone "Nowhere/City" is not '
            "known here: write its offset too, such as 2026-03-31T18:00:00+02:00[Europe/Berlin]",
        )

    def test_keep_the_offset_of_a_zone_that_is_not_known(self) -> None:
        text = "2024-06-01T00:00:00+02:00[Nowhere/City]"
        east = datetime.timezone(datetime.timedelta(hours=2))
        self.assertEqual(
            value_of_checkpoint({"type": "datetime", "text": text}),
            datetime.datetime(2024, 6, 1, tzinfo=east),
        )

    def test_are_none_without_a_value(self) -> None:
        self.assertEqual([checkpoint_of(None), checkpoint_of(float("nan"))], [None, None])

    def test_that_were_edited_wrongly_are_named(self) -> None:
        with self.assertRaisesRegex(ValueError, "^The data checkpoint 'yes' is no boolean: "):
            value_of_checkpoint({"type": "boolean", "text": "yes"})
        with self.assertRaisesRegex(ValueError, "^The data checkpoint '2024' is no datetime: "):
            value_of_checkpoint({"type": "datetime", "text": "2024"})


if __name__ == "__main__":
    unittest.main()
