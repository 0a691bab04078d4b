"""Checks values of JSON against JSON Schemas (https://json-schema.org/draft/2020-12).

What comes into a cell is checked by the page, with a library, before its job. What a script hands
to `run_block(strict=True)` is in Python alone, and a script may not await the page. `jsonschema`
would have to be downloaded for it, with six packages that it needs, some of them compiled: a run
would wait for them, and fail without a network. So this checker stands beside that library, and
`tests/json-schema-cases.json` and `json-number-cases.json` hold both to the same verdicts.

Known are the keywords of validation, the combining ones, and `$ref` within the schema itself.
`format`, `unevaluatedItems`, `unevaluatedProperties` and all others say nothing about a value here,
and a `pattern` is one of Python's.
"""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

from cahier.json_values import any_integers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sized

_LONGEST_SHOWN = 80


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_multiple(value: Any, limit: Any) -> bool:  # noqa: ANN401 - numbers
    if isinstance(value, int) and isinstance(limit, int):
        return value % limit == 0
    return bool((value / limit) % 1 == 0)


_TYPES: dict[str, Callable[[Any], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "number": _is_number,
    "integer": lambda value: _is_number(value) and value % 1 == 0,
}
_NUMBER_LIMITS: dict[str, tuple[str, Callable[[Any, Any], Any]]] = {
    "minimum": ("at least", lambda value, limit: value >= limit),
    "maximum": ("at most", lambda value, limit: value <= limit),
    "exclusiveMinimum": ("more than", lambda value, limit: value > limit),
    "exclusiveMaximum": ("less than", lambda value, limit: value < limit),
    "multipleOf": ("a multiple of", _is_multiple),
}
_SIZE_LIMITS: dict[str, tuple[type[Sized], str]] = {
    "minLength": (str, "characters"),
    "maxLength": (str, "characters"),
    "minItems": (list, "items"),
    "maxItems": (list, "items"),
    "minProperties": (dict, "fields"),
    "maxProperties": (dict, "fields"),
}


def schema_problem(value: object, schema: object) -> str | None:
    """Say what in a value is not as its schema says, as "value.x is 1, and has to be a string".

    The value holds nothing but what `json.loads` gives. None where all is well.
    """
    try:
        return next(_Check(schema).problems(value, schema, "value"), None)
    except RecursionError:
        return "value is nested too deeply to be checked"
    except (TypeError, ValueError, AttributeError, KeyError, re.error, OverflowError) as error:
        return f"value cannot be checked, as the schema is broken: {type(error).__name__}: {error}"


class _Check:
    def __init__(self, root: object) -> None:
        self._root = root

    def problems(self, value: Any, schema: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - JSON
        if isinstance(schema, bool):
            if not schema:
                yield f"{path} may not be there"
            return
        if "$ref" in schema:
            yield from self.problems(value, self._referred(schema["$ref"]), path)
        yield from _own_problems(value, schema, path)
        yield from self._combined(value, schema, path)
        if isinstance(value, dict):
            yield from self._fields(value, schema, path)
        if isinstance(value, list):
            yield from self._items(value, schema, path)

    def _fits(self, value: object, schema: object) -> bool:
        return next(self.problems(value, schema, ""), None) is None

    def _combined(self, value: object, schema: dict[str, Any], path: str) -> Iterator[str]:
        for each in schema.get("allOf", []):
            yield from self.problems(value, each, path)
        for keyword, most in (("anyOf", sys.maxsize), ("oneOf", 1)):
            if keyword in schema:
                count = sum(self._fits(value, each) for each in schema[keyword])
                if not 1 <= count <= most:
                    wanted = "none" if count == 0 else f"{count} instead of one"
                    yield f"{path} is {_shown(value)}, which fits {wanted} of its {keyword}"
        if "not" in schema and self._fits(value, schema["not"]):
            yield f"{path} is {_shown(value)}, which it may not be"
        if "if" in schema:
            branch = "then" if self._fits(value, schema["if"]) else "else"
            yield from self.problems(value, schema.get(branch, True), path)

    def _fields(self, value: dict[str, Any], schema: dict[str, Any], path: str) -> Iterator[str]:
        needed = list(schema.get("required", []))
        for name, others in schema.get("dependentRequired", {}).items():
            needed += others if name in value else []
        for name in needed:
            if name not in value:
                yield f"{path} lacks the field {_shown(name)}"
        for name, each in schema.get("dependentSchemas", {}).items():
            if name in value:
                yield from self.problems(value, each, path)
        properties = schema.get("properties", {})
        patterns = schema.get("patternProperties", {})
        for name, item in value.items():
            inner = f"{path}.{name}"
            schemas = [properties[name]] if name in properties else []
            schemas += [each for pattern, each in patterns.items() if re.search(pattern, name)]
            for each in schemas or [schema.get("additionalProperties", True)]:
                yield from self.problems(item, each, inner)
            yield from self.problems(name, schema.get("propertyNames", True), inner)

    def _items(self, value: list[Any], schema: dict[str, Any], path: str) -> Iterator[str]:
        first = schema.get("prefixItems", [])
        for index, item in enumerate(value):
            each = first[index] if index < len(first) else schema.get("items", True)
            yield from self.problems(item, each, f"{path}[{index}]")
        if "contains" in schema:
            count = sum(self._fits(item, schema["contains"]) for item in value)
            if not schema.get("minContains", 1) <= count <= schema.get("maxContains", len(value)):
                yield f"{path} has {count} of the items that it has to contain"

    def _referred(self, reference: str) -> object:
        if not reference.startswith("#"):
            message = f"$ref {_shown(reference)} lies elsewhere"
            raise ValueError(message)
        from urllib.parse import unquote  # noqa: PLC0415 - few schemas have references

        found: Any = self._root
        for part in reference[1:].split("/")[1:]:
            key = unquote(part).replace("~1", "/").replace("~0", "~")
            found = found[int(key)] if isinstance(found, list) else found[key]
        return found


def _own_problems(value: Any, schema: dict[str, Any], path: str) -> Iterator[str]:  # noqa: ANN401, C901 - JSON; one for each keyword
    types = schema.get("type", [])
    names = [types] if isinstance(types, str) else types
    if names and not any(_TYPES[name](value) for name in names):
        yield f"{path} is {_shown(value)}, and has to be of the type {' or '.join(names)}"
    if "enum" in schema and not any(_is_same(value, each) for each in schema["enum"]):
        choices = ", ".join(map(_shown, schema["enum"]))
        yield f"{path} is {_shown(value)}, and has to be one of {choices}"
    if "const" in schema and not _is_same(value, schema["const"]):
        yield f"{path} is {_shown(value)}, and has to be {_shown(schema['const'])}"
    for keyword, (words, fits) in _NUMBER_LIMITS.items():
        if keyword in schema and _is_number(value) and not fits(value, schema[keyword]):
            yield f"{path} is {_shown(value)}, and has to be {words} {_shown(schema[keyword])}"
    for keyword, (kind, noun) in _SIZE_LIMITS.items():
        if keyword in schema and isinstance(value, kind):
            count, limit = len(value), schema[keyword]
            if count < limit if keyword.startswith("min") else count > limit:
                words = "at least" if keyword.startswith("min") else "at most"
                yield f"{path} has {count} {noun}, and has to have {words} {limit}"
    if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
        yield f"{path} is {_shown(value)}, and has to match {_shown(schema['pattern'])}"
    if schema.get("uniqueItems") and isinstance(value, list):
        with any_integers():
            texts = [json.dumps(_plain(item), sort_keys=True) for item in value]
        if len(set(texts)) < len(texts):
            yield f"{path} has items that are the same"


def _plain(value: object) -> object:
    """Write numbers that are equal in one way."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _is_same(value: object, other: object) -> bool:
    """Whether two values are equal in JSON, where true is not 1."""
    if isinstance(value, list) and isinstance(other, list):
        return len(value) == len(other) and all(map(_is_same, value, other))
    if isinstance(value, dict) and isinstance(other, dict):
        is_alike = value.keys() == other.keys()
        return is_alike and all(_is_same(value[key], other[key]) for key in value)
    return isinstance(value, bool) is isinstance(other, bool) and value == other


def _shown(value: object) -> str:
    with any_integers():
        text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
