"""Depths of values and of JSON texts."""

from __future__ import annotations

import unittest
from collections import deque
from random import Random
from typing import TYPE_CHECKING, Any

from cahier.nesting import is_graph_deeper, is_nested_deeper, is_text_deeper

if TYPE_CHECKING:
    from collections.abc import Callable


def nested(levels: int) -> object:
    """Make lists in each other."""
    value: object = 1
    for _ in range(levels):
        value = [value]
    return value


def _longest_walk(root: dict[str, object]) -> int:
    """Count the levels that a walk through all, each once, goes down."""
    seen: set[int] = set()

    def walk(node: dict[str, object]) -> int:
        seen.add(id(node))
        depth = 0
        for each in node.values():
            if isinstance(each, dict) and id(each) not in seen and each:
                depth = max(depth, walk(each))
        return depth + 1

    return walk(root) if root else 0


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

    def test_of_graphs_goes_through_all_that_pickle_does(self) -> None:
        class Slots:
            __slots__ = ("part",)

            def __init__(self, part: object) -> None:
                self.part = part

        class Plain:
            def __init__(self, part: object) -> None:
                self.part = part

        makers: list[Callable[[object], object]] = [Slots, Plain, lambda part: {1: part}]
        makers += [lambda part: (part, 1), lambda part: deque([part])]
        makers += [lambda part: frozenset([part])]
        for make in makers:
            value: object = Plain(1)
            for _ in range(20):
                value = make(value)
            self.assertTrue(is_graph_deeper(value, 19))
            self.assertFalse(is_graph_deeper(value, 50))

    def test_of_graphs_is_told_alike_where_objects_are_met_again(self) -> None:
        random = Random(1)  # noqa: S311 - a test
        for _ in range(300):
            count = random.randrange(2, 40)
            nodes: list[dict[str, object]] = [{} for _ in range(count)]
            for number, node in enumerate(nodes):
                targets = random.sample(range(count), k=random.randrange(0, 3))
                # Few of them lead back, so that there are long ways and short ones.
                ahead = [each for each in targets if each > number or random.random() < 0.1]
                node.update((str(each), nodes[each]) for each in ahead)
            depth = _longest_walk(nodes[0])
            self.assertFalse(is_graph_deeper(nodes[0], depth), nodes)
            self.assertTrue(depth < 2 or is_graph_deeper(nodes[0], depth - 1), nodes)

    def test_of_graphs_counts_what_is_met_once(self) -> None:
        nodes: list[dict[str, object]] = [{} for _ in range(1_000)]
        for number in range(999):
            nodes[number]["next"] = nodes[number + 1]
        self.assertTrue(is_graph_deeper(nodes, 500))
        self.assertFalse(is_graph_deeper(list(reversed(nodes)), 500))
