"""Tracebacks as the author of a cell wants them: none of the runtime's own frames."""

from __future__ import annotations

import re
from pathlib import Path
from traceback import FrameSummary, StackSummary, TracebackException
from typing import TYPE_CHECKING

from cahier.texts import cut

if TYPE_CHECKING:
    from cahier.cell import Cell

_LONGEST_MESSAGE = 1_000_000
_CELL = 'Cell "'
_OTHER_CELL = re.compile(r'(?m)^( *)File "(Cell ".*")"(?=, line)')


def traceback_text(error: BaseException, cell: Cell | None = None) -> str:
    """Format the traceback, of chained exceptions too; the cell is named by its title."""
    report = TracebackException.from_exception(error, compact=True)
    for part in _parts(report):
        part.stack = StackSummary.from_list(_frames_of_user(part.stack))
        _cut_message(part)
    text = "".join(report.format())
    if cell is not None:
        text = text.replace(f'File "{cell.filename}"', cell.filename)
    return _OTHER_CELL.sub(r"\1\2", text)


def _frames_of_user(frames: list[FrameSummary]) -> list[FrameSummary]:
    """Leave out the runtime, and what an event loop has called before the first cell."""
    own = [frame for frame in frames if not _is_of_runtime(frame)]
    cells = [place for place, frame in enumerate(own) if frame.filename.startswith(_CELL)]
    return own[cells[0] :] if cells else own


def _cut_message(part: TracebackException) -> None:
    """Shorten a giant message before it is copied about; no public way leads to it."""
    message = getattr(part, "_str", None)
    if isinstance(message, str):
        vars(part)["_str"] = cut(message, _LONGEST_MESSAGE)


def _is_of_runtime(frame: FrameSummary) -> bool:
    """Whether the frame's code lies in one of the packages beside this one."""
    path = Path(frame.filename)
    return any(
        path.is_relative_to(_SOURCES / package) for package in ("cahier", "onelogic", "oocana")
    )


def _parts(report: TracebackException) -> list[TracebackException]:
    """Give the report itself and those of its causes, contexts and group members."""
    found = [report]
    for part in found:
        members: list[TracebackException] = getattr(part, "exceptions", None) or []
        found += [p for p in (part.__cause__, part.__context__, *members) if p is not None]
    return found


# As code objects have it, which is where frames have it from.
_SOURCES = Path(traceback_text.__code__.co_filename).parent.parent
