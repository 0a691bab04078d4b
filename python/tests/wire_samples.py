"""Samples of what crosses the border to the page, shared with the tests on its side of it.

Each file in `wire/` holds the request of a job and the events that answer it. Buffers are spelled
{"$base64": "..."}. After a wanted change of a shape, write the files anew:

    PYTHONPATH=python/src python3 python/tests/wire_samples.py
"""

from __future__ import annotations

import base64
import json
import pickle
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from models import described, saving
from recording_host import RecordingHost, request, run_request
from scriptlets import BINARY, FOLDER, SECRET, VARIABLE, block, connected, handle, scriptlet
from statements import NUMBER, field, statement

if TYPE_CHECKING:
    from cahier._wire import InputPayload, JobRequest

WIRE = Path(__file__).parent / "wire"

_PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)

_EVERY_COLUMN_TYPE = """\
from datetime import UTC, date, datetime, timedelta, timezone

from onelogic.odpf.common import ODDataset

columns = {
    "nothing": [None, None, None],
    "truth": [True, None, False],
    "integer": [1, None, -(2**63)],
    "unsigned": [2**64 - 1, None, 0],
    "huge": [10**30, None, -1],
    "float": [0.5, None, float("nan")],
    "text": ["grün 😀", None, ""],
    "date": [date(2024, 2, 29), None, date(1969, 12, 31)],
    "local time": [datetime(2024, 2, 29, 12), None, datetime(1, 1, 1)],
    "instant": [datetime(2024, 2, 29, 12, tzinfo=UTC), None, datetime(1970, 1, 1, tzinfo=UTC)],
    "offset": [datetime(2024, 2, 29, 12, tzinfo=timezone(timedelta(hours=2)))] * 3,
    "mixed": ["one", 2, None],
}
rows = [list(row) for row in zip(*columns.values())]
od_output.add_data("output", ODDataset(rows, list(columns)))
"""

_MANUAL_TYPES = """\
from onelogic.odpf.common import ODDataset

rows = [["1", 1, 2.0, "2024-02-29"], ["2", 2.5, None, None]]
od_output.add_data("output", ODDataset(rows, ["count", "price", "size", "day"]))
"""

_LOG = """\
import sys

from onelogic.odpf.common import ODDataset

sys.stdout.write("first\\nsecond")
sys.stderr.write("careful\\n")
od_output.add_data("output", ODDataset([[1]], ["n"]))
od_output.add_data("output", ODDataset([[2]], ["n"]))
"""

_TWO_OUTPUTS_AND_IMAGES = f"""\
import base64

from onelogic.odpf import ImageType
from onelogic.odpf.common import ODDataset

od_output.add_data("numbers", ODDataset([[1], [2]], ["n"]))
od_output.add_data("no rows", ODDataset([], ["n"]))
png = base64.b64decode("{_PNG}")
od_output.add_image("dot", ImageType.PNG, png)
od_output.add_image("start of a photo", ImageType.JPG, b"\\xff\\xd8\\xff\\xe0")
"""

_SCRIPTLET_OUTPUTS = """\
from oocana import Context
import pandas as pd

class Connection:
    def __repr__(self): return "a connection"
    def __reduce__(self): raise TypeError("it is open")

def main(params, context: Context):
    context.output("rows", [{"n": 1, "t": "é"}, {"n": None, "t": None}])
    context.output("number", float("nan"))
    context.output("table", pd.DataFrame({"n": [1, 2], "t": ["a", None]}))
    context.output("secret", "hunter2")
    context.output("bytes", b"\\x00\\xff")
    context.output("object", {5})
    context.output("connection", Connection())
    context.output("undeclared", 1)
    return {"basic": 10**20}
"""

_SCRIPTLET_TARGETS = """\
def main(params, context):
    context.output("output", 1)
    context.output("output", 2, to_node=[{"node_id": "cell-Sum", "input_handle": "n"}])
    context.output("output", {3}, to_node=[{"node_id": "Chart", "input_handle": "rows"}])
    context.output("other", 4, to_flow=[{"output_handle": "result"}])
"""

_SCRIPTLET_EVENTS = """\
import sys
from oocana import Context

async def main(params, context: Context):
    print("printed", params)
    context.report_log("reported", "stderr")
    context.log_json({"key": params["key"]})
    context.send_message({"step": 1})
    context.send_warning("careful")
    context.logger.debug("d")
    context.logger.info("i")
    context.logger.warning("w")
    context.logger.error("e")
    for percent in 0, 50, 100:
        context.report_progress(percent)
    job = context.run_block("self::Other", inputs={"n": 2})
    job.add_output_callback(print)
    await job.finish()
    await context.query_block("self::Other")
    context.outputs({"output": 1})
    context.output("output", 2, done=True)
"""

