"""What people know from the article on the Data Generator of ONE DATA runs here as meant there.

Each script does the same as one of its examples, in other words and with the gaps filled.
"""

from __future__ import annotations

import io
import sys
import types
import unittest
from typing import TYPE_CHECKING, Any, ClassVar
from unittest import mock

from decoding import columns_of, dataset_of
from models import Ended, content_of, described, pickle_of, saving
from recording_host import (
    SIGNATURE,
    TOKEN,
    done,
    entries_of,
    outcome_of,
    request,
    run_request,
)
from test_images import skip_without_matplotlib

if TYPE_CHECKING:
    from cahier._wire import DoneOutcome, ImagePayload, JobRequest, ManualType

# 2024-02-29 12:30 and a minute later, in microseconds since 1970.
_FIRST, _SECOND = 1_709_209_800_000_000, 1_709_209_860_000_000


def done_of(job: JobRequest) -> tuple[DoneOutcome, str]:
    """Run a job that has to succeed without a warning; give what it put out and printed."""
    events = run_request(job)
    outcome = outcome_of(events)
    assert outcome["status"] == "done", outcome
    entries = entries_of(events)
    assert {entry["stream"] for entry in entries} <= {"stdout", "event"}, entries
    return outcome, "".join(each["text"] for each in entries if each["stream"] == "stdout")


def drawn(image: ImagePayload) -> tuple[str | None, bool]:
    """Give the format of an image file, and whether there is more than one colour in it."""
    from PIL import Image  # noqa: PLC0415 - it comes with matplotlib

    assert isinstance(image["data"], bytes)
    with Image.open(io.BytesIO(image["data"])) as opened:
        return opened.format, len(set(opened.convert("L").getdata())) > 1


class Datasets(unittest.TestCase):
    """Rows of an integer, a double, a text and a timestamp, made in either way."""

    expected: ClassVar = [
        ("int_col", "int64", [1, 2]),
        ("double_col", "float64", [2.0, 3.0]),
        ("str_col", "string", ["test", "sample"]),
    ]

    def test_of_rows_and_column_names(self) -> None:
        (output,) = done(
            "from datetime import datetime\n"
            "from onelogic.odpf.common import ODDataset\n"
            "rows = [\n"
            "    [1, 2.0, 'test', datetime(2024, 2, 29, 12, 30)],\n"
            "    [2, 3.0, 'sample', datetime(2024, 2, 29, 12, 31)],\n"
            "]\n"
            "names = ['int_col', 'double_col', 'str_col', 'timestamp_col']\n"
            "od_output.add_data('output', ODDataset(rows, names))",
            generate_empty_dataset=False,
        )["outputs"]
        timestamps = ("timestamp_col", "datetime us", [_FIRST, _SECOND])
        self.assertEqual(output["handle"], "output")
        self.assertEqual(columns_of(dataset_of(output)), [*self.expected, timestamps])

    def test_of_a_frame(self) -> None:
        (output,) = done(
            "from datetime import datetime\n"
            "from onelogic.odpf.common import ODDataset\n"
            "from pandas import DataFrame\n"
            "columns = {\n"
            "    'int_col': [1, 2],\n"
            "    'double_col': [2.0, 3.0],\n"
            "    'str_col': ['test', 'sample'],\n"
            "    'timestamp_col': [datetime(2024, 2, 29, 12, m) for m in (30, 31)],\n"
            "}\n"
            "od_output.add_data('output', ODDataset(DataFrame(data=columns)))",
            generate_empty_dataset=False,
        )["outputs"]
        *others, timestamps = columns_of(dataset_of(output))
        self.assertEqual((output["handle"], others), ("output", self.expected))
        # The unit is that of pandas, which later versions choose otherwise.
        unit = timestamps.type.removeprefix("datetime ")
        factor = {"ns": 1000, "us": 1}[unit]
        self.assertEqual(
            (timestamps.name, timestamps.values),
            ("timestamp_col", [_FIRST * factor, _SECOND * factor]),
        )


class Models(unittest.TestCase):
    def test_are_saved_by_name_alone_and_with_a_group(self) -> None:
        source = (
            "model_data = {'weights': [0.5, 1.5]}\n"
            "od_output.add_model('model_name', model_data)\n"
            "od_output.add_model('my_model', model_data, 'my_model_group')"
        )
        job = saving(source, "model_name", groups={"my_model_group": ["my_model"]})
        ended = Ended(job)
        self.assertEqual(
            [(model["name"], model["groups"], content_of(model)) for model in ended.models],
            [
                ("model_name", [], {"weights": [0.5, 1.5]}),
                ("my_model", ["my_model_group"], {"weights": [0.5, 1.5]}),
            ],
        )
        self.assertEqual(ended.log, [])

    def test_that_were_saved_are_there_by_name_and_can_be_saved_anew(self) -> None:
        (saved,) = Ended(
            saving("od_output.add_model('my_model', {'weights': [1, 2]})", "my_model")
        ).models
        source = (
            "model = od_models['my_model']\n"
            "print(model['weights'])\n"
            "model['weights'].append(3)\n"
            "od_output.add_model('my_model', model)"
        )
        job = saving(source, "my_model", loaded=[described("my_model")])
        ended = Ended(job, {"my_model": pickle_of(saved)})
        self.assertEqual(ended.printed(), "[1, 2]\n")
        self.assertEqual([content_of(model) for model in ended.models], [{"weights": [1, 2, 3]}])


