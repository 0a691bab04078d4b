"""The log of a job: streams, batches in time, and the limit.

Longer than most files: each test stands on the same clock, host and log.
"""

from __future__ import annotations

import tracemalloc
import unittest
from typing import TYPE_CHECKING

from clock import Clock
from recording_host import RecordingHost, entries_of

from cahier.log import Log
from cahier.log_stream import LogTextStream

if TYPE_CHECKING:
    from cahier._wire import JobEvent, LogStream

START = 1_700_000_000_000.0


def added(*entries: tuple[float, str, str]) -> dict[str, object]:
    """Give the event with these entries: milliseconds since the start, stream, text."""
    return {
        "type": "log-added",
        "entries": [
            {"time": START + elapsed_ms, "stream": stream, "text": text}
            for elapsed_ms, stream, text in entries
        ],
    }


class LogTest(unittest.TestCase):
    """Writes to a log under a clock that the test moves."""

    def setUp(self) -> None:
        self.host = RecordingHost()
        self.clock = Clock()
        self.log = Log(self.host, self.clock)

    def write(self, text: str, stream: LogStream = "stdout") -> None:
        self.log.print(stream, text)

    def pass_milliseconds(self, elapsed_ms: float) -> None:
        self.clock.seconds += elapsed_ms / 1000

    def new_events(self) -> list[JobEvent]:
        events, self.host.events = self.host.events, []
        return events


class Batches(LogTest):
    def use_up_the_window(self) -> None:
        for _ in range(20):
            self.write("x")
        self.assertEqual(self.new_events(), [added((0, "stdout", "x"))] * 20)

    def test_the_first_twenty_writes_go_out_at_once(self) -> None:
        self.use_up_the_window()
        self.write("y")
        self.assertEqual(self.new_events(), [])

    def test_later_ones_are_gathered_until_the_window_has_passed(self) -> None:
        self.use_up_the_window()
        self.write("a")
        self.pass_milliseconds(31.25)
        self.write("b")
        self.write("c", "stderr")
        self.write("d")
        self.assertEqual(self.new_events(), [])
        self.pass_milliseconds(31.25)
        self.write("e")
        self.assertEqual(
            self.new_events(),
            [added((0, "stdout", "ab"), (31.25, "stderr", "c"), (31.25, "stdout", "de"))],
        )

    def test_a_flood_goes_out_once_a_window(self) -> None:
        self.use_up_the_window()
        self.write("a")
        for elapsed in range(1, 4):
            self.pass_milliseconds(62.5)
            for _ in range(100):
                self.write("b")
            text = "ab" if elapsed == 1 else "b" * 100
            before = 62.5 * (elapsed - 1)
            self.assertEqual(self.new_events(), [added((before, "stdout", text))])

    def test_after_a_quiet_window_writes_go_out_at_once_again(self) -> None:
        self.use_up_the_window()
        self.write("a")
        self.pass_milliseconds(62.5)
        self.write("b")
        self.write("c")
        self.assertEqual(self.new_events(), [added((0, "stdout", "ab"))])
        self.pass_milliseconds(62.5)
        self.write("d")
        self.write("e")
        self.assertEqual(
            self.new_events(), [added((62.5, "stdout", "cd")), added((125, "stdout", "e"))]
        )

    def test_an_event_of_the_record_goes_out_with_what_comes_after_it(self) -> None:
        self.log.event("event", "1")
        self.pass_milliseconds(62.5)
        self.log.event("event", "2")
        self.assertEqual(self.new_events(), [])
        self.write("a")
        self.log.event("event", "3")
        self.log.flush_if_idle()
        self.assertEqual(
            self.new_events(),
            [
                added((0, "event", "1"), (62.5, "event", "2"), (62.5, "stdout", "a")),
                added((62.5, "event", "3")),
            ],
        )

    def test_many_changes_of_stream_go_out_before_the_window_has_passed(self) -> None:
        self.use_up_the_window()
        for _ in range(500):
            self.write("a")
            self.write("b", "stderr")
        (batch,) = self.new_events()
        self.assertEqual(len(entries_of([batch])), 1_000)

    def test_a_regular_call_sends_what_is_gathered(self) -> None:
        self.use_up_the_window()
        self.write("a")
        self.log.flush_if_idle()
        self.log.flush_if_idle()
        self.assertEqual(self.new_events(), [added((0, "stdout", "a"))])

    def test_a_regular_call_leaves_a_write_alone_that_it_comes_in_between(self) -> None:
        def clock() -> float:
            self.log.flush_if_idle()
            return self.clock.seconds

        self.log = Log(self.host, clock)
        self.use_up_the_window()
        self.write("b")
        self.assertEqual(self.new_events(), [])
        self.log.flush()
        self.assertEqual(self.new_events(), [added((0, "stdout", "b"))])

    def test_a_clock_set_back_starts_a_new_window(self) -> None:
        self.use_up_the_window()
        self.pass_milliseconds(-1000)
        self.write("a")
        self.assertEqual(self.new_events(), [added((-1000, "stdout", "a"))])

    def test_much_text_goes_out_before_the_window_has_passed(self) -> None:
        self.use_up_the_window()
        self.write("a" * 65_535)
        self.assertEqual(self.new_events(), [])
        self.write("b")
        self.assertEqual(self.new_events(), [added((0, "stdout", "a" * 65_535 + "b"))])

    def test_a_flush_sends_what_is_gathered(self) -> None:
        self.use_up_the_window()
        self.write("a")
        self.log.flush()
        self.log.flush()
        self.assertEqual(self.new_events(), [added((0, "stdout", "a"))])

    def test_a_close_sends_what_is_gathered_and_drops_what_comes_later(self) -> None:
        self.use_up_the_window()
        self.write("a")
        self.log.close()
        self.write("b")
        self.log.warn("c")
        self.log.flush()
        self.assertEqual(self.new_events(), [added((0, "stdout", "a"))])

    def test_nothing_is_no_write(self) -> None:
        self.write("")
        self.assertEqual(self.new_events(), [])

    def test_warnings_are_entries_of_their_own_in_the_order_of_the_prints(self) -> None:
        self.use_up_the_window()
        self.write("a")
        self.log.warn("careful\nindeed")
        self.log.warn("again")
        self.log.warn("wrong", stream="error")
        self.log.close()
        self.assertEqual(
            self.new_events(),
            [
                added(
                    (0, "stdout", "a"),
                    (0, "warning", "careful\nindeed\n"),
                    (0, "warning", "again\n"),
                    (0, "error", "wrong\n"),
                )
            ],
        )

    def test_halves_of_surrogate_pairs_are_spelled(self) -> None:
        self.write("é\ud800")
        self.assertEqual(self.new_events(), [added((0, "stdout", "é\\ud800"))])


