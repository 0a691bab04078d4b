"""Values of any size are shown in bounded time and memory."""

import unittest
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

from cahier.bounded_text import bounded_text


class BoundedText(unittest.TestCase):
    def test_is_what_repr_gives_where_that_is_short(self) -> None:
        for value in (
            *([], (), {}, "", 0, None, True, 1.5, b"a"),
            [1, "a", (2,), (3, 4), {"b": [None], 5: ()}],
            OrderedDict(a=1),
            {1, 2},
        ):
            self.assertEqual(bounded_text(value, 200), repr(value))

    def test_ends_where_it_is_long_enough(self) -> None:
        endless: list[Any] = []
        endless.append(endless)
        doubled: Any = "a"
        for _ in range(200):
            doubled = [doubled, doubled]
        self.assertEqual(bounded_text([1] * 10**7, 10), "[1, 1, 1, …")
        self.assertEqual(bounded_text("x" * 10**8, 5), "'xxxx…")
        self.assertEqual(bounded_text({"a": {"b": "x" * 100}}, 12), "{'a': {'b': …")
        self.assertEqual(bounded_text(endless, 100), "[" * 21 + "…" + "]" * 21)
        self.assertEqual(len(bounded_text(doubled, 100)), 101)
        self.assertEqual(bounded_text(1 << 10**7, 100), "<int of 10,000,001 bits>")

    def test_does_not_ask_values_how_to_walk_through_them(self) -> None:
        class Endless(list[int]):
            def __iter__(self) -> Iterator[int]:
                while True:
                    yield 1

        class Broken:
            def __repr__(self) -> str:
                raise ValueError

        self.assertEqual(bounded_text(Endless([2]), 100), "[2]")
        self.assertEqual(bounded_text(Broken(), 100), "<Broken without a text>")
