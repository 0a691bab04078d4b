"""How a Scriptlet's `main` is found and called, and what becomes of what it returns."""

from __future__ import annotations

import unittest

from recording_host import RecordingHost, run_request
from scriptlets import (
    IMPORT,
    done_of,
    failure_of,
    handle,
    json_of,
    log_entries,
    outputs_of,
    printed,
    run_main,
    run_source,
    scriptlet,
    session_record,
)

TEMPLATE = 'def main(params, context): return {"output": None}'


class TheTemplate(unittest.TestCase):
    def test_runs(self) -> None:
        events = run_source(
            "from oocana import Context\n"
            "def main(params: dict, context: Context):\n"
            "    # Your code will be executed here\n"
            '    return { "output": None }\n'
        )
        self.assertEqual(
            done_of(events),
            {
                "status": "done",
                "outputs": [{"handle": "output", "value": {"kind": "json", "text": "null"}}],
                "images": [],
                "modules": [],
                "ranBlocks": [],
            },
        )
        self.assertEqual(
            session_record(events), [{"type": "BlockFinished", "result": {"output": None}}]
        )


class Parameters(unittest.TestCase):
    def returned(self, source: str) -> str:
        number = {"handle": "n", "kind": "json", "text": "5"}
        return json_of(run_source(IMPORT + source, inputs=[handle("n")], values=[number]))

    def test_of_main_may_be_two_one_or_none(self) -> None:
        for source in (
            'def main(params, context): return {"output": [params, context.job_id]}',
            'async def main(params, context): return {"output": [params, context.job_id]}',
            'def main(*both): return {"output": [both[0], both[1].job_id]}',
            'def main(a, b=None, c=1): return {"output": [a, b.job_id]}',
            (
                "class Main:\n"
                '    def __call__(self, a, b): return {"output": [a, b.job_id]}\n'
                "main = Main()"
            ),
        ):
            self.assertEqual(self.returned(source), '[{"n": 5}, "job-1"]', source)
        for source in (
            'def main(params): return {"output": params}',
            'def main(context): return {"output": context}',
            'def main(anything: dict, /): return {"output": anything}',
            'async def main(params): return {"output": params}',
        ):
            self.assertEqual(self.returned(source), '{"n": 5}', source)
        for source in (
            'def main(): return {"output": 1}',
            'def main(*, a=1): return {"output": a}',
        ):
            self.assertEqual(self.returned(source), "1", source)

    def test_one_that_is_annotated_is_the_context(self) -> None:
        for annotation in ("Context", "'Context'", "'oocana.Context'"):
            source = f'def main(anything: {annotation}): return {{"output": anything.job_id}}'
            self.assertEqual(self.returned(source), '"job-1"', source)

    def test_one_whose_annotations_are_not_evaluated_is_the_context_too(self) -> None:
        source = (
            "from __future__ import annotations\nfrom oocana import Context\n"
            'def main(c: Context): return {"output": c.job_id}'
        )
        self.assertEqual(json_of(run_source(source)), '"job-1"')

    def test_are_two_at_most(self) -> None:
        error = failure_of(run_source("def main(a, b, c): pass"))
        self.assertEqual(
            (error["kind"], error["message"]),
            ("rule", f"main(a, b, c) needs more than two arguments. Write one: {TEMPLATE}"),
        )


