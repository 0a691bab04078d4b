"""What a Scriptlet puts out through its handles."""

from __future__ import annotations

import sys
import unittest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decoding import columns_of, dataset_of
from recording_host import outcome_of
from scriptlets import (
    BINARY,
    FOLDER,
    SECRET,
    VARIABLE,
    done_of,
    failure_of,
    handle,
    json_of,
    log_entries,
    outputs_of,
    run_main,
    session_record,
)

from cahier import variables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cahier._wire import VariableValue


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

    def test_keep_their_last_value(self) -> None:
        events = run_main(
            'context.output("output", 1)\ncontext.outputs({"output": 2})\n'
            'context.output("output", 3, to_node=[{"node_id": "a", "input_handle": "b"}])'
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
        self.assertIn(
            "value['b'][0] is contained in itself; JSON has no cycles",
            failure_of(events)["message"],
        )
        events = run_main("a = []\nfor _ in range(100_000): a = [a]\nreturn {'output': a}")
        self.assertIn("nested more than 900 levels deep", failure_of(events)["message"])

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
        self.assertIn("value[0] is of type pandas.DataFrame: put it out alone", error["message"])


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


class Variables(unittest.TestCase):
    def setUp(self) -> None:
        self.addCleanup(lambda: variables.drop_other_variables([]))

    def variable(self, body: str) -> VariableValue:
        value = outputs_of(run_main(body, outputs=[handle("output", VARIABLE)]))["output"]
        assert value["kind"] == "variable", value
        return value

    def test_are_the_object_itself_and_outlive_the_job(self) -> None:
        value = self.variable("import json\njson.kept = {1}\nreturn {'output': json.kept}")
        import json  # noqa: PLC0415 - where the script has left it

        self.assertIs(variables.variable("job-1/output"), vars(json).pop("kept"))
        self.assertEqual(
            {**value, "data": None},
            {
                "kind": "variable",
                "key": "job-1/output",
                "typeName": "set",
                "summary": "{1}",
                "data": None,
                "reason": None,
            },
        )

    def test_of_basic_types_are_json(self) -> None:
        for value, text in (("5", "5"), ("'a'", '"a"'), ("True", "true"), ("None", "null")):
            events = run_main(f"return {{'output': {value}}}", outputs=[handle("output", VARIABLE)])
            self.assertEqual(json_of(events), text)

    def test_are_read_from_their_pickle_where_they_are_gone(self) -> None:
        value = self.variable(
            "import pandas as pd\nreturn {'output': pd.DataFrame({'n': [1.5, 2]}, index=[3, 4])}"
        )
        self.assertEqual(
            (value["typeName"], value["summary"]), ("pandas.DataFrame", "2 rows, 1 columns")
        )
        variables.drop_other_variables([])
        events = run_main(
            "frame = params['x']\nframe.loc[3, 'n'] = 7\nreturn {'output': frame['n'].to_dict()}",
            inputs=[handle("x", VARIABLE)],
            values=[
                {"handle": "x", "kind": "variable", "key": value["key"], "data": value["data"]}
            ],
        )
        self.assertEqual(json_of(events), '{"3": 7.0, "4": 2.0}')

    def test_of_large_arrays_are_copied_once(self) -> None:
        import tracemalloc  # noqa: PLC0415

        import numpy  # noqa: PLC0415
        from recording_host import RecordingHost  # noqa: PLC0415

        from cahier.pickling import pickled, unpickled  # noqa: PLC0415

        class Counting(RecordingHost):
            kept = 0

            def keep_all(self, buffers: Sequence[Any]) -> bytes:
                self.kept = sum(map(len, buffers))
                return b""

        array = numpy.zeros(4_000_000)
        host = Counting()
        tracemalloc.start()
        pickled({"a": array}, host, [])
        _, most_bytes = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        self.assertGreater(host.kept, array.nbytes)
        self.assertLess(most_bytes, 1_000_000)
        whole = pickled({"a": array[:5]}, RecordingHost(), []).data
        assert isinstance(whole, bytes)
        self.assertEqual(str(unpickled(whole)), "{'a': array([0., 0., 0., 0., 0.])}")

    def test_whose_class_is_the_cells_own_say_so_with_a_remedy(self) -> None:
        value = self.variable(
            "global Point\nclass Point: pass\nPoint.__qualname__ = 'Point'\n"
            "return {'output': [Point()]}"
        )
        assert value["reason"]
        self.assertIsNone(value["data"])
        self.assertRegex(
            value["reason"],
            r"^It needs a class or function that is defined in the cell itself \(.*Point.*\)\. Put "
            r"that into a Python file of the notebook and import it, and the value outlives Python",
        )

    def test_that_cannot_be_pickled_say_why(self) -> None:
        for make in ("lambda: 1", "(x for x in ())", "__import__('threading').Lock()"):
            value = self.variable(f"return {{'output': {make}}}")
            self.assertIsNone(value["data"])
            self.assertTrue(value["reason"])

    def test_that_are_nested_too_deeply_say_so(self) -> None:
        for make in (
            "a = []\nfor _ in range(100_000): a = [a]\n",
            (
                "class Node: pass\na = Node()\n"
                "for _ in range(100_000):\n    b = Node()\n    b.next = a\n    a = b\n"
            ),
        ):
            value = self.variable(f"{make}return {{'output': [a, a]}}")
            self.assertEqual(
                (value["data"], value["reason"], value["summary"]),
                (None, "It is nested too deeply to be pickled.", "nested deeply"),
            )

    def test_that_are_no_longer_named_are_dropped(self) -> None:
        variables.keep_variables({"a/1": 1, "b/2": 2})
        variables.drop_other_variables(["b/2", "c/3"])
        self.assertEqual((variables.has_variable("a/1"), variables.variable("b/2")), (False, 2))

    def test_of_a_job_that_fails_are_not_kept(self) -> None:
        run_main("context.output('output', {1})\n1 / 0", outputs=[handle("output", VARIABLE)])
        self.assertFalse(variables.has_variable("job-1/output"))


class Secrets(unittest.TestCase):
    def test_are_their_value_in_the_output_alone(self) -> None:
        events = run_main(
            "context.output('output', 'hunter2')\nprint('hunter2')",
            outputs=[handle("output", SECRET)],
        )
        self.assertEqual(outputs_of(events), {"output": {"kind": "secret", "text": "hunter2"}})
        self.assertEqual(log_entries(events)[0], ("stdout", "****"))
        self.assertEqual(session_record(events)[0]["output"], "****")

    def test_are_hidden_in_log_events_previews_and_errors(self) -> None:
        secret = 'pass"word\\1'  # noqa: S105 - none of ours
        events = run_main(
            "secret = params['key']\n"
            "import sys\n"
            "print('a', secret, repr(secret))\n"
            "print(secret, file=sys.stderr)\n"
            "context.log_json({'k': secret})\n"
            "context.send_message(secret)\n"
            "context.send_warning(secret)\n"
            "context.logger.info(secret)\n"
            "context.error(secret)\n"
            "context.output('output', [secret])\n"
            "context.preview({'type': 'text', 'data': secret})\n"
            "context.preview({'type': 'json', 'data': [secret]})\n"
            "context.preview({'type': 'table', 'data': {'columns': ['a'], 'rows': [[secret]]}})\n"
            "raise ValueError(secret)",
            inputs=[handle("key", SECRET)],
            values=[{"handle": "key", "kind": "secret", "text": secret}],
        )
        for text in (repr(events), str(events)):
            for spelling in (secret, "word", "pass"):
                self.assertNotIn(spelling, text)
        self.assertEqual(failure_of(events)["message"], "****")
        self.assertIn("ValueError: ****", failure_of(events)["traceback"])


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
