"""How Scriptlets know of each other, and run each other.

Longer than most files: whatever is asked of blocks is asked of the same few of them.
"""

from __future__ import annotations

import copy
import unittest
from typing import TYPE_CHECKING

from recording_host import run_request
from scriptlets import (
    IMPORT,
    SECRET,
    VARIABLE,
    block,
    done_of,
    failure_of,
    handle,
    json_of,
    log_entries,
    outputs_of,
    printed,
    scriptlet,
)

if TYPE_CHECKING:
    from cahier._wire import BlockPayload, JobEvent

DOUBLE = block(
    "Double",
    'def main(params): return {"output": 2 * params["n"]}',
    [handle("n"), handle("m", nullable=True), handle("d", default="5")],
)

BAD = block("Bad", "def main(): raise ValueError('no')")
RUN_BAD = "context.run_block('Bad', inputs={})"
KEPT = block(
    "Kept",
    "import asyncio\n"
    "async def work():\n"
    "    await asyncio.sleep(5)\n"
    "    raise ValueError('no rows')\n"
    "async def main(params, context):\n"
    "    main.task = asyncio.create_task(work())\n"
    "    return context.keepAlive",
)
RUN_KEPT = "await context.run_block('Kept', inputs={}).finish()"
UNHEARD = "run block Bad failed: ValueError: no. Nothing awaits its finish().\n"


def run_async(body: str, *blocks: BlockPayload) -> list[JobEvent]:
    """Run an async main with this body beside these blocks."""
    lines = "\n    ".join(body.splitlines())
    source = (
        f"import asyncio\nfrom oocana import BlockExecuteException, Context\n"
        f"async def main(params, context):\n    {lines}\n"
    )
    return run_request(scriptlet(source, blocks=list(blocks)))


def warnings_of(events: list[JobEvent]) -> list[str]:
    """Give all entries of the log that were not printed to stdout."""
    return [text for stream, text in log_entries(events) if stream != "stdout"]


class Payloads(unittest.TestCase):
    def test_are_read_only_where_a_script_asks_for_one(self) -> None:
        job = scriptlet(f"{IMPORT}def main(params, context): return {{'output': 1}}")
        job["blocks"] = "no JSON"
        self.assertEqual(json_of(run_request(job)), "1")


