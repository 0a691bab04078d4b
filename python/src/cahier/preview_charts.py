"""Gives the JSON of figures of Plotly and of specifications of Vega-Lite."""

from __future__ import annotations

import json
import sys
from typing import Any

from cahier.chart_frames import FramedSpec
from cahier.json_values import NoJsonError, json_text
from cahier.preview_problems import PreviewError

_NO_CHART = (
    'its data is a figure, a dict such as {{"data": [...]}}, its JSON, or the path of a file with '
    "that, and this is of type {}"
)


def chart_json(kind: str, data: Any) -> str:  # noqa: ANN401 - any library's figure
    """Give the JSON of a figure, a chart or a dict of what either is made of; NaN becomes null.

    Frames in a dict of Vega-Lite become rows, and encodings of them get types.

    Raises:
        PreviewError: it is none of these, or holds what JSON does not.
    """
    if not isinstance(data, dict):
        if not hasattr(data, "to_json"):
            raise PreviewError(_NO_CHART.format(type(data).__name__))
        return str(data.to_json())
    if kind == "vega-lite":
        framed = FramedSpec(data)
        return framed.with_rows(_dict_json(kind, framed.spec))
    return _dict_json(kind, data)


def _dict_json(kind: str, data: dict[str, Any]) -> str:
    try:
        text = json_text(data)
    except NoJsonError as error:
        if kind != "plotly" or "plotly" not in sys.modules:
            raise PreviewError(str(error).removesuffix(".")) from None
        from plotly.io import to_json  # noqa: PLC0415 - where a script has imported it

        # Beside plain values a figure as a dict may hold traces and layouts as objects.
        return str(to_json(data, validate=False))
    if "NaN" in text or "Infinity" in text:
        # Python writes and reads these, browsers do not.
        text = json_text(json.loads(text, parse_constant=lambda _: None))
    return text
