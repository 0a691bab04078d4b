"""The definition of an input or output as an object."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from oocana.schema import ContentMediaType, FieldSchema


@dataclass(frozen=True, kw_only=True, init=False)
class HandleDef:
    """What inputs and outputs have in common; fields are read as attributes or as keys.

    `HandleDef(handle="a", json_schema={"contentMediaType": "oomol/var"})`. More fields than there
    are may be given. A ValueError tells of a missing `handle`.
    """

    handle: str
    description: str | None = None
    json_schema: FieldSchema | None = None
    kind: str | None = None
    nullable: bool | None = None
    is_additional: bool | None = None

    def __init__(self, **fields: Any) -> None:  # noqa: ANN401 - a field can be anything
        """Take the fields; the schema may be a dict."""
        if "handle" not in fields:
            message = f"{type(self).__name__} needs the field handle"
            raise ValueError(message)
        schema = fields.get("json_schema")
        object.__setattr__(self, "_raw_schema", schema if isinstance(schema, dict) else None)
        if isinstance(schema, dict):
            fields["json_schema"] = FieldSchema.generate_schema(schema)
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - any field
        """Give a field, or else the default."""
        return getattr(self, key, default)

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - any field
        """Give a field; a KeyError where there is none."""
        if not hasattr(self, key):
            raise KeyError(key)
        return getattr(self, key)

    def __contains__(self, key: str) -> bool:
        """Whether there is such a field."""
        return hasattr(self, key)

    def check_handle_type(self, type: ContentMediaType) -> bool:  # noqa: A002 - the public name
        """Whether the schema has this content media type."""
        return self.json_schema is not None and self.json_schema.contentMediaType == type

    def json_schema_to_dict(self) -> dict[str, Any] | None:
        """Give the schema as it was written; None where there is none."""
        raw: dict[str, Any] | None = getattr(self, "_raw_schema", None)
        return raw or None

    def is_var_handle(self) -> bool:
        """Whether it passes the Python object itself."""
        return self.check_handle_type("oomol/var")

    def is_secret_handle(self) -> bool:
        """Whether its value is hidden."""
        return self.check_handle_type("oomol/secret")

    def is_bin_handle(self) -> bool:
        """Whether it passes bytes."""
        return self.check_handle_type("oomol/bin")

    def is_additional_handle(self) -> bool:
        """Whether it was added beside those of the block."""
        return self.is_additional is True


@dataclass(frozen=True, kw_only=True, init=False)
class InputHandleDef(HandleDef):
    """An input; `value` is its default."""

    value: Any = None

    def __init__(self, **fields: Any) -> None:  # noqa: ANN401 - a field can be anything
        """Take the fields."""
        super().__init__(**fields)
        object.__setattr__(self, "_has_value", "value" in fields)

    def is_serializable_var(self) -> bool:
        """Whether the engine reads it from its cache, which there is none of here."""
        return self.is_var_handle() and self.get("_deserialize_from_cache") is True

    def has_value(self) -> bool:
        """Whether it has a default, None too."""
        has: bool = getattr(self, "_has_value", False)
        return has


@dataclass(frozen=True, kw_only=True, init=False)
class OutputHandleDef(HandleDef):
    """An output."""

    def need_serialize_var_for_cache(self) -> bool:
        """Whether the engine keeps it in its cache, which there is none of here."""
        return self.is_var_handle() and self.get("_serialize_for_cache") is True