@skip_without_matplotlib
class Images(unittest.TestCase):
    def test_are_figures_or_the_bytes_of_files(self) -> None:
        images = done(
            "import io\n"
            "from matplotlib.figure import Figure\n"
            "from onelogic.odpf import ImageType\n"
            "image_data = Figure()\n"
            "image_data.subplots().plot([1, 3, 2])\n"
            "od_output.add_image('figure', ImageType.PNG, image_data)\n"
            "od_output.add_image('photo', ImageType.JPG, image_data)\n"
            "file = io.BytesIO()\n"
            "image_data.savefig(file, format='png')\n"
            "od_output.add_image('bytes', ImageType.PNG, file.getvalue())\n"
            "od_output.add_image('byte array', ImageType.PNG, bytearray(file.getvalue()))"
        )["images"]
        self.assertEqual(
            [(image["name"], image["mediaType"], drawn(image)) for image in images],
            [
                ("figure", "image/png", ("PNG", True)),
                ("photo", "image/jpeg", ("JPEG", True)),
                ("bytes", "image/png", ("PNG", True)),
                ("byte array", "image/png", ("PNG", True)),
            ],
        )

    def test_of_bars_go_with_a_dataset_whose_y_has_the_types_that_are_asked_for(self) -> None:
        source = (
            "import datetime as dt\n"
            "import time\n"
            "import pandas as pd\n"
            "from onelogic.odpf import ImageType\n"
            "from onelogic.odpf.common import ODDataset\n"
            "before = dt.datetime.now()\n"
            "ys = [10, 20, 30, 40, 50]\n"
            "xs, times = [], []\n"
            "for y in ys:\n"
            "    xs.append(y * 2)\n"
            "    times.append(dt.datetime.now())\n"
            "    time.sleep(0.01)\n"
            "frame = pd.DataFrame({'x': xs, 'y': ys, 'timestamp': times})\n"
            "axes = frame.plot.bar(x='x', y='y', rot=0)\n"
            "od_output.add_image('test_plot', ImageType.JPG, axes.get_figure())\n"
            "od_output.add_data('output', frame)\n"
            "assert before <= times[0] < times[-1] <= dt.datetime.now()"
        )
        asked: ManualType = {"column": "y", "scale": "ordinal", "representation": "double"}
        outcome, _ = done_of(request(source, manual_types=[asked]))
        (image,) = outcome["images"]
        self.assertEqual((image["name"], drawn(image)), ("test_plot", ("JPEG", True)))
        (output,) = outcome["outputs"]
        dataset = dataset_of(output)
        xs, ys, timestamps = columns_of(dataset)
        self.assertEqual(xs, ("x", "int64", [20, 40, 60, 80, 100]))
        self.assertEqual(ys, ("y", "float64", [10.0, 20.0, 30.0, 40.0, 50.0]))
        self.assertEqual((timestamps.name, timestamps.type[:8]), ("timestamp", "datetime"))
        self.assertEqual(timestamps.values, sorted(timestamps.values, key=str))
        self.assertEqual(
            [column.get("scale") for column in dataset["columns"]], [None, "ordinal", None]
        )


class Tokens(unittest.TestCase):
    """`requests` stands in here for the one that the browser's server answers."""

    def setUp(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        stub = types.ModuleType("requests")
        vars(stub)["get"] = self._get
        patch = mock.patch.dict(sys.modules, requests=stub)
        patch.start()
        self.addCleanup(patch.stop)

    def _get(self, url: str, headers: dict[str, str]) -> Any:  # noqa: ANN401 - a response
        self.asked.append((url, dict(headers)))
        return types.SimpleNamespace(json=lambda: {"username": "ada"})

    def test_tell_the_server_who_asks_and_the_name_becomes_a_dataset(self) -> None:
        source = (
            "import pandas as pd\n"
            "import requests\n"
            "me = requests.get(\n"
            "    'http://onedata-server:8080/api/v1/users/me',\n"
            "    headers={'Authorization': od_authorization},\n"
            ")\n"
            "username = me.json()['username']\n"
            "print(username)\n"
            "od_output.add_data('output', pd.DataFrame({'username': [username]}))"
        )
        outcome, printed = done_of(request(source))
        self.assertEqual(
            self.asked,
            [
                (
                    "http://onedata-server:8080/api/v1/users/me",
                    {"Authorization": f"Bearer {TOKEN}"},
                )
            ],
        )
        (output,) = outcome["outputs"]
        self.assertEqual(columns_of(dataset_of(output)), [("username", "string", ["ada"])])
        self.assertEqual(printed, "ada\n")
        self.assertNotIn(SIGNATURE, repr(outcome))


if __name__ == "__main__":
    unittest.main()