class Main(unittest.TestCase):
    def test_has_to_be_there(self) -> None:
        error = failure_of(run_source("def mian(params, context): pass"))
        self.assertEqual(
            (error["kind"], error["message"]),
            ("rule", f"The cell defines no function main. Write one: {TEMPLATE}"),
        )

    def test_has_to_be_a_function(self) -> None:
        error = failure_of(run_source("main = 5"))
        self.assertEqual(
            (error["kind"], error["message"]),
            ("rule", f"main is of type int, and has to be a function. Write one: {TEMPLATE}"),
        )

    def test_runs_after_its_module_in_a_fresh_one(self) -> None:
        source = 'print(__name__)\ncount = 1\ndef main(): print(count, "left" in globals())'
        self.assertEqual(printed(run_source(source)), "__main__\n1 False\n")
        run_source("left = 1\ndef main(): pass")
        self.assertEqual(printed(run_source(source)), "__main__\n1 False\n")

    def test_has_a_traceback_that_starts_in_the_cell(self) -> None:
        for way in ("def", "async def"):
            error = failure_of(run_source(f'{way} main(params):\n    raise ValueError("no")\n'))
            self.assertEqual(
                (error["kind"], error["type"], error["message"], error["line"], error["column"]),
                ("exception", "ValueError", "no", 2, 5),
            )
            self.assertEqual(
                error["traceback"],
                "Traceback (most recent call last):\n"
                '  Cell "Sales", line 2, in main\n'
                '    raise ValueError("no")\n'
                "ValueError: no\n",
            )

    def test_waits_in_an_event_loop(self) -> None:
        host = RecordingHost()
        source = (
            "import asyncio\n"
            "async def main(params, context):\n"
            "    both = await asyncio.gather(asyncio.sleep(2, 'a'), asyncio.sleep(1, 'b'))\n"
            '    return {"output": both}'
        )
        start = host.clock.seconds
        events = run_request(scriptlet(source), host=host)
        self.assertEqual((json_of(events), host.clock.seconds - start), ('["a", "b"]', 2.0))

    def test_may_be_any_function_that_gives_an_awaitable(self) -> None:
        source = 'async def work(): return {"output": 1}\nmain = lambda: work()'
        self.assertEqual(json_of(run_source(source)), "1")


class Errors(unittest.TestCase):
    def test_of_every_kind_are_the_scripts_own(self) -> None:
        kinds = "StopIteration", "StopAsyncIteration", "GeneratorExit", "asyncio.CancelledError"
        for kind in kinds:
            for source in (
                f"import asyncio\n\nraise {kind}('a')",
                f"import asyncio\ndef main(params, context):\n    raise {kind}('a')",
            ):
                with self.subTest(source):
                    error = failure_of(run_source(source))
                    self.assertEqual(
                        (error["type"], error["message"], error["line"]),
                        (kind.rpartition(".")[2], "a", 3),
                    )
                    self.assertNotIn("cahier", error["traceback"])


class Returns(unittest.TestCase):
    def test_of_none_finish(self) -> None:
        events = run_main("context.output('output', 1)")
        self.assertEqual(json_of(events), "1")
        self.assertEqual(session_record(events)[-1], {"type": "BlockFinished"})

    def test_of_a_dict_are_the_outputs(self) -> None:
        events = run_main('return {"a": 1, "b": "x"}', outputs=[handle("a"), handle("b")])
        self.assertEqual(
            outputs_of(events),
            {"a": {"kind": "json", "text": "1"}, "b": {"kind": "json", "text": '"x"'}},
        )

    def test_of_anything_else_fail_and_name_the_type(self) -> None:
        for value, name in (
            ("5", "int"),
            ("[1]", "list"),
            ("(x for x in ())", "generator"),
            ("__import__('decimal').Decimal(1)", "decimal.Decimal"),
        ):
            error = failure_of(run_main(f"return {value}"))
            self.assertEqual(
                (error["kind"], error["message"]),
                (
                    "rule",
                    (
                        f"main returned a value of type {name}. Return a dict whose keys are "
                        'output handles, such as {"output": value}, or None, or context.keepAlive.'
                    ),
                ),
            )

    def test_after_the_end_are_dropped_with_a_warning(self) -> None:
        events = run_main("context.finish(result={'output': 1})\nreturn {'output': 2}")
        self.assertEqual(json_of(events), "1")
        warning = "main returned outputs after the block was finished; dropped: output.\n"
        self.assertEqual(log_entries(events), [("warning", warning)])
