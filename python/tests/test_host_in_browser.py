"""The host over JavaScript objects: what crosses the border, and how."""

from __future__ import annotations

import importlib.util
import json
import pickle
import sys
import time
import unittest
from typing import TYPE_CHECKING, Any

from job_host import make_job_host
from models import described, loading, saving
from recording_host import request
from scriptlets import BINARY, FOLDER, VARIABLE, handle, scriptlet

import cahier
from cahier.pickling import unpickled

if TYPE_CHECKING:
    from cahier._wire import JobRequest


def kept(*content: int) -> dict[str, object]:
    """Describe a buffer that arrived."""
    return {"bytes": list(content), "ownsItsBuffer": True}


@unittest.skipUnless(sys.platform == "emscripten", "there is no JavaScript")
class HostInBrowser(unittest.TestCase):
    def setUp(self) -> None:
        from pyodide.code import run_js  # noqa: PLC0415 - exists in Pyodide only

        self.run_js = run_js
        self.recorder = make_job_host()

    def run_job(self, job: JobRequest) -> list[dict[str, Any]]:
        """Run a job as the worker does, and give the description of its events."""
        running = cahier.run_job(self.run_js(f"({json.dumps(job)})"), self.recorder)
        # The jobs of a Data Generator never wait, so the coroutine ends at its first step.
        with self.assertRaises(StopIteration):
            running.send(None)
        events: list[dict[str, Any]] = json.loads(self.recorder.describeEvents())
        self.assertTrue(self.recorder.arePlain())
        self.assertTrue(self.recorder.canBeCloned())
        return events

    def test_events_are_plain_objects_with_null_for_none(self) -> None:
        log, finished = self.run_job(request('import sys; sys.stdout.write("é😀")'))
        (entry,) = log["entries"]
        self.assertEqual(entry, {"time": entry["time"], "stream": "stdout", "text": "é😀"})
        self.assertLess(abs(entry["time"] - time.time() * 1000), 60_000)
        self.assertEqual(
            finished["outcome"]["error"] | {"message": ""},
            {
                "kind": "rule",
                "type": None,
                "message": "",
                "traceback": "",
                "line": None,
                "column": None,
                "endLine": None,
                "endColumn": None,
            },
        )

    def test_models_leave_as_bytes_and_are_read_as_such(self) -> None:
        source = 'od_output.add_model("m", [bytes(200_000), [1, 2]])'
        _, finished = self.run_job(saving(source, "m", "n"))
        (model,) = finished["outcome"]["models"]
        self.assertTrue(all(part["ownsItsBuffer"] for part in model["parts"]))
        content = b"".join(bytes(part["bytes"]) for part in model["parts"])
        # The test's own pickle.
        self.assertEqual(pickle.loads(content), [bytes(200_000), [1, 2]])  # noqa: S301

        self.recorder = make_job_host()
        from pyodide.ffi import to_js  # noqa: PLC0415 - exists in Pyodide only

        self.recorder.giveModel(to_js(content))
        source = (
            "data, rest = od_models['m']\n"
            "print(len(data), sum(data), rest)\n"
            "try: od_models['n']\n"
            "except Exception as error: print(error)"
        )
        *logs, _ = self.run_job(loading(source, described("m"), described("n")))
        text = "".join(entry["text"] for log in logs for entry in log["entries"])
        self.assertEqual(text.partition("\n")[0], "200000 0 [1, 2]")
        self.assertIn("reading its pickle fails (OSError: The pickle of n is gone.).", text)

    def test_buffers_are_arrays_of_bytes_that_own_their_memory(self) -> None:
        (finished,) = self.run_job(
            request(
                "from onelogic.odpf import ImageType\n"
                "from onelogic.odpf.common import ODDataset\n"
                'dataset = ODDataset([[258, ""], [None, ""]], ["number", "text"])\n'
                'od_output.add_data("output", dataset)\n'
                'od_output.add_image("plot", ImageType.JPG, b"\\xff\\xd8\\xff\\xe0")'
            )
        )
        blank: dict[str, object] = {"timeUnit": None, "timeZone": None, "children": []}
        number = blank | {
            "name": "number",
            "type": "int64",
            "length": 2,
            "nullCount": 1,
            "validity": kept(1),
            "values": kept(2, 1, *[0] * 14),
            "offsets": None,
        }
        text = blank | {
            "name": "text",
            "type": "string",
            "length": 2,
            "nullCount": 0,
            "validity": None,
            "values": kept(),
            "offsets": kept(*[0] * 12),
        }
        self.assertEqual(
            finished,
            {
                "type": "job-finished",
                "outcome": {
                    "status": "done",
                    "outputs": [
                        {
                            "handle": "output",
                            "value": {
                                "kind": "dataset",
                                "dataset": {"rowCount": 2, "columns": [number, text]},
                            },
                        }
                    ],
                    "images": [
                        {
                            "name": "plot",
                            "mediaType": "image/jpeg",
                            "data": kept(0xFF, 0xD8, 0xFF, 0xE0),
                        }
                    ],
                    "modules": [],
                    "ranBlocks": [],
                },
            },
        )

    def test_frames_leave_as_bytes_too(self) -> None:
        (finished,) = self.run_job(
            request(
                "import pandas as pd\n"
                'od_output.add_data("output", pd.DataFrame({"a": [1.5], "b": [True]}))'
            )
        )
        columns = finished["outcome"]["outputs"][0]["value"]["dataset"]["columns"]
        self.assertEqual(
            [column["values"] for column in columns],
            [kept(0, 0, 0, 0, 0, 0, 0xF8, 0x3F), kept(1)],
        )

    def test_values_of_scriptlets_leave_as_texts_and_bytes(self) -> None:
        source = (
            "def main(params, context):\n"
            "    context.output('json', [None, 10**20])\n"
            "    context.output('bytes', b'\\x00\\xff')\n"
            "    context.output('object', {5})\n"
        )
        outputs = [handle("json"), handle("bytes", BINARY), handle("object", VARIABLE)]
        events = self.run_job(scriptlet(source, outputs=outputs))
        values = [output["value"] for output in events[-1]["outcome"]["outputs"]]
        self.assertEqual(
            values[:2],
            [
                {"kind": "json", "text": f"[null, {10**20}]"},
                {"kind": "binary", "data": kept(0, 0xFF)},
            ],
        )
        data = values[2].pop("data")
        self.assertTrue(data["ownsItsBuffer"])
        self.assertEqual(unpickled(bytes(data["bytes"])), {5})
        self.assertEqual(
            values[2],
            {
                "kind": "variable",
                "key": "job-1/object",
                "typeName": "set",
                "summary": "{5}",
                "reason": None,
            },
        )

    def test_files_leave_as_bytes(self) -> None:
        (FOLDER / "film.mp4").write_bytes(b"\1\2")
        source = (
            "def main(params, context):\n"
            f"    context.preview({{'type': 'video', 'data': {str(FOLDER / 'film.mp4')!r}}})\n"
        )
        _, added, *_ = self.run_job(scriptlet(source))
        self.assertEqual(
            added["preview"] | {"time": 0},
            {
                "id": None,
                "time": 0,
                "content": {
                    "type": "video",
                    "source": {"mediaType": "video/mp4", "data": kept(1, 2)},
                },
            },
        )

    def test_tables_come_back_from_the_page(self) -> None:
        # Numbers alone, and numbers beside a null and beside texts.
        for content in ("{'n': [1, 2]}", "{'n': pd.array([1, None], 'Int64'), 's': ['a', 'b']}"):
            self.recorder = make_job_host()
            (finished,) = self.run_job(
                request(f"import pandas as pd\nod_output.add_data('a', pd.DataFrame({content}))")
            )
            dataset = finished["outcome"]["outputs"][0]["value"]["dataset"]
            source = (
                "def main(params):\n    frame = params['x']\n    frame.loc[1, 'n'] = 7\n"
                "    return {'output': frame.to_dict('list')}"
            )
            value = self.hand_over(dataset, source)
            expected = {"n": [1, 7]} | ({"s": ["a", "b"]} if "'s'" in content else {})
            self.assertEqual(value, {"kind": "json", "text": json.dumps(expected)})

    def hand_over(self, dataset: dict[str, Any], source: str) -> dict[str, Any]:
        """Give a Scriptlet a dataset as the worker does: numbers stay in the page's memory."""
        given = json.dumps(dataset).replace('"ownsItsBuffer": true', '"isBuffer": true')
        job = scriptlet(source, inputs=[handle("x")])
        text = json.dumps({**job, "inputs": [{"handle": "x", "kind": "dataset"}]})
        made = self.run_js(
            f"""(() => {{
                class HeldBytes {{ constructor(bytes) {{ this.bytes = bytes; }} }}
                const revive = (key, value) => {{
                    if (value?.isBuffer) return new Uint8Array(value.bytes);
                    if (value?.type !== "int64") return value;
                    return {{ ...value, values: new HeldBytes(value.values) }};
                }};
                const job = {text};
                job.inputs[0].dataset = JSON.parse({json.dumps(given)}, revive);
                return job;
            }})()"""
        )
        running = cahier.run_job(made, self.recorder)
        with self.assertRaises(StopIteration):
            running.send(None)
        events = json.loads(self.recorder.describeEvents())
        value: dict[str, Any] = events[-1]["outcome"]["outputs"][0]["value"]
        return value

    def test_missing_modules_are_explained_by_the_page(self) -> None:
        (finished,) = self.run_job(request("import no_such_package"))
        self.assertEqual(
            finished["outcome"]["error"]["message"],
            "No module named 'no_such_package'\nno_such_package is not for browsers.",
        )

    def test_packages_of_the_distribution_are_explained_by_the_page_too(self) -> None:
        if importlib.util.find_spec("sympy"):
            self.skipTest("sympy is loaded")
        (finished,) = self.run_job(request("import sympy"))
        self.assertTrue(
            finished["outcome"]["error"]["message"].endswith("\nsympy is not for browsers.")
        )
