"""What a Scriptlet puts out through its handles."""

from __future__ import annotations

import sys
import unittest
from pathlib import Path

from decoding import columns_of, dataset_of
from recording_host import outcome_of
from scriptlets import (
    BINARY,
    FOLDER,
    done_of,
    failure_of,
    handle,
    json_of,
    log_entries,
    outputs_of,
    printed,
    run_main,
    session_record,
)


class Handles(unittest.TestCase):
    def test_that_are_not_declared_are_a_warning_and_done_holds(self) -> None:
        events = run_main('context.output("c", 1, done=True)\ncontext.done()')
        self.assertEqual(outputs_of(events), {})
        self.assertEqual(
            log_entries(events),
            [
                (
                    "warning",
                    "Output handle key: [c] is not defined in Block outputs schema.\n",
                ),
                ("warning", "done has been called multiple times and will be ignored.\n"),
            ],
        )
        self.assertEqual(session_record(events), [{"type": "BlockFinished"}])

    def test_come_as_a_dict(self) -> None:
        for value, name in ("[1]", "list"), ("None", "NoneType"), ("'a'", "str"):
            error = failure_of(run_main(f"context.outputs({value})"))
            message = (
                "context.outputs(outputs) takes a dict whose keys are output handles, such as "
                f'{{"output": value}}, not {name}.'
            )
            self.assertEqual(
                (error["type"], error["message"], error["line"]), ("TypeError", message, 3)
            )

    def test_are_decided_by_what_the_cell_declares_whatever_the_script_does(self) -> None:
        events = run_main(
            "schema = context.outputs_def['output']['json_schema']\n"
            "print(schema)\n"
            "schema['contentMediaType'] = 'oomol/bin'\n"
            "schema['items'].append(1)\n"
            "print(context.outputs_def['output']['json_schema'] is schema)\n"
            "return {'output': 1}",
            outputs=[handle("output", {"items": [{"a": []}]})],
        )
        self.assertEqual(json_of(events), "1")
        self.assertEqual(printed(events), "{'items': [{'a': []}]}\nTrue\n")

    def test_may_have_schemas_of_any_depth(self) -> None:
        schema: object = {}
        for _ in range(400):
            schema = {"not": [schema]}
        events = run_main("return {'output': 1}", outputs=[handle("output", schema)])
        self.assertEqual(json_of(events), "1")

    def test_keep_their_last_value(self) -> None:
        events = run_main(
            'context.output("output", 1)\ncontext.outputs({"output": 2})\n'
            'context.output("output", 3)'
        )
        self.assertEqual(json_of(events), "3")
        self.assertEqual(
            session_record(events),
            [
                {"type": "BlockOutput", "handle": "output", "output": 1, "done": False},
                {"type": "BlockOutputs", "outputs": {"output": 2}},
                {"type": "BlockOutput", "handle": "output", "output": 3, "done": False},
                {"type": "BlockFinished"},
            ],
        )

    def test_come_in_the_order_of_their_last_values(self) -> None:
        events = run_main(
            'for name in "bab": context.output(name, 1)', outputs=[handle("a"), handle("b")]
        )
        self.assertEqual(list(outputs_of(events)), ["a", "b"])

    def test_have_the_value_of_the_call(self) -> None:
        events = run_main('rows = [1]\ncontext.output("output", rows)\nrows.append(2)')
        self.assertEqual(json_of(events), "[1]")

    def test_of_a_job_that_fails_put_nothing_out(self) -> None:
        outcome = outcome_of(run_main('context.output("output", 1)\n1 / 0'))
        self.assertEqual(outcome.keys(), {"status", "error"})


