"""Charts of Vega-Lite: types that encodings take from the scales and values of their columns."""

from __future__ import annotations

import json
import sys
import unittest
from typing import Any

import pandas
from optional_libraries import skip_without
from preview_cases import PreviewTest, content
from recording_host import previews_of
from scriptlets import SECRET, handle, run_main

from cahier.chart_types import vega_types

FRAME = (
    "import pandas as pd\n"
    "frame = pd.DataFrame({'month': [1, 2], 'sales': [0.5, None], 'name': ['a', 'b']})\n"
    "frame.attrs['scale_types'] = {'month': 'ordinal'}\n"
)


def charts(source: str) -> list[Any]:
    """Run a Scriptlet that has `frame`, and give the specifications that it shows."""
    shown = [preview["content"] for preview in previews_of(run_main(FRAME + source))]
    assert all(each["type"] == "vega-lite" for each in shown), shown
    return [json.loads(str(each["text"])) for each in shown if each["type"] == "vega-lite"]


def chart(spec: str) -> Any:  # noqa: ANN401 - a specification
    """Show one, which is an expression with `frame`."""
    (one,) = charts(f"context.preview({{'type': 'vega-lite', 'data': {spec}}})")
    return one


class Columns(unittest.TestCase):
    def types(self, values: object, scale: str | None = None, dtype: object = None) -> str:
        """Give the type of a column."""
        frame = pandas.DataFrame({"c": pandas.Series(values, dtype=dtype)})
        if scale is not None:
            frame.attrs["scale_types"] = {"c": scale}
        return vega_types(frame)["c"]

    def test_go_by_their_scales(self) -> None:
        for values in ([1, 2], [0.5], ["1", "2"], [True], pandas.to_datetime(["2024-02-29"])):
            for scale in ("nominal", "ordinal"):
                self.assertEqual(self.types(values, scale), scale)
        for scale in ("interval", "ratio"):
            for values in ([1, 2], [0.5], [10**30, None]):
                self.assertEqual(self.types(values, scale), "quantitative")
            for texts in (["1", "2"], [1, "two"], ["1", None]):
                self.assertEqual(self.types(texts, scale), "nominal")
            self.assertEqual(self.types(pandas.to_datetime(["2024-02-29"]), scale), "temporal")

    def test_go_by_their_values_where_they_have_no_scale(self) -> None:
        moments = pandas.to_datetime(["2024-02-29", None], utc=True)
        sizes = pandas.Categorical(["s", "m"], ["s", "m"], ordered=True)
        for values, dtype, expected in (
            ([1, 2], None, "quantitative"),
            ([1, None], "Int64", "quantitative"),
            ([0.5], None, "quantitative"),
            ([True], None, "nominal"),
            (["a"], None, "nominal"),
            (moments, None, "temporal"),
            ([moments[0], None], object, "temporal"),
            ([moments[0].date()], object, "temporal"),
            (sizes, None, "ordinal"),
            (["a"], "category", "nominal"),
            ([1], "category", "nominal"),
        ):
            self.assertEqual(self.types(values, None, dtype), expected, (values, dtype))

    def test_that_share_a_name_have_none(self) -> None:
        frame = pandas.DataFrame([[1, 2, 3]], columns=["a", "a", 5])
        self.assertEqual(vega_types(frame), {"5": "quantitative"})


