"""What waits in a browser, over JavaScript objects: with and without a way to pause Python.

Longer than most files: the jobs that are run, and what runs them, are near half of the file.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
import unittest
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from job_host import make_job_host
from recording_host import request
from scriptlets import block, handle, scriptlet

import cahier

if TYPE_CHECKING:
    from collections.abc import Callable

IS_IN_BROWSER = sys.platform == "emscripten"
if IS_IN_BROWSER:
    from pyodide.code import run_js
    from pyodide.ffi import can_run_sync, create_proxy, run_sync

CAN_PAUSE = IS_IN_BROWSER and can_run_sync()
NO_BROWSER = "there is no JavaScript"
NO_PAUSE = "this JavaScript engine cannot pause Python"


class Job(unittest.TestCase):
    """Runs jobs as the worker does."""

    def run_job(
        self, source: str, *, answers: tuple[str | None, ...] = (), is_stopped: bool = False
    ) -> tuple[dict[str, Any], str]:
        """Run a script; give its outcome and its log."""
        host = make_job_host(*answers)
        if is_stopped:
            host.stopSoon()
        run_sync(cahier.run_job(self.as_object(source), host))
        return self.described(host)

    def run_job_unpaused(self, source: str, *answers: str | None) -> tuple[dict[str, Any], str]:
        """Run a script that awaits nothing where Python cannot be paused."""
        host = make_job_host(*answers)
        running = cahier.run_job(self.as_object(source), host)

        def run() -> None:
            with self.assertRaises(StopIteration):
                running.send(None)

        call: Callable[[object], None] = run_js("(run) => { run(); }")
        proxy = create_proxy(run)
        call(proxy)
        proxy.destroy()
        return self.described(host)

    def run_waiting_job(
        self, source: str, *answers: str | None, is_stopped: bool = False
    ) -> tuple[dict[str, Any], str]:
        """Run a script that awaits something where it cannot pause Python; the test can."""
        host = make_job_host(*answers)
        if is_stopped:
            host.stopSoon()
        with patch("cahier._host_waits.can_run_sync", lambda: False):
            run_sync(cahier.run_job(self.as_object(source), host))
        return self.described(host)

    def as_object(self, source: str) -> object:
        is_scriptlet = "main(params, context)" in source
        job = (
            scriptlet(source, blocks=[KEPT_BLOCK])
            if is_scriptlet
            else request(source, generate_empty_dataset=True)
        )
        converted: object = run_js(f"({json.dumps(job)})")
        return converted

    def described(self, host: Any) -> tuple[dict[str, Any], str]:  # noqa: ANN401 - JavaScript's
        *added, finished = json.loads(host.describeEvents())
        return finished["outcome"], "".join(
            entry["text"]
            for event in added
            if event["type"] == "log-added"
            for entry in event["entries"]
            if entry["stream"] != "event"
        )


KEPT = """
import asyncio
async def main(params, context):
    main.task = asyncio.create_task({})
    return context.keepAlive
"""
FAILING_WHILE_KEPT = f"""
import asyncio
from pyodide.code import run_js
async def fail():
    await asyncio.sleep(0.01)
    await run_js("Promise.resolve()")
    raise ValueError("no rows")
{KEPT.format("fail()")}"""
KEPT_BLOCK = block(
    "Kept",
    "import asyncio\n"
    "from pyodide.code import run_js\n"
    "async def fail(): raise ValueError('no rows')\n"
    "async def work(context):\n"
    "    await run_js('new Promise((resolve) => setTimeout(resolve, 50))')\n"
    "    context.done()\n"
    "def main(params, context):\n"
    "    tasks = [fail(), work(context)] if params['isLonger'] else [fail()]\n"
    "    main.tasks = list(map(asyncio.create_task, tasks))\n"
    "    return context.keepAlive",
    [handle("isLonger")],
)
RUNNING_KEPT_BLOCK = """
async def main(params, context):
    await context.run_block("Kept", inputs={{"isLonger": {}}}).finish()
"""
KEPT_BY_JAVASCRIPT = """
from pyodide.code import run_js
from pyodide.ffi import create_once_callable
def main(params, context):
    run_js("(call) => setTimeout(call, 50)")(create_once_callable(context.done))
    return context.keepAlive
"""
SPINNING = """
import asyncio
async def main():
    while True: await asyncio.sleep(0)
