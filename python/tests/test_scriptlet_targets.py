"""Outputs of a Scriptlet that go to some of the connected cells alone."""

from __future__ import annotations

import unittest
from typing import TYPE_CHECKING, Any

from scriptlets import (
    BINARY,
    VARIABLE,
    block,
    connected,
    done_of,
    failure_of,
    handle,
    log_entries,
    run_main,
    session_record,
)

from cahier.variables import variable

if TYPE_CHECKING:
    from cahier._wire import JobEvent

_DOWNSTREAM = {"output": [connected("Sum", "n"), connected("Sum", "m"), connected("Chart", "rows")]}
_ALL = (
    'cell-Sum (n), which is "Sum"; cell-Sum (m), which is "Sum"; '
    'cell-Chart (rows), which is "Chart"'
)

_FLOW = (
    "Output handle key: [output] was put out with to_flow: a notebook has no outputs of its own,"
)
_SHAPE = 'to_node takes a list of {"node_id": "<id of a cell>", "input_handle": "<name>"}.'


def to(*names: str) -> str:
    """Write the argument that names these inputs, "<id or title> <handle>" each."""
    pairs = [name.split(" ") for name in names]
    return f"to_node={[{'node_id': node_id, 'input_handle': name} for node_id, name in pairs]}"


def run(body: str, **parts: Any) -> list[JobEvent]:  # noqa: ANN401 - as run_main has it
    """Run a `main` whose output leads to three inputs."""
    return run_main(body, downstream=_DOWNSTREAM, **parts)


def sent(events: list[JobEvent]) -> list[tuple[object, list[str] | None]]:
    """Give what was put out, and to which inputs; None where it is to all."""
    return [
        (
            value["text"] if value["kind"] == "json" else value["kind"],
            [f"{each['title']} {each['inputHandle']}" for each in output["targets"]]
            if "targets" in output
            else None,
        )
        for output in done_of(events)["outputs"]
        for value in [output["value"]]
    ]


def _not_connected(key: str, name: str, there: str) -> str:
    return (
        f"Output handle key: [{key}] is not connected to {name}, which to_node names. "
        f"It is connected to {there}.\n"
    )


class Targets(unittest.TestCase):
    def test_are_the_inputs_that_an_output_names_by_the_id_or_the_title_of_their_cell(self) -> None:
        events = run(f"context.output('output', 1, {to('cell-Sum n', 'Chart rows', 'Sum n')})")
        self.assertEqual(
            done_of(events)["outputs"],
            [
                {
                    "handle": "output",
                    "value": {"kind": "json", "text": "1"},
                    "targets": [
                        {"nodeId": "cell-Sum", "title": "Sum", "inputHandle": "n"},
                        {"nodeId": "cell-Chart", "title": "Chart", "inputHandle": "rows"},
                    ],
                }
            ],
        )
        self.assertEqual(log_entries(events), [])
        self.assertEqual(
            session_record(events),
            [
                {
                    "type": "BlockOutput",
                    "handle": "output",
                    "output": 1,
                    "done": False,
                    "options": {
                        "target": {
                            "to_node": [
                                {"node_id": "cell-Sum", "input_handle": "n"},
                                {"node_id": "Chart", "input_handle": "rows"},
                                {"node_id": "Sum", "input_handle": "n"},
                            ],
                            "to_flow": None,
                        }
                    },
                },
                {"type": "BlockFinished"},
            ],
        )

    def test_each_have_the_last_value_that_reached_them(self) -> None:
        events = run(
            f"context.output('output', 1, {to('Sum n', 'Sum m')})\n"
            "context.output('output', 2)\n"
            f"context.output('output', 3, {to('Chart rows')})\n"
            f"context.output('output', 4, {to('Sum n')})\n"
            f"context.output('output', 5, {to('Chart rows')})"
        )
        self.assertEqual(sent(events), [("2", None), ("4", ["Sum n"]), ("5", ["Chart rows"])])

    def test_that_were_named_get_a_later_value_for_all_too(self) -> None:
        events = run(f"context.output('output', 1, {to('Sum n', 'Sum m')})\nreturn {{'output': 2}}")
        self.assertEqual(sent(events), [("2", None)])

    def test_are_found_by_title_where_the_cell_of_this_id_has_no_such_input_connected(self) -> None:
        events = run_main(
            f"context.output('output', 1, {to('cell-Sum n', 'cell-Sum rows')})",
            downstream={"output": [connected("Sum", "n"), connected("cell-Sum", "rows")]},
        )
        self.assertEqual(sent(events), [("1", ["Sum n", "cell-Sum rows"])])
        self.assertEqual(log_entries(events), [])

    def test_are_those_of_the_id_where_a_title_is_the_same(self) -> None:
        events = run_main(
            f"context.output('output', 1, {to('cell-Sum n')})",
            downstream={"output": [connected("Sum", "n"), connected("cell-Sum", "n")]},
        )
        self.assertEqual(sent(events), [("1", ["Sum n"])])

    def test_that_are_not_connected_are_a_warning_that_says_what_is(self) -> None:
        events = run(
            f"context.output('output', 1, {to('Report n', 'Sum k', 'Sum m')})\n"
            f"context.output('other', 2, {to('Sum n')})",
            outputs=[handle("output"), handle("other")],
        )
        self.assertEqual(sent(events), [("1", ["Sum m"]), ("2", [])])
        self.assertEqual(
            log_entries(events),
            [
                ("warning", _not_connected(key, name, there))
                for key, name, there in (
                    ("output", "Report (n)", _ALL),
                    ("output", "Sum (k)", _ALL),
                    ("other", "Sum (n)", "no cell"),
                )
            ],
        )

    def test_are_none_where_an_output_is_for_the_flow_which_a_notebook_has_none_of(self) -> None:
        events = run(
            "flow = [{'output_handle': 'result'}]\n"
            "context.output('output', 1, to_flow=flow)\n"
            f"context.output('output', 2, {to('Sum n')}, to_flow=flow)\n"
            f"context.output('output', 3, {to('Sum m')}, to_flow=[])"
        )
        self.assertEqual(sent(events), [("2", ["Sum n"]), ("3", ["Sum m"])])
        self.assertEqual(
            log_entries(events),
            [
                ("warning", f"{_FLOW} and the value goes to {reached}.\n")
                for reached in ("no cell", "what to_node names alone")
            ],
        )

    def test_are_written_as_a_list_of_names(self) -> None:
        for wrong in ("'Sum'", "['Sum']", "[{'node_id': 'Sum'}]", "[{1: 2}]", "7"):
            error = failure_of(run(f"context.output('output', 1, to_node={wrong})"))
            self.assertEqual((error["type"], error["message"]), ("TypeError", _SHAPE), wrong)

    def test_are_left_out_where_the_handle_is_not_declared(self) -> None:
        events = run(f"context.output('c', 1, {to('Report n')})")
        self.assertEqual(
            log_entries(events),
            [("warning", "Output handle key: [c] is not defined in Block outputs schema.\n")],
        )

    def test_take_bytes_and_objects_of_their_own(self) -> None:
        events = run(
            "context.output('output', {1})\n"
            f"context.output('output', {{2}}, {to('Sum n')})\n"
            f"context.output('output', {{3}}, {to('Sum m')})\n"
            "context.output('bytes', b'1')\n"
            f"context.output('bytes', b'2', {to('Sum n')})",
            outputs=[handle("output", VARIABLE), handle("bytes", BINARY)],
        )
        values = [output["value"] for output in done_of(events)["outputs"]]
        self.assertEqual(
            [(value["key"], value["summary"]) for value in values if value["kind"] == "variable"],
            [("job-1/output", "{1}"), ("job-1:2/output", "{2}"), ("job-1:3/output", "{3}")],
        )
        self.assertEqual(
            [value["data"] for value in values if value["kind"] == "binary"], [b"1", b"2"]
        )
        self.assertEqual(
            [variable(value["key"]) for value in values if value["kind"] == "variable"],
            [{1}, {2}, {3}],
        )

    def test_mean_nothing_in_a_block_that_another_one_runs_which_leads_nowhere(self) -> None:
        inner = block("Inner", f"def main(p, c):\n    c.output('output', 1, {to('Sum n')})\n")
        events = run(
            "async def run_inner():\n"
            "    job = context.run_block('Inner', inputs={})\n"
            "    job.add_output_callback(print)\n"
            "    await job.finish()\n"
            "return run_inner()",
            blocks=[inner],
        )
        self.assertEqual(
            [text.strip() for _, text in log_entries(events) if text.strip()],
            [_not_connected("output", "Sum (n)", "no cell").strip(), "{'output': 1}"],
        )


