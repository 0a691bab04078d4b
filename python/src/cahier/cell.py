"""Runs the source of one cell as a main module of its own."""

from __future__ import annotations

import ast
import io
import linecache
import sys
import warnings
from collections.abc import Callable  # noqa: TC003 - the fields of a Cell are looked at
from sys import getprofile, gettrace, setprofile, settrace
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from cahier.cell_errors import exception_error, exit_error, rule_error, syntax_error
from cahier.cell_places import mend_compiler_error
from cahier.rules import RuleError
from cahier.shown_figures import show_leftover_figures
from cahier.source_depth import check_depth

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping

    from cahier._wire import JobError
    from cahier.host import Host

_T = TypeVar("_T")


class CarriedStop(Exception):  # noqa: N818 - it is none of its own
    """Carries a StopIteration of a script through coroutines, which would turn it into another."""

    def __init__(self, error: StopIteration) -> None:
        """Take what was raised."""
        super().__init__()
        self.error = error


def carrying(call: Callable[[], _T]) -> _T:
    """Call a function of a script within a coroutine.

    Raises:
        CarriedStop: it has raised a StopIteration.
    """
    try:
        return call()
    except StopIteration as error:
        raise CarriedStop(error) from None


class Cell(NamedTuple):
    """The title of a cell and its source; `mask` hides the secrets in what its errors say."""

    title: str
    source: str
    mask: Callable[[str], str] = str

    @property
    def filename(self) -> str:
        """What stands for the file in code objects; never a path."""
        return f'Cell "{" ".join(self.title.split())}"'

    @property
    def lines(self) -> list[str]:
        """The lines as Python counts them, each with its newline."""
        return io.StringIO(self.source, newline=None).readlines()


async def _only_execute(execute: Callable[[], dict[str, object]]) -> None:
    execute()


async def run_cell(
    cell: Cell,
    names: Mapping[str, object],
    host: Host,
    run: Callable[[Callable[[], dict[str, object]]], Awaitable[None]] = _only_execute,
    compile_source: Callable[[Cell], CodeType] | None = None,
) -> JobError | None:
    """Run the source in a fresh `__main__` that holds these names; give the error that ended it.

    `run` gets a function that executes the source and gives the names of its module; a stop can hit
    all that it does, and its errors are the script's. `compile_source` stands in for
    `compile_cell`. A script that leaves with `exit()`, or with
    the codes None and 0, has reached its end. Figures that are left open are shown.

    Raises:
        KeyboardInterrupt: the script was stopped, and ended because of it.
    """
    linecache.cache[cell.filename] = (len(cell.source), None, cell.lines, cell.filename)
    try:
        code = (compile_source or compile_cell)(cell)
    except (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError) as error:
        return syntax_error(error, cell)
    else:
        return await _run(
            cell, names, host, lambda module: run(lambda: carrying(lambda: _executed(code, module)))
        )
    finally:
        linecache.cache.pop(cell.filename, None)


def _executed(code: CodeType, module: ModuleType) -> dict[str, object]:
    exec(code, vars(module))  # noqa: S102 - this is what a notebook is for
    return vars(module)


async def _run(
    cell: Cell,
    names: Mapping[str, object],
    host: Host,
    run: Callable[[ModuleType], Awaitable[None]],
) -> JobError | None:
    module = ModuleType("__main__")
    vars(module).update(names)
    main_before = sys.modules["__main__"]
    sys.modules["__main__"] = module
    try:
        await _guard(lambda: run(module), host)
    except RuleError as error:
        return rule_error(cell.mask(str(error)))
    except SystemExit as error:
        if is_regular_end(error.code):
            return None
        if host.is_stopped():
            # Many scripts catch the KeyboardInterrupt and leave with a code for it.
            raise KeyboardInterrupt from None
        return exit_error(error, cell)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and host.is_stopped():
            raise
        # Whatever else a script raises is its failure.
        raised = error.error if isinstance(error, CarriedStop) else error
        return exception_error(raised, cell, host.explain_missing_module)
    else:
        return None
    finally:
        sys.modules["__main__"] = main_before


async def _guard(run: Callable[[], Awaitable[None]], host: Host) -> None:
    """Run a script; what it sets to watch it ends with it, as it could stop the runtime.

    A stop may raise its KeyboardInterrupt between any two steps until `end_script` is called, and
    leave out what follows. There is no second one, so all is done twice. Figures are shown though
    the script fails, but no more once it is stopped.
    """
    trace, profile = gettrace(), getprofile()
    try:
        try:
            host.start_script()
            try:
                await run()
            except (Exception, SystemExit):
                settrace(trace)
                setprofile(profile)
                show_leftover_figures(has_failed=True)
                raise
            settrace(trace)
            setprofile(profile)
            show_leftover_figures()
        finally:
            settrace(trace)
            setprofile(profile)
            host.end_script()
    finally:
        settrace(trace)
        setprofile(profile)
        host.end_script()


def is_regular_end(code: object) -> bool:
    """Say whether a script that leaves with this code has reached its end."""
    return code is None or (isinstance(code, int) and code == 0)


def compile_cell(cell: Cell) -> CodeType:
    """Compile the source of a cell.

    Raises:
        SyntaxError, ValueError, OverflowError, MemoryError, RecursionError: it cannot be.
    """
    check_depth(cell.source, cell.filename)
    try:
        code: CodeType = compile(cell.source, cell.filename, "exec", dont_inherit=True)
    except SyntaxError as error:
        if _parses(cell):
            mend_compiler_error(error, cell)
        raise
    return code


def _parses(cell: Cell) -> bool:
    """Whether the parser is content, so that an error is the compiler's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(cell.source)
        except SyntaxError:
            return False
    return True
