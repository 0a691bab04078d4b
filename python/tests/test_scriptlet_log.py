"""What a Scriptlet tells through its Context: lines, values, errors and progress.

Longer than most files: one short test for each way to tell something.
"""

from __future__ import annotations

import json
import unittest

from clock import Clock
from recording_host import RecordingHost, entries_of, run_request
from scriptlets import (
    done_of,
    failure_of,
    log_entries,
    outputs_of,
    run_main,
    scriptlet,
    session_record,
)

from cahier.progress import Throttle


class Lines(unittest.TestCase):
    def test_go_to_the_log_by_their_streams(self) -> None:
        events = run_main(
            "context.report_log('a')\n"
            "context.report_log('b', 'stderr')\n"
            "context.report_log(5, stdio='stdout')\n"
            "context.send_warning('careful')\n"
            "context.logger.debug('d %s', 1)\n"
            "context.logger.info('i')\n"
            "context.logger.warning('w')\n"
            "context.logger.error('e')\n"
        )
        self.assertEqual(
            log_entries(events),
            [
                ("stdout", "a\n"),
                ("stderr", "b\n"),
                ("stdout", "5\n"),
                ("warning", "careful\n"),
                ("debug", "d 1\n"),
                ("info", "i\n"),
                ("warning", "w\n"),
                ("error", "e\n"),
            ],
        )
        self.assertEqual(outputs_of(events), {})

    def test_of_the_logger_have_their_traceback(self) -> None:
        events = run_main("try: 1 / 0\nexcept Exception: context.logger.exception('oh')")
        ((stream, text),) = log_entries(events)
        self.assertEqual((stream, text.splitlines()[0]), ("error", "oh"))
        self.assertTrue(text.endswith("ZeroDivisionError: division by zero\n"))


class Errors(unittest.TestCase):
    def test_let_the_job_go_on_and_end_as_failed(self) -> None:
        events = run_main("context.error('one')\ncontext.send_error('two')\nprint('on', end='')")
        self.assertEqual(
            log_entries(events), [("error", "one\n"), ("error", "two\n"), ("stdout", "on")]
        )
        error = failure_of(events)
        self.assertEqual((error["kind"], error["message"]), ("rule", "one\ntwo"))


