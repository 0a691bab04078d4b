"""How a Scriptlet ends: kept alive, finished, left and stopped."""

from __future__ import annotations

import unittest

from recording_host import RecordingHost, outcome_of, run_request
from scriptlets import (
    failure_of,
    json_of,
    log_entries,
    outputs_of,
    printed,
    run_main,
    run_source,
    scriptlet,
    session_record,
)


class KeepAlive(unittest.TestCase):
    def test_leaves_the_job_running_until_a_task_calls_done(self) -> None:
        for ending, value in (
            ("context.done()", "1"),
            ("context.finish()", "1"),
            ("context.output('output', 2, True)", "2"),
        ):
            source = (
                "import asyncio\n"
                "async def main(params, context):\n"
                "    async def work():\n"
                "        await asyncio.sleep(5)\n"
                "        context.output('output', 1)\n"
                f"        {ending}\n"
                "    main.task = asyncio.create_task(work())\n"
                "    return context.keepAlive"
            )
            with self.subTest(ending):
                self.assertEqual(json_of(run_source(source)), value)

    def test_leaves_the_job_running_until_a_callback_calls_done(self) -> None:
        source = (
            "import asyncio\n"
            "async def main(params, context):\n"
            "    asyncio.get_running_loop().call_later(3, context.done)\n"
            "    return context.keepAlive"
        )
        self.assertEqual(outputs_of(run_source(source)), {})

    def test_ends_at_once_where_the_job_is_finished_already(self) -> None:
        events = run_main("context.done()\nreturn context.keepAlive")
        self.assertEqual((outputs_of(events), log_entries(events)), ({}, []))

    def test_ends_as_failed_by_an_error(self) -> None:
        source = (
            "import asyncio\n"
            "async def main(params, context):\n"
            "    asyncio.get_running_loop().call_later(3, context.done, 'lost')\n"
            "    return context.keepAlive"
        )
        self.assertEqual(failure_of(run_source(source))["message"], "lost")

    def test_equals_itself_only(self) -> None:
        body = (
            "return {'output': [context.keepAlive == context.keepAlive, context.keepAlive == None]}"
        )
        self.assertEqual(json_of(run_main(body)), "[true, false]")


FAILING = """import asyncio
async def work():
    await asyncio.sleep(5)
    raise ValueError("no rows")
"""


class KeptAlive(unittest.TestCase):
    """What is kept alive, where nothing is left that could end it."""

    def test_fails_as_the_last_of_its_tasks_did(self) -> None:
        for begin in (
            "main.task = asyncio.create_task(work())",
            (
                "main.tasks = {asyncio.create_task(work())}\n"
                "    next(iter(main.tasks)).add_done_callback(main.tasks.discard)"
            ),
        ):
            with self.subTest(begin):
                error = failure_of(
                    run_source(
                        f"{FAILING}async def main(params, context):\n"
                        f"    {begin}\n    return context.keepAlive"
                    )
                )
                self.assertEqual(
                    (error["kind"], error["type"], error["message"], error["line"]),
                    ("exception", "ValueError", "no rows", 4),
                )
                self.assertEqual(
                    error["traceback"],
                    "Traceback (most recent call last):\n"
                    '  Cell "Sales", line 4, in work\n'
                    '    raise ValueError("no rows")\n'
                    "ValueError: no rows\n",
                )

    def test_fails_as_the_last_of_its_callbacks_did(self) -> None:
        source = (
            "import asyncio\n"
            "async def main(params, context):\n"
            "    asyncio.get_running_loop().call_later(3, lambda: [][1])\n"
            "    return context.keepAlive"
        )
        error = failure_of(run_source(source))
        self.assertEqual((error["type"], error["line"]), ("IndexError", 3))

    def test_goes_on_while_another_task_does(self) -> None:
        source = (
            f"{FAILING}async def longer(context):\n"
            "    await asyncio.sleep(10)\n"
            "    context.finish(result={'output': 1})\n"
            "async def main(params, context):\n"
            "    main.tasks = [asyncio.create_task(each) for each in (work(), longer(context))]\n"
            "    return context.keepAlive"
        )
        self.assertEqual(json_of(run_source(source)), "1")

    def test_goes_on_while_there_is_a_timer(self) -> None:
        source = (
            f"{FAILING}async def main(params, context):\n"
            "    main.task = asyncio.create_task(work())\n"
            "    asyncio.get_running_loop().call_later(10, context.done)\n"
            "    return context.keepAlive"
        )
        self.assertEqual(outputs_of(run_source(source)), {})

    def test_ends_where_its_last_task_leaves_the_script(self) -> None:
        source = (
            "import asyncio\n"
            "async def work(): exit({})\n"
            "async def main(params, context):\n"
            "    main.task = asyncio.create_task(work())\n"
            "    return context.keepAlive"
        )
        self.assertEqual(outputs_of(run_source(source.format(""))), {})
        self.assertEqual(failure_of(run_source(source.format("'lost'")))["message"], "lost")