class RunBlock(unittest.TestCase):
    def test_gives_outputs_and_progress_to_callbacks(self) -> None:
        other = block(
            "Other",
            "async def main(params, context):\n"
            "    context.report_progress(50)\n"
            "    context.report_progress(progress=60)\n"
            "    context.output('a', 1)\n"
            "    context.outputs({'a': {2}, 'b': 3})\n"
            "    return {'b': 4}",
            outputs=[handle("a", VARIABLE), handle("b")],
        )
        events = run_async(
            "job = context.run_block('self::Other', inputs={})\n"
            "job.add_output_callback(print)\n"
            "job.add_progress_callback(print)\n"
            "print(await job.finish())",
            other,
        )
        self.assertEqual(
            printed(events),
            "50\n60\n{'a': 1}\n{'a': {2}, 'b': 3}\n{'b': 4}\n100\nNone\n",
        )
        self.assertEqual(outputs_of(events), {})

    def test_fills_inputs_by_value_default_and_none(self) -> None:
        other = block(
            "Other",
            "def main(params): print(params)",
            DOUBLE["inputsDef"],
            values=[{"handle": "n", "kind": "json", "text": "1"}],
        )
        for inputs, given in (
            ("{}", "{'n': 1, 'm': None, 'd': 5}"),
            ("{'n': 7, 'd': None}", "{'n': 7, 'd': None, 'm': None}"),
        ):
            events = run_async(
                f"await context.run_block('cell-Other', inputs={inputs}).finish()", other
            )
            self.assertEqual(printed(events), f"{given}\n")

    def test_is_told_with_the_outcome_once_and_for_blocks_of_blocks_too(self) -> None:
        twice = block(
            "Twice",
            "async def main(params, context):\n"
            "    for n in 1, 2: await context.run_block('Double', inputs={'n': n}).finish()\n",
        )
        events = run_async(
            "await context.run_block('Twice', inputs={}).finish()\n"
            "await context.run_block('Twice', inputs={}).finish()\n"
            "try: await context.run_block('Broken', inputs={}).finish()\n"
            "except BlockExecuteException: pass",
            DOUBLE,
            twice,
            block("Unused", "def main(): pass"),
            block("Broken", "def main(): raise ValueError"),
        )
        self.assertEqual(done_of(events)["ranBlocks"], ["cell-Twice", "cell-Double", "cell-Broken"])

    def test_is_checked_by_the_schemas_where_it_is_strict(self) -> None:
        schemas = {
            "n": {"type": "integer", "minimum": 1},
            "object": VARIABLE,
            "bytes": {"contentMediaType": "oomol/bin"},
        }
        inputs = [handle(name, schema, nullable=True) for name, schema in schemas.items()]
        other = block(
            "Other",
            "def main(params): print(params['n'])",
            [*inputs, handle("size", {"enum": ["S", "L"]}, default='"M"')],
        )
        events = run_async(
            "S = {'size': 'S'}\n"
            "calls = (1, {}), (0, S), ('1', S), ({2}, S), (3, {'bytes': 'b', **S}),\\\n"
            "    (4, {'bytes': b'b', 'object': {5}, **S})\n"
            "for n, more in calls:\n"
            "    inputs = {'n': n, **more}\n"
            "    try: await context.run_block('Other', inputs=inputs, strict=True).finish()\n"
            "    except BlockExecuteException as error:\n"
            "        print(error.message.partition('fit: ')[2])\n"
            "await context.run_block('Other', inputs={'n': 'any'}).finish()",
            other,
        )
        self.assertEqual(
            printed(events).splitlines(),
            [
                'value is "M", and has to be one of "S", "L"',
                "value is 0, and has to be at least 1",
                'value is "1", and has to be of the type integer',
                "value is of type set: convert it with sorted(...) or list(...)",
                "it takes bytes, not str",
                "4",
                "any",
            ],
        )

    def test_finds_a_block_by_its_task_then_by_the_id_of_its_node(self) -> None:
        task = block("Sum up", "def main(params): print('by task')", task="self::sum-up")
        other = block("self::sum-up", "def main(params): print('by id')", task="tools::sum-up")
        events = run_async(
            "tasks = 'self::sum-up', 'sum-up', 'tools::sum-up'\n"
            "for name in (*tasks, 'cell-Sum up', 'cell-self::sum-up'):\n"
            "    await context.run_block(name, inputs={}).finish()",
            task,
            other,
        )
        self.assertEqual(printed(events), "by task\nby task\nby id\nby task\nby id\n")

    def test_fails_as_an_exception_that_says_why(self) -> None:
        blocks = [
            DOUBLE,
            block("Bad", "def main(params):\n    raise ValueError('no')"),
            block("Left", "def main(params): exit('enough')"),
            block("Said", "def main(params, context): context.error('oh')"),
            block("Ended", "def main(params, context): context.done('broken')"),
            block("Wrong", "def main(params): return 5"),
            block("Syntax", "def main(:"),
            block("Fine", "def main(params): exit()"),
        ]
        events = run_async(
            "for name in 'Double', 'Bad', 'Left', 'Said', 'Ended', 'Wrong', 'Syntax', 'Fine':\n"
            "    try: await context.run_block(name, inputs={}).finish()\n"
            "    except BlockExecuteException as error: print(error)\n"
            "    else: print('well')",
            *blocks,
        )
        lines = printed(events).splitlines()
        prefix = "BlockExecuteException: run block"
        self.assertEqual(
            lines[:5] + lines[-1:],
            [
                f'{prefix} Double failed: the input "n" of the cell "Double" has no value',
                f"{prefix} Bad failed: ValueError: no",
                f"{prefix} Left failed: it left with exit('enough')",
                f"{prefix} Said failed: oh",
                f"{prefix} Ended failed: broken",
                "well",
            ],
        )
        self.assertIn("main returned a value of type int", lines[5])
        self.assertIn("SyntaxError", lines[6])

    def test_that_fails_is_a_warning_where_nobody_awaits_its_end(self) -> None:
        for unheard in (RUN_BAD, f"{RUN_BAD}.finish()"):
            with self.subTest(unheard):
                events = run_async(f"job = {unheard}\nawait asyncio.sleep(1)\nprint('end')", BAD)
                self.assertEqual((printed(events), warnings_of(events)), ("end\n", [UNHEARD]))

    def test_that_fails_unheard_is_told_of_beside_the_failure_of_the_job(self) -> None:
        events = run_async(f"{RUN_BAD}\nawait asyncio.sleep(1)\n1 / 0", BAD)
        self.assertEqual(failure_of(events)["type"], "ZeroDivisionError")
        self.assertEqual(warnings_of(events), [UNHEARD])

    def test_that_fails_is_no_warning_where_its_end_is_awaited_or_asked_for(self) -> None:
        slow = block("Slow", "import asyncio\nasync def main(): await asyncio.sleep(1)")
        awaited = (
            "await slow.finish()\nawait bad.finish()",
            "end = bad.finish()\nawait slow.finish()\nawait end",
            "await asyncio.gather(slow.finish(), bad.finish())",
            "await asyncio.wait_for(bad.finish(), 5)",
            "await asyncio.shield(bad.finish())",
            "await asyncio.wait([bad.finish()])\nbad.finish().result()",
            "await slow.finish()\nraise bad.finish().exception()",
            "async with asyncio.TaskGroup() as group:\n    group.create_task(until(bad.finish()))",
        )
        for lines in awaited:
            with self.subTest(lines):
                lines_within = lines.replace("\n", "\n    ")
                events = run_async(
                    "async def until(end): await end\n"
                    f"slow = context.run_block('Slow', inputs={{}})\nbad = {RUN_BAD}\n"
                    f"try:\n    {lines_within}\n"
                    "except* BlockExecuteException: print('heard')\n"
                    "await slow.finish()",
                    slow,
                    BAD,
                )
                self.assertEqual((printed(events), warnings_of(events)), ("heard\n", []))

    def test_ends_with_whoever_awaits_it(self) -> None:
        endless = block(
            "Endless",
            "import asyncio\n"
            "async def main():\n"
            "    try: await asyncio.sleep(1_000)\n"
            "    finally: print('ended')",
        )
        events = run_async(
            "job = context.run_block('Endless', inputs={})\n"
            "try: await asyncio.wait_for(job.finish(), 1)\n"
            "except TimeoutError: print(job.finish().cancelled())",
            endless,
        )
        self.assertEqual((printed(events), warnings_of(events)), ("ended\nTrue\n", []))

    def test_that_is_kept_alive_fails_as_the_last_of_its_tasks_did(self) -> None:
        outer = block("Outer", f"async def main(params, context): {RUN_KEPT}")
        failed = "run block Kept failed: ValueError: no rows"
        for name, message in (("Kept", failed), ("Outer", f"run block Outer failed: {failed}")):
            with self.subTest(name):
                events = run_async(
                    "async def wait(): await asyncio.Event().wait()\n"
                    "waiting = asyncio.create_task(wait())\n"
                    f"try: await context.run_block('{name}', inputs={{}}).finish()\n"
                    "except BlockExecuteException as error: print(error)\n"
                    "waiting.cancel()",
                    KEPT,
                    outer,
                )
                self.assertEqual(printed(events), f"BlockExecuteException: {message}\n")

    def test_fails_the_job_that_does_not_catch_it_with_both_tracebacks(self) -> None:
        bad = block("Bad", "def main(params):\n    raise ValueError('no')")
        error = failure_of(run_async("await context.run_block('Bad', inputs={}).finish()", bad))
        self.assertEqual((error["type"], error["line"]), ("BlockExecuteException", 4))
        self.assertIn('  Cell "Bad", line 3, in main\n', error["traceback"])
        self.assertIn('  Cell "Sales", line 4, in main\n', error["traceback"])
        self.assertNotIn("cahier", error["traceback"])

    def test_of_an_unknown_name_lists_those_there_are(self) -> None:
        events = run_async(
            "try: await context.run_block('self::Nothing', inputs={}).finish()\n"
            "except BlockExecuteException as error: print(error.message)",
            DOUBLE,
            block("Other", ""),
        )
        self.assertEqual(
            printed(events),
            'run block self::Nothing failed: there is no Scriptlet "Nothing" in the notebook; '
            'there are: "Double", "Other"\n',
        )

    def test_of_a_title_that_is_there_twice_asks_for_the_id(self) -> None:
        twin = copy.copy(DOUBLE)
        twin["nodeId"] = "twin"
        events = run_async("await context.query_block('Double')", DOUBLE, twin)
        self.assertEqual(
            failure_of(events)["message"],
            'several cells have the title "Double"; name one by its id: cell-Double, twin',
        )

    def test_of_itself_ends_at_twenty(self) -> None:
        endless = block(
            "Endless",
            "async def main(params, context):\n"
            "    print(end='.')\n"
            "    await context.run_block('Endless', inputs={}).finish()",
        )
        events = run_async("await context.run_block('Endless', inputs={}).finish()", endless)
        self.assertIn(
            "more than 20 blocks run one another. Does one run itself?",
            failure_of(events)["message"],
        )
        self.assertEqual(printed(events), "." * 19)

    def test_runs_several_at_once_each_in_a_module_of_its_own(self) -> None:
        waiting = block(
            "Waiting",
            "import asyncio\n"
            "async def main(params, context):\n"
            "    global n\n"
            "    n = params['n']\n"
            "    await asyncio.sleep(1)\n"
            "    return {'output': n}",
            [handle("n")],
        )
        events = run_async(
            "jobs = [context.run_block('Waiting', inputs={'n': n}) for n in (1, 2)]\n"
            "for job in jobs: job.add_output_callback(print)\n"
            "await asyncio.gather(*(job.finish() for job in jobs))\n"
            "print('n' in globals())",
            waiting,
        )
        self.assertEqual(printed(events), "{'output': 1}\n{'output': 2}\nFalse\n")

    def test_calls_functions_only(self) -> None:
        events = run_async(
            "job = context.run_block('Double', inputs={'n': 1})\n"
            "for add in job.add_output_callback, job.add_progress_callback:\n"
            "    try: add(None)\n"
            "    except ValueError as error: print(error)\n"
            "await job.finish()",
            DOUBLE,
        )
        self.assertEqual(
            printed(events),
            "output_callback should be a callable function.\n"
            "progress_callback should be a callable function.\n",
        )

    def test_goes_on_past_a_callback_that_fails(self) -> None:
        events = run_async(
            "job = context.run_block('Double', inputs={'n': 1})\n"
            "job.add_output_callback(lambda output: 1 / 0)\n"
            "await job.finish()",
            DOUBLE,
        )
        warning = "A callback of run_block failed: ZeroDivisionError: division by zero\n"
        self.assertEqual(log_entries(events), [("warning", warning)])

    def test_writes_to_the_log_of_the_job_and_hides_secrets(self) -> None:
        other = block(
            "Other",
            "def main(params, context):\n"
            "    context.report_log(params['key'])\n"
            "    context.send_warning('careful')\n"
            "    context.output('zzz', 1)",
            [handle("key", SECRET)],
        )
        events = run_async(
            "await context.run_block('Other', inputs={'key': 'hunter2'}).finish()", other
        )
        self.assertEqual(
            log_entries(events),
            [
                ("stdout", "****\n"),
                (
                    "warning",
                    "careful\n",
                ),
                (
                    "warning",
                    "Output handle key: [zzz] is not defined in Block outputs schema.\n",
                ),
            ],
        )

    def test_takes_a_secret_that_is_withheld_only_where_the_call_gives_one(self) -> None:
        other = block(
            "Other",
            "def main(params): print(len(params['key']))",
            [handle("key", SECRET, nullable=True)],
            values=[{"handle": "key", "kind": "withheld"}],
        )
        events = run_async(
            "print((await context.query_block('Other'))['inputs_def']['key']['nullable'])\n"
            "await context.run_block('Other', inputs={'key': 'hunter2'}).finish()\n"
            "await context.run_block('Other', inputs={}).finish()",
            other,
        )
        self.assertEqual(printed(events), "True\n7\n")
        self.assertEqual(
            failure_of(events)["message"],
            'BlockExecuteException: run block Other failed: the secret input "key" of the cell '
            '"Other" is kept from this '
            "script. A script is given the secrets of other cells only where it, or a Python file "
            "of the notebook or of its session, has the name run_block in it: call "
            "context.run_block by this name, or give the input a value in the call",
        )

    def test_takes_additional_handles(self) -> None:
        other = block("Other", "def main(params): return {'more': params['extra']}")
        events = run_async(
            "job = context.run_block('Other', inputs={'extra': 1},\n"
            "    additional_inputs_def=[{'handle': 'extra'}, {'handle': 'x', 'nullable': True}],\n"
            "    additional_outputs_def=[{'handle': 'more'}])\n"
            "job.add_output_callback(print)\n"
            "await job.finish()",
            other,
        )
        self.assertEqual(printed(events), "{'more': 1}\n")


