"""Turns what `od_output.add_data` takes into the payload of a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cahier.columns import column_from_values
from cahier.hiding import hide_in_values
from onelogic.odpf.common import ODDataset, is_data_frame

if TYPE_CHECKING:
    from pandas import DataFrame

    from cahier._wire import DatasetPayload
    from cahier.hiding import TextMask
    from cahier.host import Keep
    from onelogic.odpf.values import Value

EMPTY_DATASET: DatasetPayload = {"rowCount": 0, "columns": []}


def dataset_payload(data: object, keep: Keep, mask: TextMask | None = None) -> DatasetPayload:
    """Encode an ODDataset or a pandas DataFrame; a mask hides secrets in its texts.

    Raises:
        TypeError: it is neither, or a value is of no supported type.
        ValueError: a value that cannot be encoded.
    """
    if isinstance(data, ODDataset):
        content = data.content
    elif is_data_frame(data):
        content = data
    else:
        message = (
            "od_output.add_data(key, data) takes an ODDataset or a pandas DataFrame, not "
            f"{type(data).__name__}. Make a dataset of rows first: ODDataset(rows, columns)."
        )
        raise TypeError(message)
    if isinstance(content, dict):
        return _from_values(content, keep, mask)
    return _from_frame(content, keep, mask)


def _from_values(
    content: dict[str, list[Value]], keep: Keep, mask: TextMask | None
) -> DatasetPayload:
    hide = mask or str
    columns = [
        column_from_values(hide(name), hide_in_values(values, mask), keep)
        for name, values in content.items()
    ]
    return {"rowCount": columns[0]["length"] if columns else 0, "columns": columns}


def _from_frame(frame: DataFrame, keep: Keep, mask: TextMask | None) -> DatasetPayload:
    from cahier.frame_columns import columns_from_frame  # noqa: PLC0415 - it needs pandas

    return {"rowCount": len(frame), "columns": columns_from_frame(frame, keep, mask)}
