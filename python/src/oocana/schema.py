"""JSON Schemas of handles, as far as the SDK looks into them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

OomolType: TypeAlias = Literal["oomol/var", "oomol/secret", "oomol/bin"]
ContentMediaType: TypeAlias = Literal["oomol/bin", "oomol/secret", "oomol/var"]

_PRIMITIVES = ("string", "number", "boolean")


@dataclass(frozen=True, kw_only=True, init=False)
class FieldSchema:
    """A JSON Schema; its keywords are attributes."""

    contentMediaType: ContentMediaType | None = None  # noqa: N815 - as JSON Schema has it

    def __init__(self, **keywords: Any) -> None:  # noqa: ANN401 - a keyword can be anything
        """Take the keywords of the schema."""
        for name, value in keywords.items():
            object.__setattr__(self, name, value)

    @staticmethod
    def generate_schema(schema: dict[str, Any]) -> FieldSchema:
        """Make the kind of schema that the keywords describe."""
        return _class_for(schema)(**schema)


@dataclass(frozen=True, kw_only=True, init=False)
class PrimitiveFieldSchema(FieldSchema):
    """A text, a number or a truth value."""

    type: Literal["string", "number", "boolean"] = "string"


@dataclass(frozen=True, kw_only=True, init=False)
class VarFieldSchema(FieldSchema):
    """A Python object."""

    contentMediaType: ContentMediaType | None = "oomol/var"  # noqa: N815 - as above


@dataclass(frozen=True, kw_only=True, init=False)
class SecretFieldSchema(FieldSchema):
    """A text that is hidden wherever it would be shown."""

    type: Literal["string"] = "string"
    contentMediaType: ContentMediaType | None = "oomol/secret"  # noqa: N815 - as above


@dataclass(frozen=True, kw_only=True, init=False)
class ArrayFieldSchema(FieldSchema):
    """A list; `items` is the schema of its members."""

    type: Literal["array"] = "array"
    items: FieldSchema | None = None

    def __init__(self, **keywords: Any) -> None:  # noqa: ANN401 - as above
        """Take the keywords of the schema; `items` may be a dict."""
        super().__init__(**keywords)
        if isinstance(self.items, dict):
            object.__setattr__(self, "items", FieldSchema.generate_schema(self.items))


@dataclass(frozen=True, kw_only=True, init=False)
class ObjectFieldSchema(FieldSchema):
    """An object; `properties` are the schemas of its fields."""

    type: Literal["object"] = "object"
    properties: dict[str, FieldSchema] | None = None

    def __init__(self, **keywords: Any) -> None:  # noqa: ANN401 - as above
        """Take the keywords of the schema; those of its fields may be dicts."""
        super().__init__(**keywords)
        if self.properties is not None:
            made = {
                name: FieldSchema.generate_schema(field) if isinstance(field, dict) else field
                for name, field in self.properties.items()
            }
            object.__setattr__(self, "properties", made)


def is_array_dict(schema: dict[str, Any]) -> bool:
    """Whether the schema is of a list."""
    return schema.get("type") == "array"


def is_object_dict(schema: dict[str, Any]) -> bool:
    """Whether the schema is of an object."""
    return schema.get("type") == "object"


def is_var_dict(schema: dict[str, Any]) -> bool:
    """Whether the schema is of a Python object."""
    return schema.get("contentMediaType") == "oomol/var"


def is_primitive_dict(schema: dict[str, Any]) -> bool:
    """Whether the schema is of a text, a number or a truth value."""
    return schema.get("type") in _PRIMITIVES and schema.get("contentMediaType") is None


def is_secret_dict(schema: dict[str, Any]) -> bool:
    """Whether the schema is of a secret."""
    return schema.get("contentMediaType") == "oomol/secret" and schema.get("type") == "string"


def _class_for(schema: dict[str, Any]) -> type[FieldSchema]:
    for fits, kind in (
        (is_var_dict, VarFieldSchema),
        (is_secret_dict, SecretFieldSchema),
        (is_primitive_dict, PrimitiveFieldSchema),
        (is_array_dict, ArrayFieldSchema),
        (is_object_dict, ObjectFieldSchema),
    ):
        if fits(schema):
            return kind
    return FieldSchema
