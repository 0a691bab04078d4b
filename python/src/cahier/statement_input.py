"""The rows that come into a Statement."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from cahier.json_values import json_value
from cahier.row_reading import rows_of_dataset
from cahier.row_schema import find_row_problem
from cahier.rules import RuleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cahier._wire import DatasetInput, DatasetPayload, TextInput
    from cahier.row_schema import Field

_CHECKED_AT_ONCE = 10_000


class StatementInput:
    """The rows of a dataset or of a JSON list of objects; no rows where nothing is connected."""

    def __init__(self, payload: DatasetInput | TextInput | None) -> None:
        """Read a list of objects at once, and a dataset when its rows are asked for.

        Raises:
            RuleError: it is no list of objects.
        """
        self._is_connected = payload is not None
        self._dataset: DatasetPayload | None = None
        self._list: list[Any] = []
        if payload is not None and payload["kind"] == "dataset":
            self._dataset = payload["dataset"]
        elif payload is not None:
            self._list = _list_of(payload)

    @property
    def is_connected(self) -> bool:
        """Whether there is an input, be it without rows."""
        return self._is_connected

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._dataset["rowCount"] if self._dataset else len(self._list)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Give the rows in order; those of a dataset are made as they are asked for."""
        return rows_of_dataset(self._dataset) if self._dataset else iter(self._list)

    def check(self, fields: Sequence[Field]) -> None:
        """Look at all rows.

        Raises:
            RuleError: one does not fit the schema.
        """
        rows, first = self.rows(), 1
        while some := list(islice(rows, _CHECKED_AT_ONCE)):
            problem = find_row_problem(some, fields, "input", first)
            if problem is not None:
                message = f"The input does not fit. {problem}"
                raise RuleError(message)
            first += len(some)


def _list_of(payload: TextInput) -> list[Any]:
    value = json_value(payload["text"])
    if isinstance(value, list) and all(isinstance(row, dict) for row in value):
        return value
    message = "The input is no list of objects. Connect a dataset, or a list of objects."
    raise RuleError(message)
