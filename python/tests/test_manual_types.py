"""What a Data Generator with "Manual TI" puts out: types, scales and warnings."""

from __future__ import annotations

import unittest
from typing import TYPE_CHECKING, NamedTuple

from decoding import columns_of, dataset_of
from recording_host import RecordingHost, entries_of, outcome_of, request, run_request
from scriptlets import done_of, handle, scriptlet

from cahier.datasets import dataset_payload
from cahier.frame_reading import frame_from_dataset
from cahier.manual_types import ManualTypes
from cahier.secrets_mask import SecretsMask
from onelogic.odpf.common import ODDataset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cahier._wire import DatasetPayload, ManualType, OutputPayload, Representation, Scale

IMPORTS = "import pandas as pd\nfrom onelogic.odpf.common import ODDataset\n"


def asked(column: str, scale: Scale, representation: Representation) -> ManualType:
    """Make a row of the configuration."""
    return {"column": column, "scale": scale, "representation": representation}


class Ended(NamedTuple):
    """The columns of each dataset with their scales, and what the log holds."""

    columns: dict[str, list[tuple[object, ...]]]
    log: list[tuple[str, str]]


def run_with(types: Sequence[ManualType], source: str, *, empty: bool = False) -> Ended:
    """Run a script with rows in the configuration."""
    job = request(IMPORTS + source, manual_types=types, generate_empty_dataset=empty)
    events = run_request(job)
    outcome = outcome_of(events)
    assert outcome["status"] == "done", outcome
    log = [(str(entry["stream"]), entry["text"]) for entry in entries_of(events)]
    return Ended({output["handle"]: shown(output) for output in outcome["outputs"]}, log)


def shown(output: OutputPayload) -> list[tuple[object, ...]]:
    """Give name, type, values and scale of each column."""
    dataset = dataset_of(output)
    scales = [column.get("scale") for column in dataset["columns"]]
    return [(*read, scale) for read, scale in zip(columns_of(dataset), scales, strict=True)]


class TypedDatasets(unittest.TestCase):
    def test_of_rows_and_of_frames_get_both_types(self) -> None:
        types = [asked("y", "ordinal", "int"), asked("at", "interval", "datetime")]
        at = 1_709_208_000_000_000
        for data in (
            'ODDataset([["1", "2024-02-29T12:00"], [None, None]], ["y", "at"])',
            'pd.DataFrame({"y": ["1", None], "at": ["2024-02-29T12:00", None]})',
        ):
            self.assertEqual(
                run_with(types, f'od_output.add_data("output", {data})'),
                Ended(
                    {
                        "output": [
                            ("y", "int64", [1, None], "ordinal"),
                            ("at", "datetime us", [at, None], "interval"),
                        ]
                    },
                    [],
                ),
            )

    def test_leave_columns_that_are_not_listed_as_they_are(self) -> None:
        self.assertEqual(
            run_with(
                [asked("y", "nominal", "string")],
                'od_output.add_data("output", ODDataset([["1", 2]], ["x", "y"]))',
            ).columns["output"],
            [("x", "string", ["1"], None), ("y", "string", ["2"], "nominal")],
        )

    def test_may_be_several(self) -> None:
        ended = run_with(
            [asked("n", "ratio", "double")],
            'od_output.add_data("a", ODDataset([[1]], ["n"]))\n'
            'od_output.add_data("b", pd.DataFrame({"n": [2]}))\n',
        )
        self.assertEqual(
            ended,
            Ended(
                {"a": [("n", "float64", [1.0], "ratio")], "b": [("n", "float64", [2.0], "ratio")]},
                [],
            ),
        )

    def test_have_types_for_named_levels_of_an_index_and_all_columns_of_a_name(self) -> None:
        ended = run_with(
            [asked("n", "ordinal", "string"), asked("7", "ratio", "double")],
            'frame = pd.DataFrame([[1, 2, 3]], columns=["n", "n", 7])\n'
            'frame.index = pd.Index([4], name="n")\n'
            'od_output.add_data("output", frame)\n',
        )
        self.assertEqual(
            ended.columns["output"],
            [
                ("n", "string", ["4"], "ordinal"),
                ("n", "string", ["1"], "ordinal"),
                ("n", "string", ["2"], "ordinal"),
                ("7", "float64", [3.0], "ratio"),
            ],
        )

    def test_of_a_numeric_column_have_the_type_that_it_came_to_without_a_warning(self) -> None:
        for value, kind in ((2.0, "int64"), (2.5, "float64")):
            ended = run_with(
                [asked("n", "ratio", "numeric")],
                f'od_output.add_data("output", ODDataset([[{value}]], ["n"]))',
            )
            self.assertEqual(ended, Ended({"output": [("n", kind, [value], "ratio")]}, []))

    def test_hide_secrets(self) -> None:
        import pandas  # noqa: PLC0415 - the module is imported without it as well

        keep = RecordingHost().keep
        types = ManualTypes([asked("a", "nominal", "string")], self.fail)
        mask = SecretsMask()
        mask.add("hunter2")
        frame = pandas.DataFrame({"a": ["my hunter2", 5], "b": ["hunter2", "x"]})
        for data in (frame, ODDataset([["my hunter2", "hunter2"], [5, "x"]], ["a", "b"])):
            dataset = dataset_payload(data, keep, mask, types.encoder("output", keep))
            self.assertEqual(
                columns_of(dataset),
                [("a", "string", ["my ****", "5"]), ("b", "string", ["****", "x"])],
            )


