"""Turns the inputs of a Scriptlet, as the page sends them, into the values of `params`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from cahier.json_values import json_value
from cahier.pickling import unpickled
from cahier.rules import RuleError
from cahier.variables import has_variable, keep_variables, variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cahier._wire import DatasetPayload, InputPayload, VariableInput, WithheldInput
    from cahier.handles import Handle
    from cahier.host import Buffer
    from cahier.secrets_mask import SecretsMask

_LONGEST_REASON = 1_000


def hide_secrets(payloads: Iterable[InputPayload | WithheldInput], mask: SecretsMask) -> None:
    """Hide the secrets among the inputs from here on."""
    for payload in payloads:
        if payload["kind"] == "secret":
            mask.add(payload["text"])


def hide_secret_inputs(
    inputs: Mapping[str, object], handles: Mapping[str, Handle], mask: SecretsMask
) -> None:
    """Hide the values of the inputs declared secret, which need not have come as secrets."""
    for name, handle in handles.items():
        if handle.is_secret and inputs[name] is not None:
            mask.add(inputs[name])


def read_inputs(
    payloads: Iterable[InputPayload], handles: Mapping[str, Handle], title: str
) -> dict[str, object]:
    """Give the value of each declared input, None for one without a value; `title` is the cell's.

    Raises:
        RuleError: a value cannot be read; the input and the cell are named.
    """
    given = {payload["handle"]: payload for payload in payloads}
    inputs: dict[str, object] = dict.fromkeys(handles)
    inputs.update({name: read_input(payload, title) for name, payload in given.items()})
    return inputs


def read_input(payload: InputPayload, title: str) -> object:
    """Give the value of one input.

    Raises:
        RuleError: it cannot be read.
    """
    name = payload["handle"]
    try:
        if payload["kind"] == "binary":
            return bytes(cast("bytes", payload["data"]))
        if payload["kind"] == "dataset":
            return _frame(payload["dataset"])
        if payload["kind"] == "variable":
            return _variable(payload, title)
        return payload["text"] if payload["kind"] == "secret" else json_value(payload["text"])
    except (ValueError, RecursionError, ImportError) as error:
        message = f'The input "{name}" of the cell "{title}" cannot be read: {error}'
        raise RuleError(message) from None


def _frame(dataset: DatasetPayload) -> object:
    from cahier.frame_reading import frame_from_dataset  # noqa: PLC0415 - it needs pandas

    return frame_from_dataset(dataset)


def _variable(payload: VariableInput, title: str) -> object:
    if has_variable(payload["key"]):
        return variable(payload["key"])
    where = f'The input "{payload["handle"]}" of the cell "{title}"'
    remedy = "Run the cell that puts it out again."
    if payload["data"] is None:
        message = f"{where} lived in Python's memory, and is gone with it. {remedy}"
        raise RuleError(message)
    try:
        value = unpickled(cast("Buffer", payload["data"]))
    except Exception as error:  # noqa: BLE001 - a pickle calls what it names
        reason = f"{type(error).__name__}: {error}"[:_LONGEST_REASON]
        message = f"{where} cannot be read from its pickle: {reason}. {remedy}"
        raise RuleError(message) from None
    # Whoever asks for it next gets the same object.
    keep_variables({payload["key"]: value})
    return value
