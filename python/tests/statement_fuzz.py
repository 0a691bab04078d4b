"""Random Statements: programs of a grammar, and good ones with random changes."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING

from cahier.statement_language import FORBIDDEN_ATTRIBUTES

if TYPE_CHECKING:
    from random import Random

MODULES = (
    "string",
    "math",
    "io",
    "json",
    "warnings",
    "datetime",
    "base64",
    "random",
    "xml",
    "time",
    *(name for name in ("numpy", "pandas") if find_spec(name)),
)
_FORBIDDEN_MODULES = ("os", "sys", "xml.etree", "subprocess", "importlib", ".json", "builtins")
_VARIABLES = ("a", "b", "c", "INPUT_DATA", "log", "sleep", "DATA_CHECKPOINT", *MODULES)
_BUILTINS = str.split("""
    len str int list dict tuple sorted type getattr setattr hasattr isinstance super object map
    print dir iter next zip format repr property classmethod Exception ValueError BaseException
""")
_FORBIDDEN = ("open", "eval", "exec", "compile", "globals", "vars", "__import__", "__builtins__")
_NAMES = (*_VARIABLES, *_VARIABLES, *_BUILTINS, *_FORBIDDEN)
_ATTRIBUTES = str.split("""
    append format format_map join keys items values get real info debug send throw close args obj
    Formatter StringIO dumps loads JSONEncoder default codecs decoder sys os _os modules path abc
    open open_code FileIO gi_frame cr_frame f_back f_globals tb_frame mro with_traceback fget
    name value datetime date min scanner etree linecache _urandom struct re _wrap upper vformat
    __class__ __dict__ __subclasses__ __globals__ __init__ __mro__ __bases__ __traceback__
    __code__ __self__ __builtins__ __getattribute__ __reduce_ex__ __loader__ __spec__
""")
_GOOD = (
    'return [{"n": row["n"] * 2} for row in INPUT_DATA]',
    "import json\na = []\nfor row in INPUT_DATA:\n    a.append(json.dumps(row))\nreturn a",
    "async def later(n):\n    await sleep(0)\n    return n\nreturn [{'n': await later(1)}]",
    "class A:\n    def __init__(self): super().__init__()\na = A()\na.n = 1\na.n += 1\nreturn []",
    "try:\n    a = 1 / 0\nexcept ZeroDivisionError as b:\n    log.warn(str(b.args))\nreturn []",
    "match INPUT_DATA:\n    case [{'n': int() as n}, *c]:\n        return [{'n': n}]\nreturn []",
    "a = '{0.real} {b}'.format(1, b=2)\nwith sleep(1) as c:\n    c = f'{a!r:>{5}}'\nreturn []",
    "def g():\n    try: b = yield 1\n    finally: c = 2\na = g()\nnext(a)\na.close()",
)
_IMPORTS = f"import {', '.join(MODULES)}\n"
# What leads somewhere in Python itself.
_BASES = (
    *MODULES,
    *("log", "sleep", "sleep(0)", "(lambda: 0)", "(i for i in [1])", "ValueError()", "type", "[]"),
    *("json.JSONEncoder", "json.JSONEncoder()", "string.Formatter()", "string.Template", "random"),
    *(
        "io.StringIO()",
        "warnings.catch_warnings()",
        "random.Random()",
        "''.format",
        "print",
    ),
)
_WAYS = str.split("""
    sys os _os codecs re _re abc open open_code FileIO _urandom _collections decoder encoder
    __class__ __globals__ __dict__ __subclasses__ __builtins__ __init__ __self__ __code__ __mro__
    __loader__ __spec__ gi_frame gi_code f_back f_globals cr_frame mro Formatter scanner
    linecache struct path modules JSONEncoder default send func _module info text_encoding