_SCRIPTLET_PREVIEWS = f"""\
import json

import pandas as pd

class Table:
    def __init__(self, count): self.shape = count, 1
    def head(self, count): return Table(count)
    tail = head
    def to_json(self, orient):
        return json.dumps({{"columns": ["n"], "data": [[n] for n in range(self.shape[0])]}})

def main(params, context):
    png = "{_PNG}"
    show = lambda kind, data, id=None: context.preview({{"type": kind, "data": data}}, id)
    context.preview(pd.DataFrame({{"n": [1, 2]}}, index=["a", "b"]))
    context.preview(Table(500))
    show("table", {{"columns": ["a"], "rows": [[1], ["x"]], "row_count": 7}})
    show("text", "plain", "text")
    show("text/python", "x = 1")
    show("json", {{"a": [1, None]}})
    show("image", png)
    show("image", [{base64.b64decode(_PNG)!r}, "https://example.org/a.png"])
    show("video", "https://www.w3schools.com/html/mov_bbb.mp4")
    show("audio", "{base64.b64encode(b"ID3rest.").decode()}")
    show("markdown", "# Title")
    show("html", "<p>é</p>")
    show("csv", "a,b")
    show("iframe", "https://example.org")
    show("iframe", "data:text/html,<b>a</b>")
    show("table", "https://example.org/a.csv")
    show("text/python", "https://example.org/a.py")
    show("plotly", {{"data": []}})
    show("vega-lite", {{"mark": "bar"}})
    show("hologram", {{"a": 1}})
    show("video", "/no/film.mp4")
    show("text", "again", "text")
"""

_STATEMENT = """\
for level in log.trace, log.debug, log.info, log.warn:
    level("seen")
sleep(0)
return [{"id": row["n"] + DATA_CHECKPOINT, "name": None} for row in INPUT_DATA]
"""

_MODELS = """\
od_output.add_model("sum", {"of": [*od_models["parts"], 3]})
od_output.add_model("sum", {"of": od_models["parts"]}, "all")
"""

_OTHER = block(
    "Other",
    "def main(params):\n    print('other')\n    return {'output': params['n']}\n",
    [handle("n", {"type": "integer"}, description="a number", default="1")],
)
_KEY: InputPayload = {"handle": "key", "kind": "secret", "text": "hunter2"}

# Samples are the same in whichever Python they are made.
_PYTHON_VERSION = "3.13.2"
_PICKLES = {"parts": pickle.dumps([1, 2], 5)}
_PARTS = described(
    "parts", 7, python_version=_PYTHON_VERSION, origin="by the cell “Train” of the notebook “Sums”"
)

_IMPORTING = scriptlet("import json\n\ndef main():\n    pass\n")
_IMPORTING["ownPackages"] = [
    {"name": "shapes", "modules": ["shapes"]},
    {"name": "six", "modules": None},
]

REQUESTS: dict[str, JobRequest] = {
    "every-column-type": request(_EVERY_COLUMN_TYPE),
    "outputs-and-images": request(_TWO_OUTPUTS_AND_IMAGES),
    "statement": statement(
        _STATEMENT,
        [{"n": 1}, {"n": 2}],
        debug=True,
        inputs=[NUMBER],
        outputs=[field("id", "integer"), field("name", "string", nullable=True)],
        checkpoint={"column": "id", "value": {"type": "integer", "text": "9007199254740993"}},
    ),
    "models": saving(_MODELS, "sum", groups={"all": ["sum"]}, loaded=[_PARTS]),
    "empty-dataset": request("", generate_empty_dataset=True),
    "manual-types": request(
        _MANUAL_TYPES,
        manual_types=[
            {"column": "count", "scale": "ordinal", "representation": "int"},
            {"column": "price", "scale": "ratio", "representation": "int"},
            {"column": "day", "scale": "interval", "representation": "datetime"},
            {"column": "gone", "scale": "nominal", "representation": "string"},
        ],
    ),
    "log": request(_LOG),
    "failed-exception": request('x = "😀"\nif x: raise ValueError("too small")\n'),
    "failed-syntax": request("x = 1\nreturn x\n"),
    "failed-exit": request('raise SystemExit("no rows today")\n'),
    "scriptlet-outputs": scriptlet(
        _SCRIPTLET_OUTPUTS,
        outputs=[
            handle("rows", {"type": "array"}, description="some rows"),
            handle("number"),
            handle("table"),
            handle("secret", SECRET),
            handle("bytes", BINARY),
            handle("object", VARIABLE),
            handle("connection", VARIABLE, nullable=True),
            handle("basic", VARIABLE),
        ],
    ),
    "scriptlet-targets": scriptlet(
        _SCRIPTLET_TARGETS,
        outputs=[handle("output", VARIABLE), handle("other")],
        downstream={"output": [connected("Sum", "n"), connected("Chart", "rows")]},
    ),
    "scriptlet-events": scriptlet(
        _SCRIPTLET_EVENTS, inputs=[handle("key", SECRET)], values=[_KEY], blocks=[_OTHER]
    ),
    "scriptlet-previews": scriptlet(_SCRIPTLET_PREVIEWS),
    "scriptlet-imports": _IMPORTING,
    "scriptlet-failed": scriptlet(
        "def main(params, context):\n    context.error('one')\n    context.done('two')\n"
    ),
    "failed-rule": request('print("nothing to add")\n'),
}


def sample(name: str) -> str:
    """Run the job of this name and give the content of its file."""
    with patch("platform.python_version", lambda: _PYTHON_VERSION):
        events = run_request(REQUESTS[name], host=RecordingHost(models=_PICKLES))
    content = {"request": REQUESTS[name], "events": events}
    text = json.dumps(content, indent=2, ensure_ascii=False, default=_spelled) + "\n"
    return text.replace(str(FOLDER), "")


def _spelled(value: object) -> object:
    if isinstance(value, bytes):
        return {"$base64": base64.b64encode(value).decode()}
    message = f"{type(value).__name__} has no place in an event"
    raise TypeError(message)


if __name__ == "__main__":
    for name in REQUESTS:
        (WIRE / f"{name}.json").write_text(sample(name), encoding="utf-8")