class QueryBlock(unittest.TestCase):
    def test_tells_the_handles(self) -> None:
        events = run_async(
            "about = await context.query_block('self::Double')\n"
            "return {'output': [about['type'], about['description'], list(about['inputs_def']),\n"
            "    about['inputs_def']['d'], about['outputs_def']['output']['nullable'],\n"
            "    about['additional_inputs'], about['additional_outputs']]}",
            DOUBLE,
        )
        self.assertEqual(
            json_of(events),
            '["task", "about Double", ["n", "m", "d"], {"handle": "d", "description": null, '
            '"json_schema": {}, "kind": null, "nullable": false, "is_additional": false, '
            '"value": 5}, false, false, false]',
        )

    def test_is_noted_with_the_names_that_were_asked_for(self) -> None:
        self.assertNotIn("queriedBlocks", done_of(run_async("pass", DOUBLE)))
        events = run_async(
            "await context.query_block('Double')\n"
            "for name in ['none', 'self::Double', 'Double', '\\ud800', 'x' * 1001]:\n"
            "    try: await context.query_block(name)\n"
            "    except ValueError: pass",
            DOUBLE,
        )
        self.assertEqual(
            done_of(events).get("queriedBlocks"), ["Double", "none", "self::Double", "\\ud800"]
        )

    def test_is_noted_of_blocks_that_the_cell_runs_and_within_bounds(self) -> None:
        asking = block(
            "Asking",
            "async def main(params, context):\n"
            "    for number in range(2000):\n"
            "        try: await context.query_block(str(number))\n"
            "        except ValueError: pass",
        )
        events = run_async("await context.run_block('Asking', inputs={}).finish()", asking)
        self.assertEqual(
            done_of(events).get("queriedBlocks"), [str(number) for number in range(1_000)]
        )

    def test_of_an_unknown_name_is_a_value_error(self) -> None:
        error = failure_of(run_async("await context.query_block('x')", DOUBLE))
        self.assertEqual(
            (error["type"], error["message"]),
            ("ValueError", 'there is no Scriptlet "x" in the notebook; there are: "Double"'),
        )


