"""The inputs and outputs that a cell declares."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from cahier.json_values import json_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cahier._wire import HandlePayload


class Handle(NamedTuple):
    """A handle; `schema` is its JSON Schema as it was written, `default` a JSON text or None."""

    name: str
    description: str
    schema: Any
    is_nullable: bool
    default: str | None
    is_additional: bool

    @property
    def media_type(self) -> str | None:
        """The content media type, such as "oomol/var"; None where there is none."""
        return self.schema.get("contentMediaType") if isinstance(self.schema, dict) else None

    @property
    def is_variable(self) -> bool:
        """Whether it passes the Python object itself."""
        return self.media_type == "oomol/var"

    @property
    def is_binary(self) -> bool:
        """Whether it passes bytes."""
        return self.media_type == "oomol/bin"

    @property
    def is_secret(self) -> bool:
        """Whether its value is hidden."""
        return self.media_type == "oomol/secret"

    def definition(self) -> dict[str, Any]:
        """Describe it as the OOCANA SDK does, by a copy; a default is under "value"."""
        definition = {
            "handle": self.name,
            "description": self.description or None,
            "json_schema": _copied(self.schema),
            "kind": None,
            "nullable": self.is_nullable,
            "is_additional": self.is_additional,
        }
        if self.default is not None:
            definition["value"] = json_value(self.default)
        return definition


class Handles(NamedTuple):
    """The inputs and the outputs of a cell, by their names."""

    inputs: dict[str, Handle]
    outputs: dict[str, Handle]


def handles_of(payloads: Iterable[HandlePayload]) -> dict[str, Handle]:
    """Read the handles by their names."""
    return {
        payload["name"]: Handle(
            payload["name"],
            payload["description"],
            json_value(payload["schema"]),
            payload["nullable"],
            payload["defaultValue"],
            payload["isAdditional"],
        )
        for payload in payloads
    }


def definitions_of(handles: Mapping[str, Handle]) -> Mapping[str, Any]:
    """Describe the handles by their names; nobody can change that, nor the handles by it."""
    return MappingProxyType({name: handle.definition() for name, handle in handles.items()})


def _copied(schema: object) -> object:
    """Copy the objects and lists of a schema, of any depth; a circle becomes the same circle."""
    copies: dict[int, dict[Any, Any] | list[Any]] = {}
    waiting: list[tuple[object, dict[Any, Any] | list[Any]]] = []

    def copy_of(value: object) -> object:
        if not isinstance(value, dict | list):
            return value
        if id(value) not in copies:
            copies[id(value)] = {} if isinstance(value, dict) else []
            waiting.append((value, copies[id(value)]))
        return copies[id(value)]

    copied = copy_of(schema)
    while waiting:
        source, copy = waiting.pop()
        if isinstance(source, dict) and isinstance(copy, dict):
            copy.update({key: copy_of(value) for key, value in source.items()})
        elif isinstance(source, list) and isinstance(copy, list):
            copy.extend(map(copy_of, source))
    return copied