class Json(unittest.TestCase):
    def test_holds_what_python_writes_as_json(self) -> None:
        for value, text in (
            ("None", "null"),
            ("True", "true"),
            ("(1, [2])", "[1, [2]]"),
            ("{'a': {1: None}}", '{"a": {"1": null}}'),
            ("float('nan')", "NaN"),
            ("[float('inf'), -float('inf')]", "[Infinity, -Infinity]"),
            ("10**5000", "1" + "0" * 5_000),
            ("'é😀'", '"é😀"'),
            ("'\\ud800é'", '"\\ud800\\u00e9"'),
        ):
            self.assertEqual(json_of(run_main(f"return {{'output': {value}}}")), text, value)

    def test_holds_what_converts_without_loss(self) -> None:
        for value, text in (
            ("datetime.date(2024, 2, 29)", '"2024-02-29"'),
            ("datetime.datetime(2024, 2, 29, 12)", '"2024-02-29T12:00:00"'),
            ("decimal.Decimal('1.10')", '"1.10"'),
            ("pathlib.PurePosixPath('/a')", '"/a"'),
            ("numpy.float32(0.5)", "0.5"),
            ("[numpy.int64(5), numpy.bool_(True)]", "[5, true]"),
            ("numpy.array([[1, 2], [3, 4]])", "[[1, 2], [3, 4]]"),
            ("numpy.array(['2024-02-29', 'NaT'], 'M8[D]')", '["2024-02-29", null]'),
            ("[pandas.NA, pandas.NaT, pandas.Timestamp(0)]", '[null, null, "1970-01-01T00:00:00"]'),
            ("enum.Enum('E', {'a': 7}).a", "7"),
        ):
            imports = "import datetime, decimal, enum, numpy, pandas, pathlib"
            events = run_main(f"{imports}\nreturn {{'output': {value}}}")
            self.assertEqual(json_of(events), text, value)

    def test_refuses_the_rest_and_names_handle_place_and_type(self) -> None:
        var = 'convert it, or give the handle the content media type "oomol/var"'
        binary = 'decode it, or give the handle the content media type "oomol/bin"'
        for value, problem in (
            ("{1, 2}", "value is of type set: convert it with sorted(...) or list(...)"),
            ("{'a': [1, b'x']}", f"value['a'][1] is of type bytes: {binary}"),
            ("[object()]", f"value[0] is of type object: {var}"),
            ("1j", f"value is of type complex: {var}"),
            (
                "{(1, 2): 3}",
                "value has a key of type tuple; JSON has texts as keys: convert it with str(...)",
            ),
        ):
            events = run_main(f"return {{'output': {value}}}")
            error = failure_of(events)
            self.assertEqual(
                (error["kind"], error["message"]),
                ("rule", f'The output "output" cannot be passed as JSON: {problem}.'),
            )

    def test_refuses_at_the_call_with_its_line(self) -> None:
        error = failure_of(run_main('x = 1\ncontext.output("output", {1})'))
        self.assertEqual((error["type"], error["line"]), ("TypeError", 4))

    def test_refuses_cycles_and_what_is_too_deep(self) -> None:
        events = run_main("a = {}\na['b'] = [a]\nreturn {'output': a}")
        refused = 'The output "output" cannot be passed as JSON: '
        self.assertEqual(
            failure_of(events)["message"],
            f"{refused}value['b'][0] is contained in itself; JSON has no cycles.",
        )
        events = run_main("a = []\nfor _ in range(2_000): a = [a]\nreturn {'output': a}")
        self.assertEqual(
            failure_of(events)["message"],
            f"{refused}it is nested more than 900 levels deep; flatten it.",
        )

    def test_of_a_giant_is_shown_by_its_beginning(self) -> None:
        events = run_main("context.output('output', 'x' * 100_000)")
        self.assertEqual(len(json_of(events)), 100_002)
        self.assertEqual(
            session_record(events)[0]["output"],
            {"characters": 100_002, "beginning": '"' + "x" * 999},
        )


class Frames(unittest.TestCase):
    def test_are_put_out_as_datasets(self) -> None:
        events = run_main(
            "import pandas as pd\nframe = pd.DataFrame({'n': [1, 2]})\n"
            "context.output('output', frame)\nframe['n'] = 0"
        )
        (output,) = done_of(events)["outputs"]
        self.assertEqual(columns_of(dataset_of(output)), [("n", "int64", [1, 2])])
        self.assertEqual(session_record(events)[0]["output"], "<pandas.DataFrame>")

    def test_that_no_dataset_holds_name_the_handle(self) -> None:
        error = failure_of(
            run_main("import pandas as pd\ncontext.output('output', pd.DataFrame({'n': [{}]}))")
        )
        self.assertEqual(error["type"], "TypeError")
        self.assertIn(
            'The output "output" cannot be passed as a table: Column "n", row 1', error["message"]
        )

    def test_within_a_list_are_refused_with_a_remedy(self) -> None:
        error = failure_of(
            run_main("import pandas as pd\nreturn {'output': [pd.DataFrame({'n': [1]})]}")
        )
        self.assertEqual(
            error["message"],
            'The output "output" cannot be passed as JSON: value[0] is of type pandas.DataFrame: '
            'put it out alone through its handle, or as data.to_dict("records").',
        )


class Binary(unittest.TestCase):
    def test_is_put_out_and_written_to_a_file(self) -> None:
        for data in ("b'abc'", "bytearray(b'abc')", "memoryview(b'abc')"):
            events = run_main(
                f"context.output('output', {data})", outputs=[handle("output", BINARY)]
            )
            path = FOLDER / "session/binary/session-1/job-1/output"
            self.assertEqual(outputs_of(events), {"output": {"kind": "binary", "data": b"abc"}})
            self.assertEqual(session_record(events)[0]["output"], str(path))
            self.assertEqual(path.read_bytes(), b"abc")

    def test_of_no_bytes_is_a_warning(self) -> None:
        events = run_main("return {'output': 'abc'}", outputs=[handle("output", BINARY)])
        self.assertEqual(outputs_of(events), {})
        warning = "Output handle key: [output] is defined as binary, but the value is not bytes.\n"
        self.assertEqual(log_entries(events), [("warning", warning)])


@unittest.skipIf(sys.platform == "emscripten", "the file system is in memory")
class Files(unittest.TestCase):
    def test_of_binary_outputs_that_cannot_be_written_fail(self) -> None:
        place = FOLDER / "session/binary/session-1/blocked"
        place.parent.mkdir(parents=True, exist_ok=True)
        Path(place).write_text("a file")
        error = failure_of(
            run_main("return {'output': b''}", outputs=[handle("output", BINARY)], job_id="blocked")
        )
        self.assertEqual(error["kind"], "rule")
