"""Python objects and secrets that a Scriptlet passes on."""

from __future__ import annotations

import unittest
from typing import TYPE_CHECKING, Any

from recording_host import run_request
from scriptlets import (
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
    run_main,
    run_source,
    scriptlet,
    session_record,
)

from cahier import variables
from cahier.secrets_mask import SecretsMask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cahier._wire import VariableValue


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
            "a = []\nfor _ in range(2_000): a = [a]\n",
            (
                "class Node: pass\na = Node()\n"
                "for _ in range(2_000):\n    b = Node()\n    b.next = a\n    a = b\n"
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

    def test_that_hold_themselves_go_with_the_job_after(self) -> None:
        import json  # noqa: PLC0415 - where the script leaves it

        self.variable(
            "import json, weakref\nclass Node: pass\nnode = Node()\nnode.itself = node\n"
            "json.node = weakref.ref(node)\nreturn {'output': node}"
        )
        node = vars(json).pop("node")
        job = scriptlet("def main(): pass")
        job["variables"] = ["job-1/output"]
        run_request(job)
        self.assertIs(node(), variables.variable("job-1/output"))
        job["variables"] = []
        run_request(job)
        self.assertIsNone(node())

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

    def test_are_hidden_before_a_text_is_cut(self) -> None:
        events = run_main(
            "context.log_json('x' * 995 + params['key'] + 'x' * 30_000)\n"
            "context.output('output', 'x' * 995 + params['key'] + 'x' * 30_000)",
            inputs=[handle("key", SECRET)],
            values=[{"handle": "key", "kind": "secret", "text": "hunter2"}],
        )
        outcome = done_of(events)
        self.assertNotIn("hun", str(events).replace(str(outcome), ""))

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

    def test_put_out_through_another_handle_are_hidden_with_a_warning(self) -> None:
        events = run_main(
            "secret = params['key']\n"
            "context.output('output', {'a': [f'of {secret}', 91234, 1234], secret: None})\n"
            "context.preview({'type': 'json', 'data': [secret, 91234, 1234]})",
            inputs=[handle("key", SECRET)],
            values=[{"handle": "key", "kind": "secret", "text": "1234"}],
        )
        text = '{"a": ["of ****", 91234, "****"], "****": null}'
        self.assertEqual(outputs_of(events), {"output": {"kind": "json", "text": text}})
        warning = (
            'The output "output" held a secret, and **** stands in its place. Give the handle the '
            "type Secret, and put out nothing else through it, to hand the secret on.\n"
        )
        self.assertIn(("warning", warning), log_entries(events))
        self.assertEqual(
            [event["preview"]["content"] for event in events if event["type"] == "preview-added"],
            [{"type": "json", "text": '["****", 91234, "****"]'}],
        )

    def test_that_are_short_are_hidden_only_where_they_are_a_whole_text(self) -> None:
        events = run_main(
            "context.output('output', {'a': ['a', 'a banana', 1]})\n"
            "context.log_json({'a': ['a', 'a banana', 1]})\n"
            "print('a banana')\n"
            "print('a')",
            inputs=[handle("key", SECRET), handle("digit", SECRET)],
            values=[
                {"handle": "key", "kind": "secret", "text": "a"},
                {"handle": "digit", "kind": "secret", "text": "1"},
            ],
        )
        text = '{"a": ["****", "a banana", 1]}'
        self.assertEqual(json_of(events), text)
        self.assertIn(("json", text), log_entries(events))
        self.assertEqual(printed(events), "a banana\n****\n")

    def test_of_other_cells_are_hidden_once_they_are_run(self) -> None:
        other = block(
            "Other",
            "def main(params): pass",
            [handle("key")],
            values=[{"handle": "key", "kind": "secret", "text": "hunter2"}],
        )
        events = run_source(
            "async def main(params, context):\n"
            "    print('hunter2')\n"
            "    await context.run_block('Other', inputs={}).finish()\n"
            "    print('hunter2')\n",
            blocks=[other],
        )
        self.assertEqual(printed(events), "hunter2\n****\n")

    def test_are_hidden_where_neighbouring_writes_make_them(self) -> None:
        events = run_main(
            "print('It is hun', end='')\n"
            "print('ter', end='')\n"
            "print('2!')\n"
            "print('h', end='')\n"
            "print('at')\n"
            "for letter in 'hunter2' * 50: print(letter, end='')",
            inputs=[handle("key", SECRET)],
            values=[{"handle": "key", "kind": "secret", "text": "hunter2"}],
        )
        self.assertEqual(printed(events), "It is ****!\nhat\n" + "****" * 50)

    def test_that_are_no_texts_are_refused(self) -> None:
        events = run_main("context.output('output', ['a'])", outputs=[handle("output", SECRET)])
        self.assertEqual(
            failure_of(events)["message"],
            'The output "output" is a secret, which is a text, and this is of type list. Convert '
            "it with str(...) or json.dumps(...).",
        )

    def test_stand_in_no_address_name_or_id_of_a_preview(self) -> None:
        events = run_main(
            "url = 'https://a.example/?key=' + params['key']\n"
            "for kind in ('iframe', 'image', 'video', 'audio', params['key']):\n"
            "    context.preview({'type': kind, 'data': url}, id=params['key'] + kind)\n"
            "context.preview({'type': 'text/' + params['key'], 'data': ''})\n",
            inputs=[handle("key", SECRET)],
            values=[{"handle": "key", "kind": "secret", "text": "hunter2"}],
        )
        self.assertNotIn("hunter2", str(events))
        self.assertEqual(
            [event["preview"]["id"] for event in events if event["type"] == "preview-added"],
            ["********", None],
        )

    def test_are_found_as_json_and_repr_spell_them_and_line_by_line(self) -> None:
        mask = SecretsMask()
        mask.add("pä'ss\"\n1234567890")
        mask.add(" ")
        for text in (
            "pä'ss\"\n1234567890",
            r"p\u00e4'ss\"\n1234567890",
            r"pä'ss\"\n1234567890",
            repr("pä'ss\"\n1234567890")[1:-1],
            "1234567890",
        ):
            self.assertEqual(mask(f"a {text} b"), "a **** b")
        self.assertEqual(mask("pä 123"), "pä 123")
