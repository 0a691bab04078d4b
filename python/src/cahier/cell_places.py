"""Finds where in the source of a cell an exception arose."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from cahier.texts import utf16_length

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from cahier.cell import Cell


class Place(NamedTuple):
    """Lines and columns from 1, columns in UTF-16 units; the end column is after the end."""

    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None


def place_in_cell(error: BaseException, cell: Cell) -> Place:
    """Give the place in the innermost frame that belongs to the cell."""
    frames = [t for t in _frames(error) if t.tb_frame.f_code.co_filename == cell.filename]
    if not frames:
        return Place(None, None, None, None)
    innermost = frames[-1]
    positions = innermost.tb_frame.f_code.co_positions()
    line, end_line, start, end = next(islice(positions, innermost.tb_lasti // 2, None))
    lines = cell.lines
    return Place(
        line,
        _column(lines, line, start),
        end_line,
        _column(lines, end_line, end),
    )


def place_of_syntax_error(error: SyntaxError, cell: Cell) -> Place:
    """Give the place that Python found, which it counts in characters; 0 and -1 are unknown."""
    lines = cell.lines
    known = [n if n is not None and n > 0 else None for n in _numbers(error)]
    line, offset, end_line, end_offset = known
    return Place(
        line,
        _column_of_character(lines, line, offset),
        end_line,
        _column_of_character(lines, end_line, end_offset),
    )


def mend_compiler_error(error: SyntaxError, cell: Cell) -> None:
    """Make an error of CPython's compiler as good as those of its parser.

    The parser counts in characters and gives the line's text; the compiler, which finds such things
    as a `return` outside a function, counts in bytes and gives no text.
    """
    lines = cell.lines
    if error.lineno and error.offset:
        error.text = _line(lines, error.lineno)
        error.offset = _characters_before(error.text, error.offset - 1) + 1
    if error.end_lineno and error.end_offset:
        error.end_offset = (
            _characters_before(_line(lines, error.end_lineno), error.end_offset - 1) + 1
        )


def _numbers(error: SyntaxError) -> tuple[int | None, ...]:
    return error.lineno, error.offset, error.end_lineno, error.end_offset


def _frames(error: BaseException) -> Iterator[TracebackType]:
    frame = error.__traceback__
    while frame is not None:
        yield frame
        frame = frame.tb_next


def _characters_before(line: str, byte_offset: int) -> int:
    """Count the characters in the first bytes of a line in UTF-8."""
    return len(line.encode("utf-8", "replace")[:byte_offset].decode(errors="ignore"))


def _column(lines: list[str], line: int | None, byte_offset: int | None) -> int | None:
    """Turn an offset from 0 in bytes into a column."""
    if line is None or byte_offset is None:
        return None
    text = _line(lines, line)
    return utf16_length(text[: _characters_before(text, byte_offset)]) + 1


def _column_of_character(lines: list[str], line: int | None, offset: int | None) -> int | None:
    """Turn an offset from 1 in characters into a column."""
    if line is None or offset is None:
        return None
    return utf16_length(_line(lines, line)[: offset - 1]) + 1


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1] if number <= len(lines) else ""
