"""Figures that libraries show, and those that a script leaves open."""

from __future__ import annotations

import json
import sys
import unittest
from typing import TYPE_CHECKING, Any

from optional_libraries import skip_without
from recording_host import outcome_of, previews_of, run
from scriptlets import log_entries, run_main, run_source
from statements import run_statement

if TYPE_CHECKING:
    from cahier._wire import JobEvent


def images_of(events: list[JobEvent]) -> list[int]:
    """Give the width of each image that is shown, which has to be a PNG."""
    widths: list[int] = []
    for preview in previews_of(events):
        assert preview["content"]["type"] == "image"
        for image in preview["content"]["images"]:
            data: Any = image["data"]  # type: ignore[typeddict-item] # it was drawn
            assert data.startswith(b"\x89PNG")
            widths.append(int.from_bytes(data[16:20], "big"))
    return widths


@skip_without("matplotlib")
class Matplotlib(unittest.TestCase):
    SHOW = (
        "import matplotlib.pyplot as plt\n"
        "import numpy as np\n"
        "x = np.linspace(0, 10, 100)\n"
        "y = np.sin(x)\n"
        "plt.plot(x, y)\n"
        "plt.show()\n"
    )

    def test_shows_the_example(self) -> None:
        for events in (run(self.SHOW), run_main(self.SHOW)):
            self.assertEqual(len(images_of(events)), 1)
            self.assertEqual(log_entries(events), [])

    def test_shows_it_in_each_job_anew(self) -> None:
        run("import matplotlib.pyplot as plt\nplt.show = None")
        self.assertEqual(len(images_of(run(self.SHOW))), 1)

    def test_shows_every_open_figure_and_closes_it(self) -> None:
        events = run_main(
            "import matplotlib\n"
            "matplotlib.use('Agg')\n"
            "from matplotlib.pyplot import figure, show, get_fignums\n"
            "figure(figsize=(2, 1), dpi=100)\nfigure(figsize=(3, 1), dpi=100)\n"
            "show(block=True)\n"
            "print(get_fignums())\n"
            "figure(figsize=(4, 1), dpi=100)"
        )
        self.assertEqual(images_of(events), [200, 300, 400])
        self.assertIn(("stdout", "[]"), log_entries(events))

    def test_shows_what_is_left_open_though_the_job_fails(self) -> None:
        for events in (
            run("import matplotlib.pyplot as plt\nplt.plot([1])\n1 / 0"),
            run_main("import matplotlib.pyplot as plt\nplt.plot([1])\nexit('no')"),
            run_source("import matplotlib.pyplot as plt\nplt.plot([1])"),
        ):
            self.assertEqual(outcome_of(events)["status"], "failed")
            self.assertEqual(len(images_of(events)), 1)

    def test_shows_a_figure_by_itself(self) -> None:
        events = run_main(
            "from matplotlib.figure import Figure\n"
            "figure = Figure(figsize=(2, 1), dpi=100)\n"
            "figure.show()\n"
            "context.preview(figure)\n"
            "context.preview({'type': 'image', 'data': [figure, figure]})"
        )
        self.assertEqual(images_of(events), [200] * 4)

    def test_that_cannot_draw_is_a_warning(self) -> None:
        events = run_main(
            "import matplotlib.pyplot as plt\nplt.title('$\\\\frac{$')\nplt.show()\nprint(1)"
        )
        (preview,) = previews_of(events)
        assert preview["content"]["type"] == "problem"
        told = "A preview of type image is not shown: ValueError"
        self.assertIn(told, preview["content"]["problem"])
        self.assertIn(told, log_entries(events)[0][1])

    def test_shows_a_figure_that_is_left_open_again_only_where_it_has_changed(self) -> None:
        show = (
            "import matplotlib.pyplot as plt\n"
            "figure, axes = plt.subplots(figsize=(2, 1), dpi=100)\n"
            "axes.plot([1, 2])\n"
        )
        for source, count in (
            (f"{show}figure.show()", 1),
            (f"{show}context.preview(figure)", 1),
            (f"{show}figure.show()\naxes.plot([2, 1])", 2),
        ):
            self.assertEqual(images_of(run_main(source)), [200] * count)
        self.assertEqual(images_of(run_statement(f"{show}figure.show()\nreturn []")), [200])

    def test_shows_no_figure_that_the_image_list_has_unless_it_has_changed_or_is_asked_for(
        self,
    ) -> None:
        put_out = (
            "import matplotlib.pyplot as plt\n"
            "from onelogic.odpf import ImageType\n"
            "figure, axes = plt.subplots(figsize=(2, 1), dpi=100)\n"
            "axes.plot([1, 2])\n"
            "od_output.add_image('plot', ImageType.JPG, figure)\n"
        )
        for rest, widths in (
            ("", []),
            ("plt.figure(figsize=(3, 1), dpi=100)", [300]),
            ("axes.plot([2, 1])", [200]),
            ("plt.show()", [200]),
            ("figure.show()", [200]),
            # It is in no list then.
            ("1 / 0", [200]),
        ):
            with self.subTest(rest):
                self.assertEqual(images_of(run(f"{put_out}{rest}")), widths)


