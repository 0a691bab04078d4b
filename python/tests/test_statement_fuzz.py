"""Random Statements never break the compiler, and reach nothing that is kept from them.

A few hundred are tried; CAHIER_FUZZ_PROGRAMS says how many more, CAHIER_FUZZ_SEED where to begin.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import io
import os
import random
import sys
import unittest
import warnings
from contextlib import redirect_stderr, redirect_stdout
from types import CodeType, FrameType, ModuleType, TracebackType
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from recording_host import RecordingHost
from statement_fuzz import MODULES, Programs

from cahier.cell import Cell
from cahier.log import Log
from cahier.statement_compile import CompiledStatement, compile_statement, statement_names
from cahier.statement_language import is_reachable_module
from cahier.statement_log import StatementLog
from cahier.statement_problems import source_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PROGRAMS = int(os.environ.get("CAHIER_FUZZ_PROGRAMS", "400"))
_SEED = int(os.environ.get("CAHIER_FUZZ_SEED", "1"))
_MOST_STEPS = 5_000
_CANARIES: dict[int, object] = {
    id(each): each
    for each in (
        *(open, eval, exec, compile, input, globals, locals, vars, breakpoint, type),
        *(builtins.__import__, importlib.import_module, os.system, os.getcwd, sys._getframe),  # noqa: SLF001 - not called
        *(type.__subclasses__, object.__getattribute__, vars(builtins), os.environ, sys.modules),
        *(os.urandom, io.open_code),
    )
}


class _TooLongError(BaseException):
    """Ends a program that goes on and on."""


class RandomStatements(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        """Import what Statements may, with all that comes with it."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for name in MODULES:
                importlib.import_module(name)

    def test_are_compiled_or_refused_with_a_line_and_reach_nothing(self) -> None:
        accepted = 0
        for number in range(_SEED, _SEED + _PROGRAMS):
            source = Programs(random.Random(number)).source()  # noqa: S311 - no secret
            with self.subTest(seed=number, source=source):
                accepted += self._try(source)
        self.assertGreater(accepted, _PROGRAMS // 20)

    def test_would_be_found_out(self) -> None:
        """Break the guard: what these programs reach is seen."""
        compiled = compile_statement(Cell("Fuzz", "import random\na = random._os\nreturn [a]"))
        unguarded: dict[str, object] = {".import_package": _imported}
        self.assertEqual(_reached(compiled, _names() | unguarded), [])
        unguarded[".read_guarded_attribute"] = getattr
        self.assertEqual(_reached(compiled, _names() | unguarded), [os])

    def test_would_be_found_out_where_they_import(self) -> None:
        source = "import warnings\nwarnings._getcategory('colorsys.x')\nreturn []"
        compiled = compile_statement(Cell("Fuzz", source))
        with patch.dict(sys.modules):
            sys.modules.pop("colorsys", None)
            self.assertEqual(_reached(compiled, _names()), [])
            unguarded = {".import_package": _imported, ".read_guarded_attribute": getattr}
            self.assertEqual(_reached(compiled, _names() | unguarded), ["colorsys"])

    def _try(self, source: str) -> bool:
        cell = Cell("Fuzz", source)
        lines = max(len(cell.lines), 1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for problem in source_problems(source):
                self.assertIn(problem["line"], range(1, lines + 2))
            try:
                compiled = compile_statement(cell)
            except SyntaxError as error:
                self.assertIn(error.lineno, range(1, lines + 2))
                return False
            own = {getattr(node, "lineno", 1) for node in ast.walk(ast.parse(source))}
            self.assertLessEqual(set(_lines_of(compiled.code)), own | {0, 1})
            self.assertEqual(_reached(compiled, _names()), [])
        return True


def _imported(name: str) -> ModuleType:
    return importlib.import_module(name)


def _names() -> dict[str, object]:
    async def sleep(_seconds: object) -> None:
        """Take no time."""

    host = RecordingHost()
    log = StatementLog(Log(host, host.clock)).face
    given: dict[str, object] = {"INPUT_DATA": [{"n": 1}], "DATA_CHECKPOINT": None}
    return statement_names() | given | {"log": log, "sleep": sleep}


def _reached(compiled: CompiledStatement, names: dict[str, object]) -> list[object]:
    """Run a program for a while; give what it got hold of or called that is kept from it."""
    code = compiled.code
    reached: list[object] = []
    steps = 0

    def look(frame: FrameType, event: str, _argument: object) -> Any:  # noqa: ANN401 - itself
        nonlocal steps
        steps += 1
        if steps > _MOST_STEPS:
            raise _TooLongError
        if event == "return" and frame.f_code.co_filename == code.co_filename:
            reached.extend(filter(_is_kept, [*frame.f_locals.values(), _argument]))
        return look

    def watch(frame: FrameType, event: str, argument: object) -> None:
        if frame.f_code.co_filename == code.co_filename and event == "c_call":
            reached.extend(filter(_is_kept, [argument]))

    loaded = {*sys.modules}
    trace, profile = sys.gettrace(), sys.getprofile()
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            exec(code, names)  # noqa: S102 - that is the point
            run: Callable[..., Any] = names["Statement"]  # type: ignore[assignment] # as compiled
            sys.setprofile(watch)
            sys.settrace(look)
            _drive(run(*(names[name] for name in compiled.parameters)))
    except BaseException:  # noqa: BLE001, S110 - whatever they raise
        pass
    finally:
        sys.settrace(trace)
        sys.setprofile(profile)
    imported = sys.modules.keys() - loaded
    return reached + [name for name in imported if not is_reachable_module(name)]


def _drive(coroutine: Any) -> None:  # noqa: ANN401 - a coroutine
    for _ in range(10):
        coroutine.send(None)


def _is_kept(value: object) -> bool:
    if isinstance(value, ModuleType):
        return not is_reachable_module(value.__name__)
    return id(value) in _CANARIES or type(value) in (CodeType, FrameType, TracebackType)


def _lines_of(code: CodeType) -> Iterator[int]:
    yield from (line for _, _, line in code.co_lines() if line is not None)
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _lines_of(each)
