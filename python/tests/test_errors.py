"""What the page is told of a script that fails: kind, text, traceback and place in the cell."""

from __future__ import annotations

import re
import tempfile
import tracemalloc
import unittest
from pathlib import Path
from typing import TYPE_CHECKING

from recording_host import error_of, log_of, outcome_of, request, run_request

if TYPE_CHECKING:
    from cahier._wire import JobError


def place_of(source: str) -> tuple[int | None, int | None, int | None, int | None]:
    """Give line, column, end line and end column."""
    error = error_of(source)
    return error["line"], error["column"], error["endLine"], error["endColumn"]


def without_carets(error: JobError) -> JobError:
    """Leave out the lines that mark a place; each version of Python marks others."""
    lines = error["traceback"].splitlines(keepends=True)
    error["traceback"] = "".join(line for line in lines if not re.fullmatch(r" *[~^]+\n", line))
    return error


class Exceptions(unittest.TestCase):
    def test_are_told_whole(self) -> None:
        self.assertEqual(
            without_carets(error_of('def work():\n    raise ValueError("too small")\n\nwork()\n')),
            {
                "kind": "exception",
                "type": "ValueError",
                "message": "too small",
                "traceback": "Traceback (most recent call last):\n"
                '  Cell "Sales", line 4, in <module>\n'
                "    work()\n"
                '  Cell "Sales", line 2, in work\n'
                '    raise ValueError("too small")\n'
                "ValueError: too small\n",
                "line": 2,
                "column": 5,
                "endLine": 2,
                "endColumn": 34,
            },
        )

    def test_that_are_no_exception_in_name_are_ordinary_failures(self) -> None:
        for name in ("KeyboardInterrupt", "GeneratorExit", "BaseException"):
            error = error_of(f"raise {name}")
            self.assertEqual((error["kind"], error["type"]), ("exception", name))

    def test_whose_text_cannot_be_made_are_told_nevertheless(self) -> None:
        error = error_of(
            "class Broken(Exception):\n    def __str__(self): return 1 / 0\nraise Broken"
        )
        self.assertEqual(
            (error["type"], error["message"], error["line"]),
            ("Broken", "This exception has no text: its __str__ raises ZeroDivisionError.", 3),
        )

    def test_with_halves_of_surrogate_pairs_spell_them(self) -> None:
        error = error_of('raise ValueError("\\ud800")')
        self.assertEqual(error["message"], "\\ud800")
        self.assertNotIn("\ud800", error["traceback"])

    def test_of_endless_recursion_are_told_briefly(self) -> None:
        error = error_of("def again(): again()\nagain()")
        self.assertEqual((error["type"], error["line"]), ("RecursionError", 1))
        self.assertLess(len(error["traceback"]), 2_000)


class Places(unittest.TestCase):
    def test_are_those_of_the_innermost_frame_in_the_cell(self) -> None:
        self.assertEqual(place_of('import json\njson.loads(\n  "{"\n)'), (2, 1, 4, 2))

    def test_count_columns_in_utf_16(self) -> None:
        self.assertEqual(place_of('"é😀"; 1 / 0'), (1, 8, 1, 13))

    def test_are_right_with_windows_line_ends(self) -> None:
        self.assertEqual(place_of('x = 1\r\n"é"; 1 / 0\r\n'), (2, 6, 2, 11))

    def test_are_right_where_a_text_holds_other_line_ends(self) -> None:
        self.assertEqual(place_of('x = "\x0c\u2028"\n1 / 0'), (2, 1, 2, 6))


class Tracebacks(unittest.TestCase):
    def test_have_no_frames_of_the_runtime(self) -> None:
        error = error_of(
            "from onelogic.odpf.common import ODDataset\n"
            "try:\n"
            '    ODDataset([[1]], ["a", "b"])\n'
            "except ValueError as problem:\n"
            '    od_output.add_data("output", 5)\n'
        )
        self.assertEqual(
            without_carets(error)["traceback"],
            "Traceback (most recent call last):\n"
            '  Cell "Sales", line 3, in <module>\n'
            '    ODDataset([[1]], ["a", "b"])\n'
            "ValueError: Row 1 has 1 value: a list with one value for each of the columns (2) is "
            "expected.\n"
            "\n"
            "During handling of the above exception, another exception occurred:\n"
            "\n"
            "Traceback (most recent call last):\n"
            '  Cell "Sales", line 5, in <module>\n'
            '    od_output.add_data("output", 5)\n'
            "TypeError: od_output.add_data(key, data) takes an ODDataset or a pandas DataFrame, "
            "not int. Make a dataset of rows first: ODDataset(rows, columns).\n",
        )

    def test_have_no_frames_of_the_runtime_in_the_members_of_groups(self) -> None:
        text = error_of(
            "try:\n"
            '    od_output.add_data("", 5)\n'
            "except ValueError as problem:\n"
            '    raise ExceptionGroup("several", [problem]) from None\n'
        )["traceback"]
        self.assertIn("key is empty", text)
        self.assertNotIn("cahier", text)

    def test_keep_the_frames_of_libraries(self) -> None:
        self.assertIn("json", error_of('import json\njson.loads("{")')["traceback"])

    def test_name_the_cell_by_its_title_in_one_line(self) -> None:
        outcome = outcome_of(run_request(request("1 / 0", title='North\n "West"')))
        assert outcome["status"] == "failed"
        self.assertIn('  Cell "North "West"", line 1, in <module>\n', outcome["error"]["traceback"])

    def test_of_the_scripts_own_making_show_its_lines_too(self) -> None:
        log = log_of("import traceback\ntry:\n    1 / 0\nexcept Exception: traceback.print_exc()")
        self.assertIn('Cell "Sales"", line 3, in <module>\n    1 / 0\n', log)

    def test_that_are_long_are_cut(self) -> None:
        error = error_of('raise ValueError("x" * 200_000)')
        self.assertEqual(error["message"], "x" * 10_000 + "… (190,000 more characters)")
        self.assertRegex(error["traceback"][100_000:], r"^… \(100,\d\d\d more characters\)$")

    def test_of_giants_are_cheap(self) -> None:
        tracemalloc.start()
        error = error_of('raise ValueError("x" * 50_000_000)')
        _, most_bytes = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        self.assertEqual(error["message"], "x" * 10_000 + "… (49,990,000 more characters)")
        self.assertLess(most_bytes, 70_000_000)