class QueryDownstream(unittest.TestCase):
    def run_query(self, arguments: str) -> list[JobEvent]:
        job = scriptlet(
            f"{IMPORT}async def main(params, context):\n"
            f"    return {{'b': await context.query_downstream({arguments})}}",
            outputs=[handle("a"), handle("b")],
            blocks=[DOUBLE],
        )
        job["downstream"] = {
            "a": [
                {
                    "nodeId": "cell-Double",
                    "title": "Double",
                    "description": "about Double",
                    "inputHandle": "n",
                },
                {"nodeId": "chart", "title": "Chart", "description": "", "inputHandle": "rows"},
            ]
        }
        return run_request(job)

    def test_tells_what_is_connected(self) -> None:
        self.assertEqual(
            json_of(self.run_query(""), "b"),
            '{"a": {"to_flow": [], "to_node": [{"node_id": "cell-Double", "description": '
            '"about Double", "input_handle": "n", "input_handle_def": {"handle": "n", '
            '"description": null, "json_schema": {}, "kind": null, "nullable": false, '
            '"is_additional": false}}, {"node_id": "chart", "description": null, "input_handle": '
            '"rows", "input_handle_def": null}]}, "b": {"to_flow": [], "to_node": []}}',
        )
        self.assertEqual(
            json_of(self.run_query("['b']"), "b"), '{"b": {"to_flow": [], "to_node": []}}'
        )

    def test_knows_the_declared_handles_only(self) -> None:
        error = failure_of(self.run_query("['c']"))
        self.assertEqual(
            (error["type"], error["message"]),
            ("ValueError", 'There is no output "c"; there are: a, b.'),
        )
