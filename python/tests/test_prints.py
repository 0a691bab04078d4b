"""What a script prints, from the script to the events."""

from __future__ import annotations

import unittest

from recording_host import entries_of, outcome_of, run


class PrintsOfAJob(unittest.TestCase):
    def test_arrive_before_its_end(self) -> None:
        events = run(
            "import sys, warnings\n"
            'print("out")\n'
            'print("err", file=sys.stderr)\n'
            'sys.stdout.buffer.write(b"bytes")\n'
            'warnings.warn("careful")\n'
        )
        self.assertEqual(outcome_of(events)["status"], "done")
        self.assertEqual(
            [(entry["stream"], entry["text"]) for entry in entries_of(events)],
            [
                ("stdout", "out"),
                ("stdout", "\n"),
                ("stderr", "err"),
                ("stderr", "\n"),
                ("stdout", "bytes"),
                (
                    "stderr",
                    'Cell "Sales":5: UserWarning: careful\n  warnings.warn("careful")\n',
                ),
            ],
        )

    def test_arrive_though_the_job_fails(self) -> None:
        events = run("for n in range(30): print(n)\n1 / 0")
        self.assertEqual(outcome_of(events)["status"], "failed")
        self.assertEqual(
            "".join(entry["text"] for entry in entries_of(events)),
            "".join(f"{number}\n" for number in range(30)),
        )

    def test_by_what_outlives_the_job_are_dropped(self) -> None:
        run("import sys, json\njson.kept = sys.stdout")
        import json  # noqa: PLC0415

        try:
            host_events = run("import json\njson.kept.write('late')")
        finally:
            del json.kept  # type: ignore[attr-defined]
        self.assertEqual(entries_of(host_events), [])