asyncio.run(main())
"""
SLEEPING_IN_A_TASK = """
import asyncio, time
async def main(): time.sleep(1000)
asyncio.run(main())
"""
PROMISE = """
from pyodide.code import run_js
from pyodide.ffi import run_sync
promise = run_js("new Promise(() => {})")
"""
CLEANING = """
import asyncio
async def main():
    try: await asyncio.sleep(1000)
    finally:
        await asyncio.sleep(0.01)
        print("clean")
asyncio.run(main())
"""
SWALLOWING = """
import asyncio
async def main():
    try: await asyncio.sleep(1000)
    except asyncio.CancelledError: return "on"
print(asyncio.run(main()))
"""
WAITING = """
import asyncio, time
from pyodide.code import run_js
from pyodide.ffi import run_sync
async def nested():
    time.sleep(0.001)
    return run_sync(asyncio.sleep(0.001, "slept"))
print(asyncio.run(nested()), input(), run_sync(run_js("Promise.resolve(5)")))
print(run_sync(asyncio.gather(nested(), nested())))
"""
FAILING = """
import asyncio
from pyodide.code import run_js
from pyodide.ffi import run_sync
async def fail(error):
    await asyncio.sleep(0)
    raise error
promise = run_js("Promise.reject(new Error('b'))")
errors = ValueError("a"), SystemExit(3), KeyboardInterrupt(), asyncio.CancelledError()
for wait in (promise, *map(fail, errors)):
    try: run_sync(wait)
    except BaseException as error: print(repr(error))
"""
LEAVING = """
import asyncio
async def tick():
    try: await asyncio.sleep(1000)
    finally: print("clean")
async def main():
    asyncio.create_task(tick())
    await asyncio.sleep(0.01)
asyncio.run(main())
"""
STUBBORN = """
import asyncio, time, json
async def tick():
    while True:
        try:
            json.ticks = getattr(json, "ticks", 0) + 1
            WAIT
        except BaseException: pass
async def main():
    asyncio.create_task(tick())
    await asyncio.sleep(0.01)
asyncio.run(main())
"""
AWAITING = """
import asyncio
from pyodide.code import run_js
async def nested():
    await asyncio.sleep(0.001)
    print("in a task")
    return "both"
async def main(params, context):
    print("begin")
    task = asyncio.create_task(nested())
    slept = await asyncio.sleep(0.01, "slept")
    values = [slept, *await asyncio.gather(task, run_js("Promise.resolve(5)"))]
    print("end")
    return {"output": values}