""")
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Programs:
    """Makes sources; the same of the same random numbers."""

    def __init__(self, random: Random) -> None:
        """Take the random numbers."""
        self._random = random

    def source(self) -> str:
        """Give one source, good or bad."""
        kind = self._random.random()
        if kind < 0.3:
            return _IMPORTS + self._block(0, self._random.randint(1, 6))
        if kind < 0.7:
            return _IMPORTS + "".join(map(self._attempt, range(12)))
        return self._mutated(self._pick(_GOOD))

    def _attempt(self, number: int) -> str:
        """Try one way to something; a failure lets the others be tried."""
        found = self._pick(_BASES)
        for _ in range(self._random.randint(1, 3)):
            name = self._pick(_WAYS)
            read = f"getattr({found}, {name!r})"
            # One that the compiler refuses would be the end of all.
            is_seen = name in FORBIDDEN_ATTRIBUTES or name.startswith("__")
            found = self._pick(
                [
                    *(read if is_seen else f"{found}.{name}", read, f"{found}()"),
                    *(f"next(iter({found}))", f"type({found})", f"'{{0.{name}}}'.format({found})"),
                ]
            )
        return f"try: x{number} = {found}\nexcept Exception as e{number}: pass\n"

    def _pick(self, of: tuple[str, ...] | list[str]) -> str:
        return self._random.choice(of)

    def _mutated(self, source: str) -> str:
        tokens = _TOKEN.findall(source)
        for _ in range(self._random.randint(0, 4)):
            place = self._random.randrange(len(tokens))
            tokens[place : place + self._random.randint(0, 1)] = [
                self._pick(
                    [
                        *("", "(", ")", ":", "\n", " ", "\t", "=", ".", ",", "'", '"', "@", "#"),
                        *(
                            self._pick(_NAMES),
                            self._pick(_ATTRIBUTES),
                            f".{self._pick(_ATTRIBUTES)}",
                        ),
                        *("yield", "await", "lambda", "return", "\\", "\0", "\ud800", "é", "😀"),
                        *(self._expression(1), f"\n{self._statement(0)}\n"),
                    ]
                )
            ]
        return "".join(tokens)

    def _block(self, depth: int, count: int) -> str:
        return "\n".join(self._statement(depth) for _ in range(count))

    def _statement(self, depth: int) -> str:
        indent = "    " * depth
        first = self._simple()
        if depth > 2 or self._random.random() < 0.7:
            return indent + first
        head = self._pick(
            [
                f"if {self._expression(2)}:",
                f"for {self._target()} in {self._expression(2)}:",
                f"with {self._expression(2)} as {self._target()}:",
                f"def {self._variable()}({self._variable()}=1, *args, **more):",
                f"async def {self._variable()}():",
                f"class {self._variable()}({self._pick(['', 'object', self._expression(1)])}):",
                f"match {self._expression(2)}:\n{indent}  case {self._pattern()}:",
            ]
        )
        if head.startswith("match"):
            return f"{indent}{head}\n{self._block(depth + 1, 1)}"
        body = f"{indent}{head}\n{self._block(depth + 1, self._random.randint(1, 3))}"
        if self._random.random() < 0.3:
            body = (
                f"{indent}try:\n{self._block(depth + 1, 2)}\n"
                f"{indent}except Exception as {self._variable()}:\n{self._block(depth + 1, 2)}"
            )
        return body

    def _simple(self) -> str:
        return self._pick(
            [
                f"{self._target()} = {self._expression(3)}",
                f"{self._target()} = {self._expression(3)}",
                f"{self._target()} += {self._expression(2)}",
                f"del {self._target()}",
                f"import {self._pick([*MODULES, *_FORBIDDEN_MODULES])}",
                f"from {self._pick(MODULES)} import {self._attribute()} as {self._variable()}",
                f"return {self._expression(2)}",
                f"raise {self._expression(2)}",
                f"global {self._variable()}",
                f"{self._variable()}: int = 1",
                self._expression(4),
                self._expression(4),
                "pass",
            ]
        )

    def _target(self) -> str:
        return self._pick(
            [
                *(self._variable(), self._variable(), f"{self._variable()}.{self._attribute()}"),
                f"({self._variable()}, {self._variable()})",
                f"{self._variable()}[{self._expression(1)}]",
            ]
        )

    def _pattern(self) -> str:
        return self._pick(
            [
                "_",
                self._variable(),
                "[a, *b]",
                "{'n': a}",
                "int()",
                f"object({self._attribute()}=c)",
            ]
        )

    def _variable(self) -> str:
        return self._pick(_VARIABLES)

    def _attribute(self) -> str:
        return self._pick(_ATTRIBUTES)

    def _expression(self, depth: int) -> str:
        if depth <= 0 or self._random.random() < 0.2:
            return self._pick([self._pick(_NAMES), self._pick(_NAMES), "1", "'a'", "[]", "None"])
        one, other = self._expression(depth - 1), self._expression(depth - 1)
        name, attribute = self._variable(), self._attribute()
        return self._pick(
            [
                *(f"{one}.{attribute}", f"{one}.{attribute}", f"{one}.{attribute}({other})"),
                *(
                    f"{one}({other})",
                    f"{one}()",
                    f"{one}({name}={other})",
                    f"{one}({other}, {one})",
                ),
                *(f"{one}[{other}]", f"[{one}, {other}]", f"{{'n': {one}}}", f"({one} + {other})"),
                *(f"getattr({one}, {attribute!r})", f"getattr({one}, {attribute!r}, {other})"),
                *(f"'{{0.{attribute}}}'.format({one})", f"f'{{{name}.{attribute}}}'"),
                *(f"[{one} for {name} in {other}]", f"({one} for {name} in {other})"),
                *(f"(lambda {name}: {one})", f"(lambda {name}: {one})({other})"),
                *(f"(await {one})", f"({one} if {other} else {name})", f"type({one})"),
                *(f"[*map({one}, [{other}])]", f"str.format('{{0.{attribute}}}', {one})"),
                *(
                    f"(yield {one})",
                    f"({name} := {one})",
                    f"setattr({one}, {attribute!r}, {other})",
                ),
                f"string.Formatter().format('{{0.{attribute}[{name}]}}', {one})",
            ]
        )