class Finish(unittest.TestCase):
    def test_takes_the_error_first_and_then_the_result(self) -> None:
        events = run_main("context.finish(result={'output': 1}, error='broken')")
        error = failure_of(events)
        self.assertEqual((error["kind"], error["message"]), ("rule", "broken"))
        self.assertEqual(session_record(events), [{"type": "BlockFinished", "error": "broken"}])
        self.assertEqual(json_of(run_main("context.finish(result={'output': 1})")), "1")
        self.assertEqual(outputs_of(run_main("context.finish()")), {})

    def test_is_a_failure_with_an_error_without_a_text_too(self) -> None:
        for call in "finish(error='')", "done('')", "error(str(AssertionError()))":
            with self.subTest(call):
                self.assertEqual(
                    failure_of(run_main(f"context.{call}"))["message"],
                    "The script said that it failed, and gave no reason: the text of its error is "
                    "empty.",
                )
        events = run_main("context.error('')\ncontext.error('lost')")
        self.assertEqual(failure_of(events)["message"], "lost")

    def test_takes_a_dict_only(self) -> None:
        error = failure_of(run_main("context.finish(result=[1])"))
        self.assertEqual(
            (error["type"], error["message"], error["line"]),
            ("ValueError", "finish(result=...) takes a dict, not list.", 3),
        )

    def test_counts_once(self) -> None:
        events = run_main("context.finish()\ncontext.done('late')\ncontext.finish(error='later')")
        self.assertEqual(outputs_of(events), {})
        warning = "done has been called multiple times and will be ignored.\n"
        self.assertEqual(log_entries(events), [("warning", warning)] * 2)
        self.assertEqual(session_record(events), [{"type": "BlockFinished"}])

    def test_drops_what_comes_after_it(self) -> None:
        events = run_main("context.done()\ncontext.output('output', 1)")
        warning = "Output handle key: [output] came after the end, and is ignored.\n"
        self.assertEqual((outputs_of(events), log_entries(events)), ({}, [("warning", warning)]))


class Exits(unittest.TestCase):
    def test_finish_without_a_text_or_a_code(self) -> None:
        for leave in ("exit()", "exit(0)", "import sys; sys.exit()"):
            events = run_main(f"context.output('output', 1)\n{leave}")
            self.assertEqual(json_of(events), "1")
            self.assertEqual(session_record(events)[-1], {"type": "BlockFinished"})
        self.assertEqual(outputs_of(run_source("exit()")), {})

    def test_fail_with_a_text_or_a_code(self) -> None:
        for leave, message in (("exit('no rows')", "no rows"), ("exit(3)", "exit code 3")):
            for way in ("def", "async def"):
                events = run_source(f"{way} main(params, context):\n    {leave}")
                error = failure_of(events)
                self.assertEqual(
                    (error["kind"], error["message"], error["line"]), ("exit", message, 2)
                )
                self.assertEqual(
                    session_record(events), [{"type": "BlockFinished", "error": message}]
                )


class AStop(unittest.TestCase):
    def test_ends_the_job_as_stopped(self) -> None:
        for way in ("def", "async def"):
            source = (
                f"import time\n{way} main(params, context):\n"
                "    context.output('output', 1)\n    time.sleep(1)"
            )
            events = run_request(scriptlet(source), host=RecordingHost(stopped_sleep=1))
            self.assertEqual(outcome_of(events), {"status": "stopped"})

    def test_lets_main_clean_up(self) -> None:
        source = "import time\ndef main():\n    try: time.sleep(1)\n    finally: print('clean')"
        events = run_request(scriptlet(source), host=RecordingHost(stopped_sleep=1))
        self.assertEqual((outcome_of(events), printed(events)), ({"status": "stopped"}, "clean\n"))
