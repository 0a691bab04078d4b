"""Runs the source of one cell as a main module of its own."""

from __future__ import annotations

import ast
import io
import linecache
import sys
import warnings
from sys import getprofile, gettrace, setprofile, settrace
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, NamedTuple

from cahier.cell_errors import exception_error, exit_error, syntax_error
from cahier.cell_places import mend_compiler_error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cahier._wire import JobError
    from cahier.host import Host


class Cell(NamedTuple):
    """The title of a cell and its source."""

    title: str
    source: str

    @property
    def filename(self) -> str:
        """What stands for the file in code objects; never a path."""
        return f'Cell "{" ".join(self.title.split())}"'

    @property
    def lines(self) -> list[str]:
        """The lines as Python counts them, each with its newline."""
        return io.StringIO(self.source, newline=None).readlines()


def run_cell(cell: Cell, names: Mapping[str, object], host: Host) -> JobError | None:
    """Run the source in a fresh `__main__` that holds these names; give the error that ended it.

    A script that leaves with `exit()`, or with the codes None and 0, has reached its end.

    Raises:
        KeyboardInterrupt: the script was stopped, and ended because of it.
    """
    linecache.cache[cell.filename] = (len(cell.source), None, cell.lines, cell.filename)
    try:
        code = _compile(cell)
    except (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError) as error:
        return syntax_error(error, cell)
    else:
        return _run(code, cell, names, host)
    finally:
        linecache.cache.pop(cell.filename, None)


def _run(code: CodeType, cell: Cell, names: Mapping[str, object], host: Host) -> JobError | None:
    module = ModuleType("__main__")
    vars(module).update(names)
    main_before = sys.modules["__main__"]
    sys.modules["__main__"] = module
    try:
        _execute(code, vars(module), host)
    except SystemExit as error:
        if _is_regular_end(error.code):
            return None
        if host.is_stopped():
            # Many scripts catch the KeyboardInterrupt and leave with a code for it.
            raise KeyboardInterrupt from None
        return exit_error(error, cell)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and host.is_stopped():
            raise
        # Whatever else a script raises is its failure.
        return exception_error(error, cell, host.explain_missing_module)
    else:
        return None
    finally:
        sys.modules["__main__"] = main_before


def _execute(code: CodeType, names: dict[str, object], host: Host) -> None:
    """Execute the code; what it sets to watch it ends with it, as it could stop the runtime.

    A stop may raise its KeyboardInterrupt between any two steps until `end_script` is called, and
    leave out what follows. There is no second one, so all is done twice.
    """
    trace, profile = gettrace(), getprofile()
    try:
        try:
            host.start_script()
            exec(code, names)  # noqa: S102 - this is what a notebook is for
        finally:
            settrace(trace)
            setprofile(profile)
            host.end_script()
    finally:
        settrace(trace)
        setprofile(profile)
        host.end_script()


def _is_regular_end(code: object) -> bool:
    return code is None or (isinstance(code, int) and code == 0)


def _compile(cell: Cell) -> CodeType:
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