class Specifications(PreviewTest):
    def test_get_the_rows_of_a_frame_and_the_types_of_its_columns(self) -> None:
        rows = [
            {"month": 1, "sales": 0.5, "name": "a"},
            {"month": 2, "sales": None, "name": "b"},
        ]
        for data in ("frame", "{'values': frame}"):
            self.assertEqual(
                chart(
                    f"{{'data': {data}, 'mark': 'bar', 'encoding': {{"
                    "'x': {'field': 'month'}, 'y': {'field': 'sales'}, "
                    "'tooltip': [{'field': 'name'}, {'field': 'month'}]}}"
                ),
                {
                    "data": {"values": rows},
                    "mark": "bar",
                    "encoding": {
                        "x": {"field": "month", "type": "ordinal"},
                        "y": {"field": "sales", "type": "quantitative"},
                        "tooltip": [
                            {"field": "name", "type": "nominal"},
                            {"field": "month", "type": "ordinal"},
                        ],
                    },
                },
            )

    def test_keep_what_they_say_themselves(self) -> None:
        encoding = {
            "x": {"field": "month", "type": "quantitative"},
            "y": {"field": "month", "aggregate": "mean"},
            "color": {"field": "month", "bin": True},
            "x2": {"field": "month"},
            "size": {"field": "other"},
            "opacity": {"value": 0.5},
            "row": {"field": {"repeat": "row"}},
        }
        shown = chart(f"{{'data': frame, 'encoding': {encoding!r}}}")
        self.assertEqual(shown["encoding"], encoding)

    def test_have_types_in_views_that_are_made_of_others(self) -> None:
        view = {"encoding": {"x": {"field": "month"}}}
        typed = {"encoding": {"x": {"field": "month", "type": "ordinal"}}}
        for name in ("layer", "hconcat", "vconcat", "concat"):
            spec = f"{{'data': frame, {name!r}: [{view!r}, {view | {'data': {'url': 'a.csv'}}!r}]}}"
            self.assertEqual(chart(spec)[name], [typed, {**view, "data": {"url": "a.csv"}}], name)
        self.assertEqual(
            chart(f"{{'data': frame, 'facet': {{'field': 'month'}}, 'spec': {view!r}}}")["facet"],
            {"field": "month", "type": "ordinal"},
        )
        shown = chart(
            f"{{'data': frame, 'facet': {{'row': {{'field': 'name'}}}}, 'spec': {view!r}}}"
        )
        self.assertEqual(
            (shown["facet"], shown["spec"]), ({"row": {"field": "name", "type": "nominal"}}, typed)
        )
        condition = {"test": "true", "field": "month"}
        color = {"condition": condition, "value": "red"}
        shown = chart(f"{{'data': frame, 'encoding': {{'color': {color!r}}}}}")
        self.assertEqual(
            shown["encoding"]["color"],
            {"condition": {**condition, "type": "ordinal"}, "value": "red"},
        )

    def test_take_frames_as_named_datasets(self) -> None:
        shown = chart(
            "{'datasets': {'one': frame, 'two': [{'month': 1}]}, 'hconcat': ["
            "{'data': {'name': 'one'}, 'encoding': {'x': {'field': 'month'}}}, "
            "{'data': {'name': 'two'}, 'encoding': {'x': {'field': 'month'}}}]}"
        )
        self.assertEqual([len(rows) for rows in shown["datasets"].values()], [2, 1])
        self.assertEqual(
            [view["encoding"]["x"] for view in shown["hconcat"]],
            [{"field": "month", "type": "ordinal"}, {"field": "month"}],
        )

    def test_leave_what_the_script_has_as_it_was(self) -> None:
        spec = "spec = {'data': frame, 'encoding': {'x': {'field': 'month'}}}\n"
        first, second = charts(
            f"{spec}context.preview({{'type': 'vega-lite', 'data': spec}})\n"
            "assert spec['data'] is frame and spec['encoding'] == {'x': {'field': 'month'}}\n"
            "context.preview({'type': 'vega-lite', 'data': spec})"
        )
        self.assertEqual(first, second)

    def test_have_rows_with_their_index_and_times_in_iso_8601(self) -> None:
        (shown,) = charts(
            "frame = pd.DataFrame({'at': pd.to_datetime(['2024-02-29 12:00']), 'x': [1e-20]},\n"
            "    index=pd.Index([7], name='key'))\n"
            "context.preview({'type': 'vega-lite', 'data': {'data': frame}})"
        )
        (row,) = shown["data"]["values"]
        self.assertEqual((row["key"], row["x"]), (7, 1e-20))
        self.assertEqual(row["at"].rstrip("Z"), "2024-02-29T12:00:00.000")

    def test_have_no_numbers_that_browsers_do_not_read(self) -> None:
        (shown,) = charts(
            "frame = pd.DataFrame({'x': [float('inf'), float('nan')]})\n"
            "spec = {'data': frame, 'width': float('nan')}\n"
            "context.preview({'type': 'vega-lite', 'data': spec})"
        )
        self.assertEqual(shown, {"data": {"values": [{"x": None}, {"x": None}]}, "width": None})

    def test_hide_secrets_in_rows(self) -> None:
        events = run_main(
            "import pandas as pd\n"
            "frame = pd.DataFrame({'key': [params['key']], 'é': ['a' + params['key']]})\n"
            "context.preview({'type': 'vega-lite', 'data': {'data': frame}})",
            inputs=[handle("key", SECRET)],
            values=[{"handle": "key", "kind": "secret", "text": "hün/ter2"}],
        )
        (shown,) = [preview["content"] for preview in previews_of(events)]
        assert shown["type"] == "vega-lite"
        self.assertEqual(
            json.loads(str(shown["text"])), {"data": {"values": [{"key": "****", "é": "a****"}]}}
        )

    def test_say_of_frames_that_have_no_rows_in_json_why(self) -> None:
        events = run_main(
            "import pandas as pd\n"
            "frame = pd.DataFrame([[1, 2]], columns=['a', 'a'])\n"
            "context.preview({'type': 'vega-lite', 'data': {'data': frame}})"
        )
        (shown,) = [preview["content"] for preview in previews_of(events)]
        assert shown["type"] == "problem"
        self.assertTrue(
            shown["problem"].startswith(
                "A preview of type vega-lite is not shown: its DataFrame has no JSON: DataFrame "
                "columns must be unique"
            ),
            shown["problem"],
        )

    def test_that_hold_themselves_say_why(self) -> None:
        events = run_main(
            "spec = {}\nspec['layer'] = [spec]\nspec['encoding'] = {'x': {'condition': spec}}\n"
            "context.preview({'type': 'vega-lite', 'data': spec})"
        )
        self.assertEqual([p["content"]["type"] for p in previews_of(events)], ["problem"])

    def test_of_other_shapes_are_left_to_vega_lite(self) -> None:
        for spec in (
            {"data": "x", "encoding": 5, "layer": {}, "facet": "a", "spec": [], "datasets": 1},
            {"encoding": {"x": None, "y": [1]}, "layer": [None], "data": {"name": ["a"]}},
        ):
            self.assertEqual(
                json.loads(content(repr({"type": "vega-lite", "data": spec}))["text"]), spec
            )


@skip_without("altair")
class Altair(unittest.TestCase):
    def test_takes_scales_where_encodings_name_no_type(self) -> None:
        encode = (
            "encode(x='month', y='mean(sales)', color='name', tooltip=['month'], size='month:Q')"
        )
        for show in ("context.preview(chart)", "chart.show()"):
            (shown,) = charts(
                f"import altair as alt\nchart = alt.Chart(frame).mark_bar().{encode}\n{show}"
            )
            self.assertEqual(
                {
                    channel: [each["type"] for each in (part if isinstance(part, list) else [part])]
                    for channel, part in shown["encoding"].items()
                },
                {
                    "x": ["ordinal"],
                    "y": ["quantitative"],
                    "color": ["nominal"],
                    "tooltip": ["ordinal"],
                    "size": ["quantitative"],
                },
            )

    def test_is_taught_once(self) -> None:
        run_main("import altair")
        run_main("import altair")
        import altair  # noqa: PLC0415 - it need not be there

        parse = sys.modules[altair.X.__module__].parse_shorthand
        self.assertFalse(hasattr(parse.__wrapped__, "sees_scales"))
