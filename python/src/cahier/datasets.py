"""Turns what `od_output.add_data` takes into the payload of a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from cahier.column_scales import give_scales
from cahier.columns import column_from_values
from cahier.hiding import hide_in_values
from onelogic.odpf.common import ODDataset, is_data_frame

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from cahier._wire import ColumnPayload, DatasetPayload
    from cahier.hiding import TextMask
    from cahier.host import Keep
    from onelogic.odpf.values import Value

EMPTY_DATASET: DatasetPayload = {"rowCount": 0, "columns": []}


class ColumnEncoder(Protocol):
    """Encodes columns in other ways than by what they hold."""

    def from_values(self, name: str, values: list[Value]) -> ColumnPayload:
        """Encode a column of supported values."""

    def from_series(self, name: str, series: Series, mask: TextMask | None) -> ColumnPayload:
        """Encode a column of a DataFrame; a mask hides secrets in texts."""


def dataset_payload(
    data: object,
    keep: Keep,
    mask: TextMask | None = None,
    encoder: ColumnEncoder | None = None,
) -> DatasetPayload:
    """Encode an ODDataset or a pandas DataFrame, with the scales in its `attrs`.

    A mask hides secrets in its texts. Without an encoder, columns go by what they hold.

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
        return _from_values(content, keep, mask, encoder)
    return _from_frame(content, keep, mask, encoder)


def _from_values(
    content: dict[str, list[Value]],
    keep: Keep,
    mask: TextMask | None,
    encoder: ColumnEncoder | None,
) -> DatasetPayload:
    hide = mask or str
    hidden = ((hide(name), hide_in_values(values, mask)) for name, values in content.items())
    columns = [
        encoder.from_values(name, values) if encoder else column_from_values(name, values, keep)
        for name, values in hidden
    ]
    return {"rowCount": columns[0]["length"] if columns else 0, "columns": columns}


def _from_frame(
    frame: DataFrame, keep: Keep, mask: TextMask | None, encoder: ColumnEncoder | None
) -> DatasetPayload:
    from cahier.frame_columns import columns_from_frame  # noqa: PLC0415 - it needs pandas

    encode = None if encoder is None else encoder.from_series
    columns = columns_from_frame(frame, keep, mask, encode)
    give_scales(columns, frame)
    return {"rowCount": len(frame), "columns": columns}
