"""Makes a job leave nothing behind in the interpreter that a later job could notice."""

from __future__ import annotations

import builtins
import io
import os
import sys
import warnings
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING

from cahier.library_state import fresh_libraries
from cahier.logging_state import restored_loggers

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def isolated_job(stdout: io.TextIOBase, stderr: io.TextIOBase) -> Iterator[None]:
    """Run a job with these streams and an empty stdin, and put everything back afterwards.

    Put back are the working directory, the environment, `sys.path` and other attributes of `sys`,
    builtins, warning filters, loggers, and the state of libraries. Imported modules stay loaded.
    """
    # The last of them is put back first: the others need builtins and sys as they were.
    parts: list[AbstractContextManager[object]] = [
        fresh_libraries(),
        restored_loggers(),
        # With filters of its own a job sees each warning: Python forgets which it has shown.
        warnings.catch_warnings(),
        _restored_environment(),
        _restored_directory(),
        _restored_sys(),
        _restored_builtins(),
    ]
    with ExitStack() as stack:
        for part in parts:
            stack.enter_context(part)
        vars(sys).update(stdin=io.StringIO(), stdout=stdout, stderr=stderr, argv=[""])
        # No window can be opened: matplotlib is to draw into memory.
        os.environ["MPLBACKEND"] = "Agg"
        yield


@contextmanager
def _restored_directory() -> Iterator[None]:
    directory = os.getcwd()  # noqa: PTH109 - it goes back to os.chdir as it is
    try:
        yield
    finally:
        os.makedirs(directory, exist_ok=True)  # noqa: PTH103 - a job may have removed it
        os.chdir(directory)


@contextmanager
def _restored_environment() -> Iterator[None]:
    variables = dict(os.environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(variables)


@contextmanager
def _restored_sys() -> Iterator[None]:
    names = ("argv", "path", "stdin", "stdout", "stderr", "displayhook", "excepthook")
    attributes = {name: getattr(sys, name) for name in names}
    path = list(sys.path)
    recursion_limit = sys.getrecursionlimit()
    try:
        yield
    finally:
        vars(sys).update(attributes)
        sys.path[:] = path
        sys.setrecursionlimit(recursion_limit)


@contextmanager
def _restored_builtins() -> Iterator[None]:
    names = dict(vars(builtins))
    try:
        yield
    finally:
        # Never empty, not even for a moment: Python itself looks names up here.
        vars(builtins).update(names)
        for name in vars(builtins).keys() - names.keys():
            delattr(builtins, name)
