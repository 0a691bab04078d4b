"""Scales of columns: how their values can be compared, as "Manual TI" of a Data Generator has it.

A DataFrame carries those that were given in its `attrs`, under `SCALES_KEY`: a dict with the name
of a column and "nominal", "ordinal", "interval" or "ratio". pandas hands `attrs` on to what is made
of a frame, so they stay with columns that keep their names. Scripts may read and set them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from cahier._wire import Scale

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pandas import DataFrame

    from cahier._wire import ColumnPayload

SCALES_KEY = "scale_types"
_SCALES: tuple[Scale, ...] = get_args(Scale)


def scales_of(frame: DataFrame) -> dict[str, Scale]:
    """Give the scales in the `attrs` of a frame, by column; what else is there is left out."""
    held = frame.attrs.get(SCALES_KEY)
    if not isinstance(held, dict):
        return {}
    return {
        str(name): scale
        for name, given in held.items()
        for scale in _SCALES
        if isinstance(given, str) and given == scale
    }


def give_scales(columns: Iterable[ColumnPayload], frame: DataFrame) -> None:
    """Give columns of a frame its scales, but for those that have one."""
    scales = scales_of(frame)
    for column in columns:
        scale = scales.get(column["name"])
        if scale is not None:
            column.setdefault("scale", scale)


def keep_scales(frame: DataFrame, columns: Iterable[ColumnPayload]) -> None:
    """Put the scales that columns have into the `attrs` of their frame."""
    scales = {column["name"]: column["scale"] for column in columns if "scale" in column}
    if scales:
        frame.attrs[SCALES_KEY] = scales
