"""What a Data Generator puts out through `od_output.add_data`, and when its job is done."""

from __future__ import annotations

import unittest
from typing import Any

from decoding import columns_of, dataset_of
from recording_host import done, entries_of, error_of, outcome_of, request, run, run_request

EMPTY_DATASET = {"rowCount": 0, "columns": []}
EMPTY_OUTPUT = {"handle": "output", "value": {"kind": "dataset", "dataset": EMPTY_DATASET}}


class AddData(unittest.TestCase):
    def test_puts_rows_out_under_the_key(self) -> None:
        (output,) = done(
            "from onelogic.odpf.common import ODDataset\n"
            'dataset = ODDataset([[1, "a"], [2, "b"]], ["number", "letter"])\n'
            'od_output.add_data("my key", dataset)'
        )["outputs"]
        self.assertEqual((output["handle"], dataset_of(output)["rowCount"]), ("my key", 2))
        self.assertEqual(
            columns_of(dataset_of(output)),
            [("number", "int64", [1, 2]), ("letter", "string", ["a", "b"])],
        )

    def test_puts_a_frame_out_as_it_is_at_the_call(self) -> None:
        outputs = done(
            "from onelogic.odpf.common import ODDataset\n"
            "import pandas as pd\n"
            'frame = pd.DataFrame({"number": [1, 2], "letter": ["a", "b"]})\n'
            'od_output.add_data("frame", frame)\n'
            'od_output.add_data("dataset", ODDataset(frame))\n'
            'frame.loc[0, "number"] = 9\n'
            'frame.drop(columns="letter", inplace=True)\n'
        )["outputs"]
        self.assertEqual([output["handle"] for output in outputs], ["frame", "dataset"])
        for output in outputs:
            self.assertEqual(
                columns_of(dataset_of(output)),
                [("number", "int64", [1, 2]), ("letter", "string", ["a", "b"])],
            )

    def test_replaces_what_was_added_under_the_same_key_and_warns(self) -> None:
        events = run(
            "from onelogic.odpf.common import ODDataset\n"
            'od_output.add_data("a", ODDataset([[1]], ["n"]))\n'
            'od_output.add_data("b", ODDataset([[2]], ["n"]))\n'
            'od_output.add_data("a", ODDataset([[3]], ["n"]))\n'
        )
        outcome = outcome_of(events)
        assert outcome["status"] == "done"
        self.assertEqual(
            [(o["handle"], columns_of(dataset_of(o))) for o in outcome["outputs"]],
            [("a", [("n", "int64", [3])]), ("b", [("n", "int64", [2])])],
        )
        self.assertEqual(
            [(entry["stream"], entry["text"]) for entry in entries_of(events)],
            [
                (
                    "warning",
                    'od_output.add_data: the dataset "a" was added before and is replaced.\n',
                )
            ],
        )

    def test_takes_any_non_empty_text_as_a_key(self) -> None:
        for key, kind, problem in (
            ("None", "TypeError", "key is of type NoneType; give a non-empty text."),
            ("5", "TypeError", "key is of type int; give a non-empty text."),
            ("''", "ValueError", 'key is empty; give a non-empty text, such as "output".'),
        ):
            error = error_of(f"od_output.add_data({key}, None)")
            self.assertEqual(
                (error["type"], error["message"]), (kind, f"od_output.add_data: {problem}")
            )

    def test_takes_datasets_and_frames_alone(self) -> None:
        error = error_of('od_output.add_data("output", [[1, 2]])')
        message = (
            "od_output.add_data(key, data) takes an ODDataset or a pandas DataFrame, not list. "
            "Make a dataset of rows first: ODDataset(rows, columns)."
        )
        self.assertEqual(
            (error["type"], error["message"], error["line"]), ("TypeError", message, 1)
        )


class ScriptsWithoutADataset(unittest.TestCase):
    def test_fail_and_name_the_option(self) -> None:
        message = (
            'The script added no dataset. Call od_output.add_data("output", dataset) in it, or '
            'switch on "Generate Empty Dataset Output" in the configuration of the cell.'
        )
        self.assertEqual(
            run("print('no data')", generate_empty_dataset=False)[-1],
            {
                "type": "job-finished",
                "outcome": {
                    "status": "failed",
                    "error": {
                        "kind": "rule",
                        "type": None,
                        "message": message,
                        "traceback": "",
                        "line": None,
                        "column": None,
                        "endLine": None,
                        "endColumn": None,
                    },
                },
            },
        )

    def test_put_an_empty_one_out_with_the_option(self) -> None:
        self.assertEqual(done("")["outputs"], [EMPTY_OUTPUT])

    def test_the_option_adds_nothing_to_what_the_script_adds(self) -> None:
        outputs = done(
            "from onelogic.odpf.common import ODDataset\n"
            'od_output.add_data("mine", ODDataset([], ["a"]))'
        )["outputs"]
        self.assertEqual([output["handle"] for output in outputs], ["mine"])


class Jobs(unittest.TestCase):
    def test_that_fail_put_nothing_out(self) -> None:
        outcome = outcome_of(
            run(
                "from onelogic.odpf.common import ODDataset\n"
                'od_output.add_data("a", ODDataset([[1]], ["n"]))\n'
                "1 / 0"
            )
        )
        self.assertEqual(outcome.keys(), {"status", "error"})

    def test_reach_their_end_with_exit(self) -> None:
        for leave in ("exit()", "import sys; sys.exit(0)", "raise SystemExit(None)"):
            self.assertEqual(
                run(f'print("a")\n{leave}\nprint("b")')[-1],
                {
                    "type": "job-finished",
                    "outcome": {
                        "status": "done",
                        "outputs": [EMPTY_OUTPUT],
                        "images": [],
                        "modules": [],
                        "ranBlocks": [],
                    },
                },
            )

    def test_find_the_names_of_this_processor_and_no_others(self) -> None:
        (entry,) = entries_of(run("import sys; sys.stdout.write(repr(sorted(globals())))"))
        names = "['__builtins__', '__doc__', '__loader__', '__name__', '__package__', '__spec__', "
        self.assertEqual(
            entry["text"], f"{names}'od_authorization', 'od_models', 'od_output', 'sys']"
        )

    def test_do_not_see_the_globals_of_earlier_ones(self) -> None:
        self.assertEqual(done("leftover = 1")["status"], "done")
        self.assertEqual(error_of("leftover")["type"], "NameError")

    def test_are_the_main_module(self) -> None:
        done(
            "import sys, pickle\n"
            "class Point: pass\n"
            'assert __name__ == "__main__"\n'
            'assert vars(sys.modules["__main__"]) is globals()\n'
            "assert isinstance(pickle.loads(pickle.dumps(Point())), Point)\n"
        )

    def test_have_annotations_as_python_has_them(self) -> None:
        done('def f(x: int): pass\nassert f.__annotations__ == {"x": int}')

    def test_of_an_unknown_kind_are_a_fault_of_the_caller(self) -> None:
        job: Any = {**request(""), "kind": "other"}
        with self.assertRaises(KeyError):
            run_request(job)