class Warnings(unittest.TestCase):
    def test_name_column_and_both_types_and_say_why(self) -> None:
        ended = run_with(
            [
                asked("a", "ratio", "int"),
                asked("b", "ratio", "numeric"),
                asked("c", "interval", "datetime"),
                asked("d", "ratio", "double"),
            ],
            "from datetime import date\n"
            "rows = [[1, '2', date(2024, 2, 29), 2], [2.5, 'two', 5, 2**53 + 1]]\n"
            'od_output.add_data("sales", ODDataset(rows, ["a", "b", "c", "d"]))\n',
        )
        self.assertEqual(
            ended.columns["sales"],
            [
                ("a", "float64", [1.0, 2.5], "ratio"),
                ("b", "string", ["2", "two"], "ratio"),
                ("c", "string", ["2024-02-29", "5"], "interval"),
                ("d", "string", ["2", "9007199254740993"], "ratio"),
            ],
        )
        of = 'of "sales" is'
        said = (
            f'"a" {of} double instead of int, as row 2 holds 2.5.',
            f"\"b\" {of} string instead of numeric, as row 2 holds 'two'.",
            f'"c" {of} string instead of datetime, as row 2 holds 5.',
            f'"d" {of} string instead of double, as row 2 holds 9007199254740993.',
        )
        self.assertEqual(ended.log, [("warning", f"Manual TI: column {text}\n") for text in said])

    def test_show_no_more_of_a_value_than_a_line(self) -> None:
        ended = run_with(
            [asked("a", "ratio", "int"), asked("b", "ratio", "double")],
            'od_output.add_data("output", ODDataset([["x" * 10**6, 10**5000]], ["a", "b"]))',
        )
        self.assertEqual(
            [text.partition("row 1 holds ")[2] for _, text in ended.log],
            [
                f"'{'x' * 60}… (999,940 more characters)'.\n",
                f"1{'0' * 59}… (4,941 more characters).\n",
            ],
        )

    def test_name_a_column_that_no_dataset_has_and_those_there_are(self) -> None:
        types = [asked("y", "ratio", "int"), asked("z", "ratio", "int")]
        ended = run_with(
            types,
            'od_output.add_data("a", ODDataset([[1, 2]], ["x", "y"]))\n'
            'od_output.add_data("b", ODDataset([[1]], ["x"]))\n',
        )
        self.assertEqual(
            ended.log,
            [("warning", 'Manual TI: no dataset has a column "z". There are: "x", "y".\n')],
        )
        self.assertEqual(
            run_with(types[1:], "", empty=True).log,
            [("warning", 'Manual TI: no dataset has a column "z". There are none.\n')],
        )


class Scales(unittest.TestCase):
    def test_reach_the_next_cell_in_the_attrs_of_its_frame(self) -> None:
        ended = run_request(
            request(
                IMPORTS + 'od_output.add_data("output", ODDataset([[1, 2]], ["x", "y"]))',
                manual_types=[asked("y", "ordinal", "string")],
            )
        )
        dataset = dataset_of(done_of(ended)["outputs"][0])
        self.assertEqual(frame_from_dataset(dataset).attrs, {"scale_types": {"y": "ordinal"}})

    def test_are_not_spoken_of_where_none_were_given(self) -> None:
        frame = frame_from_dataset(encoded("x", {}))
        self.assertEqual(frame.attrs, {})

    def test_stay_with_what_is_made_of_the_frame(self) -> None:
        main = (
            "def main(params, context):\n"
            '    frame = params["table"].assign(z=[3])\n'
            "    context.preview(frame)\n"
            '    return {"output": frame}\n'
        )
        events = run_request(
            scriptlet(
                main,
                inputs=[handle("table")],
                outputs=[handle("output")],
                values=[
                    {
                        "handle": "table",
                        "kind": "dataset",
                        "dataset": encoded("y", {"scale_types": {"y": "nominal"}}),
                    }
                ],
            )
        )
        (output,) = done_of(events)["outputs"]
        self.assertEqual(shown(output), [("y", "int64", [1], "nominal"), ("z", "int64", [3], None)])
        (preview,) = [event for event in events if event["type"] == "preview-added"]
        content = preview["preview"]["content"]
        assert content["type"] == "table"
        self.assertEqual([c.get("scale") for c in content["table"]["columns"]], ["nominal", None])

    def test_of_manual_ti_go_before_those_of_a_frame(self) -> None:
        ended = run_with(
            [asked("x", "ratio", "int")],
            'frame = pd.DataFrame({"x": [1], "y": [2]})\n'
            'frame.attrs["scale_types"] = {"x": "nominal", "y": "ordinal"}\n'
            'od_output.add_data("output", frame)\n',
        )
        self.assertEqual(
            ended.columns["output"], [("x", "int64", [1], "ratio"), ("y", "int64", [2], "ordinal")]
        )

    def test_that_are_none_are_left_out(self) -> None:
        for held in (
            "nominal",
            5,
            ["y"],
            {"y": "nominl"},
            {"y": ["nominal"]},
            {"x": "nominal"},
            None,
        ):
            dataset = encoded("y", {"scale_types": held})
            self.assertEqual([column.get("scale") for column in dataset["columns"]], [None], held)


def encoded(name: str, attrs: dict[str, object]) -> DatasetPayload:
    """Encode a frame of one column with these attrs."""
    import pandas  # noqa: PLC0415 - the module is imported without it as well

    frame = pandas.DataFrame({name: [1]})
    frame.attrs.update(attrs)
    return dataset_payload(frame, RecordingHost().keep)