class SyntaxErrors(unittest.TestCase):
    def test_are_told_whole(self) -> None:
        self.assertEqual(
            error_of('x = 1\ny = "é😀" + * 2\n'),
            {
                "kind": "syntax",
                "type": "SyntaxError",
                "message": "invalid syntax",
                "traceback": '  Cell "Sales", line 2\n'
                '    y = "é😀" + * 2\n'
                "               ^\n"
                "SyntaxError: invalid syntax\n",
                "line": 2,
                "column": 13,
                "endLine": 2,
                "endColumn": 14,
            },
        )

    def test_of_the_compiler_have_a_true_place_as_well(self) -> None:
        error = error_of('"é😀"; return')
        self.assertEqual(
            (error["kind"], error["message"], error["column"], error["endColumn"]),
            ("syntax", "'return' outside function", 8, 14),
        )
        self.assertEqual(
            error["traceback"],
            '  Cell "Sales", line 1\n'
            '    "é😀"; return\n'
            "          ^^^^^^\n"
            "SyntaxError: 'return' outside function\n",
        )

    def test_of_indentation_keep_their_class(self) -> None:
        error = error_of("if True:\nx = 1")
        self.assertEqual((error["kind"], error["type"]), ("syntax", "IndentationError"))
        self.assertEqual((error["line"], error["column"]), (2, 1))

    def test_raised_while_the_script_runs_are_exceptions(self) -> None:
        error = error_of('x = 1\ncompile("1 +", "other", "exec")')
        self.assertEqual(
            (error["kind"], error["type"], error["line"]), ("exception", "SyntaxError", 2)
        )

    def test_are_what_sources_that_are_no_text_of_python_have(self) -> None:
        for source in ("x\0", "'\ud800'", "(" * 500):
            self.assertEqual(error_of(source)["kind"], "syntax")


class Exits(unittest.TestCase):
    def test_with_a_text_tell_it(self) -> None:
        error = error_of('x = 1\nraise SystemExit("no rows today")')
        self.assertEqual(
            error,
            {
                "kind": "exit",
                "type": "SystemExit",
                "message": "no rows today",
                "traceback": "Traceback (most recent call last):\n"
                '  Cell "Sales", line 2, in <module>\n'
                '    raise SystemExit("no rows today")\n'
                "SystemExit: no rows today\n",
                "line": 2,
                "column": 1,
                "endLine": 2,
                "endColumn": 34,
            },
        )

    def test_with_a_code_name_it(self) -> None:
        for code, message in (("3", "exit code 3"), ("True", "exit code 1"), ("''", "")):
            error = error_of(f"import sys\nsys.exit({code})")
            self.assertEqual((error["kind"], error["message"]), ("exit", message))


class MissingModules(unittest.TestCase):
    def test_are_explained_by_the_host(self) -> None:
        self.assertEqual(
            error_of("import no_such_package.part")["message"],
            "No module named 'no_such_package'\nno_such_package cannot be had here.",
        )

    def test_are_not_explained_where_only_a_part_is_missing(self) -> None:
        self.assertEqual(
            error_of("import json.no_such_part")["message"], "No module named 'json.no_such_part'"
        )


class ImportedFiles(unittest.TestCase):
    def test_keep_their_names_and_the_cell_its_place(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "cahier_test_helper.py").write_text("def fail():\n    1 / 0\n")
            error = error_of(
                f"import sys\nsys.path.insert(0, {folder!r})\n"
                "import cahier_test_helper\ncahier_test_helper.fail()"
            )
        self.assertEqual((error["line"], error["column"]), (4, 1))
        self.assertIn('cahier_test_helper.py", line 2, in fail\n', error["traceback"])
