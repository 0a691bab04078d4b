"""Makes a job leave nothing behind in the interpreter that a later job could notice.

What cannot be covered in general are changes within modules that stay loaded: after
`json.dumps = ...` in one cell, `json.dumps` is another function in the cells that run later, too.
"""

from __future__ import annotations

import builtins
import functools
import gc
import os
import signal
import sys
import threading
import warnings
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from cahier.import_state import restored_imports
from cahier.job_input import asking_through
from cahier.library_state import fresh_libraries
from cahier.logging_state import restored_loggers
from cahier.sleeping import sleeping_by

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator

    from cahier.job_input import JobInput


@contextmanager
def isolated_job(
    stdin: JobInput,
    stdout: io.TextIOBase,
    stderr: io.TextIOBase,
    wait: Callable[[float], None],
) -> Iterator[None]:
    """Run a job with these streams and this way to wait seconds; put everything back afterwards.

    Put back are the working directory, the environment, the attributes and settings of `sys`, the
    garbage collector, builtins, what happens at an interrupt, warning filters, loggers, modules and
    finders that were not imported regularly, and the state of libraries. Imported modules stay
    loaded.
    """
    # The last of them is put back first: the others need builtins and sys as they were, and the
    # finders of imported modules are looked for where sys has them.
    parts: list[AbstractContextManager[object]] = [
        fresh_libraries(),
        restored_loggers(),
        # With filters of its own a job sees each warning: Python forgets which it has shown.
        warnings.catch_warnings(),
        _restored_environment(),
        _restored_directory(),
        _restored_sys(),
        restored_imports(),
        _restored_builtins(),
        _restored_settings(),
        sleeping_by(wait),
        asking_through(stdin),
    ]
    with ExitStack() as stack:
        for part in parts:
            stack.enter_context(part)
        vars(sys).update(stdin=stdin, stdout=stdout, stderr=stderr, argv=[""])
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
        # Only what changed is written: each one is handed to the C library, too.
        for name in os.environ.keys() - variables.keys():
            del os.environ[name]
        for name, value in variables.items():
            if os.environ.get(name) != value:
                os.environ[name] = value


@contextmanager
def _restored_sys() -> Iterator[None]:
    attributes = dict(vars(sys))
    path = list(sys.path)
    try:
        yield
    finally:
        vars(sys).update(attributes)
        for name in vars(sys).keys() - attributes.keys():
            del vars(sys)[name]
        sys.path[:] = path


@contextmanager
def _restored_settings() -> Iterator[None]:
    values = [read() for read, _ in _SETTINGS]
    try:
        yield
    finally:
        for (_, write), value in zip(_SETTINGS, values, strict=True):
            write(value)


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


def _switch_collector(is_on: bool) -> None:  # noqa: FBT001 - what gc.isenabled gave
    if is_on:
        gc.enable()
    else:
        gc.disable()


# How to read and to write each; taken here, as a job may replace the functions themselves.
_SETTINGS: list[tuple[Callable[[], Any], Callable[[Any], object]]] = [
    (threading.gettrace, threading.settrace),
    (threading.getprofile, threading.setprofile),
    (sys.getrecursionlimit, sys.setrecursionlimit),
    (sys.get_int_max_str_digits, sys.set_int_max_str_digits),
    (gc.isenabled, _switch_collector),
    # A stop comes as this signal; a handler is taken in the main thread only.
    (lambda: signal.getsignal(signal.SIGINT), functools.partial(signal.signal, signal.SIGINT)),
    (gc.get_threshold, lambda thresholds: gc.set_threshold(*thresholds)),
]
