"""Samples of what crosses the border to the page, shared with the tests on its side of it.

Each file in `wire/` holds the request of a job and the events that answer it. Buffers are spelled
{"$base64": "..."}. After a wanted change of a shape, write the files anew:

    PYTHONPATH=python/src python3 python/tests/wire_samples.py
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING

from recording_host import request, run_request

if TYPE_CHECKING:
    from cahier._wire import JobRequest

FOLDER = Path(__file__).parent / "wire"

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

REQUESTS: dict[str, JobRequest] = {
    "every-column-type": request(_EVERY_COLUMN_TYPE),
    "outputs-and-images": request(_TWO_OUTPUTS_AND_IMAGES),
    "empty-dataset": request("", generate_empty_dataset=True),
    "log": request(_LOG),
    "failed-exception": request('x = "😀"\nif x: raise ValueError("too small")\n'),
    "failed-syntax": request("x = 1\nreturn x\n"),
    "failed-exit": request('raise SystemExit("no rows today")\n'),
    "failed-rule": request('print("nothing to add")\n'),
}


def sample(name: str) -> str:
    """Run the job of this name and give the content of its file."""
    content = {"request": REQUESTS[name], "events": run_request(REQUESTS[name])}
    return json.dumps(content, indent=2, ensure_ascii=False, default=_spelled) + "\n"


def _spelled(value: object) -> object:
    if isinstance(value, bytes):
        return {"$base64": base64.b64encode(value).decode()}
    message = f"{type(value).__name__} has no place in an event"
    raise TypeError(message)


if __name__ == "__main__":
    for name in REQUESTS:
        (FOLDER / f"{name}.json").write_text(sample(name), encoding="utf-8")
