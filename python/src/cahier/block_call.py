"""The call of `context.run_block`, and the inputs that it fills."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cahier.handles import Handle
from cahier.json_schema import schema_problem
from cahier.json_values import NoJsonError, json_text, json_value
from cahier.output_values import BYTES_TYPES
from cahier.rules import RuleError
from cahier.scriptlet_inputs import read_input
from onelogic.odpf.values import type_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cahier._wire import BlockPayload, TextInput, WithheldInput
    from oocana.blocks import HandleDefDict

_WITHHELD = (
    'the secret input "{}" of the cell "{}" is kept from this script. A script is given the '
    "secrets of other cells only where it, or a Python file of the notebook or of its session, has "
    "the name run_block in it: call context.run_block by this name, or give the input a value in "
    "the call"
)


class BlockCall(NamedTuple):
    """The block to run, the inputs it is given, the inputs and outputs it has in addition."""

    name: str
    inputs: Mapping[str, object]
    additional: tuple[list[HandleDefDict], list[HandleDefDict]]
    is_strict: bool

    def add_handles(self, handles: tuple[dict[str, Handle], dict[str, Handle]]) -> None:
        """Add the additional inputs and outputs to those that the block declares."""
        for known, added in zip(handles, self.additional, strict=True):
            known.update({each["handle"]: _additional(each) for each in added})

    def fill_inputs(self, handles: Mapping[str, Handle], block: BlockPayload) -> dict[str, Any]:
        """Give all inputs: what is not given is what is set on the cell, the default, or None.

        Raises:
            RuleError: one is left, or cannot be read.
        """
        title = block["title"]
        values: dict[str, Any] = dict(self.inputs)
        set_values = {each["handle"]: each for each in block["values"]}
        for name, handle in handles.items():
            if name not in values:
                values[name] = _value_of(name, handle, set_values, title)
        return values

    def check_inputs(
        self, values: Mapping[str, object], handles: Mapping[str, Handle], title: str
    ) -> None:
        """Check the inputs of a strict call by their schemas; `title` is that of the block.

        Raises:
            RuleError: one does not fit.
        """
        for name, handle in handles.items() if self.is_strict else ():
            problem = _problem_of(values[name], handle)
            if problem is not None:
                message = f'the input "{name}" of the cell "{title}" does not fit: {problem}'
                raise RuleError(message)


def _value_of(
    name: str, handle: Handle, set_values: Mapping[str, TextInput | WithheldInput], title: str
) -> object:
    if name in set_values:
        payload = set_values[name]
        if payload["kind"] == "withheld":
            raise RuleError(_WITHHELD.format(name, title))
        return read_input(payload, title)
    if handle.default is not None:
        return json_value(handle.default)
    if handle.is_nullable:
        return None
    message = f'the input "{name}" of the cell "{title}" has no value'
    raise RuleError(message)


def _problem_of(value: object, handle: Handle) -> str | None:
    """Say what is wrong with a value for an input; objects of variables are as they are."""
    if (value is None and handle.is_nullable) or handle.is_variable:
        return None
    if handle.is_binary:
        is_binary = isinstance(value, BYTES_TYPES)
        return None if is_binary else f"it takes bytes, not {type_name(type(value))}"
    try:
        plain = json_value(json_text(value))
    except NoJsonError as error:
        return str(error)
    return schema_problem(plain, handle.schema)


def _additional(definition: HandleDefDict) -> Handle:
    return Handle(
        definition["handle"],
        definition.get("description") or "",
        definition.get("json_schema") or {},
        bool(definition.get("nullable")),
        None,
        is_additional=True,
    )
