"""Sources that are too deep for Python are refused before it parses them, those that are not run.

In Pyodide the ones that are refused here would end the interpreter.
"""

from __future__ import annotations

import unittest
from typing import TYPE_CHECKING

from recording_host import outcome_of, run, run_request
from statements import failure_of, rows_of, run_statement

from cahier.imports import find_imports
from cahier.source_depth import MOST_LEVELS, find_too_deep
from cahier.statement_problems import source_problems

if TYPE_CHECKING:
    from collections.abc import Callable

_FAR = 20_000
# By what a source gets deeper, and how many levels each of them is.
_DEEP: dict[str, tuple[Callable[[int], str], int]] = {
    "sums": (lambda n: "1 + " * n + "1", 1),
    "signs": (lambda n: "-" * n + "1", 1),
    "powers": (lambda n: "a ** -" * n + "a", 2),
    "negations": (lambda n: "not " * n + "1", 1),
    "attributes": (lambda n: "a" + ".a" * n, 1),
    "methods": (lambda n: "a" + ".a()" * n, 2),
    "items": (lambda n: "a" + "[0]" * n, 1),
    "calls": (lambda n: "a" + "(-1)" * n, 1),
    "conditions": (lambda n: "1 if a and not b else " * n + "1", 1),
    "functions": (lambda n: "lambda: " * n + "1", 1),
    "defaults": (lambda n: "lambda a, b=" * n + "1" + ": 1" * n, 1),
    "comprehensions": (lambda n: "[a " + "for a in a " * n + "]", 1),
    "branches": (lambda n: "if a:\n a\n" + "elif a:\n a\n" * n, 1),
}


def sum_of(terms: int) -> str:
    """Write a sum as people do."""
    return " + ".join(f"a['x'].real * {number}" for number in range(terms))


class DeepSources(unittest.TestCase):
    def test_are_refused_with_the_line_and_the_remedy(self) -> None:
        for name, (make, _) in _DEEP.items():
            source = f"a = b = 1\nimport math\n{make(_FAR)}\n"
            with self.subTest(name):
                error = failure_of(run_statement(source))
                self.assertEqual((error["kind"], error["type"]), ("syntax", "SyntaxError"))
                place = MOST_LEVELS * 2 + 6 if name == "branches" else 3
                self.assertAlmostEqual(error["line"] or 0, place, delta=2)
                remedy = "in a dict" if name == "branches" else "several statements"
                self.assertIn("The source is nested too deeply here", error["message"])
                self.assertIn(remedy, error["message"])
                (problem,) = source_problems(source)
                self.assertEqual(
                    (problem["severity"], problem["message"], problem["line"]),
                    ("error", error["message"], error["line"]),
                )
                self.assertEqual(find_imports(source), [])

    def test_are_refused_in_cells_of_all_kinds(self) -> None:
        source = f"def main():\n    return {'1 + ' * _FAR}1\n"
        outcome = outcome_of(run(source))
        assert outcome["status"] == "failed"
        self.assertEqual((outcome["error"]["type"], outcome["error"]["line"]), ("SyntaxError", 2))
        from scriptlets import scriptlet  # noqa: PLC0415 - for this test alone

        outcome = outcome_of(run_request(scriptlet(source)))
        assert outcome["status"] == "failed"
        self.assertEqual((outcome["error"]["type"], outcome["error"]["line"]), ("SyntaxError", 2))

    def test_within_brackets_and_blocks_are_measured_together(self) -> None:
        part = MOST_LEVELS // 4
        chain = "if a:\n a\n" + "elif a:\n a\n" * part + " "
        inner = "[" * 100 + "1 + " * part + "(1)" + ".a" * part + "]" * 100
        self.assertIsNone(find_too_deep(f"{chain}{inner}"))
        self.assertIsNotNone(find_too_deep(f"{chain}{'-' * part}{inner}"))
        self.assertIsNotNone(find_too_deep(f"x = {inner}{' + 1' * part * 2}"))
        # The second element begins anew.
        self.assertIsNone(find_too_deep(f"x = [{inner}, {inner}, {inner}]\ny = {inner}"))

    def test_in_brackets_that_python_gives_up_on_itself_have_its_error(self) -> None:
        for source in ("(" * _FAR, "[" * _FAR + "]" * _FAR, "{1: f(" * _FAR):
            error = failure_of(run_statement(source))
            self.assertIn("nested", error["message"])
            self.assertEqual(error["line"], 1)

    def test_as_deep_as_may_be_are_compiled(self) -> None:
        for name, (make, levels) in _DEEP.items():
            source = make(MOST_LEVELS // levels - 10)
            with self.subTest(name):
                self.assertIsNone(find_too_deep(source))
                errors = [each for each in source_problems(source) if each["severity"] == "error"]
                self.assertEqual(errors, [])
                self.assertEqual(find_imports(f"import json\n{source}"), ["json"])
                compile(source, "cell", "exec")


class SensibleSources(unittest.TestCase):
    def test_are_compiled_however_long_they_are(self) -> None:
        numbers = ", ".join(map(str, range(-50_000, 50_000)))
        rows = ", ".join(["{'a': [-1.5, f'{a}'], 'b': x.y(not a)}"] * 2_000)
        sources = (
            f"a = {{'x': 1}}\nn = {sum_of(500)}",
            f"n = len([{numbers}])",
            f"def rows(a, x): return [{rows}]\nn = 1",
            "n = 1\n" + "if n - 1 == 0 and not n: n = -n\nelse: n = n + 0\n" * 2_000,
            "\n".join(f"def f{number}(a=-1): return lambda: a.b" for number in range(500))
            + "\nn = 1",
            "n = 1\nif n < 0: n = 0\n" + "elif n == 2: n = 1\n" * 300,
            f"n = 1 if {' or '.join(['n - 1 == 2'] * 1_000).replace('n', '1')} else 1",
            "n = len('a'" + ".replace('a', 'b')" * 250 + ")",
        )
        for source in sources:
            with self.subTest(source[:40]):
                rows_of(run_statement(f"{source}\nreturn [{{'n': n}}]"))

    def test_that_are_no_python_keep_the_error_of_python(self) -> None:
        deep = "1 + " * MOST_LEVELS + "11"
        for start in ("x = \ud800\n", "if x:\n  y = 1\n z = 2\n"):
            with self.subTest(start):
                self.assertNotIn("nested", failure_of(run_statement(start + deep))["message"])
