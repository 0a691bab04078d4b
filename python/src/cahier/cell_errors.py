"""Turns what ended a cell into the error that the page shows: text, traceback and place."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cahier.cell_places import Place, place_in_cell, place_of_syntax_error
from cahier.cell_tracebacks import traceback_text
from cahier.texts import cut, without_half_characters

if TYPE_CHECKING:
    from collections.abc import Callable

    from cahier._wire import ErrorKind, JobError
    from cahier.cell import Cell

_LONGEST_MESSAGE = 10_000
_LONGEST_TRACEBACK = 100_000
_NOWHERE = Place(None, None, None, None)


def rule_error(message: str) -> JobError:
    """Report a rule of the processor that the script as a whole did not keep."""
    return _job_error("rule", None, (message, ""), _NOWHERE, str)


def syntax_error(error: Exception, cell: Cell) -> JobError:
    """Report why the source could not be compiled."""
    place = place_of_syntax_error(error, cell) if isinstance(error, SyntaxError) else _NOWHERE
    message = error.msg if isinstance(error, SyntaxError) else _message_of(error)
    return _job_error("syntax", error, (message, traceback_text(error, cell)), place, cell.mask)


def exit_error(error: SystemExit, cell: Cell) -> JobError:
    """Report the code or the text that the script left with."""
    code = error.code
    message = f"exit code {int(code)}" if isinstance(code, int) else _message_of(error)
    texts = message, traceback_text(error, cell)
    return _job_error("exit", error, texts, place_in_cell(error, cell), cell.mask)


def exception_error(
    error: BaseException, cell: Cell, explain_missing_module: Callable[[str], str]
) -> JobError:
    """Report an exception that the script did not catch; a missing module is explained."""
    message = _message_of(error)
    if isinstance(error, ModuleNotFoundError) and error.name:
        name = error.name.partition(".")[0]
        if name not in sys.modules:
            message = f"{message}\n{explain_missing_module(name)}"
    texts = message, traceback_text(error, cell)
    return _job_error("exception", error, texts, place_in_cell(error, cell), cell.mask)


def _job_error(
    kind: ErrorKind,
    error: BaseException | None,
    texts: tuple[str, str],
    place: Place,
    mask: Callable[[str], str],
) -> JobError:
    """Make the error; `texts` are its message and its traceback."""
    # Hidden before they are cut: half a secret is known by nothing.
    message, traceback = map(mask, texts)
    return {
        "kind": kind,
        "type": None if error is None else mask(type(error).__name__),
        "message": without_half_characters(cut(message, _LONGEST_MESSAGE)),
        "traceback": without_half_characters(cut(traceback, _LONGEST_TRACEBACK)),
        "line": place.line,
        "column": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _message_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception as problem:  # noqa: BLE001 - __str__ is the script's own
        return f"This exception has no text: its __str__ raises {type(problem).__name__}."
