"""Manual TI: gives columns of a Data Generator's datasets the types that a person asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cahier.columns import column_from_values
from cahier.manual_values import BASES, Misfit, fitted, shown
from cahier.texts import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pandas import Series

    from cahier._wire import ColumnPayload, DatasetPayload, ManualType
    from cahier.hiding import TextMask
    from cahier.host import Keep
    from cahier.manual_values import Given
    from onelogic.odpf.values import Value

_LONGEST_LIST = 400


class ManualTypes:
    """What the configuration asks for; warns where a column has to be something else."""

    def __init__(self, rows: Iterable[ManualType], warn: Callable[[str], None]) -> None:
        """Take the rows of the configuration, no two of the same column."""
        self._rows = {row["column"]: row for row in rows}
        self._warn = warn

    def find(self, column: str) -> ManualType | None:
        """Give what is asked for a column of this name."""
        return self._rows.get(column)

    def encoder(self, key: str, keep: Keep) -> TypedColumns | None:
        """Give what encodes the columns of the dataset of this key; None where nothing is asked."""
        return TypedColumns(self, key, keep) if self._rows else None

    def tell(self, column: str, key: str, given: Given, misfit: Misfit | None) -> None:
        """Warn where a column of the dataset `key` is not what was asked for."""
        asked = self._rows[column]["representation"]
        if misfit is None or (asked == "numeric" and given != "string"):
            return
        self._warn(
            f'Manual TI: column "{column}" of "{key}" is {given} instead of {asked}, as row '
            f"{misfit.row:,} holds {shown(misfit.value)}."
        )

    def warn_of_absent(self, datasets: Iterable[DatasetPayload]) -> None:
        """Warn of columns that none of the datasets has."""
        columns = (column for dataset in datasets for column in dataset["columns"])
        names = dict.fromkeys(column["name"] for column in columns)
        there = ", ".join(f'"{name}"' for name in names)
        for name in self._rows:
            if name not in names:
                known = f"There are: {cut(there, _LONGEST_LIST)}." if there else "There are none."
                self._warn(f'Manual TI: no dataset has a column "{name}". {known}')


class TypedColumns:
    """Encodes the columns of one dataset, those that are asked for in their types."""

    def __init__(self, types: ManualTypes, key: str, keep: Keep) -> None:
        """Encode columns of the dataset `key`."""
        self._types = types
        self._key = key
        self._keep = keep

    def from_values(self, name: str, values: list[Value]) -> ColumnPayload:
        """Encode a column of supported values."""
        row = self._types.find(name)
        if row is None:
            return column_from_values(name, values, self._keep)
        converted, given, misfit = fitted(values, row["representation"])
        column = column_from_values(name, converted, self._keep, BASES[given])
        return self._told(row, column, given, misfit)

    def from_series(self, name: str, series: Series, mask: TextMask | None) -> ColumnPayload:
        """Encode a column of a DataFrame; a mask hides secrets in texts."""
        from cahier.frame_columns import column_from_series  # noqa: PLC0415 - it needs pandas
        from cahier.manual_series import fitted_series  # noqa: PLC0415 - it needs pandas

        row = self._types.find(name)
        if row is None:
            return column_from_series(name, series, self._keep, mask)
        asked = row["representation"]
        return self._told(row, *fitted_series(name, series, self._keep, asked, mask))

    def _told(
        self, row: ManualType, column: ColumnPayload, given: Given, misfit: Misfit | None
    ) -> ColumnPayload:
        self._types.tell(row["column"], self._key, given, misfit)
        column["scale"] = row["scale"]
        return column
