"""`time.sleep` of a job."""

from __future__ import annotations

import decimal
import math
import time
import unittest
from typing import Any

from recording_host import RecordingHost, error_of, request, run_request

from cahier.sleeping import sleep, sleeping_by


class Two:
    def __index__(self) -> int:  # noqa: D105 - it says it all
        return 2


class SleepOfAJob(unittest.TestCase):
    def test_waits_through_the_host(self) -> None:
        host = RecordingHost()
        run_request(
            request("import time\nfrom time import sleep\ntime.sleep(1.5)\nsleep(0)\nsleep(True)"),
            host=host,
        )
        self.assertEqual(host.slept, [1.5, 0.0, 1.0])

    def test_leaves_the_one_of_python_in_its_place_afterwards(self) -> None:
        before = time.sleep
        run_request(request("import time\ntime.sleep = None"))
        self.assertIs(time.sleep, before)

    def test_is_the_same_function_in_each_job(self) -> None:
        import json  # noqa: PLC0415 - something that outlives the job

        run_request(request("import json, time\njson.sleep = time.sleep"))
        host = RecordingHost()
        try:
            run_request(request("import json\njson.sleep(3)"), host=host)
        finally:
            del json.sleep  # type: ignore[attr-defined]
        self.assertEqual(host.slept, [3.0])

    def test_is_no_part_of_a_traceback(self) -> None:
        error = error_of("import time\ntime.sleep(-1)")
        self.assertEqual(error["message"], "sleep length must be non-negative")
        self.assertNotIn("sleeping.py", error["traceback"])


class Lengths(unittest.TestCase):
    def slept(self, length: Any) -> float:  # noqa: ANN401 - as scripts pass anything
        seconds: list[float] = []
        with sleeping_by(seconds.append):
            sleep(length)
        (slept,) = seconds
        return slept

    def test_are_what_python_takes(self) -> None:
        for length, seconds in [(0, 0.0), (-0.0, 0.0), (1.25, 1.25), (10**9, 1e9), (Two(), 2.0)]:
            self.assertEqual(self.slept(length), seconds)

    def test_are_refused_as_python_refuses_them(self) -> None:
        for length in (-1, -0.5, math.nan, math.inf, 10**30, -(10**30), "1", None):
            with self.assertRaises((TypeError, ValueError, OverflowError)) as ours:
                self.slept(length)
            with self.assertRaises((TypeError, ValueError, OverflowError)) as of_python:
                time.sleep(length)  # type: ignore[arg-type] # that is the point
            self.assertIs(type(ours.exception), type(of_python.exception), length)
        for length in (decimal.Decimal(1), "1", None):
            with self.assertRaisesRegex(TypeError, "cannot be interpreted as an integer"):
                self.slept(length)

    def test_are_positional(self) -> None:
        with self.assertRaises(TypeError):
            sleep(seconds=1)  # type: ignore[call-arg] # that is the point


class OutsideAJob(unittest.TestCase):
    def test_python_sleeps(self) -> None:
        start = time.monotonic()
        sleep(0.02)
        self.assertGreaterEqual(time.monotonic() - start, 0.019)
