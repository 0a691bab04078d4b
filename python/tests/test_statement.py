"""Statements: what goes in, what has to come out, and what a failure says.

Longer than most files: one short test for each rule of a run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unittest
from types import ModuleType
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from recording_host import RecordingHost, outcome_of, run_request
from statements import NUMBER, failure_of, field, log_of, rows_of, run_statement, statement

from cahier.datasets import dataset_payload
from cahier.statement_mistakes import unawaited_message
from cahier.statement_problems import source_problems
from onelogic.odpf.common import ODDataset

if TYPE_CHECKING:
    from cahier._wire import DatasetInput

_TAKE = 'return [{"n": row["n"]} for row in INPUT_DATA]'


class Rows(unittest.TestCase):
    def test_come_in_one_at_a_time_or_all_at_once_and_give_the_same(self) -> None:
        rows = [{"n": 1}, {"n": 2}, {"n": 3}]
        count = 'log.info(len(INPUT_DATA))\nreturn [{"n": row["n"] * 2} for row in INPUT_DATA]'
        for bulk, lengths in ((False, "1\n1\n1\n"), (True, "3\n")):
            events = run_statement(count, rows, bulk=bulk)
            self.assertEqual(rows_of(events), [{"n": 2}, {"n": 4}, {"n": 6}])
            self.assertEqual(
                "".join(text for stream, text in log_of(events) if stream == "info"), lengths
            )

    def test_are_an_empty_list_in_a_single_run_where_nothing_is_connected(self) -> None:
        for bulk in (False, True):
            source = 'return [{"n": len(INPUT_DATA)}]'
            self.assertEqual(rows_of(run_statement(source, bulk=bulk)), [{"n": 0}])

    def test_of_an_input_without_any_are_none_row_by_row_and_an_empty_list_at_once(self) -> None:
        source = 'log.info("ran")\nreturn [{"n": len(INPUT_DATA)}]'
        dataset = dataset_payload(ODDataset([], ["n"]), lambda buffer: buffer)
        table: DatasetInput = {"handle": "input", "kind": "dataset", "dataset": dataset}
        for is_bulk, rows, log in ((False, [], []), (True, [{"n": 0}], [("info", "ran\n")])):
            for given in (None, table):
                request = statement(source, [], bulk=is_bulk)
                request["input"] = given or request["input"]
                host = RecordingHost()
                events = run_request(request, host.clock, host)
                with self.subTest(is_bulk=is_bulk, kind=given and given["kind"]):
                    self.assertEqual((rows_of(events), log_of(events)), (rows, log))

    def test_of_all_runs_stand_one_after_the_other(self) -> None:
        source = 'return [{"n": INPUT_DATA[0]["n"]}] * INPUT_DATA[0]["n"]'
        rows = [{"n": 2}, {"n": 0}, {"n": 1}]
        self.assertEqual(rows_of(run_statement(source, rows)), [{"n": 2}, {"n": 2}, {"n": 1}])

    def test_know_nothing_of_each_other(self) -> None:
        source = (
            "global seen\ntry:\n    seen += 1\nexcept NameError:\n    seen = 1\n"
            'return [{"n": seen}]'
        )
        self.assertEqual(rows_of(run_statement(source, [{"n": 5}, {"n": 6}])), [{"n": 1}, {"n": 1}])

    def test_end_with_the_first_that_fails_which_is_named(self) -> None:
        rows = [{"n": 2}, {"n": 0}, {"n": "x"}]
        error = failure_of(run_statement('return [{"n": 4 // INPUT_DATA[0]["n"]}]', rows))
        self.assertEqual(
            (error["type"], error["message"], error["line"], error["column"]),
            ("ZeroDivisionError", "Input row 2: integer division or modulo by zero", 1, 15),
        )

    def test_can_be_a_list_of_other_cells_and_nothing_else(self) -> None:
        for value, problem in (
            ({"n": 1}, "The input is an object, and no list of objects."),
            ("text", "The input is a text, and no list of objects."),
            (2.5, "The input is a number, and no list of objects."),
            (True, "The input is a boolean, and no list of objects."),
            ([None], "Item 1 of the input is null, and no object."),
            ([{}, 1], "Item 2 of the input is a number, and no object."),
            ([[{}]], "Item 1 of the input is a list, and no object."),
        ):
            error = failure_of(run_statement(_TAKE, value))  # type: ignore[arg-type] # as intended
            message = f"{problem} Connect a dataset, or a list of objects."
            self.assertEqual((error["kind"], error["message"]), ("rule", message))


class Output(unittest.TestCase):
    def test_has_to_be_a_list_of_objects(self) -> None:
        returned = "The statement returned a value of type"
        gathering = 'Write "return [item async for item in items]".'
        wrapping = 'Write "return list(items)".'
        ending = 'End the statement with "return items", where items is a list of objects.'
        for source, message in (
            ("n = 1", f"The statement returned nothing. {ending}"),
            ("", f"The statement returned nothing. {ending}"),
            (
                'return {"n": 1}',
                'The statement returned an object, not a list of objects: "return [item]".',
            ),
            (
                "return (n for n in [])",
                f"The statement returned a value of type generator. {wrapping} {ending}",
            ),
            (
                "return sleep(1)",
                f'{returned} coroutine. Write "return await" before it. {ending}',
            ),
            (
                "async def f(): yield 1\nreturn f()",
                f"{returned} async_generator. {gathering} {ending}",
            ),
            ("return 'text'", f"The statement returned a value of type str. {ending}"),
            ("return 1", f"The statement returned a value of type int. {ending}"),
            (
                "return [1]",
                "The output does not fit. Output row 1 is no object, but of type int: 1.",
            ),
        ):
            error = failure_of(run_statement(source))
            self.assertEqual((error["kind"], error["message"]), ("rule", message))

    def test_has_to_fit_its_schema(self) -> None:
        schema = [field("n", "integer"), field("text", "string", nullable=True)]
        for row, problem in (
            ({"n": 1}, 'lacks the field "text" of the output schema.'),
            (
                {"n": 1, "text": "a", "more": 1},
                "has the field 'more', which the output schema does not have.",
            ),
            (
                {"n": 1.5, "text": "a"},
                'has a wrong value in the field "n": expected integer, got float 1.5.',
            ),
            (
                {"n": True, "text": "a"},
                'has a wrong value in the field "n": expected integer, got bool True.',
            ),
            (
                {"n": None, "text": "a"},
                'has a wrong value in the field "n": expected integer, got null.',
            ),
            (
                {"n": 1, "text": 2},
                'has a wrong value in the field "text": expected string or null, got int 2.',
            ),
        ):
            for rows, number in (([row], 1), ([{"n": 1, "text": None}] * 2 + [row], 3)):
                source = f"return {rows!r}"
                error = failure_of(run_statement(source, outputs=schema))
                self.assertEqual(
                    (error["kind"], error["message"]),
                    ("rule", f"The output does not fit. Output row {number} {problem}"),
                )

    def test_keeps_each_type(self) -> None:
        outputs = [
            field("whole", "integer"),
            field("number", "number"),
            field("truth", "boolean"),
            field("object", "object"),
            field("list", "array"),
            field("text", "string", nullable=True),
        ]
        source = (
            'return [{"whole": 2**70, "number": 1, "truth": False, "object": {"a": [1]},'
            ' "list": (1, None), "text": None}]'
        )
        self.assertEqual(
            rows_of(run_statement(source, outputs=outputs)),
            [
                {
                    "whole": 2**70,
                    "number": 1,
                    "truth": False,
                    "object": '{"a": [1]}',
                    "list": "[1, null]",
                    "text": None,
                }
            ],
        )


class Input(unittest.TestCase):
    def test_is_checked_before_the_first_row(self) -> None:
        rows = [{"n": 1}, {"n": "x"}]
        events = run_statement(f'log.info("ran")\n{_TAKE}', rows, inputs=[NUMBER])
        error = failure_of(events)
        self.assertEqual(
            error["message"],
            'The input does not fit. Input row 2 has a wrong value in the field "n": '
            "expected integer, got str 'x'.",
        )
        self.assertEqual(log_of(events), [])

    def test_has_objects_and_arrays_again_where_its_schema_says_so(self) -> None:
        schema = [field("o", "object", nullable=True), field("a", "array"), field("n", "integer")]
        made = (
            "return [{'o': {'b': [1, None]}, 'a': (1, 2**70), 'n': 1},"
            " {'o': None, 'a': [], 'n': 2}]"
        )
        outcome = outcome_of(run_statement(made, outputs=schema))
        assert outcome["status"] == "done", outcome
        (output,) = outcome["outputs"]
        assert output["value"]["kind"] == "dataset"
        request = statement("return INPUT_DATA", outputs=schema, inputs=schema)
        request["input"] = {
            "handle": "input",
            "kind": "dataset",
            "dataset": output["value"]["dataset"],
        }
        expected = [
            {"o": '{"b": [1, null]}', "a": f"[1, {2**70}]", "n": 1},
            {"o": None, "a": "[]", "n": 2},
        ]
        for is_bulk in (False, True):
            request["configuration"]["isBulk"] = is_bulk
            host = RecordingHost()
            self.assertEqual(rows_of(run_request(request, host.clock, host)), expected)
        request["inputFields"], request["outputFields"] = None, [NUMBER]
        request["source"] = (
            "return [{'n': [type(v) for v in INPUT_DATA[0].values()].count(str)}] * "
            "(INPUT_DATA[0]['n'] == 1)"
        )
        host = RecordingHost()
        self.assertEqual(rows_of(run_request(request, host.clock, host)), [{"n": 2}])

    def test_keeps_texts_that_are_no_json_of_the_kind_that_its_schema_has(self) -> None:
        for kind, text in (
            ("object", "[1]"),
            ("array", '{"a": 1}'),
            ("object", "{broken"),
            ("array", "[" * 100_000),
            ("object", ""),
        ):
            schema: list[Any] = [field("v", kind)]  # type: ignore[arg-type] # it is one
            events = run_statement("return []", [{"v": text}], inputs=schema)
            message = failure_of(events)["message"]
            expected = f'Input row 1 has a wrong value in the field "v": expected {kind}, got str '
            self.assertTrue(message.startswith(f"The input does not fit. {expected}"), message)
        texts = [{"n": 1, "t": "[1]"}]
        schema = [NUMBER, field("t", "string")]
        source = "return [{'n': len(INPUT_DATA[0]['t'])}]"
        self.assertEqual(rows_of(run_statement(source, texts, inputs=schema)), [{"n": 3}])

    def test_may_be_anything_without_a_schema(self) -> None:
        rows: list[Any] = [{"n": 1, "more": [1]}, {"n": 2}]
        self.assertEqual(rows_of(run_statement(_TAKE, rows)), [{"n": 1}, {"n": 2}])


class Names(unittest.TestCase):
    def test_that_uses_the_log_in_another_way_is_told_how(self) -> None:
        one = 'takes one message: write log.info(f"rows: {count}").'
        levels = "debug, error, info, trace, warn"
        for source, kind, message in (
            ("log.info('a', 1)", "TypeError", f"log.info {one}"),
            ("log.info()", "TypeError", f"log.info {one}"),
            ("log.info('%s', extra=1)", "TypeError", f"log.info {one}"),
            ("log.info(text='a')", "TypeError", f"log.info {one}"),
            ("log.warn()", "TypeError", f"log.warn {one}".replace("log.info(", "log.warn(")),
            ("log.warning('a')", "AttributeError", f"log has no warning: it has {levels}."),
            ("log('a')", "TypeError", 'log has a function for each level: write log.info("…").'),
        ):
            with self.subTest(source):
                error = failure_of(run_statement(f"{source}\nreturn []"))
                self.assertEqual((error["type"], error["message"]), (kind, message))
                self.assertEqual(error["line"], 1)
        self.assertEqual(
            log_of(run_statement("log.info(message='a')\nreturn []")), [("info", "a\n")]
        )

    def test_log_has_five_levels_and_an_error_fails_the_job_at_its_end(self) -> None:
        source = (
            "log.trace('t')\nlog.debug('d')\nlog.info('i')\nlog.warn('w')\nlog.error('first')\n"
            "log.error('second')\nlog.info('goes on')\nreturn []"
        )
        events = run_statement(source)
        self.assertEqual(
            "".join(f"{stream} {text}" for stream, text in log_of(events)),
            "trace t\ndebug d\ninfo i\nwarning w\nerror first\nerror second\ninfo goes on\n",
        )
        error = failure_of(events)
        self.assertEqual((error["kind"], error["message"]), ("rule", "first"))

    def test_sleep_waits_when_it_is_awaited(self) -> None:
        self.assertEqual(rows_of(run_statement('await sleep(0.5)\nreturn [{"n": 1}]')), [{"n": 1}])
        for seconds, kind, message in (
            ("-1", "ValueError", "sleep() cannot wait -1 seconds"),
            ("float('nan')", "ValueError", "sleep() cannot wait nan seconds"),
            ("'1'", "TypeError", "sleep() takes seconds as a number, not str"),
        ):
            error = failure_of(run_statement(f"await sleep({seconds})\nreturn []"))
            self.assertEqual((error["type"], error["message"]), (kind, message))

    def test_a_coroutine_that_is_never_awaited_is_a_warning(self) -> None:
        events = run_statement("sleep(1)\nreturn []")
        self.assertEqual(
            log_of(events)[0],
            (
                "warning",
                'Line 1: sleep() only begins once it is awaited: write "await sleep(…)".\n',
            ),
        )

    def test_coroutines_of_which_only_a_run_knows_are_warned_of_once_with_their_line(self) -> None:
        source = (
            "class A:\n    async def work(self): pass\nwaiting = [sleep(1)]\n"
            "A().work()\nsleep(1)\nreturn [{'n': len(waiting)}]"
        )
        events = run_statement(source, [{"n": 1}, {"n": 2}])
        self.assertEqual(rows_of(events), [{"n": 1}, {"n": 1}])
        self.assertEqual(
            log_of(events),
            [
                (
                    "warning",
                    f"Line {line}: {unawaited_message(name)}\n",
                )
                for line, name in ((5, "sleep"), (4, "work"), (3, "sleep"))
            ],
        )

    def test_can_be_given_to_something_else(self) -> None:
        for source, expected in (
            ("if DATA_CHECKPOINT is None: DATA_CHECKPOINT = 7\nn = DATA_CHECKPOINT", 7),
            ("INPUT_DATA = INPUT_DATA or [1, 2, 3]\nn = len(INPUT_DATA)", 3),
            ("INPUT_DATA += [1]\nn = len(INPUT_DATA)", 1),
            ("log.info(1)\nlog = 5\nn = log", 5),
            ("await sleep(0)\nfrom time import sleep\nsleep(0)\nn = 1", 1),
            ("def f():\n    nonlocal sleep\n    sleep = 2\nf()\nn = sleep", 2),
            ("def f(): return DATA_CHECKPOINT\nDATA_CHECKPOINT = 4\nn = f()", 4),
            ("global DATA_CHECKPOINT\nDATA_CHECKPOINT = 6\nn = DATA_CHECKPOINT", 6),
            ("def f():\n    global log\n    log = 8\nf()\nn = log", 8),
            ("def f(log): return log\nn = f(9)", 9),
        ):
            with self.subTest(source):
                events = run_statement(f"{source}\nreturn [{{'n': n}}]")
                self.assertEqual(rows_of(events), [{"n": expected}])

    def test_are_as_they_were_for_the_next_row(self) -> None:
        source = "DATA_CHECKPOINT = (DATA_CHECKPOINT or 0) + 1\nreturn [{'n': DATA_CHECKPOINT}]"
        self.assertEqual(rows_of(run_statement(source, [{}, {}])), [{"n": 1}, {"n": 1}])

    def test_that_are_given_to_something_else_leave_lines_as_they_are(self) -> None:
        error = failure_of(run_statement("INPUT_DATA = INPUT_DATA or [1]\n1 / 0"))
        self.assertEqual((error["type"], error["line"]), ("ZeroDivisionError", 2))

    def test_debugging_writes_each_row_with_its_input_and_output(self) -> None:
        events = run_statement(_TAKE, [{"n": 1}, {"n": 2}], debug=True)
        self.assertEqual(
            log_of(events),
            [
                (
                    "debug",
                    f"Input row {n} took 0.0 ms\n  input: {rows}\n  output: {rows}\n",
                )
                for n, rows in ((1, "[{'n': 1}]"), (2, "[{'n': 2}]"))
            ],
        )


class Debugging(unittest.TestCase):
    def test_shows_the_row_that_fails(self) -> None:
        source = "return [{'n': 6 // row['n']} for row in INPUT_DATA]"
        rows = [{"n": 3}, {"n": 0}, {"n": 2}]
        self.assertEqual(
            log_of(run_statement(source, rows, debug=True))[:2],
            [
                (
                    "debug",
                    "Input row 1 took 0.0 ms\n  input: [{'n': 3}]\n  output: [{'n': 2}]\n",
                ),
                ("debug", "Input row 2 failed after 0.0 ms\n  input: [{'n': 0}]\n"),
            ],
        )
        self.assertEqual(
            log_of(run_statement(source, rows, debug=True, bulk=True))[0],
            ("debug", f"The statement failed after 0.0 ms\n  input: {rows}\n"),
        )
        self.assertEqual([s for s, _ in log_of(run_statement(source, rows)) if s == "debug"], [])

    def test_shows_what_the_output_schema_refuses(self) -> None:
        events = run_statement("return [{'n': 'a'}]", [{"n": 1}], debug=True)
        self.assertEqual(
            log_of(events)[0],
            (
                "debug",
                "Input row 1 failed after 0.0 ms\n  input: [{'n': 1}]\n  output: [{'n': 'a'}]\n",
            ),
        )

    def test_shows_the_first_of_many_rows_and_their_number(self) -> None:
        source = "return [{'n': 12345678}] * 1_000_000"
        ((_, text),) = log_of(run_statement(source, bulk=True, debug=True))
        self.assertLess(len(text), 2_200)
        self.assertTrue(text.startswith("The statement took 0.0 ms\n  input: []\n  output: [{'n':"))
        self.assertTrue(text.endswith("… (1,000,000 rows)\n"), text[-50:])


class Checkpoints(unittest.TestCase):
    def test_are_the_value_of_the_last_row_with_its_type(self) -> None:
        source = 'return [{"n": (DATA_CHECKPOINT or 0) + 1}, {"n": (DATA_CHECKPOINT or 0) + 2**60}]'
        value: Any = None
        for expected in (2**60, 2**61):
            outcome = outcome_of(run_statement(source, checkpoint={"column": "n", "value": value}))
            assert outcome["status"] == "done", outcome
            value = outcome["checkpoint"]
            self.assertEqual(value, {"type": "integer", "text": str(expected)})

    def test_stay_as_they_were_without_rows(self) -> None:
        value: Any = {"type": "integer", "text": "5"}
        outcome = outcome_of(run_statement("return []", checkpoint={"column": "n", "value": value}))
        self.assertEqual(outcome.get("checkpoint"), value)

    def test_that_a_last_row_without_a_value_resets_are_told_of(self) -> None:
        outputs = [field("n", "number", nullable=True)]
        value: Any = {"type": "number", "text": "5.0"}
        for written, content in (("None", "null"), ("float('nan')", "not a number (NaN)")):
            events = run_statement(
                f"return [{{'n': 1.5}}, {{'n': {written}}}]",
                outputs=outputs,
                checkpoint={"column": "n", "value": value},
            )
            outcome = outcome_of(events)
            assert outcome["status"] == "done", outcome
            self.assertEqual(outcome["checkpoint"], None)
            message = (
                f'Output row 2, the last one, has {content} in "n", the data checkpoint column: '
                "DATA_CHECKPOINT will be None in the next run. Return a last row with a value, or "
                "no rows, which leaves the checkpoint as it is.\n"
            )
            self.assertEqual(log_of(events), [("warning", message)])
        events = run_statement(
            "return [{'n': None}, {'n': 1.5}]",
            outputs=outputs,
            checkpoint={"column": "n", "value": value},
        )
        self.assertEqual(log_of(events), [])

    def test_that_are_assigned_in_vain_are_named_with_their_line(self) -> None:
        end = "\nreturn [{'n': DATA_CHECKPOINT or 2}]"
        of_f = "DATA_CHECKPOINT is a variable of f alone here"
        shared = "def f():\n    global DATA_CHECKPOINT\n    DATA_CHECKPOINT = 3"
        for source, line, part, result in (
            (f"x = 1\ndef f():\n    DATA_CHECKPOINT = 1\nf(){end}", 3, of_f, 2),
            (f"def f():\n    DATA_CHECKPOINT += 1\nf(){end}", 2, of_f, None),
            (
                f"def f():\n    DATA_CHECKPOINT + 1\n    DATA_CHECKPOINT = 1\nf(){end}",
                3,
                of_f,
                None,
            ),
            (f"async def f():\n    for DATA_CHECKPOINT in [1]: pass\nawait f(){end}", 2, of_f, 2),
            (
                f"DATA_CHECKPOINT = DATA_CHECKPOINT or 4\n{shared}\nf(){end}",
                3,
                "write nonlocal instead of global",
                4,
            ),
            ("DATA_CHECKPOINT = 5\nreturn [{'n': 1}]", 1, "assigned and never read", 1),
        ):
            with self.subTest(source):
                events = run_statement(source)
                ((stream, text),) = log_of(events)
                self.assertEqual(stream, "warning")
                self.assertTrue(text.startswith(f"Line {line}: "), text)
                self.assertIn(part, text)
                problems = [(each["line"], each["message"]) for each in source_problems(source)]
                self.assertEqual(problems, [(line, text.partition(": ")[2].strip())])
                if result is None:
                    self.assertIn("DATA_CHECKPOINT", failure_of(events)["message"])
                else:
                    self.assertEqual(rows_of(events), [{"n": result}])

    def test_that_functions_change_for_the_statement_are_its_own(self) -> None:
        shared = "def f():\n    global DATA_CHECKPOINT\n    DATA_CHECKPOINT = 3"
        argument = "def f(DATA_CHECKPOINT):\n    DATA_CHECKPOINT += 1\n    return DATA_CHECKPOINT"
        for source in (
            "def f():\n    nonlocal DATA_CHECKPOINT\n    DATA_CHECKPOINT = 3\nf()",
            f"{shared}\nf()",
            f"global DATA_CHECKPOINT\n{shared}\nf()",
            f"{argument}\nDATA_CHECKPOINT = f(2)",
            "class A:\n    DATA_CHECKPOINT = 3\nDATA_CHECKPOINT = A.DATA_CHECKPOINT",
        ):
            with self.subTest(source):
                events = run_statement(f"{source}\nreturn [{{'n': DATA_CHECKPOINT}}]")
                self.assertEqual(rows_of(events), [{"n": 3}])
                self.assertEqual(log_of(events), [])

    def test_need_a_field_of_the_schema(self) -> None:
        error = failure_of(
            run_statement('return [{"n": 1}]', checkpoint={"column": "gone", "value": None})
        )
        self.assertEqual(
            error["message"],
            'The data checkpoint column "gone" is no field of the output schema. '
            "Choose another in the configuration of the cell.",
        )

    def test_that_do_not_fit_their_type_are_named(self) -> None:
        error = failure_of(
            run_statement(
                "return []",
                checkpoint={"column": "n", "value": {"type": "integer", "text": "five"}},
            )
        )
        self.assertEqual(
            error["message"],
            "The data checkpoint 'five' is no integer: invalid literal for int() with base 10: "
            "'five'. Edit or reset it in the configuration of the cell.",
        )


class Progress(unittest.TestCase):
    def test_is_told_row_by_row(self) -> None:
        events = run_statement(_TAKE, json.loads("[" + '{"n": 1},' * 3 + '{"n": 1}]'))
        self.assertEqual(
            [event["percent"] for event in events if event["type"] == "progress-changed"], [25, 100]
        )


if __name__ == "__main__":
    unittest.main()


class Fresh(unittest.TestCase):
    @unittest.skipIf(sys.platform == "emscripten", "there are no processes in a browser")
    def test_modules_may_import_what_they_need_themselves(self) -> None:
        source = (
            "import datetime\n"
            "day = datetime.datetime.strptime('2026-01-02', '%Y-%m-%d')\n"
            "return [{'n': day.day}]"
        )
        script = (
            "import json, sys\n"
            "from statements import rows_of, run_statement\n"
            "assert '_strptime' not in sys.modules\n"
            f"print(json.dumps(rows_of(run_statement({source!r}))))"
        )
        ran = subprocess.run(  # noqa: S603 - this Python
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual((ran.stderr, ran.stdout), ("", '[{"n": 2}]\n'))

    def test_imports_of_dotted_names_bind_what_python_binds(self) -> None:
        source = "import jose.utils\nimport jose.utils as u\nreturn [{'n': int(jose.utils is u)}]"
        package, utils = ModuleType("jose"), ModuleType("jose.utils")
        vars(package)["utils"] = utils
        with patch.dict(sys.modules, {"jose": package, "jose.utils": utils}):
            self.assertEqual(rows_of(run_statement(source)), [{"n": 1}])


class Endings(unittest.TestCase):
    def test_leaving_is_no_end(self) -> None:
        error = failure_of(
            run_statement(
                "if INPUT_DATA[0]['n'] == 2: raise SystemExit\n" + _TAKE, [{"n": 1}, {"n": 2}]
            )
        )
        self.assertEqual(
            error["message"],
            "Input row 2: The statement left by SystemExit. It has to return its rows.",
        )

    def test_values_of_derived_classes_are_stored_without_asking_them(self) -> None:
        source = (
            "class Odd(int):\n    def __index__(self): return 1 / 0\n"
            "    def __int__(self): return 1 / 0\n    def __repr__(self): return 1 / 0\n"
            "return [{'n': Odd(2**70)}]"
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": 2**70}])
