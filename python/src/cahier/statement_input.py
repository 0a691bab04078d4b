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
# The types of fields that a dataset has as JSON texts, and how such a text begins.
_NESTED: dict[str, tuple[type, str]] = {"object": (dict, "{"), "array": (list, "[")}

_REMEDY = "Connect a dataset, or a list of objects."
_JSON_NAMES: dict[type, str] = {
    type(None): "null",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    str: "a text",
    list: "a list",
    dict: "an object",
}


class StatementInput:
    """The rows of a dataset or of a JSON list of objects; no rows where nothing is connected."""

    def __init__(
        self, payload: DatasetInput | TextInput | None, fields: Sequence[Field] | None
    ) -> None:
        """Read a list of objects at once, and a dataset when its rows are asked for.

        `fields` are those of the input schema; None where any rows may come in.

        Raises:
            RuleError: it is no list of objects.
        """
        self._fields = fields
        self._nested = [
            (field.name, *_NESTED[field.type]) for field in fields or () if field.type in _NESTED
        ]
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
        """Give the rows in order; those of a dataset are made as they are asked for.

        Where the schema has an object or an array, the JSON text of one, which is what a dataset
        keeps, is the value again.
        """
        rows = rows_of_dataset(self._dataset) if self._dataset else iter(self._list)
        return map(self._with_nested, rows) if self._nested else rows

    def check(self) -> None:
        """Look at all rows, where there is a schema.

        Raises:
            RuleError: one does not fit the schema.
        """
        if self._fields is None:
            return
        rows, first = self.rows(), 1
        while some := list(islice(rows, _CHECKED_AT_ONCE)):
            problem = find_row_problem(some, self._fields, "input", first)
            if problem is not None:
                message = f"The input does not fit. {problem}"
                raise RuleError(message)
            first += len(some)

    def _with_nested(self, row: dict[str, Any]) -> dict[str, Any]:
        for name, kind, start in self._nested:
            text = row.get(name)
            if isinstance(text, str) and text.lstrip().startswith(start):
                value = _value_of(text)
                if isinstance(value, kind):
                    row[name] = value
        return row


def _value_of(text: str) -> object:
    """Give what is written as JSON; the text itself where it is none."""
    try:
        return json_value(text)
    except ValueError:
        return text


def _list_of(payload: TextInput) -> list[Any]:
    value = json_value(payload["text"])
    if not isinstance(value, list):
        message = f"The input is {_JSON_NAMES[type(value)]}, and no list of objects. {_REMEDY}"
        raise RuleError(message)
    for number, row in enumerate(value, 1):
        if not isinstance(row, dict):
            message = f"Item {number:,} of the input is {_JSON_NAMES[type(row)]}, and no object. "
            raise RuleError(message + _REMEDY)
    return value
