"""Depths of values and of JSON texts."""

import unittest
from typing import Any

from cahier.nesting import is_graph_deeper, is_nested_deeper, is_text_deeper


def nested(levels: int) -> object:
    """Make lists in each other."""
    value: object = 1
    for _ in range(levels):
        value = [value]
    return value


class Nesting(unittest.TestCase):
    def test_of_values_is_exact(self) -> None:
        for levels in (0, 1, 5):
            self.assertFalse(is_nested_deeper(nested(levels), levels))
            self.assertTrue(is_nested_deeper(nested(levels + 1), levels))
        self.assertTrue(is_nested_deeper({"a": ({"b": 1},)}, 2))

    def test_of_cycles_has_no_end_and_is_found(self) -> None:
        value: list[Any] = []
        value += [value, value, {"a": value}]
        self.assertTrue(is_nested_deeper(value, 900))

    def test_of_texts_is_exact(self) -> None:
        for levels in (1, 5, 50):
            text = "[" * levels + '{"[[[[[[": "]]"}' + "]" * levels
            self.assertFalse(is_text_deeper(text, levels + 1))
            self.assertTrue(is_text_deeper(text, levels))
        self.assertFalse(is_text_deeper("[" + ", ".join(['"[[\\"{{"'] * 100) + "]", 1))
        self.assertFalse(is_text_deeper("[" + ", ".join(["[{}]"] * 100) + "]", 3))

    def test_of_graphs_counts_what_is_met_once(self) -> None:
        nodes: list[dict[str, object]] = [{} for _ in range(1_000)]
        for number in range(999):
            nodes[number]["next"] = nodes[number + 1]
        self.assertTrue(is_graph_deeper(nodes, 500))
        self.assertFalse(is_graph_deeper(list(reversed(nodes)), 500))
