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

    from cahier._wire import (
        DatasetPayload,
        OutputPayload,
        OutputValue,
        TargetPayload,
        VariableValue,
    )
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


class _Output(NamedTuple):
    """What was put out through a handle; without targets, for all that no other one is for."""

    handle: str
    key: str
    payload: OutputValue | _Variable
    targets: list[TargetPayload] | None


class OutputValues:
    """Collects the outputs of one job; each target gets the last value that reached it.

    Values are copied at the call, later changes do not matter. A variable is the object itself, and
    pickled at the end. A secret stays one only in a secret handle: in JSON and tables it is hidden.
    """

    def __init__(self, place: OutputPlace, host: Host, log: Log) -> None:
        """Keep bytes through the host."""
        self._place = place
        self._host = host
        self._log = log
        self._mask = log.mask
        self._outputs: list[_Output] = []
        self._put_count = 0

    def put(
        self, handle: Handle, value: object, targets: list[TargetPayload] | None = None
    ) -> object:
        """Take a value for these targets, or for all, and give what the log shows of it.

        Raises:
            TypeError, ValueError: the handle cannot pass this; both are named.
            OSError: the file of a binary value cannot be written.
        """
        payload, shown = self._payload(handle, value)
        self._put_count += 1
        # Of those that have no targets there is one for each handle.
        number = "" if targets is None else f":{self._put_count}"
        key = f"{self._place.job_id}{number}/{handle.name}"
        others = [_left_of(output, handle.name, targets) for output in self._outputs]
        self._outputs = [output for output in others if output is not None]
        self._outputs.append(_Output(handle.name, key, payload, targets))
        return shown

    def finish(self, cell_modules: Iterable[str]) -> list[OutputPayload]:
        """Pickle the variables, and give all outputs in the order in which they came."""
        modules = list(cell_modules)
        return [self._finished(output, modules) for output in self._outputs]

    def keep(self) -> None:
        """Let the variables outlive the job."""
        keep_variables(
            {
                output.key: output.payload.value
                for output in self._outputs
                if isinstance(output.payload, _Variable)
            }
        )

    def _finished(self, output: _Output, modules: list[str]) -> OutputPayload:
        handle, key, payload, targets = output
        value = (
            self._pickled(key, payload.value, modules)
            if isinstance(payload, _Variable)
            else payload
        )
        if targets is None:
            return {"handle": handle, "value": value}
        return {"handle": handle, "value": value, "targets": targets}

    def _pickled(self, key: str, value: object, modules: list[str]) -> VariableValue:
        data, reason = pickled(value, self._host, modules)
        return {
            "kind": "variable",
            "key": key,
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
        mask = Hiding(self._mask.of_values)
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
        hidden = hide_in_json(text, self._mask.of_values)
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


def _left_of(output: _Output, handle: str, targets: list[TargetPayload] | None) -> _Output | None:
    """Give what remains of an output beside a newer one for these targets; None for nothing."""
    if output.handle != handle:
        return output
    if targets is None:
        return None
    if output.targets is None:
        return output
    rest = [target for target in output.targets if target not in targets]
    return output._replace(targets=rest) if rest else None
