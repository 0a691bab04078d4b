"""A stop of a job: what it ends, and what it leaves behind."""

from __future__ import annotations

import signal
import sys
import time
import unittest
from typing import TYPE_CHECKING

from recording_host import RecordingHost, entries_of, outcome_of, request, run, run_request

if TYPE_CHECKING:
    from cahier._wire import Outcome

STOPPED: Outcome = {"status": "stopped"}


def stop_in_sleep(source: str, sleep: int = 1) -> tuple[Outcome, str]:
    """Run a script that is stopped in one of its sleeps; give the outcome and the log."""
    events = run_request(
        request(f"import time\n{source}", generate_empty_dataset=True),
        host=RecordingHost(stopped_sleep=sleep),
    )
    return outcome_of(events), "".join(entry["text"] for entry in entries_of(events))


class AStop(unittest.TestCase):
    def test_ends_the_job_as_stopped(self) -> None:
        self.assertEqual(stop_in_sleep('print("a")\ntime.sleep(1)\nprint("b")'), (STOPPED, "a\n"))

    def test_lets_the_script_clean_up(self) -> None:
        log = stop_in_sleep('try: time.sleep(1)\nfinally: time.sleep(1); print("clean")')
        self.assertEqual(log, (STOPPED, "clean\n"))

    def test_is_one_where_the_script_leaves_with_a_code_for_it(self) -> None:
        source = "import sys\ntry: time.sleep(1)\nexcept KeyboardInterrupt: sys.exit(130)"
        self.assertEqual(stop_in_sleep(source), (STOPPED, ""))

    def test_is_one_where_the_script_raises_it_again(self) -> None:
        source = "try: time.sleep(1)\nexcept BaseException as error: raise error from None"
        self.assertEqual(stop_in_sleep(source), (STOPPED, ""))

    def test_puts_nothing_out(self) -> None:
        source = (
            "from onelogic.odpf.common import ODDataset\n"
            'od_output.add_data("a", ODDataset([[1]], ["b"]))\n'
            "time.sleep(1)"
        )
        self.assertEqual(stop_in_sleep(source), (STOPPED, ""))

    def test_that_is_swallowed_lets_the_script_go_on(self) -> None:
        source = 'try: time.sleep(1)\nexcept KeyboardInterrupt: pass\nprint("on")'
        outcome, log = stop_in_sleep(source)
        self.assertEqual((outcome["status"], log), ("done", "on\n"))

    def test_that_is_swallowed_does_not_excuse_another_failure(self) -> None:
        outcome, _ = stop_in_sleep("try: time.sleep(1)\nexcept KeyboardInterrupt: 1 / 0")
        assert outcome["status"] == "failed"
        self.assertEqual(outcome["error"]["type"], "ZeroDivisionError")

    def test_leaves_what_is_no_script_alone(self) -> None:
        host = RecordingHost()
        run_request(request("1 / 0"), host=host)
        self.assertFalse(host.is_stoppable)

    def test_has_everything_put_back(self) -> None:
        before = sys.stdin, sys.stdout, time.sleep, signal.getsignal(signal.SIGINT)
        stop_in_sleep(
            "import signal, sys\n"
            "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
            "sys.stdout = None\n"
            "time.sleep(1)"
        )
        after = sys.stdin, sys.stdout, time.sleep, signal.getsignal(signal.SIGINT)
        self.assertEqual(after, before)


class AKeyboardInterruptOfTheScript(unittest.TestCase):
    def test_is_a_failure_like_any_other(self) -> None:
        outcome = outcome_of(run("raise KeyboardInterrupt('mine')"))
        assert outcome["status"] == "failed"
        error = outcome["error"]
        self.assertEqual(
            (error["type"], error["message"], error["line"]), ("KeyboardInterrupt", "mine", 1)
        )

    def test_does_not_excuse_an_exit(self) -> None:
        outcome = outcome_of(run("try: raise KeyboardInterrupt\nfinally: exit(3)"))
        assert outcome["status"] == "failed"
        self.assertEqual(outcome["error"]["kind"], "exit")


class AStopAtTheEdgesOfAScript(unittest.TestCase):
    """A stop may raise its interrupt in the runtime's own steps around the script."""

    def test_that_comes_before_its_first_step_ends_the_job(self) -> None:
        class Host(RecordingHost):
            def start_script(self) -> None:
                super().start_script()
                self.stop()

        events = run_request(request('print("never")'), host=Host())
        self.assertEqual((outcome_of(events), entries_of(events)), (STOPPED, []))

    def test_that_comes_after_its_last_step_ends_the_job_and_leaves_nothing_set(self) -> None:
        class Host(RecordingHost):
            def end_script(self) -> None:
                if not self.is_stopped():
                    self.stop()
                super().end_script()

        host = Host()
        before = sys.gettrace(), sys.getprofile()
        events = run_request(request("import sys\nsys.setprofile(lambda *event: None)"), host=host)
        self.assertEqual(outcome_of(events), STOPPED)
        self.assertEqual((sys.gettrace(), sys.getprofile(), host.is_stoppable), (*before, False))
