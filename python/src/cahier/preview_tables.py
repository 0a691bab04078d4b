"""Turns what is to be shown as a table into a dataset."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from cahier.column_scales import give_scales
from cahier.columns import column_from_values
from cahier.json_values import NoJsonError, json_text, json_value
from cahier.preview_problems import PreviewError
from onelogic.odpf.common import is_data_frame
from onelogic.odpf.values import supported_values

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cahier._wire import ColumnPayload, DatasetPayload, TablePreview
    from cahier.host import Keep

_MOST_WHOLE_ROWS = 10
_ROWS_AT_AN_END = 5
_DOTS = "..."


def is_table(data: object) -> bool:
    """Whether this is a pandas DataFrame, or another object with shape, head, tail and to_json."""
    if isinstance(data, type):
        return False
    return is_data_frame(data) or all(
        hasattr(data, name) for name in ("shape", "head", "tail", "to_json")
    )


def table_preview(data: object, keep: Keep, mask: Callable[[str], str]) -> TablePreview:
    """Give the preview of a table.

    A pandas DataFrame is shown whole, an index that is not the default one as columns. Another
    table is shown whole up to ten rows; a longer one by its first and last five around a row of
    "...". Values that no dataset holds are shown as text. Secrets in texts are hidden.

    Raises:
        PreviewError: it is no table, or its parts do not fit each other.
    """
    if _is_series(data):
        data = data.to_frame()  # type: ignore[attr-defined] # a Series
    if is_data_frame(data):
        return _table(_frame_dataset(data, keep, mask), None, is_shortened=False)
    if is_table(data):
        return _shortened_table(data, keep, mask)
    if isinstance(data, dict) and "columns" in data and "rows" in data:
        dataset = _dataset(data["columns"], data["rows"], keep, mask)
        count = data.get("row_count")
        is_count = isinstance(count, int) and not isinstance(count, bool)
        return _table(dataset, count if is_count else None, is_shortened=False)
    message = (
        'its data is a DataFrame, or {"columns": [...], "rows": [[...], ...], "row_count": n}, '
        f"and this is of type {type(data).__name__}"
    )
    raise PreviewError(message)


def _is_series(data: object) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(data, pandas.Series)


def _table(dataset: DatasetPayload, row_count: int | None, *, is_shortened: bool) -> TablePreview:
    count = dataset["rowCount"] if row_count is None else row_count
    return {"type": "table", "table": dataset, "rowCount": count, "isShortened": is_shortened}


def _frame_dataset(frame: Any, keep: Keep, mask: Callable[[str], str]) -> DatasetPayload:  # noqa: ANN401 - a DataFrame
    import pandas  # noqa: PLC0415 - this is a frame of it

    is_default = isinstance(frame.index, pandas.RangeIndex) and frame.index.name is None
    if not is_default or not frame.index.equals(pandas.RangeIndex(len(frame))):
        frame = frame.reset_index(allow_duplicates=True)
    columns = [
        _frame_column(mask(_label(label)), series, keep, mask) for label, series in frame.items()
    ]
    give_scales(columns, frame)
    return {"rowCount": len(frame), "columns": columns}


def _label(label: object) -> str:
    """Give a label as text; the parts of one with several levels are joined."""
    return " / ".join(map(str, label)) if isinstance(label, tuple) else str(label)


def _frame_column(name: str, series: Any, keep: Keep, mask: Callable[[str], str]) -> ColumnPayload:  # noqa: ANN401 - a Series
    from cahier.frame_columns import column_from_series  # noqa: PLC0415 - it needs pandas

    if series.dtype.kind in "biufM":
        return column_from_series(name, series, keep)
    return _column(name, series.to_numpy(dtype=object).tolist(), keep, mask)


def _shortened_table(data: Any, keep: Keep, mask: Callable[[str], str]) -> TablePreview:  # noqa: ANN401 - any library's table
    count = int(data.shape[0])
    if count <= _MOST_WHOLE_ROWS:
        names, rows = _split(data)
        return _table(_dataset(names, rows, keep, mask), count, is_shortened=False)
    names, first = _split(data.head(_ROWS_AT_AN_END))
    _, last = _split(data.tail(_ROWS_AT_AN_END))
    rows = [*first, [_DOTS] * len(names), *last]
    return _table(_dataset(names, rows, keep, mask), count, is_shortened=True)


def _split(part: Any) -> tuple[list[object], list[object]]:  # noqa: ANN401 - any library's table
    content = json_value(part.to_json(orient="split"))
    if not isinstance(content, dict):
        message = 'its to_json(orient="split") gives no object'
        raise PreviewError(message)
    return content.get("columns", []), content.get("data", [])


def _dataset(names: object, rows: object, keep: Keep, mask: Callable[[str], str]) -> DatasetPayload:
    if not isinstance(names, (list, tuple)) or not isinstance(rows, (list, tuple)):
        message = '"columns" and "rows" are lists'
        raise PreviewError(message)
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, (list, tuple)) or len(row) != len(names):
            found = f"{len(row)} values" if isinstance(row, (list, tuple)) else type(row).__name__
            message = f"row {number} is a list of {len(names)} values, one a column; got {found}"
            raise PreviewError(message)
    columns = [
        _column(mask(_label(name)), [row[place] for row in rows], keep, mask)
        for place, name in enumerate(names)
    ]
    return {"rowCount": len(rows), "columns": columns}


def _column(
    name: str, values: Sequence[object], keep: Keep, mask: Callable[[str], str]
) -> ColumnPayload:
    """Encode values; where one is of no supported type, those of such a type become texts."""
    values = [mask(value) if isinstance(value, str) else value for value in values]
    try:
        return column_from_values(name, supported_values(name, values), keep)
    except (TypeError, ValueError):
        shown = [_shown(name, value, mask) for value in values]
        return column_from_values(name, supported_values(name, shown), keep)


def _shown(name: str, value: object, mask: Callable[[str], str]) -> object:
    try:
        supported_values(name, [value])
        if isinstance(value, str):
            value.encode()
    except (TypeError, ValueError):
        return mask(_text(value))
    return value


def _text(value: object) -> str:
    if isinstance(value, (dict, list, tuple)):
        try:
            return json_text(value)
        except NoJsonError:
            pass
    return str(value).encode("utf-8", "backslashreplace").decode()
