"""Python objects that a Scriptlet passes on."""

from __future__ import annotations

import unittest
from typing import TYPE_CHECKING, Any

from recording_host import run_request
from scriptlets import (
    VARIABLE,
    handle,
    json_of,
    outputs_of,
    run_main,
    scriptlet,
)

from cahier import variables

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

    def test_are_described_by_their_size_or_what_they_hold(self) -> None:
        for make, summary in (
            ("__import__('numpy').zeros((1_000, 3))", "1,000 by 3 of float64"),
            ("__import__('pandas').Series([1, 2])", "2 of int64"),
            ("__import__('types').SimpleNamespace(a=1)", "namespace(a=1)"),
            ("Square(5)", "holds side, color"),
            ("Square()", "holds " + "".join(f"a{n}, " for n in range(10)) + "…"),
        ):
            square = (
                "class Square:\n    def __init__(self, side=0):\n"
                "        if side: self.side, self.color = side, 'red'\n"
                "        else: vars(self).update((f'a{n}', n) for n in range(11))\n"
            )
            with self.subTest(make):
                value = self.variable(f"{square}return {{'output': {make}}}")
                self.assertEqual(value["summary"], summary)

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
