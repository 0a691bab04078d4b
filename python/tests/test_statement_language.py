"""What a Statement may say, and the ways around it.

Longer than most files: the rules of the language stand in one place.
"""

from __future__ import annotations

import sys
import unittest
from importlib.util import find_spec

from statements import failure_of, rows_of, run_statement

from cahier.cell import Cell
from cahier.statement_check import find_problems, parse_statement
from cahier.statement_language import ALLOWED_MODULES
from cahier.statement_nodes import Problem

_LIST = ", ".join(ALLOWED_MODULES)
_WITH_PARAMETERS = ("type X = int", "def f[T](a): pass", "class A[T]: pass", "async def f[*T](): 0")
_OF_PYTHON = "names that begin with two underscores are Python's."
_NOTHING = 'This Statement returns nothing. End it with "return items", a list of objects.'


def error_of(source: str) -> tuple[str | None, str]:
    """Give type and message of the error of a statement that has to fail."""
    error = failure_of(run_statement(f"{source}\nreturn []"))
    return error["type"], error["message"]


def problems_of(source: str) -> list[Problem]:
    """Give what the editor shows."""
    return find_problems(parse_statement(Cell("Sums", source)))


class Imports(unittest.TestCase):
    def test_go_by_the_full_dotted_name(self) -> None:
        source = (
            "import string\nfrom json import dumps\nfrom xml import etree\n"
            'return [{"n": len(dumps(string.digits))}]'
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": 12}])
        for statement, name in (
            ("import os", "os"),
            ("import sys", "sys"),
            ("import xml.etree", "xml.etree"),
            ("from xml.etree import ElementTree", "xml.etree"),
            ("import string, sys as s", "sys"),
            ("from . import x", "."),
            ("from .string import x", ".string"),
        ):
            self.assertEqual(
                error_of(statement),
                ("ImportError", f"A Statement cannot import {name}. It can import: {_LIST}."),
            )

    def test_of_everything_are_refused(self) -> None:
        self.assertEqual(
            error_of("from json import *"),
            ("SyntaxError", "A Statement cannot import *: name what it needs of json."),
        )

    def test_are_problems_of_the_editor(self) -> None:
        self.assertEqual(
            problems_of("import json\nimport os\nreturn []"),
            [
                Problem(
                    "ImportError",
                    f"A Statement cannot import os. It can import: {_LIST}.",
                    2,
                    7,
                    2,
                    9,
                )
            ],
        )


class TypeHints(unittest.TestCase):
    def test_are_a_syntax_error_with_the_line(self) -> None:
        message = 'A Statement has no type hints: write "number = 1", not "number: int = 1".'
        for source in (
            "number: int = 1",
            "number: int",
            "def f(a: int): pass",
            "def f(*a: int): pass",
            "def f() -> int: pass",
            "async def f(*, a: int = 1): pass",
            "class A:\n    b: int = 1",
            # Older versions do not know them.
            *(_WITH_PARAMETERS if sys.version_info >= (3, 12) else ()),
        ):
            error = failure_of(run_statement(f"x = 1\n{source}\nreturn []"))
            self.assertEqual((error["type"], error["message"]), ("SyntaxError", message))
            self.assertEqual(error["line"], 2 + source.count("\n"))


class Guards(unittest.TestCase):
    def test_refuse_what_the_source_shows(self) -> None:
        for source, what in (
            ("[].__class__", "__class__"),
            ("(lambda: 0).__globals__", "__globals__"),
            ("__builtins__", "__builtins__"),
            ("__import__('os')", "__import__"),
            ("match 1:\n    case int(__class__=c): pass", "__class__"),
            ("from json import __doc__", "__doc__"),
            ("try:\n    1 / 0\nexcept Exception as e:\n    e.__traceback__", "__traceback__"),
        ):
            self.assertEqual(
                error_of(source),
                ("SyntaxError", f"A Statement cannot use {what}: {_OF_PYTHON}"),
            )
        rows = " Connect a Dataset cell: its rows are INPUT_DATA."
        for name, remedy in (
            *((name, "") for name in ("exec", "eval", "compile", "breakpoint", "globals", "vars")),
            *(("open", rows), ("input", rows), ("exit", ' It ends with "return items".')),
        ):
            self.assertEqual(
                error_of(f"f = {name}"), ("SyntaxError", f"A Statement cannot use {name}.{remedy}")
            )
        for source in ("__x = 1", "f(__x=1)", "log.__x", "class A:\n    def __x(self): 0"):
            self.assertEqual(
                error_of(source)[1], f"A Statement cannot use __x: {_OF_PYTHON} Call it _x."
            )
        self.assertEqual(
            error_of("type(1).__name__")[1],
            f"A Statement cannot use __name__: {_OF_PYTHON} "
            "The name of an error is in repr(error).",
        )
        for name in ("gi_frame", "f_globals", "f_back", "cr_frame", "tb_frame", "co_code"):
            self.assertEqual(
                error_of(f"log.{name}"),
                ("SyntaxError", f"A Statement cannot use the attribute {name}."),
            )

    def test_refuse_names_that_are_made_while_it_runs(self) -> None:
        message = (
            "A Statement cannot use __class__: names that begin with two underscores are Python's."
        )
        for source in (
            "getattr([], '__cl' + 'ass__')",
            "getattr([], '__class__', None)",
            "hasattr([], '__class__') or getattr([], '__class__')",
            "setattr(log, '__class__', 1)",
            "delattr(log, '__class__')",
            "'{0.__class__}'.format(1)",
            "'{x.__class__}'.format_map({'x': 1})",
            "str.format('{0.__class__}', 1)",
            "f = '{0.__class__}'.format\nf(1)",
            "getattr('{0.__class__}', 'format')(1)",
            "'{0:{0.__class__}}'.format(1)",
            "'{0!s:{1[0].__class__}}'.format(1, [2])",
            "import string\nstring.Formatter().format('{0.__class__}', 1)",
            "from string import Formatter\nFormatter().format('{0.__class__}', 1)",
        ):
            self.assertEqual(error_of(source), ("AttributeError", message), source)

    def test_refuse_modules_that_others_hold(self) -> None:
        for source, name in (
            ("import warnings\nwarnings.sys", "sys"),
            ("import random\nrandom._os", "os"),
            ("import json\njson.codecs", "codecs"),
            # Pyodide has no such module.
            *([("import ssl\nssl.os", "os")] if find_spec("ssl") else []),
            ("import random\ngetattr(random, '_os')", "os"),
            ("import random\nf'{1:{random._os}}'", "os"),
            ("import random\n'{a._os}'.format_map({'a': random})", "os"),
            ("import warnings\n[warnings.sys for _ in [1] if (n := 1)]", "sys"),
        ):
            self.assertEqual(
                error_of(source), ("AttributeError", f"A Statement cannot use the module {name}.")
            )
        self.assertEqual(
            error_of("from warnings import sys"),
            (
                "ImportError",
                "cannot import name 'sys' from 'warnings': A Statement cannot use the module sys.",
            ),
        )

    def test_refuse_other_ways_to_files_and_classes(self) -> None:
        self.assertEqual(
            error_of("import io\nio.open('x')"),
            ("AttributeError", "A Statement cannot use the attribute io.open."),
        )
        self.assertEqual(
            error_of("type('X', (), {})"),
            (
                "TypeError",
                "A Statement makes classes with the statement class, not with type().",
            ),
        )
        for name in ("unsafe_load", "UnsafeLoader", "read_pickle", "open_code"):
            self.assertEqual(
                error_of(f"x.{name}"),
                ("SyntaxError", f"A Statement cannot use the attribute {name}."),
            )

    def test_let_ordinary_python_be(self) -> None:
        source = (
            "class Point:\n    def __init__(self, x):\n        self.x = x\n"
            "    def __add__(self, other):\n        return Point(self.x + other.x)\n"
            "point = Point(1) + Point(2)\npoint.x += 1\n"
            "match [point.x, 'a']:\n    case [int(), str() as text]:\n        found = 1\n"
            "text = f'{point.x!r:>{3}}' + '{:>3} {0[a]} {1.real}'.replace('{:>3} ', '')"
            ".format({'a': 5}, 6)\n"
            "assert isinstance(int, type) and type(1) is int and hasattr(point, 'x')\n"
            "squares = [last := n * n for n in range(3) if n % 2 == 0]\nassert last == 4\n"
            "try: raise ExceptionGroup('g', [ValueError(1), KeyError(2)])\n"
            "except* ValueError as group: assert group.exceptions[0].args == (1,)\n"
            "except* KeyError: pass\n"
            "assert f'{point.x:>{point.x + 1}}' == '    4' and '{a}'.format_map({'a': 1}) == '1'\n"
            "async def later(n):\n    await sleep(0)\n    return n\n"
            "del point.x\n"
            "return [{'n': len(text) + sum(squares) + await later(found)}]"
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": 11}])


class OwnNames(unittest.TestCase):
    def test_may_be_those_of_builtins_that_are_refused(self) -> None:
        for source in (
            "license = 1\nlicense += 1\nn = license",
            "def read(input, help=1): return input + help\nn = read(1)",
            "n = [input for input in [2]][0]",
            "n = (lambda vars: vars)(2)",
            "def open(): return 2\nn = open()",
            "from math import floor as compile\nn = compile(2.5)",
            "for exit, quit in [(2, 1)]: pass\nn = exit",
            "try: 1 / 0\nexcept ZeroDivisionError as copyright: n = len([copyright]) + 1",
            "match [2]:\n    case [credits]: n = credits",
            "match [2]:\n    case [*locals]: n = locals[0]",
            "match {1: 2}:\n    case {**globals}: n = globals[1]",
            "class help: n = 2\nn = help.n",
            "if (eval := 2): n = eval",
            "def read(*exec, **input): return exec[0] + input['n']\nn = read(1, n=1)",
        ):
            with self.subTest(source):
                self.assertEqual(
                    rows_of(run_statement(f"{source}\nreturn [{{'n': n}}]")), [{"n": 2}]
                )

    def test_give_no_way_to_the_builtins(self) -> None:
        for source in ("open = open", "if False: eval = 1\neval('1')", "exec('1')\nexec = 1"):
            with self.subTest(source):
                self.assertEqual(error_of(source)[0], "UnboundLocalError")
        source = "def f(open): return open\nopen('x')"
        self.assertEqual(error_of(source), ("NameError", "name 'open' is not defined"))

    def test_reach_what_a_class_is_derived_from(self) -> None:
        source = (
            "class Base:\n    def __init__(self, n): self.n = n\n"
            "    def __eq__(self, other): return self.n == other.n\n"
            "class Mine(Base):\n    def __init__(self):\n        super().__init__(1)\n"
            "        super(Mine, self).__init__(2)\n"
            "    def __eq__(self, other): return super().__eq__(other)\n"
            "class Items(list):\n    def __getitem__(self, n): return super().__getitem__(n) + 1\n"
            "return [{'n': Mine().n + int(Mine() == Mine()) + Items([1])[0]}]"
        )
        self.assertEqual(rows_of(run_statement(source)), [{"n": 5}])
        for name in (
            "__class__",
            "__getattribute__",
            "__dict__",
            "__reduce_ex__",
            "__subclasses__",
        ):
            source = f"class A:\n    def f(self): return super().{name}\nA().f()"
            self.assertEqual(
                error_of(source), ("SyntaxError", f"A Statement cannot use {name}: {_OF_PYTHON}")
            )
        self.assertEqual(
            error_of("super = lambda: log\nsuper().__init__"),
            ("AttributeError", f"A Statement cannot use __init__: {_OF_PYTHON}"),
        )


class Mistakes(unittest.TestCase):
    def test_of_coroutines_that_are_kept_for_nothing_are_seen(self) -> None:
        for source, is_seen in (
            ("x = sleep(1)\nreturn []", True),
            ("async def later(): pass\nx = later()\nreturn []", True),
            ("async def later(): return []\nreturn later()", True),
            ("x = sleep(1)\nawait x\nreturn []", False),
            ("async def later(): pass\ndef get(): return later()\nawait get()\nreturn []", False),
        ):
            with self.subTest(source):
                found = [each.message for each in problems_of(source)]
                self.assertEqual(len(found), int(is_seen))
                self.assertTrue(all("only begins once it is awaited" in each for each in found))

    def test_of_what_only_has_the_name_of_a_coroutine_are_none(self) -> None:
        for source in (
            "from time import sleep\nsleep(1)",
            "from time import time as sleep\nx = sleep()",
            "import time\nsleep = time.sleep\nsleep(1)",
            "def sleep(seconds): pass\nsleep(1)",
            "def f(sleep): sleep(1)\nf(print)",
            "class A:\n    async def run(self): pass\ndef run(): pass\nrun()",
            "class A:\n    if 1:\n        async def print(self): pass\nprint()",
            "async def run(): pass\nrun = print\nrun()",
            "def f():\n    async def run(): pass\ndef run(): pass\nrun()",
            "def plain(f): return print\n@plain\nasync def run(): pass\nrun()",
            "async def rows(): yield 1\nrows()",
        ):
            with self.subTest(source):
                self.assertEqual(problems_of(f"{source}\nreturn []"), [])
        for source in (
            "async def sleep(seconds): pass\nsleep(1)",
            "class A:\n    async def work(self):\n        sleep(1)",
            "async def rows():\n    def inner(): yield 1\nrows()",
        ):
            with self.subTest(source):
                self.assertEqual(len(problems_of(f"{source}\nreturn []")), 1)

    def test_of_what_is_returned_are_seen(self) -> None:
        items = 'write "return [item]".'
        for source, messages in (
            ("raise ValueError('no')", []),
            ("if 1: raise ValueError\nelse:\n    with x: raise ValueError", []),
            ("try:\n    raise ValueError\nexcept ValueError:\n    raise", []),
            ("while True: pass", []),
            ("if 1: raise ValueError", [_NOTHING]),
            ("while True: break", [_NOTHING]),
            ("try:\n    raise ValueError\nexcept ValueError: pass", [_NOTHING]),
            ("def f(): return []", [_NOTHING]),
            ("return", [_NOTHING]),
            ("return None", [_NOTHING]),
            (
                "return {'n': 1}",
                [f"This Statement returns an object, not a list of objects: {items}"],
            ),
            (
                "return (x for x in [])",
                ['This Statement returns a generator, not a list: write "return [… for …]".'],
            ),
            (
                "return (x async for x in y)",
                ['This Statement returns a generator: write "return [… async for …]".'],
            ),
        ):
            with self.subTest(source):
                self.assertEqual([each.message for each in problems_of(source)], messages)

    def test_of_rows_that_are_yielded_are_refused_with_the_remedy(self) -> None:
        message = (
            "A Statement cannot yield its rows: gather them in a list, and return it at the end."
        )
        for source in ("yield {'n': 1}", "yield from []", "x = [(yield)]"):
            self.assertEqual(error_of(source), ("SyntaxError", message))
        self.assertEqual(
            problems_of("x = 1\nfor row in []:\n    yield row"),
            [
                Problem("SyntaxError", message, 3, 4, 3, 13),
                Problem("warning", _NOTHING, 2, 0, 3, 13),
            ][::-1],
        )
        source = "def rows(): yield {'n': 1}\nreturn list(rows())"
        self.assertEqual(rows_of(run_statement(source)), [{"n": 1}])


class Warnings(unittest.TestCase):
    def test_name_coroutines_that_nobody_awaits_and_a_missing_return(self) -> None:
        source = "async def later(): pass\nlater()\nawait sleep(1)\nsleep(2)"
        self.assertEqual(
            [(each.kind, each.message, each.line, each.column) for each in problems_of(source)],
            [
                (
                    "warning",
                    'later() only begins once it is awaited: write "await later(…)".',
                    2,
                    0,
                ),
                (
                    "warning",
                    'sleep() only begins once it is awaited: write "await sleep(…)".',
                    4,
                    0,
                ),
                (
                    "warning",
                    _NOTHING,
                    4,
                    0,
                ),
            ],
        )


if __name__ == "__main__":
    unittest.main()
