"""What JSON Schema allows, and how it is told what it does not."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any

from cahier.json_schema import schema_problem
from cahier.json_values import any_integers

# The checker of the page is held to the same.
SHARED = json.loads(Path(__file__).with_name("json-schema-cases.json").read_text("utf-8"))
# Values as texts: NaN and Infinity stand in JSON as Python writes it alone.
NUMBERS = json.loads(Path(__file__).with_name("json-number-cases.json").read_text("utf-8"))

_PAIR = {"prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False}
_TREE = {
    "$defs": {"tree": {"type": "array", "items": {"$ref": "#/$defs/tree"}}},
    "$ref": "#/$defs/tree",
}

FITTING: list[tuple[Any, Any]] = [
    ({}, object),
    (True, 1),
    ({"type": "integer"}, 2.0),
    ({"type": "integer"}, 10**400),
    ({"type": ["string", "null"]}, None),
    ({"enum": [1, "a"]}, 1.0),
    ({"const": {"a": [1]}}, {"a": [1]}),
    ({"multipleOf": 0.5}, 1.5),
    ({"minimum": 1, "minLength": 3}, "abc"),
    ({"pattern": "^a"}, 5),
    ({"properties": {"a": {"type": "number"}}, "additionalProperties": False}, {"a": 1}),
    ({"patternProperties": {"^x": {"type": "number"}}}, {"x1": 1, "y": "a"}),
    (_PAIR, ["a", 1]),
    ({"contains": {"const": 3}}, [1, 3]),
    ({"if": {"type": "string"}, "then": {"minLength": 2}, "else": {"minimum": 5}}, 6),
    ({"anyOf": [{"type": "string"}, {"minimum": 3}]}, 4),
    (_TREE, [[], [[]]]),
    ({"format": "email", "unheard": 1}, "no address"),
]

UNFITTING: list[tuple[Any, Any, str]] = [
    (False, 1, "value may not be there"),
    ({"type": "integer"}, True, "value is true, and has to be of the type integer"),
    ({"type": "integer"}, float("nan"), "value is NaN, and has to be of the type integer"),
    ({"type": "number"}, "1", 'value is "1", and has to be of the type number'),
    ({"type": ["string", "null"]}, [], "value is [], and has to be of the type string or null"),
    ({"enum": [1, "a"]}, True, 'value is true, and has to be one of 1, "a"'),
    ({"const": None}, 0, "value is 0, and has to be null"),
    ({"minimum": 3}, 2, "value is 2, and has to be at least 3"),
    ({"exclusiveMaximum": 3}, 3, "value is 3, and has to be less than 3"),
    ({"multipleOf": 2}, 3, "value is 3, and has to be a multiple of 2"),
    ({"maxLength": 2}, "abc", "value has 3 characters, and has to have at most 2"),
    ({"minItems": 1}, [], "value has 0 items, and has to have at least 1"),
    ({"pattern": "^a"}, "b", 'value is "b", and has to match "^a"'),
    ({"uniqueItems": True}, [1, 2, 1], "value has items that are the same"),
    ({"required": ["a"]}, {}, 'value lacks the field "a"'),
    ({"dependentRequired": {"a": ["b"]}}, {"a": 1}, 'value lacks the field "b"'),
    ({"additionalProperties": False}, {"a": 1}, "value.a may not be there"),
    (
        {"properties": {"a": {"items": {"type": "string"}}}},
        {"a": ["x", 1]},
        "value.a[1] is 1, and has to be of the type string",
    ),
    (_PAIR, ["a", 1, 2], "value[2] may not be there"),
    ({"contains": {"const": 3}}, [1], "value has 0 of the items that it has to contain"),
    ({"anyOf": [{"type": "string"}]}, 1, "value is 1, which fits none of its anyOf"),
    ({"oneOf": [{}, {}]}, 1, "value is 1, which fits 2 instead of one of its oneOf"),
    ({"not": {}}, 1, "value is 1, which it may not be"),
    (_TREE, [[1]], "value[0][0] is 1, and has to be of the type array"),
    (
        {"type": "numbr"},
        1,
        "value cannot be checked, as the schema is broken: KeyError: 'numbr'",
    ),
    (
        {"$ref": "http://x.y"},
        1,
        (
            "value cannot be checked, as the schema is broken: "
            'ValueError: $ref "http://x.y" lies elsewhere'
        ),
    ),
    ({"$ref": "#"}, 1, "value is nested too deeply to be checked"),
]


class Schemas(unittest.TestCase):
    def test_allow_what_fits(self) -> None:
        for schema, value in FITTING:
            with self.subTest(schema=schema):
                self.assertIsNone(schema_problem(value, schema))

    def test_name_the_place_the_value_and_what_it_has_to_be(self) -> None:
        for schema, value, problem in UNFITTING:
            with self.subTest(schema=schema):
                self.assertEqual(schema_problem(value, schema), problem)

    def test_are_read_as_the_page_reads_them(self) -> None:
        for case in SHARED:
            values = [*case["fits"], *case["unfit"]]
            problems = [schema_problem(value, case["schema"]) for value in values]
            with self.subTest(case["what"]):
                self.assertNotIn("broken", str(problems))
                self.assertEqual(
                    list(zip(values, [problem is None for problem in problems], strict=True)),
                    [(value, True) for value in case["fits"]]
                    + [(value, False) for value in case["unfit"]],
                )

    def test_are_read_as_the_page_reads_them_where_numbers_are_none_of_json(self) -> None:
        for case in NUMBERS:
            texts = [*case["fits"], *case["unfit"]]
            with self.subTest(case["what"]), any_integers():
                values = [json.loads(text.replace("LONG", "9" * 400)) for text in texts]
                problems = [schema_problem(value, case["schema"]) for value in values]
                self.assertNotIn("broken", str(problems))
                self.assertEqual(
                    list(zip(texts, [problem is None for problem in problems], strict=True)),
                    [(text, True) for text in case["fits"]]
                    + [(text, False) for text in case["unfit"]],
                )
