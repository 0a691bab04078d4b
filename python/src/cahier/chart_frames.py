"""DataFrames in specifications of Vega-Lite: they become rows, and encodings get their types.

A frame may stand for the `values` of `data`, for `data` itself, and for a named dataset. Encodings
of its fields that name no type, and no other reason for one such as `aggregate`, get that of the
column (`cahier.chart_types`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cahier.chart_types import vega_types
from cahier.preview_problems import PreviewError
from onelogic.odpf.common import is_data_frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pandas import DataFrame

    from cahier.chart_types import VegaType

# What has a type of its own, beside that of the column, or takes none.
_OTHER_TYPES = ("type", "aggregate", "bin", "timeUnit", "datum", "value")
_UNTYPED_CHANNELS = (
    *("x2", "y2", "theta2", "radius2", "latitude2", "longitude2"),
    *("xError", "xError2", "yError", "yError2"),
)
# Nobody nests views as deep; what is deeper is left as it is.
_MOST_LEVELS = 50
_NESTED_LISTS = ("layer", "concat", "hconcat", "vconcat")


class FramedSpec:
    """A specification of which the frames are taken out."""

    def __init__(self, spec: dict[str, Any]) -> None:
        """Take the frames out of a specification, which stays as it is."""
        self._rows: dict[str, str] = {}
        self._names: dict[str, DataFrame] = _named_frames(spec)
        self.spec = self._walked(spec, {}, _MOST_LEVELS)

    def with_rows(self, text: str) -> str:
        """Put the rows of the frames into the JSON of the specification."""
        for mark, rows in self._rows.items():
            text = text.replace(f'"{mark}"', rows)
        return text

    def _walked(
        self, spec: dict[str, Any], types: Mapping[str, VegaType], levels: int
    ) -> dict[str, Any]:
        """Give a view without frames; `types` are those of the fields that lie around it."""
        if levels == 0:
            return spec
        walked = dict(spec)
        if "data" in spec:
            frame, walked["data"] = self._data(spec["data"])
            types = {} if frame is None else vega_types(frame)
        if isinstance(spec.get("datasets"), dict):
            walked["datasets"] = {
                name: self._mark(rows) if is_data_frame(rows) else rows
                for name, rows in spec["datasets"].items()
            }
        if isinstance(spec.get("encoding"), dict):
            walked["encoding"] = _typed_encoding(spec["encoding"], types)
        if isinstance(spec.get("facet"), dict):
            walked["facet"] = _typed_facet(spec["facet"], types)
        for name in _NESTED_LISTS:
            if isinstance(spec.get(name), list):
                walked[name] = [
                    self._walked(view, types, levels - 1) if isinstance(view, dict) else view
                    for view in spec[name]
                ]
        if isinstance(spec.get("spec"), dict):
            walked["spec"] = self._walked(spec["spec"], types, levels - 1)
        return walked

    def _data(self, data: Any) -> tuple[DataFrame | None, Any]:  # noqa: ANN401 - as a script wrote it
        if is_data_frame(data):
            return data, {"values": self._mark(data)}
        if not isinstance(data, dict):
            return None, data
        values = data.get("values")
        if is_data_frame(values):
            return values, {**data, "values": self._mark(values)}
        return self._names.get(str(data.get("name"))), data

    def _mark(self, frame: DataFrame) -> str:
        """Give what stands for the rows of a frame, as those are JSON already."""
        mark = f"rows of frame {len(self._rows)} {id(self)}"
        self._rows[mark] = _rows_json(frame)
        return mark


def _named_frames(spec: dict[str, Any]) -> dict[str, DataFrame]:
    datasets = spec.get("datasets")
    if not isinstance(datasets, dict):
        return {}
    return {name: rows for name, rows in datasets.items() if is_data_frame(rows)}


def _rows_json(frame: DataFrame) -> str:
    """Give the rows as JSON, with the named levels of the index; what is no JSON is null.

    Raises:
        PreviewError: names of columns repeat, or a value has no JSON.
    """
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index()
    try:
        return str(
            frame.to_json(
                orient="records", date_format="iso", double_precision=15, force_ascii=False
            )
        )
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        message = f"its DataFrame has no JSON: {error}"
        raise PreviewError(message.removesuffix(".")) from None


def _typed_encoding(encoding: dict[str, Any], types: Mapping[str, VegaType]) -> dict[str, Any]:
    return {
        channel: parts
        if channel in _UNTYPED_CHANNELS
        else [_typed(part, types) for part in parts]
        if isinstance(parts, list)
        else _typed(parts, types)
        for channel, parts in encoding.items()
    }


def _typed_facet(facet: dict[str, Any], types: Mapping[str, VegaType]) -> dict[str, Any]:
    """Type a facet by one field, or by one for rows and one for columns."""
    if "field" in facet:
        return dict(_typed(facet, types))
    return {place: _typed(part, types) for place, part in facet.items()}


def _typed(part: Any, types: Mapping[str, VegaType]) -> Any:  # noqa: ANN401 - as a script wrote it
    """Give a definition of a channel its type, and the condition in it."""
    if not isinstance(part, dict):
        return part
    typed = dict(part)
    condition = part.get("condition")
    if isinstance(condition, dict) and "condition" not in condition:
        typed["condition"] = _typed(condition, types)
    field = part.get("field")
    if isinstance(field, str) and not any(name in part for name in _OTHER_TYPES):
        known = types.get(field.replace("\\", ""))
        if known is not None:
            typed["type"] = known
    return typed