"""
LOOKING_AT_THE_LOOP = """
import asyncio
loop = asyncio.get_running_loop()
asyncio.run(asyncio.sleep(0))
print(loop is asyncio.get_event_loop(), asyncio.all_tasks())
asyncio.set_event_loop_policy(None)
"""
NOTE = (
    "The script ended while a task was still pending: tick. It was cancelled; "
    "await a task whose work is to be finished.\n"
)
STOPPED = {"status": "stopped"}
DONE = {
    "status": "done",
    "outputs": [
        {
            "handle": "output",
            "value": {"kind": "dataset", "dataset": {"rowCount": 0, "columns": []}},
        }
    ],
    "images": [],
    "modules": [],
    "ranBlocks": [],
}
DONE_WITHOUT_OUTPUTS: dict[str, Any] = {**DONE, "outputs": []}


def state_of_asyncio() -> tuple[object, ...]:
    """Give what a job changes while it runs."""
    loops = asyncio.get_running_loop(), asyncio.get_event_loop()
    return *loops, asyncio.get_event_loop_policy(), sys.get_asyncgen_hooks()


@unittest.skipUnless(IS_IN_BROWSER, NO_BROWSER)
@unittest.skipUnless(CAN_PAUSE, NO_PAUSE)
class WaitsThatPausePython(Job):
    def test_are_stopped(self) -> None:
        for wait in (
            "import time\ntime.sleep(1000)",
            "input()",
            "import asyncio\nasyncio.run(asyncio.sleep(1000))",
            "import asyncio\nasyncio.run(asyncio.wait_for(asyncio.Future(), 1000))",
            "import asyncio\nfrom pyodide.ffi import run_sync\nrun_sync(asyncio.sleep(1000))",
            "import asyncio\nasync def main(params, context): await asyncio.sleep(1000)",
            f"{PROMISE}async def wait(): await promise\n{KEPT.format('wait()')}",
            SPINNING,
            SLEEPING_IN_A_TASK,
            f"{PROMISE}run_sync(promise)",
            f"{PROMISE}async def main(): await promise\nrun_sync(main())",
        ):
            with self.subTest(wait):
                self.assertEqual(self.run_job(wait, is_stopped=True), (STOPPED, ""))

    def test_let_tasks_clean_up_when_they_are_stopped(self) -> None:
        self.assertEqual(self.run_job(CLEANING, is_stopped=True), (STOPPED, "clean\n"))

    def test_go_on_in_tasks_that_do_not_let_themselves_be_cancelled(self) -> None:
        self.assertEqual(self.run_job(SWALLOWING, is_stopped=True), (DONE, "on\n"))

    def test_of_scriptlets_end_with_what_main_returns(self) -> None:
        for source in (
            (
                "async def main(params, context):\n"
                "    await asyncio.sleep(0.01)\n"
                "    return {'output': 5}"
            ),
            (
                "def main(params, context):\n"
                "    end = lambda: context.finish(result={'output': 5})\n"
                "    asyncio.get_running_loop().call_later(0.01, end)\n"
                "    return context.keepAlive"
            ),
        ):
            outcome, log = self.run_job(f"import asyncio\n{source}")
            value = {"kind": "json", "text": "5"}
            self.assertEqual(
                (outcome["outputs"], log), ([{"handle": "output", "value": value}], "")
            )

    def test_end_where_the_last_task_that_is_kept_has_failed(self) -> None:
        runs: list[Callable[[str], tuple[dict[str, Any], str]]]
        runs = [self.run_job, self.run_waiting_job]
        for run in runs:
            with self.subTest(run.__name__):
                outcome, log = run(FAILING_WHILE_KEPT)
                traceback = (
                    "Traceback (most recent call last):\n"
                    '  Cell "Sales", line 7, in fail\n'
                    '    raise ValueError("no rows")\n'
                    "ValueError: no rows\n"
                )
                told = f"A task or callback has failed, and nothing awaits it.\n{traceback}"
                self.assertEqual((outcome["error"]["traceback"], log), (traceback, told))

    def test_end_where_a_task_that_others_look_at_has_failed(self) -> None:
        for look in (
            "main.task.add_done_callback(lambda task: task.result())",
            "tasks = {main.task}; main.task.add_done_callback(tasks.discard); del main.task",
        ):
            source = FAILING_WHILE_KEPT.replace("return", f"{look}\n    return")
            with self.subTest(look):
                self.assertEqual(self.run_job(source)[0]["error"]["type"], "ValueError")

    def test_go_on_with_what_is_left(self) -> None:
        for ending in (
            "main.timer = asyncio.get_running_loop().call_later(0.1, context.done)",
            "main.other = asyncio.create_task(finish(context))",
        ):
            source = (
                "async def finish(context):\n"
                "    await run_js('new Promise((resolve) => setTimeout(resolve, 100))')\n"
                f"    context.done(){FAILING_WHILE_KEPT}"
            ).replace("return", f"{ending}\n    return")
            with self.subTest(ending):
                self.assertEqual(self.run_job(source)[0], DONE_WITHOUT_OUTPUTS)

    def test_of_a_block_that_another_one_runs_fail_it_or_go_on(self) -> None:
        runs: list[Callable[[str], tuple[dict[str, Any], str]]]
        runs = [self.run_job, self.run_waiting_job]
        for run in runs:
            outcome, _ = run(RUNNING_KEPT_BLOCK.format(False))
            message = "BlockExecuteException: run block Kept failed: ValueError: no rows"
            self.assertEqual(outcome["error"]["message"], message)
            outcome, _ = run(RUNNING_KEPT_BLOCK.format(True))
            self.assertEqual({**outcome, "ranBlocks": []}, DONE_WITHOUT_OUTPUTS)

    def test_say_that_nothing_is_left_and_wait_for_javascript(self) -> None:
        nothing_left = (
            "main returned context.keepAlive, and none of the tasks and timers that it began is "
            "left to call context.done() or context.finish(). The job waits until its timeout, "
            "unless a callback of JavaScript calls one of them.\n"
        )
        cancelled = KEPT_BY_JAVASCRIPT.replace(
            "return",
            "asyncio.get_running_loop().call_later(1000, print).cancel()\n    return",
        )
        for source in (KEPT_BY_JAVASCRIPT, f"import asyncio\n{cancelled}"):
            outcome, log = self.run_job(source)
            self.assertEqual((outcome, log), (DONE_WITHOUT_OUTPUTS, nothing_left))
        waiting = "def main(params, context): return context.keepAlive"
        outcome, log = self.run_job(waiting, is_stopped=True)
        self.assertEqual((outcome, log), (STOPPED, nothing_left))

    def test_tell_the_progress_meanwhile(self) -> None:
        host = make_job_host()
        source = (
            "import asyncio\n"
            "async def main(params, context):\n"
            "    for n in range(3): context.report_progress(n)\n"
            "    await asyncio.sleep(0.5)\n"
            "    context.report_progress(5)"
        )
        run_sync(cahier.run_job(self.as_object(source), host))
        events = json.loads(host.describeEvents())
        percents = [event["percent"] for event in events if event["type"] == "progress-changed"]
        self.assertEqual(percents, [0, 2, 5])

    def test_end_as_python_has_it(self) -> None:
        self.assertEqual(
            self.run_job(WAITING, answers=("Ada",)),
            (DONE, "Ada\nslept Ada 5\n['slept', 'slept']\n"),
        )

    def test_raise_what_was_raised_and_print_none_of_it(self) -> None:
        outcome, log = self.run_job(FAILING)
        raised = ["Error: b", "ValueError('a')", "SystemExit(3)", "KeyboardInterrupt()"]
        self.assertEqual((outcome, log.splitlines()), (DONE, [*raised, "CancelledError()"]))

    def test_are_ended_where_the_reader_closes_the_input(self) -> None:
        source = "try: input()\nexcept EOFError as error: print(error)"
        self.assertEqual(self.run_job(source, answers=(None,)), (DONE, "EOF when reading a line\n"))


@unittest.skipUnless(IS_IN_BROWSER, NO_BROWSER)
@unittest.skipUnless(CAN_PAUSE, NO_PAUSE)
class TheEventLoopOfAJob(Job):
    def test_is_its_own(self) -> None:
        before = state_of_asyncio()
        self.assertEqual(self.run_job(LOOKING_AT_THE_LOOP), (DONE, "True set()\n"))
        self.assertEqual(state_of_asyncio(), before)

    def test_has_its_tasks_cancelled_at_the_end(self) -> None:
        self.assertEqual(self.run_job(LEAVING), (DONE, f"{NOTE}clean\n"))

    def test_runs_nothing_any_more_after_the_end(self) -> None:
        for wait in ("await asyncio.sleep(0.3)", "time.sleep(0.3)"):
            with self.subTest(wait):
                self.run_job(STUBBORN.replace("WAIT", wait))
                self.assertGreater(json.__dict__.pop("ticks"), 1)
                self.run_job("import time\ntime.sleep(0.5)")
                self.assertNotIn("ticks", vars(json))


@unittest.skipUnless(IS_IN_BROWSER, NO_BROWSER)
class WhereTheWorkerIsBlocked(Job):
    def test_python_sleeps_and_asks(self) -> None:
        source = "import time\ntime.sleep(0.2)\nprint(input('Name? '))"
        self.assertEqual(self.run_job_unpaused(source, "Ada"), (DONE, "Name? Ada\nAda\n"))

    def test_the_reader_closes_the_input(self) -> None:
        source = "try: input()\nexcept EOFError as error: print(error)"
        self.assertEqual(self.run_job_unpaused(source, None), (DONE, "EOF when reading a line\n"))

    def test_what_has_to_pause_python_says_that_it_cannot(self) -> None:
        outcome, log = self.run_job_unpaused("import asyncio\nasyncio.run(asyncio.sleep(0))")
        self.assertEqual((outcome["error"]["type"], log), ("RuntimeError", ""))
        self.assertIn("JavaScript Promise Integration", outcome["error"]["message"])


@unittest.skipUnless(IS_IN_BROWSER, NO_BROWSER)
@unittest.skipUnless(CAN_PAUSE, NO_PAUSE)
class WhereTheJobWaitsAsATask(Job):
    """It does so where Python cannot be paused."""

    def put_out(self, outcome: dict[str, Any]) -> str:
        [output] = outcome["outputs"]
        return str(output["value"]["text"])

    def test_an_async_main_runs_to_its_end(self) -> None:
        outcome, log = self.run_waiting_job(AWAITING)
        self.assertEqual(
            (self.put_out(outcome), log), ('["slept", "both", 5]', "begin\nin a task\nend\n")
        )

    def test_it_may_sleep_and_ask(self) -> None:
        source = (
            "import asyncio, time\n"
            "async def main(params, context):\n"
            "    await asyncio.sleep(0.01)\n"
            "    time.sleep(0.01)\n"
            "    return {'output': input()}"
        )
        self.assertEqual(self.put_out(self.run_waiting_job(source, "Ada")[0]), '"Ada"')

    def test_keep_alive_waits_for_the_end(self) -> None:
        source = (
            "import asyncio\n"
            "def main(params, context):\n"
            "    end = lambda: context.finish(result={'output': 5})\n"
            "    asyncio.get_running_loop().call_later(0.01, end)\n"
            "    return context.keepAlive"
        )
        self.assertEqual(self.put_out(self.run_waiting_job(source)[0]), "5")

    def test_progress_and_prints_come_meanwhile(self) -> None:
        host = make_job_host()
        source = (
            "import asyncio\n"
            "async def main(params, context):\n"
            "    for n in range(3): context.report_progress(n)\n"
            "    await asyncio.sleep(0.5)\n"
            "    context.report_progress(5)"
        )
        with patch("cahier._host_waits.can_run_sync", lambda: False):
            run_sync(cahier.run_job(self.as_object(source), host))
        events = json.loads(host.describeEvents())
        percents = [event["percent"] for event in events if event["type"] == "progress-changed"]
        self.assertEqual(percents, [0, 2, 5])

    def test_its_errors_are_its_own(self) -> None:
        for error, kind in (
            ("ValueError('a')", "ValueError"),
            ("asyncio.CancelledError()", "CancelledError"),
            ("KeyboardInterrupt()", "KeyboardInterrupt"),
            ("SystemExit(3)", "SystemExit"),
        ):
            with self.subTest(error):
                outcome, log = self.run_waiting_job(
                    "import asyncio\nasync def main(params, context):\n"
                    f"    await asyncio.sleep(0.001)\n    raise {error}"
                )
                self.assertEqual((outcome["error"]["type"], log), (kind, ""))
                self.assertEqual(outcome["error"]["line"], 4)

    def test_a_stop_ends_it(self) -> None:
        for wait in (
            "async def main(params, context): await asyncio.sleep(1000)",
            "async def main(params, context): await asyncio.wait_for(asyncio.Future(), 1000)",
            "async def main(params, context):\n    while True: await asyncio.sleep(0)",
            f"async def wait(): await asyncio.sleep(1000)\n{KEPT.format('wait()')}",
        ):
            with self.subTest(wait):
                self.assertEqual(
                    self.run_waiting_job(f"import asyncio\n{wait}", is_stopped=True), (STOPPED, "")
                )

    def test_a_stop_lets_it_clean_up(self) -> None:
        source = (
            "import asyncio\n"
            "async def main(params, context):\n"
            "    try: await asyncio.sleep(1000)\n"
            "    finally:\n"
            "        await asyncio.sleep(0.01)\n"
            "        print('clean')"
        )
        self.assertEqual(self.run_waiting_job(source, is_stopped=True), (STOPPED, "clean\n"))

    def test_nothing_is_left_behind(self) -> None:
        before = state_of_asyncio(), sys.stdout, sys.modules["__main__"]
        source = (
            "import asyncio\n"
            "async def tick():\n"
            "    try: await asyncio.sleep(1000)\n"
            "    finally: print('clean')\n"
            "async def main(params, context):\n"
            "    asyncio.create_task(tick())\n"
            "    await asyncio.sleep(0.01)"
        )
        self.assertEqual(self.run_waiting_job(source)[1], f"{NOTE}clean\n")
        self.assertEqual((state_of_asyncio(), sys.stdout, sys.modules["__main__"]), before)

    def test_tasks_of_a_sync_script_never_begin(self) -> None:
        source = "import asyncio\nasync def tick(): print('never')\nasyncio.ensure_future(tick())"
        outcome, log = self.run_waiting_job(source)
        self.assertEqual((outcome, log), (DONE, NOTE))


@unittest.skipUnless(IS_IN_BROWSER, NO_BROWSER)
class OutsideAJob(unittest.TestCase):
    @unittest.skipUnless(CAN_PAUSE, NO_PAUSE)
    def test_run_sync_is_what_it_was(self) -> None:
        start = time.monotonic()
        self.assertEqual(run_sync(asyncio.sleep(0.02, 5)), 5)
        self.assertGreater(time.monotonic() - start, 0.019)
