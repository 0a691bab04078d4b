"""Turns what a Scriptlet puts out through its handles into the values of its outcome."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cahier.datasets import dataset_payload
from cahier.event_texts import LONGEST_ENTRY, described, shortened, summary_of
from cahier.hiding import Hiding, hide_in_json
from cahier.json_values import NoJsonError, json_text
from cahier.pickling import pickled
from cahier.secrets_mask import MASKED
from cahier.variables import keep_variables
from onelogic.odpf.common import is_data_frame
from onelogic.odpf.values import type_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cahier._wire import DatasetPayload, OutputPayload, OutputValue, VariableValue
    from cahier.handles import Handle
    from cahier.host import Host
    from cahier.log import Log

_BASIC_TYPES = (int, float, str, bool, type(None))
BYTES_TYPES = (bytes, bytearray, memoryview)


class OutputPlace(NamedTuple):
    """Whose outputs they are: the ids of session and job, and the session's folder."""

    session_id: str
    job_id: str
    session_folder: str


class _Variable(NamedTuple):
    """An object that is passed itself."""

    value: object


class OutputValues:
    """Collects the outputs of one job; the last value of a handle wins.

    Values are copied at the call, later changes do not matter. A variable is the object itself, and
    pickled at the end. A secret stays one only in a secret handle: in JSON and tables it is hidden.
    """

    def __init__(self, place: OutputPlace, host: Host, log: Log) -> None:
        """Keep bytes through the host."""
        self._place = place
        self._host = host
        self._log = log
        self._mask = log.mask
        self._outputs: dict[str, OutputValue | _Variable] = {}

    def put(self, handle: Handle, value: object) -> object:
        """Take a value, and give what the log shows of it.

        Raises:
            TypeError, ValueError: the handle cannot pass this; both are named.
            OSError: the file of a binary value cannot be written.
        """
        payload, shown = self._payload(handle, value)
        self._outputs.pop(handle.name, None)
        self._outputs[handle.name] = payload
        return shown

    def finish(self, cell_modules: Iterable[str]) -> list[OutputPayload]:
        """Pickle the variables, and give all outputs in the order in which they came."""
        modules = list(cell_modules)
        return [
            {
                "handle": handle,
                "value": self._pickled(handle, output.value, modules)
                if isinstance(output, _Variable)
                else output,
            }
            for handle, output in self._outputs.items()
        ]

    def keep(self) -> None:
        """Let the variables outlive the job."""
        keep_variables(
            {
                self._key(handle): output.value
                for handle, output in self._outputs.items()
                if isinstance(output, _Variable)
            }
        )

    def _key(self, handle: str) -> str:
        return f"{self._place.job_id}/{handle}"

    def _pickled(self, handle: str, value: object, modules: list[str]) -> VariableValue:
        data, reason = pickled(value, self._host, modules)
        return {
            "kind": "variable",
            "key": self._key(handle),
            "typeName": type_name(type(value)),
            "summary": summary_of(value, self._mask),
            "data": data,
            "reason": None if reason is None else self._mask(reason),
        }

    def _payload(self, handle: Handle, value: object) -> tuple[OutputValue | _Variable, object]:
        if handle.is_variable and not isinstance(value, _BASIC_TYPES):
            return _Variable(value), described(value)
        if handle.is_binary and isinstance(value, BYTES_TYPES):
            content = memoryview(value)
            content = content.cast("B") if content.c_contiguous else memoryview(bytes(content))
            path = self._write(handle.name, content)
            return {"kind": "binary", "data": self._host.keep(content)}, path
        if handle.is_secret and value is not None:
            return self._secret(handle, value), MASKED
        if is_data_frame(value):
            return {"kind": "dataset", "dataset": self._dataset(handle, value)}, described(value)
        return self._json(handle, value)

    def _dataset(self, handle: Handle, value: object) -> DatasetPayload:
        mask = Hiding(self._mask)
        try:
            payload = dataset_payload(value, self._host.keep, None if self._mask.is_empty else mask)
        except (TypeError, ValueError) as error:
            message = f'The output "{handle.name}" cannot be passed as a table: {error}'
            kind = TypeError if isinstance(error, TypeError) else ValueError
            raise kind(message) from None
        if mask.has_hidden:
            self._warn_of_secret(handle)
        return payload

    def _secret(self, handle: Handle, value: object) -> OutputValue:
        if not isinstance(value, str):
            message = (
                f'The output "{handle.name}" is a secret, which is a text, and this is of type '
                f"{type_name(type(value))}. Convert it with str(...) or json.dumps(...)."
            )
            raise TypeError(message)
        self._mask.add(value)
        return {"kind": "secret", "text": value}

    def _json(self, handle: Handle, value: object) -> tuple[OutputValue, object]:
        try:
            text = json_text(value)
        except NoJsonError as error:
            message = f'The output "{handle.name}" cannot be passed as JSON: {error}.'
            raise TypeError(message) from None
        hidden = hide_in_json(text, self._mask)
        if hidden != text:
            self._warn_of_secret(handle)
        shown = value if len(text) <= LONGEST_ENTRY else shortened(self._mask(text))
        return {"kind": "json", "text": hidden}, shown

    def _warn_of_secret(self, handle: Handle) -> None:
        self._log.warn(
            f'The output "{handle.name}" held a secret, and {MASKED} stands in its place. Give the '
            "handle the type Secret, and put out nothing else through it, to hand the secret on."
        )

    def _write(self, handle: str, content: memoryview) -> str:
        place = self._place
        path = Path(place.session_folder, "binary", place.session_id, place.job_id, handle)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return os.fspath(path)
