"""What a Data Generator builds its output from: `ODDataset`, and `ImageType` once more."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeAlias

from onelogic.odpf.image_type import ImageType
from onelogic.odpf.rows import check_column_names, columns_from_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pandas import DataFrame

    from onelogic.odpf.values import Value

    Rows: TypeAlias = Sequence[Sequence[object]]

__all__ = ["ImageType", "ODDataset"]


class ODDataset:
    """A table: named columns, and rows with one value a column.

    `ODDataset(rows, columns)` takes a list of rows, each a list of values, and the names of the
    columns: unique, non-empty texts, one for every value of a row. The values are int, float, str,
    bool, datetime, date or missing (None, NaN, NaT). Rows are checked and copied here, so what
    becomes of the lists afterwards does not matter.

    `ODDataset(dataframe)` takes a pandas DataFrame. An index is left out unless it is named; a
    named one leads the columns. The frame is kept, not copied: it is read, and its values are
    checked, when the dataset is added to the output.

    Raises:
        TypeError: the data is neither of the two, the names are missing or not texts, or a value is
            of no supported type.
        ValueError: a row does not fit the columns, or a name is empty or there twice.
    """

    def __init__(self, data: Rows | DataFrame, columns: Sequence[str] | None = None) -> None:
        """Make a dataset of rows and the names of their columns, or of a pandas DataFrame."""
        self._content = _frame(data, columns) if is_data_frame(data) else _rows(data, columns)

    @property
    def content(self) -> DataFrame | dict[str, list[Value]]:
        """The DataFrame it was made of, or else the values of each column by its name."""
        return self._content


def is_data_frame(data: object) -> bool:
    """Whether this is a pandas DataFrame; pandas is not loaded to find out."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(data, pandas.DataFrame)


def _frame(data: DataFrame, columns: object) -> DataFrame:
    if columns is not None:
        message = (
            "ODDataset(dataframe) takes its column names from the DataFrame. "
            "Leave out the second argument, or rename first: dataframe.set_axis(names, axis=1)."
        )
        raise TypeError(message)
    return data


def _rows(data: object, columns: object) -> dict[str, list[Value]]:
    if not isinstance(data, (list, tuple)):
        message = (
            f"ODDataset takes a list of rows or a pandas DataFrame, not {type(data).__name__}. "
            "Pass rows as a list of lists with the column names, or make a DataFrame first."
        )
        raise TypeError(message)
    return columns_from_rows(data, check_column_names(columns))
