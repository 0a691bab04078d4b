"""Types of Vega-Lite for the columns of a DataFrame, by their scales and by what they hold.

A scale that was given (`cahier.column_scales`) goes first: nominal and ordinal are what they are
called, interval and ratio are quantitative, or temporal where the column holds dates or datetimes;
texts have no distances to draw, and stay nominal. Without a scale, numbers are quantitative, dates
and datetimes temporal, ordered categories ordinal, and all else is nominal.
See https://vega.github.io/vega-lite/docs/type.html.
"""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from cahier.column_scales import scales_of
from onelogic.odpf.common import is_data_frame

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from pandas import DataFrame, Series

    from cahier._wire import Scale

VegaType: TypeAlias = Literal["nominal", "ordinal", "quantitative", "temporal"]

_TEMPORAL_OBJECTS = ("date", "datetime", "datetime64")
# Of texts alone, or of texts beside other values.
_TEXTS = ("string", "mixed", "mixed-integer")


def vega_types(frame: DataFrame) -> dict[str, VegaType]:
    """Give the type of each column by its name; none for names that several columns have."""
    scales = scales_of(frame)
    labels = [str(label) for label in frame.columns]
    return {
        label: _vega_type(frame.iloc[:, place], scales.get(label))
        for place, label in enumerate(labels)
        if labels.count(label) == 1
    }


def _vega_type(series: Series, scale: Scale | None) -> VegaType:
    if scale == "nominal" or scale == "ordinal":  # noqa: PLR1714 - tells the type checker more
        return scale
    held = _held_by(series)
    if held == "moments":
        return "temporal"
    if held == "texts":
        scale = None
    dtype = series.dtype
    if scale is not None or (dtype.kind in "iuf" and not hasattr(dtype, "categories")):
        return "quantitative"
    return "ordinal" if getattr(dtype, "ordered", None) else "nominal"


def _held_by(series: Series) -> Literal["moments", "texts", "others"]:
    from pandas.api.types import infer_dtype  # noqa: PLC0415 - this is a series of it

    kind = str(series.dtype.kind)
    if kind == "M":
        return "moments"
    inferred = str(infer_dtype(series, skipna=True)) if kind == "O" else ""
    if inferred in _TEMPORAL_OBJECTS:
        return "moments"
    return "texts" if inferred in _TEXTS else "others"


def teach_altair(altair: ModuleType) -> None:
    """Have Altair take the types of encodings that name none from the scales of their columns.

    Altair infers such types from the values of a frame, when a chart is turned into JSON. It is
    taught once, however often it is told.
    """
    channels = vars(sys.modules[altair.X.__module__])
    parse = channels.get("parse_shorthand")
    if parse is not None and not hasattr(parse, "sees_scales"):
        channels["parse_shorthand"] = _with_scales(parse)


def _with_scales(parse: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    @functools.wraps(parse)
    def parse_shorthand(
        shorthand: Any,  # noqa: ANN401 - as Altair has it
        data: Any = None,  # noqa: ANN401 - any library's frame
        **options: object,
    ) -> dict[str, Any]:
        frame = data.to_native() if hasattr(data, "to_native") else data
        if is_data_frame(frame) and scales_of(frame):
            plain = parse(shorthand, **options)
            field = str(plain.get("field", "")).replace("\\", "")
            scale = scales_of(frame).get(field)
            if scale is not None and "type" not in plain and field in frame.columns:
                return {**plain, "type": vega_types(frame).get(field, "nominal")}
        return parse(shorthand, data=data, **options)

    vars(parse_shorthand)["sees_scales"] = True
    return parse_shorthand