class DownstreamLooks(unittest.TestCase):
    """What of the connections a job tells that it looked at."""

    def looks(self, body: str, **parts: Any) -> object:  # noqa: ANN401 - as run_main has it
        return done_of(run(body, **parts)).get("downstream")

    def test_are_none_where_it_sent_to_all_or_to_none(self) -> None:
        body = "context.output('output', 1)\ncontext.output('output', 2, to_node=[])"
        self.assertIsNone(self.looks(body))

    def test_are_by_title_where_a_name_is_no_id_of_what_is_connected(self) -> None:
        for names, by_title in (
            (["cell-Sum n"], False),
            (["Sum n"], True),
            (["cell-Sum n", "Chart rows"], True),
            (["Nobody n"], True),
        ):
            with self.subTest(names):
                self.assertEqual(
                    self.looks(f"context.output('output', 1, {to(*names)})"),
                    [{"handle": "output", "isByTitle": by_title, "isDescribed": False}],
                )

    def test_are_at_all_that_query_downstream_told_of_and_at_nothing_else(self) -> None:
        outputs = [handle("output"), handle("other"), handle("more")]
        query = "async def main():\n    await context.query_downstream({0})\n{1}return main()"
        sent = f"    context.output('output', 1, {to('cell-Sum n')})\n"
        for arguments, then, expected in (
            ("['other']", "", {"other": True}),
            ("['other']", sent, {"other": True, "output": False}),
            ("", sent, {"output": True, "other": True, "more": True}),
        ):
            with self.subTest(arguments):
                self.assertEqual(
                    self.looks(query.format(arguments, then), outputs=outputs),
                    [
                        {"handle": name, "isByTitle": False, "isDescribed": is_described}
                        for name, is_described in expected.items()
                    ],
                )

    def test_of_a_block_that_it_runs_do_not_count(self) -> None:
        inner = block(
            "Inner",
            "async def main(p, c):\n"
            f"    c.output('output', 1, {to('Sum n')})\n"
            "    await c.query_downstream()\n",
        )
        body = (
            "async def main():\n"
            "    await context.run_block('Inner', inputs={}).finish()\n"
            "return main()"
        )
        self.assertIsNone(self.looks(body, blocks=[inner]))