@skip_without("plotly")
class Plotly(unittest.TestCase):
    SHOW = (
        "import plotly.graph_objects as go\n"
        "fig = go.Figure(data=[go.Bar(y=[2, 3, 1])])\n"
        "fig.show()\n"
    )

    def test_shows_the_example(self) -> None:
        for events in (run(self.SHOW), run_main(self.SHOW)):
            (preview,) = previews_of(events)
            assert preview["content"]["type"] == "plotly"
            data = json.loads(str(preview["content"]["text"]))["data"]
            self.assertEqual(data, [{"type": "bar", "y": [2, 3, 1]}])
            self.assertEqual(log_entries(events), [])

    def test_shows_whatever_renderer_is_asked_for(self) -> None:
        events = run_main(
            "import plotly.graph_objects as go\nimport plotly.io as pio\n"
            "pio.renderers.default = 'browser'\n"
            "fig = go.Figure()\n"
            "fig.show('notebook')\npio.show(fig)\npio.show({'data': []})\ncontext.preview(fig)\n"
            "pio.show({'data': [], 'invented': 1}, validate=False)"
        )
        self.assertEqual([p["content"]["type"] for p in previews_of(events)], ["plotly"] * 5)

    def test_shows_a_figure_made_of_a_dict_with_objects(self) -> None:
        events = run_main(
            "import plotly.graph_objects as go\n"
            "context.preview({'type': 'plotly', 'data': {'data': [go.Bar(y=[1, float('nan')])], "
            "'layout': go.Layout(height=500)}})"
        )
        (preview,) = previews_of(events)
        assert preview["content"]["type"] == "plotly"
        self.assertEqual(
            json.loads(str(preview["content"]["text"])),
            {"data": [{"type": "bar", "y": [1, None]}], "layout": {"height": 500}},
        )


@skip_without("altair")
class Altair(unittest.TestCase):
    def test_shows_charts(self) -> None:
        chart = (
            "import altair as alt\n"
            "data = alt.Data(values=[{'a': 1}])\n"
            "chart = alt.Chart(data).mark_bar().encode(x='a:Q')\n"
        )
        events = run_main(f"{chart}chart.show()\nchart.display()\ncontext.preview(chart)")
        kinds = [preview["content"]["type"] for preview in previews_of(events)]
        self.assertEqual(kinds, ["vega-lite"] * 3)


class Libraries(unittest.TestCase):
    def test_are_not_loaded_for_it(self) -> None:
        before = {"matplotlib", "plotly", "altair"} & sys.modules.keys()
        run_main("pass")
        self.assertEqual({"matplotlib", "plotly", "altair"} & sys.modules.keys(), before)

    def test_leave_the_ways_to_find_modules_as_they_were(self) -> None:
        before = list(sys.meta_path)
        run_main("import sys\nsys.meta_path = []")
        self.assertEqual(sys.meta_path, before)