class Limit(LogTest):
    def test_is_a_million_characters_of_both_streams(self) -> None:
        self.write("a" * 600_000)
        self.write("b" * 400_000, "stderr")
        self.write("c" * 10)
        self.write("d" * 5, "stderr")
        self.log.warn("still told")
        self.log.close()
        self.assertEqual(
            self.new_events(),
            [
                added((0, "stdout", "a" * 600_000)),
                added((0, "stderr", "b" * 400_000)),
                added(
                    (
                        0,
                        "warning",
                        "The log is cut here: a job keeps 1,000,000 printed characters.\n",
                    )
                ),
                added((0, "warning", "still told\n")),
                added((0, "warning", "15 printed characters were left out.\n")),
            ],
        )

    def test_cuts_within_a_text(self) -> None:
        self.write("a" * 1_000_001)
        self.log.close()
        self.assertEqual(
            [entry["text"] for entry in entries_of(self.new_events())],
            [
                "a" * 1_000_000,
                "The log is cut here: a job keeps 1,000,000 printed characters.\n",
                "1 printed characters were left out.\n",
            ],
        )

    def texts(self) -> list[str]:
        return [entry["text"] for entry in entries_of(self.new_events())]

    def test_is_a_hundred_thousand_lines_of_both_streams(self) -> None:
        self.write("\n" * 99_998)
        self.write("a\nb", "stderr")
        self.write("c\nde\nf")
        self.write("g", "stderr")
        self.log.close()
        self.assertEqual(
            self.texts(),
            [
                "\n" * 99_998,
                "a\nb",
                "c\n",
                "The log is cut here: a job keeps 100,000 printed lines.\n",
                "5 printed characters were left out.\n",
            ],
        )

    def test_is_not_met_by_that_many_lines(self) -> None:
        self.write("\n" * 100_000)
        self.write("")
        self.log.close()
        self.assertEqual(self.texts(), ["\n" * 100_000])

    def test_is_the_one_that_was_met_first(self) -> None:
        self.write("a" * 999_999)
        self.write("\n" * 100_001)
        self.write("\n" * 100_001)
        self.log.close()
        self.assertEqual(
            self.texts()[1:],
            [
                "\n",
                "The log is cut here: a job keeps 1,000,000 printed characters.\n",
                "200,001 printed characters were left out.\n",
            ],
        )

    def test_is_a_thousand_warnings(self) -> None:
        for number in range(1_003):
            self.log.warn(f"{number}")
        self.write("a" * 999_999 + "\nbc")
        self.log.close()
        texts = "".join(self.texts()).splitlines()
        self.assertEqual(texts[:1_000], [f"{number}" for number in range(1_000)])
        self.assertEqual(
            texts[1_001:],
            [
                "The log is cut here: a job keeps 1,000,000 printed characters.",
                "2 printed characters were left out.",
                "3 warnings were left out: a job keeps 1,000.",
            ],
        )

    def test_shortens_a_warning(self) -> None:
        self.log.warn("a" * 1_001)
        self.assertEqual(self.texts(), ["a" * 1_000 + "… (1 more characters)\n"])

    def test_makes_a_giant_cheap(self) -> None:
        giant = "é" * 50_000_000
        tracemalloc.start()
        self.write(giant)
        _, most_bytes = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        self.assertLess(most_bytes, 10_000_000)

    def test_makes_giant_bytes_cheap(self) -> None:
        giant = b"a" * 50_000_000
        stream = LogTextStream(self.log, "stdout")
        tracemalloc.start()
        stream.buffer.write(giant)
        _, most_bytes = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        self.assertLess(most_bytes, 10_000_000)
        self.log.close()
        self.assertEqual(self.texts()[-1], "49,000,000 printed characters were left out.\n")

    def test_gathers_many_small_writes(self) -> None:
        for _ in range(300_000):
            self.write("x")
        self.log.close()
        self.assertEqual("".join(self.texts()), "x" * 300_000)
        self.assertLess(len(self.host.events), 30)


