"""What a script reads from the reader: `input`, `sys.stdin`, `getpass`."""

from __future__ import annotations

import getpass
import unittest
from typing import TYPE_CHECKING

from recording_host import RecordingHost, entries_of, outcome_of, request, run_request

if TYPE_CHECKING:
    from cahier._wire import LogEntry

ENDED = "EOF when reading a line"


class Answers(unittest.TestCase):
    """Runs scripts that ask."""

    def setUp(self) -> None:
        self.host = RecordingHost()
        self.entries: list[LogEntry] = []

    def run_script(self, source: str, *answers: str | None) -> str:
        """Run a script that has to succeed, and give its log."""
        self.host = RecordingHost(answers=list(answers))
        events = run_request(request(source, generate_empty_dataset=True), host=self.host)
        outcome = outcome_of(events)
        assert outcome["status"] == "done", outcome
        self.entries = entries_of(events)
        return "".join(entry["text"] for entry in self.entries)

    def error_of(self, source: str, *answers: str | None) -> tuple[str | None, str, int | None]:
        """Run a script that has to fail; give the type, the message and the line."""
        self.host = RecordingHost(answers=list(answers))
        outcome = outcome_of(run_request(request(source), host=self.host))
        assert outcome["status"] == "failed", outcome
        error = outcome["error"]
        return error["type"], error["message"], error["line"]


class Input(Answers):
    def test_gives_what_was_typed(self) -> None:
        log = self.run_script('name = input("Name? ")\nprint("Hello", name)', "Ada")
        self.assertEqual((log, self.host.prompts), ("Name? Ada\nHello Ada\n", ["Name? "]))

    def test_shows_the_prompt_and_the_answer_on_one_line_of_the_log(self) -> None:
        self.run_script('input("Name? ")', "Ada")
        self.assertEqual({entry["stream"] for entry in self.entries}, {"stdout"})

    def test_takes_any_object_as_its_prompt(self) -> None:
        log = self.run_script("input()\ninput(5)", "a", "b")
        self.assertEqual((log, self.host.prompts), ("a\n5b\n", ["", "5"]))

    def test_cuts_a_giant_prompt_for_the_reader(self) -> None:
        self.run_script('input("x" * 5000)', "a")
        self.assertEqual(self.host.prompts, ["x" * 1_000 + "… (4,000 more characters)"])

    def test_gives_an_empty_line(self) -> None:
        self.assertEqual(self.run_script("print(repr(input()))", ""), "\n''\n")

    def test_gives_several_lines_one_after_the_other(self) -> None:
        log = self.run_script("print([input(), input(), input()])", "a\r\nb\rc")
        self.assertEqual(log, "a\nb\nc\n['a', 'b', 'c']\n")

    def test_ends_with_an_error_where_the_reader_closes_it(self) -> None:
        self.assertEqual(self.error_of("\ninput()", None), ("EOFError", ENDED, 2))

    def test_asks_again_after_it_was_closed(self) -> None:
        source = "try: input()\nexcept EOFError: print(input())"
        self.assertEqual(self.run_script(source, None, "a"), "a\na\n")

    def test_goes_on_when_the_script_has_replaced_the_output(self) -> None:
        source = (
            "import contextlib, io\n"
            "with contextlib.redirect_stdout(io.StringIO()) as out: name = input('Name? ')\n"
            "print([out.getvalue(), name])"
        )
        self.assertEqual(self.run_script(source, "Ada"), "Ada\n['Name? ', 'Ada']\n")
        self.assertEqual(self.host.prompts, ["Name? "])

    def test_takes_one_argument_as_ever(self) -> None:
        kind, _, line = self.error_of('input("a", "b")')
        self.assertEqual((kind, line), ("TypeError", 1))


class StandardInput(Answers):
    def test_is_read_line_by_line(self) -> None:
        source = "import sys\nfor line in sys.stdin: print(repr(line))"
        self.assertEqual(self.run_script(source, "a", "b", None), "a\n'a\\n'\nb\n'b\\n'\n")

    def test_is_read_in_parts(self) -> None:
        source = (
            "import sys\nread, line = sys.stdin.read, sys.stdin.readline\n"
            "print([line(0), line(2), read(0), read(1), line(), line(99), read(99)])"
        )
        log = self.run_script(source, "abcd", "ef", "gh")
        self.assertEqual(log, "abcd\nef\ngh\n['', 'ab', '', 'c', 'd\\n', 'ef\\n', 'gh\\n']\n")

    def test_is_read_to_its_end(self) -> None:
        source = "import sys\nprint([sys.stdin.read(), sys.stdin.readlines()])"
        log = self.run_script(source, "a", "b", None, "c", None)
        self.assertEqual(log, "a\nb\nc\n['a\\nb\\n', ['c\\n']]\n")

    def test_says_what_it_is(self) -> None:
        source = (
            "import sys\n"
            "print(sys.stdin.readable(), sys.stdin.writable(), sys.stdin.isatty(),\n"
            "      sys.stdin.encoding, sys.stdin.name)"
        )
        self.assertEqual(self.run_script(source), "True False False utf-8 <stdin>\n")

    def test_cannot_be_read_once_closed(self) -> None:
        kind, message, _ = self.error_of("import sys\nsys.stdin.close()\nsys.stdin.readline()")
        self.assertEqual((kind, message), ("ValueError", "I/O operation on closed file."))

    def test_is_new_in_each_job(self) -> None:
        self.run_script("import sys\nsys.stdin.readline(1)", "abc")
        self.assertEqual(self.run_script("print(input())", "d"), "d\nd\n")


class Password(Answers):
    def test_is_not_shown_in_the_log(self) -> None:
        source = "import getpass\nprint(len(getpass.getpass()))"
        self.assertEqual(self.run_script(source, "secret"), "Password: \n6\n")
        self.assertEqual(self.host.prompts, ["Password: "])

    def test_is_asked_for_with_the_prompt_given(self) -> None:
        source = "import getpass, sys\ngetpass.getpass('Key: ', sys.stdout)\nprint(input('a'))"
        self.assertEqual(self.run_script(source, "secret", "b"), "Key: \nab\nb\n")

    def test_ends_with_an_error_where_the_reader_closes_it(self) -> None:
        source = "import getpass\ngetpass.getpass()"
        self.assertEqual(self.error_of(source, None), ("EOFError", ENDED, 2))

    def test_comes_from_an_input_that_the_script_made(self) -> None:
        source = (
            "import getpass, io, sys, warnings\n"
            "warnings.simplefilter('ignore')\n"
            "sys.stdin = io.StringIO('secret\\n')\n"
            "print(getpass.fallback_getpass is not getpass.getpass)"
        )
        self.assertEqual(self.run_script(source), "True\n")

    def test_leaves_the_one_of_python_in_its_place_afterwards(self) -> None:
        before = getpass.getpass
        self.run_script("import getpass\ngetpass.getpass = None")
        self.assertIs(getpass.getpass, before)


class WhereNobodyCanBeAsked(unittest.TestCase):
    def error_of(self, source: str) -> tuple[str | None, bool]:
        outcome = outcome_of(run_request(request(source)))
        assert outcome["status"] == "failed", outcome
        return outcome["error"]["type"], "cannot ask for input here" in outcome["error"]["message"]

    def test_input_says_why(self) -> None:
        self.assertEqual(self.error_of("input()"), ("EOFError", True))

    def test_a_password_says_why(self) -> None:
        self.assertEqual(self.error_of("import getpass\ngetpass.getpass()"), ("EOFError", True))