class Values(unittest.TestCase):
    def test_are_json_texts_of_their_own_entry(self) -> None:
        events = run_main(
            "context.log_json({'a': [1, float('nan')]})\n"
            "context.log_json('x')\n"
            "context.send_message({'m': True})\n"
        )
        self.assertEqual(
            log_entries(events),
            [("json", '{"a": [1, NaN]}'), ("json", '"x"'), ("message", '{"m": true}')],
        )

    def test_that_json_lacks_are_described(self) -> None:
        events = run_main(
            "a = [1]\na.append(a)\ncontext.log_json({'s': {1}, (1,): 2})\ncontext.log_json(a)"
        )
        first, second = (json.loads(text) for _, text in log_entries(events))
        self.assertEqual(first, {"s": "<set>", "<tuple>": 2})
        self.assertEqual(second, [1, [1, [1, [1, [1, [1, "<list>"]]]]]])

    def test_may_be_numbers_of_any_size_and_nested_at_any_depth(self) -> None:
        events = run_main(
            "deep = []\n"
            "for _ in range(2_000): deep = [deep]\n"
            "for value in 10**5000, float('-inf'), deep, {'a': deep, 1: float('nan')}:\n"
            "    context.log_json(value)\n"
            "    context.send_message(value)"
        )
        texts = [text for _, text in log_entries(events)]
        self.assertEqual([len(texts), texts[0::2]], [8, texts[1::2]])
        self.assertEqual(texts[0], "1" + 5000 * "0")
        shown = '[[[[[["<list>"]]]]]]'
        self.assertEqual(texts[2::2], ["-Infinity", shown, f'{{"a": {shown[1:-1]}, "<int>": NaN}}'])

    def test_that_are_giants_are_cut_to_their_beginning(self) -> None:
        events = run_main("context.log_json(['x' * 30_000])")
        ((_, text),) = log_entries(events)
        self.assertEqual(json.loads(text), {"characters": 30_004, "beginning": '["' + "x" * 998})

    def test_are_ten_thousand_at_most(self) -> None:
        events = run_main("for n in range(10_002): context.log_json(n)\nprint('on', end='')")
        entries = entries_of(events)
        self.assertEqual([e["text"] for e in entries[:10_000]], [str(n) for n in range(10_000)])
        self.assertEqual(
            [(entry["stream"], entry["text"]) for entry in entries[10_000:]],
            [
                ("warning", "The log is cut here: a job keeps 10,000 events.\n"),
                ("stdout", "on"),
                ("event", '{"type": "BlockFinished"}'),
                ("warning", "2 events were left out.\n"),
            ],
        )

    def test_leave_room_for_the_outputs_and_the_end(self) -> None:
        for flood in "range(10_002)", "['x' * 18_000] * 120":
            events = run_main(
                f"for value in {flood}: context.log_json(value)\n"
                "context.preview({'type': 'text', 'data': 'a'})\n"
                "context.output('output', 1)\n"
                "context.outputs({'output': 2})\n"
                "return {'output': 3}"
            )
            self.assertEqual(
                session_record(events)[-3:],
                [
                    {"type": "BlockOutput", "handle": "output", "output": 1, "done": False},
                    {"type": "BlockOutputs", "outputs": {"output": 2}},
                    {"type": "BlockFinished", "result": {"output": 3}},
                ],
            )

    def test_of_outputs_are_a_thousand_more_at_most(self) -> None:
        events = run_main("for n in range(12_000): context.output('output', n)")
        *outputs, end = session_record(events)
        self.assertEqual([event["output"] for event in outputs], list(range(11_000)))
        self.assertEqual(end, {"type": "BlockFinished"})
        self.assertEqual(
            log_entries(events),
            [
                ("warning", "The log is cut here: a job keeps 10,000 events.\n"),
                ("warning", "1,000 events were left out.\n"),
            ],
        )

    def test_of_outputs_are_two_million_characters_more_at_most(self) -> None:
        events = run_main("for n in range(230): context.output('output', 'x' * 18_000)")
        *outputs, end = session_record(events)
        self.assertLess(len(outputs), 2 * (2_000_000 // 18_000) + 1)
        self.assertEqual(end, {"type": "BlockFinished"})

    def test_of_errors_have_room_beside_a_flood_of_warnings(self) -> None:
        events = run_main(
            "for n in range(1_003): context.send_warning(n)\n"
            "for n in range(1_002): context.error(n)"
        )
        errors = [text for stream, text in log_entries(events) if stream == "error"]
        self.assertEqual(errors, [f"{n}\n" for n in range(1_000)])
        self.assertEqual(
            log_entries(events)[2_000:],
            [
                ("warning", "3 warnings were left out: a job keeps 1,000.\n"),
                ("warning", "2 errors were left out: a job keeps 1,000.\n"),
            ],
        )

    def test_are_two_million_characters_at_most(self) -> None:
        events = run_main("for _ in range(120): context.log_json('x' * 18_000)")
        entries = entries_of(events)
        whole = [entry for entry in entries if entry["stream"] == "json"]
        self.assertEqual(len(whole), 2_000_000 // 18_002)
        self.assertEqual(
            [entry["text"] for entry in entries if entry["stream"] == "warning"],
            [
                "The log is cut here: a job keeps 2,000,000 characters of events.\n",
                "9 events were left out.\n",
            ],
        )


class Progress(unittest.TestCase):
    """Rates with the seconds since the start at which they were sent."""

    def sent(self, source: str) -> list[tuple[float, float]]:
        host = RecordingHost()
        start = host.clock.seconds
        times: list[tuple[float, float]] = []
        emit = host.emit

        def recording_emit(event: object) -> None:
            emit(event)  # type: ignore[arg-type] # what it gets
            if isinstance(event, dict) and event["type"] == "progress-changed":
                times.append((round(host.clock.seconds - start, 3), event["percent"]))

        host.emit = recording_emit  # type: ignore[assignment] # a test's
        lines = "\n    ".join(source.splitlines())
        job = scriptlet(f"import asyncio\nasync def main(params, context):\n    {lines}\n")
        done_of(run_request(job, host=host))
        return times

    def test_is_throttled_as_the_diagram_has_it(self) -> None:
        source = (
            "context.report_progress(1)\n"
            "await asyncio.sleep(0.25)\n"
            "context.report_progress(2)\n"
            "await asyncio.sleep(0.2)\n"
            "for rate in 3, 4, 5, 6, 7: context.report_progress(rate)\n"
            "await asyncio.sleep(1)\n"
            "context.report_progress(8)\n"
        )
        self.assertEqual(self.sent(source), [(0.0, 1.0), (0.3, 2.0), (0.6, 7.0), (1.45, 8.0)])

    def test_tells_the_last_one_of_a_job_always(self) -> None:
        source = "for rate in range(101): context.report_progress(rate)"
        self.assertEqual(self.sent(source), [(0.0, 0.0), (0.0, 100.0)])

    def test_is_given_by_name_too(self) -> None:
        self.assertEqual(self.sent("context.report_progress(progress=5)"), [(0.0, 5.0)])

    def test_is_clamped(self) -> None:
        source = (
            "for rate in -5, True, 250, float('inf'), 10**400:\n    await asyncio.sleep(1)\n    "
        )
        source += "context.report_progress(rate)"
        self.assertEqual([rate for _, rate in self.sent(source)], [0.0, 1.0, 100.0, 100.0, 100.0])

    def test_is_a_number(self) -> None:
        for value, name in (("None", "NoneType"), ("'5'", "str"), ("float('nan')", "NaN")):
            error = failure_of(run_main(f"context.report_progress({value})"))
            self.assertEqual(
                (error["type"], error["message"], error["line"]),
                (
                    "TypeError",
                    f"report_progress(progress) takes a number from 0 to 100, not {name}.",
                    3,
                ),
            )

    def test_is_in_the_record_and_after_what_was_printed(self) -> None:
        events = run_main("print('a', end='')\ncontext.report_progress(5)")
        kinds = [
            event["entries"][0]["stream"] if event["type"] == "log-added" else event["type"]
            for event in events
        ]
        self.assertEqual(kinds, ["stdout", "progress-changed", "event", "job-finished"])
        self.assertEqual(session_record(events)[0], {"type": "BlockProgress", "rate": 5.0})

    def test_is_told_by_a_regular_look_while_python_computes(self) -> None:
        clock = Clock()
        sent: list[float] = []
        throttle = Throttle(sent.append, clock)
        throttle.take(1)
        throttle.take(2)
        throttle.look()
        self.assertEqual(sent, [1])
        clock.seconds += 0.4
        throttle.look()
        throttle.look()
        self.assertEqual(sent, [1, 2])
        throttle.take(3)
        self.assertEqual(sent, [1, 2])
        clock.seconds += 0.4
        throttle.take(4)
        self.assertEqual(sent, [1, 2, 3])
        throttle.close()
        self.assertEqual(sent, [1, 2, 3, 4])

    def test_is_not_disturbed_by_a_look_in_its_midst(self) -> None:
        clock = Clock()
        sent: list[float] = []
        is_looking = False

        def now() -> float:
            nonlocal is_looking
            if not is_looking:
                is_looking = True
                throttle.look()
                is_looking = False
            return clock()

        throttle = Throttle(sent.append, now)
        for rate in range(3):
            throttle.take(rate)
        throttle.close()
        self.assertEqual(sent, [0, 2])

    def test_is_not_lost_where_a_look_comes_at_the_end_of_a_period(self) -> None:
        clock = Clock()
        sent: list[float] = []
        throttle = Throttle(sent.append, clock)
        for rate in range(3):
            throttle.take(rate)
        is_over = False

        def now() -> float:
            nonlocal is_over
            before = clock()
            if not is_over:
                is_over = True
                clock.seconds += 0.4
                throttle.look()
            return before

        throttle._now = now  # noqa: SLF001 - a look in the midst of a call
        throttle.take(3)
        throttle._now = clock  # noqa: SLF001 - as above
        self.assertEqual(sent, [0, 2])
        throttle.take(4)
        throttle.close()
        self.assertEqual(sent, [0, 2, 4])

    def test_reads_the_clock_at_few_of_the_calls_that_come_quickly(self) -> None:
        clock = Clock()
        sent: list[float] = []
        readings = 0

        def now() -> float:
            nonlocal readings
            readings += 1
            return clock()

        throttle = Throttle(sent.append, now)
        for rate in range(1_000):
            throttle.take(rate / 10)
        self.assertLess(readings, 70)
        throttle.look()
        self.assertEqual(sent, [0])
        clock.seconds += 0.4
        throttle.look()
        self.assertEqual(sent, [0, 99.9])
        throttle.take(float(5))
        with self.assertRaises(TypeError):
            throttle.take(float("nan"))
        throttle.close()
        self.assertEqual(sent, [0, 99.9, 5])

    def test_goes_on_under_a_clock_set_back(self) -> None:
        clock = Clock()
        sent: list[float] = []
        throttle = Throttle(sent.append, clock)
        throttle.take(1)
        clock.seconds -= 1_000
        throttle.take(2)
        self.assertEqual(sent, [1, 2])
