"""`sleep` of a Statement, and what is said of coroutines that nobody awaits."""

from __future__ import annotations

import asyncio
import gc
import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cahier.statement_mistakes import unawaited_message

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from cahier.cell import Cell

# Beyond it the timers of browsers begin anew at once, and nobody waits that long: a day.
_LONGEST_SLEEP = 86_400


async def sleep(seconds: float) -> None:
    """Wait, and let the event loop do other things.

    Raises:
        TypeError: this is no number.
        ValueError: it is negative, or NaN.
    """
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        message = f"sleep() takes seconds as a number, not {type(seconds).__name__}"
        raise TypeError(message)
    if not seconds >= 0:
        message = f"sleep() cannot wait {seconds} seconds"
        raise ValueError(message)
    await asyncio.sleep(min(seconds, _LONGEST_SLEEP))


@contextmanager
def telling_of_unawaited(
    cell: Cell, warn: Callable[[str], None], told_lines: set[int]
) -> Iterator[None]:
    """Have Python tell once of each line of the cell whose coroutine goes without being awaited.

    `told_lines` are those of which the source alone has told.
    """
    name = "_warn_unawaited_coroutine"
    usual: Callable[[Coroutine[object, object, object]], None] = getattr(warnings, name)
    depth = sys.get_coroutine_origin_tracking_depth()

    def tell(coroutine: Coroutine[object, object, object]) -> None:
        origin: tuple[tuple[str, int, str], ...] = getattr(coroutine, "cr_origin", None) or ()
        if not origin or origin[0][0] != cell.filename:
            usual(coroutine)
            return
        line = origin[0][1]
        if line not in told_lines:
            told_lines.add(line)
            warn(f"Line {line}: {unawaited_message(coroutine.__name__)}")

    setattr(warnings, name, tell)
    sys.set_coroutine_origin_tracking_depth(1)
    try:
        yield
    finally:
        sys.set_coroutine_origin_tracking_depth(depth)
        setattr(warnings, name, usual)


def drop_frames() -> None:
    """Have coroutines told of that the frames of an error hold, which are in a circle with it."""
    with warnings.catch_warnings():
        # Of others nothing can be told but that they were found here.
        warnings.simplefilter("ignore", RuntimeWarning)
        gc.collect()
