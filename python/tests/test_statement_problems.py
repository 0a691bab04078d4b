"""What the editor is told of a Statement is what its run would say."""

from __future__ import annotations

import unittest

from cahier.statement_problems import source_problems


def places_of(source: str) -> list[tuple[str, int, int, int, int]]:
    """Give the severity and the place of each problem."""
    return [
        (each["severity"], each["line"], each["column"], each["endLine"], each["endColumn"])
        for each in source_problems(source)
    ]


class Problems(unittest.TestCase):
    def test_are_none_of_a_good_statement(self) -> None:
        self.assertEqual(source_problems("await sleep(1)\nreturn [{'n': 1}]"), [])

    def test_have_their_place_also_behind_letters_of_many_bytes(self) -> None:
        self.assertEqual(places_of("x = '😀ä'; import os\nreturn []"), [("error", 1, 19, 1, 21)])

    def test_of_the_syntax_are_the_first_alone(self) -> None:
        problems = source_problems("import os\nreturn [")
        self.assertEqual(len(problems), 1)
        self.assertEqual((problems[0]["line"], problems[0]["severity"]), (2, "error"))
        self.assertIn("was never closed", problems[0]["message"])

    def test_that_are_warnings_say_so(self) -> None:
        self.assertEqual([each[0] for each in places_of("sleep(1)\nreturn []")], ["warning"])

    def test_of_a_source_that_is_too_deep_or_cannot_be_read_are_told_too(self) -> None:
        deep = (
            "The source is nested too deeply here: split it into several statements, with names "
            "for the parts."
        )
        unreadable = "The source has a character that Python cannot read: remove it."
        for source, message, line in (
            ("x = " + "-" * 100_000 + "1", deep, 1),
            ("x = 1\ny = " + "1 + " * 20_000 + "1", deep, 2),
            ("x\0y", unreadable, 1),
            ("x = 1\ny = '\ud800'", unreadable, 2),
            ("(" * 300 + ")" * 300, "too many nested parentheses", 1),
        ):
            with self.subTest(source[:10]):
                (problem,) = source_problems(source)
                self.assertEqual(
                    (problem["severity"], problem["message"], problem["line"]),
                    ("error", message, line),
                )