class Streams(LogTest):
    def setUp(self) -> None:
        super().setUp()
        self.stream = LogTextStream(self.log, "stdout")

    def texts(self) -> list[str]:
        return [entry["text"] for entry in entries_of(self.new_events())]

    def test_behave_as_text_streams(self) -> None:
        self.assertEqual(self.stream.write("añ"), 2)
        self.stream.writelines(["b", "c"])
        print("d", b"e", file=self.stream, flush=True)
        self.assertEqual("".join(self.texts()), "añbcd b'e'\n")
        stream = self.stream
        self.assertEqual(
            (stream.encoding, stream.errors, stream.name, stream.isatty(), stream.writable()),
            ("utf-8", "backslashreplace", "<stdout>", False, True),
        )
        self.assertEqual(
            (stream.readable(), stream.seekable(), stream.closed), (False, False, False)
        )

    def test_take_nothing_but_text(self) -> None:
        with self.assertRaises(TypeError) as caught:
            self.stream.write(b"a")  # type: ignore[arg-type] # that is the point
        self.assertEqual(str(caught.exception), "write() takes a str, not bytes")

    def test_take_bytes_through_their_buffer(self) -> None:
        first, second = "é".encode()[:1], "é".encode()[1:]
        self.assertEqual(self.stream.buffer.write(b"a" + first), 2)
        self.assertEqual(self.stream.buffer.write(memoryview(second + b"\xff")), 2)
        self.stream.buffer.flush()
        self.assertEqual("".join(self.texts()), "aé\\xff")
