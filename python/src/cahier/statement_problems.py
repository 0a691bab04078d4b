"""What the editor shows of a Statement while it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

from cahier.cell import Cell
from cahier.cell_places import Place, place_of_syntax_error
from cahier.source_depth import room_for_trees
from cahier.statement_check import find_problems, parse_statement, to_syntax_error, too_deep
from cahier.statement_compile import compile_statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cahier.statement_nodes import Problem


class SourceProblem(TypedDict):
    """A problem; lines and columns count from 1, columns in UTF-16 units, the end is behind it."""

    severity: Literal["error", "warning"]
    message: str
    line: int
    column: int
    endLine: int
    endColumn: int


def source_problems(source: str) -> list[SourceProblem]:
    """Find what a job of this Statement would refuse, and what it would warn of, without a run."""
    return [*_problems(Cell("Statement", source))]


def _problems(cell: Cell) -> Iterator[SourceProblem]:
    try:
        with room_for_trees():
            problems = find_problems(parse_statement(cell))
        yield from (_of(problem, cell) for problem in problems)
        # What the compiler alone finds.
        if not any(problem.kind == "SyntaxError" for problem in problems):
            compile_statement(cell)
    except SyntaxError as error:
        yield _at(place_of_syntax_error(error, cell), "error", error.msg)
    except (MemoryError, RecursionError):
        yield _at(Place(1, 1, 1, 1), "error", too_deep(cell).msg)


def _of(problem: Problem, cell: Cell) -> SourceProblem:
    place = place_of_syntax_error(to_syntax_error(problem, cell), cell)
    return _at(place, "warning" if problem.kind == "warning" else "error", problem.message)


def _at(place: Place, severity: Literal["error", "warning"], message: str) -> SourceProblem:
    line, column = place.line or 1, place.column or 1
    return {
        "severity": severity,
        "message": message,
        "line": line,
        "column": column,
        "endLine": place.end_line or line,
        "endColumn": place.end_column or column,
    }
